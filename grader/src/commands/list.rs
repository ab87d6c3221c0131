//! `list`: the exercises with their state, or how the score rose.

use anyhow::anyhow;

use super::run::Request;
use super::{Failure, open, screen};
use crate::cli::RunArgs;
use crate::exit_code::Exit;
use crate::history::History;
use crate::report::{Exporter, plural};

/// How many scores are shown.
const SHOWN: usize = 20;

/// Grades everything and prints a line for each exercise.
pub fn list() -> Result<Exit, Failure> {
    let args = RunArgs::default();
    let report = Request::of(&args)?.grade()?;
    let list = screen::terminal(&args).list().export(&report)?;
    screen::print(&list)?;
    Ok(Exit::Success)
}

/// Prints the last scores, one after the other. Runs that changed nothing are left out.
pub fn history() -> Result<Exit, Failure> {
    let (workspace, course) = open()?;
    if !course.history {
        return Err(Failure::Usage(anyhow!(
            "this course keeps no history: `history = true` in fixtures/course.toml turns it on"
        )));
    }
    let history = History::of(&workspace);
    let runs = history.runs();
    let count = runs.len();
    let mut steps = runs;
    steps.dedup_by(|later, earlier| later.score == earlier.score && later.points == earlier.points);
    let skipped = steps.len().saturating_sub(SHOWN);
    let terminal = screen::terminal(&RunArgs::default());
    let mut text = String::new();
    for run in &steps[skipped..] {
        text += &terminal.step(&run.date, run.score.0, run.points.0);
        text.push('\n');
    }
    let path = workspace.display(history.path());
    text += &match count {
        0 => "No run is kept yet: cargo grade\n".to_owned(),
        _ => format!(
            "\n{} kept in {path} and nowhere else: delete the file to forget them.\n",
            plural(count, "run")
        ),
    };
    screen::print(text.as_bytes())?;
    Ok(Exit::Success)
}
