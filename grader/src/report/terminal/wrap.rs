//! Breaking text into lines.

/// The lines of `text`, each at most `width` characters.
///
/// A line breaks between words, a word that is too long wherever it must. Line breaks in the
/// text stay, and so does the space that a line begins with; tabs become four spaces.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.lines() {
        fold(&line.replace('\t', "    "), width, &mut lines);
    }
    lines
}

fn fold(line: &str, width: usize, lines: &mut Vec<String>) {
    let mut rest = line.trim_end();
    while let Some((limit, _)) = rest.char_indices().nth(width) {
        let at = break_before(rest, limit);
        lines.push(rest[..at].trim_end().to_owned());
        rest = rest[at..].trim_start();
    }
    lines.push(rest.to_owned());
}

/// Where the word begins that reaches beyond `limit`, or `limit` if it is the line's first.
fn break_before(line: &str, limit: usize) -> usize {
    let indent = line.len() - line.trim_start().len();
    // A space just at the limit ends a word that fits.
    if line[limit..].starts_with(' ') {
        return limit;
    }
    match line[..limit].rfind(' ') {
        Some(space) if space >= indent => space + 1,
        _ => limit,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("one two three", 13), ["one two three"]);
        assert_eq!(wrap("one two three", 12), ["one two", "three"]);
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("one two three", 4), ["one", "two", "thre", "e"]);
        assert_eq!(wrap("  one two", 6), ["  one", "two"]);
        assert_eq!(wrap("  onetwo", 6), ["  onet", "wo"]);
        assert_eq!(wrap("one\n\ntwo\n", 6), ["one", "", "two"]);
        assert_eq!(wrap("ééééé", 3), ["ééé", "éé"]);
        assert!(wrap("", 3).is_empty());
    }

    proptest! {
        #[test]
        fn no_line_is_too_long_and_nothing_is_lost(text in "[ a-fé\n]{0,60}", width in 1..20usize) {
            let lines = wrap(&text, width);
            prop_assert!(lines.iter().all(|line| line.chars().count() <= width), "{lines:?}");
            let letters = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }
}
