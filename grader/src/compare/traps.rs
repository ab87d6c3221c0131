//! The traps of comparing floats, one row each.

use harness::Value;
use ndarray::{ArrayD, IxDyn};

use super::{Differences, Mismatch, compare};
use crate::course::{NanPolicy, Precision, Tolerance};

const INF: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;
const MAX: f64 = f64::MAX;
const TINY: f64 = f64::from_bits(1);

fn tolerance(rel: f64, abs: f64) -> Tolerance {
    Tolerance { abs, rel, ulps: None, precision: Precision::Exact, nan: NanPolicy::Equal }
}

fn strict_nan() -> Tolerance {
    Tolerance { nan: NanPolicy::Differs, ..tolerance(1e-7, 1e-12) }
}

fn ulps(ulps: u32) -> Tolerance {
    Tolerance { ulps: Some(ulps), ..tolerance(0.0, 0.0) }
}

fn printed(half_unit: f64) -> Tolerance {
    let bounds = ArrayD::from_elem(IxDyn(&[]), half_unit);
    Tolerance { precision: Precision::Printed(bounds), ..tolerance(0.0, 0.0) }
}

fn float(x: f64) -> Value {
    Value::Float(x)
}

fn int(x: i64) -> Value {
    Value::Int(x)
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

fn list(items: &[Value]) -> Value {
    Value::List(items.to_vec())
}

fn array(shape: &[usize], elements: &[f64]) -> Value {
    Value::Array(ArrayD::from_shape_vec(IxDyn(shape), elements.to_vec()).unwrap())
}

fn ints(shape: &[usize], elements: &[i64]) -> Value {
    Value::IntArray(ArrayD::from_shape_vec(IxDyn(shape), elements.to_vec()).unwrap())
}

fn bools(elements: &[bool]) -> Value {
    Value::BoolArray(ArrayD::from_shape_vec(IxDyn(&[elements.len()]), elements.to_vec()).unwrap())
}

fn vector(elements: &[f64]) -> Value {
    array(&[elements.len()], elements)
}

const OK: &str = "ok";
const DIFFERS: &str = "the value differs";
const NAN_DIFFERS: &str = "the value differs (unexpected NaN)";
const INF_DIFFERS: &str = "the value differs (unexpected infinity)";
const NUMBER_DIFFERS: &str = "the value differs (number where none is expected)";

#[test]
fn traps() {
    let usual = || tolerance(1e-7, 1e-12);
    let loose = || tolerance(1.0, INF);
    #[rustfmt::skip]
    let rows = [
        // name, actual, expected, tolerance, outcome
        ("NaN for a number", float(NAN), float(1.0), usual(), NAN_DIFFERS),
        ("NaN for a number, any tolerance", float(NAN), float(1.0), loose(), NAN_DIFFERS),
        ("a number for NaN", float(1.0), float(NAN), usual(), NUMBER_DIFFERS),
        ("NaN for NaN", float(NAN), float(NAN), usual(), OK),
        ("NaN for NaN, of the other sign", float(-NAN), float(NAN), usual(), OK),
        ("NaN is never right", float(NAN), float(NAN), strict_nan(), NAN_DIFFERS),
        ("NaN among right numbers", vector(&[1.0, NAN, 3.0]), vector(&[1.0, 2.0, 3.0]), usual(),
            "1 of 3 elements differs (1 unexpected NaN)"),
        ("infinity for infinity", float(INF), float(INF), usual(), OK),
        ("infinity for infinity, no tolerance", float(-INF), float(-INF), tolerance(0.0, 0.0), OK),
        ("infinity of the other sign", float(-INF), float(INF), loose(), INF_DIFFERS),
        ("infinity for a number", float(INF), float(1.0), loose(), INF_DIFFERS),
        ("infinity for the largest number", float(INF), float(MAX), loose(), INF_DIFFERS),
        ("infinity for NaN", float(INF), float(NAN), loose(), INF_DIFFERS),
        ("rel times infinity is no bound", float(1.0), float(INF), usual(), NUMBER_DIFFERS),
        ("the largest number for infinity", float(MAX), float(INF), ulps(9), NUMBER_DIFFERS),
        ("NaN for infinity in ulps", float(f64::from_bits(INF.to_bits() + 1)), float(INF), ulps(9), NAN_DIFFERS),
        ("nothing for nothing", vector(&[]), vector(&[]), usual(), OK),
        ("nothing for something", vector(&[]), vector(&[1.0]), usual(), "shape (0,) where (1,) is wanted"),
        ("empty of another shape", array(&[2, 0], &[]), array(&[0, 2], &[]), usual(), "shape (2, 0) where (0, 2) is wanted"),
        ("too short", vector(&[1.0, 2.0]), vector(&[1.0, 2.0, 3.0]), usual(), "shape (2,) where (3,) is wanted"),
        ("too long", vector(&[1.0, 1.0]), vector(&[1.0]), usual(), "shape (2,) where (1,) is wanted"),
        ("a vector for a column", vector(&[1.0, 2.0, 3.0]), array(&[3, 1], &[1.0, 2.0, 3.0]), usual(), "shape (3,) where (3, 1) is wanted"),
        ("a row for a column", array(&[1, 2], &[1.0, 1.0]), array(&[2, 1], &[1.0, 1.0]), usual(), "shape (1, 2) where (2, 1) is wanted"),
        ("0-d for a number", array(&[], &[1.0]), float(1.0), usual(), OK),
        ("0-d for an integer literal", array(&[], &[3.0]), int(3), usual(), OK),
        ("a number for 0-d", float(1.0), array(&[], &[1.0]), usual(), OK),
        ("one element for 0-d", vector(&[1.0]), float(1.0), usual(), "shape (1,) where () is wanted"),
        ("0-d for one element", array(&[], &[1.0]), vector(&[1.0]), usual(), "shape () where (1,) is wanted"),
        ("a number for one element", float(1.0), vector(&[1.0]), usual(), "a float where a 1-d array of floats is wanted"),
        ("minus zero for zero", float(-0.0), float(0.0), tolerance(0.0, 0.0), OK),
        ("zero for minus zero, in ulps", float(0.0), float(-0.0), ulps(0), OK),
        ("subnormal for zero", float(TINY), float(0.0), tolerance(1e-7, 0.0), DIFFERS),
        ("subnormal for zero, within abs", float(TINY), float(0.0), tolerance(0.0, TINY), OK),
        ("subnormals, rel rounds to nothing", float(2.0 * TINY), float(TINY), tolerance(1e-7, 0.0), DIFFERS),
        ("at the bound", float(1.5), float(1.0), tolerance(0.0, 0.5), OK),
        ("one ulp beyond the bound", float(1.5_f64.next_up()), float(1.0), tolerance(0.0, 0.5), DIFFERS),
        ("at the relative bound", float(-6.0), float(-4.0), tolerance(0.5, 0.0), OK),
        ("relative to the expected side", float(-4.0), float(-6.0), tolerance(0.25, 0.0), DIFFERS),
        ("abs and rel add up", float(7.0), float(4.0), tolerance(0.5, 1.0), OK),
        ("one ulp beyond their sum", float(7.0_f64.next_up()), float(4.0), tolerance(0.5, 1.0), DIFFERS),
        ("small probabilities are not zero", float(0.0), float(1e-9), usual(), DIFFERS),
        ("the largest number", float(MAX), float(MAX), usual(), OK),
        ("the largest number, nearly", float(MAX.next_down()), float(MAX), usual(), OK),
        ("its bound overflows, the value is far", float(-MAX), float(MAX), tolerance(1.0, MAX), DIFFERS),
        ("its bound overflows, the value is near", float(0.0), float(MAX), tolerance(1.0, MAX), OK),
        ("a tolerance that is NaN is none", float(1.0), float(2.0), tolerance(NAN, NAN), DIFFERS),
        ("a tolerance that is NaN, equal numbers", float(1.0), float(1.0), tolerance(NAN, -1.0), OK),
        ("two ulps", float(1.0_f64.next_up().next_up()), float(1.0), ulps(2), OK),
        ("three ulps where two are allowed", float(1.0_f64.next_up().next_up().next_up()), float(1.0), ulps(2), DIFFERS),
        ("ulps do not cross zero", float(-TINY), float(TINY), ulps(u32::MAX), DIFFERS),
        ("ulps widen a bound", float(1.25), float(1.0), Tolerance { ulps: Some(1), ..tolerance(0.0, 0.25) }, OK),
        ("within the half unit", float(0.95257_4), float(0.95257), printed(5e-6), OK),
        ("beyond the half unit", float(0.95257_6), float(0.95257), printed(5e-6), DIFFERS),
        ("at the half unit, give or take an ulp", float(1.125_f64.next_up()), float(1.0), printed(0.125), OK),
        ("within [tolerance], the wider one", float(1.05), float(1.0), Tolerance { rel: 0.1, ..printed(5e-6) }, OK),
        ("17 digits allow the last bits", float(0.1_f64.next_up()), float(0.1), printed(5e-18), OK),
        ("NaN where a number was printed", float(NAN), float(1.0), printed(5e-6), NAN_DIFFERS),
        ("infinity was printed", float(INF), float(INF), printed(0.0), OK),
        ("bounds of another value bind nothing", vector(&[1.1, 1.0]), vector(&[1.0, 1.0]), printed(0.5), "1 of 2 elements differs"),
        ("a float for an integer literal", float(3.0), int(3), usual(), OK),
        ("a wrong float for an integer literal", float(3.5), int(3), usual(), DIFFERS),
        ("an integer for a float", int(3), float(3.0), usual(), "an integer where a float is wanted"),
        ("an integer for a float it does not equal", ints(&[2], &[1, 2]), vector(&[0.5]), usual(),
            "a 1-d array of integers where a 1-d array of floats is wanted"),
        ("integers know no tolerance", int(1_000_001), int(1_000_000), tolerance(0.1, 10.0), DIFFERS),
        ("floats for integer literals", vector(&[1.0, 2.0]), ints(&[2], &[1, 2]), usual(), OK),
        ("integers", ints(&[2], &[1, 2]), ints(&[2], &[1, 3]), usual(), "1 of 2 elements differs"),
        ("a bool is no number", Value::Bool(true), int(1), usual(), "a bool where an integer is wanted"),
        ("bools", bools(&[true, false]), bools(&[true, true]), usual(), "1 of 2 elements differs"),
        ("text", text("Hello World"), text("Hello World"), usual(), OK),
        ("other text", text("Hello world"), text("Hello World"), usual(), "the text differs from character 7 on"),
        ("text and a blank", text("Hello "), text("Hello"), usual(), "the text differs from character 6 on"),
        ("a number as text", text("1"), int(1), usual(), "a string where an integer is wanted"),
        ("None for None", Value::None, Value::None, usual(), OK),
        ("None for a number", Value::None, float(1.0), usual(), "None where a float is wanted"),
        ("a list that is too short", list(&[text("a")]), list(&[text("a"), text("b")]), usual(), "a list of 1 where a list of 2 is wanted"),
        ("an item of a list", list(&[text("a"), float(1.0)]), list(&[text("a"), float(2.0)]), usual(), "item [1]: the value differs"),
        ("rows for a matrix", list(&[vector(&[1.0, 2.0]), vector(&[3.0, 4.0])]), array(&[2, 2], &[1.0, 2.0, 3.0, 4.0]), usual(), OK),
        ("rows for a taller matrix", list(&[vector(&[1.0, 2.0])]), array(&[2, 2], &[1.0; 4]), usual(), "shape (1, 2) where (2, 2) is wanted"),
        ("ragged rows for a matrix", list(&[vector(&[1.0, 2.0]), vector(&[3.0])]), array(&[2, 2], &[1.0; 4]), usual(),
            "a list of 2 where a 2-d array of floats is wanted"),
        ("a tuple for a vector", list(&[float(1.0), float(2.0)]), vector(&[1.0, 2.0]), usual(), OK),
    ];
    for (name, actual, expected, tolerance, outcome) in rows {
        let compared = compare(&actual, &expected, &tolerance);
        let said = compared.map_or_else(|mismatch| mismatch.to_string(), |()| OK.into());
        assert_eq!(said, outcome, "{name}");
    }
}

fn differences(actual: &Value, expected: &Value, tolerance: &Tolerance) -> Differences {
    match compare(actual, expected, tolerance) {
        Err(Mismatch::Values(differences)) => differences,
        other => panic!("{other:?}"),
    }
}

#[test]
fn maxima_are_over_what_is_wrong() {
    let actual = array(&[2, 2], &[1.05, 2.5, 3.0, 5.0]);
    let expected = array(&[2, 2], &[1.0, 2.0, 0.0, 5.0]);
    let found = differences(&actual, &expected, &tolerance(0.1, 0.0));
    assert_eq!((found.wrong, found.total), (2, 4));
    assert_eq!((found.max_abs, found.max_rel), (Some(3.0), Some(0.25)));
    assert_eq!(found.worst, [1, 0]);
    assert_eq!(found.indices, [[0, 1], [1, 0]]);
}

#[test]
fn what_is_no_number_is_the_worst() {
    let actual = vector(&[9.0, NAN, INF, 1.0, 1.0]);
    let expected = vector(&[1.0, 1.0, 1.0, NAN, 1.0]);
    let found = differences(&actual, &expected, &tolerance(0.0, 0.0));
    assert_eq!((found.wrong, found.worst), (4, vec![1]));
    assert_eq!((found.max_abs, found.max_rel), (Some(8.0), Some(8.0)));
    let counts = found.non_finite;
    assert_eq!((counts.nan, counts.infinite, counts.finite, counts.total()), (1, 1, 1, 3));
}

#[test]
fn without_a_finite_difference_there_is_no_maximum() {
    let found = differences(&float(-MAX), &float(MAX), &tolerance(0.0, 0.0));
    assert_eq!((found.max_abs, found.max_rel, found.non_finite.total()), (None, None, 0));
    let found = differences(&float(1.0), &float(0.0), &tolerance(0.0, 0.0));
    assert_eq!((found.max_abs, found.max_rel), (Some(1.0), None));
}

/// Arrays of many blocks are compared in another way than small ones, with the same outcome.
#[test]
fn wrong_elements_are_found_in_any_block() {
    let expected: Vec<f64> = (0..5000).map(f64::from).collect();
    let mut actual = expected.clone();
    for (place, error) in [(1, 0.25), (1023, 0.5), (1024, 8.0), (4999, 8.0)] {
        actual[place] += error;
    }
    let shape = [50, 100];
    let found = differences(&array(&shape, &actual), &array(&shape, &expected), &ulps(0));
    assert_eq!(found.indices, [[0, 1], [10, 23], [10, 24], [49, 99]]);
    assert_eq!((found.wrong, found.total), (4, 5000));
    assert_eq!((found.max_abs, found.max_rel), (Some(8.0), Some(0.25)));
    assert_eq!(found.worst, [10, 24]);
}

#[test]
fn so_many_are_listed_and_the_rest_counted() {
    let found = differences(
        &vector(&[1.0; 3000]),
        &vector(&[0.0; 3000]),
        &Tolerance { ulps: Some(1), ..tolerance(0.0, 0.0) },
    );
    assert_eq!((found.wrong, found.indices.len()), (3000, super::LISTED));
    assert_eq!(found.indices[super::LISTED - 1], [super::LISTED - 1]);
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(32))]

    /// Blocks, lanes and the order of the checks change nothing about a single pair.
    #[test]
    fn many_elements_are_judged_as_each_alone(
        pairs in proptest::collection::vec((proptest::num::f64::ANY, proptest::num::f64::ANY), 1..3000),
        rel in 0.0..2.0,
    ) {
        let (actual, expected): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
        let tolerance = tolerance(rel, 1e-300);
        let wrong: Vec<usize> = pairs
            .iter()
            .enumerate()
            .filter(|(_, (a, e))| compare(&float(*a), &float(*e), &tolerance).is_err())
            .map(|(place, _)| place)
            .collect();
        match compare(&vector(&actual), &vector(&expected), &tolerance) {
            Ok(()) => proptest::prop_assert!(wrong.is_empty()),
            Err(Mismatch::Values(found)) => {
                proptest::prop_assert_eq!(found.wrong, wrong.len());
                let listed: Vec<usize> = found.indices.iter().map(|index| index[0]).collect();
                proptest::prop_assert_eq!(&listed[..], &wrong[..listed.len()]);
                proptest::prop_assert!(wrong.contains(&found.worst[0]));
            }
            Err(other) => proptest::prop_assert!(false, "{}", other),
        }
    }
}
