//! Words that are not allowed, some anywhere and some in certain places.

use super::fault::Fault;
use super::token::{Kind, Token};

const UNSAFE: &str =
    "safe Rust is enough for every exercise: iterators, indexing, ndarray's methods";
const FILES: &str = "an exercise knows its arguments only: no files, no environment";
const LINKER: &str = "write a Rust function: the linker is the grader's business";
const NAMED: &str = "give it another name: your macros could call the macro of this name";
const EXTERN: &str = "call Rust functions only; `extern crate` may stay";
const PROGRAM: &str = "remove it: it changes the program around the exercise";
const CONSTANTS: &str = "compute it in a function: rustc bounds the time for constants";
const EXPORT: &str = "write `pub(crate) use NAME;` below a macro to use it in another file";
const MODULE: &str = "files beside the exercises are there already, as `crate::NAME`";

/// Words that are allowed nowhere, whatever they name.
const NOWHERE: [(&str, &str); 17] = [
    ("unsafe", UNSAFE),
    ("no_mangle", LINKER),
    ("export_name", LINKER),
    ("link_section", LINKER),
    ("link_name", LINKER),
    ("link_ordinal", LINKER),
    ("global_asm", LINKER),
    ("naked_asm", LINKER),
    ("include_str", FILES),
    ("include_bytes", FILES),
    ("option_env", FILES),
    ("debugger_visualizer", FILES),
    ("global_allocator", PROGRAM),
    ("alloc_error_handler", PROGRAM),
    ("panic_handler", PROGRAM),
    ("long_running_const_eval", CONSTANTS),
    // A macro in another file is then in reach only of files that name that file.
    ("macro_export", EXPORT),
];

/// Macros with names that other things may have.
const MACROS: [(&str, &str); 3] = [("env", FILES), ("include", FILES), ("asm", LINKER)];

/// Brackets, and what holds inside.
#[derive(Debug, Clone, Copy, Default)]
struct Level {
    /// Whether this is part of a `use`, which may give a macro another name.
    import: bool,
    /// Whether this is handed to a macro or part of one.
    in_macro: bool,
}

/// The words that are not allowed.
///
/// A macro of the learner's own can put words together that stand apart, as in
/// `call!(include "file")`. With `macros`, some may therefore not be handed to macros at all. The
/// macros of the standard library and ndarray's do no such thing.
pub fn faults(tokens: &[Token<'_>], macros: bool) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut outer: Vec<Level> = Vec::new();
    let mut level = Level::default();
    for (index, token) in tokens.iter().enumerate() {
        let (before, after) = (&tokens[..index], &tokens[index + 1..]);
        match token.kind {
            Kind::Open(_) => {
                outer.push(level);
                level.in_macro |= macros && opens_macro(before);
            }
            Kind::Close(_) => level = outer.pop().unwrap_or_default(),
            Kind::Sign(';') => level.import = false,
            Kind::Word(word) => {
                // `use<'a>` in a type imports nothing.
                level.import |= word == "use" && !begins(after, &[Kind::Sign('<')]);
                let help = forbidden(word, level, before, after);
                faults.extend(help.map(|help| Fault::word(token, word, help)));
            }
            Kind::Sign(_) | Kind::Other | Kind::Stray => {}
        }
    }
    faults
}

/// Why a word is not allowed at its place.
fn forbidden(
    word: &str,
    level: Level,
    before: &[Token<'_>],
    after: &[Token<'_>],
) -> Option<&'static str> {
    let help = |list: &[(&str, &'static str)]| {
        list.iter().find(|(name, _)| *name == word).map(|(_, help)| *help)
    };
    if let Some(help) = help(&NOWHERE) {
        return Some(help);
    }
    match word {
        "extern" => (!begins(after, &[Kind::Word("crate")])).then_some(EXTERN),
        // What a file pulls in itself would see this file's macros.
        "mod" => {
            let inline = matches!(after, [name, open, ..]
                if matches!(name.kind, Kind::Word(_)) && open.kind == Kind::Open('{'));
            (level.in_macro || !inline).then_some(MODULE)
        }
        _ => {
            let called = begins(after, &[Kind::Sign('!')])
                && !begins(after, &[Kind::Sign('!'), Kind::Sign('=')]);
            let in_path = ends(before, &[Kind::Sign(':'), Kind::Sign(':')]);
            match help(&MACROS)? {
                help if called || in_path || level.import => Some(help),
                _ => level.in_macro.then_some(NAMED),
            }
        }
    }
}

/// Whether these tokens, which stand before brackets, make them a macro's.
fn opens_macro(before: &[Token<'_>]) -> bool {
    match before {
        [.., name, bang] if bang.kind == Kind::Sign('!') => matches!(name.kind, Kind::Word(_)),
        [.., rules, bang, name] => {
            is_definition(rules)
                && bang.kind == Kind::Sign('!')
                && matches!(name.kind, Kind::Word(_))
        }
        _ => false,
    }
}

/// Whether a token is the word that begins the definition of a macro. `macro` alone is not yet
/// Rust, but rustc goes on after saying so.
pub fn is_definition(token: &Token<'_>) -> bool {
    matches!(token.kind, Kind::Word("macro_rules" | "macro"))
}

/// Whether some trait is implemented: an item begins with `impl` and has a `for` before its block.
/// What a macro puts together counts as one.
pub fn is_any_implementation(tokens: &[Token<'_>]) -> bool {
    (0..tokens.len()).any(|index| {
        let begins_item = index.checked_sub(1).is_none_or(|before| {
            matches!(
                tokens[before].kind,
                Kind::Close('}' | ']') | Kind::Open('{') | Kind::Sign(';')
            )
        });
        let head = || tokens[index + 1..].iter().map(|token| token.kind);
        tokens[index].kind == Kind::Word("impl")
            && begins_item
            && head()
                .take_while(|kind| *kind != Kind::Open('{'))
                .any(|kind| kind == Kind::Word("for"))
            || tokens[index].kind == Kind::Word("macro_rules")
    })
}

fn begins(tokens: &[Token<'_>], kinds: &[Kind<'_>]) -> bool {
    tokens.len() >= kinds.len() && tokens.iter().zip(kinds).all(|(token, kind)| token.kind == *kind)
}

fn ends(tokens: &[Token<'_>], kinds: &[Kind<'_>]) -> bool {
    let start = tokens.len().saturating_sub(kinds.len());
    begins(&tokens[start..], kinds)
}
