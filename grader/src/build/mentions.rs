//! Which modules a source file uses, told from its text.

/// Whether a file may use a module: its name is a word of the code and no method's, whatever it
/// stands for there. No use is missed, so what a file may not use is not needed to compile it.
pub fn may_use(source: &str, module: &str) -> bool {
    words(source, module).any(|word| !word.is_method())
}

/// Whether a file names a module: it begins or continues a path, or stands in a `use`.
pub fn names(source: &str, module: &str) -> bool {
    words(source, module).any(|word| {
        let line = word.line.trim_start();
        let import = line.starts_with("use ") || line.starts_with("pub use ");
        let path = word.after.trim_start().starts_with("::") || word.before.ends_with("::");
        import || path && !word.is_method()
    })
}

/// A word of the code.
struct Word<'a> {
    /// The line it stands in.
    line: &'a str,
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
}

/// Where a word stands in the code, line comments left out.
fn words<'a>(source: &'a str, word: &'a str) -> impl Iterator<Item = Word<'a>> {
    let part_of_word = |c: char| c.is_alphanumeric() || c == '_';
    source
        .lines()
        .filter(|line| !is_comment(line))
        .flat_map(move |line| {
            line.match_indices(word).map(move |(start, _)| Word {
                line,
                before: &line[..start],
                after: &line[start + word.len()..],
            })
        })
        .filter(move |word| {
            !word.before.ends_with(part_of_word) && !word.after.starts_with(part_of_word)
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
