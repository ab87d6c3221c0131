//! The values that travel between grader and worker.

use std::borrow::Cow;

use ndarray::ArrayD;

/// A value as a fixture writes it and as a worker returns it.
///
/// Arrays are always in standard (row-major) layout. Nested numeric lists of equal lengths are
/// arrays, never lists of lists: [`Value::List`] is left for tuples, texts and ragged data.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `true` or `false`.
    Bool(bool),
    /// An integer, as Rust's `i64`.
    Int(i64),
    /// A floating-point number.
    Float(f64),
    /// A string.
    Text(String),
    /// An array of `f64` of any dimension, 0-d included.
    Array(ArrayD<f64>),
    /// An array of `i64` of any dimension.
    IntArray(ArrayD<i64>),
    /// An array of `bool` of any dimension.
    BoolArray(ArrayD<bool>),
    /// A tuple, a list of texts, or a list whose items differ in type or shape.
    List(Vec<Value>),
    /// `Option::None`.
    None,
}

impl Value {
    /// The shape of an array (a scalar, text or list has none).
    #[must_use]
    pub fn shape(&self) -> Option<&[usize]> {
        match self {
            Self::Array(array) => Some(array.shape()),
            Self::IntArray(array) => Some(array.shape()),
            Self::BoolArray(array) => Some(array.shape()),
            _ => None,
        }
    }

    /// Whether it is an array or a list without elements.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::List(items) => items.is_empty(),
            _ => self.shape().is_some_and(|shape| shape.contains(&0)),
        }
    }

    /// How many bytes it takes in memory, about.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        let content = match self {
            Self::Array(array) => 8 * array.len() as u64,
            Self::IntArray(array) => 8 * array.len() as u64,
            Self::BoolArray(array) => array.len() as u64,
            Self::Text(text) => text.len() as u64,
            Self::List(items) => items.iter().map(Self::bytes).sum(),
            Self::Bool(_) | Self::Int(_) | Self::Float(_) | Self::None => 0,
        };
        size_of::<Self>() as u64 + content
    }

    /// What the value is, in the words a message uses: "a 2-d array of floats".
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::Bool(_) => "a bool".into(),
            Self::Int(_) => "an integer".into(),
            Self::Float(_) => "a float".into(),
            Self::Text(_) => "a string".into(),
            Self::Array(array) => format!("a {}-d array of floats", array.ndim()),
            Self::IntArray(array) => format!("a {}-d array of integers", array.ndim()),
            Self::BoolArray(array) => format!("a {}-d array of bools", array.ndim()),
            Self::List(items) => format!("a list of {}", items.len()),
            Self::None => "None".into(),
        }
    }
}

/// The elements of an array in row-major order; copied only if they do not lie so already.
#[must_use]
pub fn row_major<T: Clone>(array: &ArrayD<T>) -> Cow<'_, [T]> {
    match array.as_slice() {
        Some(elements) => Cow::Borrowed(elements),
        None => Cow::Owned(array.iter().cloned().collect()),
    }
}
