//! What is made of the references alone.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;

use super::Builder;
use super::unit::{Entry, Unit, mistake_path};
use super::workshop::Outcome;
use crate::course::{Exercise, Mistake};
use crate::submission::SourceFile;

impl Builder<'_> {
    /// The library that lends the reference of an exercise; `None` if there is no reference.
    pub(super) fn lend(&self, name: &str) -> Result<Option<PathBuf>> {
        let Some((folder, files)) = self.reference([name]) else { return Ok(None) };
        let wall = self.course.limits.compile;
        self.workshop.library(name, folder, &files, wall).map(Some)
    }

    /// Builds the worker that serves the mistakes of exercises; no learner code is in it. `None` if
    /// there is no reference of one, or if it does not compile, as when it lacks one of the mistakes: that
    /// is no learner's fault, and no reason not to grade.
    ///
    /// # Errors
    ///
    /// If a file cannot be written or rustc cannot be started.
    pub fn build_mistakes(&self, exercises: &[&Exercise]) -> Result<Option<PathBuf>> {
        let names = exercises.iter().map(|exercise| exercise.name.as_str());
        let Some((folder, files)) = self.reference(names) else { return Ok(None) };
        let entry = |exercise: &Exercise, mistake: &Mistake| Entry {
            exercise: exercise.name.clone(),
            function: mistake_path(mistake),
        };
        let entries = exercises
            .iter()
            .flat_map(|it| it.mistakes.iter().map(|mistake| entry(it, mistake)))
            .collect();
        let unit = Unit { folder: folder.to_owned(), files, entries, ..Unit::default() };
        let left = self.deadline.saturating_duration_since(Instant::now());
        let wall = self.course.limits.compile.min(left);
        match self.workshop.for_references().worker(&unit, wall)? {
            Outcome::Worker(worker, _) => Ok(Some(worker)),
            Outcome::Errors(_) | Outcome::TimedOut(_) => Ok(None),
        }
    }

    /// The references of exercises: their folder and all files that they need; `None` if one is not
    /// there.
    fn reference<'n>(
        &self,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Option<(&str, Vec<&SourceFile>)> {
        let references = self.references?;
        let mut needed = BTreeSet::new();
        for name in names {
            needed.extend(self.dependencies(name));
            needed.insert(name.to_owned());
        }
        if needed.iter().any(|name| references.file(name).is_none()) {
            return None;
        }
        let is_needed =
            |file: &&SourceFile| needed.contains(&file.name) || self.exercise(&file.name).is_none();
        Some((&references.folder, references.files.iter().filter(is_needed).collect()))
    }
}
