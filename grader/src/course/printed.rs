//! Reads what NumPy printed.
//!
//! `print(x)` and `repr(x)` show numbers rounded to some digits, drop trailing zeros and pad
//! with spaces. So the digits of an array are those of the element that shows most, and an
//! element is known to half a unit of the last of them.

mod cursor;
mod number;
mod printout;
#[cfg(test)]
mod tests;

use harness::Value;
use thiserror::Error;

use crate::course::Precision;
use number::{Kind, Number, Shown};
use printout::Printout;

/// How many fractional digits a printout must show to be trusted without being asked.
const ENOUGH_DIGITS: u32 = 3;

/// A value that NumPy printed, with the precision of its digits.
#[derive(Debug, Clone, PartialEq)]
pub struct Printed {
    /// The value: a scalar for a bare number, else an array.
    pub value: Value,
    /// Half a unit of the last digit for each element, in the unit of the value; exact for
    /// integers, bools, and where there is no finite number.
    pub precision: Precision,
}

/// Why a text is not a printout that can be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct PrintedError {
    /// Where it goes wrong, in bytes from the beginning of the text.
    pub offset: usize,
    /// What is wrong there, and how to mend it.
    pub message: String,
}

impl PrintedError {
    fn new(offset: usize, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { offset, message }
    }
}

/// Reads what NumPy 1.x or 2.x prints for a scalar or an array, by `str` or by `repr`.
///
/// An element is known to within `0.5 * 10^(exponent - n)`, where `n` is the number of fractional
/// digits of the element that shows most of them, or `digits` where given, and `exponent` is the
/// element's own in scientific notation, else 0. A zero in scientific notation is exact, since
/// any other number would have shown its exponent. Numbers with neither point nor exponent are
/// integers and exact; so are `nan` and `inf`.
///
/// # Errors
///
/// If the text is no such printout, is summarised by `...`, or shows less than three fractional
/// digits while `digits` is not given.
pub fn parse(text: &str, digits: Option<u32>) -> Result<Printed, PrintedError> {
    let printout = Printout::parse(text)?;
    let shown = || printout.numbers.iter().map(|number| number.shown);
    let kind = shown().map(Shown::kind).max().or(printout.dtype);
    let mut precision = Precision::Exact;
    let value = match kind.unwrap_or(Kind::Float) {
        Kind::Bool => {
            let bools = shown().map(|shown| shown == Shown::Bool(true));
            printout.value(bools, Value::Bool, Value::BoolArray)?
        }
        Kind::Int => {
            let ints = shown().filter_map(|shown| match shown {
                Shown::Int(int) => Some(int),
                _ => None,
            });
            printout.value(ints, Value::Int, Value::IntArray)?
        }
        Kind::Float => {
            if let Some(digits) = fractional_digits(&printout.numbers, digits)? {
                let bounds = shown().map(|shown| shown.half_unit(digits));
                precision = Precision::Printed(printout.array(bounds)?);
            }
            printout.value(shown().map(Shown::value), Value::Float, Value::Array)?
        }
    };
    Ok(Printed { value, precision })
}

/// How many fractional digits count, if there is a number that has any.
fn fractional_digits(numbers: &[Number], wanted: Option<u32>) -> Result<Option<u32>, PrintedError> {
    let shown = |number: &Number| match number.shown {
        Shown::Float { digits, .. } => Some(digits),
        _ => None,
    };
    let Some(most) = numbers.iter().filter_map(shown).max() else {
        return Ok(None);
    };
    if wanted.is_none() && most < ENOUGH_DIGITS {
        let first = numbers.iter().find(|number| shown(number) == Some(most));
        return Err(PrintedError::new(
            first.map_or(0, |number| number.offset),
            "no number here shows three digits after the point; say how many of them count \
             with `digits = N`, or write the value as `expected`",
        ));
    }
    Ok(Some(wanted.unwrap_or(most)))
}
