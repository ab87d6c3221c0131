//! Two arrays as texts, element by element, for formats that have tables of their own.

use std::collections::BTreeMap;

use harness::Value;
use ndarray::ArrayD;

use super::floats::FloatFormat;
use super::grid::Cell;
use super::window::Window;
use super::{Layout, is_grid, telling_apart};

/// The elements that are shown of what a function returned and of what was expected.
pub struct Cells {
    window: Window,
    texts: BTreeMap<Vec<usize>, [String; 2]>,
}

impl Cells {
    /// The elements of two arrays of one shape in one format, windowed as [`super::layout`] does it,
    /// or nothing for values that have no rows.
    #[must_use]
    pub fn of(
        actual: &Value,
        expected: &Value,
        wrong: &[Vec<usize>],
        layout: &Layout,
    ) -> Option<Self> {
        match (actual, expected) {
            (Value::Array(actual), Value::Array(expected)) => {
                Self::floats(actual, expected, wrong, layout)
            }
            (Value::Array(actual), Value::IntArray(expected)) => {
                let expected = expected.mapv(|element| element as f64);
                Self::floats(actual, &expected, wrong, layout)
            }
            (Value::IntArray(actual), Value::IntArray(expected)) => {
                Self::words(actual, expected, wrong, layout)
            }
            (Value::BoolArray(actual), Value::BoolArray(expected)) => {
                Self::words(actual, expected, wrong, layout)
            }
            _ => None,
        }
    }

    fn floats(
        actual: &ArrayD<f64>,
        expected: &ArrayD<f64>,
        wrong: &[Vec<usize>],
        layout: &Layout,
    ) -> Option<Self> {
        Self::both(actual, expected, wrong, layout, |window| {
            let format: FloatFormat = telling_apart(actual, expected, window, wrong);
            move |element: &f64| {
                let Cell { left, text, right } = format.cell(*element);
                format!("{:left$}{text}{:right$}", "", "")
            }
        })
    }

    fn words<T: ToString>(
        actual: &ArrayD<T>,
        expected: &ArrayD<T>,
        wrong: &[Vec<usize>],
        layout: &Layout,
    ) -> Option<Self> {
        Self::both(actual, expected, wrong, layout, |_| T::to_string)
    }

    fn both<T, F: Fn(&T) -> String>(
        actual: &ArrayD<T>,
        expected: &ArrayD<T>,
        wrong: &[Vec<usize>],
        layout: &Layout,
        format: impl FnOnce(&Window) -> F,
    ) -> Option<Self> {
        if actual.shape() != expected.shape() || !is_grid(actual) {
            return None;
        }
        let window = Window::new(actual.shape(), layout, wrong.first().map(Vec::as_slice));
        let text = format(&window);
        let texts = window.indices().into_iter().filter_map(|index| {
            let pair = [text(actual.get(&index[..])?), text(expected.get(&index[..])?)];
            Some((index, pair))
        });
        let texts = texts.collect();
        Some(Self { window, texts })
    }

    /// The places along each axis that are shown, in order; `None` stands for those left out.
    #[must_use]
    pub fn axes(&self) -> &[Vec<Option<usize>>] {
        &self.window.axes
    }

    /// An element that is shown: what came and what was expected, with the blanks that align it.
    #[must_use]
    pub fn texts(&self, index: &[usize]) -> Option<&[String; 2]> {
        self.texts.get(index)
    }
}

#[cfg(test)]
mod tests {
    use ndarray::{Array, IxDyn, array};

    use super::*;

    #[test]
    fn both_sides_have_one_format_and_one_window() {
        let expected = array![[1.0, 20.5], [3.0, 4.0]].into_dyn();
        let mut actual = expected.clone();
        actual[[1, 0]] = 3.000_000_000_1;
        let (actual, expected) = (Value::Array(actual), Value::Array(expected));
        let wrong = [vec![1, 0]];
        let cells = Cells::of(&actual, &expected, &wrong, &Layout::default()).unwrap();
        assert_eq!(cells.axes(), [[Some(0), Some(1)], [Some(0), Some(1)]]);
        assert_eq!(cells.texts(&[0, 1]).unwrap(), &["20.5         ", "20.5         "]);
        assert_eq!(cells.texts(&[1, 0]).unwrap(), &[" 3.0000000001", " 3.          "]);
    }

    #[test]
    fn a_large_array_is_windowed_around_the_first_wrong_element() {
        let large = Value::IntArray(Array::zeros(IxDyn(&[5000])));
        let cells = Cells::of(&large, &large, &[vec![70]], &Layout::default()).unwrap();
        let shown: Vec<usize> = cells.axes()[0].iter().flatten().copied().collect();
        assert_eq!(shown, [0, 1, 2, 70, 4997, 4998, 4999]);
        assert!(cells.texts(&[70]).is_some() && cells.texts(&[71]).is_none());
    }

    #[test]
    fn what_has_no_rows_has_no_cells() {
        let scalar = Value::Array(ndarray::arr0(1.0).into_dyn());
        let empty = Value::Array(Array::zeros(IxDyn(&[0, 2])));
        for value in [scalar, empty, Value::Float(1.0), Value::None] {
            assert!(Cells::of(&value, &value, &[], &Layout::default()).is_none());
        }
    }
}
