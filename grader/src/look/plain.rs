//! Whether code is plain: functions that compute, which is nearly all that learners write.

use super::token::{Kind, Token};

/// Words of code that is more than plain. It may change what the code of others in its crate means,
/// tell where in the crate it stands, or use what rustc wrongly takes for safe: for that one needs
/// traits or lifetimes.
const BEYOND: [&str; 27] = [
    "Backtrace",
    "Location",
    "TypeId",
    "args",
    "assert",
    "caller",
    "catch_unwind",
    "column",
    "dbg",
    "debug_assert",
    "dyn",
    "extern",
    "file",
    "impl",
    "macro",
    "macro_rules",
    "mod",
    "module_path",
    "panic_any",
    "static",
    "stringify",
    "super",
    "thread",
    "trait",
    "type_id",
    "type_name",
    "type_name_of_val",
];

/// Whether code is plain.
pub fn is_plain(text: &str, tokens: &[Token<'_>]) -> bool {
    let are_plain = tokens.iter().all(|token| match token.kind {
        Kind::Word(word) => !BEYOND.contains(&word),
        Kind::Other => !is_lifetime(&text[token.span.start..token.span.end]),
        Kind::Stray | Kind::Sign(_) | Kind::Open(_) | Kind::Close(_) => true,
    });
    are_plain && is_whole(tokens) && !tokens.windows(3).any(is_inner_crate)
}

/// Whether every bracket is closed and all else are tokens of Rust, without which nothing compiles.
pub fn is_whole(tokens: &[Token<'_>]) -> bool {
    let mut open = Vec::new();
    let are_whole = tokens.iter().all(|token| match token.kind {
        Kind::Stray => false,
        Kind::Word(_) | Kind::Other | Kind::Sign(_) => true,
        Kind::Open(bracket) => {
            open.push(bracket);
            true
        }
        Kind::Close(bracket) => open.pop().is_some_and(|it| closes(it, bracket)),
    });
    are_whole && open.is_empty()
}

/// Whether `crate` stands inside a path, where it means nothing. What may be put in its place there could
/// mean something.
fn is_inner_crate(tokens: &[Token<'_>]) -> bool {
    let kinds = [Kind::Sign(':'), Kind::Sign(':'), Kind::Word("crate")];
    tokens.iter().map(|token| token.kind).eq(kinds)
}

fn closes(open: char, close: char) -> bool {
    matches!((open, close), ('(', ')') | ('[', ']') | ('{', '}'))
}

/// Whether a literal or lifetime is a lifetime: `'a`, but not `'a'`.
fn is_lifetime(text: &str) -> bool {
    text.starts_with('\'') && !(text.len() > 1 && text.ends_with('\''))
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    fn is_plain_text(text: &str) -> bool {
        is_plain(text, &tokens(text))
    }

    #[test]
    fn what_learners_write_is_plain() {
        for text in [
            "use ndarray::{Array1, s};\n\npub fn f(x: &Array1<f64>) -> f64 { x.slice(s![1..]).sum() }",
            "// a static trait\nfn f() -> String { \"impl Trait for 'a\".to_owned() }",
            "#[derive(Debug, Clone)] struct P { x: f64 }\nconst N: usize = 3; enum E { A, B }",
            "fn f(c: char) -> bool { c == 'a' || c == '\\'' || [1].iter().any(|x| *x == 1) }",
            "fn f(x: crate::dot::Pair) {}\npub(crate) fn g() {}",
            "fn f() { todo!(\"write it\"); panic!(\"no\"); vec![1]; println!(\"{}\", 1); }",
        ] {
            assert!(is_plain_text(text), "{text}");
        }
    }

    #[test]
    fn what_reaches_beyond_itself_is_not() {
        for text in [
            "impl From<P> for f64 {}",
            "trait T {}",
            "fn f<'a>(x: &'a str) -> &'a str { x }",
            "fn f(x: &'static str) {}",
            "static N: u8 = 1;",
            "fn f() { 'outer: loop { break 'outer } }",
            "use super::part::dot;",
            "mod m {}",
            "macro_rules! m { () => {} }",
            "fn f() -> &str { std::any::type_name::<P>() }",
            "fn f(x: Box<dyn Fn()>) {}",
            "fn f() { r#super::g() }",
            "extern crate self as me;",
            "fn f() { crate::crate::main() }",
            "use self::crate::dot;",
            "fn f() { \u{ff49}nclude!() } \u{b7}",
            "fn f() {} }",
            "fn f() { g(1]; }",
            "fn f() { g(1); ",
        ] {
            assert!(!is_plain_text(text), "{text}");
        }
    }
}
