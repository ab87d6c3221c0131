//! The tokens of a submission, without what can be changed at will.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::names;
use crate::look::{Kind, Token, tokens};
use crate::syntax;

/// What a submission holds.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// Its files.
    pub(super) files: Vec<Tokens>,
}

/// The tokens of a file.
#[derive(Debug, Clone)]
pub(super) struct Tokens {
    /// The file's name, with `.rs`.
    pub name: String,
    /// The tokens: what each is, and its line.
    pub tokens: Vec<(u32, u32)>,
}

impl Source {
    /// Adds a file.
    ///
    /// # Errors
    ///
    /// If it has no syntax tree.
    pub fn add(&mut self, name: &str, text: &str) -> Result<(), &'static str> {
        let given =
            syntax::read(text, names::given).ok_or("it is not Rust, or nested too deeply")?;
        self.files.push(Tokens { name: format!("{name}.rs"), tokens: read(text, &given) });
        Ok(())
    }
}

/// The tokens of a text with the lines on which they are; comments and attributes are none.
fn read(text: &str, given: &HashSet<String>) -> Vec<(u32, u32)> {
    let all = tokens(text);
    let mut read = Vec::with_capacity(all.len());
    let (mut at, mut line, mut place) = (0, 1, 0);
    while let Some(token) = all.get(at) {
        let end = attribute(&all[at..]);
        if end > 0 {
            at += end;
            continue;
        }
        line += text[place..token.span.start].bytes().filter(|byte| *byte == b'\n').count() as u32;
        place = token.span.start;
        let is_method = matches!(at.checked_sub(1).map(|it| all[it].kind), Some(Kind::Sign('.')))
            && matches!(all.get(at + 1).map(|it| it.kind), Some(Kind::Open('(')));
        read.push((symbol(token, text, given, is_method), line));
        at += 1;
    }
    read
}

/// How many tokens the attribute has that the tokens begin with.
fn attribute(tokens: &[Token<'_>]) -> usize {
    let kind = |at: usize| tokens.get(at).map(|token| token.kind);
    let open = match (kind(0), kind(1), kind(2)) {
        (Some(Kind::Sign('#')), Some(Kind::Open('[')), _) => 1,
        (Some(Kind::Sign('#')), Some(Kind::Sign('!')), Some(Kind::Open('['))) => 2,
        _ => return 0,
    };
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.kind {
            Kind::Open(_) => depth += 1,
            Kind::Close(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

/// What a token is, as a number: the same for all names that were given, and for all literals of a
/// kind.
fn symbol(token: &Token<'_>, text: &str, given: &HashSet<String>, is_method: bool) -> u32 {
    let mut hasher = DefaultHasher::new();
    match token.kind {
        // A method is called by the name that its type gives it.
        Kind::Word(word) if !is_method && given.contains(word) => "given".hash(&mut hasher),
        Kind::Word(word) => ("word", word).hash(&mut hasher),
        Kind::Open(c) | Kind::Close(c) | Kind::Sign(c) => c.hash(&mut hasher),
        Kind::Other => {
            let first = text[token.span.start..].chars().next();
            let kind = match first {
                Some('0'..='9') => "number",
                Some('\'') => "character or lifetime",
                _ => "text",
            };
            kind.hash(&mut hasher);
        }
        Kind::Stray => "stray".hash(&mut hasher),
    }
    // Half of the hash is enough: runs of tokens are hashed again.
    hasher.finish() as u32
}
