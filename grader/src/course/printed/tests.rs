//! What NumPy prints, by hand; the test against NumPy itself is in `tests/printed_numpy.rs`.

use ndarray::{ArrayD, IxDyn, array};
use proptest::prelude::*;

use super::*;

fn value(text: &str) -> Value {
    parse(text, None).unwrap_or_else(|error| panic!("{text}: {error}")).value
}

fn bounds(text: &str, digits: Option<u32>) -> Vec<f64> {
    match parse(text, digits).unwrap_or_else(|error| panic!("{text}: {error}")).precision {
        Precision::Printed(bounds) => bounds.into_iter().collect(),
        Precision::Exact => panic!("{text} is exact"),
    }
}

#[test]
fn scalars() {
    assert_eq!(value("0.9525741268224334\n"), Value::Float(0.9525741268224334));
    assert_eq!(value("np.float64(0.731)"), Value::Float(0.731));
    assert_eq!(value("3"), Value::Int(3));
    assert_eq!(value("np.int64(-3)"), Value::Int(-3));
    assert_eq!(value("inf"), Value::Float(f64::INFINITY));
    assert_eq!(value("True"), Value::Bool(true));
    assert_eq!(value("np.False_"), Value::Bool(false));
    assert_eq!(value("array(1.125)"), Value::Array(ArrayD::from_elem(IxDyn(&[]), 1.125)));
}

#[test]
fn arrays_by_str_and_repr() {
    let vector = array![1.71828183, 6.3890561, 19.08553692].into_dyn();
    for text in [
        "[ 1.71828183 6.3890561 19.08553692]",
        "[ 1.71828183  6.3890561  19.08553692]",
        "array([ 1.71828183,  6.3890561 , 19.08553692])",
        "array([ 1.71828183,  6.3890561 ,\n       19.08553692], dtype=float64)",
        "[np.float64(1.71828183), np.float64(6.3890561), np.float64(19.08553692)]",
    ] {
        assert_eq!(value(text), Value::Array(vector.clone()), "{text}");
    }
    let matrix = array![[1, 2], [3, 4]].into_dyn();
    assert_eq!(value("[[1 2]\n [3 4]]"), Value::IntArray(matrix));
    let bools = array![true, false].into_dyn();
    assert_eq!(value("array([ True, False])"), Value::BoolArray(bools));
    let cube = ArrayD::from_elem(IxDyn(&[2, 1, 1]), 0.125);
    assert_eq!(value("[[[0.125]]\n\n [[0.125]]]"), Value::Array(cube));
}

#[test]
fn arrays_of_nothing() {
    let shape = |text| value(text).shape().map(<[usize]>::to_vec);
    assert_eq!(shape("[]"), Some(vec![0]));
    assert_eq!(shape("[[] []]"), Some(vec![2, 0]));
    assert_eq!(shape("array([], shape=(0, 2), dtype=float64)"), Some(vec![0, 2]));
    assert_eq!(value("array([], dtype=int64)"), Value::IntArray(ArrayD::from_elem(IxDyn(&[0]), 0)));
    assert_eq!(parse("[]", None).map(|printed| printed.precision), Ok(Precision::Exact));
}

#[test]
fn the_element_that_shows_most_sets_the_digits() {
    assert_eq!(bounds("[0.5   0.125 2.   ]", None), [5e-4; 3]);
    assert_eq!(bounds("0.9525741268224334", None), [5e-17]);
    assert_eq!(bounds("[nan 0.125 -inf]", None), [0.0, 5e-4, 0.0]);
}

#[test]
fn in_scientific_notation_each_element_has_its_own_unit() {
    let text = "[9.80897665e-01 8.94462891e-04 0.00000000e+00]";
    assert_eq!(bounds(text, None), [5e-10, 5e-13, 0.0]);
}

#[test]
fn digits_may_be_said() {
    assert_eq!(bounds("1.1", Some(2)), [5e-3]);
    assert_eq!(bounds("[0. 3. 4.]", Some(8)), [5e-9; 3]);
    assert_eq!(bounds("0.731058", Some(4)), [5e-5]);
    assert_eq!(bounds("1e-05", Some(u32::MAX)), [0.0]);
}

#[test]
fn integers_and_what_is_no_number_are_exact() {
    for text in ["[1 2]", "nan", "[inf nan]", "[True]"] {
        assert_eq!(
            parse(text, None).map(|printed| printed.precision),
            Ok(Precision::Exact),
            "{text}"
        );
    }
}

#[test]
fn errors_point_at_what_is_wrong() {
    let said: Vec<String> = [
        "1.1",
        "[0.5 1e-05 0.25]",
        "[0.125 0.25\n ... 0.5]",
        "[[1 2]\n [3]]",
        "[[1 2] 3]",
        "[1 [2]]",
        "[[1] []]",
        "[[] 1]",
        "[1 2",
        "1 2]",
        "[1 2]]",
        "",
        "[1,,2]",
        "[1 2,]",
        "[1.2.3]",
        "[1. +2.j]",
        "[1 True]",
        "softmax(x) = [[0.5 0.5]]",
        "array([1, 2]",
        "array([1, 2], dtype=object)",
        "array([1, 2], order=C)",
        "array([1, 2], shape=(3,))",
        "array([], shape=(2, 2), dtype=float64)",
        "array([], shape=(0, 99999999999999999999), dtype=float64)",
        "array([], shape=(0, 9999999999999999999), dtype=float64)",
        "99999999999999999999",
        "1e400",
        "[0.1 oh]",
    ]
    .iter()
    .map(|text| match parse(text, None) {
        Ok(printed) => panic!("{text}: {printed:?}"),
        Err(PrintedError { offset, message }) => {
            let shown = text.replace('\n', "⏎");
            format!("{shown}\n{:1$}^ {message}", "", text[..offset].chars().count())
        }
    })
    .collect();
    insta::assert_snapshot!(said.join("\n"), @r"
    1.1
    ^ no number here shows three digits after the point; say how many of them count with `digits = N`, or write the value as `expected`
    [0.5 1e-05 0.25]
               ^ no number here shows three digits after the point; say how many of them count with `digits = N`, or write the value as `expected`
    [0.125 0.25⏎ ... 0.5]
                 ^ NumPy left numbers out here; print all of them after `np.set_printoptions(threshold=np.inf)`
    [[1 2]⏎ [3]]
            ^ rows must be of equal length: 1 items here, 2 in the first
    [[1 2] 3]
           ^ rows must be of equal length and depth
    [1 [2]]
       ^ rows must be of equal length and depth
    [[1] []]
         ^ rows must be of equal length: 0 items here, 1 in the first
    [[] 1]
        ^ rows must be of equal length and depth
    [1 2
    ^ this bracket is never closed
    1 2]
      ^ expected the end of the text, found `2]`
    [1 2]]
         ^ expected the end of the text, found `]`

    ^ expected a number, found the end of the text
    [1,,2]
       ^ a comma without an item before it
    [1 2,]
         ^ a comma without an item after it
    [1.2.3]
     ^ `1.2.3` is not a number
    [1. +2.j]
        ^ `+2.j` is a complex number, which a course does not have
    [1 True]
       ^ bools and numbers do not mix
    softmax(x) = [[0.5 0.5]]
    ^ expected a number, `[` or `array(`, found `softmax(x) = [[0.5 0…`
    array([1, 2]
                ^ expected `,` or `)`, found the end of the text
    array([1, 2], dtype=object)
                        ^ a course has no arrays of type `object`
    array([1, 2], order=C)
                  ^ expected `dtype` or `shape`, found `order`
    array([1, 2], shape=(3,))
                  ^ the numbers are of another shape
    array([], shape=(2, 2), dtype=float64)
              ^ the numbers are of another shape
    array([], shape=(0, 99999999999999999999), dtype=float64)
                        ^ this is not the length of an axis
    array([], shape=(0, 9999999999999999999), dtype=float64)
    ^ no array has this shape: ShapeError/Overflow: arithmetic overflow
    99999999999999999999
    ^ `99999999999999999999` is beyond 64 bits
    1e400
    ^ `1e400` is beyond the range of a float
    [0.1 oh]
         ^ `oh` is not a number
    ");
}

#[test]
fn depth_costs_no_stack() {
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let error = parse(&deep, None).unwrap_err();
    assert_eq!((error.offset, error.message.as_str()), (32, "more than 32 dimensions"));
}

proptest! {
    #[test]
    fn garbage_is_an_error_or_a_value(text in ".*", digits in any::<Option<u32>>()) {
        check(&text, digits)?;
    }

    /// Pieces of printouts get further into the parser than any text does.
    #[test]
    fn shuffled_pieces_are_an_error_or_a_value(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..20),
        digits in any::<Option<u32>>(),
    ) {
        check(&pieces.concat(), digits)?;
    }
}

const PIECES: &[&str] = &[
    "[",
    "]",
    "[",
    "]",
    " ",
    ",",
    "1",
    "0.125",
    "-1.5e-03",
    "e",
    ".",
    "nan",
    "-inf",
    "True",
    "array(",
    "np.float64(",
    ")",
    ", dtype=float64",
    ", shape=(0, 2)",
    "...",
    "\n",
    "é",
    "=",
];

fn check(text: &str, digits: Option<u32>) -> Result<(), TestCaseError> {
    match parse(text, digits) {
        Err(error) => prop_assert!(text.is_char_boundary(error.offset)),
        Ok(printed) => {
            if let Precision::Printed(bounds) = printed.precision {
                prop_assert_eq!(bounds.shape(), printed.value.shape().unwrap_or_default());
            }
        }
    }
    Ok(())
}
