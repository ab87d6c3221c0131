//! Whether the references are there, can be called and pass everything, whatever the seed.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use harness::Value;

use super::functions::Functions;
use super::{Checking, Findings};
use crate::course::{Case, Exercise, nearest, shown};
use crate::grade::{
    CaseKind, CaseReport, Delivered, ExerciseReport, ExerciseVerdict, Report, Verdict,
};
use crate::report::{outcome, plain};

/// How many characters of a value a finding shows.
const SHOWN: usize = 60;

/// Grades the references.
pub fn check(
    checking: &Checking<'_>,
    functions: &BTreeMap<&str, Functions>,
    findings: &mut Findings,
) -> Result<Report> {
    let report = checking.grade_cases(checking.references)?;
    for (exercise, report) in checking.course.exercises.iter().zip(report.exercises()) {
        let file = checking.workspace.solutions().join(format!("{}.rs", exercise.name));
        match report.verdict {
            ExerciseVerdict::NotImplemented
                if checking.references.file(&exercise.name).is_none() =>
            {
                let help = "write the solution there, from which the stub is made";
                findings.error(file, format!("{} has no reference", shown(&exercise.name)), help);
            }
            ExerciseVerdict::DidNotCompile => {
                let message =
                    format!("the reference of {} does not compile", shown(&exercise.name));
                findings.error(file, message, plain(&report.diagnostics.to_string()));
            }
            // What it needs has been complained about.
            ExerciseVerdict::Blocked => {}
            _ => check_cases(exercise, report, functions.get(&*exercise.name), findings),
        }
    }
    Ok(report)
}

/// The exercises with trials that are worth a try: their references pass every case, and all others
/// compile, because trials may ask these.
pub fn can_try<'a>(checking: &Checking<'a>, report: &Report) -> Vec<&'a Exercise> {
    let exercises = || checking.course.exercises.iter().zip(report.exercises());
    let is_sound = |(exercise, report): (&Exercise, &ExerciseReport)| {
        !matches!(report.verdict, ExerciseVerdict::DidNotCompile | ExerciseVerdict::Blocked)
            && checking.references.file(&exercise.name).is_some()
    };
    if !exercises().all(is_sound) {
        return Vec::new();
    }
    let passes_all = |exercise: &Exercise, report: &ExerciseReport| {
        cases(exercise, report).all(|(_, case)| case.verdict == Verdict::Passed)
    };
    let tried = exercises()
        .filter(|(exercise, report)| !exercise.trials.is_empty() && passes_all(exercise, report));
    tried.map(|(exercise, _)| exercise).collect()
}

/// What a reference returned in a case that it passes.
pub fn right(report: &CaseReport) -> Option<&Value> {
    match &report.delivered {
        Some(Delivered::Value(value)) if report.verdict == Verdict::Passed => Some(value),
        _ => None,
    }
}

/// The cases of an exercise, with what became of them.
pub fn cases<'a>(
    exercise: &'a Exercise,
    report: &'a ExerciseReport,
) -> impl Iterator<Item = (&'a Case, &'a CaseReport)> {
    exercise.cases.iter().zip(report.cases.iter().filter(|it| it.kind == CaseKind::Case))
}

fn check_cases(
    exercise: &Exercise,
    report: &ExerciseReport,
    functions: Option<&Functions>,
    findings: &mut Findings,
) {
    let mut uncallable = BTreeSet::new();
    for (case, became) in cases(exercise, report) {
        let function = &case.function;
        if became.verdict == Verdict::Passed {
            continue;
        } else if became.called {
            failed(case, became, findings);
        } else if uncallable.insert(function) {
            let is_there = functions.is_some_and(|it| it.top.contains_key(function));
            let (message, help) = if is_there {
                let message =
                    format!("the grader cannot call {} of the reference", shown(function));
                (message, plain(&report.diagnostics.to_string()))
            } else {
                let names = functions.iter().flat_map(|it| it.top.keys().map(String::as_str));
                let meant = nearest(function, names).map(shown);
                let meant = meant.map(|meant| format!("did you mean {meant}?"));
                let message = format!("the reference has no public function {}", shown(function));
                (message, meant.unwrap_or_default())
            };
            findings.error(&case.origin, message, help);
        }
    }
    let rules = report.cases.iter().filter(|it| it.kind == CaseKind::Rule);
    for (rule, became) in exercise.rules.iter().zip(rules) {
        if became.verdict == Verdict::RuleBroken {
            let message = format!("the reference breaks its own rule, {rule}");
            findings.error(&rule.origin, message, plain(&became.message));
        }
    }
}

fn failed(case: &Case, report: &CaseReport, findings: &mut Findings) {
    let name = shown(&case.name);
    match &report.delivered {
        None if report.verdict == Verdict::WrongType => {
            let message = format!("the reference does not take the arguments of {name}");
            findings.error(&case.origin, message, plain(&report.message));
        }
        None => {
            let message = format!("the reference fails {name}: {}", report.verdict);
            findings.error(&case.origin, message, plain(&report.message));
        }
        Some(delivered) => {
            let message = format!("the reference fails {name}: {}", report.verdict);
            let help = format!(
                "expected {}, and {} came",
                outcome::wanted(&report.wanted, SHOWN),
                outcome::delivered(delivered, SHOWN)
            );
            findings.error(&case.origin, message, help);
        }
    }
}
