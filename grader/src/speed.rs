//! Timing: what a loop costs, and what the same work costs without one.
//!
//! A course may ask for a function twice, with a loop as `classic_dot` and without one as `dot`. Both
//! are compiled with optimisation, the learner's and the references', and called in the same workers
//! as for grading, with inputs of growing size. What they return is compared, too: a wrong answer has
//! no speed. Nobody earns points here, so a learner who fakes a time has fooled nobody else.

mod conclusion;
mod inputs;
mod pair;
mod report;
#[cfg(test)]
pub mod sample;
mod statistics;

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use harness::wire::CallOutcome;
use harness::{Pace, Timed};

pub use pair::Pair;
pub use report::{Author, Comparison, Failure, Form, Report, Row, Size, Timing};

use crate::build::{Builder, Built, Ready, entry_name};
use crate::course::{Check, Course};
use crate::grade::{Grading, Verdict, judge, judge_failure};
use crate::report::plain;
use crate::run::{self, Calls, Observed, Order};
use crate::switches;
use inputs::Workload;

/// For how long a function is called with one input.
const PACE: Pace = Pace(Duration::from_millis(100));

/// How many elements a function goes over, about, beside those of the exercise's first case.
const SIZES: [usize; 3] = [1_000, 100_000, 10_000_000];

/// The limit of one call is that of so many here: it sends the arguments, and calls the function
/// seven times or more.
const CALLS: u32 = 2;

/// What is timed, and what with.
#[derive(Debug)]
pub struct Timer<'a> {
    /// What the submission is built and run with: a workshop for [`crate::build::Profile::Release`].
    pub grading: Grading<'a>,
}

/// What was built of a submission, by exercise.
type Programs = BTreeMap<String, Built>;

/// The exercises of a course that are needed to time some of them: these, and those they depend on.
#[must_use]
pub fn needed(mut course: Course, names: &[String]) -> Course {
    let mut needed: BTreeSet<String> = BTreeSet::new();
    let mut next = names.to_vec();
    while let Some(name) = next.pop() {
        let exercise = course.exercises.iter().find(|it| it.name == name);
        if needed.insert(name) {
            next.extend(exercise.into_iter().flat_map(|it| it.depends.iter().cloned()));
        }
    }
    course.exercises.retain(|exercise| needed.contains(&exercise.name));
    course
}

impl Timer<'_> {
    /// Times all pairs of functions, one after the other, so that none disturbs another.
    ///
    /// # Errors
    ///
    /// If something fails that is not the learner's fault.
    pub fn time(&self) -> Result<Report> {
        let start = Instant::now();
        let mut programs = BTreeMap::new();
        if let Some(references) = self.build_references()? {
            programs.insert(Author::Reference, references);
        }
        programs.insert(Author::Learner, self.build()?);
        let Grading { course, names, toolchain, .. } = &self.grading;
        let pairs = Pair::all(course).filter(|pair| names.contains(&pair.exercise.name));
        let comparisons =
            pairs.map(|pair| self.compare(&pair, &programs)).collect::<Result<Vec<_>>>()?;
        Ok(Report {
            course: course.title.clone(),
            rustc: toolchain.version.clone(),
            isolation: self.grading.sandbox.isolation().clone(),
            comparisons,
            duration: start.elapsed(),
        })
    }

    /// Builds the learner's functions.
    fn build(&self) -> Result<Programs> {
        let Grading { course, submission, references, workshop, .. } = self.grading;
        let deadline = Instant::now() + course.limits.total;
        Builder::new(course, submission, references, workshop, deadline).build()
    }

    /// Builds the references, if there are any.
    fn build_references(&self) -> Result<Option<Programs>> {
        let Grading { course, references, workshop, .. } = self.grading;
        let Some(references) = references else { return Ok(None) };
        let workshop = workshop.for_references();
        let deadline = Instant::now() + course.limits.total;
        let built = Builder::new(course, references, None, &workshop, deadline).build();
        built.context("failed to compile the references").map(Some)
    }

    /// Times a pair of functions, of the learner and of the reference, with growing inputs. The first
    /// to answer is who the others must agree with. What fails once is not called with larger ones.
    fn compare(
        &self,
        pair: &Pair<'_>,
        programs: &BTreeMap<Author, Programs>,
    ) -> Result<Comparison> {
        let mut failed = BTreeSet::new();
        let mut sizes = Vec::new();
        for mut workload in self.workloads(pair) {
            let elements = workload.elements;
            if !workload.fits(pair.exercise.limits.memory) {
                sizes.push(Size { elements, rows: None });
                continue;
            }
            workload.args.push(pace().into());
            let mut rows = Vec::new();
            let mut answer = None;
            for author in [Author::Reference, Author::Learner] {
                let Some(built) = programs.get(&author).and_then(|it| it.get(pair.name())) else {
                    continue;
                };
                for form in [Form::Vectorised, Form::Loop] {
                    if failed.contains(&(author, form)) {
                        continue;
                    }
                    let function = pair.function(form);
                    let result = match program(built, function) {
                        Ok(ready) => self.call(pair, function, ready, &workload, &mut answer)?,
                        Err(failure) => Err(failure),
                    };
                    if result.is_err() {
                        failed.insert((author, form));
                    }
                    rows.push(Row { author, form, function: function.to_owned(), result });
                }
            }
            rows.sort_by_key(|row: &Row| (row.author, row.form));
            sizes.push(Size { elements, rows: Some(rows) });
        }
        let (exercise, title) = (pair.exercise.name.clone(), pair.exercise.title.clone());
        Ok(Comparison { exercise, title, sizes })
    }

    /// The inputs of a pair, the smallest first: those of its first case, as the fixture has them, and
    /// then larger ones.
    fn workloads(&self, pair: &Pair<'_>) -> impl Iterator<Item = Workload> {
        let sizes = if switches::is_set("quick") { &SIZES[..1] } else { &SIZES };
        let inputs = pair.inputs;
        let seed = inputs::seed(self.grading.course.seed, pair.name());
        let first = pair.first_case();
        first
            .into_iter()
            .chain(sizes.iter().map(move |size| Workload::of_size(inputs, *size, seed)))
    }

    /// Times one function with one input. What it returns must agree with the answer; if there is none
    /// yet, it is the answer.
    fn call(
        &self,
        pair: &Pair<'_>,
        function: &str,
        ready: &Ready,
        workload: &Workload,
        answer: &mut Option<Check>,
    ) -> Result<Result<Timing, Failure>> {
        let (observed, laps) = match self.observe(pair, function, ready, workload)? {
            Observed::Replied(CallOutcome::Returned(value)) => {
                let Some(Timed { result, laps }) = Timed::of(value) else {
                    let message = "the process sent something else than its times";
                    return Ok(Err(Failure::new(Verdict::Crashed, message)));
                };
                answer.get_or_insert_with(|| {
                    let (expected, tolerance) = (result.clone(), pair.tolerance.clone());
                    Check::Value { expected, tolerance }
                });
                (Observed::Replied(CallOutcome::Returned(result)), laps)
            }
            other => (other, Vec::new()),
        };
        let judgement = match answer {
            Some(check) => judge(check, &observed, &|| None),
            None => judge_failure(&observed),
        };
        Ok(match Timing::of(&laps) {
            Some(timing) if judgement.verdict == Verdict::Passed => Ok(timing),
            // What `todo!()` panics with says the same once more.
            _ if judgement.verdict == Verdict::NotImplemented => {
                Err(Failure::new(judgement.verdict, ""))
            }
            _ => Err(Failure::new(judgement.verdict, &judgement.message)),
        })
    }

    /// Calls one function, in a worker of its own.
    fn observe(
        &self,
        pair: &Pair<'_>,
        function: &str,
        ready: &Ready,
        workload: &Workload,
    ) -> Result<Observed> {
        let mut limits = pair.exercise.limits;
        limits.wall *= CALLS;
        let total = self.grading.course.limits.total;
        let calls = Calls {
            program: self.grading.worker(ready, limits)?,
            calls: vec![(entry_name(pair.name(), function), &*workload.args)],
            first: 1,
            expected: workload.result_bytes(),
            total,
            deadline: Instant::now() + total,
        };
        let observations = run::run(&calls, Order::Mixed)?;
        self.grading.check_start(pair.exercise, observations.iter())?;
        observations.into_iter().next().map(|it| it.observed).context("a call came to nothing")
    }
}

/// The program with a function of an exercise, or why there is none.
fn program<'b>(built: &'b Built, function: &str) -> Result<&'b Ready, Failure> {
    match built {
        Built::Ready(ready) => match ready.refused.get(function) {
            Some(errors) => Err(Failure::new(Verdict::WrongType, &plain(&errors.to_string()))),
            None => Ok(ready),
        },
        Built::Missing => Err(Failure::new(Verdict::NotImplemented, "there is no file")),
        Built::Broken(errors) => {
            Err(Failure::new(Verdict::DidNotCompile, &plain(&errors.to_string())))
        }
        Built::Blocked { needs, .. } => {
            let message = format!("{} does not compile", needs.join(", "));
            Err(Failure::new(Verdict::Blocked, &message))
        }
    }
}

/// How long a function is called, which tests do not wait for.
fn pace() -> Pace {
    if switches::is_set("quick") { Pace(Duration::from_millis(1)) } else { PACE }
}
