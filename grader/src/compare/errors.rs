//! How wrong each element is.

use harness::Value;

use super::pair::{Elements, Pair};
use super::relation::Relation;
use crate::course::Tolerance;

/// The error of each element in row-major order: 0 where it is right, `|actual - expected|` where
/// it is not, and infinity where that is no number. There are none of values that are not numbers of
/// one shape.
#[must_use]
pub fn errors(actual: &Value, expected: &Value, tolerance: &Tolerance) -> Option<Vec<f64>> {
    let pair = Pair::of(actual, expected)?;
    if pair.actual_shape != pair.expected_shape {
        return None;
    }
    Some(match &pair.elements {
        Elements::Floats(actual, expected) => match tolerance.precision.bounds(expected.len()) {
            Some(printed) => floats(actual, expected, &printed, Relation::<true>::from(tolerance)),
            None => floats(actual, expected, expected, Relation::<false>::from(tolerance)),
        },
        Elements::Ints(actual, expected) => exact(actual, expected, |&element| element as f64),
        Elements::Bools(actual, expected) => exact(actual, expected, |&element| element.into()),
    })
}

/// The errors of floats; `printed` has a bound for each where `PRINTED` is true.
fn floats<const PRINTED: bool>(
    actual: &[f64],
    expected: &[f64],
    printed: &[f64],
    relation: Relation<PRINTED>,
) -> Vec<f64> {
    let elements = actual.iter().zip(expected).zip(printed);
    let error = |((&actual, &expected), &printed)| {
        if relation.holds(actual, expected, printed) { 0.0 } else { size(actual, expected) }
    };
    elements.map(error).collect()
}

/// The errors of what is equal or not.
fn exact<T: PartialEq>(actual: &[T], expected: &[T], number: impl Fn(&T) -> f64) -> Vec<f64> {
    let error = |(actual, expected): (&T, &T)| {
        if actual == expected { 0.0 } else { size(number(actual), number(expected)) }
    };
    actual.iter().zip(expected).map(error).collect()
}

/// How far apart two numbers are that differ: never 0, also where rounding makes them one float.
fn size(actual: f64, expected: f64) -> f64 {
    let size = (actual - expected).abs();
    if size.is_finite() { size.max(f64::MIN_POSITIVE) } else { f64::INFINITY }
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;
    use crate::compare::compare;
    use crate::course::{NanPolicy, Precision};

    const INF: f64 = f64::INFINITY;

    fn tolerance(precision: Precision) -> Tolerance {
        Tolerance { abs: 0.0, rel: 0.0, ulps: None, precision, nan: NanPolicy::Equal }
    }

    #[test]
    fn right_elements_have_none_and_wrong_ones_always_some() {
        let printed = Precision::Printed(array![0.05, 0.05].into_dyn());
        let floats = |elements: &[f64]| Value::Array(ndarray::arr1(elements).into_dyn());
        let ints = |elements: &[i64]| Value::IntArray(ndarray::arr1(elements).into_dyn());
        let bools = |elements: &[bool]| Value::BoolArray(ndarray::arr1(elements).into_dyn());
        let exact = tolerance(Precision::Exact);
        for (actual, expected, tolerance, wanted) in [
            (floats(&[1.0, 2.5]), floats(&[1.0, 2.0]), &exact, vec![0.0, 0.5]),
            (floats(&[f64::NAN, f64::NAN]), floats(&[f64::NAN, 1.0]), &exact, vec![0.0, INF]),
            (floats(&[INF, 1.0]), floats(&[INF, -INF]), &exact, vec![0.0, INF]),
            (floats(&[1.04, 2.5]), floats(&[1.0, 2.0]), &tolerance(printed), vec![0.0, 0.5]),
            (floats(&[3.0, 2.0]), ints(&[3, 3]), &exact, vec![0.0, 1.0]),
            (ints(&[i64::MAX]), ints(&[i64::MAX - 1]), &exact, vec![f64::MIN_POSITIVE]),
            (bools(&[true, true]), bools(&[true, false]), &exact, vec![0.0, 1.0]),
        ] {
            let errors = errors(&actual, &expected, tolerance).expect("numbers of one shape");
            assert_eq!(errors, wanted);
            let right = errors.iter().all(|&error| error == 0.0);
            assert_eq!(compare(&actual, &expected, tolerance).is_ok(), right);
        }
        assert_eq!(errors(&floats(&[1.0]), &floats(&[1.0, 2.0]), &exact), None);
        assert_eq!(errors(&Value::None, &Value::None, &exact), None);
    }
}
