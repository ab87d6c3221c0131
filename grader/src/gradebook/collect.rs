//! Reads a folder of results.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use anyhow::Context;

use super::{Collected, Death, Exercise, Gaps, Made, Mark, Status, Student};
use crate::class::manifest::Manifest;
use crate::class::record::{Outcome, PAGES, Record};
use crate::report::json::{Course, Document, Number};
use crate::report::one_line;

/// Verdicts on cases that ended before their time.
const DEATHS: [&str; 4] = ["timed out", "out of memory", "stack overflow", "crashed"];

/// How many characters of a name or a reason are kept.
const KEPT: usize = 300;

/// Why there is no gradebook of a folder of results.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// There is nothing in it.
    #[error("there are no results: `cargo grade batch SUBMISSIONS --out RESULTS` makes them")]
    Empty,
    /// No submission was graded, so that nothing is known of the course.
    #[error("none of the submissions was graded; the first: {0}")]
    NoneGraded(String),
    /// It cannot be read.
    #[error("{0:#}")]
    Unreadable(anyhow::Error),
}

/// Reads all records of a folder of results, one at a time.
///
/// # Errors
///
/// If it cannot be read, or there is nothing to make a gradebook of.
pub fn collect(results: &Path) -> Result<Collected, Fault> {
    let manifests = Manifest::all(results)
        .context("failed to read the manifests in `shards`")
        .map_err(Fault::Unreadable)?;
    let there = match Record::ids(results) {
        Ok(ids) => ids,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => {
            let error = anyhow::Error::new(error).context("failed to read `records`");
            return Err(Fault::Unreadable(error));
        }
    };
    let mut gaps = gaps(&manifests);
    let class: BTreeSet<&String> = if manifests.is_empty() {
        there.iter().collect()
    } else {
        manifests.iter().flat_map(|it| &it.submissions).collect()
    };
    if class.is_empty() {
        return Err(Fault::Empty);
    }
    let gone = there.iter().filter(|id| !class.contains(id)).cloned().collect();
    let mut builder = Builder::default();
    for id in class {
        let record = Record::read(results, id)
            .with_context(|| format!("failed to read {}", Record::path(results, id).display()))
            .map_err(Fault::Unreadable)?;
        match record {
            Some(record) => builder.add(record, results),
            None => gaps.missing.push(id.clone()),
        }
    }
    let failed: BTreeSet<&String> = builder
        .students
        .iter()
        .filter(|it| it.status == Status::GraderError)
        .filter_map(|it| it.submission.as_ref())
        .collect();
    let unfinished = manifests.iter().filter(|it| !it.done);
    gaps.unfinished = unfinished
        .filter(|it| !it.submissions.iter().any(|id| failed.contains(id)))
        .map(|it| format!("{} of {}", it.shard, it.of))
        .collect();
    builder.finish(gaps, gone)
}

/// What the manifests lack.
fn gaps(manifests: &[Manifest]) -> Gaps {
    let mut gaps = Gaps { no_manifest: manifests.is_empty(), ..Gaps::default() };
    let gradings: BTreeSet<_> = manifests.iter().map(|it| (&it.grading, it.of)).collect();
    gaps.mixed = gradings.len() > 1;
    if let Some(of) = manifests.iter().map(|it| it.of).max() {
        let began: BTreeSet<u32> =
            manifests.iter().filter(|it| it.of == of).map(|it| it.shard).collect();
        let missing = (1..=of).filter(|shard| !began.contains(shard));
        gaps.shards = missing.map(|shard| format!("{shard} of {of}")).collect();
    }
    gaps
}

/// What is known so far.
#[derive(Default)]
struct Builder {
    /// The first report: the others are to be like it.
    first: Option<Document>,
    students: Vec<Student>,
    feedback: BTreeMap<Made, String>,
    stale: Vec<String>,
}

impl Builder {
    fn add(&mut self, record: Record, results: &Path) {
        let page = format!("{PAGES}/{}.html", record.id);
        let student = tame(&record.student);
        let mut entry = Student {
            name: record.name.as_deref().map_or_else(|| student.clone(), tame),
            student: Some(student),
            submission: Some(record.id),
            attempt: record.attempt.as_deref().map(tame),
            status: Status::GraderError,
            page: results.join(&page).is_file().then_some(page),
            ..Student::default()
        };
        match record.outcome {
            Outcome::Graded(document) => self.graded(&mut entry, *document),
            Outcome::Unreadable(reason) => {
                entry.status = Status::Unreadable;
                entry.reason = Some(tame(&reason));
                entry.score = Some(Number(0.0));
                entry.percent = Some(Number(0.0));
            }
            Outcome::GraderError(reason) => entry.reason = Some(tame(&reason)),
        }
        self.students.push(entry);
    }

    fn graded(&mut self, entry: &mut Student, document: Document) {
        if let Some(fault) = fault(&document) {
            entry.reason = Some(format!("the record is damaged: {fault}"));
            return;
        }
        if let Some(first) = &self.first {
            if circumstances(first) != circumstances(&document) {
                self.stale.extend(entry.submission.clone());
            }
            if columns(first) != columns(&document) {
                entry.reason = Some("it was graded on other exercises".into());
                return;
            }
        }
        entry.status = Status::Graded;
        entry.score = Some(document.score);
        entry.percent = Some(document.percent);
        entry.duration_ms = document.duration_ms;
        for exercise in &document.exercises {
            entry
                .exercises
                .push(Mark { score: exercise.score, verdict: one_line(&exercise.verdict) });
            let death = exercise.cases.iter().find(|it| DEATHS.contains(&it.verdict.as_str()));
            entry.deaths.extend(death.map(|case| Death {
                exercise: one_line(&exercise.name),
                case: tame(&case.name),
                verdict: case.verdict.clone(),
            }));
            for case in &exercise.cases {
                let Some(mistake) = &case.mistake else { continue };
                let (exercise, mistake) = (one_line(&exercise.name), one_line(mistake));
                let made = Made { exercise, mistake };
                if let Some(feedback) = &case.feedback {
                    self.feedback.entry(made.clone()).or_insert_with(|| tame(feedback));
                }
                entry.mistakes.insert(made);
            }
        }
        if self.first.is_none() {
            self.first = Some(document);
        }
    }

    fn finish(self, mut gaps: Gaps, gone: Vec<String>) -> Result<Collected, Fault> {
        let Some(first) = self.first else {
            let reason = |it: &Student| {
                let id = it.submission.as_deref().unwrap_or_default();
                format!("{id}: {}", it.reason.as_deref().unwrap_or_default())
            };
            let first = self.students.first().map(reason);
            return Err(first.map_or(Fault::Empty, Fault::NoneGraded));
        };
        gaps.stale = self.stale;
        let exercises = first.exercises.iter().map(|exercise| Exercise {
            name: one_line(&exercise.name),
            title: one_line(&exercise.title),
            points: exercise.points,
            passed: 0,
            mean: None,
        });
        Ok(Collected {
            exercises: exercises.collect(),
            points: first.points,
            course: first.course,
            students: self.students,
            feedback: self.feedback,
            gaps,
            gone,
        })
    }
}

/// What must be the same for all of a class.
fn circumstances(document: &Document) -> (&Course, &str, &str) {
    let provenance = &document.provenance;
    (&document.course, &provenance.grader_hash, &provenance.rustc)
}

/// What the columns of a gradebook are made of.
fn columns(document: &Document) -> Vec<(&str, Number)> {
    document.exercises.iter().map(|it| (it.name.as_str(), it.points)).collect()
}

/// What is impossible about the numbers of a report, if anything is.
fn fault(document: &Document) -> Option<&'static str> {
    let within = |part: Number, whole: Number| (0.0..=whole.0).contains(&part.0);
    if !within(document.score, document.points) || !within(document.percent, Number(100.0)) {
        return Some("its score is none");
    }
    let exercises = document.exercises.iter().all(|it| within(it.score, it.points));
    (!exercises).then_some("the score of an exercise is none")
}

/// A text that somebody wrote, on one line and not too long.
fn tame(text: &str) -> String {
    one_line(text).trim().chars().take(KEPT).collect()
}
