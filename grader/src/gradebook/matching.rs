//! Whose a submission is: what its name tells is looked for on the roster.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::roster::{Column, Roster};
use super::{Status, Student, Unmatched};
use crate::report::plural;

/// The students of a class, as far as the roster tells.
pub(super) struct Matched {
    /// The submissions with their students, then those on the roster who have none.
    pub students: Vec<Student>,
    /// The submissions that are nobody's.
    pub unmatched: Vec<Unmatched>,
}

/// How alike two texts must be, the strictest first.
const READINGS: [fn(&str) -> String; 3] = [str::to_owned, str::to_lowercase, letters];

/// Finds each submission's student on the roster, and adds those who have no submission.
pub(super) fn with_roster(mut students: Vec<Student>, roster: Option<&Roster>) -> Matched {
    let mut unmatched = Vec::new();
    let Some(roster) = roster else { return Matched { students, unmatched } };
    let index = Index::of(roster);
    let mut handed_in = BTreeSet::new();
    for student in &mut students {
        match index.find(student) {
            Ok(place) => {
                handed_in.insert(place);
                student.roster.clone_from(&roster.students[place]);
                if let Some(name) = student.roster.get(&Column::Name) {
                    student.name.clone_from(name);
                }
            }
            Err(reason) => unmatched.push(Unmatched {
                submission: student.submission.clone().unwrap_or_default(),
                student: student.student.clone().unwrap_or_default(),
                reason,
            }),
        }
    }
    let absent = roster.students.iter().enumerate().filter(|(at, _)| !handed_in.contains(at));
    students.extend(absent.map(|(_, cells)| missing(cells)));
    Matched { students, unmatched }
}

/// Somebody on the roster who handed in nothing.
fn missing(cells: &BTreeMap<Column, String>) -> Student {
    let name = cells.get(&Column::Name).or_else(|| cells.values().next());
    Student {
        name: name.cloned().unwrap_or_default(),
        roster: cells.clone(),
        status: Status::Missing,
        ..Student::default()
    }
}

/// Where on the roster a text stands, for each reading.
struct Index([HashMap<String, BTreeSet<usize>>; 3]);

impl Index {
    fn of(roster: &Roster) -> Self {
        let mut index = Self(Default::default());
        for (place, cells) in roster.students.iter().enumerate() {
            let cells = cells.iter().filter(|(column, _)| **column != Column::Section);
            for (column, text) in cells {
                for (reading, places) in READINGS.iter().zip(&mut index.0) {
                    places.entry(reading(text)).or_default().insert(place);
                }
                // Canvas puts the last name first, without a comma.
                if let (Column::Name, Some((first, last))) = (column, text.rsplit_once(' ')) {
                    let turned = letters(&format!("{last}{first}"));
                    index.0[2].entry(turned).or_default().insert(place);
                }
            }
        }
        index
    }

    /// The place of the only student that a submission tells of, or why there is none.
    fn find(&self, student: &Student) -> Result<usize, String> {
        let told = [student.student.as_ref(), student.submission.as_ref(), Some(&student.name)];
        for (reading, places) in READINGS.iter().zip(&self.0) {
            for text in told.into_iter().flatten() {
                let key = reading(text);
                let found = places.get(&key).filter(|_| !key.is_empty());
                match found.map(|it| (it.len(), it.first())) {
                    Some((1, Some(place))) => return Ok(*place),
                    Some((count, _)) => {
                        return Err(format!(
                            "{} of the roster could be meant",
                            plural(count, "student")
                        ));
                    }
                    None => {}
                }
            }
        }
        Err("nobody on the roster is called so".into())
    }
}

/// The letters and digits of a text, in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
