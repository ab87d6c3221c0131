//! `show`: what an exercise asks, and its lesson.

use std::fmt::Write;

use colored::Colorize;

use super::{Failure, exercise, open, screen};
use crate::cli::RunArgs;
use crate::exit_code::Exit;
use crate::report::points_text;
use crate::signature::signature;
use crate::stub::lesson;
use crate::submission::Submission;

/// Shows an exercise.
pub fn show(name: &str) -> Result<Exit, Failure> {
    let (workspace, course) = open()?;
    let exercise = exercise(&course, name)?;
    let file = workspace.exercises().join(format!("{name}.rs"));
    let points = if exercise.points.is_integer() && *exercise.points.numer() == 1 {
        "1 point".to_owned()
    } else {
        format!("{} points", points_text(exercise.points))
    };
    let mut shown = String::new();
    _ = writeln!(shown, "{}  ({points})", exercise.title.bold());
    _ = writeln!(shown, "{}\n", screen::wrapped(&exercise.summary, 0));
    _ = writeln!(shown, "file       {}", workspace.display(&file));
    let stubs = Submission::read(&workspace.exercises(), "exercises", "exercises/src");
    let text = stubs.ok().and_then(|it| it.file(name)?.text.clone().ok()).unwrap_or_default();
    for function in exercise.functions() {
        let signature = signature(&text, function).map_or(function.into(), |it| it.text);
        _ = writeln!(shown, "function   {}", signature.trim_start_matches("pub "));
    }
    for rule in exercise.rules.iter().filter(|rule| !rule.hidden) {
        _ = writeln!(shown, "rule       {rule}");
    }
    if !exercise.depends.is_empty() {
        _ = writeln!(shown, "may call   {}", exercise.depends.join(", "));
    }
    _ = writeln!(shown, "hints      {}\n", exercise.hints.len());
    let lesson = lesson(&text).unwrap_or_default();
    let line = |line: &str| {
        let line = line.strip_prefix("//!").unwrap_or(line);
        line.strip_prefix(' ').unwrap_or(line).to_owned()
    };
    let lesson: Vec<String> = lesson.lines().map(line).collect();
    shown.push_str(&screen::terminal(&RunArgs::default()).lesson(&lesson.join("\n")));
    _ = writeln!(shown, "\nGrade it: cargo grade run {name}");
    screen::print(shown.as_bytes())?;
    Ok(Exit::Success)
}
