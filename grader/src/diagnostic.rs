//! What is wrong with a learner's code before it runs, in rustc's form, and where.

use std::fmt;

use serde::Deserialize;

use crate::paths;

/// The most that one exercise's diagnostics may take, in bytes.
const MAX_TEXT: usize = 32 * 1024;

/// An error of rustc's, or one that is shown as rustc's are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The text as rustc shows it, with its colours.
    pub rendered: String,
    /// What is wrong, without where and why.
    pub message: String,
    /// What rustc says at the place it points at, if anything.
    pub label: Option<String>,
    /// rustc's code for it, as in `E0308`, if it has one.
    pub code: Option<String>,
    /// What rustc says beside the message.
    pub notes: Vec<String>,
    /// Where it points, the most important place first.
    pub places: Vec<Place>,
    /// Other places that it names, such as where what it points at was used.
    pub related: Vec<Place>,
}

/// A piece of a source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file, as a reader of the report knows it.
    pub file: String,
    /// Its first line, counted from 1.
    pub line: usize,
    /// Its first column, counted from 1 in characters.
    pub column: usize,
    /// Its last line.
    pub end_line: usize,
    /// The column behind its last character.
    pub end_column: usize,
}

impl Place {
    /// The place of something that begins here and is on one line.
    #[must_use]
    pub fn point(file: impl Into<String>, line: usize, column: usize) -> Self {
        Self { file: file.into(), line, column, end_line: line, end_column: column }
    }
}

#[derive(Deserialize)]
struct Message {
    level: String,
    message: String,
    code: Option<Code>,
    rendered: Option<String>,
    #[serde(default)]
    spans: Vec<Span>,
    #[serde(default)]
    children: Vec<Note>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
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
    line_end: usize,
    column_start: usize,
    column_end: usize,
    is_primary: bool,
    #[serde(default)]
    label: Option<String>,
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
            places.push(Place {
                file: span.file_name,
                line: span.line_start,
                column: span.column_start,
                end_line: span.line_end,
                end_column: span.column_end,
            });
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
        let (notes, theirs): (Vec<String>, Vec<Vec<Span>>) =
            message.children.into_iter().map(|note| (note.message, note.spans)).unzip();
        let (primary, secondary): (Vec<Span>, Vec<Span>) =
            message.spans.into_iter().partition(|span| span.is_primary);
        let theirs = theirs.into_iter().flatten();
        let label = primary.iter().find_map(|span| span.label.as_deref());
        Self {
            rendered: paths::shorten(&message.rendered.unwrap_or_default()),
            message: paths::shorten(&message.message),
            label: label.map(paths::shorten),
            code: message.code.map(|code| code.code),
            notes,
            places: primary.into_iter().flat_map(Span::places).collect(),
            related: secondary.into_iter().chain(theirs).flat_map(Span::places).collect(),
        }
    }
}

impl Diagnostic {
    /// An error that points nowhere.
    #[must_use]
    pub fn nowhere(text: &str) -> Self {
        Self {
            rendered: format!("error: {text}\n"),
            message: text.to_owned(),
            label: None,
            code: None,
            notes: Vec::new(),
            places: Vec::new(),
            related: Vec::new(),
        }
    }

    /// Whether it points nowhere and has these words: those of rustc or the linker, since nothing
    /// of the learner's is quoted.
    #[must_use]
    pub fn says(&self, words: &str) -> bool {
        self.places.is_empty() && self.related.is_empty() && self.words().contains(words)
    }

    /// What it says, without the source that it quotes.
    #[must_use]
    pub fn explanation(&self) -> String {
        let label = self.label.iter();
        let lines: Vec<&str> = [&self.message]
            .into_iter()
            .chain(label)
            .chain(&self.notes)
            .map(String::as_str)
            .collect();
        lines.join("\n")
    }

    /// The message and the notes, in which nothing of the learner's is quoted.
    #[must_use]
    pub fn words(&self) -> String {
        let words: Vec<&str> =
            [&self.message].into_iter().chain(&self.notes).map(String::as_str).collect();
        words.join("\n")
    }
}

/// What is wrong with a file or a function, of a bounded length.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    errors: Vec<Diagnostic>,
    remarks: Vec<String>,
}

impl Diagnostics {
    /// A single error that points nowhere.
    #[must_use]
    pub fn nowhere(text: &str) -> Self {
        Self { errors: vec![Diagnostic::nowhere(text)], remarks: Vec::new() }
    }

    /// With a remark at the end.
    #[must_use]
    pub fn with_remark(mut self, text: &str) -> Self {
        self.remarks.push(text.to_owned());
        self
    }

    /// With a remark on how many more there are, if there are any.
    #[must_use]
    pub fn with_omitted(self, count: usize) -> Self {
        match count {
            0 => self,
            1 => self.with_remark("1 more error not shown"),
            _ => self.with_remark(&format!("{count} more errors not shown")),
        }
    }

    /// With others behind them.
    #[must_use]
    pub fn with(mut self, others: Self) -> Self {
        self.errors.extend(others.errors);
        self.remarks.extend(others.remarks);
        self
    }

    /// The errors, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.errors.iter()
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }
}

/// Takes the first, as many as the text may be long, and says how many more there are.
impl<'a> FromIterator<&'a Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = &'a Diagnostic>>(all: I) -> Self {
        let (mut errors, mut length, mut left) = (Vec::new(), 0, 0);
        for diagnostic in all {
            if length + diagnostic.rendered.len() > MAX_TEXT {
                left += 1;
            } else {
                length += diagnostic.rendered.len();
                errors.push(diagnostic.clone());
            }
        }
        Self { errors, remarks: Vec::new() }.with_omitted(left)
    }
}

/// The text as rustc shows it, with its colours.
impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.errors.iter().try_for_each(|error| f.write_str(&error.rendered))?;
        self.remarks.iter().try_for_each(|remark| writeln!(f, "({remark})"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_inside_a_macro_is_blamed_on_the_call() {
        let message = r#"{"level":"error","message":"no","code":{"code":"E0308"},"rendered":"error: no","spans":[
            {"file_name":"std/macros.rs","line_start":9,"line_end":9,"column_start":1,"column_end":2,"is_primary":true,"label":"here","expansion":
                {"span":{"file_name":"dot.rs","line_start":3,"line_end":4,"column_start":5,"column_end":6,"is_primary":false,"expansion":null}}},
            {"file_name":"outer.rs","line_start":1,"line_end":1,"column_start":1,"column_end":1,"is_primary":false,"expansion":null}],
            "children":[{"message":"because","spans":[
            {"file_name":"l1_loss.rs","line_start":7,"line_end":7,"column_start":2,"column_end":2,"is_primary":true,"expansion":null}]}]}"#
            .replace('\n', " ");
        let stderr = format!("not json\n{message}\n{{\"level\":\"warning\",\"spans\":[]}}\n");
        let place = |file: &str, line, column, end_line, end_column| Place {
            file: file.into(),
            line,
            column,
            end_line,
            end_column,
        };
        assert_eq!(
            parse(stderr.as_bytes()),
            [Diagnostic {
                rendered: "error: no".into(),
                message: "no".into(),
                label: Some("here".into()),
                code: Some("E0308".into()),
                notes: vec!["because".into()],
                places: vec![place("std/macros.rs", 9, 1, 9, 2), place("dot.rs", 3, 5, 4, 6)],
                related: vec![Place::point("outer.rs", 1, 1), Place::point("l1_loss.rs", 7, 2)],
            }]
        );
    }

    #[test]
    fn only_what_points_nowhere_says_something() {
        let error = Diagnostic::nowhere("linking failed: signal: 9 (SIGKILL)");
        assert!(error.says("(SIGKILL)") && !error.says("No space left"));
        let place = Place::point("dot.rs", 1, 1);
        assert!(!Diagnostic { related: vec![place], ..error }.says("(SIGKILL)"));
    }

    #[test]
    fn the_text_is_bounded() {
        let error = |n: usize| Diagnostic { rendered: "x".repeat(n), ..Diagnostic::nowhere("") };
        let errors = [error(10), error(MAX_TEXT), error(MAX_TEXT)];
        let text = errors.iter().collect::<Diagnostics>().to_string();
        assert_eq!(text, "xxxxxxxxxx(2 more errors not shown)\n");
    }
}
