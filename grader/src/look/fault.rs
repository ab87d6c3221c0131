//! What a file is refused for.

use super::token::Token;
use crate::course::Span;

/// One thing for which a file is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where it stands.
    pub span: Span,
    /// What is wrong: half a sentence, without a full stop.
    pub message: String,
    /// Why, or what to do instead.
    pub help: &'static str,
}

impl Fault {
    /// A word that is not allowed, at least not here.
    pub fn word(token: &Token<'_>, word: &str, help: &'static str) -> Self {
        Self { span: token.span, message: format!("`{word}` is not allowed in this course"), help }
    }
}
