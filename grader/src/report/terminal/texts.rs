//! Two texts that differ, and where.

use super::printer::{Printer, Style};

/// How many characters both texts begin with before these are left out, and how many stay.
const COMMON: usize = 40;
const CONTEXT: usize = 12;

/// Prints both texts as Rust literals, so that no space or line break goes unseen, and below them
/// where they part: behind the first `at` characters.
pub(super) fn print(printer: &mut Printer, expected: &str, actual: &str, at: usize, indent: usize) {
    let skip = if at > COMMON { at - CONTEXT } else { 0 };
    let start = if skip > 0 { printer.glyphs.ellipsis } else { "" };
    let room = printer.beside_label(indent);
    for (label, text) in [("expected", expected), ("actual", actual)] {
        let text: String = text.chars().skip(skip).take(room).collect();
        let text = printer.cut(&format!("{start}{text:?}"), room);
        printer.labelled(indent, label, &text);
    }
    let common: String = expected.chars().take(at).skip(skip).collect();
    // Without the quote that ends the literal.
    let column = start.chars().count() + format!("{common:?}").chars().count() - 1;
    if column < room {
        let words = if column + 16 < room { "^ from here on" } else { "^" };
        let pointer = format!("{:column$}{}", "", printer.paint(Style::Bad, words));
        printer.line(&format!("{:1$}{pointer}", "", printer.columns(0) - room));
    }
}

#[cfg(test)]
mod tests {
    use super::super::screens::PLAIN;
    use super::*;

    fn printed(expected: &str, actual: &str) -> String {
        let same = expected.chars().zip(actual.chars()).take_while(|(a, b)| a == b).count();
        let mut printer = Printer::new(&PLAIN);
        print(&mut printer, expected, actual, same, 4);
        String::from_utf8(printer.finish()).expect("text")
    }

    #[test]
    fn the_first_difference_is_pointed_at() {
        insta::assert_snapshot!(printed("Hello World", "Hello, World"), @r#"
        expected    "Hello World"
        actual      "Hello, World"
                          ^ from here on
        "#);
        insta::assert_snapshot!(printed("Hello World", "Hello World\n"), @r#"
        expected    "Hello World"
        actual      "Hello World\n"
                                ^ from here on
        "#);
        insta::assert_snapshot!(printed("Hello World", ""), @r#"
        expected    "Hello World"
        actual      ""
                     ^ from here on
        "#);
        let long = "The quick brown fox jumps over the lazy dog";
        insta::assert_snapshot!(printed(&format!("{long}, twice."), &format!("{long}.")), @r#"
        expected    …"the lazy dog, twice."
        actual      …"the lazy dog."
                                  ^ from here on
        "#);
        insta::assert_snapshot!(printed("a \"b\"\u{202e}", "a \"b\" c"), @r#"
        expected    "a \"b\"\u{202e}"
        actual      "a \"b\" c"
                            ^ from here on
        "#);
    }
}
