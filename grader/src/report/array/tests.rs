//! What NumPy 2.4 prints for the same arrays, where nothing is marked.

use harness::Value;
use insta::assert_snapshot;
use ndarray::{Array, ArrayD, Dimension, IxDyn, array};

use super::*;

const NAN: f64 = f64::NAN;
const INF: f64 = f64::INFINITY;

fn floats<D: Dimension>(array: Array<f64, D>) -> Value {
    Value::Array(array.into_dyn())
}

fn plain(value: &Value) -> String {
    layout(value, &[], Mark::None, &Layout::default())
}

#[test]
fn vectors_read_as_in_numpy() {
    let vectors = [
        floats(array![1.0, 2.0, 3.0]),
        floats(array![0.5, 0.125, 20.0]),
        floats(array![1.71828183, 6.3890561, 19.08553692]),
        floats(array![1.0 / 3.0, -2.0 / 3.0]),
        floats(array![1e-5, 0.5]),
        floats(array![1e-10, 123456789.0, 0.0]),
        floats(array![1e100, 1.0]),
        floats(array![99999999.0, 1e5]),
        floats(array![0.0, -0.0]),
        floats(array![NAN, 1.0, -INF]),
        floats(array![NAN, INF]),
        floats(array![0.1 + 0.2, 0.3]),
        Value::IntArray(array![1, -20, 300].into_dyn()),
        Value::BoolArray(array![true, false].into_dyn()),
    ];
    assert_snapshot!(vectors.map(|vector| plain(&vector)).join("\n"), @r"
    [1. 2. 3.]
    [ 0.5    0.125 20.   ]
    [ 1.71828183  6.3890561  19.08553692]
    [ 0.33333333 -0.66666667]
    [1.e-05 5.e-01]
    [1.00000000e-10 1.23456789e+08 0.00000000e+00]
    [1.e+100 1.e+000]
    [99999999.   100000.]
    [ 0. -0.]
    [ nan   1. -inf]
    [nan inf]
    [0.3 0.3]
    [  1 -20 300]
    [ true false]
    ");
}

#[test]
fn matrices_are_aligned_and_wrapped() {
    let softmax = array![
        [9.80897665e-01, 8.94462891e-04, 1.79657674e-02, 1.21052389e-04, 1.21052389e-04],
        [8.78679856e-01, 1.18916387e-01, 8.01252314e-04, 8.01252314e-04, 8.01252314e-04],
    ];
    let cube = Array::from_shape_fn((2, 2, 3), |(a, b, c)| (a * 6 + b * 3 + c) as f64 / 2.0);
    let values = [floats(array![[0.0, 0.6, 0.8], [1.0, 6.25, 4.0]]), floats(softmax), floats(cube)];
    assert_snapshot!(values.map(|value| plain(&value)).join("\n\n"), @r"
    [[0.   0.6  0.8 ]
     [1.   6.25 4.  ]]

    [[9.80897665e-01 8.94462891e-04 1.79657674e-02 1.21052389e-04
      1.21052389e-04]
     [8.78679856e-01 1.18916387e-01 8.01252314e-04 8.01252314e-04
      8.01252314e-04]]

    [[[0.  0.5 1. ]
      [1.5 2.  2.5]]

     [[3.  3.5 4. ]
      [4.5 5.  5.5]]]
    ");
}

#[test]
fn scalars_show_all_their_digits() {
    let values = [
        Value::Float(0.9525741268224334),
        floats(ndarray::arr0(1e-5)),
        Value::Float(NAN),
        Value::Int(3),
        Value::Text("Hello \"World\"\n\u{1b}[31m".into()),
        floats(Array::zeros((0, 2))),
        Value::None,
    ];
    assert_snapshot!(values.map(|value| plain(&value)).join("\n"), @r#"
    0.9525741268224334
    1e-5
    nan
    3
    "Hello \"World\"\n\u{1b}[31m"
    [] of shape (0, 2)
    None
    "#);
}

#[test]
fn large_arrays_are_summarised() {
    let vector = Array::from_shape_fn(2000, |place| place as f64);
    let matrix = Array::from_shape_fn((100, 100), |(row, column)| (row * 100 + column) as i64);
    let values = [floats(vector), Value::IntArray(matrix.into_dyn())];
    assert_snapshot!(values.map(|value| plain(&value)).join("\n\n"), @r"
    [0.000e+00 1.000e+00 2.000e+00 ... 1.997e+03 1.998e+03 1.999e+03]

    [[   0    1    2 ...   97   98   99]
     [ 100  101  102 ...  197  198  199]
     [ 200  201  202 ...  297  298  299]
     ...
     [9700 9701 9702 ... 9797 9798 9799]
     [9800 9801 9802 ... 9897 9898 9899]
     [9900 9901 9902 ... 9997 9998 9999]]
    ");
}

#[test]
fn the_first_wrong_element_is_never_left_out() {
    let matrix = Value::Array(ArrayD::from_shape_fn(IxDyn(&[100, 100]), |index| index[1] as f64));
    let small = Layout { edge_items: 1, ..Layout::default() };
    let wrong = [vec![50, 60], vec![50, 61]];
    assert_snapshot!(layout(&matrix, &wrong, Mark::Arrows, &small), @r"
    [[  0.  ...  60.  ...  99. ]
     ...
     [  0.  ... >60.< ...  99. ]
     ...
     [  0.  ...  60.  ...  99. ]]
    ");
}

#[test]
fn however_many_axes_there_are_little_is_shown() {
    let value = Value::Array(ArrayD::zeros(IxDyn(&[4; 10])));
    assert!(plain(&value).len() < 20_000);
}

#[test]
fn arrows_keep_the_columns() {
    let matrix = floats(array![[1.5, 20.0, NAN], [0.25, 3.0, 4.0]]);
    let wrong = [vec![0, 2], vec![1, 0], vec![1, 1]];
    assert_snapshot!(layout(&matrix, &wrong, Mark::Arrows, &Layout::default()), @r"
    [[  1.5    20.      >nan<]
     [ >0.25<  >3.<     4.   ]]
    ");
}

#[test]
fn a_style_takes_no_room() {
    let vector = Value::Array(Array::linspace(0.0, 1.0, 17).into_dyn());
    let style = |text: &str| format!("<b>{text}</b>");
    let narrow = Layout { width: 40, ..Layout::default() };
    let wrong = [vec![0], vec![3], vec![16]];
    let styled = layout(&vector, &wrong, Mark::Style(&style), &narrow);
    let bare = styled.replace("<b>", "").replace("</b>", "");
    assert_eq!(bare, layout(&vector, &[], Mark::None, &narrow));
    assert_snapshot!(styled, @r"
    [<b>0.</b>     0.0625 0.125  <b>0.1875</b> 0.25
     0.3125 0.375  0.4375 0.5    0.5625
     0.625  0.6875 0.75   0.8125 0.875
     0.9375 <b>1.</b>    ]
    ");
}

#[test]
fn values_that_differ_never_read_alike() {
    let expected = floats(array![1.0 / 3.0, 0.5, 1.0]);
    let near = floats(array![1.0 / 3.0 + 1e-10, 0.5, 1.0]);
    let next = floats(array![1.0_f64 / 3.0, 0.5, 1.0_f64.next_up()]);
    let whole = (floats(array![1.0 + 1e-12]), Value::IntArray(array![1].into_dyn()));
    let tiny = (floats(array![1.0, 5e-324]), floats(array![1.0, 0.0]));
    let scalar = (Value::Float(0.1 + 0.2), Value::Float(0.3));
    let pairs = [
        (near, expected.clone(), vec![0]),
        (next, expected, vec![2]),
        (whole.0, whole.1, vec![0]),
        (tiny.0, tiny.1, vec![1]),
        (scalar.0, scalar.1, vec![]),
    ];
    let shown = pairs.map(|(actual, expected, wrong)| {
        let marks = [Mark::Arrows, Mark::None];
        let (actual, expected) = pair(&actual, &expected, &[wrong], marks, &Layout::default());
        format!("{actual}\n{expected}")
    });
    assert_snapshot!(shown.join("\n\n"), @r"
    [>0.3333333334<  0.5            1.           ]
    [0.3333333333 0.5          1.          ]

    [ 0.3333333333333333   0.5                 >1.0000000000000002<]
    [0.3333333333333333 0.5                1.                ]

    [>1.000000000001<]
    [1.            ]

    [ 1.e+000  >5.e-324<]
    [1.e+000 0.e+000]

    >0.30000000000000004<
    0.3
    ");
}

#[test]
fn one_line_is_cut_between_elements() {
    let matrix = array![[9, 2, 5, 0, 0], [7, 5, 0, 0, 0]].into_dyn();
    let ints = Value::IntArray(matrix.mapv(i64::from));
    let lines = [
        one_line(&ints, 80),
        one_line(&ints, 20),
        one_line(&ints, 0),
        one_line(&Value::Array(matrix.mapv(f64::from)), 30),
        one_line(&floats(array![NAN, -INF, 1e-5, 1e16]), 80),
        one_line(&floats(Array::zeros((100_000, 100))), 40),
        one_line(&floats(Array::zeros((2, 0))), 40),
        one_line(&floats(Array::zeros(0)), 40),
        one_line(&Value::Float(0.9525741268224334), 5),
        one_line(&Value::Text("it's\na \"long\" text, and goes on".into()), 20),
        one_line(&Value::List(vec![Value::Text("a".into()), Value::Bool(true), Value::None]), 80),
        one_line(&Value::List(vec![ints.clone(), ints]), 30),
        one_line(&Value::List(vec![Value::List(vec![]); 9]), 20),
    ];
    assert_snapshot!(lines.join("\n"), @r#"
    [[9, 2, 5, 0, 0], [7, 5, 0, 0, 0]]
    [[9, 2, 5, 0, 0], […]]
    [[…]]
    [[9.0, 2.0, 5.0, 0.0, 0.0], […]]
    [nan, -inf, 1e-5, 1e16]
    [[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, …]]
    [] of shape (2, 0)
    []
    0.9525741268224334
    "it's\na \"long\" …"
    ["a", true, None]
    [[[9, 2, 5, 0, 0], [7, 5, …]]]
    [[], [], [], [], …]
    "#);
}
