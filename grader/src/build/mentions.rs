//! Which modules a source file uses, told from its text.

use std::collections::BTreeSet;

/// The modules that a file mentions.
#[derive(Debug, Default)]
pub struct Mentions<'a> {
    /// Those that it may use: the name is a word of the code and no method's, whatever it stands
    /// for there. No use is missed, so what a file may not use is not needed to compile it.
    pub used: BTreeSet<&'a str>,
    /// Those that it names: the word begins or continues a path, or stands in a `use`.
    pub named: BTreeSet<&'a str>,
}

impl<'a> Mentions<'a> {
    /// What a file mentions of some modules. Every word is looked at once.
    pub fn of(source: &str, modules: &BTreeSet<&'a str>) -> Self {
        let mut mentions = Self::default();
        for line in source.lines().filter(|line| !is_comment(line)) {
            let start = line.trim_start();
            let import = start.starts_with("use ") || start.starts_with("pub use ");
            for word in words(line) {
                let Some(module) = modules.get(word.text).copied() else { continue };
                if !word.is_method() {
                    mentions.used.insert(module);
                }
                if import || word.is_in_path() && !word.is_method() {
                    mentions.named.insert(module);
                }
            }
        }
        mentions
    }
}

/// A word of the code.
struct Word<'a> {
    text: &'a str,
    /// What comes before it in the line.
    before: &'a str,
    /// What comes after it in the line.
    after: &'a str,
}

impl Word<'_> {
    /// Whether it follows a point, which two points, as in a range, are not.
    fn is_method(&self) -> bool {
        let before = self.before.trim_end();
        before.ends_with('.') && !before.ends_with("..")
    }

    fn is_in_path(&self) -> bool {
        self.after.trim_start().starts_with("::") || self.before.ends_with("::")
    }
}

/// The words of a line.
fn words(line: &str) -> impl Iterator<Item = Word<'_>> {
    let part_of_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut place = 0;
    std::iter::from_fn(move || {
        let start = place + line[place..].find(part_of_word)?;
        let rest = &line[start..];
        place = start + rest.find(|c| !part_of_word(c)).unwrap_or(rest.len());
        Some(Word { text: &line[start..place], before: &line[..start], after: &line[place..] })
    })
}

/// Whether a line holds nothing but a comment. In one that also ends a string or a block comment
/// that began on a line before, code may follow.
fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//") && !line.contains('"') && !line.contains("*/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(source: &str, module: &str) -> bool {
        Mentions::of(source, &BTreeSet::from([module])).named.contains(module)
    }

    fn may_use(source: &str, module: &str) -> bool {
        Mentions::of(source, &BTreeSet::from([module])).used.contains(module)
    }

    #[test]
    fn a_path_and_an_import_name_a_module() {
        for source in [
            "crate::dot::dot(x, y)",
            "use crate::dot::dot;",
            "use crate::dot as d;",
            "use crate::{dot as d, outer};",
            "    dot :: dot(x, y)",
            "super::dot",
            "for i in 0..dot::LEN {",
            "/*\n// */ pub use crate::dot::dot;",
            "let text = \"\n//\"; dot::dot()",
        ] {
            assert!(names(source, "dot") && may_use(source, "dot"), "{source}");
        }
    }

    #[test]
    fn other_words_do_not() {
        assert!(!names("let dot = 1;", "dot") && may_use("let dot = 1;", "dot"));
        for source in [
            "x.dot(&y)",
            "x.dot::<f64>(&y)",
            "//! See crate::dot::dot.",
            "let dotted = 1;",
            "anecdot::f()",
            "",
        ] {
            assert!(!names(source, "dot") && !may_use(source, "dot"), "{source}");
        }
    }
}
