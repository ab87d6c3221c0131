//! Arrays as NumPy prints them: aligned, wrapped, summarised, with the wrong elements marked.

mod cells;
mod floats;
mod grid;
mod one_line;
#[cfg(test)]
mod tests;
mod window;

use harness::Value;
use ndarray::ArrayD;

pub use cells::Cells;
pub use one_line::one_line;

use floats::FloatFormat;
use grid::Page;
use window::Window;

/// How many fractional digits are shown unless more are needed, as in NumPy.
const PRECISION: usize = 8;

/// How many are enough in scientific notation, beyond which all digits are shown.
const MOST_DIGITS: usize = 17;

/// How much room a printout takes. The default is NumPy's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Where lines are broken, in columns.
    pub width: usize,
    /// How many elements are shown in full; a larger array is summarised.
    pub threshold: usize,
    /// How many elements of a summarised axis are shown at either end.
    pub edge_items: usize,
}

impl Default for Layout {
    fn default() -> Self {
        Self { width: 75, threshold: 1000, edge_items: 3 }
    }
}

/// How a wrong element is marked.
#[derive(Clone, Copy)]
pub enum Mark<'a> {
    /// Not at all.
    None,
    /// By arrows around it, for which every column is two wider: `>0.5<`.
    Arrows,
    /// By a style that takes no room, such as a colour.
    Style(&'a dyn Fn(&str) -> String),
}

/// Lays out a value.
///
/// `wrong` are the indices of the elements to mark, in row-major order; the first of them is
/// shown even where an array is summarised. Scalars show all their digits.
#[must_use]
pub fn layout(value: &Value, wrong: &[Vec<usize>], mark: Mark, layout: &Layout) -> String {
    let window = |shape| Window::new(shape, layout, wrong.first().map(Vec::as_slice));
    let page = |window| Page { window, wrong, mark, width: layout.width };
    match value {
        Value::Array(array) if is_grid(array) => {
            let window = window(array.shape());
            let format = FloatFormat::of(window.elements(array), PRECISION);
            page(&window).grid(array, |&element| format.cell(element))
        }
        Value::IntArray(array) if is_grid(array) => page(&window(array.shape())).words(array),
        Value::BoolArray(array) if is_grid(array) => page(&window(array.shape())).words(array),
        _ => {
            let text = one_line(value, layout.width.saturating_mul(layout.threshold));
            if wrong.is_empty() { text } else { mark.apply(&text) }
        }
    }
}

/// Lays out what a function returned beside what was expected, in one format for both.
///
/// Where wrong elements would read like the right ones, all get as many digits as it takes to
/// tell them apart.
#[must_use]
pub fn pair(
    actual: &Value,
    expected: &Value,
    wrong: &[Vec<usize>],
    marks: [Mark; 2],
    layout: &Layout,
) -> (String, String) {
    let literals;
    let floats = match (actual, expected) {
        (Value::Array(actual), Value::Array(expected)) => Some((actual, expected)),
        (Value::Array(actual), Value::IntArray(expected)) => {
            literals = expected.mapv(|element| element as f64);
            Some((actual, &literals))
        }
        _ => None,
    };
    match floats {
        Some((actual, expected)) if actual.shape() == expected.shape() && is_grid(actual) => {
            let focus = wrong.first().map(Vec::as_slice);
            let window = &Window::new(actual.shape(), layout, focus);
            let format = telling_apart(actual, expected, window, wrong);
            let [actual_page, expected_page] =
                marks.map(|mark| Page { window, wrong, mark, width: layout.width });
            (
                actual_page.grid(actual, |&element| format.cell(element)),
                expected_page.grid(expected, |&element| format.cell(element)),
            )
        }
        _ => (
            self::layout(actual, wrong, marks[0], layout),
            self::layout(expected, wrong, marks[1], layout),
        ),
    }
}

/// Whether an array has rows: a 0-d array reads like a scalar, and an empty one is a line.
fn is_grid<T>(array: &ArrayD<T>) -> bool {
    array.ndim() > 0 && !array.is_empty()
}

/// The format of least digits in which no wrong element that is shown reads like the right one.
fn telling_apart(
    actual: &ArrayD<f64>,
    expected: &ArrayD<f64>,
    window: &Window,
    wrong: &[Vec<usize>],
) -> FloatFormat {
    let mut elements = window.elements(actual);
    elements.extend(window.elements(expected));
    let format = |precision| FloatFormat::of(elements.iter().copied(), precision);
    let pairs: Vec<(f64, f64)> = wrong
        .iter()
        .filter(|index| window.shows(index))
        .filter_map(|index| Some((*actual.get(&index[..])?, *expected.get(&index[..])?)))
        .filter(|(actual, expected)| !(actual.is_nan() && expected.is_nan()))
        .collect();
    let alike = |format: &FloatFormat| {
        let alike = |(a, e): &(f64, f64)| format.cell(*a).text == format.cell(*e).text;
        pairs.iter().any(alike)
    };
    let formats = (PRECISION..=MOST_DIGITS).map(format);
    let apart = formats.into_iter().find(|format| !alike(format));
    apart.unwrap_or_else(|| format(usize::MAX))
}

impl Mark<'_> {
    fn apply(self, text: &str) -> String {
        match self {
            Self::None => text.into(),
            Self::Arrows => format!(">{text}<"),
            Self::Style(style) => style(text),
        }
    }
}
