//! Values that are made of others.

use harness::Value;
use ndarray::{ArrayD, arr0};

/// A value like another one, with nothing but zeros in it.
pub fn zeros(value: &Value) -> Value {
    match value {
        Value::Bool(_) => Value::Bool(false),
        Value::Int(_) => Value::Int(0),
        Value::Text(_) => Value::Text(String::new()),
        Value::IntArray(array) => Value::IntArray(ArrayD::zeros(array.raw_dim())),
        Value::BoolArray(array) => Value::BoolArray(array.mapv(|_| false)),
        Value::List(items) => Value::List(items.iter().map(zeros).collect()),
        Value::Float(_) | Value::Array(_) | Value::None => map(value, &|_| 0.0),
    }
}

/// A value with its floats changed.
pub fn map(value: &Value, change: &dyn Fn(f64) -> f64) -> Value {
    match value {
        Value::Float(x) => Value::Float(change(*x)),
        Value::Array(array) => Value::Array(array.mapv(change)),
        Value::List(items) => Value::List(items.iter().map(|item| map(item, change)).collect()),
        other => other.clone(),
    }
}

/// Whether one of a value's floats is like this.
pub fn any(value: &Value, wanted: &dyn Fn(f64) -> bool) -> bool {
    match value {
        Value::Float(x) => wanted(*x),
        Value::Array(array) => array.iter().any(|x| wanted(*x)),
        Value::List(items) => items.iter().any(|item| any(item, wanted)),
        _ => false,
    }
}

/// An argument as a function returns it that returns values like `result`: a fixture's integers
/// stand for floats, and its numbers for arrays without dimensions.
pub fn returned(argument: &Value, result: &Value) -> Value {
    match (argument, result) {
        (Value::Int(x), Value::Float(_)) => Value::Float(*x as f64),
        (Value::Int(x), Value::Array(_)) => Value::Array(arr0(*x as f64).into_dyn()),
        (Value::Float(x), Value::Array(_)) => Value::Array(arr0(*x).into_dyn()),
        (Value::IntArray(array), Value::Array(_)) => Value::Array(array.mapv(|x| x as f64)),
        (other, _) => other.clone(),
    }
}
