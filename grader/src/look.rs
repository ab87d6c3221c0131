//! A look at the tokens of a learner's file before anything else reads it.
//!
//! It refuses what no exercise needs and what would reach beyond the exercise: unsafe code, foreign
//! functions, files and the environment at compile time, and code so deep that parsers overflow
//! their stack. This is a rule of the course that makes for good messages. It keeps nobody in: what
//! confines rustc and the workers does.

mod attribute;
mod depth;
mod fault;
mod plain;
mod stateless;
mod token;
mod word;

use std::path::PathBuf;

use crate::course::{Problem, Source};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use fault::Fault;
pub use token::{Kind, Token, tokens};

/// How many faults of a file are shown.
const SHOWN: usize = 10;

/// Why a file is refused, each fault as rustc would show it; `None` if it is not.
///
/// `path` is the file as a reader of the report knows it. `macros` says whether macros of the
/// learner's own may be in its reach.
#[must_use]
pub fn look(path: &str, text: &str, macros: bool) -> Option<Diagnostics> {
    let faults = faults(text, &tokens(text), macros);
    (!faults.is_empty()).then(|| diagnostics(path, text, faults))
}

/// Whether a text defines macros.
#[must_use]
pub fn defines_macros(text: &str) -> bool {
    // Nearly all files are done with here.
    text.contains("macro") && tokens(text).iter().any(word::is_definition)
}

/// Whether a text may implement traits: inherent methods (`impl Type`) are no reason to say so, and
/// `impl Trait` in a type is none either.
#[must_use]
pub fn implements_traits(text: &str) -> bool {
    // Nearly all files are done with here.
    text.contains("impl") && word::is_any_implementation(&tokens(text))
}

/// The text of a module of the crate's root as it must read one module further down, where it means the
/// same and every character has its place; `None` if it is more than plain code.
#[must_use]
#[cfg(feature = "class")]
pub fn nested(text: &str) -> Option<String> {
    let tokens = tokens(text);
    plain::is_plain(text, &tokens).then(|| {
        let mut nested = text.to_owned();
        for Token { span, .. } in tokens.iter().filter(|it| it.kind == Kind::Word("crate")) {
            // From a module of the root `super` is the root. Both words have five letters.
            nested.replace_range(span.start..span.end, "super");
        }
        nested
    })
}

/// Whether every bracket of a text is closed and all else are tokens of Rust, without which it does not
/// compile.
#[must_use]
#[cfg(feature = "class")]
pub fn is_whole(text: &str) -> bool {
    plain::is_whole(&tokens(text))
}

/// Whether code can remember nothing from one call to the next, and knows nothing but its arguments.
#[must_use]
pub fn is_stateless(text: &str) -> bool {
    stateless::is_stateless(text, &tokens(text))
}

/// Whether a text is no deeper than what `look` lets through.
#[must_use]
pub fn is_shallow(text: &str) -> bool {
    depth::fault(&tokens(text)).is_none()
}

fn faults(text: &str, tokens: &[Token<'_>], macros: bool) -> Vec<Fault> {
    let mut faults = word::faults(tokens, macros);
    faults.extend(attribute::faults(tokens));
    faults.extend(depth::fault(tokens));
    faults.extend(tokens.iter().filter_map(stray));
    faults.extend(token::strange_beginning(text).map(|span| Fault {
        span,
        message: "a file of the course begins with Rust code".into(),
        help: "remove this line",
    }));
    faults.sort_by_key(|fault| fault.span.start);
    // `#[no_mangle]` is both a word and an attribute.
    faults.dedup_by_key(|fault| fault.span.start);
    faults
}

fn stray(token: &Token<'_>) -> Option<Fault> {
    (token.kind == Kind::Stray).then(|| Fault {
        span: token.span,
        message: "Rust has no such character, or not in this place".into(),
        help: "type it anew: text from a web page or a word processor may hold look-alikes",
    })
}

fn diagnostics(path: &str, text: &str, faults: Vec<Fault>) -> Diagnostics {
    let source = Source::new(PathBuf::from(path), text.to_owned());
    let omitted = faults.len().saturating_sub(SHOWN);
    let shown: Vec<Diagnostic> =
        faults.into_iter().take(SHOWN).map(|fault| diagnostic(&source, fault)).collect();
    shown.iter().collect::<Diagnostics>().with_omitted(omitted)
}

fn diagnostic(source: &Source, fault: Fault) -> Diagnostic {
    let place = source.place(fault.span);
    let file = source.path.to_string_lossy();
    let start = Place::point(file, place.line, place.column);
    let length = place.excerpt.get(place.underline.clone()).map_or(0, |it| it.chars().count());
    let problem = Problem {
        path: source.path.clone(),
        place: Some(place),
        key: None,
        message: fault.message,
        help: Some(fault.help.into()),
    };
    Diagnostic {
        rendered: format!("{}\n\n", problem.render(true)),
        places: vec![Place { end_column: start.column + length, ..start }],
        notes: vec![fault.help.into()],
        ..Diagnostic::nowhere(&problem.message)
    }
}

#[cfg(test)]
mod tests;
