//! Whether code can remember nothing from one call to the next.

use super::plain::is_plain;
use super::token::{Kind, Token};

/// Crates that have a state, a clock or chance in them: all that can be named but ndarray. What needs no
/// path to be named, such as `Vec` and `f64`, has none of these.
const CRATES: [&str; 4] = ["alloc", "core", "harness", "std"];

/// What tells how full the memory is, and so how much was left in it by earlier calls.
const MEMORY: [&str; 3] = ["leak", "try_reserve", "try_reserve_exact"];

/// Whether code can remember nothing from one call to the next, and knows nothing but its arguments:
/// then its result depends on these alone, and calling it again shows nothing new.
///
/// Plain code has no `static` of its own, so that it would need that of a crate, or an address: where
/// something lies in memory depends on what was there before.
pub fn is_stateless(text: &str, tokens: &[Token<'_>]) -> bool {
    let forgets = |token: &Token<'_>| match token.kind {
        Kind::Word(word) => {
            !CRATES.contains(&word) && !MEMORY.contains(&word) && !is_of_pointers(word)
        }
        // `{x:p}` prints an address.
        Kind::Other => !text[token.span.start..token.span.end].contains("p}"),
        _ => true,
    };
    is_plain(text, tokens) && tokens.iter().all(forgets) && !tokens.windows(2).any(is_pointer)
}

/// Whether these begin the type of a raw pointer.
fn is_pointer(tokens: &[Token<'_>]) -> bool {
    matches!(tokens, [star, word] if star.kind == Kind::Sign('*')
        && matches!(word.kind, Kind::Word("const" | "mut")))
}

/// Whether a name tells of pointers: `as_ptr`, `into_raw`, `RawArrayView`.
fn is_of_pointers(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    word.contains("ptr") || word.contains("addr") || word.contains("raw") && word != "raw_dim"
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    fn is_stateless_text(text: &str) -> bool {
        is_stateless(text, &tokens(text))
    }

    #[test]
    fn code_that_only_computes_remembers_nothing() {
        for text in [
            "use ndarray::{Array1, s};\n\npub fn f(x: &Array1<f64>) -> f64 { x.slice(s![1..]).sum() }",
            "// std::cell\nfn f(x: f64) -> String { println!(\"std {x}\"); x.to_string() }",
            "fn f(x: &f64, m: f64) -> f64 { let mut y = vec![*x * m]; y[0] *= 2.0; y.iter().sum() }",
            "fn f(x: &ArrayD<f64>) -> ArrayD<f64> { ArrayD::zeros(x.raw_dim()) }",
            "use crate::dot::dot;\nconst N: usize = 3; fn f() -> f64 { f64::MAX.min(N as f64) }",
        ] {
            assert!(is_stateless_text(text), "{text}");
        }
    }

    #[test]
    fn what_may_remember_does_not_pass_for_such() {
        for text in [
            "static N: u8 = 1;",
            "fn f() { thread_local!(static N: u8 = 1); }",
            "use std::cell::Cell;",
            "use ::core as c;",
            "fn f() { r#std::process::id(); }",
            "fn f() { harness::serve(&[]); }",
            "extern crate std as s;",
            "fn f() -> usize { Box::new(1).as_ptr() as usize }",
            "fn f(x: &f64) -> usize { let p: *const f64 = x; p as usize }",
            "fn f(mut x: f64) -> usize { &raw mut x as usize }",
            "fn f(x: &f64) -> String { format!(\"{x:p}\") }",
            "fn f(x: &f64) -> String { format!(\"{:#p}\", x) }",
            "fn f() { Box::leak(Box::new(1)); }",
            "fn f() -> bool { Vec::<u8>::new().try_reserve(1 << 28).is_err() }",
            "fn f<'a>(x: &'a str) -> &'static str { g(x) }",
            "macro_rules! m { () => {} }",
        ] {
            assert!(!is_stateless_text(text), "{text}");
        }
    }
}
