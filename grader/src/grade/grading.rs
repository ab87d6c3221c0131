//! The grading of one submission.

use std::collections::BTreeSet;
use std::num::NonZero;
use std::sync::Mutex;
use std::thread;
use std::time::Instant;

use anyhow::{Result, bail};

use super::exercise::{self, Context};
use super::report::{ExerciseReport, ExerciseVerdict, Provenance, Report, SectionReport, Subject};
use crate::build::{Builder, Built, Toolchain, Workshop};
use crate::course::{Course, Exercise};
use crate::run::{self, Calls, Observation, Observed};
use crate::sandbox;
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
    /// Where crates are compiled.
    pub workshop: &'a Workshop<'a>,
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
        let run = exercises
            .into_iter()
            .filter(|(exercise, _)| {
                wanted(exercise) || self.course.follow_through && used.contains(&exercise.name)
            })
            .collect();
        let mut graded = self.run(run, deadline)?;
        if self.course.follow_through {
            self.follow_through(&builder, &mut graded, deadline)?;
        }
        graded.retain(|graded| wanted(graded.exercise));
        Ok(self.report(graded, start))
    }

    /// Runs exercises on all cores.
    fn run(
        &self,
        exercises: Vec<(&'a Exercise, Built)>,
        deadline: Instant,
    ) -> Result<Vec<Graded<'a>>> {
        // Even on one core: they mostly wait for workers.
        let threads = thread::available_parallelism().map_or(2, NonZero::get).max(2);
        let count = exercises.len();
        let queue = Mutex::new(exercises.into_iter().enumerate());
        let results = Mutex::new(Vec::with_capacity(count));
        let work = || {
            loop {
                // A statement of its own, so that the queue is free while the calls run.
                let next = lock(&queue).next();
                let Some((index, (exercise, built))) = next else { break };
                let graded = self.run_exercise(exercise, built, deadline);
                lock(&results).push((index, graded));
            }
        };
        thread::scope(|scope| -> Result<()> {
            for number in 1..threads.min(count) {
                thread::Builder::new().name(format!("run {number}")).spawn_scoped(scope, work)?;
            }
            work();
            Ok(())
        })?;
        let mut results = results.into_inner().unwrap_or_else(|poison| poison.into_inner());
        results.sort_by_key(|(index, _)| *index);
        results.into_iter().map(|(_, graded)| graded).collect()
    }

    fn run_exercise(
        &self,
        exercise: &'a Exercise,
        built: Built,
        deadline: Instant,
    ) -> Result<Graded<'a>> {
        let observations = match &built {
            Built::Ready(ready) => {
                let mut observations = Vec::new();
                // Hidden cases have workers of their own: what a learner's code remembers of their
                // arguments must not come out with a case that is shown.
                for hidden in [false, true] {
                    let calls = Calls {
                        worker: ready.worker.clone(),
                        calls: exercise::calls(exercise, ready, hidden),
                        limits: exercise.limits,
                        total: self.course.limits.total,
                        deadline,
                    };
                    observations.extend(run::run(&calls)?);
                }
                self.check_start(exercise, &observations)?;
                observations
            }
            _ => Vec::new(),
        };
        let context = Context { submission: self.submission, references: self.references };
        let report = exercise::grade(context, exercise, &built, observations);
        Ok(Graded { exercise, built, report })
    }

    /// A worker that did not start is the learner's fault only if one without learner code does.
    fn check_start(&self, exercise: &Exercise, observations: &[Observation]) -> Result<()> {
        let death = observations.iter().find_map(|observation| match &observation.observed {
            Observed::NeverStarted(death) => Some(death),
            _ => None,
        });
        let Some(death) = death else { return Ok(()) };
        let empty = self.workshop.probe(self.course.limits.compile)?;
        if !run::can_start(&empty.program, exercise.limits)? {
            bail!("failed to start a worker, even one without learner code: {death}");
        }
        Ok(())
    }

    /// Runs the exercises again that fail and use one that fails, on the references of those. One
    /// that does better then keeps the points: it is not at fault.
    fn follow_through(
        &self,
        builder: &Builder<'_>,
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
            let again = self.run_exercise(graded.exercise, built, deadline)?;
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
            isolation: sandbox::ISOLATION,
            provenance: Provenance {
                grader: env!("CARGO_PKG_VERSION").into(),
                rustc: self.toolchain.version.clone(),
                seed: self.course.seed,
            },
            duration: start.elapsed(),
            sections,
            left_out: self.submission.left_out.clone(),
        }
    }
}

/// Locks, whatever happened to another thread that held the lock.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
