//! One mutant: a reference with one small change.

use std::ops::Range;

/// A small change to a reference. All places are bytes of the reference's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    /// Its place among the mutants of the reference.
    pub number: usize,
    /// The body of the function that it is in, with its braces.
    pub body: Range<usize>,
    /// Where the innermost statement around it begins.
    pub statement: usize,
    /// What is replaced.
    pub range: Range<usize>,
    /// What stands there instead.
    pub replacement: String,
    /// What kind of change it is: "another operator".
    pub kind: &'static str,
}

impl Mutant {
    /// The reference with the change.
    #[must_use]
    pub fn text(&self, reference: &str) -> String {
        self.part(reference, 0..reference.len())
    }

    /// The function's body with the change.
    #[must_use]
    pub fn changed_body(&self, reference: &str) -> String {
        self.part(reference, self.body.clone())
    }

    /// What is replaced, on one line.
    #[must_use]
    pub fn original(&self, reference: &str) -> String {
        one_line(&reference[self.range.clone()])
    }

    /// What stands there instead, on one line; empty if nothing does.
    #[must_use]
    pub fn replaced(&self) -> String {
        one_line(&self.replacement)
    }

    /// The lines that differ, as `diff --unified=0` shows them.
    #[must_use]
    pub fn diff(&self, reference: &str) -> Vec<String> {
        let start = reference[..self.range.start].rfind('\n').map_or(0, |newline| newline + 1);
        let end = reference[self.range.end..].find('\n');
        let lines = start..end.map_or(reference.len(), |newline| self.range.end + newline);
        let old: Vec<&str> = reference[lines.clone()].lines().collect();
        let changed = self.part(reference, lines);
        // Where a statement is removed no line is left.
        let new: Vec<&str> = changed.lines().filter(|line| !line.trim().is_empty()).collect();
        let first = line(reference, start);
        let mut diff = vec![format!("@@ -{first},{} +{first},{} @@", old.len(), new.len())];
        diff.extend(old.iter().map(|line| format!("-{line}")));
        diff.extend(new.iter().map(|line| format!("+{line}")));
        diff
    }

    /// A part of the reference around the change, with the change.
    fn part(&self, reference: &str, around: Range<usize>) -> String {
        let before = &reference[around.start..self.range.start];
        let after = &reference[self.range.end..around.end];
        [before, &self.replacement, after].concat()
    }
}

/// The line of a byte, counted from 1.
#[must_use]
pub fn line(text: &str, byte: usize) -> usize {
    text[..byte].matches('\n').count() + 1
}

fn one_line(code: &str) -> String {
    code.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "fn f(x: f64) -> f64 {\n    let y =\n        x + 1.0;\n    g();\n    y\n}\n";

    fn mutant(original: &str, replacement: &str) -> Mutant {
        let start = TEXT.find(original).unwrap();
        Mutant {
            number: 0,
            body: TEXT.find('{').unwrap()..TEXT.len() - 1,
            statement: start,
            range: start..start + original.len(),
            replacement: replacement.into(),
            kind: "",
        }
    }

    #[test]
    fn a_diff_shows_the_lines_that_differ() {
        assert_eq!(
            mutant("+", "-").diff(TEXT),
            ["@@ -3,1 +3,1 @@", "-        x + 1.0;", "+        x - 1.0;"]
        );
        assert_eq!(mutant("g();", "").diff(TEXT), ["@@ -4,1 +4,0 @@", "-    g();"]);
        let whole = mutant(&TEXT[TEXT.find('{').unwrap()..TEXT.len() - 1], "{ x }").diff(TEXT);
        assert_eq!((whole.len(), whole[7].as_str()), (8, "+fn f(x: f64) -> f64 { x }"));
    }

    #[test]
    fn a_body_is_changed_in_one_place() {
        let mutant = mutant("x + 1.0", "x");
        let body = "{\n    let y =\n        x;\n    g();\n    y\n}";
        assert_eq!(mutant.changed_body(TEXT), body);
        assert_eq!(mutant.text(TEXT), format!("fn f(x: f64) -> f64 {body}\n"));
        assert_eq!((mutant.original(TEXT), mutant.replaced()), ("x + 1.0".into(), "x".into()));
    }
}
