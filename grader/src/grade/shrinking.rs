//! The search for the simplest input that a function is wrong for.

use std::time::Instant;

use anyhow::Result;

use super::exercise::Signatures;
use super::grading::Grading;
use super::oracle::References;
use super::report::{CaseReport, InputsReport};
use super::trial::{Draw, Sample, Shown, can_be_simpler, simpler};
use super::verdict::Verdict;
use crate::build::{Ready, entry_name};
use crate::course::Exercise;
use crate::run::{Calls, Observation, Observed, Order, Workers};

/// How many times simpler inputs are looked for, and how many each time. The search is bounded by
/// these and not by time, so that a second one ends with the same.
const ROUNDS: usize = 24;
const CANDIDATES: usize = 100;

/// What the search needs beside the trial.
#[derive(Debug, Clone, Copy)]
pub struct Shrinking<'s> {
    /// What is right for other inputs.
    pub references: &'s References<'s>,
    /// The signatures of the exercise.
    pub signatures: &'s Signatures<'s>,
    /// The submission's worker.
    pub ready: &'s Ready,
    /// What makes its calls.
    pub workers: &'s Workers,
    /// When the submission has used up its time.
    pub deadline: Instant,
}

impl Grading<'_> {
    /// Shows the simplest input in the report of a trial that failed, with the same verdict.
    ///
    /// # Errors
    ///
    /// If a worker cannot be started.
    pub(super) fn shrink(
        &self,
        shrinking: &Shrinking<'_>,
        exercise: &Exercise,
        sample: &Sample<'_>,
        report: &mut CaseReport,
    ) -> Result<()> {
        let Some(mut draw) = failing(sample, report) else { return Ok(()) };
        for _ in 0..ROUNDS {
            let mut candidates = simpler(&sample.trial.inputs, &draw);
            candidates.truncate(CANDIDATES);
            let candidates = Sample::of(sample.trial, candidates);
            let Some((next, simpler)) =
                self.first_like(shrinking, exercise, &candidates, report.verdict)?
            else {
                break;
            };
            let inputs = report.inputs;
            *report = CaseReport { inputs, ..simpler };
            draw = next;
        }
        Ok(())
    }

    /// The first of several inputs that has this verdict, and the report of the trial with it.
    fn first_like(
        &self,
        shrinking: &Shrinking<'_>,
        exercise: &Exercise,
        candidates: &Sample<'_>,
        verdict: Verdict,
    ) -> Result<Option<(Draw, CaseReport)>> {
        let Shrinking { references, signatures, ready, workers, deadline } = *shrinking;
        let trial = candidates.trial;
        let entry = entry_name(&exercise.name, &trial.function);
        let calls = Calls {
            program: self.worker(ready, exercise.limits)?,
            calls: candidates.calls.iter().map(|args| (entry.clone(), &**args)).collect(),
            first: 0,
            expected: 0,
            total: self.course.limits.total,
            deadline,
        };
        let observations = workers.run(calls, Order::Mixed, trial.hidden)?;
        // What dies takes too long to look into.
        let replied = |it: &Observation| matches!(it.observed, Observed::Replied(_));
        if candidates.draws.is_empty() || !observations.iter().all(replied) {
            return Ok(None);
        }
        let checks = references.checks_of(exercise, candidates)?;
        let each = candidates.calls.len() / candidates.draws.len();
        for (index, (draw, observed)) in
            candidates.draws.iter().zip(observations.chunks(each)).enumerate()
        {
            let check = match checks.get(index) {
                // The reference has no answer either.
                Some(None) => continue,
                Some(Some(check)) => Some(check),
                None => None,
            };
            let one = Sample::of(trial, vec![draw.clone()]);
            let observed: Vec<&Observation> = observed.iter().collect();
            let judged = signatures.judge(&one, &observed, check.map(std::slice::from_ref))?;
            let Some(judgement) = judged.into_iter().find(|it| it.verdict == verdict) else {
                continue;
            };
            let args = &*one.calls[0];
            let shown = Shown { args, check, judgement, observation: observed.first().copied() };
            return Ok(Some((draw.clone(), shown.report(trial))));
        }
        Ok(None)
    }
}

/// The input that a report shows, if a simpler one is worth looking for.
fn failing(sample: &Sample<'_>, report: &CaseReport) -> Option<Draw> {
    // Its arguments do not say which it is: NaN is not equal to itself.
    let InputsReport { failed, shown, .. } = report.inputs?;
    (failed > 0 && can_be_simpler(report.verdict)).then(|| sample.draws[shown].clone())
}
