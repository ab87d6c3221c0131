//! Rows of elements in brackets.

use ndarray::ArrayD;

use super::Mark;
use super::window::Window;

/// The text of one element, with the blanks that align it.
#[derive(Debug)]
pub(super) struct Cell {
    pub left: usize,
    pub text: String,
    pub right: usize,
}

impl Cell {
    pub fn right_aligned(text: String, width: usize) -> Self {
        Self { left: width.saturating_sub(text.len()), text, right: 0 }
    }
}

/// Where an array is laid out and what is marked on it.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    pub window: &'a Window,
    /// The indices to mark, in row-major order.
    pub wrong: &'a [Vec<usize>],
    pub mark: Mark<'a>,
    pub width: usize,
}

impl Page<'_> {
    /// Lays out elements that have no fraction, aligned to the right.
    pub fn words<T: ToString>(self, array: &ArrayD<T>) -> String {
        let lengths = self.window.elements(array).into_iter().map(|x| x.to_string().len());
        let width = lengths.max().unwrap_or_default();
        self.grid(array, |element| Cell::right_aligned(element.to_string(), width))
    }

    /// Lays out elements of which each has a cell of the same width.
    pub fn grid<T>(self, array: &ArrayD<T>, cell: impl Fn(&T) -> Cell) -> String {
        let marked = self.window.indices().iter().any(|index| self.is_wrong(index));
        let arrows = marked && matches!(self.mark, Mark::Arrows);
        let grid = Grid { page: self, array, cell, arrows };
        grid.brackets(&mut Vec::new())
    }

    fn is_wrong(self, index: &[usize]) -> bool {
        self.wrong.binary_search_by(|wrong| wrong.as_slice().cmp(index)).is_ok()
    }
}

/// An array on its page.
struct Grid<'a, T, C> {
    page: Page<'a>,
    array: &'a ArrayD<T>,
    cell: C,
    /// Whether each cell has a column for an arrow on either side.
    arrows: bool,
}

impl<T, C: Fn(&T) -> Cell> Grid<'_, T, C> {
    /// The part of the array at an index of its leading axes. Arrays have few axes, so that
    /// calling itself for each is safe.
    fn brackets(&self, index: &mut Vec<usize>) -> String {
        let axis = index.len();
        let below = self.array.ndim() - axis - 1;
        if below == 0 {
            return self.row(index);
        }
        let mut parts = Vec::new();
        for place in &self.page.window.axes[axis] {
            parts.push(match place {
                None => "...".into(),
                Some(place) => {
                    index.push(*place);
                    let part = self.brackets(index);
                    index.pop();
                    part
                }
            });
        }
        let between = "\n".repeat(below) + &" ".repeat(axis + 1);
        format!("[{}]", parts.join(&between))
    }

    /// One row along the last axis, broken where the page ends.
    fn row(&self, index: &mut Vec<usize>) -> String {
        let indent = self.array.ndim();
        // Every bracket that may close at the end of the line has its column.
        let room = self.page.width.saturating_sub(indent);
        let mut row = String::from("[");
        let mut column = indent;
        for (number, place) in self.page.window.axes[indent - 1].iter().enumerate() {
            let (width, word) = match place {
                None => (3, "...".into()),
                Some(place) => {
                    index.push(*place);
                    let word = self.word(index);
                    index.pop();
                    word
                }
            };
            if number > 0 {
                row.push(' ');
                column += 1;
            }
            if column + width > room && column > indent {
                row.truncate(row.trim_end().len());
                row.push('\n');
                row.push_str(&" ".repeat(indent));
                column = indent;
            }
            row.push_str(&word);
            column += width;
        }
        row.push(']');
        row
    }

    /// An element with its blanks and its mark, and how many columns they take.
    fn word(&self, index: &[usize]) -> (usize, String) {
        let Some(element) = self.array.get(index) else {
            return (0, String::new());
        };
        let Cell { left, text, right } = (self.cell)(element);
        let width = left + text.len() + right + if self.arrows { 2 } else { 0 };
        let text = if self.page.is_wrong(index) {
            self.page.mark.apply(&text)
        } else if self.arrows {
            format!(" {text} ")
        } else {
            text
        };
        (width, format!("{:left$}{text}{:right$}", "", ""))
    }
}
