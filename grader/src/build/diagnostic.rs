//! What rustc says, and where it points.

use serde::Deserialize;

use crate::paths;

/// The most that one exercise's diagnostics may take, in bytes.
const MAX_TEXT: usize = 32 * 1024;

/// An error of rustc's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The text as rustc shows it, with its colours.
    pub rendered: String,
    /// The same without quoted sources: what rustc and the linker say themselves.
    pub words: String,
    /// Where it points, the most important place first.
    pub places: Vec<Place>,
    /// Other places that it names, such as where what it points at was used.
    pub related: Vec<Place>,
}

/// A line of a source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file as rustc was given it.
    pub file: String,
    /// The line, counted from one.
    pub line: usize,
}

#[derive(Deserialize)]
struct Message {
    level: String,
    message: String,
    rendered: Option<String>,
    #[serde(default)]
    spans: Vec<Span>,
    #[serde(default)]
    children: Vec<Note>,
}

/// What a message adds to itself.
#[derive(Deserialize)]
struct Note {
    message: String,
    #[serde(default)]
    spans: Vec<Span>,
}

#[derive(Deserialize)]
struct Span {
    file_name: String,
    line_start: usize,
    is_primary: bool,
    expansion: Option<Box<Expansion>>,
}

#[derive(Deserialize)]
struct Expansion {
    span: Span,
}

impl Span {
    /// The place itself, then the places of the macro calls that led to it.
    fn places(self) -> Vec<Place> {
        let mut places = Vec::new();
        let mut next = Some(self);
        while let Some(span) = next {
            places.push(Place { file: span.file_name, line: span.line_start });
            next = span.expansion.map(|expansion| expansion.span);
        }
        places
    }
}

/// Reads the errors from rustc's `--error-format=json`; lines that are no message are passed over.
#[must_use]
pub fn parse(stderr: &[u8]) -> Vec<Diagnostic> {
    stderr
        .split(|byte| *byte == b'\n')
        .filter_map(|line| serde_json::from_slice::<Message>(line).ok())
        .filter(|message| message.level.starts_with("error"))
        .map(Diagnostic::from)
        .collect()
}

impl From<Message> for Diagnostic {
    fn from(message: Message) -> Self {
        let notes = message.children.iter().map(|note| note.message.as_str());
        let words: Vec<&str> = [message.message.as_str()].into_iter().chain(notes).collect();
        let words = words.join("\n");
        let (primary, secondary): (Vec<Span>, Vec<Span>) =
            message.spans.into_iter().partition(|span| span.is_primary);
        let notes = message.children.into_iter().flat_map(|note| note.spans);
        Self {
            rendered: paths::shorten(&message.rendered.unwrap_or_default()),
            words,
            places: primary.into_iter().flat_map(Span::places).collect(),
            related: secondary.into_iter().chain(notes).flat_map(Span::places).collect(),
        }
    }
}

impl Diagnostic {
    /// An error that points nowhere.
    #[must_use]
    pub fn nowhere(text: &str) -> Self {
        Self {
            rendered: format!("error: {text}\n"),
            words: text.to_owned(),
            places: Vec::new(),
            related: Vec::new(),
        }
    }

    /// Whether it points nowhere and has these words: those of rustc or the linker, since nothing
    /// of the learner's is quoted.
    #[must_use]
    pub fn says(&self, words: &str) -> bool {
        self.places.is_empty() && self.related.is_empty() && self.words.contains(words)
    }
}

/// The diagnostics as one text, cut where it gets too long.
#[must_use]
pub fn join<'a>(diagnostics: impl IntoIterator<Item = &'a Diagnostic>) -> String {
    let mut text = String::new();
    let mut left = 0;
    for diagnostic in diagnostics {
        if text.len() + diagnostic.rendered.len() > MAX_TEXT {
            left += 1;
        } else {
            text.push_str(&diagnostic.rendered);
        }
    }
    if left > 0 {
        let errors = if left == 1 { "error" } else { "errors" };
        text.push_str(&format!("({left} more {errors} not shown)\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_inside_a_macro_is_blamed_on_the_call() {
        let message = r#"{"level":"error","message":"no","rendered":"error: no","spans":[
            {"file_name":"std/macros.rs","line_start":9,"is_primary":true,"expansion":
                {"span":{"file_name":"dot.rs","line_start":3,"is_primary":false,"expansion":null}}},
            {"file_name":"outer.rs","line_start":1,"is_primary":false,"expansion":null}],
            "children":[{"message":"because","spans":[
            {"file_name":"l1_loss.rs","line_start":7,"is_primary":true,"expansion":null}]}]}"#
            .replace('\n', " ");
        let stderr = format!("not json\n{message}\n{{\"level\":\"warning\",\"spans\":[]}}\n");
        let place = |file: &str, line| Place { file: file.into(), line };
        assert_eq!(
            parse(stderr.as_bytes()),
            [Diagnostic {
                rendered: "error: no".into(),
                words: "no\nbecause".into(),
                places: vec![place("std/macros.rs", 9), place("dot.rs", 3)],
                related: vec![place("outer.rs", 1), place("l1_loss.rs", 7)],
            }]
        );
    }

    #[test]
    fn only_what_points_nowhere_says_something() {
        let error = Diagnostic::nowhere("linking failed: signal: 9 (SIGKILL)");
        assert!(error.says("(SIGKILL)") && !error.says("No space left"));
        let place = Place { file: "dot.rs".into(), line: 1 };
        assert!(!Diagnostic { related: vec![place], ..error }.says("(SIGKILL)"));
    }

    #[test]
    fn the_text_is_bounded() {
        let error = |n: usize| Diagnostic { rendered: "x".repeat(n), ..Diagnostic::nowhere("") };
        let text = join(&[error(10), error(MAX_TEXT), error(MAX_TEXT)]);
        assert_eq!(text, "xxxxxxxxxx(2 more errors not shown)\n");
    }
}
