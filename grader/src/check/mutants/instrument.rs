//! A reference that is all of its mutants: which one is chosen when it runs.

use std::ops::Range;

use super::mutant::{Mutant, line};

/// The module of the crate that knows which mutant was chosen.
pub const SWITCH: &str = "mutant_switch";

/// The text of that module. The grader starts a worker with [`variant`] as an argument.
pub const SWITCH_TEXT: &str = "//! Written by the grader.

use std::sync::LazyLock;

static ARGUMENTS: LazyLock<Vec<String>> = LazyLock::new(|| std::env::args().collect());

/// The number of the mutant of a module to be; one that there is not means the reference.
pub fn chosen(module: &str) -> usize {
    let number = |argument: &String| argument.strip_prefix(module)?.strip_prefix('=')?.parse().ok();
    ARGUMENTS.iter().find_map(number).unwrap_or(usize::MAX)
}
";

/// The argument that chooses a mutant of a module.
#[must_use]
pub fn variant(module: &str, mutant: &Mutant) -> String {
    format!("{module}={}", mutant.number)
}

/// The text of a reference with all mutants of its functions.
#[derive(Debug)]
pub struct Instrumented {
    /// The text.
    pub text: String,
    /// The lines on which each mutant stands, counted from 1, and its number.
    lines: Vec<(Range<usize>, usize)>,
}

impl Instrumented {
    /// Makes each function of a module choose among its body and those of its mutants. A mutant has a
    /// body of its own, so that what is wrong with its types is wrong on its own lines.
    #[must_use]
    pub fn new(module: &str, reference: &str, mutants: &[Mutant]) -> Self {
        let mut text = String::with_capacity(reference.len() * 2);
        let mut lines = Vec::new();
        let mut done = 0;
        for theirs in mutants.chunk_by(|one, other| one.body == other.body) {
            let body = theirs[0].body.clone();
            text.push_str(&reference[done..body.start]);
            text.push_str(&format!("{{ match crate::{SWITCH}::chosen({module:?}) {{\n"));
            for mutant in theirs {
                let first = line(&text, text.len());
                let body = mutant.changed_body(reference);
                text.push_str(&format!("{} => {body}\n", mutant.number));
                lines.push((first..line(&text, text.len()), mutant.number));
            }
            text.push_str(&format!("_ => {}\n}} }}", &reference[body.clone()]));
            done = body.end;
        }
        text.push_str(&reference[done..]);
        Self { text, lines }
    }

    /// The number of the mutant on a line, if there is one.
    #[must_use]
    pub fn mutant(&self, line: usize) -> Option<usize> {
        self.lines.iter().find(|(lines, _)| lines.contains(&line)).map(|(_, number)| *number)
    }
}

#[cfg(test)]
mod tests {
    use super::super::mutate::mutate;
    use super::*;

    #[test]
    fn a_function_chooses_its_body_when_it_runs() {
        let reference = "//! Lesson.\n\npub fn half(x: f64) -> f64 {\n    x / 2.0\n}\n\n\
                         pub fn zero() -> f64 {\n    0.0\n}\n";
        let mutants = mutate(reference).unwrap();
        let some: Vec<_> = mutants.into_iter().filter(|it| it.number % 4 == 0).collect();
        let instrumented = Instrumented::new("halves", reference, &some);
        insta::assert_snapshot!(instrumented.text, @r#"
        //! Lesson.

        pub fn half(x: f64) -> f64 { match crate::mutant_switch::chosen("halves") {
        0 => { x.to_owned() }
        4 => {
            x * 2.0
        }
        8 => {
            x.abs() / 2.0
        }
        _ => {
            x / 2.0
        }
        } }

        pub fn zero() -> f64 { match crate::mutant_switch::chosen("halves") {
        12 => {
            -0.0
        }
        _ => {
            0.0
        }
        } }
        "#);
        let mutants: Vec<_> = (3..9).map(|line| instrumented.mutant(line)).collect();
        assert_eq!(mutants, [None, Some(0), Some(4), Some(4), Some(4), Some(8)]);
    }
}
