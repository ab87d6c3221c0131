//! What judges a case.

use super::bounds::Bounds;
use super::fields::Fields;
use super::node::{Kind, Node};
use super::reader::Reader;
use super::{Check, Message, printout, value};
use harness::Value;

use crate::course::{NanPolicy, Precision, Tolerance};

/// The keys of which a case has exactly one.
const CHECKS: [&str; 5] = ["expected", "printed", "shape", "panics", "errors"];

/// How close a value must be, as far as its case says so.
pub(super) struct Closeness {
    bounds: Bounds,
    ulps: Option<u32>,
    nan: Option<NanPolicy>,
    /// Whether the bounds are the case's own, not inherited.
    own: bool,
}

impl Closeness {
    /// The tolerance for a value of which so much is known.
    pub fn with(self, precision: Precision) -> Tolerance {
        let Bounds { rel, abs } = self.bounds;
        let nan = self.nan.unwrap_or(NanPolicy::Equal);
        Tolerance { abs, rel, ulps: self.ulps, precision, nan }
    }

    /// The same, but NaN is never right unless it says so.
    pub fn without_nan(self) -> Self {
        Self { nan: self.nan.or(Some(NanPolicy::Differs)), ..self }
    }
}

/// Reads the check of a case that inherits `bounds`.
pub(super) fn read<'a>(
    reader: &mut Reader<'a>,
    fields: &mut Fields<'a>,
    bounds: Bounds,
) -> Option<Check> {
    let mut checks: Vec<_> =
        CHECKS.iter().filter_map(|key| Some((*key, fields.entry(key)?))).collect();
    checks.sort_by_key(|(_, entry)| entry.key_span.start);
    let by = |keys: &[&str]| checks.iter().any(|(key, _)| keys.contains(key));
    let digits = only(reader, fields, "digits", by(&["printed"]), "`printed`");
    let digits = digits.and_then(|node| reader.integer(node, 0..=17));
    let unjudged = checks.is_empty() && !fields.has_one_of(&CHECKS);
    let open = unjudged && reader.unfinished;
    let closeness = closeness(reader, fields, bounds, open || by(&["expected", "printed"]));
    let (key, node) = match checks[..] {
        [] if open => {
            let tolerance = closeness.with(Precision::Exact);
            return Some(Check::Value { expected: Value::None, tolerance });
        }
        [] => {
            if unjudged {
                reader.report_with_help(
                    fields.span(),
                    "nothing judges this case",
                    "add `expected`, `printed`, `shape`, `panics` or `errors`, or let \
                     `cargo grade record NAME` add what the reference returns",
                );
            }
            return None;
        }
        [(key, entry)] => (key, &entry.value),
        [(first, at), (second, entry), ..] => {
            let line = reader.document.source.line(at.key_span.start);
            reader.report_with_help(
                entry.key_span,
                format!("`{second}` and `{first}` both judge this case"),
                format!("keep one of them; `{first}` stands on line {line}"),
            );
            return None;
        }
    };
    match key {
        "expected" => {
            let expected = value::read(reader, node)?;
            Some(Check::Value { expected, tolerance: closeness.with(Precision::Exact) })
        }
        "printed" => {
            let printed = printout::read(reader, node, digits)?;
            // NumPy prints floats with a point, so numbers without one are exact.
            let integers = matches!(printed.value, Value::Int(_) | Value::IntArray(_));
            let closeness = if integers && !closeness.own {
                Closeness { bounds: Bounds::ZERO, ..closeness }
            } else {
                closeness
            };
            let tolerance = closeness.with(printed.precision);
            Some(Check::Value { expected: printed.value, tolerance })
        }
        "shape" => value::shape(reader, node).map(Check::Shape),
        "panics" => message(reader, node).map(Check::Panics),
        _ => message(reader, node).map(Check::Errors),
    }
}

/// Reads how close a value must be; `applies` says whether a value is compared at all.
pub(super) fn closeness<'a>(
    reader: &mut Reader<'a>,
    fields: &mut Fields<'a>,
    inherited: Bounds,
    applies: bool,
) -> Closeness {
    let values = "`expected` and `printed`";
    let own = only(reader, fields, "tolerance", applies, values);
    let ulps = only(reader, fields, "ulps", applies, values);
    let nan = only(reader, fields, "nan", applies, values);
    // Ulps on their own replace the bounds, which would let much more pass.
    let base = if ulps.is_some() && own.is_none() { Bounds::ZERO } else { inherited };
    let policies = [("equal", NanPolicy::Equal), ("differs", NanPolicy::Differs)];
    Closeness {
        bounds: base.read(reader, own),
        ulps: ulps.and_then(|node| reader.integer(node, 0..=u32::MAX.into())),
        own: own.is_some() || ulps.is_some(),
        nan: nan.and_then(|node| reader.word(node, &policies)),
    }
}

/// A key that means something only for some checks.
fn only<'a>(
    reader: &mut Reader<'a>,
    fields: &mut Fields<'a>,
    key: &'static str,
    applies: bool,
    checks: &str,
) -> Option<&'a Node> {
    let entry = fields.entry(key)?;
    if !applies {
        reader.report(entry.key_span, format!("`{key}` has a meaning for {checks} only"));
    }
    Some(&entry.value)
}

/// What a panic or an error must say: a part of the message, or `true` for anything.
fn message(reader: &mut Reader<'_>, node: &Node) -> Option<Message> {
    match &node.kind {
        Kind::Bool(true) => Some(Message::Any),
        Kind::Text(text) if !text.is_empty() => Some(Message::Contains(text.clone())),
        Kind::Bool(false) | Kind::Text(_) => {
            reader.report(node.span, "expected a part of the message, or true");
            None
        }
        _ => {
            reader.wrong_kind(node, "a string or true");
            None
        }
    }
}
