//! Two values that differ, and where.

use harness::Value;

use super::printer::{Printer, Style};
use super::texts;
use crate::compare::{Differences, Mismatch};
use crate::course::Tolerance;
use crate::report::array::{self, Layout, Mark};
use crate::report::{outcome, text, tolerance};

/// How many wrong elements are listed.
const LISTED: usize = 5;

/// How many characters one number may take.
const NUMBER: usize = 26;

/// What was wanted and what came instead.
pub(super) struct Compared<'a> {
    /// The expected value.
    pub expected: &'a Value,
    /// The value that was returned.
    pub actual: &'a Value,
    /// How far the one may be from the other.
    pub tolerance: &'a Tolerance,
    /// Where they differ.
    pub mismatch: &'a Mismatch,
}

/// Prints both values with the wrong elements marked, what `message` says of them, the first wrong
/// elements, how far off they are and how far they may be.
pub(super) fn print(printer: &mut Printer, compared: &Compared<'_>, indent: usize, message: &str) {
    let (expected, actual) = inner(compared);
    let differences = match compared.mismatch.innermost() {
        Mismatch::Values(differences) => Some(differences),
        Mismatch::Text { at } => {
            if let (Value::Text(expected), Value::Text(actual)) = (expected, actual) {
                texts::print(printer, expected, actual, *at, indent);
            }
            return;
        }
        _ => None,
    };
    values(printer, expected, actual, differences, indent);
    let Some(differences) = differences else {
        printer.text(indent, Style::Plain, message);
        return;
    };
    if differences.total > 1 {
        printer.text(indent, Style::Plain, &announcement(message, differences));
        table(printer, expected, actual, differences, indent + 2);
    }
    if let Some(distance) = distance(differences) {
        printer.labelled(indent, "difference", &distance);
    } else if differences.total == 1 {
        printer.text(indent, Style::Plain, message);
    }
    if is_float(actual) {
        printer.labelled(indent, "tolerance", &tolerance::explained(compared.tolerance));
    }
}

/// Both values, out of the lists that the mismatch is in.
fn inner<'a>(compared: &Compared<'a>) -> (&'a Value, &'a Value) {
    let (mut expected, mut actual, mut mismatch) =
        (compared.expected, compared.actual, compared.mismatch);
    while let (Value::List(wanted), Value::List(came), Mismatch::Item { index, mismatch: inner }) =
        (expected, actual, mismatch)
    {
        match (wanted.get(*index), came.get(*index)) {
            (Some(wanted), Some(came)) => (expected, actual) = (wanted, came),
            _ => break,
        }
        mismatch = inner;
    }
    (expected, actual)
}

/// Both values, laid out as NumPy prints them, the shorter ones beside their labels.
fn values(
    printer: &mut Printer,
    expected: &Value,
    actual: &Value,
    differences: Option<&Differences>,
    indent: usize,
) {
    let (actual, expected) = laid_out(printer, expected, actual, differences, indent + 2);
    let room = printer.beside_label(indent);
    let short = |text: &str| !text.contains('\n') && text::plain(text).chars().count() <= room;
    let beside = short(&expected) && short(&actual);
    for (label, text) in [("expected", expected), ("actual", actual)] {
        if beside {
            let line = format!("{:indent$}{}{text}", "", printer.label(label));
            printer.line(&line);
        } else {
            printer.text(indent, Style::Dim, label);
            for line in text.lines() {
                printer.line(&format!("{:1$}{line}", "", indent + 2));
            }
        }
    }
    if !beside {
        printer.blank();
    }
}

/// Both values as text, the actual one first, to stand behind `indent` columns.
fn laid_out(
    printer: &Printer,
    expected: &Value,
    actual: &Value,
    differences: Option<&Differences>,
    indent: usize,
) -> (String, String) {
    let red = |text: &str| printer.paint(Style::Bad, text);
    let green = |text: &str| printer.paint(Style::Good, text);
    let marks = match differences {
        // To mark all is to mark none.
        Some(it) if it.wrong == it.total => [Mark::None; 2],
        _ if printer.color() => [Mark::Style(&red), Mark::Style(&green)],
        _ => [Mark::Arrows; 2],
    };
    let wrong = differences.map_or(&[][..], |differences| &differences.indices);
    // NumPy shows a thousand elements in full, which is more than a screen.
    let layout = Layout { width: printer.columns(indent), threshold: 100, ..Layout::default() };
    let (actual, expected) = array::pair(actual, expected, wrong, marks, &layout);
    (printer.elided(&actual), printer.elided(&expected))
}

/// `10 of 10 elements differ, the first five:`
fn announcement(message: &str, differences: &Differences) -> String {
    match differences.wrong {
        0..=LISTED => format!("{message}:"),
        _ => format!("{message}, the first five:"),
    }
}

/// The first wrong elements, to the last digit.
fn table(
    printer: &mut Printer,
    expected: &Value,
    actual: &Value,
    differences: &Differences,
    indent: usize,
) {
    let mut rows = vec![["index".to_owned(), "expected".to_owned(), "actual".to_owned()]];
    for index in differences.indices.iter().take(LISTED) {
        if let (Some(expected), Some(actual)) = (element(expected, index), element(actual, index)) {
            rows.push([
                format!("{index:?}"),
                printer.elided(&outcome::value(&expected, NUMBER)),
                printer.elided(&outcome::value(&actual, NUMBER)),
            ]);
        }
    }
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let (first, second) = (width(0), width(1));
    for (number, [index, expected, actual]) in rows.iter().enumerate() {
        let line = format!("{index:first$}  {expected:second$}  {actual}");
        let style = if number == 0 { Style::Dim } else { Style::Plain };
        printer.line(&format!("{:indent$}{}", "", printer.paint(style, &line)));
    }
}

/// One element of an array, or of the list that stands for one.
fn element(value: &Value, index: &[usize]) -> Option<Value> {
    match value {
        Value::Array(array) => array.get(index).copied().map(Value::Float),
        Value::IntArray(array) => array.get(index).copied().map(Value::Int),
        Value::BoolArray(array) => array.get(index).copied().map(Value::Bool),
        Value::List(items) => {
            let (first, rest) = index.split_first()?;
            element(items.get(*first)?, rest)
        }
        _ => index.is_empty().then(|| value.clone()),
    }
}

/// How far off the wrong elements are at most.
fn distance(differences: &Differences) -> Option<String> {
    let absolute = differences.max_abs.filter(|it| it.is_finite())?;
    let at_most = if differences.wrong > 1 { "at most " } else { "" };
    let absolute = format!("{at_most}{} absolute", three_digits(absolute));
    Some(match differences.max_rel.filter(|it| it.is_finite()) {
        Some(relative) => format!("{absolute}, {} relative", three_digits(relative)),
        None => absolute,
    })
}

/// A positive number to three digits.
fn three_digits(number: f64) -> String {
    match number {
        0.001..1e6 => {
            let before_point = number.log10().floor() as i32 + 1;
            let decimals = usize::try_from(3 - before_point).unwrap_or(0);
            let text = format!("{number:.decimals$}");
            if text.contains('.') {
                text.trim_end_matches('0').trim_end_matches('.').to_owned()
            } else {
                text
            }
        }
        _ => {
            let text = format!("{number:.2e}");
            match text.split_once('e') {
                Some((digits, exponent)) => {
                    let digits = digits.trim_end_matches('0').trim_end_matches('.');
                    format!("{digits}e{exponent}")
                }
                None => text,
            }
        }
    }
}

/// Whether a tolerance applies: nothing but floats is nearly right.
fn is_float(value: &Value) -> bool {
    match value {
        Value::Float(_) | Value::Array(_) => true,
        Value::List(items) => items.iter().any(is_float),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digits_are_enough() {
        for (number, text) in [
            (0.490_448, "0.49"),
            (0.866_111, "0.866"),
            (12.3456, "12.3"),
            (3.0, "3"),
            (100.0, "100"),
            (123_456.7, "123457"),
            (1e6, "1e6"),
            (1.234e-9, "1.23e-9"),
            (f64::MAX, "1.8e308"),
        ] {
            assert_eq!(three_digits(number), text);
        }
    }
}
