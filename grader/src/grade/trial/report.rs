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
        place: None,
        output: String::new(),
        output_cut: false,
        called: false,
        duration: None,
    }
}

/// The report of a trial by the verdicts on its inputs, or on the first of them. An input for which
/// there was no time says nothing, if there was time for another.
pub fn judged(
    sample: &Sample<'_>,
    judgements: &[Judgement],
    observations: &[&Observation],
    checks: Option<&[Check]>,
    seed: u64,
) -> CaseReport {
    let each = sample.calls_each().max(1);
    let in_time = |calls: &[&Observation]| !calls.iter().any(|call| call.is_out_of_time());
    let in_time: Vec<bool> = observations.chunks(each).map(in_time).collect();
    let out_of_time = in_time.iter().filter(|it| !**it).count();
    let says_something = |place: usize| in_time[place] || out_of_time == in_time.len();
    let is_wrong = |(place, judgement): (usize, &Judgement)| {
        says_something(place) && judgement.verdict != Verdict::Passed
    };
    let failed = judgements.iter().enumerate().filter(|it| is_wrong(*it)).count();
    let made = sample.draws.len() - out_of_time;
    let inputs = |shown, simplest| InputsReport { made, failed, shown, simplest, seed };
    let place = judgements.iter().enumerate().position(is_wrong);
    let Some(place) = place else {
        let durations = observations.iter().filter_map(|observation| observation.duration);
        let duration = Some(durations.sum::<Duration>());
        return CaseReport {
            inputs: Some(inputs(0, false)),
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
    CaseReport { inputs: says_something.then(|| inputs(place, simplest)), ..report }
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::Duration;

    use super::*;
    use crate::course::{Input, Inputs, NanPolicy, Origin, Precision, Random, Tolerance};
    use crate::grade::trial::Draw;
    use crate::run::{Death, Observed};

    /// What is said of a trial of which these inputs were right, wrong or not called in time.
    fn said(verdicts: &[Option<bool>]) -> (Verdict, Option<String>) {
        let (integers, specials) = (false, Vec::new());
        let number = Random { shape: None, low: 0.0, high: 1.0, integers, specials };
        let args = vec![Input::Random(number)];
        let (precision, nan) = (Precision::Exact, NanPolicy::Equal);
        let trial = Trial {
            name: "random".into(),
            function: "f".into(),
            inputs: Inputs { runs: verdicts.len(), args, letters: BTreeMap::new() },
            oracle: Oracle::Reference,
            tolerance: Tolerance { abs: 0.0, rel: 0.0, ulps: None, precision, nan },
            weight: 1,
            feedback: None,
            source: None,
            hidden: false,
            origin: Origin::default(),
        };
        let draws = verdicts.iter().map(|_| Draw { numbers: BTreeMap::new() }).collect();
        let sample = Sample::of(&trial, draws);
        let late = || Death::TotalTime(Duration::from_secs(60));
        let judgements: Vec<Judgement> = verdicts
            .iter()
            .map(|verdict| match verdict {
                Some(true) => Judgement::passed(),
                Some(false) => Judgement::without_result(Verdict::WrongValue, "wrong"),
                None => Judgement::without_result(Verdict::TimedOut, late().to_string()),
            })
            .collect();
        let observations: Vec<Observation> = verdicts
            .iter()
            .map(|verdict| Observation {
                observed: match verdict {
                    Some(_) => Observed::Died(Death::OutOfMemory),
                    None => Observed::NotMade(late()),
                },
                output: Default::default(),
                duration: None,
            })
            .collect();
        let observations: Vec<&Observation> = observations.iter().collect();
        let report = judged(&sample, &judgements, &observations, None, 7);
        (report.verdict, report.inputs.map(|inputs| inputs.to_string()))
    }

    #[test]
    fn inputs_for_which_there_was_no_time_say_nothing() {
        let (right, wrong, late) = (Some(true), Some(false), None);
        let says = |text: &str| Some(text.to_owned());
        for (verdicts, verdict, inputs) in [
            ([right, right, right], Verdict::Passed, says("right for 3 of 3 inputs (seed 7)")),
            ([right, late, late], Verdict::Passed, says("right for 1 of 1 inputs (seed 7)")),
            (
                [right, wrong, late],
                Verdict::WrongValue,
                says("wrong for 1 of 2 inputs; the simplest found (seed 7)"),
            ),
            ([late, late, late], Verdict::TimedOut, None),
        ] {
            assert_eq!(said(&verdicts), (verdict, inputs), "{verdicts:?}");
        }
    }
}
