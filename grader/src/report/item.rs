//! An exercise as formats list it that know nothing but tests.

use std::collections::BTreeSet;

use super::terminal::{self, Terminal};
use super::text;
use super::visible::Visible;
use crate::diagnostic::Place;
use crate::grade::{CaseReport, ExerciseReport, Verdict};

/// How long a headline is at most, in characters.
const HEADLINE: usize = 300;

/// One case that the reader may see, or all those together that are only counted.
#[derive(Debug, Clone, Default)]
pub struct Item<'a> {
    /// Its name, on one line, like no other's of the exercise.
    pub name: String,
    /// The case; `None` if it stands for those that are only counted.
    pub case: Option<&'a CaseReport>,
    /// What became of it, in few words: "wrong value".
    pub verdict: String,
    /// Whether all of it passed.
    pub passed: bool,
    /// Whether it is of an overlay.
    pub hidden: bool,
    /// The weight that was earned, at most `weight`.
    pub earned: u64,
    /// Its share of the exercise's points.
    pub weight: u64,
    /// The first error of rustc's, where that is why it failed.
    error: String,
    /// All of them, where no item before it says so.
    diagnostics: String,
}

impl<'a> Item<'a> {
    /// The items of an exercise, in the order of its report; hidden cases are shown with `reveal`,
    /// else counted.
    pub fn all(exercise: &'a ExerciseReport, reveal: bool) -> Vec<Self> {
        let visible = Visible::of(exercise, reveal);
        let mut items: Vec<Self> = visible.cases.into_iter().map(Self::of).collect();
        let uncompiled =
            |item: &&mut Self| item.case.is_some_and(|case| case.verdict.is_uncompiled());
        for item in items.iter_mut().filter(uncompiled) {
            item.error =
                exercise.diagnostics.iter().next().map(|it| it.message.clone()).unwrap_or_default();
        }
        if let Some(first) = items.iter_mut().find(uncompiled) {
            first.diagnostics = text::plain(exercise.diagnostics.to_string().trim_end());
        }
        if visible.hidden > 0 {
            items.push(Self::counted(exercise, visible.hidden, visible.hidden_passed));
        }
        let mut names = BTreeSet::new();
        for item in &mut items {
            item.name = unique(&item.name, &names);
            names.insert(item.name.clone());
        }
        items
    }

    fn of(case: &'a CaseReport) -> Self {
        let passed = case.verdict == Verdict::Passed;
        let weight = u64::from(case.weight);
        Self {
            name: text::one_line(&case.name).trim().to_owned(),
            case: Some(case),
            verdict: case.verdict.to_string(),
            passed,
            hidden: case.hidden,
            earned: if passed { weight } else { 0 },
            weight,
            error: String::new(),
            diagnostics: String::new(),
        }
    }

    /// The hidden cases of an exercise, of which nothing else is said.
    fn counted(exercise: &ExerciseReport, count: usize, passed: usize) -> Self {
        let hidden = || exercise.cases.iter().filter(|case| case.hidden);
        let earned = hidden().filter(|case| case.verdict == Verdict::Passed);
        let weight = |case: &CaseReport| u64::from(case.weight);
        Self {
            name: "hidden cases".into(),
            case: None,
            verdict: format!("{passed} of {count} passed"),
            passed: passed == count,
            hidden: true,
            earned: earned.map(weight).sum(),
            weight: hidden().map(weight).sum(),
            error: String::new(),
            diagnostics: String::new(),
        }
    }

    /// Its name, with that of the exercise before it.
    pub fn title(&self, exercise: &ExerciseReport) -> String {
        format!("{}: {}", exercise.name, self.name)
    }

    /// What became of it, in one line: "wrong value: 2 of 2 elements differ".
    pub fn headline(&self) -> String {
        let message = match self.case {
            Some(case) if !self.passed && self.error.is_empty() => &case.message,
            _ => &self.error,
        };
        let message = text::one_line(message.lines().next().unwrap_or_default());
        let message = message.trim();
        if message.is_empty() {
            return self.verdict.clone();
        }
        text::capped(format!("{}: {message}", self.verdict), HEADLINE)
    }

    /// What was called, what was wanted and what came, and what the fixture says to that, as the
    /// terminal shows it; empty if it passed.
    pub fn details(&self, terminal: &Terminal) -> String {
        match self.case {
            Some(_) if !self.diagnostics.is_empty() => self.diagnostics.clone(),
            Some(case) if !self.passed => terminal::details(case, terminal),
            _ => String::new(),
        }
    }

    /// What the call printed, safe and of a bearable length.
    pub fn output(&self, max: usize) -> String {
        let Some(case) = self.case else { return String::new() };
        let mut output = text::capped(text::plain(&case.output), max);
        if case.output_cut && !output.ends_with(text::CUT) {
            output.push_str(text::CUT);
        }
        output
    }

    /// What went wrong, and behind it what the call printed.
    pub fn account(&self, terminal: &Terminal, max: usize) -> String {
        let output = self.output(max);
        let output = if output.is_empty() { output } else { format!("output\n{output}") };
        text::paragraphs([self.details(terminal), output])
    }

    /// Where in the learner's files to look.
    pub fn place(&self) -> Option<&'a Place> {
        self.case?.place.as_ref()
    }
}

/// A name that is not among `taken`.
fn unique(name: &str, taken: &BTreeSet<String>) -> String {
    let name = if name.is_empty() { "unnamed" } else { name };
    let numbered = (2..).map(|number| format!("{name} ({number})"));
    let mut names = [name.to_owned()].into_iter().chain(numbered);
    names.find(|name| !taken.contains(name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn hidden_cases_are_one_item_unless_revealed() {
        let report = sample::with_hidden_cases();
        let exercise = report.exercises().next().unwrap();
        let said = |reveal| -> Vec<String> {
            let items = Item::all(exercise, reveal);
            items.iter().map(|it| format!("{}: {}", it.name, it.headline())).collect()
        };
        assert_eq!(said(false), ["the notebook's vectors: passed", "hidden cases: 1 of 2 passed"]);
        assert_eq!(
            said(true),
            [
                "the notebook's vectors: passed",
                "the secret column: passed",
                "the secret row: wrong value: the value differs"
            ]
        );
    }

    #[test]
    fn no_two_items_have_one_name() {
        let case = |name: &str| sample::call(name, "dot", vec![]);
        let exercise = ["a", "a", "a (2)", "a", " "].map(case);
        let exercise =
            exercise.into_iter().fold(sample::exercise("dot", "Dot"), |it, case| it.case(case));
        let names: Vec<String> =
            Item::all(&exercise, false).into_iter().map(|it| it.name).collect();
        assert_eq!(names, ["a", "a (2)", "a (2) (2)", "a (3)", "unnamed"]);
    }
}
