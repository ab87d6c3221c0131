//! The tokens of a file, as rustc's own lexer tells them apart.

use ra_ap_rustc_lexer::{FrontmatterAllowed, TokenKind, is_whitespace, tokenize};

use crate::course::Span;

/// A token. Whitespace and comments are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// What it is.
    pub kind: Kind<'a>,
    /// Where it stands.
    pub span: Span,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind<'a> {
    /// A keyword or an identifier, `r#` left out: a raw name means the same macro or attribute.
    Word(&'a str),
    /// `(`, `[` or `{`.
    Open(char),
    /// `)`, `]` or `}`.
    Close(char),
    /// One character of an operator.
    Sign(char),
    /// A literal or a lifetime.
    Other,
    /// What no Rust program may hold.
    ///
    /// rustc says so and goes on, taking a letter for the one that it resembles, so that an
    /// `include！` in full-width letters still reads a file.
    Stray,
}

/// The tokens of a text, in order.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut tokens = Vec::new();
    // Whether the first lines are a script's is not asked: `strange_beginning` refuses those.
    for token in tokenize(&text[start..], FrontmatterAllowed::No) {
        let span = Span { start, end: start + token.len as usize };
        start = span.end;
        if let Some(kind) = kind(token.kind, &text[span.start..span.end]) {
            tokens.push(Token { kind, span });
        }
    }
    tokens
}

fn kind(kind: TokenKind, text: &str) -> Option<Kind<'_>> {
    let first = text.chars().next()?;
    Some(match kind {
        TokenKind::Whitespace
        | TokenKind::LineComment { .. }
        | TokenKind::BlockComment { .. }
        | TokenKind::Eof => return None,
        // rustc normalises names. The Kelvin sign is the one character that becomes a letter of
        // ASCII: a name that has it may be any with a `K`.
        _ if text.contains('\u{212a}') && !matches!(kind, TokenKind::Literal { .. }) => Kind::Stray,
        TokenKind::Ident | TokenKind::InvalidIdent | TokenKind::UnknownPrefix => Kind::Word(text),
        TokenKind::RawIdent | TokenKind::ForcedKeywordIdent => Kind::Word(&text[2..]),
        TokenKind::Literal { .. }
        | TokenKind::Lifetime { .. }
        | TokenKind::RawLifetime
        | TokenKind::UnknownPrefixLifetime => Kind::Other,
        TokenKind::Frontmatter { .. } | TokenKind::GuardedStrPrefix | TokenKind::Unknown => {
            Kind::Stray
        }
        TokenKind::OpenParen | TokenKind::OpenBracket | TokenKind::OpenBrace => Kind::Open(first),
        TokenKind::CloseParen | TokenKind::CloseBracket | TokenKind::CloseBrace => {
            Kind::Close(first)
        }
        _ => Kind::Sign(first),
    })
}

/// The end of a script's first line (`#!/bin/sh`) or of the fence above a manifest (`---`), at
/// which a text begins: rustc passes over what this lexer would read as code.
pub fn strange_beginning(text: &str) -> Option<Span> {
    let code = text.trim_start_matches('\u{feff}');
    let start = text.len() - code.len();
    let shebang = code
        .strip_prefix("#!")
        .is_some_and(|rest| !rest.trim_start_matches([' ', '\t']).starts_with('['));
    let fence = code.trim_start_matches(is_whitespace);
    let (start, line) = match () {
        () if shebang => (start, code),
        () if fence.starts_with("---") => (text.len() - fence.len(), fence),
        () => return None,
    };
    Some(Span { start, end: start + line.lines().next().map_or(0, str::len) })
}
