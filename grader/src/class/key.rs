//! What decides the grade of a submission, hashed.

use crate::course::Course;
use crate::digest::Digest;
use crate::sandbox::Isolation;
use crate::sources;
use crate::submission::{Submission, SubmissionError};

use super::intake::Entry;
use super::record::VERSION;

/// What decides the grades of all submissions of a class alike.
#[derive(Debug, Clone)]
pub struct Terms<'a> {
    /// The course, with what is laid over it.
    pub course: &'a Course,
    /// The references, if there are any.
    pub references: Option<&'a Submission>,
    /// The version of rustc.
    pub rustc: &'a str,
    /// How well learner code is kept from the machine.
    pub isolation: &'a Isolation,
    /// Whether all students have the course's seed.
    pub same_seed: bool,
    /// Whether records show hidden cases.
    pub reveal: bool,
}

impl Terms<'_> {
    /// Their hash, in hexadecimal. It is the same on every machine.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut digest = Digest::default();
        digest.add(VERSION.to_le_bytes());
        digest.add(&self.course.hash);
        digest.add(self.references.map_or("", |references| &references.hash));
        digest.add(sources::hash());
        digest.add(self.rustc);
        digest.add(self.isolation.to_string());
        digest.add(self.course.seed.to_le_bytes());
        digest.add([self.same_seed.into(), self.reveal.into()]);
        digest.hex()
    }

    /// The seed of a student's generated inputs: another one for each, and the same in each attempt.
    #[must_use]
    pub fn seed(&self, student: &str) -> u64 {
        if self.same_seed {
            return self.course.seed;
        }
        let mut digest = Digest::default();
        digest.add(self.course.seed.to_le_bytes());
        digest.add(student);
        let [a, b, c, d, e, f, g, h, ..] = digest.bytes();
        u64::from_le_bytes([a, b, c, d, e, f, g, h])
    }
}

/// The key of a record: the hash of all that decides what is in it, under terms of this hash.
#[must_use]
pub fn key(terms: &str, entry: &Entry, read: &Result<Submission, SubmissionError>) -> String {
    let mut digest = Digest::default();
    digest.add(terms);
    digest.add(&entry.id);
    digest.add(&entry.student);
    digest.add(entry.name.as_deref().unwrap_or_default());
    digest.add(entry.attempt.as_deref().unwrap_or_default());
    match read {
        Ok(submission) => digest.add(content(submission)),
        Err(error) => digest.add(error.reason()),
    }
    digest.hex()
}

/// The hash of what a submission holds: where it is the same, so are the results of the same seed.
#[must_use]
pub fn content(submission: &Submission) -> String {
    let mut digest = Digest::default();
    digest.add(&submission.hash);
    for (name, reason) in &submission.left_out {
        digest.add(name);
        digest.add(reason);
    }
    digest.hex()
}
