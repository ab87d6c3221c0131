//! The gradebook as CSV, for spreadsheets and scripts.

use anyhow::Result;

use super::roster::Column;
use super::{Gradebook, Student, cell};
use crate::report::json::Number;

/// The gradebook as CSV: a row a student, or an attempt.
///
/// # Errors
///
/// If it cannot be written.
pub fn csv(gradebook: &Gradebook) -> Result<Vec<u8>> {
    let mut header: Vec<String> = [
        "submission",
        "student",
        "name",
        "id",
        "email",
        "section",
        "attempt",
        "status",
        "score",
        "points",
        "percent",
    ]
    .map(str::to_owned)
    .to_vec();
    header.extend(gradebook.exercises.iter().map(|exercise| cell::text(&exercise.name)));
    header.push("note".into());
    let mut rows = vec![header];
    rows.extend(gradebook.students.iter().map(|student| row(gradebook, student)));
    cell::write(&rows)
}

fn row(gradebook: &Gradebook, student: &Student) -> Vec<String> {
    let text = |text: Option<&String>| cell::text(text.map_or("", String::as_str));
    let roster = |column| text(student.roster.get(&column));
    let mut row = vec![
        text(student.submission.as_ref()),
        text(student.student.as_ref()),
        cell::text(&student.name),
        roster(Column::Id),
        roster(Column::Email),
        roster(Column::Section),
        text(student.attempt.as_ref()),
        student.status.words().to_owned(),
        number(student.score),
        number(Some(gradebook.points)),
        number(student.percent),
    ];
    let marks = student.exercises.iter().map(|mark| Some(mark.score));
    let marks = marks.chain(std::iter::repeat(None)).take(gradebook.exercises.len());
    row.extend(marks.map(number));
    let unmatched = gradebook.unmatched.iter();
    let unmatched = unmatched.filter(|it| Some(&it.submission) == student.submission.as_ref());
    let notes: Vec<&str> = student
        .reason
        .iter()
        .map(String::as_str)
        .chain(unmatched.map(|it| it.reason.as_str()))
        .collect();
    row.push(cell::text(&notes.join("; ")));
    row
}

/// A number with at most two decimals, or nothing.
pub(super) fn number(number: Option<Number>) -> String {
    number.map(|it| it.0.to_string()).unwrap_or_default()
}
