//! Mutants: references with one small change, each of which a case must tell from the reference.
//!
//! All mutants of the course are compiled into one worker, which is told when it starts which of
//! them to be. Each is graded like a submission, by the cases of its own exercise.

mod change;
mod compile;
mod instrument;
mod judge;
mod mark;
mod mutant;
mod mutate;
mod scores;

use std::collections::BTreeSet;

use anyhow::Result;

use crate::build::{Toolchain, Workshop};
use crate::course::{Course, Exercise};
use crate::grade::{Grading, References, parallel};
use crate::sandbox::Sandbox;
use crate::submission::Submission;
use judge::Judge;
use mutant::Mutant;
use mutate::mutate;
pub use scores::Scores;

/// What mutants are made of and tried with.
#[derive(Debug)]
pub struct Mutation<'a> {
    /// The course.
    pub course: &'a Course,
    /// The references.
    pub references: &'a Submission,
    /// The compiler.
    pub toolchain: &'a Toolchain,
    /// What workers are started in.
    pub sandbox: &'a Sandbox,
    /// Where crates are compiled.
    pub workshop: &'a Workshop<'a>,
}

/// A reference with its mutants.
#[derive(Debug)]
struct Original<'a> {
    /// The exercise, whose cases must notice each of them.
    exercise: &'a Exercise,
    /// The reference's text.
    text: &'a str,
    /// The mutants, in order of their functions.
    mutants: Vec<Mutant>,
}

impl Mutation<'_> {
    /// Tries every mutant of the course.
    ///
    /// # Errors
    ///
    /// If rustc or a worker cannot be started.
    pub fn run(&self) -> Result<Scores> {
        let mut scores = Scores::default();
        let mut originals = self.originals();
        let Some(worker) = self.compile(&mut originals)? else {
            scores.unfit(&self.references.folder, "the references do not compile", "");
            return Ok(scores);
        };
        let grading = Grading {
            course: self.course,
            names: &[],
            submission: self.references,
            references: Some(self.references),
            toolchain: self.toolchain,
            sandbox: self.sandbox,
            workshop: self.workshop,
            programs: None,
            seed: self.course.seed,
            threads: parallel::waiting(),
        };
        let judge = Judge { grading: &grading, references: References::of(&grading), worker };
        let patience = |original: &Original<'_>| judge.patience(original.exercise);
        let walls = parallel::map(grading.threads, originals.iter().collect(), patience)?;
        let fit = originals.iter().zip(&walls).filter_map(|(it, wall)| Some((it, (*wall)?)));
        let tried =
            fit.flat_map(|(it, wall)| it.mutants.iter().map(move |mutant| (it, mutant, wall)));
        let caught =
            parallel::map(grading.threads, tried.collect(), |(original, mutant, wall)| {
                let caught = judge.is_caught(original, mutant, wall)?;
                Ok(caught.then_some((&*original.exercise.name, mutant.number)))
            })?;
        let caught: BTreeSet<(&str, usize)> = caught.into_iter().flatten().collect();
        for (original, wall) in originals.iter().zip(&walls) {
            let name = &*original.exercise.name;
            let path = self.references.shown_path(name);
            match wall {
                Some(_) => scores.add(original, &path, |it| caught.contains(&(name, it.number))),
                None => scores.unfit(&path, "the reference fails a case itself", name),
            }
        }
        let is_there = |name: &str| originals.iter().any(|it| it.exercise.name == name);
        for exercise in self.course.exercises.iter().filter(|it| !is_there(&it.name)) {
            let path = self.references.shown_path(&exercise.name);
            scores.unfit(&path, "there is no reference that can be changed", &exercise.name);
        }
        Ok(scores)
    }

    /// The references of the course with their mutants, as far as they can be read.
    fn originals(&self) -> Vec<Original<'_>> {
        let originals = self.course.exercises.iter().filter_map(|exercise| {
            let text = self.references.file(&exercise.name)?.text.as_deref().ok()?;
            Some(Original { exercise, text, mutants: mutate(text)? })
        });
        originals.collect()
    }
}
