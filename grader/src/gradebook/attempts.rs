//! Which attempts are shown of a student who has several.

use std::cmp::Ordering;
use std::collections::BTreeMap;

#[cfg(test)]
use schemars::JsonSchema;
use serde::Serialize;

use super::{Status, Student};

/// Which attempts are shown of a student who has several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(JsonSchema))]
pub enum Attempts {
    /// The one with the highest score; of equal ones the last.
    Best,
    /// The last.
    Last,
    /// All.
    Every,
}

impl Attempts {
    /// The attempts that are shown, of all that there are.
    pub(super) fn choose(self, students: Vec<Student>) -> Vec<Student> {
        let mut chosen = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for student in students {
            match places.get(&student.key()).filter(|_| self != Self::Every) {
                Some(&place) => {
                    let there: &mut Student = &mut chosen[place];
                    if self.compare(&student, there).is_ge() {
                        *there = student;
                    }
                }
                None => {
                    places.insert(student.key(), chosen.len());
                    chosen.push(student);
                }
            }
        }
        chosen
    }

    fn compare(self, one: &Student, other: &Student) -> Ordering {
        let score = |student: &Student| match (student.status, student.percent) {
            // What the grader failed on may be better than anything but all points.
            (Status::GraderError, _) => 99.995,
            (_, percent) => percent.map_or(0.0, |it| it.0),
        };
        let by_score = match self {
            Self::Best => score(one).total_cmp(&score(other)),
            Self::Last | Self::Every => Ordering::Equal,
        };
        let time = |student: &Student| (student.attempt.clone(), student.submission.clone());
        by_score.then_with(|| time(one).cmp(&time(other)))
    }
}

impl Student {
    /// What all attempts of the student have in common, and nobody else's.
    fn key(&self) -> String {
        match self.roster.is_empty() {
            // No other student of a roster has all the same cells.
            false => format!("roster {:?}", self.roster),
            true => format!("student {}", self.student.as_deref().unwrap_or_default()),
        }
    }
}
