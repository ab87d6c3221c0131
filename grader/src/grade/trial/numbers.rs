//! Values as numbers, and back.

use harness::Value;
use ndarray::ArrayD;

/// The numbers of a value, a single one being an array without axes. Texts, bools and lists have
/// none.
pub fn numbers(value: &Value) -> Option<ArrayD<f64>> {
    match value {
        Value::Float(number) => Some(ndarray::arr0(*number).into_dyn()),
        // Beyond 2^53 the last digits are lost, as they are when a fixture's integer becomes a float.
        Value::Int(number) => Some(ndarray::arr0(*number as f64).into_dyn()),
        Value::Array(array) => Some(array.clone()),
        Value::IntArray(array) => Some(array.mapv(|number| number as f64)),
        _ => None,
    }
}

/// Numbers as a value of the kind that `model` is: integers stay integers as long as all are.
pub fn alike(numbers: ArrayD<f64>, model: &Value) -> Value {
    /// Up to this every integer is a float.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let integers = matches!(model, Value::Int(_) | Value::IntArray(_))
        && numbers.iter().all(|number| number.fract() == 0.0 && number.abs() <= EXACT);
    match (model, numbers.first()) {
        (Value::Int(_), Some(number)) if integers => Value::Int(*number as i64),
        (Value::Int(_) | Value::Float(_), Some(number)) => Value::Float(*number),
        _ if integers => Value::IntArray(numbers.mapv(|number| number as i64)),
        _ => Value::Array(numbers),
    }
}
