//! The tree of a JSON text.
//!
//! A [`RawValue`] is a piece of the text that it was parsed from, so its address says where in
//! the text it stands.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{DEPTH, Entry, Fault, Kind, Node, Span};

/// Parses a JSON text.
pub(super) fn parse(text: &str) -> Result<Node, Vec<Fault>> {
    // This checks the syntax of the whole text, so that what follows can only fail on a value.
    let raw = serde_json::from_str(text).map_err(|error| vec![syntax(text, &error)])?;
    let mut parser = Parser { text, faults: Vec::new() };
    let root = parser.node(raw, 0);
    if parser.faults.is_empty() { Ok(root) } else { Err(parser.faults) }
}

/// The keys and values of an object, in order and with duplicates.
struct Pairs<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Pairs<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor).map(Self)
    }
}

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = Vec<(&'de RawValue, &'de RawValue)>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(pairs)
    }
}

struct Parser<'a> {
    text: &'a str,
    faults: Vec<Fault>,
}

impl<'a> Parser<'a> {
    fn node(&mut self, raw: &'a RawValue, depth: usize) -> Node {
        let span = self.span(raw);
        let json = raw.get();
        if depth > DEPTH {
            return self.fault(span, format!("nested more than {DEPTH} levels deep"));
        }
        let kind = match json.as_bytes().first() {
            Some(b'{') => serde_json::from_str(json).map(|pairs| self.table(pairs, depth)),
            Some(b'[') => serde_json::from_str(json).map(|items: Vec<&RawValue>| {
                Kind::List(items.into_iter().map(|item| self.node(item, depth + 1)).collect())
            }),
            Some(b'"') => serde_json::from_str(json).map(Kind::Text),
            Some(b't' | b'f') => serde_json::from_str(json).map(Kind::Bool),
            Some(b'n') => Ok(Kind::Null),
            _ => match number(json) {
                Some(kind) => Ok(kind),
                None => return self.fault(span, "this number is too large".to_owned()),
            },
        };
        match kind {
            Ok(kind) => Node { span, kind },
            Err(error) => self.fault(span, message(&error)),
        }
    }

    fn table(&mut self, pairs: Pairs<'a>, depth: usize) -> Kind {
        let mut entries: Vec<Entry> = Vec::with_capacity(pairs.0.len());
        let mut seen = std::collections::HashSet::new();
        for (raw_key, value) in pairs.0 {
            let key_span = self.span(raw_key);
            match serde_json::from_str::<String>(raw_key.get()) {
                Err(error) => drop(self.fault(key_span, message(&error))),
                Ok(key) if !seen.insert(key.clone()) => {
                    drop(self.fault(key_span, "duplicate key".to_owned()));
                }
                Ok(key) => {
                    let value = self.node(value, depth + 1);
                    entries.push(Entry { key, key_span, value });
                }
            }
        }
        Kind::Table(entries)
    }

    /// Notes a fault and stands in for the value.
    fn fault(&mut self, span: Span, message: String) -> Node {
        self.faults.push(Fault { span, message });
        Node { span, kind: Kind::Null }
    }

    fn span(&self, raw: &RawValue) -> Span {
        let start = raw.get().as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
        Span { start, end: start + raw.get().len() }
    }
}

/// A number, an integer if it is written as one. `None` if it is too large.
fn number(json: &str) -> Option<Kind> {
    if json.contains(['.', 'e', 'E']) {
        // Rust's own parser rounds correctly, serde_json's may be off by a bit.
        json.parse().ok().filter(|value: &f64| value.is_finite()).map(Kind::Float)
    } else {
        json.parse().ok().map(Kind::Int)
    }
}

/// A fault in the syntax, at the character that serde_json stopped at.
fn syntax(text: &str, error: &serde_json::Error) -> Fault {
    let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    let line_start: usize = lines.map(str::len).sum();
    let start = (line_start + error.column().saturating_sub(1)).min(text.len());
    Fault { span: Span { start, end: start + 1 }, message: message(error) }
}

/// The error without its place, which the problem shows.
fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    match text.strip_suffix(&place).unwrap_or(&text) {
        "expected ident" => "expected `true`, `false` or `null`".to_owned(),
        message => message.replace("EOF", "the file ends"),
    }
}
