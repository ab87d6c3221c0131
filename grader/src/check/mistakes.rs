//! Whether each mistake loses points, and is recognised by those who make it.

mod stand_in;

use std::collections::BTreeMap;

use anyhow::Result;

use super::functions::Functions;
use super::trials::Judged;
use super::{Checking, Findings};
use crate::course::{Mistake, nearest, shown};
use crate::grade::{CaseReport, ExerciseVerdict, Report, Verdict};
use crate::report::plain;
use stand_in::{Pair, StandIn};

/// A mistake in place of a function, and the cases that catch it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catch {
    /// The exercise.
    pub exercise: String,
    /// The mistake's function.
    pub mistake: String,
    /// The function that it stands for.
    pub function: String,
    /// The names of the cases that it fails, in the fixture's order; those of trials only if it
    /// fails no case.
    pub cases: Vec<String>,
}

/// Grades every mistake in place of the functions that take the same arguments. `references` is
/// the report of the references, and `judged` has the trials of their exercises.
pub fn check(
    checking: &Checking<'_>,
    functions: &BTreeMap<&str, Functions>,
    references: &Report,
    judged: &BTreeMap<&str, Judged<'_>>,
    findings: &mut Findings,
) -> Result<Vec<Catch>> {
    let exercises = checking.course.exercises.iter().zip(references.exercises());
    // A reference that does not compile has been complained about.
    let is_built =
        |verdict| !matches!(verdict, ExerciseVerdict::DidNotCompile | ExerciseVerdict::Blocked);
    let built: Vec<_> = exercises
        .filter(|(_, report)| is_built(report.verdict))
        .filter_map(|(exercise, report)| Some((exercise, functions.get(&*exercise.name)?, report)))
        .collect();
    let pairs = built
        .iter()
        .flat_map(|(exercise, functions, report)| Pair::all(exercise, functions, report));
    let pairs = pairs.collect();
    let mut stand_ins = stand_in::grade(checking, pairs, &BTreeMap::new())?;
    // Cases catch nearly all; only for the others it is worth the time to call the trials.
    let uncaught = stand_ins.extract_if(.., |it| it.lost().next().is_none());
    let uncaught = uncaught.map(|it| it.pair).collect();
    stand_ins.extend(stand_in::grade(checking, uncaught, judged)?);
    stand_ins.sort_by_key(|it| it.pair.index);
    let mut catches = Vec::new();
    for (exercise, written, report) in built {
        let is_right = report.verdict == ExerciseVerdict::Passed;
        let theirs: Vec<&StandIn<'_>> =
            stand_ins.iter().filter(|it| it.pair.exercise.name == exercise.name).collect();
        for (index, mistake) in exercise.mistakes.iter().enumerate() {
            if written.mistakes.contains_key(&mistake.function) {
                check_mistake((index, mistake), &theirs, is_right, findings);
            } else {
                missing(mistake, written, findings);
            }
        }
        // A mistake in one function may be right in another one that takes the same.
        catches.extend(theirs.iter().map(|it| it.catch()).filter(|it| !it.cases.is_empty()));
    }
    Ok(catches)
}

fn missing(mistake: &Mistake, written: &Functions, findings: &mut Findings) {
    let name = &mistake.function;
    let meant = nearest(name, written.mistakes.keys().map(String::as_str)).map(shown);
    let message =
        format!("the module `mistakes` of the reference has no public function {}", shown(name));
    let help = meant.map(|meant| format!("did you mean {meant}?")).unwrap_or_default();
    findings.error(&mistake.origin, message, help);
}

/// Checks a mistake. `all` has every mistake of its exercise, of which the reference `is_right` in
/// every case.
fn check_mistake(
    (index, mistake): (usize, &Mistake),
    all: &[&StandIn<'_>],
    is_right: bool,
    findings: &mut Findings,
) {
    let (name, origin) = (shown(&mistake.function), &mistake.origin);
    let theirs: Vec<_> = all.iter().filter(|it| it.pair.index == index).collect();
    if theirs.is_empty() {
        let message = format!("no function that a case calls takes the arguments of {name}");
        let help = "a mistake takes exactly what the function takes that it stands for";
        return findings.error(origin, message, help);
    }
    let calls: Vec<_> = theirs.iter().flat_map(|it| &it.calls).collect();
    let is_refused = |call: &&CaseReport| !call.called && call.verdict == Verdict::WrongType;
    if !calls.is_empty() && calls.iter().all(is_refused) {
        return findings.error(
            origin,
            format!("the grader cannot call {name}"),
            plain(&theirs[0].diagnostics.to_string()),
        );
    }
    let losing: Vec<_> = theirs.iter().filter(|it| it.lost().next().is_some()).collect();
    if losing.is_empty() && !is_right {
        // It may lose what the reference does not pass yet.
        return;
    }
    if losing.is_empty() {
        let functions: Vec<_> = theirs.iter().map(|it| shown(it.pair.function)).collect();
        let message = format!("{name} loses no points: every case passes");
        let help = format!("add a case of {} that tells them apart", functions.join(" or "));
        return findings.error(origin, message, help);
    }
    let losing: Vec<_> = losing.into_iter().filter(|it| !it.shown().is_empty()).collect();
    if losing.is_empty() {
        let message = format!("{name} never returns a wrong value, so its feedback is never shown");
        return findings.warning(origin, message, "a mistake is recognised by what it returns");
    }
    let rival = |made: &StandIn<'_>| all.iter().find(|it| it.wins_over(made));
    let lost: Vec<_> =
        losing.iter().filter_map(|made| Some((made.pair.function, rival(made)?))).collect();
    for (function, rival) in &lost {
        let message = format!("whoever makes {name} in {} is told of another", shown(function));
        let other = shown(&rival.pair.mistake().function);
        let help = format!(
            "{other} comes first and is wrong in the same way; add a case that tells them apart"
        );
        if lost.len() == losing.len() {
            findings.error(origin, message, help);
        } else {
            findings.warning(origin, message, help);
        }
    }
}
