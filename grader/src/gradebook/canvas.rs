//! The gradebook as Canvas imports it.
//!
//! Canvas looks for a student by the ID, then by the two ids of the school's own system, and last by
//! the name. A blank grade changes nothing.

use anyhow::{Result, bail, ensure};

use super::plain_csv::number;
use super::roster::Column;
use super::{Attempts, Gradebook, Student, cell};
use crate::course::shown;

/// What Canvas takes for a column of its own where it stands in an assignment's title.
const RESERVED: [&str; 9] = [
    "Current Score",
    "Current Points",
    "Current Grade",
    "Final Score",
    "Final Points",
    "Final Grade",
    "Override Score",
    "Override Grade",
    "Override Status",
];

/// The columns by which Canvas knows a student.
const KEYS: [Column; 3] = [Column::Id, Column::SisUserId, Column::SisLoginId];

/// The grades of those on the roster as Canvas imports them, in points, for this assignment.
///
/// # Errors
///
/// If Canvas could not read them, or could not tell whose they are.
pub fn canvas(gradebook: &Gradebook, assignment: &str) -> Result<Vec<u8>> {
    ensure!(
        gradebook.attempts != Attempts::Every,
        "Canvas has one grade a student: `best` or `last`"
    );
    let is_reserved = RESERVED.iter().any(|it| assignment.contains(it));
    ensure!(
        !is_reserved && !cell::is_formula(assignment) && !assignment.trim().is_empty(),
        "Canvas cannot have an assignment called {}: give another with --assignment",
        shown(assignment)
    );
    let header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", assignment];
    let points = ["Points Possible", "", "", "", "", &number(Some(gradebook.points))];
    let mut rows = vec![header.map(str::to_owned).to_vec(), points.map(str::to_owned).to_vec()];
    for student in gradebook.students.iter().filter(|it| !it.roster.is_empty()) {
        rows.push(row(student)?);
    }
    ensure!(rows.len() > 2, "Canvas needs a roster with the ids of the students: give --roster");
    cell::write(&rows)
}

fn row(student: &Student) -> Result<Vec<String>> {
    let keys = KEYS.map(|column| student.roster.get(&column).map_or("", String::as_str));
    if keys.iter().all(|key| key.is_empty()) {
        bail!("the roster has no id, sis_user_id or sis_login_id for {}", shown(&student.name));
    }
    if let Some(key) = keys.iter().find(|key| cell::is_formula(key)) {
        bail!("a spreadsheet would take the id {} for a formula", shown(key));
    }
    // A name with these words would be read as the points of the assignments.
    let name = student.name.replace("Points Possible", "Points\u{a0}Possible");
    let mut row = vec![cell::text(&name)];
    row.extend(keys.map(str::to_owned));
    row.push(cell::text(student.roster.get(&Column::Section).map_or("", String::as_str)));
    row.push(number(student.score));
    Ok(row)
}
