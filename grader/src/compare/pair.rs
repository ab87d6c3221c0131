//! Two values as numbers of one type, to be compared element by element.

use std::borrow::Cow;
use std::slice;

use harness::{Value, row_major};

use super::stack::stack;

/// Numbers or bools in row-major order, with their shape.
pub(super) struct Numbers<'a> {
    pub shape: Cow<'a, [usize]>,
    pub kind: Kind<'a>,
    /// Whether they are a bare number, which is not an array of any dimension.
    scalar: bool,
}

/// The elements of [`Numbers`].
pub(super) enum Kind<'a> {
    Floats(Cow<'a, [f64]>),
    Ints(Cow<'a, [i64]>),
    Bools(Cow<'a, [bool]>),
}

impl<'a> Numbers<'a> {
    /// The numbers that `value` is made of, if it is made of numbers.
    pub fn of(value: &'a Value) -> Option<Self> {
        let scalar = |kind| Some(Self { shape: Cow::Borrowed(&[]), kind, scalar: true });
        let array = |shape, kind| Some(Self { shape: Cow::Borrowed(shape), kind, scalar: false });
        match value {
            Value::Float(x) => scalar(Kind::Floats(slice::from_ref(x).into())),
            Value::Int(x) => scalar(Kind::Ints(slice::from_ref(x).into())),
            Value::Bool(x) => scalar(Kind::Bools(slice::from_ref(x).into())),
            Value::Array(x) => array(x.shape(), Kind::Floats(row_major(x))),
            Value::IntArray(x) => array(x.shape(), Kind::Ints(row_major(x))),
            Value::BoolArray(x) => array(x.shape(), Kind::Bools(row_major(x))),
            Value::List(items) => stack(items),
            Value::Text(_) | Value::None => None,
        }
    }

    /// Numbers that are built element by element, as an array.
    pub fn array(shape: Vec<usize>, kind: Kind<'a>) -> Self {
        Self { shape: shape.into(), kind, scalar: false }
    }
}

/// What a function returned and what is expected of it, as numbers of one type.
pub(super) struct Pair<'a> {
    pub actual_shape: Cow<'a, [usize]>,
    pub expected_shape: Cow<'a, [usize]>,
    pub elements: Elements<'a>,
}

/// The elements of both sides, those of the actual value first.
pub(super) enum Elements<'a> {
    Floats(Cow<'a, [f64]>, Cow<'a, [f64]>),
    Ints(Cow<'a, [i64]>, Cow<'a, [i64]>),
    Bools(Cow<'a, [bool]>, Cow<'a, [bool]>),
}

impl<'a> Pair<'a> {
    /// Both sides, if `actual` is of a kind that `expected` accepts.
    pub fn of(actual: &'a Value, expected: &'a Value) -> Option<Self> {
        let (actual, expected) = (Numbers::of(actual)?, Numbers::of(expected)?);
        // A number in a fixture may stand for a 0-d array, but a function that returns a number
        // can never return the array that is expected of it.
        if actual.scalar && !expected.shape.is_empty() {
            return None;
        }
        let elements = match (actual.kind, expected.kind) {
            (Kind::Floats(a), Kind::Floats(e)) => Elements::Floats(a, e),
            (Kind::Floats(a), Kind::Ints(e)) => {
                Elements::Floats(a, e.iter().map(|&e| e as f64).collect())
            }
            (Kind::Ints(a), Kind::Ints(e)) => Elements::Ints(a, e),
            (Kind::Bools(a), Kind::Bools(e)) => Elements::Bools(a, e),
            _ => return None,
        };
        Some(Self { actual_shape: actual.shape, expected_shape: expected.shape, elements })
    }
}
