//! How two values differ, in the words of every format.

use harness::Value;

use crate::compare::{Differences, Mismatch};
use crate::course::Tolerance;

/// What was wanted and what came instead.
pub struct Compared<'a> {
    /// The expected value.
    pub expected: &'a Value,
    /// The value that was returned.
    pub actual: &'a Value,
    /// How far the one may be from the other.
    pub tolerance: &'a Tolerance,
    /// Where they differ.
    pub mismatch: &'a Mismatch,
}

impl<'a> Compared<'a> {
    /// Both values, out of the lists that the mismatch is in.
    pub fn inner(&self) -> (&'a Value, &'a Value) {
        let (mut expected, mut actual, mut mismatch) = (self.expected, self.actual, self.mismatch);
        while let (
            Value::List(wanted),
            Value::List(came),
            Mismatch::Item { index, mismatch: inner },
        ) = (expected, actual, mismatch)
        {
            match (wanted.get(*index), came.get(*index)) {
                (Some(wanted), Some(came)) => (expected, actual) = (wanted, came),
                _ => break,
            }
            mismatch = inner;
        }
        (expected, actual)
    }
}

/// One element of an array, or of the list that stands for one.
pub fn element(value: &Value, index: &[usize]) -> Option<Value> {
    match value {
        Value::Array(array) => array.get(index).copied().map(Value::Float),
        Value::IntArray(array) => array.get(index).copied().map(Value::Int),
        Value::BoolArray(array) => array.get(index).copied().map(Value::Bool),
        Value::List(items) => {
            let (first, rest) = index.split_first()?;
            element(items.get(*first)?, rest)
        }
        _ => index.is_empty().then(|| value.clone()),
    }
}

/// How far off the wrong elements are at most.
pub fn distance(differences: &Differences) -> Option<String> {
    let absolute = differences.max_abs.filter(|it| it.is_finite())?;
    let at_most = if differences.wrong > 1 { "at most " } else { "" };
    let absolute = format!("{at_most}{} absolute", three_digits(absolute));
    Some(match differences.max_rel.filter(|it| it.is_finite()) {
        Some(relative) => format!("{absolute}, {} relative", three_digits(relative)),
        None => absolute,
    })
}

/// A positive number to three digits.
pub fn three_digits(number: f64) -> String {
    match number {
        0.001..1e6 => {
            let before_point = number.log10().floor() as i32 + 1;
            let decimals = usize::try_from(3 - before_point).unwrap_or(0);
            let text = format!("{number:.decimals$}");
            if text.contains('.') {
                text.trim_end_matches('0').trim_end_matches('.').to_owned()
            } else {
                text
            }
        }
        _ => {
            let text = format!("{number:.2e}");
            match text.split_once('e') {
                Some((digits, exponent)) => {
                    let digits = digits.trim_end_matches('0').trim_end_matches('.');
                    format!("{digits}e{exponent}")
                }
                None => text,
            }
        }
    }
}

/// Whether a tolerance applies: nothing but floats is nearly right.
pub fn is_float(value: &Value) -> bool {
    match value {
        Value::Float(_) | Value::Array(_) => true,
        Value::List(items) => items.iter().any(is_float),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digits_are_enough() {
        for (number, text) in [
            (0.490_448, "0.49"),
            (0.866_111, "0.866"),
            (12.3456, "12.3"),
            (3.0, "3"),
            (100.0, "100"),
            (123_456.7, "123457"),
            (1e6, "1e6"),
            (1.234e-9, "1.23e-9"),
            (f64::MAX, "1.8e308"),
        ] {
            assert_eq!(three_digits(number), text);
        }
    }
}
