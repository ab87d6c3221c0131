//! Holds the reader of printouts against NumPy itself.
//!
//! `GRADER_NUMPY_PYTHONS` lists the Python interpreters, separated by colons; each must have a
//! NumPy. CI sets it to NumPy 1.26 and 2.x; without it this test does nothing but say so.

use std::io::Write;
use std::process::Command;

use grader::course::Precision;
use grader::course::printed::{Printed, parse};
use harness::Value;
use serde::Deserialize;

const VARIABLE: &str = "GRADER_NUMPY_PYTHONS";
const SEED: u32 = 20190529;
const PRINTOUTS: u32 = 5000;

/// A line of `printed_numpy.py`. Its floats are texts, since serde_json may round the last bit.
#[derive(Deserialize)]
struct Line {
    text: String,
    dtype: char,
    shape: Option<Vec<usize>>,
    values: Vec<String>,
    shown: Option<u32>,
    half_units: Option<Vec<String>>,
    precision: u32,
}

#[test]
fn what_numpy_prints_is_read() {
    let Some(pythons) = std::env::var_os(VARIABLE) else {
        say(&format!("NOT TESTED: {VARIABLE} names no Python with NumPy."));
        return;
    };
    for python in std::env::split_paths(&pythons) {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/printed_numpy.py");
        let mut command = Command::new(&python);
        command.arg(script).args([SEED, PRINTOUTS].map(|number| number.to_string()));
        let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{command:?}: {said}");
        let lines = String::from_utf8(output.stdout).unwrap();
        for line in lines.lines() {
            check(&serde_json::from_str(line).unwrap());
        }
        let count = lines.lines().count();
        assert_eq!(count, PRINTOUTS as usize);
        say(&format!("{}: {count} printouts", python.display()));
    }
}

/// Says something even if the test passes: libtest keeps what `eprintln!` writes to itself.
fn say(what: &str) {
    let mut stderr = std::io::stderr();
    writeln!(stderr, "\n{what}").unwrap();
}

fn check(line: &Line) {
    let text = &line.text;
    let few = line.shown.is_some_and(|shown| shown < 3);
    let digits = few.then_some(line.precision);
    if few {
        let message = parse(text, None).unwrap_err().message;
        assert!(message.contains("digits = N"), "{text}\n{message}");
    }
    let printed = parse(text, digits).unwrap_or_else(|error| panic!("{text}\n{error:?}"));
    let actual = elements(&printed.value, line);
    let shape = printed.value.shape();
    assert_eq!(shape, line.shape.as_deref(), "{text}");
    let expected: Vec<f64> = line.values.iter().map(|value| number(value)).collect();
    assert_eq!(actual.len(), expected.len(), "{text}");
    let bounds = bounds(&printed, line);
    for (place, (actual, expected)) in actual.iter().zip(&expected).enumerate() {
        let bound = bounds[place] + 4.0 * f64::EPSILON * expected.abs();
        let same = actual == expected || (actual.is_nan() && expected.is_nan());
        let near = (actual - expected).abs() <= bound;
        assert!(same || near, "{text}\n[{place}]: {actual} for {expected}, within {bound}");
    }
}

/// The elements of the value, which must be of the kind that was printed.
fn elements(value: &Value, line: &Line) -> Vec<f64> {
    match (value, line.dtype) {
        (Value::Float(x), 'f') => vec![*x],
        (Value::Array(x), 'f') => x.iter().copied().collect(),
        (Value::Int(x), 'i' | 'u') => exact(&[*x], line),
        (Value::IntArray(x), 'i' | 'u') => exact(x.as_slice().unwrap(), line),
        (Value::Bool(x), 'b') => vec![f64::from(*x)],
        (Value::BoolArray(x), 'b') => x.iter().map(|&x| f64::from(x)).collect(),
        // `str` of an empty array does not show its type.
        (Value::Array(x), _) if x.is_empty() => vec![],
        _ => panic!("{}\nis read as {value:?}", line.text),
    }
}

fn exact(ints: &[i64], line: &Line) -> Vec<f64> {
    let shown: Vec<String> = ints.iter().map(i64::to_string).collect();
    assert_eq!(shown, line.values);
    ints.iter().map(|&x| x as f64).collect()
}

/// The bounds that were read, which must be those of the digits shown and no wider.
fn bounds(printed: &Printed, line: &Line) -> Vec<f64> {
    let (Precision::Printed(bounds), Some(half_units)) = (&printed.precision, &line.half_units)
    else {
        let exact = (&printed.precision, &line.half_units) == (&Precision::Exact, &None);
        assert!(exact, "{}\nis read as {printed:?}", line.text);
        return vec![0.0; line.values.len()];
    };
    let bounds: Vec<f64> = bounds.iter().copied().collect();
    if line.shown.is_some_and(|shown| shown >= 3) {
        let half_units: Vec<f64> = half_units.iter().map(|unit| number(unit)).collect();
        assert_eq!(bounds, half_units, "{}", line.text);
    }
    bounds
}

/// A number as Python writes it.
fn number(text: &str) -> f64 {
    match text {
        "True" => 1.0,
        "False" => 0.0,
        _ => text.parse().unwrap(),
    }
}
