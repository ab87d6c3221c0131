//! Names: which are allowed, which one was meant, and how they are shown.

use thiserror::Error;

/// The longest name of an exercise or a function, in characters.
const LONGEST: usize = 100;

/// How much of a text from a file a message shows, in characters.
const SHOWN: usize = 60;

/// Words that cannot name an item in any edition of Rust.
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// What a module of a submission would shadow, and the manifest's own name.
const RESERVED: &[&str] = &[
    "alloc",
    "build",
    "core",
    "course",
    "grader",
    "harness",
    "lib",
    "main",
    "ndarray",
    "proc_macro",
    "std",
    "test",
];

/// The beginning of the names under which references are linked.
const LENT: &str = "lent_";

/// What stands for a device on Windows, whatever its case and extension, and can be no file; so
/// do `com` and `lpt` with a digit.
const DEVICES: &[&str] = &["aux", "con", "nul", "prn"];

/// Nothing of the course has this name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("no {what} is called {}{}", shown(name), meant(nearest.as_deref()))]
pub struct Unknown {
    /// What was asked for: an exercise or a section.
    pub what: &'static str,
    /// The name that was asked for.
    pub name: String,
    /// The name that may have been meant.
    pub nearest: Option<String>,
}

impl Unknown {
    /// The error for a name that is not among the exercises.
    pub(super) fn exercise<'a>(name: &str, exercises: impl Iterator<Item = &'a str>) -> Self {
        Self::new("exercise", name, exercises)
    }

    /// The error for a title that no section has.
    pub(super) fn section<'a>(title: &str, titles: impl Iterator<Item = &'a str>) -> Self {
        Self::new("section", title, titles)
    }

    fn new<'a>(what: &'static str, name: &str, names: impl Iterator<Item = &'a str>) -> Self {
        Self { what, name: name.to_owned(), nearest: nearest(name, names).map(str::to_owned) }
    }
}

fn meant(nearest: Option<&str>) -> String {
    nearest.map(|name| format!("; did you mean {}?", shown(name))).unwrap_or_default()
}

/// Why a text cannot name a function, if it cannot.
pub(super) fn function_fault(name: &str) -> Option<&'static str> {
    let mut chars = name.chars();
    let first = chars.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_');
    if !first || name == "_" || !chars.all(|c| c.is_ascii_alphanumeric() || c == '_') {
        Some("is no plain Rust name: letters, digits and `_`, not beginning with a digit")
    } else if name.len() > LONGEST {
        Some("is longer than 100 characters")
    } else if KEYWORDS.contains(&name) {
        Some("is a keyword of Rust")
    } else {
        None
    }
}

/// Why a text cannot name an exercise or a helper module, if it cannot.
pub fn module_fault(name: &str) -> Option<&'static str> {
    if let Some(fault) = function_fault(name) {
        Some(fault)
    } else if RESERVED.contains(&name) || name.starts_with(LENT) {
        Some("is reserved: a module would shadow it")
    } else if is_device(name) {
        Some("is a device's on Windows")
    } else {
        None
    }
}

/// Whether a name is that of a device on Windows.
pub fn is_device(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let number = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    DEVICES.contains(&name.as_str())
        || number.is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']))
}

/// The candidate that is most like a name, if one is like it.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > LONGEST {
        return None;
    }
    let length = name.chars().count();
    let allowed = (length / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed)
        .map(|candidate| (strsim::osa_distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A text from a file as a message shows it: tame and in backquotes.
pub fn shown(text: &str) -> String {
    format!("`{}`", tame(text))
}

/// A text from a file, short and without characters that steer a terminal.
pub fn tame(text: &str) -> String {
    let mut tame: String = text.chars().take(SHOWN).map(tame_char).collect();
    if text.chars().nth(SHOWN).is_some() {
        tame.push('…');
    }
    tame
}

/// A text without characters that steer a terminal, whole and with one kind of them kept.
pub(super) fn tame_but(text: &str, kept: char) -> String {
    text.chars().map(|c| if c == kept { c } else { tame_char(c) }).collect()
}

/// A character, or what stands for one that steers a terminal.
fn tame_char(c: char) -> char {
    if c.is_control() || steers(c) { char::REPLACEMENT_CHARACTER } else { c }
}

/// Whether a character changes the direction of the text around it.
fn steers(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_functions_are_plain() {
        for name in ["exp", "l1_loss", "_x", "Softmax"] {
            assert_eq!(function_fault(name), None, "{name}");
        }
        for name in ["", "_", "1st", "a-b", "é", "r#fn", "fn", "a b", "x::y"] {
            assert!(function_fault(name).is_some(), "{name}");
        }
        assert_eq!(function_fault("main"), None);
        assert!(module_fault("main").is_some());
    }

    #[test]
    fn names_of_modules_shadow_nothing_and_can_be_files() {
        for name in ["dot", "stats", "lent", "com", "com10", "console", "Lib"] {
            assert_eq!(module_fault(name), None, "{name}");
        }
        for name in [
            "mod",
            "lib",
            "std",
            "core",
            "alloc",
            "proc_macro",
            "test",
            "ndarray",
            "harness",
            "grader",
            "lent_dot",
            "con",
            "NUL",
            "Com1",
            "lpt0",
        ] {
            assert!(module_fault(name).is_some(), "{name}");
        }
    }

    #[test]
    fn the_nearest_name_is_near() {
        let names = ["softmax", "sigmoid", "dot"];
        assert_eq!(nearest("sofmax", names), Some("softmax"));
        assert_eq!(nearest("dto", names), Some("dot"));
        assert_eq!(nearest("outer", names), None);
    }

    #[test]
    fn hostile_text_is_tamed() {
        assert_eq!(shown("a\u{1b}[31m\u{202e}b"), "`a\u{fffd}[31m\u{fffd}b`");
        assert_eq!(shown(&"x".repeat(70)), format!("`{}…`", "x".repeat(60)));
    }
}
