//! Comparing what a function returned with what the fixture expects.
//!
//! The order is fixed: first the kind of value, then the shape, then NaN and infinities, then the
//! tolerance. Nothing broadcasts and nothing is converted but an integer literal to a float.

mod errors;
mod exact;
mod floats;
mod mismatch;
mod pair;
mod relation;
mod stack;
mod tally;
#[cfg(test)]
mod traps;

pub use errors::errors;
pub use mismatch::{Differences, Mismatch, NonFinite, shape_text};
pub use tally::LISTED;

use harness::Value;

use crate::course::Tolerance;
use pair::{Elements, Pair};
use relation::Relation;

/// Whether `actual` is the value that is expected, within `tolerance`.
///
/// - An integer in `expected` accepts a float, since a fixture writes `3` for `3.0`; a float in
///   `expected` does not accept an integer. Integers among themselves, bools and texts are equal
///   or not: no tolerance applies to them.
/// - A scalar and a 0-d array are the same, since a number in a fixture may stand for either.
/// - Lists are compared item by item; the first item that differs is reported.
/// - A list of numbers is compared as the array it stands for where an array is expected.
///
/// # Errors
///
/// What differs first, in the order of this module's description.
pub fn compare(actual: &Value, expected: &Value, tolerance: &Tolerance) -> Result<(), Mismatch> {
    match (actual, expected) {
        (Value::None, Value::None) => Ok(()),
        (Value::Text(actual), Value::Text(expected)) => texts(actual, expected),
        (Value::List(actual), Value::List(expected)) => lists(actual, expected, tolerance),
        _ => match Pair::of(actual, expected) {
            Some(pair) => numbers(pair, tolerance),
            None => {
                Err(Mismatch::Kind { actual: actual.describe(), expected: expected.describe() })
            }
        },
    }
}

fn texts(actual: &str, expected: &str) -> Result<(), Mismatch> {
    if actual == expected {
        return Ok(());
    }
    let alike = actual.chars().zip(expected.chars()).take_while(|(a, e)| a == e);
    Err(Mismatch::Text { at: alike.count() })
}

fn lists(actual: &[Value], expected: &[Value], tolerance: &Tolerance) -> Result<(), Mismatch> {
    if actual.len() != expected.len() {
        return Err(Mismatch::Length { actual: actual.len(), expected: expected.len() });
    }
    for (index, (actual, expected)) in actual.iter().zip(expected).enumerate() {
        compare(actual, expected, tolerance)
            .map_err(|mismatch| Mismatch::Item { index, mismatch: Box::new(mismatch) })?;
    }
    Ok(())
}

fn numbers(pair: Pair, tolerance: &Tolerance) -> Result<(), Mismatch> {
    if pair.actual_shape != pair.expected_shape {
        return Err(Mismatch::Shape {
            actual: pair.actual_shape.into_owned(),
            expected: pair.expected_shape.into_owned(),
        });
    }
    let tally = match pair.elements {
        Elements::Floats(actual, expected) => match tolerance.precision.bounds(expected.len()) {
            Some(printed) => {
                let relation = Relation::<true>::from(tolerance);
                floats::tally(&actual, &expected, &printed, relation)
            }
            None => {
                let relation = Relation::<false>::from(tolerance);
                floats::tally(&actual, &expected, &expected, relation)
            }
        },
        Elements::Ints(actual, expected) => exact::ints(&actual, &expected),
        Elements::Bools(actual, expected) => exact::bools(&actual, &expected),
    };
    match tally.wrong {
        0 => Ok(()),
        _ => Err(Mismatch::Values(tally.differences(&pair.expected_shape))),
    }
}
