//! A value on one line, as a call shows its arguments.

use harness::Value;
use ndarray::ArrayD;

use super::floats::non_finite;
use crate::compare::shape_text;

/// What stands for the rest.
const ELLIPSIS: char = '…';

/// Writes a value on one line of about `max_chars` characters; what does not fit is left out:
/// `[[9, 2, 5], …]`.
///
/// Floats read as in Rust (`9.0`, `1e-5`) but for `nan` and `inf`, which read as in a fixture.
/// However large the value, only what is shown is looked at.
#[must_use]
pub fn one_line(value: &Value, max_chars: usize) -> String {
    let mut line = Line { text: String::new(), room: max_chars, cut: false };
    line.value(value, 0);
    line.text
}

struct Line {
    text: String,
    /// How many characters are left.
    room: usize,
    /// Whether something did not fit, after which nothing more is written but brackets.
    cut: bool,
}

impl Line {
    /// Writes a value inside of `depth` brackets.
    fn value(&mut self, value: &Value, depth: usize) {
        match value {
            Value::Bool(value) => self.item(&value.to_string(), depth),
            Value::Int(value) => self.item(&value.to_string(), depth),
            Value::Float(value) => self.item(&float(value), depth),
            Value::Text(text) => self.string(text, depth),
            Value::Array(array) => self.array(array, float, depth),
            Value::IntArray(array) => self.array(array, i64::to_string, depth),
            Value::BoolArray(array) => self.array(array, bool::to_string, depth),
            Value::None => self.item("None", depth),
            Value::List(items) if items.is_empty() => self.item("[]", depth),
            Value::List(items) => {
                self.push('[');
                for (number, item) in items.iter().enumerate() {
                    if self.cut {
                        break;
                    }
                    self.comma(number);
                    self.value(item, depth + 1);
                }
                self.push(']');
            }
        }
    }

    /// Writes an array inside of `depth` brackets.
    fn array<T>(&mut self, array: &ArrayD<T>, show: impl Fn(&T) -> String, depth: usize) {
        if array.is_empty() {
            return self.empty(array.shape(), depth);
        }
        // How many elements are inside the bracket of each axis, the innermost first.
        let sides = array.shape().iter().rev();
        let sizes: Vec<usize> = sides
            .scan(1, |size, side| {
                *size *= side;
                Some(*size)
            })
            .collect();
        let mut open = 0;
        for (place, element) in array.iter().enumerate() {
            self.comma(place);
            while open < sizes.len() {
                self.push('[');
                open += 1;
            }
            self.item(&show(element), depth + open);
            if self.cut {
                break;
            }
            while open > 0 && (place + 1) % sizes[sizes.len() - open] == 0 {
                self.push(']');
                open -= 1;
            }
        }
        for _ in 0..open {
            self.push(']');
        }
    }

    fn empty(&mut self, shape: &[usize], depth: usize) {
        match shape {
            [_] => self.item("[]", depth),
            _ => self.item(&format!("[] of shape {}", shape_text(shape)), depth),
        }
    }

    /// Writes a text in quotes, with its control characters escaped.
    fn string(&mut self, text: &str, depth: usize) {
        let room = self.room.saturating_sub(reserve(depth) + 3);
        let mut quoted = String::from('"');
        let mut length = 0;
        for c in text.chars() {
            let escaped = match c {
                '\'' => c.to_string(),
                _ => c.escape_debug().to_string(),
            };
            length += escaped.chars().count();
            if length > room {
                quoted.push(ELLIPSIS);
                break;
            }
            quoted.push_str(&escaped);
        }
        quoted.push('"');
        self.item(&quoted, depth);
    }

    /// Writes a number or a text inside of `depth` brackets, or that something is left out.
    fn item(&mut self, text: &str, depth: usize) {
        let length = text.chars().count();
        if self.cut {
            return;
        }
        if depth > 0 && length + reserve(depth) > self.room {
            self.cut = true;
            self.push(ELLIPSIS);
            return;
        }
        self.text.push_str(text);
        self.room = self.room.saturating_sub(length);
    }

    fn comma(&mut self, number: usize) {
        if number > 0 {
            self.push(',');
            self.push(' ');
        }
    }

    fn push(&mut self, c: char) {
        self.text.push(c);
        self.room = self.room.saturating_sub(1);
    }
}

/// The room for the brackets that are to be closed, and for saying that something is left out.
fn reserve(depth: usize) -> usize {
    match depth {
        0 => 0,
        _ => depth + ", …".chars().count(),
    }
}

fn float(value: &f64) -> String {
    if value.is_finite() { format!("{value:?}") } else { non_finite(*value).into() }
}
