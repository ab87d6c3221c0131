//! How wrong the elements of an array are, in steps that have a colour each.

use serde::Serialize;

use crate::compare;
use crate::course::Tolerance;
use crate::report::difference::three_digits;
use harness::Value;

/// How wrong an element is, in comparison with the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Within the tolerance.
    Right,
    /// Less than a hundredth of the largest error.
    Slight,
    /// At least a hundredth of it.
    Small,
    /// At least a tenth.
    Large,
    /// At least half.
    Largest,
    /// NaN or an infinity where it is not right, or nothing but that would be.
    Endless,
}

impl Level {
    /// What it means.
    pub fn words(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Slight => "less than a hundredth of the largest error",
            Self::Small => "a hundredth of the largest error or more",
            Self::Large => "a tenth or more",
            Self::Largest => "half or more",
            Self::Endless => "NaN or infinite",
        }
    }

    /// How much of a square of the heat map is filled.
    pub fn size(self) -> f64 {
        match self {
            Self::Right => 0.0,
            Self::Slight => 0.4,
            Self::Small => 0.6,
            Self::Large => 0.8,
            Self::Largest | Self::Endless => 1.0,
        }
    }
}

/// The errors of the elements of an array.
pub struct Errors<'a> {
    /// The lengths of the axes.
    pub shape: &'a [usize],
    /// The errors in row-major order.
    sizes: Vec<f64>,
    /// The largest that is finite.
    largest: f64,
}

impl<'a> Errors<'a> {
    /// The errors of an array, if both are numbers of one shape.
    pub fn of(actual: &'a Value, expected: &Value, tolerance: &Tolerance) -> Option<Self> {
        let sizes = compare::errors(actual, expected, tolerance)?;
        let finite = sizes.iter().copied().filter(|size| size.is_finite());
        let largest = finite.fold(0.0, f64::max);
        Some(Self { shape: actual.shape()?, sizes, largest })
    }

    /// How wrong the element at an index is.
    pub fn level(&self, index: &[usize]) -> Level {
        self.level_of(self.at(index))
    }

    /// The error at an index in words; empty if it is none.
    pub fn words(&self, index: &[usize]) -> String {
        let size = self.at(index);
        match self.level_of(size) {
            Level::Right => String::new(),
            Level::Endless => "not finite".into(),
            _ => three_digits(size),
        }
    }

    fn at(&self, index: &[usize]) -> f64 {
        let place = index.iter().zip(self.shape).fold(0, |place, (at, side)| place * side + at);
        self.sizes.get(place).copied().unwrap_or_default()
    }

    fn level_of(&self, size: f64) -> Level {
        if size == 0.0 {
            Level::Right
        } else if size.is_infinite() {
            Level::Endless
        } else if size >= self.largest / 2.0 {
            Level::Largest
        } else if size >= self.largest / 10.0 {
            Level::Large
        } else if size >= self.largest / 100.0 {
            Level::Small
        } else {
            Level::Slight
        }
    }
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;
    use crate::course::{NanPolicy, Precision};

    #[test]
    fn levels_are_in_relation_to_the_largest_error() {
        let tolerance = Tolerance {
            abs: 1e-9,
            rel: 0.0,
            ulps: None,
            precision: Precision::Exact,
            nan: NanPolicy::Equal,
        };
        let actual = array![[0.0, 0.001, 0.02], [0.2, 1.0, f64::NAN]];
        let expected = Value::Array((&actual * 0.0).mapv(|_| 0.0).into_dyn());
        let actual = Value::Array(actual.into_dyn());
        let errors = Errors::of(&actual, &expected, &tolerance).expect("numbers of one shape");
        let levels = [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]].map(|it| errors.level(&it));
        assert_eq!(
            levels,
            [
                Level::Right,
                Level::Slight,
                Level::Small,
                Level::Large,
                Level::Largest,
                Level::Endless
            ]
        );
        let words = [[0, 0], [1, 0], [1, 2]].map(|it| errors.words(&it));
        assert_eq!(words, ["", "0.2", "not finite"]);
    }
}
