//! The gradebook: what became of a class, for whoever teaches it.
//!
//! It is made of a folder of results, and of a roster if there is one; every format is made of it.

mod attempts;
mod canvas;
mod cell;
mod collect;
mod gaps;
mod html;
mod matching;
mod moodle;
mod plain_csv;
mod roster;
mod tally;
mod terminal;
#[cfg(test)]
mod tests;

pub use attempts::Attempts;
pub use canvas::canvas;
pub use collect::{Fault, collect};
pub use gaps::Gaps;
pub use html::html;
pub use moodle::moodle;
pub use plain_csv::csv;
pub use roster::{Column, Roster};
pub use terminal::terminal;

use std::collections::{BTreeMap, BTreeSet};

#[cfg(test)]
use schemars::JsonSchema;
use serde::Serialize;

use crate::report::json::{Course, Number};
use crate::similar::Similar;

/// The version of the JSON that these types describe.
pub const VERSION: u32 = 1;

/// What became of a class.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct Gradebook {
    /// The version of this format.
    #[cfg_attr(test, schemars(extend("const" = VERSION)))]
    pub version: u32,
    /// The course that the class was graded against.
    pub course: Course,
    /// What the course is worth.
    pub points: Number,
    /// Which attempts are shown of a student who has several.
    pub attempts: Attempts,
    /// What is missing, in sentences: only with `--incomplete` there is any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<String>,
    /// The exercises, in the course's order.
    pub exercises: Vec<Exercise>,
    /// The students, in order of their names.
    pub students: Vec<Student>,
    /// Which mistakes were made, the most frequent first.
    pub mistakes: Vec<Mistake>,
    /// The submissions of which the roster does not say whose they are. They are among the students.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unmatched: Vec<Unmatched>,
    /// The submissions that have results and are not in the class any more. They are left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<String>,
    /// Which submissions are similar, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub similar: Option<Similar>,
}

/// An exercise, and how a class fared with it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct Exercise {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it is worth.
    pub points: Number,
    /// How many of the graded submissions that are shown passed it.
    pub passed: usize,
    /// The mean of their scores, if there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean: Option<Number>,
}

/// A student; of one with several attempts that are shown, an attempt.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct Student {
    /// Who it is: the roster's name, else what the submission tells.
    pub name: String,
    /// What the roster says of the student, if the student is on it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub roster: BTreeMap<Column, String>,
    /// The student as the submission's name tells, if there is a submission.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub student: Option<String>,
    /// The submission's name, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub submission: Option<String>,
    /// Which attempt it is, where the submission's name tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attempt: Option<String>,
    /// What became of the submission.
    pub status: Status,
    /// Why it is not graded, if it is there and not graded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What it earned. What is unreadable is worth nothing; of what is missing, and of what the
    /// grader failed on, nothing is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<Number>,
    /// The score in percent of the points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<Number>,
    /// What became of each exercise, in the course's order, if it was graded.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exercises: Vec<Mark>,
    /// The mistakes that were recognised.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub mistakes: BTreeSet<Made>,
    /// The cases that ended before their time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub deaths: Vec<Death>,
    /// How long the grading took, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<u64>,
    /// The page for the student, in the folder of results, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
}

/// What became of a submission.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(JsonSchema))]
pub enum Status {
    /// It was graded.
    Graded,
    /// There is none.
    #[default]
    Missing,
    /// It cannot be read, and is worth nothing.
    Unreadable,
    /// The grader failed: nothing is said about it.
    GraderError,
}

impl Status {
    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Graded => "graded",
            Self::Missing => "missing",
            Self::Unreadable => "unreadable",
            Self::GraderError => "grader error",
        }
    }
}

/// What became of an exercise.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct Mark {
    /// What it earned.
    pub score: Number,
    /// Its verdict, as in the report.
    pub verdict: String,
}

/// A mistake that a student made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct Made {
    /// The exercise.
    pub exercise: String,
    /// The mistake's name.
    pub mistake: String,
}

/// A case that ended before its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct Death {
    /// The exercise.
    pub exercise: String,
    /// The first case of it that ended so.
    pub case: String,
    /// How it ended: `timed out`, `out of memory`, `stack overflow` or `crashed`.
    pub verdict: String,
}

/// A mistake, and how often it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct Mistake {
    /// The exercise.
    pub exercise: String,
    /// The mistake's name.
    pub mistake: String,
    /// How many of the submissions that are shown make it.
    pub count: usize,
    /// What whoever makes it is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feedback: Option<String>,
}

/// A submission of which the roster does not say whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct Unmatched {
    /// The submission's name.
    pub submission: String,
    /// The student, as its name tells.
    pub student: String,
    /// Why it is nobody's.
    pub reason: String,
}

/// All submissions of a class, before it is decided which of a student's are shown.
#[derive(Debug)]
pub struct Collected {
    /// The course that the class was graded against.
    pub course: Course,
    /// What the course is worth.
    pub points: Number,
    /// The exercises; nothing is counted yet.
    pub exercises: Vec<Exercise>,
    /// The submissions, in order of their names.
    pub students: Vec<Student>,
    /// What whoever makes a mistake is told.
    pub feedback: BTreeMap<Made, String>,
    /// What is missing.
    pub gaps: Gaps,
    /// The submissions that have results and are not in the class any more.
    pub gone: Vec<String>,
}

impl Gradebook {
    /// The gradebook of a class.
    #[must_use]
    pub fn of(class: Collected, roster: Option<&Roster>, attempts: Attempts) -> Self {
        let Collected { course, points, exercises, students, feedback, gaps, gone } = class;
        let matched = matching::with_roster(students, roster);
        let mut students = attempts.choose(matched.students);
        students.sort_by_cached_key(|it| (it.name.to_lowercase(), it.attempt.clone()));
        Self {
            version: VERSION,
            course,
            points,
            attempts,
            gaps: gaps.sentences(),
            exercises: tally::exercises(exercises, &students),
            mistakes: tally::mistakes(&students, &feedback),
            students,
            unmatched: matched.unmatched,
            gone,
            similar: None,
        }
    }

    /// The students that have this status.
    pub fn with_status(&self, status: Status) -> impl Iterator<Item = &Student> {
        self.students.iter().filter(move |student| student.status == status)
    }

    /// It as JSON.
    ///
    /// # Errors
    ///
    /// If it cannot be written as such.
    pub fn json(&self) -> anyhow::Result<Vec<u8>> {
        let mut json = serde_json::to_vec_pretty(self)?;
        json.push(b'\n');
        Ok(json)
    }
}
