//! Attributes, which are allowed by name.

use super::fault::Fault;
use super::token::{Kind, Token};

/// Attributes that change nothing beyond the item they stand on. `cfg_attr` is not among them: it
/// would hold others, and there is nothing here to configure; nor is `macro_use`, which would put
/// a file's macros in reach of files that do not name it.
const ALLOWED: [&str; 20] = [
    "allow",
    "automatically_derived",
    "cfg",
    "cold",
    "default",
    "deny",
    "deprecated",
    "derive",
    "doc",
    "expect",
    "forbid",
    "ignore",
    "inline",
    "must_use",
    "non_exhaustive",
    "repr",
    "should_panic",
    "test",
    "track_caller",
    "warn",
];

/// Tools whose attributes rustc passes over, and rustc's own for its messages.
const TOOLS: [&str; 5] = ["clippy", "diagnostic", "miri", "rust_analyzer", "rustfmt"];

/// Attributes of a crate as a whole.
const OF_THE_CRATE: [&str; 12] = [
    "crate_name",
    "crate_type",
    "feature",
    "no_builtins",
    "no_core",
    "no_main",
    "no_std",
    "recursion_limit",
    "reexport_test_harness_main",
    "test_runner",
    "type_length_limit",
    "windows_subsystem",
];

/// The attributes that are not allowed.
pub fn faults(tokens: &[Token<'_>]) -> impl Iterator<Item = Fault> {
    (0..tokens.len()).filter_map(|start| fault(name(&tokens[start..])?))
}

/// What follows `#[` or `#![`, if that is what the tokens begin with.
fn name<'a, 'b>(tokens: &'b [Token<'a>]) -> Option<&'b [Token<'a>]> {
    let sign = |tokens: &'b [Token<'a>], sign| {
        let (first, rest) = tokens.split_first()?;
        (first.kind == sign).then_some(rest)
    };
    let rest = sign(tokens, Kind::Sign('#'))?;
    let rest = sign(rest, Kind::Sign('!')).unwrap_or(rest);
    sign(rest, Kind::Open('['))
}

fn fault(name: &[Token<'_>]) -> Option<Fault> {
    let first = name.first()?;
    let in_a_path = name.get(1).is_some_and(|it| it.kind == Kind::Sign(':'));
    let (message, help) = match first.kind {
        Kind::Word(word) if in_a_path && TOOLS.contains(&word) => return None,
        Kind::Word(word) if !in_a_path && ALLOWED.contains(&word) => return None,
        Kind::Word(word) if OF_THE_CRATE.contains(&word) => (
            format!("the attribute `{word}` belongs to the root of a crate"),
            "remove it: the grader writes the root itself",
        ),
        // The name of a path that begins at the root.
        Kind::Word(_) | Kind::Sign(':') => (
            "this attribute is not allowed in this course".to_owned(),
            "remove it: no exercise needs it",
        ),
        // A macro's variable, or what is no attribute.
        _ => return None,
    };
    Some(Fault { span: first.span, message, help })
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    fn refused(text: &str) -> Vec<String> {
        let tokens = tokens(text);
        faults(&tokens).map(|it| text[it.span.start..it.span.end].to_owned()).collect()
    }

    #[test]
    fn harmless_attributes_are_allowed() {
        let text = "#![allow(unused)]\n#[derive(Debug, Clone)] #[must_use = \"x\"]\n\
                    # [ inline(always) ] #[rustfmt::skip] #[expect(clippy::x, reason = \"path\")]\n\
                    #[cfg(test)] #[doc = \"path\"] #[r#cold] #[diagnostic::on_unimplemented]\n\
                    macro_rules! m { ($(#[$a:meta])* $x:ident) => { $(#[$a])* } } #[] # /* # */ [test]";
        assert_eq!(refused(text), [""; 0]);
    }

    #[test]
    fn all_others_are_not() {
        for (text, name) in [
            ("#[path = \"x\"] mod y;", "path"),
            ("#![path = \"x\"]", "path"),
            ("# /* */ ! // x\n [ /**/ path = \"x\"]", "path"),
            ("#[r#path = \"x\"]", "path"),
            ("#[cfg_attr(all(), path = \"x\")]", "cfg_attr"),
            ("#[used]", "used"),
            ("#[link(name = \"x\")]", "link"),
            ("#[unsafe(no_mangle)]", "unsafe"),
            ("#[naked]", "naked"),
            ("#[no_such]", "no_such"),
            ("#[inline::path]", "inline"),
            ("#![macro_use]", "macro_use"),
            ("#[clippy]", "clippy"),
            ("#[std::prelude::v1::test]", "std"),
            ("#[::std::prelude::v1::test]", ":"),
            ("#![feature(x)]", "feature"),
        ] {
            let expected = if text.contains("r#") { "r#path" } else { name };
            assert_eq!(refused(text), [expected], "{text}");
        }
    }

    #[test]
    fn attributes_of_the_crate_are_told_where_they_belong() {
        let tokens = tokens("#![recursion_limit = \"9\"]");
        let fault = faults(&tokens).next().unwrap();
        assert_eq!(fault.message, "the attribute `recursion_limit` belongs to the root of a crate");
    }
}
