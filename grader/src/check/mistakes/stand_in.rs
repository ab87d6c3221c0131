//! A mistake in place of a function.

use std::collections::BTreeMap;

use anyhow::Result;

use super::Catch;
use crate::build::mistake_path;
use crate::check::functions::Functions;
use crate::check::references::cases;
use crate::check::trials::Judged;
use crate::check::{Checking, names};
use crate::course::{Case, Course, Exercise, Mistake, Trial};
use crate::diagnostic::Diagnostics;
use crate::grade::{
    CaseKind, CaseReport, Delivered, ExerciseReport, Grading, Verdict, explains, is_wrong,
};

/// A mistake and a function that takes the same arguments.
#[derive(Debug, Clone)]
pub struct Pair<'a> {
    /// Their exercise.
    pub exercise: &'a Exercise,
    /// The mistake's place in the fixture.
    pub index: usize,
    /// The function.
    pub function: &'a str,
    /// Its cases, but for those that the reference fails: a mistake that does so, too, loses nothing
    /// by it.
    cases: Vec<&'a Case>,
}

/// A mistake in place of a function, and what became of the calls.
#[derive(Debug)]
pub struct StandIn<'a> {
    /// The two.
    pub pair: Pair<'a>,
    /// What became of the calls: of cases first, and then of trials, if these were called.
    pub calls: Vec<CaseReport>,
    /// What rustc said of the exercise's mistakes that cannot be called.
    pub diagnostics: Diagnostics,
}

/// What is called with a mistake in place of a function.
struct Calls {
    cases: Vec<Case>,
    /// The properties of its results.
    properties: Vec<Trial>,
}

/// Grades mistakes in place of functions, with the cases of these, and the trials that are given.
///
/// It is one grading of the references, for a course that calls the mistakes.
///
/// # Errors
///
/// As [`Grading::grade`].
pub fn grade<'a>(
    checking: &Checking<'_>,
    pairs: Vec<Pair<'a>>,
    judged: &BTreeMap<&str, Judged<'_>>,
) -> Result<Vec<StandIn<'a>>> {
    if pairs.is_empty() {
        return Ok(Vec::new());
    }
    let exercise = |exercise: &Exercise| {
        let (mut cases, mut trials) = (Vec::new(), Vec::new());
        for pair in pairs.iter().filter(|pair| pair.exercise.name == exercise.name) {
            let calls = pair.calls(judged);
            cases.extend(calls.cases);
            trials.extend(calls.properties);
        }
        Exercise { cases, trials, rules: Vec::new(), mistakes: Vec::new(), ..exercise.clone() }
    };
    let exercises = checking.course.exercises.iter().map(exercise).collect();
    let course = Course { exercises, ..checking.course.clone() };
    let names = names(&course);
    // The references have said all they are asked for.
    let grading =
        Grading { references: None, ..checking.grading(&course, &names, checking.references) };
    let report = grading.grade()?;
    let mut left = BTreeMap::new();
    for exercise in report.exercises() {
        let reports = exercise.cases.iter().cloned();
        let (cases, properties): (Vec<_>, Vec<_>) =
            reports.partition(|report| report.kind == CaseKind::Case);
        let reports = (cases.into_iter(), properties.into_iter(), &exercise.diagnostics);
        left.insert(exercise.name.as_str(), reports);
    }
    let stand_in = |pair: Pair<'a>| {
        let (cases, properties, diagnostics) = left.get_mut(&*pair.exercise.name)?;
        let made = pair.calls(judged);
        let calls = cases.take(made.cases.len()).chain(properties.take(made.properties.len()));
        Some(StandIn { pair, calls: calls.collect(), diagnostics: diagnostics.clone() })
    };
    Ok(pairs.into_iter().filter_map(stand_in).collect())
}

impl<'a> Pair<'a> {
    /// Those of an exercise.
    pub fn all(
        exercise: &'a Exercise,
        functions: &Functions,
        reference: &'a ExerciseReport,
    ) -> Vec<Self> {
        let mut pairs = Vec::new();
        for (index, mistake) in exercise.mistakes.iter().enumerate() {
            let Some(mistake) = functions.mistakes.get(&mistake.function) else { continue };
            let takes_the_same =
                |name: &&str| functions.top.get(*name).is_some_and(|it| it.takes_the_same(mistake));
            let alike = exercise.functions().into_iter().filter(takes_the_same);
            pairs.extend(alike.map(|function| {
                let passed = cases(exercise, reference).filter(|(case, report)| {
                    case.function == function && report.verdict == Verdict::Passed
                });
                let cases = passed.map(|(case, _)| case).collect();
                Self { exercise, index, function, cases }
            }));
        }
        pairs
    }

    /// The mistake.
    pub fn mistake(&self) -> &'a Mistake {
        &self.exercise.mistakes[self.index]
    }

    /// What is called. An input that a reference judges becomes a case: asked by the mistake's name,
    /// the reference would give the mistake's own answer.
    fn calls(&self, judged: &BTreeMap<&str, Judged<'_>>) -> Calls {
        let function = mistake_path(self.mistake());
        let called = |case: &&Case| Case { function: function.clone(), ..(*case).clone() };
        let mut cases: Vec<Case> = self.cases.iter().map(called).collect();
        let mut properties = Vec::new();
        let samples = judged.get(&*self.exercise.name).into_iter().flat_map(|it| &it.samples);
        for (sample, checks) in samples.filter(|(it, _)| it.trial.function == self.function) {
            let trial = sample.trial;
            let Some(checks) = checks else {
                properties.push(Trial { function: function.clone(), ..trial.clone() });
                continue;
            };
            cases.extend(sample.args().zip(checks).map(|(args, check)| Case {
                name: trial.name.clone(),
                function: function.clone(),
                args: args.clone(),
                check: check.clone(),
                weight: trial.weight,
                feedback: None,
                source: None,
                hidden: trial.hidden,
                origin: trial.origin.clone(),
            }));
        }
        Calls { cases, properties }
    }
}

impl StandIn<'_> {
    /// The calls whose results are wrong.
    pub fn lost(&self) -> impl Iterator<Item = &CaseReport> {
        self.calls.iter().filter(|call| call.verdict != Verdict::Passed)
    }

    /// The cases and trials that catch it.
    pub fn catch(&self) -> Catch {
        let mut cases: Vec<String> = self.lost().map(|call| call.name.clone()).collect();
        // A trial has many calls.
        cases.dedup();
        Catch {
            exercise: self.pair.exercise.name.clone(),
            mistake: self.pair.mistake().function.clone(),
            function: self.pair.function.to_owned(),
            cases,
        }
    }

    /// The wrong results by which it is recognised, by their places: hidden ones only where no others
    /// are.
    pub fn shown(&self) -> Vec<usize> {
        let wrong: Vec<usize> =
            (0..self.calls.len()).filter(|place| is_wrong(&self.calls[*place])).collect();
        let visible: Vec<usize> =
            wrong.iter().copied().filter(|place| !self.calls[*place].hidden).collect();
        if visible.is_empty() { wrong } else { visible }
    }

    /// Whether it is recognised in place of another one that is made.
    pub fn wins_over(&self, made: &StandIn<'_>) -> bool {
        let value = |place: usize| match &self.calls.get(place)?.delivered {
            Some(Delivered::Value(value)) => Some(value),
            _ => None,
        };
        let explained =
            |place: usize| value(place).is_some_and(|value| explains(value, &made.calls[place]));
        self.pair.function == made.pair.function
            && self.pair.index < made.pair.index
            && made.shown().into_iter().all(explained)
    }
}
