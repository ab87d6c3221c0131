//! One exercise: from its build and its calls to its points.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::judge::{Judgement, judge};
use super::report::{CaseKind, CaseReport, Delivered, ExerciseReport, ExerciseVerdict, Wanted};
use super::rule;
use super::verdict::Verdict;
use crate::build::Built;
use crate::course::{Case, Check, Exercise, Points};
use crate::run::{Death, Observation, Observed};
use crate::signature::{Signature, signature};
use crate::submission::Submission;

/// What is graded, beside the exercise itself.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The submission.
    pub submission: &'a Submission,
    /// The references, if there are any.
    pub references: Option<&'a Submission>,
}

/// What became of the calls of an exercise, by the place of their case in the fixture.
pub type Observations = BTreeMap<usize, Observation>;

/// Judges the cases of an exercise by what was observed of those that could be called.
#[must_use]
pub fn cases(
    signatures: &Signatures<'_>,
    built: &Built,
    mut observations: Observations,
) -> Vec<CaseReport> {
    let Signatures { context, exercise, .. } = signatures;
    let judged = exercise.cases.iter().enumerate().map(|(index, case)| match built {
        Built::Ready(ready) => match ready.refused.get(&case.function) {
            Some(_) => {
                let message = signatures.wrong(&case.function, "");
                report(case, Judgement::without_result(Verdict::WrongType, message), None)
            }
            None => {
                let observation = observations.remove(&index);
                let judgement = match &observation {
                    Some(observation) => called(case, &observation.observed, signatures),
                    // Every call has an observation.
                    None => Judgement::without_result(Verdict::Crashed, "it was not called"),
                };
                report(case, judgement, observation)
            }
        },
        Built::Missing => {
            let message = missing(context.submission, &exercise.name);
            report(case, Judgement::without_result(Verdict::NotImplemented, message), None)
        }
        Built::Broken(_) => {
            report(case, Judgement::without_result(Verdict::DidNotCompile, ""), None)
        }
        Built::Blocked { needs, .. } => {
            let message = format!("it needs {}", needs.join(", "));
            report(case, Judgement::without_result(Verdict::Blocked, message), None)
        }
    });
    judged.collect()
}

/// Judges once more the cases that passed, by what they did when all were called again in another
/// order. One that is not right again was right by what went before, or by chance.
pub fn confirm(signatures: &Signatures<'_>, cases: &mut [CaseReport], again: &Observations) {
    for (&index, observation) in again {
        let case = &signatures.exercise.cases[index];
        // What there was no time for is not held against anyone.
        let out_of_time = matches!(observation.observed, Observed::Died(Death::TotalTime(_)));
        if out_of_time || cases[index].verdict != Verdict::Passed {
            continue;
        }
        let judgement = called(case, &observation.observed, signatures);
        if judgement.verdict != Verdict::Passed {
            let report = &mut cases[index];
            report.verdict = Verdict::WrongValue;
            report.message = format!("{CHANGED} ({}: {})", judgement.verdict, judgement.message);
            report.delivered = judgement.delivered;
            report.mismatch = judgement.mismatch;
        }
    }
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
    cases.extend(rule::cases(context.submission, exercise, &cases));
    ExerciseReport {
        name: exercise.name.clone(),
        title: exercise.title.clone(),
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

fn diagnostics(exercise: &Exercise, built: &Built) -> String {
    match built {
        Built::Missing => String::new(),
        Built::Broken(diagnostics) | Built::Blocked { diagnostics, .. } => diagnostics.clone(),
        Built::Ready(ready) => {
            // A function that only hidden cases call is nothing to talk about.
            let shown = |function: &String| {
                exercise.cases.iter().any(|case| !case.hidden && case.function == *function)
            };
            ready.refused.iter().filter(|(name, _)| shown(name)).map(|(_, text)| &**text).collect()
        }
    }
}

fn called(case: &Case, observed: &Observed, signatures: &Signatures<'_>) -> Judgement {
    let function = &case.function;
    let wanted = || signatures.wanted().get(function).and_then(|signature| signature.result);
    let mut judgement = judge(case, observed, &wanted);
    if judgement.verdict == Verdict::WrongType {
        judgement.message = signatures.wrong(function, &judgement.message);
    }
    judgement
}

fn report(case: &Case, judgement: Judgement, observation: Option<Observation>) -> CaseReport {
    let called = observation
        .as_ref()
        .is_some_and(|observation| !matches!(observation.observed, Observed::NotMade(_)));
    let (output, duration) = match observation {
        Some(observation) => (observation.output, observation.duration),
        None => Default::default(),
    };
    let feedback = case.feedback.clone().filter(|_| speaks_of_results(&judgement));
    CaseReport {
        name: case.name.clone(),
        function: case.function.clone(),
        kind: CaseKind::Case,
        verdict: judgement.verdict,
        weight: case.weight,
        hidden: case.hidden,
        args: case.args.clone(),
        wanted: match &case.check {
            Check::Value { expected, tolerance } => {
                Wanted::Value(expected.clone(), tolerance.clone())
            }
            Check::Shape(shape) => Wanted::Shape(shape.clone()),
            Check::Panics(message) => Wanted::Panic(message.clone()),
            Check::Errors(message) => Wanted::Error(message.clone()),
        },
        delivered: judgement.delivered,
        mismatch: judgement.mismatch,
        mistake: None,
        feedback,
        source: case.source.clone(),
        message: judgement.message,
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
    wanted: OnceCell<BTreeMap<String, Signature>>,
}

impl<'a> Signatures<'a> {
    /// Those of an exercise; they are read when they are asked for.
    #[must_use]
    pub fn of(context: Context<'a>, exercise: &'a Exercise) -> Self {
        Self { context, exercise, wanted: OnceCell::new() }
    }

    /// The signatures of the reference, which few cases ask for.
    fn wanted(&self) -> &BTreeMap<String, Signature> {
        self.wanted.get_or_init(|| {
            let functions = self.exercise.functions().into_iter();
            let read =
                |it: &str| Some((it.to_owned(), read(self.context.references, self.exercise, it)?));
            functions.filter_map(read).collect()
        })
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
        match read(Some(self.context.submission), self.exercise, function) {
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

/// Whether a case's feedback, which is about wrong results, is to the point: a call that did not come
/// back has none.
fn speaks_of_results(judgement: &Judgement) -> bool {
    matches!(judgement.delivered, Some(Delivered::Value(_) | Delivered::Error(_)))
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

fn read(submission: Option<&Submission>, exercise: &Exercise, function: &str) -> Option<Signature> {
    let text = submission?.file(&exercise.name)?.text.as_deref().ok()?;
    signature(text, function)
}
