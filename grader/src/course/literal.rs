//! Values as a fixture writes them, to be read back as they were.

use std::path::Path;

use harness::Value;
use ndarray::ArrayD;

use super::files::{Files, Folder};
use super::node::{Document, Format};
use super::problem::Problems;
use super::reader::Reader;
use super::source::Source;
use super::value;

/// Where lines are broken, in columns.
const WIDTH: usize = 100;

/// How far the rows of an array are indented.
const INDENT: usize = 2;

/// Writes a value in TOML behind what `before` is, the beginning of a line: an array over several
/// lines if it does not fit on that one. `None` if it holds `None`, which no fixture can say.
#[must_use]
pub fn write(value: &Value, before: &str) -> Option<String> {
    let indent = before.len() - before.trim_start().len();
    Some(tree(value)?.laid_out(indent, before.chars().count()))
}

/// Reads a value that stands alone; `None` if a fixture could not hold it.
#[must_use]
pub fn read(text: &str) -> Option<Value> {
    let source = Source::new(Path::new("value").to_owned(), format!("value = {text}"));
    let document = Document::parse(source, Format::Toml).ok()?;
    let mut reader = Reader {
        document: &document,
        folder: &Folder::new(Path::new("."), 0),
        files: &mut Files::new(),
        problems: &mut Problems::default(),
        unfinished: false,
    };
    let node = reader.table(&document.root)?.get("value")?;
    value::read(&mut reader, node)
}

/// What a value is written as: nested lists of what is short.
enum Tree {
    Leaf(String),
    List(Vec<Tree>),
}

fn tree(value: &Value) -> Option<Tree> {
    Some(match value {
        Value::Bool(value) => Tree::Leaf(value.to_string()),
        Value::Int(value) => Tree::Leaf(value.to_string()),
        Value::Float(value) => Tree::Leaf(float(value)),
        Value::Text(text) => Tree::Leaf(toml_edit::Value::from(text).to_string()),
        Value::Array(elements) => array(elements, float),
        Value::IntArray(elements) => array(elements, i64::to_string),
        Value::BoolArray(elements) => array(elements, bool::to_string),
        Value::List(items) => Tree::List(items.iter().map(tree).collect::<Option<_>>()?),
        Value::None => return None,
    })
}

/// An array. What has no elements to show its shape by, or no brackets, says its shape.
fn array<T: Default>(elements: &ArrayD<T>, show: impl Fn(&T) -> String) -> Tree {
    if elements.is_empty() || elements.ndim() == 0 {
        let fill = show(elements.first().unwrap_or(&T::default()));
        return Tree::Leaf(format!("{{ shape = {:?}, fill = {fill} }}", elements.shape()));
    }
    let leaves = elements.iter().map(|element| Tree::Leaf(show(element))).collect();
    // From the innermost axis outwards, the items are gathered into lists.
    let inner = elements.shape().iter().skip(1).rev();
    Tree::List(inner.fold(leaves, |items: Vec<Tree>, &length| gathered(items, length)))
}

/// Items in lists of this length.
fn gathered(items: Vec<Tree>, length: usize) -> Vec<Tree> {
    let mut items = items.into_iter();
    let mut lists = Vec::new();
    while items.len() > 0 {
        lists.push(Tree::List(items.by_ref().take(length).collect()));
    }
    lists
}

/// The fewest digits that are read back as the same float, always with a point or an exponent.
fn float(value: &f64) -> String {
    if value.is_nan() { "nan".into() } else { format!("{value:?}") }
}

impl Tree {
    fn on_one_line(&self) -> String {
        match self {
            Self::Leaf(text) => text.clone(),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(Self::on_one_line).collect();
                format!("[{}]", items.join(", "))
            }
        }
    }

    /// The text of what begins at the column `used`, on lines that are indented by `indent`.
    fn laid_out(&self, indent: usize, used: usize) -> String {
        let line = self.on_one_line();
        let Self::List(items) = self else { return line };
        // The comma behind it is to fit, too.
        if used + line.chars().count() < WIDTH {
            return line;
        }
        let inner = indent + INDENT;
        let mut text = String::from("[");
        let mut column = WIDTH;
        for item in items {
            let item_text = item.laid_out(inner, inner);
            let width = item_text.chars().count() + ", ".len();
            if item.shares_lines() && column + width <= WIDTH {
                text.push(' ');
            } else {
                text.push_str(&format!("\n{:inner$}", ""));
                column = inner;
            }
            text.push_str(&item_text);
            text.push(',');
            column += width;
        }
        text.push_str(&format!("\n{:indent$}]", ""));
        text
    }

    /// Whether it stands beside others on a line: it is no row, or one of a single element.
    fn shares_lines(&self) -> bool {
        match self {
            Self::Leaf(_) => true,
            Self::List(items) => matches!(items.as_slice(), [Self::Leaf(_)]),
        }
    }
}

#[cfg(test)]
mod tests {
    use ndarray::{Array1, Array2, Array3, ArrayD, IxDyn, arr2};

    use super::*;

    fn written(value: &Value) -> String {
        write(value, "expected = ").unwrap()
    }

    /// Equal to the last bit; `assert_eq!` would take -0.0 for 0.0.
    #[track_caller]
    fn comes_back(value: Value) {
        let text = written(&value);
        let back = read(&text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(format!("{back:?}"), format!("{value:?}"), "{text}");
    }

    #[test]
    fn every_value_is_read_back_as_it_was() {
        let floats = [
            0.0,
            -0.0,
            1.0,
            -3.0,
            0.1,
            1.0 / 3.0,
            1e-7,
            1e16,
            1e300,
            f64::MAX,
            f64::MIN_POSITIVE,
            f64::from_bits(1),
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NAN,
            0.1 + 0.2,
        ];
        floats.into_iter().map(Value::Float).for_each(comes_back);
        [0, -1, i64::MIN, i64::MAX].into_iter().map(Value::Int).for_each(comes_back);
        for text in ["", "plain", "\"quoted\" and 'quoted'", "a\nb\tc\r\n", "back\\slash", "σ\u{7}"]
        {
            comes_back(Value::Text(text.into()));
        }
        comes_back(Value::Bool(true));
        comes_back(Value::Array(Array1::from_vec(floats.to_vec()).into_dyn()));
        comes_back(Value::Array(Array3::from_elem((2, 3, 20), 1.0 / 3.0).into_dyn()));
        comes_back(Value::IntArray(arr2(&[[1, i64::MIN]]).into_dyn()));
        comes_back(Value::BoolArray(arr2(&[[true], [false]]).into_dyn()));
        for shape in [&[][..], &[0], &[0, 2], &[2, 0], &[1, 1, 1]] {
            comes_back(Value::Array(ArrayD::from_elem(IxDyn(shape), -0.0)));
            comes_back(Value::IntArray(ArrayD::from_elem(IxDyn(shape), 0)));
        }
        comes_back(Value::List(vec![
            Value::Text("a".into()),
            Value::Array(arr2(&[[1.0]]).into_dyn()),
        ]));
    }

    #[test]
    fn what_a_fixture_cannot_hold_is_not_written() {
        assert_eq!(write(&Value::None, ""), None);
        assert_eq!(write(&Value::List(vec![Value::Int(1), Value::None]), ""), None);
        let row = |length| Value::List(vec![Value::Float(1.0); length]);
        assert_eq!(read(&written(&Value::List(vec![row(1), row(2)]))), None);
    }

    #[test]
    fn what_is_short_stands_on_one_line() {
        let value = Value::Array(arr2(&[[0.5, 0.25], [1.0, -3.0]]).into_dyn());
        assert_eq!(written(&value), "[[0.5, 0.25], [1.0, -3.0]]");
    }

    #[test]
    fn rows_have_lines_of_their_own_and_columns_are_filled() {
        let matrix = Array2::from_shape_fn((3, 4), |(i, j)| (i * 4 + j) as f64 / 7.0);
        insta::assert_snapshot!(written(&Value::Array(matrix.into_dyn())), @r"
        [
          [0.0, 0.14285714285714285, 0.2857142857142857, 0.42857142857142855],
          [0.5714285714285714, 0.7142857142857143, 0.8571428571428571, 1.0],
          [1.1428571428571428, 1.2857142857142858, 1.4285714285714286, 1.5714285714285714],
        ]
        ");
        let column = Array2::from_shape_fn((30, 1), |(i, _)| i as i64);
        insta::assert_snapshot!(written(&Value::IntArray(column.into_dyn())), @r"
        [
          [0], [1], [2], [3], [4], [5], [6], [7], [8], [9], [10], [11], [12], [13], [14], [15], [16], [17],
          [18], [19], [20], [21], [22], [23], [24], [25], [26], [27], [28], [29],
        ]
        ");
        let image = Array3::from_shape_fn((2, 2, 12), |(i, j, k)| (i + j + k) as f64 * 1.125);
        insta::assert_snapshot!(written(&Value::Array(image.into_dyn())), @r"
        [
          [
            [0.0, 1.125, 2.25, 3.375, 4.5, 5.625, 6.75, 7.875, 9.0, 10.125, 11.25, 12.375],
            [1.125, 2.25, 3.375, 4.5, 5.625, 6.75, 7.875, 9.0, 10.125, 11.25, 12.375, 13.5],
          ],
          [
            [1.125, 2.25, 3.375, 4.5, 5.625, 6.75, 7.875, 9.0, 10.125, 11.25, 12.375, 13.5],
            [2.25, 3.375, 4.5, 5.625, 6.75, 7.875, 9.0, 10.125, 11.25, 12.375, 13.5, 14.625],
          ],
        ]
        ");
    }
}
