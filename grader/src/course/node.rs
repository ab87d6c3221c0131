//! One tree for TOML and JSON, in which everything knows where it stands.

mod from_json;
mod from_toml;

use std::sync::Arc;

use super::name::tame;
use super::source::{Source, Span};

/// How deep lists and tables may be nested: the limit of the TOML parser, for JSON, too.
const DEPTH: usize = 80;

/// A value and where it stands.
#[derive(Debug)]
pub(super) struct Node {
    /// The value's text; for a TOML table with a header, the header.
    pub span: Span,
    pub kind: Kind,
}

/// What a value is.
#[derive(Debug)]
pub(super) enum Kind {
    Null,
    Bool(bool),
    Int(i128),
    Float(f64),
    Text(String),
    Date,
    List(Vec<Node>),
    Table(Vec<Entry>),
}

/// A key of a table and its value.
#[derive(Debug)]
pub(super) struct Entry {
    pub key: String,
    pub key_span: Span,
    pub value: Node,
}

/// A fault in the syntax: where, and what.
#[derive(Debug)]
pub(super) struct Fault {
    pub span: Span,
    pub message: String,
}

/// The two languages of fixtures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Toml,
    Json,
}

/// A file that has been parsed.
#[derive(Debug)]
pub(super) struct Document {
    pub source: Arc<Source>,
    pub format: Format,
    pub root: Node,
}

impl Node {
    /// What the value is, in the words of a message.
    pub fn describe(&self) -> &'static str {
        match self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "a bool",
            Kind::Int(_) => "an integer",
            Kind::Float(_) => "a float",
            Kind::Text(_) => "a string",
            Kind::Date => "a date or time",
            Kind::List(_) => "a list",
            Kind::Table(_) => "a table",
        }
    }
}

impl Document {
    /// Parses a text; if that fails, says all that is wrong with it.
    pub fn parse(source: Source, format: Format) -> Result<Self, (Source, Vec<Fault>)> {
        let parsed = match format {
            Format::Toml => from_toml::parse(&source.text),
            Format::Json => from_json::parse(&source.text),
        };
        match parsed {
            Ok(root) => Ok(Self { source: Arc::new(source), format, root }),
            Err(faults) => Err((source, faults)),
        }
    }

    /// The path of the innermost key that a piece of the text belongs to, as in `case[2].args`.
    /// `None` if that is the whole file.
    pub fn key_path(&self, span: Span) -> Option<String> {
        let mut search = Search { span, path: Vec::new(), best: None };
        search.visit(&self.root);
        search.best.map(|(_, path)| path)
    }
}

/// A step from a value to a part of it.
#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

/// A search for the key that a piece of the text belongs to.
struct Search<'a> {
    span: Span,
    path: Vec<Step<'a>>,
    /// The length of the smallest piece around it so far, and the path of its key.
    best: Option<(usize, String)>,
}

impl<'a> Search<'a> {
    fn visit(&mut self, node: &'a Node) {
        match &node.kind {
            Kind::Table(entries) => {
                for Entry { key, key_span, value } in entries {
                    self.step(Step::Key(key), &[*key_span, value.span], value);
                }
            }
            Kind::List(items) => {
                // Items stand in order; even the header of a TOML table comes before its entries.
                let after = items.partition_point(|item| item.span.start <= self.span.start);
                if let Some(index) = after.checked_sub(1) {
                    self.step(Step::Index(index), &[items[index].span], &items[index]);
                }
            }
            _ => {}
        }
    }

    fn step(&mut self, step: Step<'a>, spans: &[Span], node: &'a Node) {
        self.path.push(step);
        for span in spans.iter().filter(|span| span.contains(self.span)) {
            if self.best.as_ref().is_none_or(|(best, _)| span.len() <= *best) {
                self.best = Some((span.len(), written(&self.path)));
            }
        }
        self.visit(node);
        self.path.pop();
    }
}

/// A path as a message shows it.
fn written(path: &[Step<'_>]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Key(key) if text.is_empty() => text.push_str(&tame(key)),
            Step::Key(key) => text.extend([".", &tame(key)]),
            Step::Index(index) => text.push_str(&format!("[{index}]")),
        }
    }
    text
}
