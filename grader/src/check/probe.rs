//! Cases and trials alike: inputs with what is right for them.

use harness::Value;
use harness::wire::CallOutcome;

use super::references::right;
use super::trials::Judged;
use crate::course::{Case, Check, Exercise, Origin, Trial};
use crate::grade::{CaseKind, ExerciseReport, Sample, Verdict, judge};
use crate::run::Observed;

/// A case or a trial, with what the reference returns for its inputs.
#[derive(Debug)]
pub struct Probe<'a> {
    /// Its name.
    pub name: &'a str,
    /// The function that it calls.
    pub function: &'a str,
    /// Where it stands.
    pub origin: &'a Origin,
    /// Its share of the exercise's points.
    pub weight: u64,
    /// Whether learners can see what it asks: a case that is not hidden.
    pub is_seen: bool,
    /// What judges answers.
    pub judge: Judge<'a>,
}

/// What judges answers.
#[derive(Debug)]
pub enum Judge<'a> {
    /// A check for each input. Where the reference returned no value there is none, and nobody
    /// passes.
    Inputs(Vec<Input<'a>>),
    /// A property.
    Property(&'a Sample<'a>),
}

/// How answers are made: of the arguments and, where it is known, of the right result.
pub type Answering<'f> = dyn Fn(&[Value], Option<&Value>) -> Option<Value> + 'f;

/// One input.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The arguments.
    pub args: &'a [Value],
    /// What judges the result.
    pub check: &'a Check,
    /// The right result.
    pub right: &'a Value,
}

/// The cases and trials of an exercise whose reference was graded.
pub fn probes<'a>(
    exercise: &'a Exercise,
    report: &'a ExerciseReport,
    judged: Option<&'a Judged<'a>>,
) -> Vec<Probe<'a>> {
    let reports = report.cases.iter().filter(|report| report.kind == CaseKind::Case);
    let cases = exercise.cases.iter().zip(reports).map(|(case, report)| Probe {
        name: &case.name,
        function: &case.function,
        origin: &case.origin,
        weight: case.weight.into(),
        is_seen: !case.hidden,
        judge: Judge::Inputs(right(report).map(|right| input(case, right)).into_iter().collect()),
    });
    let sample = |trial: &Trial| {
        let mut samples = judged.into_iter().flat_map(|judged| &judged.samples);
        samples.find(|(sample, _)| std::ptr::eq(sample.trial, trial))
    };
    let trials = exercise.trials.iter().map(|trial| Probe {
        name: &trial.name,
        function: &trial.function,
        origin: &trial.origin,
        weight: trial.weight.into(),
        is_seen: false,
        judge: match sample(trial) {
            Some((sample, None)) => Judge::Property(sample),
            Some((sample, Some(checks))) => {
                let inputs = sample.args().zip(checks);
                Judge::Inputs(inputs.filter_map(|(args, check)| made(args, check)).collect())
            }
            // It was not tried, because something is wrong with the references.
            None => Judge::Inputs(Vec::new()),
        },
    });
    cases.chain(trials).collect()
}

fn input<'a>(case: &'a Case, right: &'a Value) -> Input<'a> {
    Input { args: &case.args, check: &case.check, right }
}

/// An input made from a seed, if the reference returns a value.
fn made<'a>(args: &'a [Value], check: &'a Check) -> Option<Input<'a>> {
    match check {
        Check::Value { expected, .. } => Some(Input { args, check, right: expected }),
        _ => None,
    }
}

impl Probe<'_> {
    /// Its inputs, where it has checks for them.
    pub fn inputs(&self) -> &[Input<'_>] {
        match &self.judge {
            Judge::Inputs(inputs) => inputs,
            Judge::Property(_) => &[],
        }
    }

    /// Whether whoever gives these answers passes.
    pub fn passes(&self, answer: &Answering<'_>) -> bool {
        match &self.judge {
            Judge::Inputs(inputs) => {
                let passes = |input: &Input<'_>| {
                    let answer = answer(input.args, Some(input.right));
                    answer.is_some_and(|answer| passes(input.check, answer))
                };
                !inputs.is_empty() && inputs.iter().all(passes)
            }
            Judge::Property(sample) => {
                let answers = sample.calls.iter().map(|args| answer(args, None).map(returned));
                let Some(answers) = answers.collect::<Option<Vec<_>>>() else { return false };
                let answers: Vec<&Observed> = answers.iter().collect();
                let judgements = sample.judge(&answers, None, &|| None).unwrap_or_default();
                judgements.iter().all(|judgement| judgement.verdict == Verdict::Passed)
            }
        }
    }
}

/// Whether a result passes a check.
pub fn passes(check: &Check, result: Value) -> bool {
    judge(check, &returned(result), &|| None).verdict == Verdict::Passed
}

fn returned(value: Value) -> Observed {
    Observed::Replied(CallOutcome::Returned(value))
}
