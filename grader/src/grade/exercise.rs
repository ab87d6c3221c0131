//! One exercise: from its build and its calls to its points.

use std::cell::OnceCell;
use std::sync::Arc;

use anyhow::Result;

use super::judge::{Judgement, judge};
use super::locate::locate;
use super::oracle::Checks;
use super::plan::{Observations, Plan};
use super::report::{CaseKind, CaseReport, ExerciseReport, ExerciseVerdict, Wanted};
use super::trial::{self, Sample};
use super::verdict::Verdict;
use super::{property, rule};
use crate::build::Built;
use crate::course::{Case, Check, Exercise, Points};
use crate::diagnostic::Diagnostics;
use crate::run::{Observation, Observed};
use crate::signature::ResultKind;
use crate::submission::{self, Submission};

/// What is graded, beside the exercise itself.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The submission.
    pub submission: &'a Submission,
    /// The references, if there are any.
    pub references: Option<&'a Submission>,
}

/// Judges the cases of an exercise by what was observed of those that could be called.
#[must_use]
pub fn cases(
    signatures: &Signatures<'_>,
    built: &Built,
    mut observations: Observations,
) -> Vec<CaseReport> {
    let judged = signatures.exercise.cases.iter().enumerate().map(|(place, case)| {
        if let Some(judgement) = not_callable(signatures, built, &case.function) {
            return report(case, judgement, None);
        }
        let observation = observations.remove(&place);
        let judgement = match &observation {
            Some(observation) => called(case, &observation.observed, signatures),
            // Every call has an observation.
            None => Judgement::without_result(Verdict::Crashed, "it was not called"),
        };
        report(case, judgement, observation)
    });
    judged.collect()
}

/// Judges the trials of an exercise by what was observed of those that could be called. `checks` has
/// what the references say to the inputs of those in which a call returned, by their place.
///
/// # Errors
///
/// If it has not.
pub fn trials(
    signatures: &Signatures<'_>,
    built: &Built,
    plan: &Plan<'_>,
    observations: &Observations,
    checks: &Checks,
) -> Result<Vec<CaseReport>> {
    let judged = plan.trials().enumerate().map(|(index, (sample, places))| {
        if let Some(judgement) = not_callable(signatures, built, &sample.trial.function) {
            return Ok(trial::report(sample.trial, judgement));
        }
        let observations: Vec<&Observation> =
            places.filter_map(|place| observations.get(&place)).collect();
        let checks = checks.get(&index).map(Vec::as_slice);
        let judgements = signatures.judge(sample, &observations, checks)?;
        Ok(trial::judged(sample, &judgements, &observations, checks, plan.seed))
    });
    judged.collect()
}

/// The verdict on the calls of a function that cannot be called, if it cannot.
fn not_callable(signatures: &Signatures<'_>, built: &Built, function: &str) -> Option<Judgement> {
    let Signatures { context, exercise, .. } = signatures;
    let (verdict, message) = match built {
        Built::Ready(ready) if !ready.refused.contains_key(function) => return None,
        Built::Ready(_) => (Verdict::WrongType, signatures.wrong(function, "")),
        Built::Missing => (Verdict::NotImplemented, missing(context.submission, &exercise.name)),
        Built::Broken(_) => (Verdict::DidNotCompile, String::new()),
        Built::Blocked { needs, .. } => {
            (Verdict::Blocked, format!("it needs {}", needs.join(", ")))
        }
    };
    Some(Judgement::without_result(verdict, message))
}

/// Judges once more the cases that passed, by what they did when all were called again in another
/// order. One that is not right again was right by what went before, or by chance.
pub fn confirm(signatures: &Signatures<'_>, cases: &mut [CaseReport], again: &Observations) {
    let places = again.range(..signatures.exercise.cases.len());
    for (&index, observation) in places {
        let case = &signatures.exercise.cases[index];
        // What there was no time for is not held against anyone.
        if observation.is_out_of_time() || cases[index].verdict != Verdict::Passed {
            continue;
        }
        let judgement = called(case, &observation.observed, signatures);
        if judgement.verdict != Verdict::Passed {
            let report = &mut cases[index];
            report.verdict = Verdict::WrongValue;
            report.message = changed(&judgement);
            report.delivered = judgement.delivered;
            report.mismatch = judgement.mismatch;
        }
    }
}

/// Judges once more the trials that passed, as [`confirm`] does the cases.
///
/// # Errors
///
/// As [`trials`].
pub fn confirm_trials(
    signatures: &Signatures<'_>,
    reports: &mut [CaseReport],
    plan: &Plan<'_>,
    again: &Observations,
    checks: &Checks,
) -> Result<()> {
    for (index, (sample, places)) in plan.trials().enumerate() {
        let observations: Vec<&Observation> =
            places.filter_map(|place| again.get(&place)).collect();
        let whole = observations.len() == sample.repeated()
            && !observations.iter().any(|it| it.is_out_of_time());
        if !whole || reports[index].verdict != Verdict::Passed {
            continue;
        }
        let checks = checks.get(&index).map(Vec::as_slice);
        let mut judgements = signatures.judge(sample, &observations, checks)?;
        for judgement in judgements.iter_mut().filter(|it| it.verdict != Verdict::Passed) {
            judgement.message = changed(judgement);
            judgement.verdict = Verdict::WrongValue;
        }
        reports[index] = trial::judged(sample, &judgements, &observations, checks, plan.seed);
    }
    Ok(())
}

/// What is said of a call that was right the first time only.
fn changed(judgement: &Judgement) -> String {
    format!("{CHANGED} ({}: {})", judgement.verdict, judgement.message)
}

/// What is said of a case that passed the first time only.
const CHANGED: &str = "It was right once, and not when it was called again after other calls: a \
                       result must depend on the arguments alone";

/// Makes the report of an exercise from its cases, and looks whether its rules are kept.
#[must_use]
pub fn grade(
    context: Context<'_>,
    exercise: &Exercise,
    built: &Built,
    mut cases: Vec<CaseReport>,
) -> ExerciseReport {
    property::hold_back(&mut cases);
    cases.extend(rule::cases(context.submission, exercise, &cases));
    locate(context.submission, exercise, &mut cases);
    ExerciseReport {
        name: exercise.name.clone(),
        title: exercise.title.clone(),
        summary: exercise.summary.clone(),
        path: context.submission.shown_path(&exercise.name),
        score: score(exercise.points, &cases),
        points: exercise.points,
        verdict: verdict(built, &cases),
        diagnostics: diagnostics(exercise, built),
        on_reference: match built {
            Built::Ready(ready) => ready.on_reference.clone(),
            _ => Vec::new(),
        },
        hints: exercise.hints.len(),
        cases,
    }
}

/// The share of the points that the weights of the passed cases are of all weights.
fn score(points: Points, cases: &[CaseReport]) -> Points {
    let weight = |case: &CaseReport| i128::from(case.weight);
    let all: i128 = cases.iter().map(weight).sum();
    let passed: i128 =
        cases.iter().filter(|case| case.verdict == Verdict::Passed).map(weight).sum();
    if all == 0 { Points::ZERO } else { points * Points::new(passed, all) }
}

fn verdict(built: &Built, cases: &[CaseReport]) -> ExerciseVerdict {
    let all = |verdict: Verdict| cases.iter().all(|case| case.verdict == verdict);
    match built {
        Built::Missing => ExerciseVerdict::NotImplemented,
        Built::Broken(_) => ExerciseVerdict::DidNotCompile,
        Built::Blocked { .. } => ExerciseVerdict::Blocked,
        Built::Ready(_) if all(Verdict::Passed) => ExerciseVerdict::Passed,
        Built::Ready(_) if all(Verdict::NotImplemented) => ExerciseVerdict::NotImplemented,
        Built::Ready(_) => ExerciseVerdict::Failed,
    }
}

fn diagnostics(exercise: &Exercise, built: &Built) -> Diagnostics {
    match built {
        Built::Missing => Diagnostics::default(),
        Built::Broken(diagnostics) | Built::Blocked { diagnostics, .. } => diagnostics.clone(),
        Built::Ready(ready) => {
            // A function that only hidden cases call is nothing to talk about.
            let shown = |function: &String| {
                let cases = exercise.cases.iter().map(|case| (case.hidden, &case.function));
                let trials = exercise.trials.iter().map(|trial| (trial.hidden, &trial.function));
                cases.chain(trials).any(|(hidden, called)| !hidden && called == function)
            };
            let shown = ready.refused.iter().filter(|(name, _)| shown(name));
            shown.map(|(_, errors)| errors.clone()).fold(Diagnostics::default(), Diagnostics::with)
        }
    }
}

fn called(case: &Case, observed: &Observed, signatures: &Signatures<'_>) -> Judgement {
    let function = &case.function;
    let mut judgement = judge(&case.check, observed, &|| signatures.kind(function));
    if judgement.verdict == Verdict::WrongType {
        judgement.message = signatures.wrong(function, &judgement.message);
    }
    judgement
}

fn report(case: &Case, judgement: Judgement, observation: Option<Observation>) -> CaseReport {
    let called = observation.as_ref().is_some_and(Observation::was_called);
    let (output, duration) = match observation {
        Some(observation) => (observation.output, observation.duration),
        None => Default::default(),
    };
    let feedback = case.feedback.clone().filter(|_| judgement.speaks_of_results());
    CaseReport {
        name: case.name.clone(),
        function: case.function.clone(),
        kind: CaseKind::Case,
        verdict: judgement.verdict,
        weight: case.weight,
        hidden: case.hidden,
        args: case.args.clone(),
        inputs: None,
        wanted: Wanted::of(&case.check),
        delivered: judgement.delivered,
        mismatch: judgement.mismatch,
        mistake: None,
        feedback,
        source: case.source.clone(),
        message: judgement.message,
        place: None,
        output: output.text,
        output_cut: output.cut,
        called,
        duration,
    }
}

/// The signatures of an exercise: those that are wanted and those that are there.
#[derive(Debug)]
pub struct Signatures<'a> {
    context: Context<'a>,
    exercise: &'a Exercise,
    wanted: OnceCell<Arc<submission::Signatures>>,
}

impl<'a> Signatures<'a> {
    /// Those of an exercise; they are read when they are asked for.
    #[must_use]
    pub fn of(context: Context<'a>, exercise: &'a Exercise) -> Self {
        Self { context, exercise, wanted: OnceCell::new() }
    }

    /// The signatures of the reference.
    fn wanted(&self) -> &submission::Signatures {
        self.wanted.get_or_init(|| {
            let Some(references) = self.context.references else { return Arc::default() };
            references.signatures(&self.exercise.name, &self.exercise.functions())
        })
    }

    /// The kind of value that the reference of a function returns, if known.
    fn kind(&self, function: &str) -> Option<ResultKind> {
        self.wanted().get(function).and_then(|signature| signature.result)
    }

    /// Judges the inputs of a trial by what was observed of them.
    ///
    /// # Errors
    ///
    /// As [`Sample::judge`].
    pub fn judge(
        &self,
        sample: &Sample<'_>,
        observations: &[&Observation],
        checks: Option<&[Check]>,
    ) -> Result<Vec<Judgement>> {
        let function = &sample.trial.function;
        let observed: Vec<&Observed> = observations.iter().map(|it| &it.observed).collect();
        let mut judgements = sample.judge(&observed, checks, &|| self.kind(function))?;
        for judgement in judgements.iter_mut().filter(|it| it.verdict == Verdict::WrongType) {
            judgement.message = self.wrong(function, &judgement.message);
        }
        Ok(judgements)
    }

    /// What to say of a function of a wrong type.
    fn wrong(&self, function: &str, problem: &str) -> String {
        let mut lines = Vec::new();
        if !problem.is_empty() {
            lines.push(problem.to_owned());
        }
        if let Some(signature) = self.wanted().get(function) {
            lines.push(format!("wanted: {}", signature.text));
        }
        let theirs = self.context.submission.signatures(&self.exercise.name, &[function]);
        match theirs.get(function) {
            Some(signature) => {
                lines.push(format!("yours:  {}", signature.text));
                if !signature.text.starts_with("pub ") {
                    lines.push(format!("The grader sees only public functions: pub fn {function}"));
                }
            }
            None => lines.push(format!("yours:  no function `{function}` at the top of the file")),
        }
        lines.join("\n")
    }
}

/// Why there is no file for an exercise.
fn missing(submission: &Submission, exercise: &str) -> String {
    let path = submission.shown_path(exercise);
    let file = format!("{exercise}.rs");
    match submission.left_out.iter().find(|(name, _)| *name == file) {
        Some((_, reason)) => format!("{path} was not taken: {reason}"),
        None => format!("{path} is missing"),
    }
}
