//! Answers that take no work: the same for every call, zeros, or an argument as it came.

use std::fmt;

use harness::Value;

use super::Findings;
use super::probe::{Input, Probe};
use super::variants::{returned, zeros};
use crate::course::{Demand, Exercise, Rule, shown};

/// What a rule weighs.
const RULE: u64 = Rule::WEIGHT as u64;

/// An answer that takes no work.
#[derive(Debug, Clone, Copy)]
enum Answer<'a> {
    /// What is right in one case, for every call.
    Constant(&'a Probe<'a>, &'a Value),
    /// Zeros in the right shape.
    Zeros,
    /// An argument, by its index.
    Argument(usize),
}

impl Answer<'_> {
    /// What it is for some arguments. `right` is the right result, or at least one of its kind.
    fn value(self, args: &[Value], right: &Value) -> Option<Value> {
        match self {
            Self::Constant(_, constant) => Some(constant.clone()),
            Self::Zeros => Some(zeros(right)),
            Self::Argument(index) => Some(returned(args.get(index)?, right)),
        }
    }
}

impl fmt::Display for Answer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Constant(probe, _) => write!(f, "what {} expects", shown(probe.name)),
            Self::Zeros => f.write_str("zeros"),
            Self::Argument(index) => write!(f, "argument {index} as it came"),
        }
    }
}

/// Tries such answers on every function that has arguments. The best of them may earn half of what
/// its cases, trials and rules weigh, and no more. And something must ask for what nobody has seen:
/// else a table of the right results earns everything.
pub fn check(exercise: &Exercise, probes: &[Probe<'_>], findings: &mut Findings) {
    for function in exercise.functions() {
        let probes: Vec<&Probe<'_>> = probes.iter().filter(|it| it.function == function).collect();
        let cases = || probes.iter().filter_map(|probe| Some((*probe, only(probe.inputs())?)));
        let arguments = cases().map(|(_, input)| input.args.len()).max().unwrap_or(0);
        let Some((first, any)) = cases().next().filter(|_| arguments > 0) else { continue };
        let passes = |probe: &Probe<'_>, answer: Answer<'_>| {
            probe.passes(&|args, right| answer.value(args, right.unwrap_or(any.right)))
        };
        let constants: Vec<Answer<'_>> =
            cases().map(|(probe, input)| Answer::Constant(probe, input.right)).collect();
        let is_table_enough =
            |probe: &&Probe<'_>| probe.is_seen || constants.iter().any(|it| passes(probe, *it));
        if probes.iter().all(is_table_enough) {
            findings.warning(
                first.origin,
                format!("a table of right results earns all points of {}", shown(function)),
                "add a `[[generated]]`, whose inputs nobody knows before",
            );
        }
        let rules = || exercise.rules.iter().filter(|rule| rule.function == function);
        // What does nothing uses nothing that is forbidden.
        let kept = rules().filter(|rule| matches!(rule.demand, Demand::Forbid(_)));
        let [all_rules, kept] = [rules().count(), kept.count()].map(|it| it as u64 * RULE);
        let earned = |answer: Answer<'_>| {
            let passed = probes.iter().filter(|probe| passes(probe, answer));
            let earned: u64 = passed.map(|probe| probe.weight).sum();
            if earned > 0 { earned + kept } else { 0 }
        };
        let others = [Answer::Zeros].into_iter().chain((0..arguments).map(Answer::Argument));
        let best = constants.iter().copied().chain(others).map(|it| (earned(it), it));
        let all = probes.iter().map(|probe| probe.weight).sum::<u64>() + all_rules;
        let Some((earned, answer)) = best.max_by_key(|(earned, _)| *earned) else { continue };
        if earned * 2 > all {
            let probe = if let Answer::Constant(probe, _) = answer { probe } else { first };
            findings.error(
                probe.origin,
                format!("{} earns too much by always returning {answer}", shown(function)),
                format!("it earns {earned} of {all}, the weights of all that asks it; add others"),
            );
        }
    }
}

/// The input, if there is only one: a case has.
fn only<'a>(inputs: &'a [Input<'a>]) -> Option<&'a Input<'a>> {
    match inputs {
        [input] => Some(input),
        _ => None,
    }
}
