//! Text of learners and fixtures, made safe to print.
//!
//! A submission may hold escape sequences that repaint the screen, retitle the window or fake a
//! passed line, and characters that reverse the text around them. None of them leave the grader.

/// What stands at the end of a text that was cut.
pub(super) const CUT: &str = "… cut";

/// `text` without escape sequences and control characters; line breaks and tabs stay.
pub fn plain(text: &str) -> String {
    clean(text, |_| false)
}

/// The same, but with the sequences that set colours: for what rustc says.
pub fn colored(text: &str) -> String {
    clean(text, is_color)
}

/// [`plain`] on one line: line breaks and tabs become spaces.
pub fn one_line(text: &str) -> String {
    plain(text).replace(['\n', '\t'], " ")
}

/// At most `max` characters of `text`, with a note if that is not all.
pub(super) fn capped(text: String, max: usize) -> String {
    match text.char_indices().nth(max) {
        Some((end, _)) => format!("{}{CUT}", &text[..end]),
        None => text,
    }
}

/// Texts with an empty line between them, without those that are empty.
pub(super) fn paragraphs<const N: usize>(texts: [String; N]) -> String {
    let texts: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
    texts.join("\n\n")
}

fn clean(text: &str, keep: impl Fn(&str) -> bool) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match escape(rest) {
            Some(sequence) => {
                if keep(sequence) {
                    clean.push_str(sequence);
                }
                sequence.len()
            }
            None => {
                if !is_unprintable(c) {
                    clean.push(c);
                }
                c.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    clean
}

/// The escape sequence that `text` begins with.
///
/// One that is not ended ends with its line, and one that is malformed before the character that
/// makes it so: neither can swallow what comes after it.
fn escape(text: &str) -> Option<&str> {
    let mut chars = text.chars();
    let kind = match chars.next()? {
        '\u{1b}' => match chars.clone().next() {
            Some(kind @ ' '..='~') => {
                chars.next();
                kind
            }
            _ => return Some("\u{1b}"),
        },
        // The same introducers as single characters.
        '\u{9b}' => '[',
        '\u{90}' | '\u{98}' | '\u{9d}'..='\u{9f}' => ']',
        _ => return None,
    };
    let body = chars.as_str();
    let rest = match kind {
        '[' => ended(body.trim_start_matches(|c| matches!(c, ' '..='?'))),
        ']' | 'P' | 'X' | '^' | '_' => {
            let end = body.find(['\u{7}', '\u{9c}', '\u{1b}', '\n']).unwrap_or(body.len());
            let rest = &body[end..];
            ["\u{7}", "\u{9c}", "\u{1b}\\"]
                .iter()
                .find_map(|end| rest.strip_prefix(end))
                .unwrap_or(rest)
        }
        ' '..='/' => ended(body.trim_start_matches(|c| matches!(c, ' '..='/'))),
        _ => body,
    };
    Some(&text[..text.len() - rest.len()])
}

/// What is left of `text` after a sequence's final character.
fn ended(text: &str) -> &str {
    text.strip_prefix(|c| matches!(c, '0'..='~')).unwrap_or(text)
}

/// Whether an escape sequence does nothing but choose colours and weight.
fn is_color(sequence: &str) -> bool {
    sequence
        .strip_prefix("\u{1b}[")
        .and_then(|rest| rest.strip_suffix('m'))
        .is_some_and(|codes| codes.chars().all(|c| matches!(c, '0'..='9' | ';' | ':')))
}

/// Control characters, and those that change the direction or the lines of the text around them.
fn is_unprintable(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' => true,
        '\u{2066}'..='\u{2069}' | '\u{feff}' => true,
        _ => c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn escapes_go_as_a_whole() {
        for (text, safe) in [
            ("\u{1b}[31mred\u{1b}[0m", "red"),
            ("\u{1b}[2J\u{1b}[1;1Hhome", "home"),
            ("\u{1b}]0;title\u{7}text", "text"),
            ("\u{1b}]8;;https://a.b\u{1b}\\link\u{1b}]8;;\u{1b}\\", "link"),
            ("\u{1b}P1$r\u{1b}\\text", "text"),
            ("\u{1b}(Btext\u{1b}c", "text"),
            ("\u{9b}31mred\u{9d}0;title\u{9c}", "red"),
            ("two\r\nlines\tand\u{8}a\u{0}tab\u{7f}", "two\nlines\tandatab"),
            ("\u{202e}drawkcab\u{2066}\u{200f}", "drawkcab"),
        ] {
            assert_eq!(plain(text), safe, "{text:?}");
        }
    }

    #[test]
    fn unfinished_escapes_swallow_nothing_else() {
        for (text, safe) in [
            ("\u{1b}]0;never ended\nnext line", "\nnext line"),
            ("\u{1b}]0;new\u{1b}[1mtext", "text"),
            ("\u{1b}é", "é"),
            ("\u{1b}[3é", "é"),
            ("\u{1b}\u{1b}[1mtext\u{1b}[", "text"),
            ("text\u{1b}", "text"),
        ] {
            assert_eq!(plain(text), safe, "{text:?}");
        }
    }

    #[test]
    fn rustc_keeps_its_colours_and_nothing_else() {
        let text = "\u{1b}[1m\u{1b}[38;5;9merror\u{1b}[0m\u{1b}[2K\u{1b}]0;title\u{7}: no";
        assert_eq!(colored(text), "\u{1b}[1m\u{1b}[38;5;9merror\u{1b}[0m: no");
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(capped("ééé".into(), 3), "ééé");
        assert_eq!(capped("éééé".into(), 3), "ééé… cut");
    }

    proptest! {
        #[test]
        fn nothing_unprintable_is_left(text in "(\\PC|\\pC|\u{1b}|\\[|\\]|m|\n){0,40}") {
            let safe = plain(&text);
            prop_assert!(safe.chars().all(|c| !is_unprintable(c)), "{safe:?}");
            prop_assert_eq!(plain(&safe), safe.clone());
            prop_assert_eq!(plain(&colored(&text)), safe);
        }
    }
}
