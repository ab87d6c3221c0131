//! Which cases a reader may see.

use crate::grade::{CaseReport, ExerciseReport, Verdict};

/// The cases of an exercise, for a reader who may or may not see hidden ones.
pub struct Visible<'a> {
    /// The cases to show, in the fixture's order.
    pub cases: Vec<&'a CaseReport>,
    /// How many others there are.
    pub hidden: usize,
    /// How many of these passed.
    pub hidden_passed: usize,
}

impl<'a> Visible<'a> {
    /// The cases of `exercise`, those of overlays only with `reveal`.
    pub fn of(exercise: &'a ExerciseReport, reveal: bool) -> Self {
        let (hidden, cases): (Vec<_>, Vec<_>) =
            exercise.cases.iter().partition(|case| case.hidden && !reveal);
        let passed = hidden.iter().filter(|case| case.verdict == Verdict::Passed);
        Self { cases, hidden: hidden.len(), hidden_passed: passed.count() }
    }

    /// Whether the learner's file is not there.
    ///
    /// Then nothing came back from any case; from `todo!()` comes a panic.
    pub fn lacks_file(&self) -> bool {
        self.cases
            .iter()
            .all(|case| case.verdict == Verdict::NotImplemented && case.delivered.is_none())
    }

    /// The functions that nobody has written yet, in order.
    pub fn unwritten(&self) -> Vec<&'a str> {
        let mut names: Vec<&str> = Vec::new();
        for case in self.cases.iter().filter(|case| case.verdict == Verdict::NotImplemented) {
            if !names.contains(&case.function.as_str()) {
                names.push(&case.function);
            }
        }
        names
    }
}

/// Whether the case says something about its function that all its other cases say as well.
pub fn is_about_function(case: &CaseReport) -> bool {
    matches!(case.verdict, Verdict::WrongType | Verdict::NotImplemented)
}

/// The cases without those that would only repeat what an earlier one says: that a function is
/// not written yet, or cannot be called.
pub fn distinct<'a>(cases: impl Iterator<Item = &'a CaseReport>) -> Vec<&'a CaseReport> {
    let mut distinct: Vec<&CaseReport> = Vec::new();
    for case in cases {
        let repeats = |shown: &&CaseReport| {
            shown.verdict == case.verdict
                && shown.function == case.function
                && case.output.is_empty()
                && is_about_function(case)
        };
        if !distinct.iter().any(repeats) {
            distinct.push(case);
        }
    }
    distinct
}
