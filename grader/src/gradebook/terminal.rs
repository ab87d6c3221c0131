//! The class at a glance, for a terminal.

use std::fmt::Write;

use super::tally::{mean, median, percents};
use super::{Gradebook, Status};
use crate::report::json::Number;
use crate::report::{plural, wrap};
use crate::similar::Similar;

/// How many mistakes and pairs are listed.
const LISTED: usize = 10;

/// The class at a glance, `width` columns wide.
#[must_use]
pub fn terminal(gradebook: &Gradebook, width: usize) -> String {
    let mut text = format!("{}\n\n", gradebook.course.title);
    for gap in &gradebook.gaps {
        _ = writeln!(text, "{}", wrap(&format!("Not complete: {gap}"), width).join("\n"));
    }
    let count = |status| gradebook.with_status(status).count();
    _ = writeln!(
        text,
        "{} graded, {} unreadable, {}, {} missing",
        count(Status::Graded),
        count(Status::Unreadable),
        plural(count(Status::GraderError), "grader error"),
        count(Status::Missing)
    );
    let percents = percents(&gradebook.students);
    if let (Some(median), Some(mean)) =
        (median(&percents), mean(percents.iter().copied().map(Number)))
    {
        _ = writeln!(text, "median {} %, mean {} %", median.0, mean.0);
    }
    exercises(&mut text, gradebook);
    mistakes(&mut text, gradebook);
    if let Some(similar) = &gradebook.similar {
        pairs(&mut text, similar, width);
    }
    text
}

fn exercises(text: &mut String, gradebook: &Gradebook) {
    let widest = gradebook.exercises.iter().map(|it| it.name.chars().count()).max().unwrap_or(0);
    let graded = gradebook.with_status(Status::Graded).count();
    _ = writeln!(text, "\n{:widest$}  passed  mean points", "exercise");
    for exercise in &gradebook.exercises {
        let mean = exercise.mean.map_or(0.0, |it| it.0);
        let percent = 100.0 * exercise.passed as f64 / graded.max(1) as f64;
        let points = exercise.points.0;
        _ = writeln!(text, "{:widest$}  {percent:4.0} %  {mean} of {points}", exercise.name);
    }
}

fn mistakes(text: &mut String, gradebook: &Gradebook) {
    let mistakes = &gradebook.mistakes;
    if mistakes.is_empty() {
        return;
    }
    _ = writeln!(text, "\nmistake");
    for mistake in mistakes.iter().take(LISTED) {
        _ = writeln!(text, "{:5}  {}: {}", mistake.count, mistake.exercise, mistake.mistake);
    }
    if mistakes.len() > LISTED {
        _ = writeln!(text, "       and {}", plural(mistakes.len() - LISTED, "more mistake"));
    }
}

fn pairs(text: &mut String, similar: &Similar, width: usize) {
    let found = plural(similar.found, "similar pair");
    let compared = plural(similar.compared, "submission");
    let note = " Look at both before you judge: who thinks alike writes alike.";
    let note = if similar.found > 0 { note } else { "" };
    let sentence = format!("{found} among {compared}.{note}");
    _ = writeln!(text, "\n{}", wrap(&sentence, width).join("\n"));
    for pair in similar.pairs.iter().take(LISTED) {
        _ = writeln!(text, "{:5} %  {} and {}", pair.percent.0, pair.one, pair.other);
        for region in pair.regions.iter().take(1) {
            let lines =
                |it: &crate::similar::Lines| format!("{}:{}-{}", it.file, it.first, it.last);
            _ = writeln!(text, "         {} and {}", lines(&region.one), lines(&region.other));
        }
    }
    if similar.found > LISTED {
        let more = plural(similar.found - LISTED, "more pair");
        _ = writeln!(text, "         and {more}: --format html has them");
    }
}
