//! What was expected and what came, over the argument of a function of one number.
//!
//! Points are taken from the cases alone: those in which a function of one argument is given a
//! number or a vector, and gives as much.

use harness::Value;
use serde::Serialize;

use super::scale::{MINUS, Scale, Tick, at};
use crate::compare;
use crate::course::Tolerance;
use crate::grade::{CaseReport, Delivered, Wanted};
use crate::report::plural;

/// How many arguments it takes to see a line, and how many points are drawn at most.
const FEWEST: usize = 4;
const MOST: usize = 400;

/// How far from the middle an argument and an expected value may be, in multiples of the usual
/// distance from it, so that one extreme case does not hide all others. Values may lie far apart
/// where the function is steep.
const FAR: f64 = 6.0;
const HIGH: f64 = 100.0;

/// How far apart two expected values of one argument may be, in relation to their size: they may
/// have been printed with few digits.
const ALIKE: f64 = 1e-6;

/// The size of the picture, and of what surrounds the points.
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 12.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 34.0;

/// A plot; lengths are in its own unit.
#[derive(Debug, Serialize)]
pub struct Plot {
    /// The function.
    pub function: String,
    /// What it shows, in words.
    pub description: String,
    width: f64,
    height: f64,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    x: Vec<Tick>,
    y: Vec<Tick>,
    /// The expected values as a line, the path of an SVG.
    line: String,
    /// The expected values.
    expected: Vec<Place>,
    /// Those of them for which the right value came.
    right_ones: Vec<Place>,
    /// Crosses on those that came and are wrong, the path of an SVG.
    wrong: String,
    /// Triangles that point at those too far up or down to be shown.
    beyond: String,
}

/// Where a point is drawn.
#[derive(Debug, Serialize)]
struct Place {
    x: String,
    y: String,
}

/// One argument, with what was expected of it and what came.
#[derive(Debug, Clone, Copy)]
struct Point {
    x: f64,
    expected: f64,
    actual: Option<f64>,
    is_right: bool,
}

impl Plot {
    /// The plots of the functions that are called in these cases, in the order of their first.
    pub fn all(cases: &[&CaseReport]) -> Vec<Self> {
        let mut functions: Vec<&str> = Vec::new();
        for case in cases {
            if !functions.contains(&case.function.as_str()) {
                functions.push(&case.function);
            }
        }
        let plot = |function: &str| {
            let cases = cases.iter().filter(|case| case.function == function);
            Self::of(cases.flat_map(|case| points(case)).collect(), function)
        };
        functions.into_iter().filter_map(plot).collect()
    }

    /// The plot of a function, if its points make one.
    fn of(mut points: Vec<Point>, function: &str) -> Option<Self> {
        points.retain(|point| !point.x.is_nan());
        points.sort_by(|one, other| one.x.total_cmp(&other.x));
        let is_function = points.windows(2).all(|pair| pair[0].agrees(pair[1]));
        if !is_function || points.iter().all(|point| point.actual.is_none()) {
            return None;
        }
        let near = near(&points);
        let mut arguments: Vec<f64> = near.iter().map(|point| point.x).collect();
        arguments.dedup();
        if arguments.len() < FEWEST || near.len() > MOST {
            return None;
        }
        let x = Scale::of(arguments[0], arguments[arguments.len() - 1], [LEFT, WIDTH - RIGHT]);
        let y = heights(&near)?;
        let place =
            |point: &&Point| Place { x: at(x.place(point.x)), y: at(y.place(point.expected)) };
        let drawable = || near.iter().filter(|point| point.expected.is_finite());
        Some(Self {
            function: function.into(),
            description: description(&arguments, &near, points.len() - near.len()),
            width: WIDTH,
            height: HEIGHT,
            left: LEFT,
            right: WIDTH - RIGHT,
            top: TOP,
            bottom: HEIGHT - BOTTOM,
            x: x.ticks(),
            y: y.ticks(),
            line: line(&near, &x, &y),
            expected: drawable().map(|point| place(&point)).collect(),
            right_ones: drawable().filter(|it| it.is_right).map(|point| place(&point)).collect(),
            wrong: marks(&near, &x, &y, |number| y.holds(number), cross),
            beyond: marks(&near, &x, &y, |number| !y.holds(number), triangle),
        })
    }
}

impl Point {
    /// Whether it does not expect another value of the same argument.
    fn agrees(self, other: Self) -> bool {
        let (one, other) = match self.x == other.x {
            true => (self.expected, other.expected),
            false => return true,
        };
        one == other
            || (one.is_nan() && other.is_nan())
            || (one - other).abs() <= ALIKE * one.abs().max(other.abs())
    }
}

/// The points of a case: its argument's elements with those of the values.
fn points(case: &CaseReport) -> Vec<Point> {
    let (Wanted::Value(wanted, tolerance), [argument]) = (&case.wanted, &case.args[..]) else {
        return Vec::new();
    };
    let (Some(x), Some(expected)) = (numbers(argument), numbers(wanted)) else {
        return Vec::new();
    };
    if x.len() != expected.len() || is_vector(argument) != is_vector(wanted) {
        return Vec::new();
    }
    let actual = came(case, wanted, tolerance);
    let pairs = x.into_iter().zip(expected).enumerate();
    pairs
        .map(|(place, (x, expected))| {
            let came = actual.as_ref().and_then(|actual| actual.get(place));
            Point {
                x,
                expected,
                actual: came.map(|(actual, _)| *actual),
                is_right: came.is_some_and(|(_, error)| *error == 0.0),
            }
        })
        .collect()
}

/// The numbers that came with their errors, if they can be compared with those that were wanted.
fn came(case: &CaseReport, wanted: &Value, tolerance: &Tolerance) -> Option<Vec<(f64, f64)>> {
    let Some(Delivered::Value(value)) = &case.delivered else {
        return None;
    };
    let errors = compare::errors(value, wanted, tolerance)?;
    Some(numbers(value)?.into_iter().zip(errors).collect())
}

/// The numbers of a scalar or a vector.
fn numbers(value: &Value) -> Option<Vec<f64>> {
    match value {
        Value::Float(number) => Some(vec![*number]),
        Value::Int(number) => Some(vec![*number as f64]),
        Value::Array(array) if array.ndim() <= 1 => Some(array.iter().copied().collect()),
        Value::IntArray(array) if array.ndim() <= 1 => {
            Some(array.iter().map(|&number| number as f64).collect())
        }
        _ => None,
    }
}

fn is_vector(value: &Value) -> bool {
    value.shape().is_some_and(|shape| shape.len() == 1)
}

/// The points whose arguments are finite, without those far from the others.
fn near(points: &[Point]) -> Vec<Point> {
    let bearable = |number: fn(&Point) -> f64, times| {
        let mut numbers: Vec<f64> = points.iter().map(number).filter(|it| it.is_finite()).collect();
        let middle = median(&mut numbers);
        let mut distances: Vec<f64> = numbers.iter().map(|it| (it - middle).abs()).collect();
        let far = match median(&mut distances) {
            0.0 => f64::INFINITY,
            usual => times * usual,
        };
        move |number: f64| (number - middle).abs() <= far
    };
    let is_near = bearable(|point| point.x, FAR);
    let is_low = bearable(|point| point.expected, HIGH);
    let shown = points.iter().copied().filter(|point| {
        point.x.is_finite()
            && is_near(point.x)
            && (!point.expected.is_finite() || is_low(point.expected))
    });
    shown.collect()
}

/// The number in the middle; 0 if there is none.
fn median(numbers: &mut [f64]) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or_default()
}

/// The scale of the values: all that are expected, and of those that came what is not far from them.
fn heights(points: &[Point]) -> Option<Scale> {
    let ends = |numbers: &mut dyn Iterator<Item = f64>| {
        numbers.filter(|number| number.is_finite()).fold(
            None,
            |ends: Option<(f64, f64)>, number| {
                let (low, high) = ends.unwrap_or((number, number));
                Some((low.min(number), high.max(number)))
            },
        )
    };
    let (low, high) = ends(&mut points.iter().map(|point| point.expected))?;
    let span = if high > low { high - low } else { low.abs().max(1.0) };
    let bearable = low - span..=high + span;
    let came = points.iter().filter_map(|point| point.actual);
    let came = ends(&mut came.filter(|number| bearable.contains(number)));
    let (lowest, highest) = came.unwrap_or((low, high));
    Some(Scale::of(low.min(lowest), high.max(highest), [HEIGHT - BOTTOM, TOP]))
}

/// A line through the expected values; it is broken where there is no number.
fn line(points: &[Point], x: &Scale, y: &Scale) -> String {
    let mut path = String::new();
    let mut pen = 'M';
    for point in points {
        if !point.expected.is_finite() {
            pen = 'M';
            continue;
        }
        path += &format!("{pen}{} {}", at(x.place(point.x)), at(y.place(point.expected)));
        pen = 'L';
    }
    path
}

/// The wrong values that came, where `is_shown`, each as this mark. NaN has no place.
fn marks(
    points: &[Point],
    x: &Scale,
    y: &Scale,
    is_shown: impl Fn(f64) -> bool,
    mark: impl Fn(f64, f64, bool) -> String,
) -> String {
    let wrong = points.iter().filter(|point| !point.is_right);
    wrong
        .filter_map(|point| Some((point, point.actual?)))
        .filter(|(_, actual)| !actual.is_nan() && is_shown(*actual))
        .map(|(point, actual)| mark(x.place(point.x), y.place(actual), actual > point.expected))
        .collect()
}

fn cross(x: f64, y: f64, _: bool) -> String {
    format!("M{} {}l9 9m-9 0l9-9", at(x - 4.5), at(y - 4.5))
}

/// A triangle at the edge that points up or down.
fn triangle(x: f64, y: f64, is_above: bool) -> String {
    let tip = if is_above { -9 } else { 9 };
    format!("M{} {}l5 {tip}l5 {}z", at(x - 5.0), at(y - f64::from(tip) / 2.0), -tip)
}

fn description(arguments: &[f64], near: &[Point], left_out: usize) -> String {
    let came = near.iter().filter(|point| point.actual.is_some()).count();
    let wrong = near.iter().filter(|point| point.actual.is_some() && !point.is_right).count();
    let lacking = near.len() - came;
    let number = |number: &f64| number.to_string().replace('-', MINUS);
    let ends = arguments.first().zip(arguments.last());
    let range = ends.map_or_else(String::new, |(first, last)| {
        format!(" from {} to {}", number(first), number(last))
    });
    let mut sentences = vec![match wrong {
        0 => format!("{}{range}, none wrong.", plural(came, "value")),
        _ => format!("{}{range}, {wrong} of them wrong.", plural(came, "value")),
    }];
    if lacking > 0 {
        sentences.push(format!("For {} nothing came.", plural(lacking, "argument")));
    }
    if left_out > 0 {
        sentences.push(format!(
            "Not shown: {} far from these, or with values that are.",
            plural(left_out, "argument")
        ));
    }
    sentences.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn plots(exercise: &crate::grade::ExerciseReport) -> Vec<Plot> {
        Plot::all(&exercise.cases.iter().collect::<Vec<_>>())
    }

    #[test]
    fn a_function_of_one_number_has_a_plot() {
        let plots = plots(&sample::flat_sigmoid());
        let [plot] = &plots[..] else { panic!("{plots:?}") };
        insta::assert_snapshot!(plot.description, @"10 values from −4 to 4, 8 of them wrong.");
        assert_eq!(plot.expected.len(), 10);
        assert_eq!(plot.right_ones.len(), 2);
        assert_eq!(plot.wrong.matches('M').count(), 8);
        assert_eq!(plot.line.matches('M').count(), 1);
    }

    #[test]
    fn others_have_none() {
        for exercise in [sample::softmax(), sample::outer(), sample::chatty()] {
            assert!(plots(&exercise).is_empty(), "{}", exercise.name);
        }
    }

    #[test]
    fn what_depends_on_more_than_the_argument_has_none() {
        let mut exercise = sample::flat_sigmoid();
        let Wanted::Value(wanted, _) = &mut exercise.cases[0].wanted else { panic!("a value") };
        *wanted = Value::Float(0.75);
        assert!(plots(&exercise).is_empty());
    }

    #[test]
    fn one_extreme_case_does_not_hide_the_others() {
        let mut exercise = sample::flat_sigmoid();
        exercise.cases[0].args = vec![Value::Float(1e6)];
        let plots = plots(&exercise);
        assert!(plots[0].description.contains("Not shown: 1 argument"));
        assert_eq!(plots[0].expected.len(), 9);
    }

    #[test]
    fn neither_does_one_extreme_value_but_a_pole_breaks_the_line() {
        let mut exercise = sample::flat_sigmoid();
        let Wanted::Value(Value::Array(wanted), _) = &mut exercise.cases[1].wanted else {
            panic!("an array")
        };
        wanted[[1]] = 1e8;
        wanted[[6]] = f64::INFINITY;
        let plots = plots(&exercise);
        assert!(plots[0].description.contains("Not shown: 1 argument"));
        assert_eq!(plots[0].line.matches('M').count(), 2);
    }
}
