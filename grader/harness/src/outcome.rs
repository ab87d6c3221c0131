//! Which types a learner's function may return, and how each becomes a [`Value`].

use ndarray::{ArrayBase, ArrayD, Data, Dimension, RawData};

use crate::Value;

/// A type that can be sent to the grader.
#[diagnostic::on_unimplemented(
    message = "the grader cannot read a `{Self}`",
    note = "it reads f64, i64, bool, String, Vec, tuples, Option and ndarray's arrays"
)]
pub trait IntoValue {
    /// Converts into a value; arrays come out in standard layout.
    fn into_value(self) -> Value;
}

/// What a graded function may return: a value, or a `Result` of one.
#[diagnostic::on_unimplemented(
    message = "the grader cannot read a `{Self}`",
    note = "it reads f64, i64, bool, String, Vec, tuples, Option, Result and ndarray's arrays"
)]
pub trait Outcome {
    /// The value, or the text of the error.
    ///
    /// # Errors
    ///
    /// The learner's `Err`, as `Debug` shows it.
    fn into_outcome(self) -> Result<Value, String>;
}

impl<T: IntoValue> Outcome for T {
    fn into_outcome(self) -> Result<Value, String> {
        Ok(self.into_value())
    }
}

impl<T: IntoValue, E: std::fmt::Debug> Outcome for Result<T, E> {
    fn into_outcome(self) -> Result<Value, String> {
        self.map(IntoValue::into_value).map_err(|error| format!("{error:?}"))
    }
}

macro_rules! float {
    ($($type:ty),*) => {$(
        impl IntoValue for $type {
            fn into_value(self) -> Value {
                Value::Float(self.into())
            }
        }
    )*};
}

macro_rules! integer {
    ($($type:ty),*) => {$(
        impl IntoValue for $type {
            // What does not fit is sent as text: it is then of a wrong type, and shown.
            fn into_value(self) -> Value {
                i64::try_from(self).map_or_else(|_| Value::Text(self.to_string()), Value::Int)
            }
        }
    )*};
}

float!(f64, f32);
integer!(i64, i32, i16, i8, u64, u32, u16, u8, isize, usize);

impl IntoValue for bool {
    fn into_value(self) -> Value {
        Value::Bool(self)
    }
}

impl IntoValue for String {
    fn into_value(self) -> Value {
        Value::Text(self)
    }
}

impl IntoValue for &'static str {
    fn into_value(self) -> Value {
        Value::Text(self.into())
    }
}

/// An element of the arrays that the grader can read.
pub trait OutElement: Clone {
    /// Wraps an array in standard layout.
    fn wrap(array: ArrayD<Self>) -> Value;
}

impl OutElement for f64 {
    fn wrap(array: ArrayD<Self>) -> Value {
        Value::Array(array)
    }
}

impl OutElement for i64 {
    fn wrap(array: ArrayD<Self>) -> Value {
        Value::IntArray(array)
    }
}

impl OutElement for bool {
    fn wrap(array: ArrayD<Self>) -> Value {
        Value::BoolArray(array)
    }
}

impl<E, S, D> IntoValue for ArrayBase<S, D>
where
    E: OutElement,
    S: Data + RawData<Elem = E>,
    D: Dimension,
{
    fn into_value(self) -> Value {
        E::wrap(self.as_standard_layout().into_owned().into_dyn())
    }
}

impl<T: IntoValue> IntoValue for Vec<T> {
    fn into_value(self) -> Value {
        Value::List(self.into_iter().map(IntoValue::into_value).collect())
    }
}

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        self.map_or(Value::None, IntoValue::into_value)
    }
}

macro_rules! tuple {
    ($($name:ident),+) => {
        impl<$($name: IntoValue),+> IntoValue for ($($name,)+) {
            #[expect(non_snake_case, reason = "a field is named after its type parameter")]
            fn into_value(self) -> Value {
                let ($($name,)+) = self;
                Value::List(vec![$($name.into_value()),+])
            }
        }
    };
}

tuple!(A);
tuple!(A, B);
tuple!(A, B, C);
tuple!(A, B, C, D);
