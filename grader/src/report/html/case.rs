//! One case: what was called, what was wanted, what came.

use harness::Value;
use serde::Serialize;

use super::errors::Errors;
use super::exercise::Mark;
use super::heat_map::HeatMap;
use super::table::{self, Side, Table};
use super::{MESSAGE, OUTPUT, VALUE, present};
use crate::compare::{Differences, Mismatch, shape_text};
use crate::grade::report::CaseKind;
use crate::grade::{CaseReport, Delivered, Wanted};
use crate::report::array::{Cells, Layout};
use crate::report::difference::{Compared, distance, element, is_float};
use crate::report::visible::is_about_function;
use crate::report::{outcome, text, tolerance};

/// How many cases of an exercise are shown without being asked for, as on the terminal.
const OPEN: usize = 2;

/// How many wrong elements are listed, of an array that is not shown in full.
const LISTED: usize = 5;

/// How many elements of an array are shown in full, as on the terminal.
const IN_FULL: usize = 100;

/// How many elements are shown in full where it is the shape that differs.
const SHAPE: usize = 12;

/// How many characters of an argument are shown.
const ARGUMENT: usize = 160;

/// How many characters are shown before the place at which two texts part.
const CONTEXT: usize = 60;

/// A case that did not pass.
#[derive(Serialize)]
pub struct Case<'a> {
    /// Its place among those that are shown, from 1.
    number: usize,
    /// Whether it is shown without being asked for.
    is_open: bool,
    name: String,
    /// Whether the name is that of a function, of which all is said.
    is_function: bool,
    is_hidden: bool,
    mark: Mark,
    verdict: &'a str,
    call: Option<String>,
    inputs: Option<String>,
    difference: Option<Difference>,
    /// What happened, where there is nothing to compare.
    message: Option<String>,
    facts: Vec<Fact>,
    feedback: Option<String>,
    output: Option<String>,
}

/// A case that passed.
#[derive(Serialize)]
pub struct Passed {
    name: String,
    is_hidden: bool,
    call: Option<String>,
    result: Option<String>,
    inputs: Option<String>,
    output: Option<String>,
}

/// Something to know about a case, with its name.
#[derive(Serialize)]
struct Fact {
    label: &'static str,
    text: String,
    /// Whether it is code.
    is_code: bool,
}

impl Fact {
    fn new(label: &'static str, text: String) -> Self {
        Self { label, text, is_code: false }
    }

    fn code(label: &'static str, text: String) -> Self {
        Self { label, text, is_code: true }
    }
}

/// Two values that differ, element by element.
#[derive(Default, Serialize)]
struct Difference {
    /// Two vectors.
    vector: Option<Table>,
    /// Matrices, and arrays of more axes: what was expected, then what came, with headings.
    labels: [String; 2],
    expected: Vec<Table>,
    actual: Vec<Table>,
    heat_map: Option<HeatMap>,
    /// The first wrong elements: index, expected, actual.
    first: Vec<[String; 3]>,
    texts: Option<Texts>,
}

/// Two texts that differ from some place on, as Rust writes them.
#[derive(Serialize)]
struct Texts {
    /// What both begin with.
    common: String,
    expected: String,
    actual: String,
}

impl<'a> Case<'a> {
    /// A case in the words of the page; `number` is its place.
    pub fn of(case: &'a CaseReport, number: usize) -> Self {
        let is_function = is_about_function(case);
        let name = if is_function { &case.function } else { &case.name };
        let mut said = Said::default();
        if is_function {
            said.message = present(&case.message, MESSAGE);
        } else {
            said = body(case);
        }
        // What is said of the function needs no advice on a case, but a mistake is the function's.
        let feedback = case.feedback.as_ref().filter(|_| !is_function || case.mistake.is_some());
        let is_call = !is_function && case.kind != CaseKind::Rule;
        Self {
            number,
            is_open: number <= OPEN,
            name: text::one_line(name),
            is_function,
            is_hidden: case.hidden,
            mark: case.verdict.into(),
            verdict: case.verdict.word(),
            call: is_call.then(|| call(case)),
            inputs: case.inputs.filter(|_| is_call).map(|inputs| inputs.to_string()),
            difference: said.difference,
            message: said.message,
            facts: said.facts,
            feedback: feedback.and_then(|feedback| present(feedback, MESSAGE)),
            output: output(case),
        }
    }
}

impl Passed {
    /// A case that passed, in the words of the page.
    pub fn of(case: &CaseReport) -> Self {
        let is_call = case.kind == CaseKind::Case;
        let delivered = case.delivered.as_ref().filter(|_| is_call);
        Self {
            name: text::one_line(&case.name),
            is_hidden: case.hidden,
            call: is_call.then(|| call(case)),
            result: delivered.map(|delivered| outcome::delivered(delivered, VALUE)),
            inputs: case.inputs.map(|inputs| inputs.to_string()),
            output: output(case),
        }
    }
}

/// What is said of a case below its call.
#[derive(Default)]
struct Said {
    difference: Option<Difference>,
    message: Option<String>,
    facts: Vec<Fact>,
}

fn body(case: &CaseReport) -> Said {
    let mut said = match (&case.wanted, &case.delivered, &case.mismatch) {
        (Wanted::Value(expected, tolerance), Some(Delivered::Value(actual)), Some(mismatch)) => {
            compared(&Compared { expected, actual, tolerance, mismatch }, case)
        }
        (_, _, Some(mismatch)) if matches!(mismatch.innermost(), Mismatch::Shape { .. }) => {
            Said { facts: shapes(mismatch), ..Said::default() }
        }
        (wanted, Some(Delivered::Panic { message, location }), _) => {
            let mut facts = Vec::new();
            if let Wanted::Panic(_) | Wanted::Error(_) = wanted {
                facts.push(Fact::code("expected", outcome::wanted(wanted, VALUE)));
            }
            if let Some(location) = location {
                facts.push(Fact::code("panicked at", text::one_line(location)));
            }
            Said { message: present(message, MESSAGE), facts, ..Said::default() }
        }
        (wanted, Some(delivered), _) => {
            let is_property = matches!(wanted, Wanted::Property(_));
            let wanted = outcome::wanted(wanted, VALUE);
            Said {
                difference: None,
                message: present(&case.message, MESSAGE).filter(|_| is_property),
                facts: vec![
                    if is_property {
                        Fact::new("wanted", wanted)
                    } else {
                        Fact::code("expected", wanted)
                    },
                    Fact::code("actual", outcome::delivered(delivered, VALUE)),
                ],
            }
        }
        (_, None, _) => Said { message: present(&case.message, MESSAGE), ..Said::default() },
    };
    if let Some(source) = case.source.as_ref().filter(|_| case.mismatch.is_some()) {
        said.facts.push(Fact::new("source", text::capped(text::one_line(source), MESSAGE)));
    }
    said
}

/// What differs between two values.
fn compared(compared: &Compared<'_>, case: &CaseReport) -> Said {
    let (expected, actual) = compared.inner();
    let mut said = Said { message: present(&case.message, MESSAGE), ..Said::default() };
    match compared.mismatch.innermost() {
        Mismatch::Values(differences) => {
            let difference = elements(compared, differences);
            if difference.is_none() {
                said.facts = both(expected, actual);
            }
            if difference.is_none() && differences.total == 1 {
                said.message = None;
            }
            said.difference = difference;
            if let Some(distance) = distance(differences) {
                said.facts.push(Fact::new("difference", distance));
            } else if differences.total == 1 {
                said.message = present(&case.message, MESSAGE);
            }
            if is_float(actual) {
                let tolerance = tolerance::explained(compared.tolerance);
                said.facts.push(Fact::new("tolerance", tolerance));
            }
        }
        Mismatch::Text { at } => {
            if let (Value::Text(expected), Value::Text(actual)) = (expected, actual) {
                let texts = Some(texts(expected, actual, *at));
                said.difference = Some(Difference { texts, ..Difference::default() });
            }
        }
        Mismatch::Shape { .. } => {
            said.message = None;
            said.difference = other_shape(expected, actual);
            if said.difference.is_none() {
                said.facts = shapes(compared.mismatch);
            }
        }
        _ => said.facts = both(expected, actual),
    }
    said
}

fn both(expected: &Value, actual: &Value) -> Vec<Fact> {
    vec![
        Fact::code("expected", outcome::value(expected, VALUE)),
        Fact::code("actual", outcome::value(actual, VALUE)),
    ]
}

/// The shapes, where these are what differs.
fn shapes(mismatch: &Mismatch) -> Vec<Fact> {
    let Mismatch::Shape { actual, expected } = mismatch.innermost() else {
        return Vec::new();
    };
    vec![
        Fact::code("expected", format!("shape {}", shape_text(expected))),
        Fact::code("actual", format!("shape {}", shape_text(actual))),
    ]
}

/// Two arrays of different shapes, each as it is; nothing if one of them has no rows.
fn other_shape(expected: &Value, actual: &Value) -> Option<Difference> {
    let layout = Layout { threshold: SHAPE, ..Layout::default() };
    let tables = |value| {
        let cells = Cells::of(value, value, &[], &layout)?;
        Some(table::matrices(&cells, Side::Actual, None))
    };
    let label = |what: &str, value: &Value| {
        value.shape().map(|shape| format!("{what}: shape {}", shape_text(shape)))
    };
    Some(Difference {
        labels: [label("expected", expected)?, label("actual", actual)?],
        expected: tables(expected)?,
        actual: tables(actual)?,
        ..Difference::default()
    })
}

/// Two arrays as tables with the wrong elements marked; nothing of values that have no rows.
fn elements(compared: &Compared<'_>, differences: &Differences) -> Option<Difference> {
    let (expected, actual) = compared.inner();
    let layout = Layout { threshold: IN_FULL, ..Layout::default() };
    let cells = Cells::of(actual, expected, &differences.indices, &layout)?;
    let errors = Errors::of(actual, expected, compared.tolerance)?;
    if let Some(vector) = table::vector(&cells, &errors) {
        return Some(Difference { vector: Some(vector), ..Difference::default() });
    }
    let heat_map = HeatMap::of(&errors, differences);
    let is_whole = differences.total <= IN_FULL && heat_map.is_none();
    let listed = if is_whole { 0 } else { LISTED };
    let first = differences.indices.iter().take(listed).filter_map(|index| {
        Some([
            format!("{index:?}"),
            outcome::value(&element(expected, index)?, VALUE),
            outcome::value(&element(actual, index)?, VALUE),
        ])
    });
    Some(Difference {
        labels: ["expected".into(), "actual".into()],
        expected: table::matrices(&cells, Side::Expected, None),
        actual: table::matrices(&cells, Side::Actual, Some(&errors)),
        heat_map,
        first: first.collect(),
        ..Difference::default()
    })
}

/// Two texts that part behind the first `at` characters.
fn texts(expected: &str, actual: &str, at: usize) -> Texts {
    let skip = at.saturating_sub(CONTEXT);
    let written = |text: String| {
        let literal = format!("{text:?}");
        literal[1..literal.len() - 1].to_owned()
    };
    let start = if skip > 0 { "…" } else { "" };
    let common: String = expected.chars().take(at).skip(skip).collect();
    let rest = |text: &str| {
        let rest: String = text.chars().skip(at).take(VALUE).collect();
        let is_cut = text.chars().nth(at + VALUE).is_some();
        written(rest) + if is_cut { "…" } else { "" }
    };
    Texts {
        common: format!("{start}{}", written(common)),
        expected: rest(expected),
        actual: rest(actual),
    }
}

/// The call as the learner would write it, or near enough.
fn call(case: &CaseReport) -> String {
    let args: Vec<String> = case.args.iter().map(|arg| outcome::value(arg, ARGUMENT)).collect();
    format!("{}({})", case.function, args.join(", "))
}

/// What the call printed.
fn output(case: &CaseReport) -> Option<String> {
    let mut output = present(&case.output, OUTPUT)?;
    if case.output_cut {
        output.push_str("\n(the rest was not kept)");
    }
    Some(output)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_long_texts_what_is_around_the_difference_is_shown() {
        let long = "a".repeat(1000);
        let Texts { common, expected, actual } =
            texts(&format!("{long}\nx"), &format!("{long}\u{1b}{long}"), 1000);
        assert_eq!(common, format!("…{}", "a".repeat(CONTEXT)));
        assert_eq!(expected, "\\nx");
        assert_eq!(actual, format!("\\u{{1b}}{}…", "a".repeat(VALUE - 1)));
    }
}
