//! How a value differs from the expected one.

use std::fmt;

use thiserror::Error;

/// Why a value is not the expected one.
///
/// As text each is one line for a report: `3 of 10 elements differ`.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum Mismatch {
    /// It is another kind of value.
    #[error("{actual} where {expected} is wanted")]
    Kind {
        /// What it is, in the words of [`harness::Value::describe`].
        actual: String,
        /// What is wanted, in the same words.
        expected: String,
    },
    /// It is an array of another shape.
    #[error("shape {} where {} is wanted", shape_text(actual), shape_text(expected))]
    Shape {
        /// Its shape.
        actual: Vec<usize>,
        /// The shape that is wanted.
        expected: Vec<usize>,
    },
    /// Its elements differ.
    #[error("{0}")]
    Values(Differences),
    /// It is another text.
    #[error("the text differs from character {} on", at + 1)]
    Text {
        /// How many characters both texts begin with.
        at: usize,
    },
    /// It is a list of another length.
    #[error("a list of {actual} where a list of {expected} is wanted")]
    Length {
        /// How many items it has.
        actual: usize,
        /// How many are wanted.
        expected: usize,
    },
    /// An item of a list differs; it is the first one that does.
    #[error("item [{index}]: {mismatch}")]
    Item {
        /// Its place in the list, from 0.
        index: usize,
        /// How it differs.
        mismatch: Box<Mismatch>,
    },
}

impl Mismatch {
    /// The mismatch itself, out of the lists it is in.
    #[must_use]
    pub fn innermost(&self) -> &Self {
        let mut innermost = self;
        while let Self::Item { mismatch, .. } = innermost {
            innermost = mismatch;
        }
        innermost
    }
}

/// The elements of an array that differ from the expected ones; a scalar is an array of one.
///
/// The maxima are over the elements that violate the tolerance, as in NumPy 2's
/// `assert_allclose`, and over those whose difference is a finite number.
#[derive(Debug, Clone, PartialEq)]
pub struct Differences {
    /// How many elements are wrong.
    pub wrong: usize,
    /// How many elements there are.
    pub total: usize,
    /// The largest `|actual - expected|`, in the unit of the value.
    pub max_abs: Option<f64>,
    /// The largest `|actual - expected| / |expected|`, over elements whose expected value is not
    /// zero.
    pub max_rel: Option<f64>,
    /// How many of the wrong elements have a NaN or an infinity on either side.
    pub non_finite: NonFinite,
    /// The index of the largest error, one without a finite size before all others.
    pub worst: Vec<usize>,
    /// The indices of the wrong elements in row-major order, at most [`super::LISTED`] of them.
    pub indices: Vec<Vec<usize>>,
}

/// Wrong elements that no tolerance could have made right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NonFinite {
    /// NaN where something else is expected, or where NaN is never right.
    pub nan: usize,
    /// An infinity where something else is expected.
    pub infinite: usize,
    /// A finite number where NaN or an infinity is expected.
    pub finite: usize,
}

impl NonFinite {
    /// How many there are in all.
    #[must_use]
    pub fn total(self) -> usize {
        self.nan + self.infinite + self.finite
    }
}

impl fmt::Display for Differences {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match (self.wrong, self.total) {
            (_, 1) => f.write_str("the value differs")?,
            (1, total) => write!(f, "1 of {total} elements differs")?,
            (wrong, total) => write!(f, "{wrong} of {total} elements differ")?,
        }
        let NonFinite { nan, infinite, finite } = self.non_finite;
        let causes: Vec<String> = [
            (nan, "unexpected NaN", "unexpected NaNs"),
            (infinite, "unexpected infinity", "unexpected infinities"),
            (finite, "number where none is expected", "numbers where none is expected"),
        ]
        .into_iter()
        .filter(|&(count, ..)| count > 0)
        .map(|(count, one, several)| match count {
            _ if self.total == 1 => one.into(),
            1 => format!("1 {one}"),
            _ => format!("{count} {several}"),
        })
        .collect();
        if causes.is_empty() { Ok(()) } else { write!(f, " ({})", causes.join(", ")) }
    }
}

/// A shape as NumPy writes it: `()`, `(3,)`, `(3, 1)`.
#[must_use]
pub fn shape_text(shape: &[usize]) -> String {
    match shape {
        [only] => format!("({only},)"),
        _ => {
            let sides: Vec<String> = shape.iter().map(usize::to_string).collect();
            format!("({})", sides.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differences(wrong: usize, total: usize, non_finite: NonFinite) -> Mismatch {
        Mismatch::Values(Differences {
            wrong,
            total,
            max_abs: None,
            max_rel: None,
            non_finite,
            worst: vec![0],
            indices: vec![vec![0]],
        })
    }

    #[test]
    fn every_mismatch_is_one_line() {
        let nan = NonFinite { nan: 1, ..NonFinite::default() };
        let several = NonFinite { nan: 1, infinite: 2, finite: 0 };
        let kind = Mismatch::Kind { actual: "a bool".into(), expected: "a float".into() };
        let lines: Vec<String> = [
            Mismatch::Item { index: 1, mismatch: Box::new(kind.clone()) },
            kind,
            Mismatch::Shape { actual: vec![3], expected: vec![3, 1] },
            Mismatch::Shape { actual: vec![1], expected: vec![] },
            differences(3, 10, NonFinite::default()),
            differences(1, 10, nan),
            differences(5, 10, several),
            differences(1, 1, NonFinite::default()),
            differences(1, 1, nan),
            Mismatch::Text { at: 5 },
            Mismatch::Length { actual: 1, expected: 2 },
        ]
        .iter()
        .map(ToString::to_string)
        .collect();
        insta::assert_snapshot!(lines.join("\n"), @r"
        item [1]: a bool where a float is wanted
        a bool where a float is wanted
        shape (3,) where (3, 1) is wanted
        shape (1,) where () is wanted
        3 of 10 elements differ
        1 of 10 elements differs (1 unexpected NaN)
        5 of 10 elements differ (1 unexpected NaN, 2 unexpected infinities)
        the value differs
        the value differs (unexpected NaN)
        the text differs from character 6 on
        a list of 1 where a list of 2 is wanted
        ");
    }

    #[test]
    fn a_mismatch_is_found_inside_lists() {
        let inner = Mismatch::Text { at: 0 };
        let item = |mismatch| Mismatch::Item { index: 0, mismatch: Box::new(mismatch) };
        assert_eq!(*item(item(inner.clone())).innermost(), inner);
    }
}
