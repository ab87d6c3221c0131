//! Syntax trees of text that nobody has read.

use std::thread;

use syn::parse::Parse;

use crate::look;

/// The stack to parse on, in bytes: twice what the deepest text takes that [`look::is_shallow`]
/// lets through, in a build without optimisation. What is not used costs nothing.
const STACK: usize = 256 << 20;

/// Reads what is wanted from the syntax tree of a text; `None` if it has none, or too deep a one.
pub fn read<T: Parse, R: Send>(text: &str, reader: impl FnOnce(&T) -> R + Send) -> Option<R> {
    with(|parser| parser.parse(text).map(|tree| reader(&tree)))?
}

/// What parses texts, on a stack of its own.
pub struct Parser(());

/// Parses texts and drops their trees on a stack of its own: syn recurses, and takes up to 46 KiB a
/// level without optimisation. `None` if there is no memory for it.
pub fn with<R: Send>(work: impl FnOnce(&Parser) -> R + Send) -> Option<R> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().name("syntax".into()).stack_size(STACK);
        thread.spawn_scoped(scope, || work(&Parser(()))).ok()?.join().ok()
    })
}

impl Parser {
    /// The syntax tree of a text; `None` if it has none, or too deep a one.
    #[expect(clippy::unused_self, reason = "whoever has a parser is on its stack")]
    pub fn parse<T: Parse>(&self, text: &str) -> Option<T> {
        look::is_shallow(text).then(|| syn::parse_str(text).ok())?
    }
}

#[cfg(test)]
mod tests {
    use syn::File;

    use super::*;

    #[test]
    fn the_deepest_text_that_is_let_through_is_read() {
        for (before, part, middle, after) in [
            ("fn f() { let x = ", "(", "1", ")"),
            ("fn f() { let x = ", "{", "1", "}"),
            ("fn f() { let x = ", "!", "true", ""),
            ("fn f() { let x = ", "return ", "1", ""),
            ("fn f() { let x = ", "a = ", "1", ""),
            ("fn f() { let x = ", "1 + ", "1", ""),
            ("fn f() { let x = a", ".f()", "", ""),
            ("fn f() { let x = ", "|a, b| ", "1", ""),
            ("fn f() { let x = ", "match ", "1", " {}"),
            ("fn f() { let x = ", "a::<B, ", "1", ">"),
            ("fn f() { let x: ", "& ", "u8", ""),
            ("fn f() { let x: ", "A<", "u8", ">"),
            ("fn f() { let x: ", "A<u8, ", "u8", ">"),
            ("fn f() { let x: ", "<", "u8", " as A>::B"),
            ("fn f() { let x: ", "fn() -> ", "u8", ""),
            ("fn f() { let ", "x @ ", "y", ""),
            ("mod m { ", "fn f() { ", "", "}"),
        ] {
            let text = |times: usize| {
                let (opened, closed) = (part.repeat(times), after.repeat(times));
                let end = if before.starts_with("mod") { "}" } else { "; }" };
                format!("{before}{opened}{middle}{closed}{end}")
            };
            // The most levels that pass, and one more.
            let (mut low, mut high) = (1_usize, 4001);
            while high - low > 1 {
                let times = low.midpoint(high);
                *(if look::is_shallow(&text(times)) { &mut low } else { &mut high }) = times;
            }
            assert!(low >= 100, "{part}: {low}");
            assert_eq!(read(&text(low), |_: &File| ()), Some(()), "{part}: {low}");
            assert_eq!(read(&text(high), |_: &File| ()), None, "{part}: {high}");
        }
    }
}
