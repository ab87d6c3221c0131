//! Whether the references pass the trials, whatever the seed.

use std::collections::BTreeMap;
use std::ptr;

use anyhow::Result;

use super::{Checking, Findings, SEEDS};
use crate::course::{Case, Check, Course, Exercise, Oracle, Trial, shown};
use crate::grade::{CaseKind, Checks, Plan, References, Sample, Unanswered, Verdict};
use crate::report::plain;

/// The trials of an exercise with the inputs of the course's own seed.
#[derive(Debug)]
pub struct Judged<'a> {
    /// The trials that the reference passes, with what judges each input of those that need it.
    pub samples: Vec<(Sample<'a>, Option<Vec<Check>>)>,
}

impl<'a> Judged<'a> {
    fn new(plan: Plan<'a>, mut checks: Checks) -> Self {
        let samples = plan.samples.into_iter().enumerate();
        Self { samples: samples.map(|(place, it)| (it, checks.remove(&place))).collect() }
    }
}

/// The trials that failed, which are not tried again.
#[derive(Debug, Default)]
struct Failed<'a>(Vec<&'a Trial>);

impl<'a> Failed<'a> {
    fn has(&self, trial: &Trial) -> bool {
        self.0.iter().any(|failed| ptr::eq(*failed, trial))
    }
}

/// Grades the references of some exercises with one seed after another. Returned are the inputs of
/// the first seed, by exercise.
pub fn check<'a>(
    checking: &Checking<'a>,
    exercises: &[&'a Exercise],
    findings: &mut Findings,
) -> Result<BTreeMap<&'a str, Judged<'a>>> {
    let mut failed = Failed::default();
    let mut judged: BTreeMap<&str, Judged<'_>> = BTreeMap::new();
    let first = checking.course.seed;
    for seed in first..first.saturating_add(SEEDS) {
        for (exercise, theirs) in ask(checking, exercises, seed, &mut failed, findings)? {
            judged.entry(exercise).or_insert(theirs);
        }
        grade(checking, exercises, seed, &mut failed, findings)?;
    }
    for theirs in judged.values_mut() {
        theirs.samples.retain(|(sample, _)| !failed.has(sample.trial));
    }
    Ok(judged)
}

/// Asks the references about the inputs of a seed.
fn ask<'a>(
    checking: &Checking<'a>,
    exercises: &[&'a Exercise],
    seed: u64,
    failed: &mut Failed<'a>,
    findings: &mut Findings,
) -> Result<Vec<(&'a str, Judged<'a>)>> {
    let names: Vec<String> = exercises.iter().map(|exercise| exercise.name.clone()).collect();
    let grading = checking.grading(checking.course, &names, checking.references);
    let references = References::of(&grading);
    let mut judged = Vec::new();
    for &exercise in exercises {
        let checked = loop {
            let mut plan = Plan::of(exercise, seed);
            plan.samples.retain(|sample| !failed.has(sample.trial));
            let error = match references.checks(&plan) {
                Ok(checks) => break Judged::new(plan, checks),
                Err(error) => error,
            };
            let Some(Unanswered { trial, why, .. }) = error.downcast_ref() else {
                return Err(error);
            };
            let Some(sample) = plan.samples.iter().find(|it| it.trial.name == *trial) else {
                return Err(error);
            };
            let message = format!("the references cannot judge {} with seed {seed}", shown(trial));
            findings.error(&sample.trial.origin, message, plain(why));
            failed.0.push(sample.trial);
        };
        judged.push((exercise.name.as_str(), checked));
    }
    Ok(judged)
}

/// Grades the references with the inputs of a seed.
fn grade<'a>(
    checking: &Checking<'a>,
    exercises: &[&'a Exercise],
    seed: u64,
    failed: &mut Failed<'a>,
    findings: &mut Findings,
) -> Result<()> {
    let is_open = |trial: &Trial| {
        // A reference that answers is as it should be, unless it answers otherwise the next time:
        // the first seed shows that.
        let is_known = matches!(trial.oracle, Oracle::Reference) && seed != checking.course.seed;
        !is_known && !failed.has(trial)
    };
    let open: Vec<(&Exercise, Vec<&'a Trial>)> = exercises
        .iter()
        .map(|exercise| (*exercise, exercise.trials.iter().filter(|it| is_open(it)).collect()))
        .filter(|(_, trials): &(_, Vec<_>)| !trials.is_empty())
        .collect();
    if open.is_empty() {
        return Ok(());
    }
    let left = |exercise: &Exercise| {
        let trials = exercise.trials.iter().filter(|it| is_open(it)).cloned().collect();
        Exercise { cases: first_values(exercise), trials, ..exercise.clone() }
    };
    let left = checking.course.exercises.iter().map(left).collect();
    let course = Course { seed, follow_through: false, exercises: left, ..checking.course.clone() };
    let names: Vec<String> = open.iter().map(|(exercise, _)| exercise.name.clone()).collect();
    let report = checking.grading(&course, &names, checking.references).grade()?;
    for ((_, trials), report) in open.iter().zip(report.exercises()) {
        let is_trial = |kind| matches!(kind, CaseKind::Generated | CaseKind::Property);
        let reports = report.cases.iter().filter(|report| is_trial(report.kind));
        let wrong = trials.iter().zip(reports).filter(|(_, it)| it.verdict != Verdict::Passed);
        for (trial, report) in wrong {
            let (name, verdict) = (shown(&trial.name), report.verdict);
            let message = format!("the reference fails {name} with seed {seed}: {verdict}");
            findings.error(&trial.origin, message, plain(&report.message));
            failed.0.push(trial);
        }
    }
    Ok(())
}

/// The first case of each function that compares values: without one that passes a property does
/// not count.
fn first_values(exercise: &Exercise) -> Vec<Case> {
    let first = |function: &str| {
        let mut cases = exercise.cases.iter();
        cases.find(|case| case.function == function && case.check.compares()).cloned()
    };
    exercise.functions().into_iter().filter_map(first).collect()
}
