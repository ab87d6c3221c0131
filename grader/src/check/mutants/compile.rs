//! All mutants of a course in one worker.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Result, bail};

use super::instrument::{Instrumented, SWITCH, SWITCH_TEXT};
use super::{Mutation, Original};
use crate::build::{Entry, Outcome, Unit};
use crate::course::Exercise;
use crate::diagnostic::Diagnostic;
use crate::submission::SourceFile;

/// How long rustc may take for the references and their mutants.
const WALL: Duration = Duration::from_secs(120);

impl Mutation<'_> {
    /// Compiles the references with their mutants, and drops the mutants that rustc refuses. It says
    /// most of what it has to say the first time, so this takes few calls. `None` if it refuses the
    /// references themselves.
    ///
    /// # Errors
    ///
    /// If rustc cannot be started, or takes too long.
    pub(super) fn compile(&self, originals: &mut [Original<'_>]) -> Result<Option<PathBuf>> {
        loop {
            let instrumented: Vec<Instrumented> = originals
                .iter()
                .map(|it| Instrumented::new(&it.exercise.name, it.text, &it.mutants))
                .collect();
            let errors = match self.worker(originals, &instrumented)? {
                Outcome::Worker(worker, _) => return Ok(Some(worker)),
                Outcome::Errors(errors) => errors,
                Outcome::TimedOut(wall) => bail!("rustc was stopped after {} s", wall.as_secs()),
            };
            let mut refused = 0;
            for (original, instrumented) in originals.iter_mut().zip(instrumented) {
                let file = self.references.shown_path(&original.exercise.name);
                let numbers = numbers(&errors, &file, &instrumented);
                original.mutants.retain(|mutant| !numbers.contains(&mutant.number));
                refused += numbers.len();
            }
            if refused == 0 {
                return Ok(None);
            }
        }
    }

    fn worker(&self, originals: &[Original<'_>], instrumented: &[Instrumented]) -> Result<Outcome> {
        let of_course = |name: &str| originals.iter().any(|it| it.exercise.name == name);
        let helpers = self.references.files.iter().filter(|file| !of_course(&file.name));
        let file = |name: &str, text: &str| SourceFile { name: name.into(), text: Ok(text.into()) };
        let switch = file(SWITCH, SWITCH_TEXT);
        let texts = originals.iter().zip(instrumented);
        let files: Vec<SourceFile> =
            texts.map(|(it, instrumented)| file(&it.exercise.name, &instrumented.text)).collect();
        let unit = Unit {
            folder: self.references.folder.clone(),
            files: files.iter().chain(helpers).chain([&switch]).collect(),
            entries: originals.iter().flat_map(|it| entries(it.exercise)).collect(),
            ..Unit::default()
        };
        self.workshop.worker(&unit, WALL)
    }
}

/// The numbers of the mutants in a file that errors point at.
fn numbers(errors: &[Diagnostic], file: &str, instrumented: &Instrumented) -> BTreeSet<usize> {
    let places = errors.iter().flat_map(|error| error.places.iter().chain(&error.related));
    let places = places.filter(|place| place.file == file);
    places.filter_map(|place| instrumented.mutant(place.line)).collect()
}

/// The functions that the cases call.
fn entries(exercise: &Exercise) -> impl Iterator<Item = Entry> {
    let entry =
        |function: &str| Entry { exercise: exercise.name.clone(), function: function.to_owned() };
    exercise.functions().into_iter().map(entry)
}
