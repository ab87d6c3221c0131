//! The report of a trial.

use std::time::Duration;

use super::Sample;
use crate::course::{Check, Oracle, Trial};
use crate::grade::judge::Judgement;
use crate::grade::report::{CaseKind, CaseReport, InputsReport, Wanted};
use crate::grade::verdict::Verdict;
use crate::run::Observation;

/// What became of one input of a trial.
#[derive(Debug)]
pub struct Shown<'s> {
    /// The arguments.
    pub args: &'s [harness::Value],
    /// What judged it, if that is a value of the references.
    pub check: Option<&'s Check>,
    /// The verdict.
    pub judgement: Judgement,
    /// What its first call did.
    pub observation: Option<&'s Observation>,
}

/// The report of a trial in which nothing was wrong, or nothing was called.
pub fn report(trial: &Trial, judgement: Judgement) -> CaseReport {
    CaseReport {
        name: trial.name.clone(),
        function: trial.function.clone(),
        kind: match trial.oracle {
            Oracle::Reference => CaseKind::Generated,
            Oracle::Property(_) => CaseKind::Property,
        },
        verdict: judgement.verdict,
        weight: trial.weight,
        hidden: trial.hidden,
        args: Vec::new(),
        inputs: None,
        wanted: match &trial.oracle {
            Oracle::Reference => Wanted::Reference,
            Oracle::Property(property) => Wanted::Property(property.describe(&trial.function)),
        },
        delivered: judgement.delivered,
        mismatch: judgement.mismatch,
        mistake: None,
        feedback: None,
        source: trial.source.clone(),
        message: judgement.message,
        output: String::new(),
        output_cut: false,
        called: false,
        duration: None,
    }
}

/// The report of a trial by the verdicts on its inputs, or on the first of them.
pub fn judged(
    sample: &Sample<'_>,
    judgements: &[Judgement],
    observations: &[&Observation],
    checks: Option<&[Check]>,
    seed: u64,
) -> CaseReport {
    let wrong = |judgement: &&Judgement| judgement.verdict != Verdict::Passed;
    let failed = judgements.iter().filter(wrong).count();
    let inputs = |simplest| InputsReport { made: sample.draws.len(), failed, simplest, seed };
    let each = sample.calls_each().max(1);
    let place = judgements.iter().position(|it| wrong(&it));
    let Some(place) = place else {
        let durations = observations.iter().filter_map(|observation| observation.duration);
        let duration = Some(durations.sum::<Duration>());
        return CaseReport {
            inputs: Some(inputs(false)),
            duration,
            called: true,
            ..report(sample.trial, Judgement::passed())
        };
    };
    let shown = Shown {
        args: &sample.calls[place * each],
        check: checks.and_then(|checks| checks.get(place)),
        judgement: judgements[place].clone(),
        observation: observations.get(place * each).copied(),
    };
    let simplest = can_be_simpler(shown.judgement.verdict);
    let report = shown.report(sample.trial);
    let says_something = report.called && report.verdict != Verdict::NotImplemented;
    CaseReport { inputs: says_something.then(|| inputs(simplest)), ..report }
}

/// Whether a simpler input is looked for: what dies takes too long to look into, and what is said of
/// a wrong type is said of the function.
pub fn can_be_simpler(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::WrongValue | Verdict::WrongShape | Verdict::Panicked)
}

impl Shown<'_> {
    /// The report of a trial that failed with this input.
    pub fn report(self, trial: &Trial) -> CaseReport {
        let Self { args, check, judgement, observation } = self;
        let speaks = judgement.speaks_of_results();
        let base = report(trial, judgement);
        let output = observation.map(|observation| observation.output.clone()).unwrap_or_default();
        CaseReport {
            args: args.to_vec(),
            wanted: check.map_or(base.wanted, Wanted::of),
            feedback: trial.feedback.clone().filter(|_| speaks),
            output: output.text,
            output_cut: output.cut,
            called: observation.is_some_and(Observation::was_called),
            duration: observation.and_then(|observation| observation.duration),
            ..base
        }
    }
}
