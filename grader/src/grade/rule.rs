//! Rules: whether the code of a function uses what it must, and nothing that it may not.

mod code;
mod file;
mod mention;

use std::cell::LazyCell;

use super::judge::Judgement;
use super::report::{CaseKind, CaseReport, Wanted};
use super::standing::standing;
use super::verdict::Verdict;
use crate::course::{Demand, Exercise, LOOPS, Rule};
use crate::diagnostic::Place;
use crate::submission::Submission;
use code::{Code, Found};

/// How many places are named at which a rule is broken.
const SHOWN: usize = 3;

/// Judges the rules of an exercise, whose `cases` have been judged.
///
/// A rule passes if it is kept and its function passed at least one case with a value: an empty
/// function has no loop either, and whoever wrote only the other function of an exercise has not
/// kept this one's rule. What is not written, not compiled or of the wrong type breaks no rule; its
/// rules have the verdict of its cases.
///
/// It is the learner's own code that is looked at, whatever reference it was graded on.
pub fn cases(
    submission: &Submission,
    exercise: &Exercise,
    cases: &[CaseReport],
) -> Vec<CaseReport> {
    let code = LazyCell::new(|| Code::read(submission, exercise));
    let judged = exercise.rules.iter().map(|rule| {
        let broken = || match code.as_ref().and_then(|code| code.of(&rule.function)) {
            Some(found) => broken(rule, &found),
            None => {
                let path = submission.shown_path(&exercise.name);
                let message =
                    format!("the grader finds no `{}` in {path} to look at", rule.function);
                Some(Breach { message, place: None })
            }
        };
        let (judgement, place) = judge(rule, cases, broken);
        CaseReport { place, ..report(rule, judgement) }
    });
    judged.collect()
}

/// How a rule is broken, and where, if by something that is there.
#[derive(Debug)]
struct Breach {
    message: String,
    place: Option<Place>,
}

/// Judges a rule; `broken` says how it is broken, if it is.
fn judge(
    rule: &Rule,
    cases: &[CaseReport],
    broken: impl FnOnce() -> Option<Breach>,
) -> (Judgement, Option<Place>) {
    let best = standing(cases, &rule.function, rule.hidden);
    let Some(best) = best else {
        // The loader lets no such rule through.
        return (Judgement::without_result(Verdict::NotImplemented, ""), None);
    };
    let judgement = match best.verdict {
        Verdict::NotImplemented
        | Verdict::WrongType
        | Verdict::DidNotCompile
        | Verdict::Blocked => Judgement::without_result(best.verdict, best.message.as_str()),
        verdict => match broken() {
            Some(Breach { message, place }) => {
                return (Judgement::without_result(Verdict::RuleBroken, message), place);
            }
            None if verdict == Verdict::Passed => Judgement::without_result(verdict, ""),
            None => {
                let function = &rule.function;
                let message =
                    format!("the rule is kept, and counts once `{function}` gives a right value");
                Judgement::without_result(verdict, message)
            }
        },
    };
    (judgement, None)
}

/// How a rule is broken by a function that mentions this, if it is.
fn broken(rule: &Rule, found: &[Found<'_>]) -> Option<Breach> {
    let function = &rule.function;
    let places = |name: &String| -> Vec<&Found<'_>> {
        let segments: Vec<&str> = name.split("::").collect();
        let is_named = |path: &[String]| {
            let skipped = path.len().checked_sub(segments.len());
            skipped.is_some_and(|skipped| path[skipped..] == segments[..])
        };
        found.iter().filter(|it| it.mention.paths().any(is_named)).collect()
    };
    match &rule.demand {
        Demand::Forbid(names) => {
            let named: Vec<_> = names.iter().map(|name| (name, places(name))).collect();
            let first = named.iter().find_map(|(_, places)| places.first())?;
            let lines: Vec<String> = named
                .iter()
                .filter(|(_, places)| !places.is_empty())
                .map(|(name, places)| {
                    let is_loop = LOOPS.contains(&name.as_str());
                    let instead = if is_loop { ": use ndarray's methods" } else { "" };
                    let places = shown(function, places);
                    format!("`{name}` is not allowed in `{function}`{instead} ({places})")
                })
                .collect();
            let place = Some(Place::point(first.path, first.mention.line, 1));
            Some(Breach { message: lines.join("\n"), place })
        }
        Demand::Require(names) => names.iter().all(|name| places(name).is_empty()).then(|| {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            let one_of = if names.len() > 1 { "one of " } else { "" };
            let message = format!("`{function}` needs {one_of}{}", names.join(", "));
            Breach { message, place: None }
        }),
    }
}

/// The first places, as in `alice/dot.rs:62, alice/dot.rs:80 in sum, and 2 more`.
fn shown(function: &str, places: &[&Found<'_>]) -> String {
    let mut texts: Vec<String> = places
        .iter()
        .take(SHOWN)
        .map(|Found { path, definition, mention }| match *definition {
            own if own == function => format!("{path}:{}", mention.line),
            other => format!("{path}:{} in `{other}`", mention.line),
        })
        .collect();
    if places.len() > SHOWN {
        texts.push(format!("and {} more", places.len() - SHOWN));
    }
    texts.join(", ")
}

fn report(rule: &Rule, judgement: Judgement) -> CaseReport {
    CaseReport {
        mistake: None,
        name: rule.to_string(),
        function: rule.function.clone(),
        kind: CaseKind::Rule,
        verdict: judgement.verdict,
        weight: Rule::WEIGHT,
        hidden: rule.hidden,
        args: Vec::new(),
        inputs: None,
        wanted: Wanted::Rule(rule.demand.clone()),
        delivered: judgement.delivered,
        mismatch: judgement.mismatch,
        feedback: None,
        source: None,
        message: judgement.message,
        place: None,
        output: String::new(),
        output_cut: false,
        called: false,
        duration: None,
    }
}

#[cfg(test)]
mod tests;
