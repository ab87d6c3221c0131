//! How far a value may be from the expected one, and why.

use std::borrow::Cow;

use harness::row_major;
use ndarray::ArrayD;

/// How close an element must be to the expected one.
///
/// An element passes when any of the bounds that are present holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Tolerance {
    /// The bound `|actual - expected| <= abs + rel * |expected|`, in the unit of the value.
    pub abs: f64,
    /// The share of `|expected|` in that bound, without a unit.
    pub rel: f64,
    /// How many representable numbers the two may be apart.
    pub ulps: Option<u32>,
    /// How many digits the source of the expected value showed.
    pub precision: Precision,
    /// Whether NaN is the right answer where NaN is expected.
    pub nan: NanPolicy,
}

/// How precisely the expected value is known.
#[derive(Debug, Clone, PartialEq)]
pub enum Precision {
    /// To the last bit: it was written as a number.
    Exact,
    /// To half a unit of the last digit that was printed; one bound for each element, in the
    /// unit of the value, with the shape of the expected array (0-d for a scalar).
    Printed(ArrayD<f64>),
}

impl Precision {
    /// The bounds of `count` elements in row-major order, where there are such.
    ///
    /// Bounds of another number of elements belong to another value and bind nothing.
    #[must_use]
    pub fn bounds(&self, count: usize) -> Option<Cow<'_, [f64]>> {
        match self {
            Self::Printed(bounds) if bounds.len() == count => Some(row_major(bounds)),
            _ => None,
        }
    }
}

/// What an expected NaN means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NanPolicy {
    /// NaN where NaN is expected is right.
    Equal,
    /// NaN is never right.
    Differs,
}
