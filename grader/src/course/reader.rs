//! Reads the parts of one document and notes what is wrong with them.

use std::ops::RangeInclusive;

use super::fields::Fields;
use super::files::{Files, Folder};
use super::name::shown;
use super::node::{Document, Format, Kind, Node};
use super::problem::{Problem, Problems};
use super::source::{Origin, Span};

/// A document that is being read. What it finds wrong it notes, and goes on: a part that is
/// `None` has been complained about.
pub(super) struct Reader<'a> {
    pub document: &'a Document,
    pub folder: &'a Folder,
    pub files: &'a mut Files,
    pub problems: &'a mut Problems,
    /// Whether a case may lack what judges it.
    pub unfinished: bool,
}

impl<'a> Reader<'a> {
    /// Notes a problem at a place.
    pub fn report(&mut self, span: Span, message: impl Into<String>) {
        self.note(span, message.into(), None);
    }

    /// Notes a problem at a place and what might mend it.
    pub fn report_with_help(
        &mut self,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.note(span, message.into(), Some(help.into()));
    }

    fn note(&mut self, span: Span, message: String, help: Option<String>) {
        let document = self.document;
        // The root of a TOML file has no text of its own: it is the file as a whole.
        let somewhere = span.end > 0;
        self.problems.push(|| Problem {
            path: document.source.path.clone(),
            place: somewhere.then(|| document.source.place(span)),
            key: somewhere.then(|| document.key_path(span)).flatten(),
            message,
            help,
        });
    }

    /// Where a piece of the document stands, for whoever finds fault with it later.
    pub fn origin(&self, span: Span) -> Origin {
        Origin::new(&self.document.source, span)
    }

    /// The text of a node, as it was written.
    pub fn written(&self, node: &Node) -> &'a str {
        self.document.source.slice(node.span)
    }

    /// Notes that a node is of the wrong kind.
    pub fn wrong_kind(&mut self, node: &Node, expected: &str) {
        self.report(node.span, format!("expected {expected}, found {}", node.describe()));
    }

    /// A table.
    pub fn table(&mut self, node: &'a Node) -> Option<Fields<'a>> {
        let Kind::Table(entries) = &node.kind else {
            self.wrong_kind(node, "a table");
            return None;
        };
        Some(Fields::new(entries, node.span))
    }

    /// A list.
    pub fn list(&mut self, node: &'a Node) -> Option<&'a [Node]> {
        let Kind::List(items) = &node.kind else {
            self.wrong_kind(node, "a list");
            return None;
        };
        Some(items)
    }

    /// A string.
    pub fn text(&mut self, node: &'a Node) -> Option<&'a str> {
        let Kind::Text(text) = &node.kind else {
            self.wrong_kind(node, "a string");
            return None;
        };
        Some(text)
    }

    /// A string of one line that is not blank.
    pub fn line(&mut self, node: &'a Node) -> Option<String> {
        let text = self.text(node)?;
        if text.trim().is_empty() {
            self.report(node.span, "this string is empty");
            None
        } else if text.contains(char::is_control) {
            self.report(node.span, "this string has a line break or another control character");
            None
        } else {
            Some(text.to_owned())
        }
    }

    /// A list of strings.
    pub fn texts(&mut self, node: &'a Node) -> Vec<String> {
        let items = self.list(node).unwrap_or_default();
        items.iter().filter_map(|item| self.text(item).map(str::to_owned)).collect()
    }

    /// A bool.
    pub fn boolean(&mut self, node: &Node) -> Option<bool> {
        let Kind::Bool(value) = node.kind else {
            self.wrong_kind(node, "a bool");
            return None;
        };
        Some(value)
    }

    /// An integer within bounds.
    pub fn integer<T: TryFrom<i128>>(
        &mut self,
        node: &Node,
        bounds: RangeInclusive<i128>,
    ) -> Option<T> {
        let Kind::Int(value) = node.kind else {
            self.wrong_kind(node, "an integer");
            return None;
        };
        if !bounds.contains(&value) {
            let (least, most) = bounds.into_inner();
            self.report(node.span, format!("expected an integer from {least} to {most}"));
            return None;
        }
        T::try_from(value).ok()
    }

    /// A number as a float. JSON writes the three that it has no numbers for as strings.
    pub fn float(&self, node: &Node) -> Option<f64> {
        match &node.kind {
            // Literals beyond 2^53 lose their last digits, as they do in Rust and Python.
            Kind::Int(value) => Some(*value as f64),
            Kind::Float(value) => Some(*value),
            Kind::Text(text) if self.document.format == Format::Json => match text.as_str() {
                "nan" => Some(f64::NAN),
                "inf" => Some(f64::INFINITY),
                "-inf" => Some(f64::NEG_INFINITY),
                _ => None,
            },
            _ => None,
        }
    }

    /// One of a few words.
    pub fn word<T: Copy>(&mut self, node: &'a Node, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(node)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| *meaning);
        if found.is_none() {
            let words: Vec<_> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
            let message = format!("expected {}, found {}", words.join(" or "), shown(text));
            self.report(node.span, message);
        }
        found
    }
}
