//! Grading the submissions of a class with what they share.

use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};

use super::claim::Claim;
use super::intake::Entry;
use super::key::{Terms, content, key};
use super::record::{Outcome, Record, VERSION};
use crate::build::{Builder, Toolchain, Workshop};
use crate::grade::report::Subject;
use crate::grade::{Grading, Programs, Report};
use crate::interrupt;
use crate::report::{Exporter, Html, Json};
use crate::sandbox::Sandbox;
use crate::submission::Submission;

/// How long the first pause is before the grader tries again what failed; each is twice as long as the
/// one before.
const PAUSE: Duration = Duration::from_secs(1);

/// How often submissions are compiled together: once more whenever some of them have errors.
const ROUNDS: usize = 4;

/// What the submissions of a class are graded with.
#[derive(Debug)]
pub struct Marking<'a> {
    /// What decides all grades alike.
    pub terms: Terms<'a>,
    /// Its hash.
    pub hash: String,
    /// The names of the exercises.
    pub names: Vec<String>,
    /// The compiler.
    pub toolchain: &'a Toolchain,
    /// What compilers and workers are started in.
    pub sandbox: &'a Sandbox,
    /// Where crates are compiled; what the references need stays in it.
    pub workshop: &'a Workshop<'a>,
    /// The compiled references, once they are; `None` if there are none.
    pub programs: OnceLock<Option<Arc<Programs>>>,
    /// Where the results go.
    pub results: &'a Path,
    /// How often the grader tries again what it failed to do.
    pub retries: u32,
}

/// What has to be known of a submission to grade it together with those that are the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Likeness {
    content: String,
    /// The seed, if anything depends on it.
    seed: Option<u64>,
}

/// What became of a submission in this run.
#[derive(Debug, Clone, PartialEq)]
pub enum Became {
    /// It was graded, with this many percent.
    Graded(f64),
    /// It cannot be read, for this reason.
    Unreadable(String),
    /// The grader failed, for this reason.
    GraderError(String),
    /// Another grader has graded it meanwhile.
    Elsewhere,
    /// Another grader is at it.
    Claimed,
}

/// A report that others may share.
#[derive(Debug)]
pub struct Marked(Likeness, Report);

impl Marking<'_> {
    /// What a submission is like, if it is to be graded: if there is no record of it as it is now.
    #[must_use]
    pub fn look(&self, entry: &Entry) -> Option<Likeness> {
        let read = entry.read();
        if Record::is_current(self.results, &entry.id, &key(&self.hash, entry, &read)) {
            return None;
        }
        Some(match read {
            Ok(submission) => self.likeness(entry, &submission),
            Err(_) => Likeness { content: String::new(), seed: None },
        })
    }

    fn likeness(&self, entry: &Entry, submission: &Submission) -> Likeness {
        let mut exercises = self.terms.course.exercises.iter();
        let is_seeded = exercises.any(|exercise| !exercise.trials.is_empty());
        let seed = is_seeded.then(|| self.terms.seed(&entry.student));
        Likeness { content: content(submission), seed }
    }

    /// Compiles submissions together, as far as that can be done. What came of it is there when they are
    /// graded, as long as the workshop is that is returned.
    #[must_use]
    pub fn compile_together(&self, entries: &[&Entry]) -> Workshop<'_> {
        let workshop = self.workshop.for_submission();
        let Terms { course, references, .. } = self.terms;
        // What fails here fails again when it is graded, and is dealt with there.
        let submissions: Vec<Submission> = entries.iter().filter_map(|it| it.read().ok()).collect();
        let builders: Vec<Builder<'_>> = submissions
            .iter()
            .map(|it| Builder::new(course, it, references, &workshop, Instant::now()))
            .collect();
        for _ in 0..ROUNDS {
            let units = builders.iter().filter_map(|builder| builder.next_unit().ok().flatten());
            let units: Vec<_> = units.collect();
            if !workshop.compile_together(&units, course.limits.compile).unwrap_or(false) {
                break;
            }
        }
        drop(builders);
        workshop
    }

    /// Grades a submission and writes what became of it, unless another grader does. One that is like
    /// the `last` gets the same report.
    ///
    /// # Errors
    ///
    /// If the results cannot be written.
    pub fn mark(&self, entry: &Entry, last: &mut Option<Marked>) -> Result<Became> {
        let failed = || format!("failed to write the results of {}", entry.id);
        let Some(_claim) = Claim::take(self.results, &entry.id).with_context(failed)? else {
            return Ok(Became::Claimed);
        };
        let (record, page) = match self.persist(entry, last) {
            Ok(Some(graded)) => graded,
            Ok(None) => return Ok(Became::Elsewhere),
            Err(error) => {
                let outcome = Outcome::GraderError(format!("{error:#}"));
                (self.record(entry, String::new(), outcome), None)
            }
        };
        record.write_with(page.as_deref(), self.results).with_context(failed)?;
        Ok(match record.outcome {
            Outcome::Graded(document) => Became::Graded(document.percent.0),
            Outcome::Unreadable(reason) => Became::Unreadable(reason),
            Outcome::GraderError(reason) => Became::GraderError(reason),
        })
    }

    /// Tries until it works, or has been tried often enough.
    fn persist(
        &self,
        entry: &Entry,
        last: &mut Option<Marked>,
    ) -> Result<Option<(Record, Option<Vec<u8>>)>> {
        let mut pause = PAUSE;
        let mut tried = 0;
        loop {
            let result = without_panic(|| self.attempt(entry, last));
            if result.is_ok() || tried == self.retries || interrupt::signal().is_some() {
                return result;
            }
            thread::sleep(pause);
            pause *= 2;
            tried += 1;
        }
    }

    /// The record of a submission and its page; `None` if there is one already.
    fn attempt(
        &self,
        entry: &Entry,
        last: &mut Option<Marked>,
    ) -> Result<Option<(Record, Option<Vec<u8>>)>> {
        let read = match entry.read() {
            Err(error) if error.is_machines() => return Err(error.into()),
            read => read,
        };
        let key = key(&self.hash, entry, &read);
        if Record::is_current(self.results, &entry.id, &key) {
            return Ok(None);
        }
        let submission = match read {
            Ok(submission) => submission,
            Err(error) => {
                let outcome = Outcome::Unreadable(error.reason());
                return Ok(Some((self.record(entry, key, outcome), None)));
            }
        };
        let likeness = self.likeness(entry, &submission);
        let Marked(_, report) = match last.take().filter(|marked| marked.0 == likeness) {
            Some(marked) => last.insert(marked),
            None => last.insert(Marked(likeness, self.grade(entry, &submission)?)),
        };
        report.submission = Subject { title: submission.id, hash: submission.hash };
        report.provenance.seed = self.terms.seed(&entry.student);
        let page = Html { reveal: false }.export(report)?;
        let document = Json { reveal: self.terms.reveal }.document(report);
        let record = self.record(entry, key, Outcome::Graded(Box::new(document)));
        Ok(Some((record, Some(page))))
    }

    fn grade(&self, entry: &Entry, submission: &Submission) -> Result<Report> {
        let workshop = self.workshop.for_submission();
        Grading {
            course: self.terms.course,
            names: &self.names,
            submission,
            references: self.terms.references,
            toolchain: self.toolchain,
            sandbox: self.sandbox,
            workshop: &workshop,
            programs: self.programs.wait().as_ref(),
            seed: self.terms.seed(&entry.student),
            // The submissions keep the cores busy.
            threads: 1,
        }
        .grade()
    }

    fn record(&self, entry: &Entry, key: String, outcome: Outcome) -> Record {
        let Entry { id, student, name, attempt, .. } = entry.clone();
        Record { version: VERSION, key, id, student, name, attempt, outcome }
    }
}

/// Does work in which a panic is a fault of the grader's like any other; its message has been printed.
///
/// # Errors
///
/// Those of the work, and one if it panics.
pub fn without_panic<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    panic::catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(anyhow!("the grader panicked")))
}
