//! Which mistake a wrong result shows.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;
use harness::Value;
use harness::wire::CallOutcome;

use super::grading::Grading;
use super::report::{CaseReport, Delivered, Wanted};
use crate::build::{Builder, entry_name, mistake_path};
use crate::compare::compare;
use crate::course::{Exercise, NanPolicy, Tolerance};
use crate::run::{self, Calls, Observed, Order};

impl Grading<'_> {
    /// Gives the wrong results of an exercise the feedback of the mistakes that they show.
    ///
    /// A mistake explains a wrong result if it gives the same for the same arguments. Of several
    /// the first wins that explains every wrong result of the function, so that two mistakes that are
    /// alike in one case are told apart by another. Where none explains all, it is the first that
    /// explains this one. Hidden cases decide on each other only, so that they do not show in what
    /// is said of the others.
    ///
    /// # Errors
    ///
    /// If something fails that is not the course's fault: a file cannot be written, a worker cannot
    /// be started. Mistakes that do not compile or do not return explain nothing.
    pub(super) fn explain(
        &self,
        builder: &Builder<'_>,
        exercise: &Exercise,
        cases: &mut [CaseReport],
        deadline: Instant,
    ) -> Result<()> {
        let mut wrong: Vec<&mut CaseReport> = cases.iter_mut().filter(|it| is_wrong(it)).collect();
        if wrong.is_empty() || exercise.mistakes.is_empty() {
            return Ok(());
        }
        let Some(worker) = self.build_mistakes(builder, exercise)? else { return Ok(()) };
        let program = self.program(&worker, exercise.limits)?;
        let mut calls = Vec::new();
        let mut expected = 0_u64;
        for mistake in &exercise.mistakes {
            let entry = entry_name(&exercise.name, &mistake_path(mistake));
            calls.extend(wrong.iter().map(|case| (entry.clone(), &*case.args)));
            // A result that is worth a look is as large as the learner's.
            expected = wrong.iter().map(|case| bytes(case)).fold(expected, u64::saturating_add);
        }
        let (first, total) = (calls.len(), self.course.limits.total);
        let calls = Calls { program, calls, first, expected, total, deadline };
        let observations = run::run(&calls, Order::Mixed)?;
        let explains: Vec<Vec<bool>> = observations
            .chunks(wrong.len())
            .map(|theirs| {
                let pairs = wrong.iter().zip(theirs);
                pairs.map(|(case, it)| is_explained(case, &it.observed)).collect()
            })
            .collect();
        let groups: Vec<_> =
            wrong.iter().map(|case| (case.function.clone(), case.hidden)).collect();
        for (case, mistake) in wrong.iter_mut().zip(choose(&groups, &explains)) {
            if let Some(mistake) = mistake.map(|index| &exercise.mistakes[index]) {
                case.mistake = Some(mistake.function.clone());
                case.feedback = Some(mistake.feedback.clone());
            }
        }
        Ok(())
    }

    /// Builds the worker that serves the mistakes of an exercise. In a class most of all mistakes are made:
    /// one serves them all, unless some of them do not compile.
    fn build_mistakes(
        &self,
        builder: &Builder<'_>,
        exercise: &Exercise,
    ) -> Result<Option<PathBuf>> {
        if self.programs.is_some() {
            let exercises = self.course.exercises.iter().filter(|it| !it.mistakes.is_empty());
            let all = builder.build_mistakes(&exercises.collect::<Vec<_>>())?;
            if all.is_some() {
                return Ok(all);
            }
        }
        builder.build_mistakes(&[exercise])
    }
}

/// The mistake that each wrong result shows, if one explains it. `groups` says which results belong
/// together, and `explains` of each mistake which of them it explains.
fn choose<G: PartialEq>(groups: &[G], explains: &[Vec<bool>]) -> Vec<Option<usize>> {
    let explains_all = |group: &G, explained: &[bool]| {
        groups.iter().zip(explained).all(|(other, explained)| other != group || *explained)
    };
    let chosen = groups.iter().enumerate().map(|(index, group)| {
        let of_all = explains.iter().position(|explained| explains_all(group, explained));
        of_all.or_else(|| explains.iter().position(|explained| explained[index]))
    });
    chosen.collect()
}

/// Whether a case came back with a value, and that is wrong.
#[must_use]
pub fn is_wrong(case: &CaseReport) -> bool {
    case.mismatch.is_some() && matches!(case.delivered, Some(Delivered::Value(_)))
}

/// How large a case's result is.
fn bytes(case: &CaseReport) -> u64 {
    match &case.delivered {
        Some(Delivered::Value(value)) => value.bytes(),
        _ => 0,
    }
}

/// Whether a mistake gave what the case did.
fn is_explained(case: &CaseReport, mistaken: &Observed) -> bool {
    match mistaken {
        Observed::Replied(CallOutcome::Returned(mistaken)) => explains(mistaken, case),
        _ => false,
    }
}

/// Whether what a mistake gave is what the case came back with, by the case's own measure.
#[must_use]
pub fn explains(mistaken: &Value, case: &CaseReport) -> bool {
    let Some(Delivered::Value(actual)) = &case.delivered else { return false };
    match &case.wanted {
        Wanted::Value(_, tolerance) => {
            // Whether NaN may be right is no question here.
            let tolerance = Tolerance { nan: NanPolicy::Equal, ..tolerance.clone() };
            compare(actual, mistaken, &tolerance).is_ok()
        }
        Wanted::Shape(_) => actual.shape().is_some() && actual.shape() == mistaken.shape(),
        // A property may be violated by another call than the one that is shown.
        Wanted::Property(_) | Wanted::Reference => false,
        Wanted::Panic(_) | Wanted::Error(_) | Wanted::Rule(_) => false,
    }
}

#[cfg(test)]
mod tests;
