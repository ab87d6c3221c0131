//! Why exercises do not compile, each reason once and with a place in the learner's files.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Place};
use crate::grade::{ExerciseReport, ExerciseVerdict, Report};

/// An error that keeps an exercise from compiling.
#[derive(Debug, Clone)]
pub struct CompileError<'a> {
    /// The exercise.
    pub exercise: &'a ExerciseReport,
    /// The error.
    pub diagnostic: &'a Diagnostic,
    /// Where it is in the learner's files; their exercise's first line if it points at none.
    pub place: Place,
}

/// The errors of a report, in order. One that several exercises suffer from is that of the first.
pub fn all(report: &Report) -> Vec<CompileError<'_>> {
    let mut seen = BTreeSet::new();
    let broken = report.exercises().filter(|exercise| {
        matches!(exercise.verdict, ExerciseVerdict::DidNotCompile | ExerciseVerdict::Blocked)
    });
    broken
        .flat_map(|exercise| exercise.diagnostics.iter().map(|error| of(exercise, error)))
        .filter(|error| {
            let Place { file, line, column, .. } = &error.place;
            seen.insert((file.clone(), *line, *column, error.diagnostic.message.clone()))
        })
        .collect()
}

fn of<'a>(exercise: &'a ExerciseReport, diagnostic: &'a Diagnostic) -> CompileError<'a> {
    let folder = exercise.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let is_own =
        |place: &&Place| place.file.strip_prefix(folder).is_some_and(|file| file.starts_with('/'));
    let place = diagnostic.places.iter().chain(&diagnostic.related).find(is_own).cloned();
    let place = place.unwrap_or_else(|| Place::point(exercise.path.clone(), 1, 1));
    CompileError { exercise, diagnostic, place }
}
