//! When one float is close enough to another.

use approx::{AbsDiffEq, UlpsEq};

use crate::course::{NanPolicy, Tolerance};

/// How many units in the last place a printed value is given besides the half unit of its last
/// digit: two right formulas differ in the last bits, and 17 digits would tell them apart.
const PRINTED_ULPS: f64 = 4.0;

/// The smallest positive number; no two numbers are closer.
const TINY: f64 = f64::from_bits(1);

/// A [`Tolerance`], laid out for a loop over elements; `PRINTED` if each has a bound of its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Relation<const PRINTED: bool> {
    abs: f64,
    rel: f64,
    ulps: Option<u32>,
    nan_equal: bool,
}

impl<const PRINTED: bool> From<&Tolerance> for Relation<PRINTED> {
    fn from(tolerance: &Tolerance) -> Self {
        // A bound that is negative or no number is none, so that equal numbers are always near.
        let bound = |bound: f64| {
            if bound > 0.0 { bound.min(f64::MAX) } else { 0.0 }
        };
        Self {
            abs: bound(tolerance.abs),
            rel: bound(tolerance.rel),
            ulps: tolerance.ulps,
            nan_equal: tolerance.nan == NanPolicy::Equal,
        }
    }
}

impl<const PRINTED: bool> Relation<PRINTED> {
    /// Whether `|actual - expected| <= abs + rel * |expected|`, as in NumPy's `isclose`, or
    /// within `printed` (half a unit of the last digit that was shown) and four ulps, counted as
    /// `4 * EPSILON * |expected|`, which is four to eight units in the last place.
    ///
    /// There is no branch here, so that a loop of it becomes vector instructions. An infinity or
    /// a NaN is near nothing, itself included.
    #[inline(always)]
    pub fn near(self, actual: f64, expected: f64, printed: f64) -> bool {
        let size = expected.abs();
        let mut bound = self.abs + self.rel * size;
        if PRINTED {
            bound = larger(printed + PRINTED_ULPS * larger(f64::EPSILON * size, TINY), bound);
        }
        // A bound beyond all numbers still reaches neither an infinity nor across a difference
        // that is itself too large to be a number.
        let bound = if bound > f64::MAX { f64::MAX } else { bound };
        actual.abs_diff_eq(&expected, bound)
    }

    /// Whether `actual` is right for one of the reasons that are rare: it is within so many
    /// representable numbers on the same side of zero, the same infinity, or a NaN that is
    /// expected.
    #[inline(always)]
    pub fn right(self, actual: f64, expected: f64) -> bool {
        // Bits next to each other are numbers next to each other, but those next to the largest
        // number are infinity and NaN.
        let ulps_eq = |ulps| {
            actual.is_finite() && expected.is_finite() && actual.ulps_eq(&expected, 0.0, ulps)
        };
        self.ulps.is_some_and(ulps_eq)
            || actual == expected
            || (self.nan_equal && actual.is_nan() && expected.is_nan())
    }

    /// Whether `actual` is right where `expected` is wanted.
    pub fn holds(self, actual: f64, expected: f64, printed: f64) -> bool {
        self.near(actual, expected, printed) || self.right(actual, expected)
    }

    /// Whether a pair of finite numbers that is not near may yet be right.
    pub fn counts_ulps(self) -> bool {
        self.ulps.is_some()
    }
}

/// The larger of two numbers in one instruction; the second if either is NaN.
#[inline(always)]
pub(super) fn larger(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}
