//! A NumPy printout in a fixture, with its mistakes shown where they stand.

use super::node::Node;
use super::printed::{self, Printed};
use super::reader::Reader;
use super::source::Span;

/// Reads a printout of which `digits` count.
pub(super) fn read<'a>(
    reader: &mut Reader<'a>,
    node: &'a Node,
    digits: Option<u32>,
) -> Option<Printed> {
    let text = reader.text(node)?;
    match printed::parse(text, digits) {
        Ok(printed) => Some(printed),
        Err(error) => {
            let inside = place(reader.written(node), text, error.offset);
            let span = inside.map_or(node.span, |inside| Span {
                start: node.span.start + inside.start,
                end: node.span.start + inside.end,
            });
            reader.report(span, error.message);
            None
        }
    }
}

/// The word at an offset of a string, as a place in what was written for the string: quotes and
/// escapes included. `None` if an escape on the way is one that is not followed here.
fn place(written: &str, text: &str, offset: usize) -> Option<Span> {
    let quotes = ["\"\"\"", "'''", "\"", "'"];
    let quote = quotes.into_iter().find(|quote| written.starts_with(quote))?;
    let mut start = quote.len();
    if quote.len() == 3 {
        // TOML leaves out a line break right after the quotes.
        let inner = &written[start..];
        let inner = inner.strip_prefix("\r\n").or(inner.strip_prefix('\n')).unwrap_or(inner);
        start = written.len() - inner.len();
    }
    let escapes = quote.starts_with('"');
    for c in text.get(..offset)?.chars() {
        let rest = &written[start..];
        let long = if c == '\n' && rest.starts_with("\r\n") {
            2
        } else if !rest.starts_with('\\') || !escapes {
            c.len_utf8()
        } else {
            let escape = rest[1..].chars().next()?;
            (escaped(escape) == Some(c)).then_some(2)?
        };
        start += long;
        written.get(start..)?;
    }
    let word = |c: char| !c.is_whitespace() && !"[](),\\\"'".contains(c);
    let rest = &written[start..];
    let end = rest.find(|c| !word(c)).unwrap_or(rest.len());
    let one = rest.chars().next().map_or(0, char::len_utf8);
    Some(Span { start, end: start + end.max(one) })
}

/// What a short escape stands for, in TOML and JSON alike.
fn escaped(escape: char) -> Option<char> {
    match escape {
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        '"' | '\\' | '/' => Some(escape),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, text: &str, offset: usize, expected: Option<&str>) {
        let found = place(written, text, offset).map(|span| &written[span.start..span.end]);
        assert_eq!(found, expected);
    }

    #[test]
    fn places_are_exact_in_every_kind_of_string() {
        check("\"\"\"\n[1.5\n  x1]\n\"\"\"", "[1.5\n  x1]\n", 7, Some("x1"));
        check("\"\"\"\r\n[1.5\r\n x1]\"\"\"", "[1.5\n x1]", 6, Some("x1"));
        check("\"\"\"\r\n[1.5\r\n x1]\"\"\"", "[1.5\r\n x1]", 7, Some("x1"));
        check("'''[1\\]'''", "[1\\]", 2, Some("\\"));
        check(r#""[1\n x1]""#, "[1\n x1]", 4, Some("x1"));
        check("'x'", "x", 0, Some("x"));
        check("'é ü'", "é ü", 3, Some("ü"));
    }

    #[test]
    fn the_end_and_unusual_escapes_are_no_trouble() {
        check("'[1'", "[1", 2, Some("'"));
        check(r#""\u005b x""#, "[ x", 2, None);
        check("\"\"\"a\\\n  xy\"\"\"", "axy", 2, None);
        check("'a'", "a", 7, None);
        check("", "a", 0, None);
    }
}
