//! Two values that differ, and where.

use harness::Value;

use super::printer::{Printer, Style};
use super::texts;
use crate::compare::{Differences, Mismatch};
use crate::report::array::{self, Layout, Mark};
use crate::report::difference::{Compared, distance, element, is_float};
use crate::report::{outcome, text, tolerance};

/// How many wrong elements are listed.
const LISTED: usize = 5;

/// How many characters one number may take.
const NUMBER: usize = 26;

/// Prints both values with the wrong elements marked, what `message` says of them, the first wrong
/// elements, how far off they are and how far they may be.
pub(super) fn print(printer: &mut Printer, compared: &Compared<'_>, indent: usize, message: &str) {
    let (expected, actual) = compared.inner();
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
