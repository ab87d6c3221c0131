//! Whether a case tells a mutant from its reference.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;

use super::Original;
use super::instrument::variant;
use super::mutant::Mutant;
use crate::build::Ready;
use crate::course::Exercise;
use crate::grade::{ExerciseReport, Grading, References, Verdict};

/// How many times longer than the reference's slowest call a mutant's may take.
const SLOWER: u32 = 20;

/// What a mutant's call has in any case: a machine may be busy.
const SHORTEST: Duration = Duration::from_millis(200);

/// A worker with the mutants, and what tells them from the references.
#[derive(Debug)]
pub struct Judge<'a> {
    /// How the references are graded.
    pub grading: &'a Grading<'a>,
    /// What judges generated inputs.
    pub references: References<'a>,
    /// The program.
    pub worker: PathBuf,
}

impl Judge<'_> {
    /// How long a mutant's call may take, by how long the reference's take; `None` if the reference
    /// fails a case itself.
    ///
    /// # Errors
    ///
    /// If a worker cannot be started.
    pub fn patience(&self, exercise: &Exercise) -> Result<Option<Duration>> {
        let report = self.grade(self.grading, exercise, None)?;
        let slowest = report.cases.iter().filter_map(|case| case.duration).max();
        let wall = slowest.unwrap_or_default().saturating_mul(SLOWER).max(SHORTEST);
        let passes = report.score == report.points;
        Ok(passes.then_some(wall.min(exercise.limits.wall)))
    }

    /// Whether a mutant loses points. Its exercise alone is to notice it, not those that use it.
    /// Nearly all are noticed by a case when each call may take `wall`, which is soon. The others
    /// have the time that anyone has, and meet the rules and the generated inputs, too.
    ///
    /// # Errors
    ///
    /// If a worker cannot be started.
    pub fn is_caught(
        &self,
        original: &Original<'_>,
        mutant: &Mutant,
        wall: Duration,
    ) -> Result<bool> {
        let Original { exercise, text, .. } = original;
        // The rules look at the text.
        let mut mutated = self.grading.submission.clone();
        for file in mutated.files.iter_mut().filter(|file| file.name == exercise.name) {
            file.text = Ok(mutant.text(text));
        }
        let grading = Grading { submission: &mutated, ..*self.grading };
        let verdicts = |exercise: &Exercise| -> Result<Vec<Verdict>> {
            let report = self.grade(&grading, exercise, Some(mutant))?;
            Ok(report.cases.iter().map(|case| case.verdict).collect())
        };
        let mut part =
            Exercise { rules: Vec::new(), trials: Vec::new(), ..Exercise::clone(exercise) };
        part.limits.wall = wall;
        let hurried = verdicts(&part)?;
        if hurried.iter().any(|it| ![Verdict::Passed, Verdict::TimedOut].contains(it)) {
            return Ok(true);
        }
        // Who is late may be so because the machine is busy, and is asked once more without hurry.
        if let Some(late) = hurried.iter().position(|it| *it == Verdict::TimedOut) {
            part.limits.wall = exercise.limits.wall;
            part.cases = vec![part.cases.swap_remove(late)];
            if verdicts(&part)? != [Verdict::Passed] {
                return Ok(true);
            }
        }
        let report = self.grade(&grading, exercise, Some(mutant))?;
        Ok(report.score < report.points)
    }

    fn grade(
        &self,
        grading: &Grading<'_>,
        exercise: &Exercise,
        mutant: Option<&Mutant>,
    ) -> Result<ExerciseReport> {
        let ready = Ready {
            worker: self.worker.clone(),
            variant: mutant.map(|mutant| variant(&exercise.name, mutant)),
            on_reference: Vec::new(),
            refused: Default::default(),
        };
        grading.grade_built(exercise, ready, &self.references)
    }
}
