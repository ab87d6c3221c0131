//! Whether a property holds of results.

use harness::Value;
use ndarray::{ArrayD, ArrayView1, Axis, Dimension, IxDyn, arr0};

use super::numbers::{alike, numbers};
use crate::compare::{Differences, Mismatch, compare, shape_text};
use crate::course::{Change, Input, Inputs, Length, Negated, Property, Side, Tolerance, Trial};
use crate::grade::verdict::Verdict;

/// How a result violates a property.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    /// What it is.
    pub verdict: Verdict,
    /// What is violated where, with the numbers.
    pub message: String,
}

impl Violation {
    fn value(message: impl Into<String>) -> Self {
        Self { verdict: Verdict::WrongValue, message: message.into() }
    }
}

/// The arguments of the second call that a property needs, if it needs one.
pub fn changed(property: &Property, inputs: &Inputs, args: &[Value]) -> Option<Vec<Value>> {
    let map = |places: &[usize], change: &dyn Fn(f64) -> f64| {
        let args = args.iter().enumerate().map(|(place, arg)| match numbers(arg) {
            Some(old) if places.contains(&place) => alike(old.mapv(change), arg),
            _ => arg.clone(),
        });
        Some(args.collect())
    };
    match property {
        Property::UnchangedBy(Change::Add(number, places)) => map(places, &|it| it + number),
        Property::UnchangedBy(Change::Scale(number, places)) => map(places, &|it| it * number),
        Property::Negated(_) => map(&inputs.varied(), &|it| -it),
        Property::UnchangedBy(Change::Rearranged { swapped, transposed }) => {
            let mut args = args.to_vec();
            if let Some((one, other)) = swapped {
                args.swap(*one, *other);
            }
            Some(if *transposed { args.iter().map(transpose).collect() } else { args })
        }
        _ => None,
    }
}

/// An array with its axes in the opposite order, and anything else as it is.
fn transpose(value: &Value) -> Value {
    match value {
        Value::Array(array) => Value::Array(rows(array.clone().reversed_axes())),
        Value::IntArray(array) => Value::IntArray(rows(array.clone().reversed_axes())),
        Value::BoolArray(array) => Value::BoolArray(rows(array.clone().reversed_axes())),
        other => other.clone(),
    }
}

/// An array whose rows lie one after the other.
fn rows<T: Clone>(array: ArrayD<T>) -> ArrayD<T> {
    array.as_standard_layout().into_owned()
}

/// Whether a property of a trial holds of what its function returned: for these arguments first,
/// and then for the changed ones, if there are such.
///
/// # Errors
///
/// How it is violated.
pub fn check(
    property: &Property,
    trial: &Trial,
    args: &[Value],
    results: &[&Value],
) -> Result<(), Violation> {
    let [result, rest @ ..] = results else { return Ok(()) };
    let Trial { function, tolerance, .. } = trial;
    match (property, rest) {
        (Property::Sum(wanted, axis), _) => {
            reduced(result, "sum", *axis, *wanted, tolerance, |lane| lane.sum())
        }
        (Property::Norm(wanted, axis), _) => {
            let norm = |lane: ArrayView1<'_, f64>| lane.dot(&lane).sqrt();
            reduced(result, "norm", *axis, *wanted, tolerance, norm)
        }
        (Property::Range(low, high), _) => {
            let near = |number: f64, bound: f64| {
                (number - bound).abs() <= tolerance.abs + tolerance.rel * bound.abs()
            };
            let inside =
                |it: f64| (*low..=*high).contains(&it) || near(it, *low) || near(it, *high);
            elements(result, inside, &format!("does not lie from {low} to {high}"))
        }
        (Property::Finite, _) => elements(result, f64::is_finite, "is not finite"),
        (Property::Shape(lengths), _) => {
            let wanted: Vec<usize> =
                lengths.iter().map(|it| length(it, &trial.inputs, args)).collect();
            let shape = numeric(result)?.shape().to_vec();
            if shape == wanted {
                return Ok(());
            }
            let [shape, wanted] = [shape, wanted].map(|it| shape_text(&it));
            let message = format!("the shape of the result is {shape}, and should be {wanted}");
            Err(Violation { verdict: Verdict::WrongShape, message })
        }
        (Property::Symmetric, _) => {
            let transposed = transpose(result);
            equal(("the result", Some("its transpose")), result, &transposed, tolerance)
        }
        (Property::UnchangedBy(change), [changed, ..]) => {
            let (call, before) = (change.call(function), format!("{function}(x)"));
            if let Change::Rearranged { transposed: true, .. } = change {
                equal((&call, Some(&before)), &transpose(changed), result, tolerance)
            } else {
                equal((&call, Some(&before)), changed, result, tolerance)
            }
        }
        (Property::Negated(what), [negated, ..]) => {
            let old = numeric(result)?;
            let new = match what {
                Negated::Same => old,
                Negated::Opposite => -old,
                Negated::Complement => 1.0 - old,
                Negated::Reciprocal => old.recip(),
            };
            let right = what.to_string().replace('f', &format!("{function}(x)"));
            let left = format!("{function}(-x)");
            equal((&left, Some(&right)), negated, &alike(new, result), tolerance)
        }
        // A derivative is compared with values, and what needs a second call has one.
        (Property::GradientOf { .. } | Property::UnchangedBy(_) | Property::Negated(_), _) => {
            Ok(())
        }
    }
}

/// The numbers of a result.
fn numeric(result: &Value) -> Result<ArrayD<f64>, Violation> {
    numbers(result).ok_or_else(|| Violation {
        verdict: Verdict::WrongType,
        message: format!("{} where numbers are wanted", result.describe()),
    })
}

/// How long a side of the result should be.
fn length(length: &Length, inputs: &Inputs, args: &[Value]) -> usize {
    let side = |name: &String| {
        let named = |side: &Side| matches!(side, Side::Named(other) if other == name);
        let args = inputs.args.iter().zip(args);
        let mut lengths = args.filter_map(|(input, arg)| match input {
            Input::Random(random) => {
                let axis = random.shape.iter().flatten().position(named)?;
                arg.shape()?.get(axis).copied()
            }
            _ => None,
        });
        lengths.next().unwrap_or_default()
    };
    length.sides.iter().map(side).fold(length.factor, usize::saturating_mul)
}

/// Checks what the numbers along an axis, or all of them, are reduced to.
fn reduced(
    result: &Value,
    what: &str,
    axis: Option<usize>,
    wanted: f64,
    tolerance: &Tolerance,
    reduce: impl Fn(ArrayView1<'_, f64>) -> f64,
) -> Result<(), Violation> {
    let numbers = numeric(result)?;
    let (reduced, name) = match axis {
        Some(axis) if axis >= numbers.ndim() => {
            let shape = shape_text(numbers.shape());
            let message = format!("the shape of the result is {shape}: it has no axis {axis}");
            return Err(Violation { verdict: Verdict::WrongShape, message });
        }
        Some(axis) => {
            (numbers.map_axis(Axis(axis), reduce), format!("the {what} along axis {axis}"))
        }
        None => {
            let all: Vec<f64> = numbers.iter().copied().collect();
            (arr0(reduce(ArrayView1::from(&all))).into_dyn(), format!("the {what} of all elements"))
        }
    };
    let wanted = ArrayD::from_elem(reduced.raw_dim(), wanted);
    equal((&name, None), &Value::Array(reduced), &Value::Array(wanted), tolerance)
}

/// Checks every number of a result.
fn elements(result: &Value, is_right: impl Fn(f64) -> bool, what: &str) -> Result<(), Violation> {
    let numbers = numeric(result)?;
    match numbers.indexed_iter().find(|(_, number)| !is_right(**number)) {
        None => Ok(()),
        Some((index, number)) => {
            let place = place(index.slice());
            Err(Violation::value(format!("the element{place} is {number}, which {what}")))
        }
    }
}

/// Checks that two values are equal; `names` say what they are, `None` a number that speaks for
/// itself.
fn equal(
    (actual_name, expected_name): (&str, Option<&str>),
    actual: &Value,
    expected: &Value,
    tolerance: &Tolerance,
) -> Result<(), Violation> {
    let Err(mismatch) = compare(actual, expected, tolerance) else { return Ok(()) };
    if let Mismatch::Values(Differences { worst, .. }) = &mismatch {
        let element = |value: &Value| match (value, numbers(value)) {
            (Value::BoolArray(array), _) => array[IxDyn(worst)].to_string(),
            (_, Some(array)) => array[IxDyn(worst)].to_string(),
            (value, None) => format!("{value:?}"),
        };
        let should = expected_name.map_or("should be".into(), |name| format!("{name} is"));
        return Err(Violation::value(format!(
            "{actual_name}{} is {}, and {should} {}",
            place(worst),
            element(actual),
            element(expected)
        )));
    }
    let verdict = match mismatch.innermost() {
        Mismatch::Kind { .. } => Verdict::WrongType,
        Mismatch::Shape { .. } | Mismatch::Length { .. } => Verdict::WrongShape,
        _ => Verdict::WrongValue,
    };
    let and = expected_name.map_or_else(String::new, |name| format!(" and {name} differ"));
    Err(Violation { verdict, message: format!("{actual_name}{and}: {mismatch}") })
}

/// Where an element stands; a number that is no array's stands nowhere.
fn place(index: &[usize]) -> String {
    if index.is_empty() { String::new() } else { format!(" at {index:?}") }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use ndarray::array;

    use super::*;
    use crate::course::{NanPolicy, Oracle, Origin, Precision, Random};

    /// A trial of a function of two arrays with the sides (n, m) and (m,).
    fn trial() -> Trial {
        let side = |name: &str| Side::Named(name.into());
        let random = |sides: Vec<Side>| {
            let shape = Some(sides);
            let (integers, specials) = (false, Vec::new());
            Input::Random(Random { shape, low: 0.0, high: 1.0, integers, specials })
        };
        let args = vec![random(vec![side("n"), side("m")]), random(vec![side("m")])];
        let (precision, nan) = (Precision::Exact, NanPolicy::Equal);
        Trial {
            name: "law".into(),
            function: "f".into(),
            inputs: Inputs { runs: 1, args, letters: BTreeMap::new() },
            oracle: Oracle::Reference,
            tolerance: Tolerance { abs: 0.0, rel: 1e-7, ulps: None, precision, nan },
            weight: 1,
            feedback: None,
            source: None,
            hidden: false,
            origin: Origin::default(),
        }
    }

    fn args() -> [Value; 2] {
        [
            Value::Array(array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]].into_dyn()),
            Value::IntArray(array![7, 8, 9].into_dyn()),
        ]
    }

    /// What is said of these results.
    fn said(property: &Property, results: &[Value]) -> String {
        let results: Vec<&Value> = results.iter().collect();
        match check(property, &trial(), &args(), &results) {
            Ok(()) => "holds".into(),
            Err(Violation { verdict, message }) => format!("{verdict}: {message}"),
        }
    }

    fn matrix(rows: [[f64; 2]; 2]) -> Value {
        Value::Array(ndarray::arr2(&rows).into_dyn())
    }

    #[test]
    fn a_violation_says_what_is_wrong_where() {
        let (nan, third) = (f64::NAN, 1.0 / 3.0);
        let length = |factor: usize, sides: &[&str]| Length {
            factor,
            sides: sides.iter().map(|side| (*side).into()).collect(),
        };
        let shape = Property::Shape(vec![length(2, &["n", "m"]), length(1, &[])]);
        let swapped =
            Property::UnchangedBy(Change::Rearranged { swapped: Some((0, 1)), transposed: true });
        let added = Property::UnchangedBy(Change::Add(3.0, vec![0]));
        let complement = Property::Negated(Negated::Complement);
        let text = || Value::Text("no".into());
        let column = || Value::Array(ArrayD::zeros(IxDyn(&[12, 1])));
        for (property, results, expected) in [
            (
                Property::Sum(1.0, Some(1)),
                vec![matrix([[third, 2.0 * third], [0.25, 0.75]])],
                "holds",
            ),
            (
                Property::Sum(1.0, Some(1)),
                vec![matrix([[0.5, 0.5], [0.5, 0.75]])],
                "wrong value: the sum along axis 1 at [1] is 1.25, and should be 1",
            ),
            (
                Property::Sum(1.0, None),
                vec![Value::Float(nan)],
                "wrong value: the sum of all elements is NaN, and should be 1",
            ),
            (
                Property::Sum(1.0, Some(2)),
                vec![matrix([[1.0; 2]; 2])],
                "wrong shape: the shape of the result is (2, 2): it has no axis 2",
            ),
            (Property::Norm(5.0, Some(0)), vec![matrix([[3.0, 5.0], [4.0, 0.0]])], "holds"),
            (
                Property::Norm(5.0, None),
                vec![matrix([[3.0, 0.0], [0.0, 0.0]])],
                "wrong value: the norm of all elements is 3, and should be 5",
            ),
            (Property::Range(0.0, 1.0), vec![matrix([[0.0, 1.0], [1.0 + 1e-9, 0.5]])], "holds"),
            (
                Property::Range(0.0, 1.0),
                vec![matrix([[0.0, 1.0], [1.5, 0.5]])],
                "wrong value: the element at [1, 0] is 1.5, which does not lie from 0 to 1",
            ),
            (
                Property::Range(0.0, 1.0),
                vec![text()],
                "wrong type: a string where numbers are wanted",
            ),
            (Property::Finite, vec![Value::Int(3)], "holds"),
            (
                Property::Finite,
                vec![Value::Float(f64::INFINITY)],
                "wrong value: the element is inf, which is not finite",
            ),
            (shape.clone(), vec![column()], "holds"),
            (
                shape,
                vec![matrix([[0.0; 2]; 2])],
                "wrong shape: the shape of the result is (2, 2), and should be (12, 1)",
            ),
            (Property::Symmetric, vec![matrix([[1.0, 2.0], [2.0, nan]])], "holds"),
            (
                Property::Symmetric,
                vec![matrix([[1.0, 2.0], [3.0, 4.0]])],
                "wrong value: the result at [0, 1] is 2, and its transpose is 3",
            ),
            (
                Property::Symmetric,
                vec![column()],
                "wrong shape: the result and its transpose differ: shape (12, 1) where (1, 12) is \
                 wanted",
            ),
            (added.clone(), vec![Value::Float(2.0), Value::Float(2.0)], "holds"),
            (
                added,
                vec![matrix([[1.0, 2.0], [3.0, 4.0]]), matrix([[1.0, 2.0], [3.0, 5.0]])],
                "wrong value: f(x + 3) at [1, 1] is 5, and f(x) is 4",
            ),
            (
                swapped,
                vec![matrix([[1.0, 2.0], [3.0, 4.0]]), matrix([[1.0, 3.0], [2.0, 4.0]])],
                "holds",
            ),
            (complement.clone(), vec![Value::Float(0.25), Value::Float(0.75)], "holds"),
            (
                complement,
                vec![Value::Float(0.25), Value::Float(0.25)],
                "wrong value: f(-x) is 0.25, and 1 - f(x) is 0.75",
            ),
            (
                Property::Negated(Negated::Reciprocal),
                vec![Value::Int(4), Value::Float(0.25)],
                "holds",
            ),
        ] {
            assert_eq!(said(&property, &results), expected, "{property:?}");
        }
    }

    #[test]
    fn arguments_are_changed_as_the_property_says() {
        let changed =
            |property: Property| changed(&property, &trial().inputs, &args()).unwrap_or_default();
        let floats = |value: &Value| Vec::from_iter(numbers(value).unwrap());
        let added = changed(Property::UnchangedBy(Change::Add(0.5, vec![1])));
        assert_eq!(added[0], args()[0]);
        assert_eq!(floats(&added[1]), [7.5, 8.5, 9.5]);
        let negated = changed(Property::Negated(Negated::Same));
        assert_eq!(negated[1], Value::IntArray(array![-7, -8, -9].into_dyn()), "still integers");
        let rearranged = changed(Property::UnchangedBy(Change::Rearranged {
            swapped: Some((0, 1)),
            transposed: true,
        }));
        assert_eq!(rearranged[0], args()[1]);
        assert_eq!(
            rearranged[1],
            Value::Array(array![[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]].into_dyn())
        );
        assert!(changed(Property::Finite).is_empty(), "one call is enough");
    }
}
