//! The text of a file and the places in it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::name::tame_but;

/// The longest line that is kept to be shown, in bytes. A data set on one line is longer.
const LONGEST_LINE: usize = 1 << 16;

/// A piece of a text, in bytes: from `start` up to, not including, `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    /// Whether `other` lies inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The length, in bytes.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }
}

/// A place in a file, with what a reader needs to see of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1 in characters.
    pub column: usize,
    /// The line, without characters that steer a terminal; empty if it is too long to be shown.
    pub excerpt: String,
    /// Which bytes of the excerpt are meant.
    pub underline: std::ops::Range<usize>,
}

/// A file and its text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Source {
    pub path: PathBuf,
    pub text: String,
    line_starts: Vec<usize>,
}

impl Source {
    /// The text of a file.
    pub fn new(path: PathBuf, text: String) -> Self {
        let after_newlines = text.match_indices('\n').map(|(newline, _)| newline + 1);
        let line_starts = std::iter::once(0).chain(after_newlines).collect();
        Self { path, text, line_starts }
    }

    /// The text of a piece.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// The line of an offset, counted from 1.
    pub fn line(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset)
    }

    /// Where a piece begins, and what stands there. A piece of several lines is cut at the end of
    /// the first: that is where the reader has to look.
    pub fn place(&self, span: Span) -> Place {
        let start = self.boundary(span.start);
        let line = self.line(start);
        let line_start = self.line_starts[line - 1];
        let rest = &self.text[start..];
        let line_end = start + rest.find('\n').unwrap_or(rest.len());
        let line_end = line_end - usize::from(self.text[start..line_end].ends_with('\r'));
        let column = self.text[line_start..start].chars().count() + 1;
        if line_end - line_start > LONGEST_LINE {
            return Place { line, column, excerpt: String::new(), underline: 0..0 };
        }
        let end = self.boundary(span.end).clamp(start, line_end);
        let mut excerpt = tame_line(&self.text[line_start..start]);
        let underline_start = excerpt.len();
        excerpt.push_str(&tame_line(&self.text[start..end]));
        let underline = underline_start..excerpt.len();
        excerpt.push_str(&tame_line(&self.text[end..line_end]));
        Place { line, column, excerpt, underline }
    }

    /// The last beginning of a character that is not after the offset.
    fn boundary(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }
}

/// Where something stands. The file's text is kept, so that the place is found when it is asked for.
#[derive(Clone, PartialEq, Eq)]
pub struct Origin {
    source: Arc<Source>,
    span: Span,
}

impl Origin {
    /// A piece of a file.
    pub(crate) fn new(source: &Arc<Source>, span: Span) -> Self {
        Self { source: Arc::clone(source), span }
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.source.path
    }

    /// Where in it.
    #[must_use]
    pub fn place(&self) -> Place {
        self.source.place(self.span)
    }
}

/// The beginning of an empty file.
impl Default for Origin {
    fn default() -> Self {
        let source = Source::new(PathBuf::new(), String::new());
        Self { source: Arc::new(source), span: Span { start: 0, end: 0 } }
    }
}

/// The file and the line, without the text.
impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.path().display(), self.source.line(self.span.start))
    }
}

/// A part of a line as it is shown. Tabs stay: how wide they are is for the renderer to say.
fn tame_line(text: &str) -> String {
    tame_but(text, '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source::new(PathBuf::from("softmax.toml"), text.to_owned())
    }

    #[test]
    fn columns_count_characters_and_lines_end_before_crlf() {
        let place = source("a = 1\r\né = 2\r\n").place(Span { start: 12, end: 99 });
        assert_eq!((place.line, place.column), (2, 5));
        assert_eq!((place.excerpt.as_str(), place.underline), ("é = 2", 5..6));
    }

    #[test]
    fn nothing_in_a_line_steers_a_terminal() {
        let place = source("\u{9b}a\t= \u{8c}\u{202e}2").place(Span { start: 6, end: 8 });
        assert_eq!(place.excerpt, "\u{fffd}a\t= \u{fffd}\u{fffd}2");
        assert_eq!(&place.excerpt[place.underline], "\u{fffd}");
    }

    #[test]
    fn of_long_lines_the_place_is_enough() {
        let place = source(&"é".repeat(LONGEST_LINE)).place(Span { start: 1000, end: 1002 });
        assert_eq!((place.line, place.column, place.excerpt.as_str()), (1, 501, ""));
    }

    #[test]
    fn a_place_past_the_end_is_the_end() {
        let place = source("a\n").place(Span { start: 7, end: 9 });
        assert_eq!((place.line, place.column, place.underline), (2, 1, 0..0));
    }
}
