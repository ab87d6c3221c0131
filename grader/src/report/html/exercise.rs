//! One exercise: its score, its cases, its plots, and what rustc said.

use serde::Serialize;

use super::case::{Case, Passed};
use super::plot::Plot;
use super::{MESSAGE, OUTPUT};
use crate::course::Points;
use crate::grade::{CaseReport, ExerciseReport, ExerciseVerdict, Report, Verdict};
use crate::report::decimal::Hundredths;
use crate::report::state::{State, stand_ins};
use crate::report::visible::{Visible, distinct};
use crate::report::{plural, text};

/// What became of something: a sign and a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// All is right.
    Passed,
    /// Something is not written yet, or waits for something else.
    Open,
    /// Something is wrong.
    Failed,
}

impl From<State> for Mark {
    fn from(state: State) -> Self {
        match state {
            State::Passed => Self::Passed,
            State::Open => Self::Open,
            State::Failed => Self::Failed,
        }
    }
}

impl From<Verdict> for Mark {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Passed => Self::Passed,
            Verdict::NotImplemented | Verdict::Blocked => Self::Open,
            _ => Self::Failed,
        }
    }
}

/// What was earned of what could be.
#[derive(Serialize)]
pub struct Score {
    earned: String,
    points: String,
    /// The share in percent, as wide as a bar is drawn.
    share: String,
}

impl Score {
    /// So many of so many points.
    pub fn of(earned: Points, points: Points) -> Self {
        let hundred = Points::from_integer(100);
        let share = if points == Points::ZERO { hundred } else { earned / points * hundred };
        Self {
            earned: Hundredths::of(earned, points).to_string(),
            points: Hundredths::whole(points).to_string(),
            share: Hundredths::of(share, hundred).to_string(),
        }
    }
}

/// An exercise in detail.
#[derive(Serialize)]
pub struct Exercise<'a> {
    name: &'a str,
    title: String,
    /// What it asks.
    task: String,
    path: String,
    mark: Mark,
    verdict: String,
    score: Score,
    notes: Vec<String>,
    cases: Vec<Case<'a>>,
    passed: Vec<Passed>,
    /// How many cases passed, in words; empty if none did.
    summary: String,
    plots: Vec<Plot>,
    /// What rustc said.
    diagnostics: Option<String>,
}

impl<'a> Exercise<'a> {
    /// The exercise in the words of the page.
    pub fn of(exercise: &'a ExerciseReport, report: &Report, reveal: bool) -> Self {
        let visible = Visible::of(exercise, reveal);
        let (passed, others): (Vec<&CaseReport>, Vec<&CaseReport>) =
            visible.cases.iter().partition(|case| case.verdict == Verdict::Passed);
        let uncompiled = [ExerciseVerdict::DidNotCompile, ExerciseVerdict::Blocked];
        // What is said of the file is said of all its cases.
        let others = if uncompiled.contains(&exercise.verdict) {
            Vec::new()
        } else {
            distinct(others.into_iter(), |case| case)
        };
        Self {
            name: &exercise.name,
            title: text::one_line(&exercise.title),
            task: text::one_line(&exercise.summary),
            path: text::one_line(&exercise.path),
            mark: State::of(exercise, &visible).into(),
            verdict: exercise.verdict.to_string(),
            score: Score::of(exercise.score, exercise.points),
            notes: notes(exercise, &visible, report),
            cases: (1..).zip(others).map(|(number, case)| Case::of(case, number)).collect(),
            summary: match passed.len() {
                0 => String::new(),
                count => format!("{} passed", plural(count, "case")),
            },
            passed: passed.into_iter().map(Passed::of).collect(),
            plots: Plot::all(&visible.cases),
            diagnostics: super::present(&exercise.diagnostics.to_string(), OUTPUT),
        }
    }
}

/// What must be known about an exercise besides its score, in sentences.
fn notes(exercise: &ExerciseReport, visible: &Visible<'_>, report: &Report) -> Vec<String> {
    let mut notes = stand_ins(exercise, report);
    match exercise.verdict {
        ExerciseVerdict::NotImplemented if visible.lacks_file() => {
            notes.push("there is no file".into());
        }
        ExerciseVerdict::Blocked => {
            let message = visible.cases.first().and_then(|it| super::present(&it.message, MESSAGE));
            notes.extend(message);
        }
        _ => {}
    }
    if visible.hidden > 0 {
        let cases = plural(visible.hidden, "hidden case");
        notes.push(format!("{} of {cases} passed", visible.hidden_passed));
    }
    notes
}
