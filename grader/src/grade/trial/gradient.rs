//! Derivatives by central differences.

use harness::Value;
use ndarray::ArrayD;

use super::numbers::numbers;
use crate::course::{Check, Tolerance};

/// How close a difference comes to the derivative at best. The step h makes an error of about
/// h² |f‴| / 6 and rounding one of about ε |f| / h, with h = ∛ε both near 4e-11 for functions whose
/// values and derivatives are about 1. There is room for some that are larger.
const REL: f64 = 1e-6;
const ABS: f64 = 1e-8;

/// How far the neighbours of a number are from it: ∛ε, in relation to numbers above 1.
fn step(number: f64) -> f64 {
    f64::EPSILON.cbrt() * number.abs().max(1.0)
}

/// The arguments with a little added to the first one, and with as much taken from it.
pub fn neighbours(args: &[Value]) -> [Vec<Value>; 2] {
    let moved = |sign: f64| {
        let mut args = args.to_vec();
        if let Some(first) = args.first_mut()
            && let Some(numbers) = numbers(first)
        {
            let moved = numbers.mapv(|number| number + sign * step(number));
            *first = match first {
                Value::Float(_) | Value::Int(_) => {
                    Value::Float(moved.first().copied().unwrap_or_default())
                }
                _ => Value::Array(moved),
            };
        }
        args
    };
    [moved(1.0), moved(-1.0)]
}

/// What judges a derivative at these arguments, from the results for their neighbours. `None` if
/// these are no numbers, or not one for each number of the first argument.
pub fn check(args: &[Value], above: &Value, below: &Value, tolerance: Tolerance) -> Option<Check> {
    let at = numbers(args.first()?)?;
    let (above, below) = (numbers(above)?, numbers(below)?);
    if above.shape() != at.shape() || below.shape() != at.shape() {
        return None;
    }
    // The distance of the neighbours as they were rounded.
    let distance = at.mapv(|number| (number + step(number)) - (number - step(number)));
    let expected: ArrayD<f64> = (above - below) / distance;
    let Tolerance { abs, rel, ulps: _, precision, nan } = tolerance;
    let tolerance = Tolerance { abs: abs.max(ABS), rel: rel.max(REL), ulps: None, precision, nan };
    let expected = match args.first()? {
        Value::Float(_) | Value::Int(_) => Value::Float(*expected.first()?),
        _ => Value::Array(expected),
    };
    Some(Check::Value { expected, tolerance })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::compare;
    use crate::course::{NanPolicy, Precision};

    #[test]
    fn a_difference_is_close_enough_to_the_derivative() {
        let tolerance = Tolerance {
            abs: 0.0,
            rel: 0.0,
            ulps: None,
            precision: Precision::Exact,
            nan: NanPolicy::Equal,
        };
        let sigmoid = |x: f64| 1.0 / (1.0 + (-x).exp());
        for x in [-1000.0, -40.0, -3.0, 0.0, 0.5, 2.0, 30.0, 1e6] {
            let args = [Value::Float(x)];
            let [above, below] = neighbours(&args).map(|args| match args[0] {
                Value::Float(x) => Value::Float(sigmoid(x)),
                _ => unreachable!(),
            });
            let Some(Check::Value { expected, tolerance }) =
                check(&args, &above, &below, tolerance.clone())
            else {
                panic!("no check at {x}");
            };
            let right = sigmoid(x) * (1.0 - sigmoid(x));
            assert_eq!(compare(&Value::Float(right), &expected, &tolerance), Ok(()), "{x}");
            let wrong = Value::Float(right + 0.01);
            assert!(compare(&wrong, &expected, &tolerance).is_err(), "{x}");
        }
    }
}
