//! The grading of one submission.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Result, bail};

use super::exercise::{self, Context, Signatures};
use super::oracle::{Checks, Programs, References};
use super::parallel;
use super::plan::{Observations, Plan, Planned};
use super::report::{
    CaseReport, ExerciseReport, ExerciseVerdict, Provenance, Report, SectionReport, Subject,
};
use super::shrinking::Shrinking;
use super::verdict::Verdict;
use crate::build::{Builder, Built, Ready, Toolchain, Workshop, entry_name};
use crate::course::{Course, Exercise, Limits};
use crate::run::{self, Calls, Observation, Observed, Order, Program, Workers};
use crate::sandbox::Sandbox;
use crate::sources;
use crate::submission::Submission;

/// What a submission is graded with.
#[derive(Debug)]
pub struct Grading<'a> {
    /// The course.
    pub course: &'a Course,
    /// The names of the exercises to grade; their dependencies are built, too.
    pub names: &'a [String],
    /// The submission.
    pub submission: &'a Submission,
    /// The references, if there are any.
    pub references: Option<&'a Submission>,
    /// The compiler.
    pub toolchain: &'a Toolchain,
    /// What compilers and workers are started in.
    pub sandbox: &'a Sandbox,
    /// Where crates are compiled.
    pub workshop: &'a Workshop<'a>,
    /// The compiled references, where they are shared; else they are compiled when they are first
    /// asked.
    pub programs: Option<&'a Arc<Programs>>,
    /// Where generated inputs start from.
    pub seed: u64,
    /// How many exercises are run at once.
    pub threads: usize,
}

/// An exercise that was graded, with what it was graded on.
struct Graded<'a> {
    exercise: &'a Exercise,
    built: Built,
    report: ExerciseReport,
}

impl<'a> Grading<'a> {
    /// Grades the submission.
    ///
    /// # Errors
    ///
    /// If something fails that is not the learner's fault: a file cannot be written, rustc or
    /// a worker cannot be started, a reference does not compile.
    pub fn grade(&self) -> Result<Report> {
        let start = Instant::now();
        let deadline = start + self.course.limits.total;
        let builder =
            Builder::new(self.course, self.submission, self.references, self.workshop, deadline);
        let mut built = builder.build()?;
        let exercises: Vec<(&Exercise, Built)> = self
            .course
            .exercises
            .iter()
            .filter_map(|exercise| Some((exercise, built.remove(&exercise.name)?)))
            .collect();
        let wanted = |exercise: &Exercise| self.names.contains(&exercise.name);
        // What an exercise uses is run, too: whether it is right decides what that is graded on.
        let used: BTreeSet<String> =
            self.names.iter().flat_map(|name| builder.used_dependencies(name)).collect();
        let run: Vec<_> = exercises
            .into_iter()
            .filter(|(exercise, _)| {
                wanted(exercise) || self.course.follow_through && used.contains(&exercise.name)
            })
            .collect();
        let references = References::of(self);
        // Started here, because this thread outlives the runs.
        let workers = self.workers(&run)?;
        let mut graded = parallel::map(self.threads, run, |(exercise, built)| {
            self.run_exercise(exercise, built, &references, &workers, deadline)
        })?;
        if self.course.follow_through {
            self.follow_through(&builder, &references, &workers, &mut graded, deadline)?;
        }
        graded.retain(|graded| wanted(graded.exercise));
        let rest = graded.iter_mut().collect();
        parallel::map(self.threads, rest, |graded: &mut Graded<'_>| {
            self.explain(&builder, graded.exercise, &mut graded.report.cases, deadline)
        })?;
        Ok(self.report(graded, start))
    }

    /// Grades one exercise that was built before.
    ///
    /// # Errors
    ///
    /// As [`Self::grade`].
    pub fn grade_built(
        &self,
        exercise: &'a Exercise,
        ready: Ready,
        references: &References<'_>,
    ) -> Result<ExerciseReport> {
        let deadline = Instant::now() + self.course.limits.total;
        let (built, workers) = (Built::Ready(ready), Workers::default());
        Ok(self.run_exercise(exercise, built, references, &workers, deadline)?.report)
    }

    fn run_exercise(
        &self,
        exercise: &'a Exercise,
        built: Built,
        references: &References<'_>,
        workers: &Workers,
        deadline: Instant,
    ) -> Result<Graded<'a>> {
        let context = Context { submission: self.submission, references: self.references };
        let signatures = Signatures::of(context, exercise);
        let plan = Plan::of(exercise, self.seed);
        let mut first = Observations::new();
        if let Built::Ready(ready) = &built {
            first = self.observe(&plan, ready, workers, Order::Mixed, deadline, &|_, _| true)?;
            self.check_start(exercise, first.values())?;
        }
        let returned: BTreeSet<usize> = first
            .iter()
            .filter(|(_, it)| matches!(it.observed, Observed::Replied(_)))
            .map(|(place, _)| *place)
            .collect();
        // Who has written nothing yet does not wait for the references.
        let asked = first.values().any(Observation::is_answer);
        let checks = if asked { references.checks(&plan)? } else { Checks::new() };
        let mut trials = exercise::trials(&signatures, &built, &plan, &first, &checks)?;
        let mut cases = exercise::cases(&signatures, &built, first);
        let passed = |case: &CaseReport| case.verdict == Verdict::Passed;
        if let Built::Ready(ready) = &built {
            if !self.submission.is_stateless() && cases.iter().chain(&trials).any(passed) {
                let wanted =
                    |place, call: Planned<'_>| returned.contains(&place) && call.is_repeated;
                let again =
                    self.observe(&plan, ready, workers, Order::Reversed, deadline, &wanted)?;
                exercise::confirm(&signatures, &mut cases, &again);
                exercise::confirm_trials(&signatures, &mut trials, &plan, &again, &checks)?;
            }
            for (sample, report) in plan.samples.iter().zip(&mut trials) {
                let shrinking =
                    Shrinking { references, signatures: &signatures, ready, workers, deadline };
                self.shrink(&shrinking, exercise, sample, report)?;
            }
        }
        cases.extend(trials);
        let report = exercise::grade(context, exercise, &built, cases);
        Ok(Graded { exercise, built, report })
    }

    /// Calls the functions of an exercise as planned, if `wanted` says so of a call's place.
    fn observe(
        &self,
        plan: &Plan<'_>,
        ready: &Ready,
        workers: &Workers,
        order: Order,
        deadline: Instant,
        wanted: &dyn Fn(usize, Planned<'_>) -> bool,
    ) -> Result<Observations> {
        let mut observations = Observations::new();
        // Hidden cases have workers of their own: what a learner's code remembers of their
        // arguments must not come out with a case that is shown.
        for hidden in [false, true] {
            let (places, planned): (Vec<usize>, Vec<Planned<'_>>) = plan
                .calls()
                .enumerate()
                .filter(|(place, call)| {
                    call.hidden == hidden
                        && !ready.refused.contains_key(call.function)
                        && wanted(*place, *call)
                })
                .unzip();
            let mut limits = plan.exercise.limits;
            if order == Order::Reversed {
                // It was fast enough once; what a busy machine adds is no state.
                limits.wall *= 2;
            }
            let entry = |call: &Planned<'_>| entry_name(&plan.exercise.name, call.function);
            let calls = Calls {
                program: self.worker(ready, limits)?,
                calls: planned.iter().map(|call| (entry(call), call.args)).collect(),
                first: planned.iter().filter(|call| call.is_case).count(),
                expected: planned.iter().fold(0, |sum, call| call.expected.saturating_add(sum)),
                total: self.course.limits.total,
                deadline,
            };
            observations.extend(places.into_iter().zip(workers.run(calls, order, hidden)?));
        }
        Ok(observations)
    }

    /// What makes the calls of exercises that were built.
    fn workers(&self, built: &[(&Exercise, Built)]) -> Result<Workers> {
        if self.submission.is_stateless() {
            return Ok(Workers::persistent());
        }
        let ready = built.iter().filter_map(|(exercise, built)| match built {
            Built::Ready(ready) => Some(self.worker(ready, exercise.limits)),
            _ => None,
        });
        Ok(Workers::forked_off(ready.collect::<Result<Vec<_>>>()?))
    }

    /// How a worker is run that was built at `path`.
    pub(super) fn program<'p>(&'p self, path: &'p Path, limits: Limits) -> Result<Program<'p>> {
        let folder = self.workshop.empty_folder()?;
        let reach = self.toolchain.worker_reach(path);
        Ok(Program {
            path,
            variant: None,
            folder,
            sandbox: self.sandbox,
            reach,
            limits,
            zygote: None,
        })
    }

    /// How the worker of an exercise is run.
    ///
    /// # Errors
    ///
    /// If the folder that it runs in cannot be made.
    pub fn worker<'p>(&'p self, ready: &'p Ready, limits: Limits) -> Result<Program<'p>> {
        let variant = ready.variant.as_deref();
        Ok(Program { variant, ..self.program(&ready.worker, limits)? })
    }

    /// A worker that did not start is the learner's fault only if one without learner code does.
    ///
    /// # Errors
    ///
    /// If that does not start either.
    pub fn check_start<'o>(
        &self,
        exercise: &Exercise,
        mut observations: impl Iterator<Item = &'o Observation>,
    ) -> Result<()> {
        let death = observations.find_map(|observation| match &observation.observed {
            Observed::NeverStarted(death) => Some(death),
            _ => None,
        });
        let Some(death) = death else { return Ok(()) };
        let empty = self.workshop.probe(self.course.limits.compile)?;
        if !run::can_start(&self.program(&empty.program, exercise.limits)?)? {
            bail!("failed to start a worker, even one without learner code: {death}");
        }
        Ok(())
    }

    /// Runs the exercises again that fail and use one that fails, on the references of those. One
    /// that does better then keeps the points: it is not at fault.
    fn follow_through(
        &self,
        builder: &Builder<'_>,
        references: &References<'_>,
        workers: &Workers,
        graded: &mut [Graded<'a>],
        deadline: Instant,
    ) -> Result<()> {
        if self.references.is_none() {
            return Ok(());
        }
        let failing: Vec<String> = graded
            .iter()
            .filter(|it| it.report.verdict != ExerciseVerdict::Passed)
            .map(|it| it.exercise.name.clone())
            .collect();
        for graded in graded.iter_mut().filter(|it| failing.contains(&it.exercise.name)) {
            let Built::Ready(ready) = &graded.built else { continue };
            let mut lent = builder.used_dependencies(&graded.exercise.name);
            lent.retain(|it| failing.contains(it));
            if lent.iter().all(|it| ready.on_reference.contains(it)) {
                continue;
            }
            lent.extend(ready.on_reference.iter().cloned());
            let built = builder.build_on_references(&graded.exercise.name, lent)?;
            let again = self.run_exercise(graded.exercise, built, references, workers, deadline)?;
            if again.report.score > graded.report.score {
                *graded = again;
            }
        }
        Ok(())
    }

    fn report(&self, graded: Vec<Graded<'_>>, start: Instant) -> Report {
        let mut reports: Vec<ExerciseReport> = graded.into_iter().map(|it| it.report).collect();
        let mut sections = Vec::new();
        for section in &self.course.sections {
            let (theirs, rest) =
                reports.into_iter().partition(|report| section.exercises.contains(&report.name));
            reports = rest;
            let section = SectionReport { title: section.title.clone(), exercises: theirs };
            if !section.exercises.is_empty() {
                sections.push(section);
            }
        }
        Report {
            course: Subject { title: self.course.title.clone(), hash: self.course.hash.clone() },
            submission: Subject {
                title: self.submission.id.clone(),
                hash: self.submission.hash.clone(),
            },
            isolation: self.sandbox.isolation().clone(),
            provenance: Provenance {
                grader: env!("CARGO_PKG_VERSION").into(),
                grader_hash: sources::hash,
                rustc: self.toolchain.version.clone(),
                seed: self.seed,
            },
            duration: Some(start.elapsed()),
            sections,
            left_out: self.submission.left_out.clone(),
        }
    }
}

#[cfg(test)]
mod tests;
