//! Which types a learner's function may take, and how each is made from a [`Value`].
//!
//! [`FromValue`] makes an owned value; [`Argument`] hands it to the function in the form the
//! function asks for: owned, borrowed or viewed.

use ndarray::{Array, ArrayD, ArrayRef, ArrayView, Dimension};

use crate::Value;

/// A type that can be made from a value of a fixture.
#[diagnostic::on_unimplemented(
    message = "the grader cannot make a `{Self}` from a fixture",
    note = "it knows f64, i64, bool, String, Vec, tuples, Option and ndarray's arrays"
)]
pub trait FromValue: Clone {
    /// Converts the value.
    ///
    /// # Errors
    ///
    /// Says what was wanted and what the fixture has, if the two do not go together.
    fn from_value(value: Value) -> Result<Self, String>;
}

/// A type that a graded function may take as an argument.
#[diagnostic::on_unimplemented(
    message = "the grader cannot pass a `{Self}`",
    note = "it passes f64, i64, bool, String, &str, Vec, slices, tuples and ndarray's arrays"
)]
pub trait Argument {
    /// What the worker keeps while the function runs.
    type Owned: FromValue;
    /// The argument itself, which may borrow from the owned value.
    type Item<'a>;

    /// Makes the argument of one call; a function that takes it owned gets a copy.
    fn lend(owned: &Self::Owned) -> Self::Item<'_>;
}

/// The message for a value that does not fit.
fn unfit<T>(wanted: &str, value: &Value) -> Result<T, String> {
    Err(format!("expected {wanted}, the fixture has {}", value.describe()))
}

macro_rules! owned_argument {
    ([$($generics:tt)*] $type:ty) => {
        impl<$($generics)*> Argument for $type {
            type Owned = $type;
            type Item<'a> = $type;

            fn lend(owned: &$type) -> $type {
                owned.clone()
            }
        }
    };
}

macro_rules! float {
    ($($type:ty),*) => {$(
        impl FromValue for $type {
            fn from_value(value: Value) -> Result<Self, String> {
                match value {
                    Value::Float(x) => Ok(x as $type),
                    Value::Int(x) => Ok(x as $type),
                    other => unfit(concat!("a number for ", stringify!($type)), &other),
                }
            }
        }

        owned_argument!([] $type);
    )*};
}

macro_rules! integer {
    ($($type:ty),*) => {$(
        impl FromValue for $type {
            fn from_value(value: Value) -> Result<Self, String> {
                match value {
                    Value::Int(x) => <$type>::try_from(x)
                        .map_err(|_| format!("{x} does not fit into {}", stringify!($type))),
                    other => unfit(concat!("an integer for ", stringify!($type)), &other),
                }
            }
        }

        owned_argument!([] $type);
    )*};
}

float!(f64, f32);
integer!(i64, i32, i16, i8, u64, u32, u16, u8, isize, usize);

impl FromValue for bool {
    fn from_value(value: Value) -> Result<Self, String> {
        match value {
            Value::Bool(b) => Ok(b),
            other => unfit("a bool", &other),
        }
    }
}

impl FromValue for String {
    fn from_value(value: Value) -> Result<Self, String> {
        match value {
            Value::Text(text) => Ok(text),
            other => unfit("a string", &other),
        }
    }
}

owned_argument!([] bool);
owned_argument!([] String);

/// An element of the arrays that the grader can pass.
pub trait Element: Clone + 'static {
    /// Takes the value as an array of this element; a number is a 0-d array.
    ///
    /// # Errors
    ///
    /// Says what was wanted if the value is no such array.
    fn array(value: Value) -> Result<ArrayD<Self>, String>;
}

impl Element for f64 {
    fn array(value: Value) -> Result<ArrayD<Self>, String> {
        match value {
            Value::Array(array) => Ok(array),
            Value::IntArray(array) => Ok(array.mapv(|x| x as Self)),
            Value::Float(x) => Ok(ndarray::arr0(x).into_dyn()),
            Value::Int(x) => Ok(ndarray::arr0(x as Self).into_dyn()),
            other => unfit("an array of floats", &other),
        }
    }
}

impl Element for i64 {
    fn array(value: Value) -> Result<ArrayD<Self>, String> {
        match value {
            Value::IntArray(array) => Ok(array),
            Value::Int(x) => Ok(ndarray::arr0(x).into_dyn()),
            // An empty list says nothing of its elements.
            Value::Array(array) if array.is_empty() => Ok(array.mapv(|x| x as Self)),
            other => unfit("an array of integers", &other),
        }
    }
}

impl Element for bool {
    fn array(value: Value) -> Result<ArrayD<Self>, String> {
        match value {
            Value::BoolArray(array) => Ok(array),
            Value::Bool(b) => Ok(ndarray::arr0(b).into_dyn()),
            Value::Array(array) if array.is_empty() => Ok(array.mapv(|_| false)),
            other => unfit("an array of bools", &other),
        }
    }
}

impl<E: Element, D: Dimension + 'static> FromValue for Array<E, D> {
    fn from_value(value: Value) -> Result<Self, String> {
        let array = E::array(value)?;
        let shape = array.shape().to_vec();
        array.into_dimensionality().map_err(|_| {
            let wanted = D::NDIM.map_or_else(|| "any".into(), |n| n.to_string());
            format!("expected a {wanted}-d array, the fixture has one of shape {shape:?}")
        })
    }
}

owned_argument!([E: Element, D: Dimension + 'static] Array<E, D>);

impl<T: FromValue> FromValue for Vec<T> {
    fn from_value(value: Value) -> Result<Self, String> {
        items(value)?.into_iter().map(T::from_value).collect()
    }
}

owned_argument!([T: FromValue] Vec<T>);

/// The items of a list, or of an array along its first axis.
fn items(value: Value) -> Result<Vec<Value>, String> {
    fn split<E: Clone>(
        array: &ArrayD<E>,
        scalar: fn(E) -> Value,
        nested: fn(ArrayD<E>) -> Value,
    ) -> Option<Vec<Value>> {
        match array.ndim() {
            0 => None,
            1 => Some(array.iter().cloned().map(scalar).collect()),
            _ => Some(array.outer_iter().map(|row| nested(row.to_owned())).collect()),
        }
    }
    let items = match &value {
        Value::List(_) => None,
        Value::Array(array) => split(array, Value::Float, Value::Array),
        Value::IntArray(array) => split(array, Value::Int, Value::IntArray),
        Value::BoolArray(array) => split(array, Value::Bool, Value::BoolArray),
        _ => None,
    };
    match (items, value) {
        (Some(items), _) | (None, Value::List(items)) => Ok(items),
        (None, other) => unfit("a list", &other),
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value) -> Result<Self, String> {
        match value {
            Value::None => Ok(None),
            other => T::from_value(other).map(Some),
        }
    }
}

owned_argument!([T: FromValue] Option<T>);

macro_rules! tuple {
    ($count:literal: $($name:ident),+) => {
        impl<$($name: FromValue),+> FromValue for ($($name,)+) {
            fn from_value(value: Value) -> Result<Self, String> {
                let items = items(value)?;
                if items.len() != $count {
                    return Err(format!(
                        "expected a list of {}, the fixture has {}", $count, items.len()
                    ));
                }
                let mut items = items.into_iter();
                Ok(($($name::from_value(items.next().expect("counted above"))?,)+))
            }
        }

        owned_argument!([$($name: FromValue),+] ($($name,)+));
    };
}

tuple!(1: A);
tuple!(2: A, B);
tuple!(3: A, B, C);
tuple!(4: A, B, C, D);

impl<T: FromValue + 'static> Argument for &T {
    type Owned = T;
    type Item<'a> = &'a T;

    fn lend(owned: &T) -> &T {
        owned
    }
}

impl Argument for &str {
    type Owned = String;
    type Item<'a> = &'a str;

    fn lend(owned: &String) -> &str {
        owned
    }
}

impl<T: FromValue + 'static> Argument for &[T] {
    type Owned = Vec<T>;
    type Item<'a> = &'a [T];

    fn lend(owned: &Vec<T>) -> &[T] {
        owned
    }
}

impl<E: Element, D: Dimension + 'static> Argument for ArrayView<'_, E, D> {
    type Owned = Array<E, D>;
    type Item<'a> = ArrayView<'a, E, D>;

    fn lend(owned: &Array<E, D>) -> ArrayView<'_, E, D> {
        owned.view()
    }
}

macro_rules! array_reference {
    ($($element:ty),*) => {$(
        impl<D: Dimension + 'static> Argument for &ArrayRef<$element, D> {
            type Owned = Array<$element, D>;
            type Item<'a> = &'a ArrayRef<$element, D>;

            fn lend(owned: &Array<$element, D>) -> &ArrayRef<$element, D> {
                owned
            }
        }
    )*};
}

array_reference!(f64, i64, bool);
