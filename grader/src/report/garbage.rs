//! Whatever value a function delivers, a report of it can be written: without a panic, of a
//! bounded length, and without a character that does more than stand there.

use harness::Value;
use ndarray::{ArrayD, IxDyn};
use proptest::prelude::*;

use super::array::one_line;
use super::sample;
use super::terminal::{Terminal, Verbosity};
use super::{Exporter, Html, Json, text};

/// How long the report of one wrong case may be, in bytes.
const LONGEST: usize = 256 << 10;

/// How many characters the brackets around the innermost item take, and that something is left out.
const BRACKETS: usize = 2 * (32 + 32) + 30;

/// Floats that are hard to line up.
const FLOATS: &[f64] =
    &[0.0, -0.0, 0.5, 1e-320, -1e300, f64::MAX, f64::NAN, f64::INFINITY, f64::NEG_INFINITY];

/// Characters that a terminal does not print, or not where they stand.
const CHARACTERS: &str = "(\\PC|\\pC|[\u{1b}\u{9b}\u{7}\u{202e}\u{2066}\u{feff}\u{ad}\u{200b}\\[\\]m\"\n\r\t\u{0}]){0,60}";

fn float() -> impl Strategy<Value = f64> {
    prop_oneof![prop::sample::select(FLOATS), any::<f64>(), -10.0..10.0]
}

/// A shape, most often of few elements, else of none at all along a great many.
fn shape() -> impl Strategy<Value = Vec<usize>> {
    prop_oneof![
        prop::collection::vec(0..4_usize, 0..5),
        prop::collection::vec(prop_oneof![4 => Just(1_usize), 1 => Just(2)], 20..=32)
            .prop_filter("too large", |shape| shape.iter().product::<usize>() < 2000),
        (0..3000_usize).prop_map(|side| vec![side]),
        (0..60_usize, 0..60_usize).prop_map(|(rows, columns)| vec![rows, columns]),
        Just(vec![0, 1 << 60]),
        Just(vec![1 << 60, 0]),
        prop::collection::vec(Just(0_usize), 32),
    ]
}

/// An array of this shape, whose elements repeat where there are many.
fn array<T: Copy>(shape: &[usize], elements: &[T]) -> ArrayD<T> {
    let elements = elements.iter().cycle().take(shape.iter().product()).copied().collect();
    ArrayD::from_shape_vec(IxDyn(shape), elements).expect("as many elements as the shape has")
}

/// Two arrays of one shape, or two other values of one kind.
fn alike() -> impl Strategy<Value = (Value, Value)> {
    fn two<T: Strategy>(element: impl Fn() -> T) -> impl Strategy<Value = [Vec<T::Value>; 2]> {
        [prop::collection::vec(element(), 1..40), prop::collection::vec(element(), 1..40)]
    }
    let floats = (shape(), two(float)).prop_map(|(shape, [actual, expected])| {
        (Value::Array(array(&shape, &actual)), Value::Array(array(&shape, &expected)))
    });
    let ints = (shape(), two(any::<i64>)).prop_map(|(shape, [actual, expected])| {
        (Value::IntArray(array(&shape, &actual)), Value::IntArray(array(&shape, &expected)))
    });
    let bools = (shape(), two(any::<bool>)).prop_map(|(shape, [actual, expected])| {
        (Value::BoolArray(array(&shape, &actual)), Value::BoolArray(array(&shape, &expected)))
    });
    let texts = (CHARACTERS, CHARACTERS, CHARACTERS).prop_map(|(both, actual, expected)| {
        (Value::Text(format!("{both}{actual}")), Value::Text(format!("{both}{expected}")))
    });
    let scalars = (float(), float()).prop_map(|(a, e)| (Value::Float(a), Value::Float(e)));
    prop_oneof![floats, ints, bools, texts, scalars]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        4 => alike().prop_map(|(value, _)| value),
        1 => any::<i64>().prop_map(Value::Int),
        1 => Just(Value::None),
        1 => Just(Value::List(vec![])),
    ];
    leaf.prop_recursive(32, 64, 3, |item| {
        prop_oneof![
            prop::collection::vec(item.clone(), 0..3).prop_map(Value::List),
            (item, 0..4000_usize).prop_map(|(item, count)| match item {
                // Small things only are worth repeating.
                Value::Float(_) | Value::None => Value::List(vec![item; count]),
                Value::List(items) if items.is_empty() => {
                    Value::List(vec![Value::List(items); count])
                }
                _ => Value::List(vec![item]),
            }),
        ]
    })
}

/// What came and what was wanted: more often alike than not, and perhaps in lists.
fn pair() -> impl Strategy<Value = (Value, Value)> {
    let pair = prop_oneof![3 => alike(), 1 => (value(), value())];
    (pair, value(), 0..3_usize).prop_map(|((actual, expected), before, lists)| {
        let list = |item| Value::List(vec![before.clone(), item]);
        (0..lists).fold((actual, expected), |(actual, expected), _| (list(actual), list(expected)))
    })
}

fn terminal() -> impl Strategy<Value = Terminal> {
    let width = prop_oneof![Just(0_usize), Just(80), 40..300_usize];
    (width, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(width, color, unicode, verbose)| Terminal {
            width,
            color,
            unicode,
            verbosity: if verbose { Verbosity::Verbose } else { Verbosity::Normal },
            reveal: false,
            partial: false,
            options: String::new(),
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_value_on_one_line_is_no_longer_than_its_brackets_need(
        value in value(),
        max in 0..300_usize,
    ) {
        let length = one_line(&value, max).chars().count();
        prop_assert!(length <= max + BRACKETS, "{length} for {max}");
    }

    #[test]
    fn any_value_can_be_reported((actual, expected) in pair(), terminal in terminal()) {
        let report = sample::delivered(actual, expected);

        let screen = String::from_utf8(terminal.export(&report).unwrap()).unwrap();
        prop_assert!(screen.len() < LONGEST, "{} bytes", screen.len());
        let safe = if terminal.color { text::colored(&screen) } else { text::plain(&screen) };
        prop_assert_eq!(safe, screen);

        let page = String::from_utf8(Html::default().export(&report).unwrap()).unwrap();
        prop_assert!(page.len() < LONGEST, "{} bytes", page.len());
        prop_assert_eq!(text::plain(&page), page.clone());

        let json = String::from_utf8(Json::default().export(&report).unwrap()).unwrap();
        prop_assert!(json.len() < LONGEST, "{} bytes", json.len());
        prop_assert_eq!(text::plain(&json), json.clone());
        // An escaped backslash is one that Rust's own escapes begin with, as in "\u{1b}".
        let escapes = json.replace(r"\\", "");
        prop_assert!(!["\\u", "\\b", "\\f", "\\r"].iter().any(|it| escapes.contains(it)), "{json}");
    }
}
