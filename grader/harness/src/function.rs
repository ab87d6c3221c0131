//! Calling a function whose argument and result types only the compiler knows.

use std::marker::PhantomData;

use crate::argument::{Argument, FromValue};
use crate::timing::{Pace, Timed, repeat};
use crate::{Outcome, Value};

/// A function that can be called with values.
///
/// `Signature` is found by inference. It names the argument types with one lifetime; the bound
/// with [`Argument::Item`] says that the function takes them with any, as `fn(&T)` does.
#[diagnostic::on_unimplemented(
    message = "the grader cannot call this function",
    note = "it takes at most six arguments of the types f64, i64, bool, String, &str, Vec, slices \
            and ndarray's arrays, owned, borrowed or viewed",
    note = "it returns an owned value: f64, i64, bool, String, Vec, a tuple, an array, or an \
            Option or Result of one"
)]
pub trait Function<Signature> {
    /// Converts the arguments and calls the function.
    ///
    /// # Errors
    ///
    /// [`Fault::Argument`] if an argument cannot be converted, [`Fault::Returned`] if the function
    /// returned an `Err`.
    fn call(&self, args: Vec<Value>) -> Result<Value, Fault>;

    /// Converts the arguments, and calls the function again and again to see how long it takes.
    ///
    /// # Errors
    ///
    /// As [`Self::call`].
    fn time(&self, args: Vec<Value>, pace: Pace) -> Result<Timed, Fault>;
}

/// Why a call gave no value.
#[derive(Debug, PartialEq)]
pub enum Fault {
    /// The arguments are not those that the function takes.
    Argument(String),
    /// The function returned this error.
    Returned(String),
}

/// A function under the name that calls use.
pub struct Entry {
    /// The name: `exercise::function`.
    pub name: &'static str,
    /// The call.
    pub call: Box<dyn Call>,
}

/// A function whose argument and result types no longer matter.
pub trait Call: Sync {
    /// Converts the arguments and calls the function.
    ///
    /// # Errors
    ///
    /// As [`Function::call`].
    fn call(&self, args: Vec<Value>) -> Result<Value, Fault>;
}

impl<F: Fn(Vec<Value>) -> Result<Value, Fault> + Sync> Call for F {
    fn call(&self, args: Vec<Value>) -> Result<Value, Fault> {
        self(args)
    }
}

/// A function with its `Signature`.
struct Bound<Signature, F>(F, PhantomData<fn() -> Signature>);

impl<Signature, F: Function<Signature> + Sync> Call for Bound<Signature, F> {
    fn call(&self, args: Vec<Value>) -> Result<Value, Fault> {
        self.0.call(args)
    }
}

/// Makes an entry of a function.
///
/// rustc compiles for each function of a submission what is generic over it, so that is kept as small
/// as can be: what depends on types alone is instantiated beforehand.
pub fn entry<Signature, F>(name: &'static str, function: F) -> Entry
where
    Signature: 'static,
    F: Function<Signature> + Sync + 'static,
{
    Entry { name, call: Box::new(Bound(function, PhantomData)) }
}

/// The arguments of a function, owned.
pub trait Arguments: Sized {
    /// Converts them, if there are as many as the function takes.
    ///
    /// # Errors
    ///
    /// [`Fault::Argument`] if they are not those that the function takes.
    fn convert(args: Vec<Value>) -> Result<Self, Fault>;
}

/// What a function returned, as it is sent.
///
/// # Errors
///
/// [`Fault::Returned`] if it is an `Err`.
pub fn returned<R: Outcome>(result: R) -> Result<Value, Fault> {
    result.into_outcome().map_err(Fault::Returned)
}

/// Converts argument number `index`, counted from zero.
fn convert<T: FromValue>(value: Value, index: usize) -> Result<T, Fault> {
    T::from_value(value)
        .map_err(|problem| Fault::Argument(format!("argument {}: {problem}", index + 1)))
}

/// The arguments, if there are as many as the function takes.
fn exactly<const COUNT: usize>(args: Vec<Value>) -> Result<[Value; COUNT], Fault> {
    args.try_into().map_err(|args: Vec<Value>| {
        let were = args.len();
        let takes = if COUNT == 1 { "argument" } else { "arguments" };
        Fault::Argument(format!("the function takes {COUNT} {takes}, the call has {were}"))
    })
}

impl Arguments for () {
    fn convert(args: Vec<Value>) -> Result<Self, Fault> {
        exactly::<0>(args).map(|[]| ())
    }
}

impl<F, R> Function<fn() -> R> for F
where
    R: Outcome,
    F: Fn() -> R,
{
    fn call(&self, args: Vec<Value>) -> Result<Value, Fault> {
        match <()>::convert(args) {
            Ok(()) => returned(self()),
            Err(fault) => Err(fault),
        }
    }

    fn time(&self, args: Vec<Value>, pace: Pace) -> Result<Timed, Fault> {
        <()>::convert(args)?;
        repeat(|| (), |()| self(), pace)
    }
}

macro_rules! function {
    ($count:literal $(, $name:ident $index:tt)+) => {
        impl<$($name: FromValue),+> Arguments for ($($name,)+) {
            #[expect(non_snake_case, reason = "an argument is named after its type parameter")]
            fn convert(args: Vec<Value>) -> Result<Self, Fault> {
                let [$($name),+] = exactly::<$count>(args)?;
                Ok(($(convert::<$name>($name, $index)?,)+))
            }
        }

        impl<F, $($name,)+ R> Function<fn($($name),+) -> R> for F
        where
            $($name: Argument,)+
            R: Outcome,
            F: Fn($($name),+) -> R,
            F: for<'a> Fn($($name::Item<'a>),+) -> R,
        {
            #[expect(non_snake_case, reason = "an argument is named after its type parameter")]
            fn call(&self, args: Vec<Value>) -> Result<Value, Fault> {
                match <($($name::Owned,)+)>::convert(args) {
                    Ok(($($name,)+)) => returned(self($($name::lend(&$name)),+)),
                    Err(fault) => Err(fault),
                }
            }

            #[expect(non_snake_case, reason = "an argument is named after its type parameter")]
            fn time(&self, args: Vec<Value>, pace: Pace) -> Result<Timed, Fault> {
                let ($($name,)+) = <($($name::Owned,)+)>::convert(args)?;
                repeat(|| ($($name::lend(&$name),)+), |($($name,)+)| self($($name),+), pace)
            }
        }
    };
}

function!(1, A 0);
function!(2, A 0, B 1);
function!(3, A 0, B 1, C 2);
function!(4, A 0, B 1, C 2, D 3);
function!(5, A 0, B 1, C 2, D 3, E 4);
function!(6, A 0, B 1, C 2, D 3, E 4, G 5);

#[cfg(test)]
mod tests {
    use ndarray::{Array1, Array2, ArrayD, ArrayView1, ArrayView2, arr1, arr2};

    use super::*;

    fn floats(values: &[f64]) -> Value {
        Value::Array(arr1(values).into_dyn())
    }

    #[test]
    fn takes_arrays_owned_borrowed_and_viewed() {
        fn owned(x: Array1<f64>) -> f64 {
            x.sum()
        }
        fn borrowed(x: &ArrayD<f64>) -> f64 {
            x.sum()
        }
        fn viewed(x: ArrayView1<'_, f64>) -> f64 {
            x.sum()
        }
        fn referenced(x: &ndarray::ArrayRef1<f64>) -> f64 {
            x.sum()
        }
        fn slice(x: &[f64]) -> f64 {
            x.iter().sum()
        }
        let entries = [
            entry("owned", owned),
            entry("borrowed", borrowed),
            entry("viewed", viewed),
            entry("referenced", referenced),
            entry("slice", slice),
        ];
        for entry in entries {
            assert_eq!(entry.call.call(vec![floats(&[1.0, 2.0])]), Ok(Value::Float(3.0)));
        }
    }

    #[test]
    fn takes_several_arguments_with_lifetimes_of_their_own() {
        fn general_dot(w: ArrayView2<'_, f64>, x: &Array1<f64>, name: &str, times: i64) -> String {
            format!("{name} {}", w.dot(x).sum() * times as f64)
        }
        let w = Value::IntArray(arr2(&[[1, 2], [3, 4]]).into_dyn());
        let args = vec![w, floats(&[1.0, 1.0]), Value::Text("sum".into()), Value::Int(2)];
        assert_eq!(entry("f", general_dot).call.call(args), Ok(Value::Text("sum 20".into())));
    }

    #[test]
    fn returns_results_options_tuples_and_lists() {
        fn half(x: i64) -> Result<i64, String> {
            if x % 2 == 0 { Ok(x / 2) } else { Err(format!("{x} is odd")) }
        }
        fn pair(x: Vec<f64>) -> (f64, Option<Vec<Vec<f64>>>) {
            (x[0], Some(vec![x]))
        }
        let half = entry("half", half);
        assert_eq!(half.call.call(vec![Value::Int(4)]), Ok(Value::Int(2)));
        let odd = Err(Fault::Returned("\"3 is odd\"".into()));
        assert_eq!(half.call.call(vec![Value::Int(3)]), odd);
        let list = |items| Value::List(items);
        assert_eq!(
            entry("pair", pair).call.call(vec![floats(&[5.0])]),
            Ok(list(vec![Value::Float(5.0), list(vec![list(vec![Value::Float(5.0)])])]))
        );
    }

    #[test]
    fn says_which_argument_does_not_fit() {
        fn matrix(x: &Array2<f64>, y: f64) -> f64 {
            x.sum() + y
        }
        let matrix = entry("matrix", matrix);
        let fault = |args| match matrix.call.call(args) {
            Err(Fault::Argument(message)) => message,
            other => panic!("expected a fault, got {other:?}"),
        };
        assert_eq!(
            fault(vec![floats(&[1.0]), Value::Float(1.0)]),
            "argument 1: expected a 2-d array, the fixture has one of shape [1]"
        );
        assert_eq!(
            fault(vec![Value::Array(arr2(&[[1.0]]).into_dyn()), Value::Text("x".into())]),
            "argument 2: expected a number for f64, the fixture has a string"
        );
        assert_eq!(fault(vec![]), "the function takes 2 arguments, the call has 0");
    }

    #[test]
    fn returns_arrays_in_standard_layout() {
        fn transposed(x: &Array2<f64>) -> Array2<f64> {
            x.t().to_owned()
        }
        let x = Value::Array(arr2(&[[1.0, 2.0], [3.0, 4.0]]).into_dyn());
        let Ok(Value::Array(result)) = entry("t", transposed).call.call(vec![x]) else {
            panic!("an array comes back");
        };
        assert_eq!(result.as_slice(), Some([1.0, 3.0, 2.0, 4.0].as_slice()));
    }
}
