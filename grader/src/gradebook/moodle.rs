//! The gradebook as Moodle imports it.
//!
//! One user whom Moodle does not know, one text in place of a number, one grade above 100, and the
//! whole import fails. An empty user is taken for that of the row before. So there are rows only for
//! those on the roster who have a grade, each with the same, unambiguous key, and grades are percent.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};

use super::plain_csv::number;
use super::roster::Column;
use super::{Attempts, Gradebook, Student, cell};
use crate::course::shown;

/// What Moodle finds users by, the most telling first, with the name of the column.
const KEYS: [(Column, &str); 4] = [
    (Column::Email, "email"),
    (Column::Username, "username"),
    (Column::Idnumber, "idnumber"),
    (Column::Id, "id"),
];

/// The grades of those on the roster as Moodle imports them, in percent, for this grade item.
///
/// # Errors
///
/// If Moodle would refuse them.
pub fn moodle(gradebook: &Gradebook, assignment: &str) -> Result<Vec<u8>> {
    ensure!(
        gradebook.attempts != Attempts::Every,
        "Moodle has one grade a student: `best` or `last`"
    );
    ensure!(
        !cell::is_formula(assignment) && !assignment.trim().is_empty(),
        "a grade item cannot be called {}: give another with --assignment",
        shown(assignment)
    );
    let graded: Vec<&Student> = gradebook
        .students
        .iter()
        .filter(|it| !it.roster.is_empty() && it.percent.is_some())
        .collect();
    ensure!(
        gradebook.students.iter().any(|it| !it.roster.is_empty()),
        "Moodle needs a roster with email, username, idnumber or id of the students: give --roster"
    );
    let (column, name) = KEYS.into_iter().find(|(column, _)| is_key(&graded, *column)).context(
        "Moodle needs to know every student by the same column of the roster: email, username, \
         idnumber or id, which nobody may lack or share, and which is neither 0 nor a formula",
    )?;
    let header = [name, "name", assignment, &format!("{assignment} (feedback)")];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    rows.extend(graded.into_iter().map(|student| {
        vec![
            student.roster.get(&column).cloned().unwrap_or_default(),
            cell::text(&student.name),
            number(student.percent),
            cell::text(&feedback(gradebook, student)),
        ]
    }));
    cell::write(&rows)
}

/// Whether a column tells all students apart.
fn is_key(students: &[&Student], column: Column) -> bool {
    let mut seen = BTreeSet::new();
    students.iter().all(|student| match student.roster.get(&column) {
        // PHP takes a zero for nothing.
        Some(text) => text != "0" && !cell::is_formula(text) && seen.insert(text.to_lowercase()),
        None => false,
    })
}

/// What the student reads beside the grade.
fn feedback(gradebook: &Gradebook, student: &Student) -> String {
    if let Some(reason) = &student.reason {
        return format!("Your submission cannot be read: {reason}");
    }
    let (score, points) = (number(student.score), number(Some(gradebook.points)));
    let marks = gradebook.exercises.iter().zip(&student.exercises);
    let marks: Vec<String> = marks
        .map(|(exercise, mark)| {
            format!(
                "{} {}/{}",
                exercise.name,
                number(Some(mark.score)),
                number(Some(exercise.points))
            )
        })
        .collect();
    format!("{score} of {points} points: {}", marks.join(", "))
}
