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

/// The items without those that would only repeat what an earlier one says: that a function is
/// not written yet, or cannot be called, or that nothing was compiled. `of` tells the case of each item.
pub fn distinct<'a, T>(
    items: impl Iterator<Item = T>,
    of: impl Fn(&T) -> &'a CaseReport,
) -> Vec<T> {
    let mut distinct: Vec<T> = Vec::new();
    for item in items {
        let case = of(&item);
        let repeats = |shown: &CaseReport| {
            let same_function = is_about_function(case) && shown.function == case.function;
            shown.verdict == case.verdict
                && case.output.is_empty()
                && (case.verdict.is_uncompiled() || same_function)
        };
        if !distinct.iter().any(|shown| repeats(of(shown))) {
            distinct.push(item);
        }
    }
    distinct
}
