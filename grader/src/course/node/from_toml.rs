//! The tree of a TOML text.

use std::ops::Range;

use toml::de::{DeInteger, DeTable, DeValue, Error};

use super::{Entry, Fault, Kind, Node, Span};

/// How many faults in the syntax of one file are told: one lost bracket makes the parser find
/// fault with every line after it.
const TOLD: usize = 3;

/// Parses a TOML text. The limit on its depth is the parser's own.
pub(super) fn parse(text: &str) -> Result<Node, Vec<Fault>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(syntax(text, &errors));
    }
    let mut faults = Vec::new();
    let kind = entries(table.into_inner(), &mut faults);
    if faults.is_empty() { Ok(Node { span: Span { start: 0, end: 0 }, kind }) } else { Err(faults) }
}

/// The first fault of each of the first lines that have one.
fn syntax(text: &str, errors: &[Error]) -> Vec<Fault> {
    let end = text.len()..text.len();
    let mut faults: Vec<_> = errors
        .iter()
        .map(|error| Fault {
            span: span(error.span().unwrap_or(end.clone())),
            message: error.message().to_owned(),
        })
        .collect();
    faults.sort_by_key(|fault| fault.span.start);
    faults.dedup_by(|next, first| {
        let between = text.get(first.span.start..next.span.start);
        between.is_some_and(|between| !between.contains('\n'))
    });
    faults.truncate(TOLD);
    faults
}

fn node(value: DeValue<'_>, range: Range<usize>, faults: &mut Vec<Fault>) -> Node {
    let span = span(range);
    let kind = match value {
        DeValue::String(text) => Kind::Text(text.into_owned()),
        DeValue::Boolean(value) => Kind::Bool(value),
        DeValue::Datetime(_) => Kind::Date,
        DeValue::Integer(digits) => integer(&digits).unwrap_or_else(|| {
            faults.push(Fault { span, message: "this integer is too large".to_owned() });
            Kind::Null
        }),
        DeValue::Float(digits) => float(digits.as_str()).unwrap_or_else(|| {
            faults.push(Fault { span, message: "this float is too large".to_owned() });
            Kind::Null
        }),
        DeValue::Array(items) => Kind::List(
            items
                .into_iter()
                .map(|item| {
                    let range = item.span();
                    node(item.into_inner(), range, faults)
                })
                .collect(),
        ),
        DeValue::Table(table) => entries(table, faults),
    };
    Node { span, kind }
}

/// The entries of a table in the order of the text.
fn entries(table: DeTable<'_>, faults: &mut Vec<Fault>) -> Kind {
    let mut entries: Vec<_> = table
        .into_iter()
        .map(|(key, value)| {
            let (key_span, range) = (span(key.span()), value.span());
            let value = node(value.into_inner(), range, faults);
            Entry { key: key.into_inner().into_owned(), key_span, value }
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    Kind::Table(entries)
}

fn integer(digits: &DeInteger<'_>) -> Option<Kind> {
    i128::from_str_radix(digits.as_str(), digits.radix()).ok().map(Kind::Int)
}

fn float(digits: &str) -> Option<Kind> {
    let value: f64 = digits.parse().ok()?;
    // Infinity must be written: a number that is too large does not become one.
    (value.is_finite() || !digits.contains(|c: char| c.is_ascii_digit()))
        .then_some(Kind::Float(value))
}

fn span(range: Range<usize>) -> Span {
    Span { start: range.start, end: range.end }
}
