//! A place in a text that is being read.

use super::PrintedError;

/// How much of a stray text is quoted, in characters.
const QUOTED: usize = 20;

/// A text and how far it has been read.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Passes over white space; returns the offset of what comes then.
    pub fn space(&mut self) -> usize {
        self.at = self.text.len() - self.rest().trim_start().len();
        self.at
    }

    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Passes over `wanted` if it is what comes next.
    pub fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    /// Passes over space and `wanted`, which must come next.
    pub fn expect(&mut self, wanted: char) -> Result<(), PrintedError> {
        self.space();
        if self.eat(wanted) {
            return Ok(());
        }
        Err(self.unexpected(&format!("`{wanted}`")))
    }

    /// Passes over everything up to white space or a sign of punctuation.
    pub fn word(&mut self) -> &'a str {
        let rest = self.rest();
        let ends = |c: char| c.is_whitespace() || "[](),=".contains(c);
        let word = &rest[..rest.find(ends).unwrap_or(rest.len())];
        self.at += word.len();
        word
    }

    /// Passes over a name and the bracket of its call, as in `array(`; returns the name.
    pub fn call(&mut self) -> Option<&'a str> {
        let mut ahead = *self;
        let name = ahead.word();
        if name.is_empty() || !ahead.eat('(') {
            return None;
        }
        *self = ahead;
        Some(name)
    }

    /// The error that something else than `wanted` comes next.
    pub fn unexpected(&self, wanted: &str) -> PrintedError {
        let found = match self.peek() {
            None => "the end of the text".into(),
            Some(_) => quoted(self.rest().lines().next().unwrap_or_default()),
        };
        PrintedError::new(self.at, format!("expected {wanted}, found {found}"))
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }
}

/// A piece of the text in quotes, cut where it is long.
pub(super) fn quoted(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}
