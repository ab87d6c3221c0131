//! Cases that ask what another case asks.

use std::collections::HashMap;
use std::mem;

use harness::Value;
use harness::wire::Call;

use super::Findings;
use crate::course::{Case, Course, shown};

/// Up to here every integer is a float of its own.
const EXACT: u64 = 1 << f64::MANTISSA_DIGITS;

/// Looks for cases with the same call and the same kind of check.
pub fn check(course: &Course, findings: &mut Findings) {
    for exercise in &course.exercises {
        let mut first: HashMap<_, &Case> = HashMap::new();
        for case in &exercise.cases {
            let other = *first.entry((call(case), mem::discriminant(&case.check))).or_insert(case);
            if !std::ptr::eq(other, case) {
                findings.error(
                    &case.origin,
                    format!("{} asks the same as {}", shown(&case.name), shown(&other.name)),
                    format!(
                        "change its arguments or remove it; the other stands in {} on line {}",
                        other.origin.path().file_name().unwrap_or_default().display(),
                        other.origin.place().line
                    ),
                );
            }
        }
    }
}

/// A case's call as it is sent to a worker. Numbers are told apart by their bits, so NaN is itself.
fn call(case: &Case) -> Vec<u8> {
    let args = case.args.iter().map(floats).collect();
    Call { id: 0, marker: 0, function: case.function.clone(), args }.encode()
}

/// An argument in which 1 and 1.0 are the same, as they are for a function that takes floats.
fn floats(value: &Value) -> Value {
    let is_exact = |x: &i64| x.unsigned_abs() <= EXACT;
    match value {
        Value::Int(x) if is_exact(x) => Value::Float(*x as f64),
        Value::IntArray(array) if array.iter().all(is_exact) => {
            Value::Array(array.mapv(|x| x as f64))
        }
        Value::List(items) => Value::List(items.iter().map(floats).collect()),
        other => other.clone(),
    }
}
