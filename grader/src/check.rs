//! Checking a course: whether its fixtures, references and stubs are any good.
//!
//! A course is good if its references pass everything, its stubs pass nothing, each known mistake
//! loses points and is recognised, and no answer that anyone could give without doing the work
//! earns much. What is wrong is collected, not the first thing only.

mod answers;
mod duplicates;
mod files;
mod finding;
mod functions;
mod mistakes;
pub mod mutants;
mod probe;
mod references;
mod rules;
mod stubs;
#[cfg(test)]
mod tests;
mod tolerances;
mod trials;
mod variants;

use std::path::PathBuf;

use anyhow::Result;

pub use finding::{Finding, Findings};
pub use mistakes::Catch;

use crate::build::{Toolchain, Workshop};
use crate::course::{Course, Severity};
use crate::grade::{Grading, Report, parallel};
use crate::sandbox::Sandbox;
use crate::submission::Submission;
use crate::workspace::Workspace;
use functions::Functions;
use probe::probes;

/// With how many seeds the references are graded.
pub const SEEDS: u64 = 8;

/// A course to be checked, and what with.
#[derive(Debug)]
pub struct Checking<'a> {
    /// The project's folders.
    pub workspace: &'a Workspace,
    /// The course, with the cases of overlays.
    pub course: &'a Course,
    /// The folders of the overlays.
    pub overlays: &'a [PathBuf],
    /// What learners are handed out: the files in `exercises/src`.
    pub stubs: &'a Submission,
    /// The files in `solutions/src`.
    pub references: &'a Submission,
    /// The compiler.
    pub toolchain: &'a Toolchain,
    /// What compilers and workers are started in.
    pub sandbox: &'a Sandbox,
    /// Where crates are compiled.
    pub workshop: &'a Workshop<'a>,
}

/// What came of checking a course.
#[derive(Debug)]
pub struct Checked {
    /// What is wrong, by file and line.
    pub findings: Vec<Finding>,
    /// The mistakes, each with the cases that catch it.
    pub catches: Vec<Catch>,
}

impl Checked {
    /// Whether something must be mended.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}

impl Checking<'_> {
    /// Checks everything.
    ///
    /// # Errors
    ///
    /// If something fails that is not the course's fault: a file cannot be read or written, rustc or
    /// a worker cannot be started.
    pub fn check(&self) -> Result<Checked> {
        let mut findings = Findings::default();
        let functions = Functions::of_all(self.references);
        files::check(self, &mut findings)?;
        rules::check(self, &mut findings);
        duplicates::check(self.course, &mut findings);
        stubs::check(self, &functions, &mut findings)?;
        let report = references::check(self, &functions, &mut findings)?;
        let tried = references::can_try(self, &report);
        let judged = trials::check(self, &tried, &mut findings)?;
        let catches = mistakes::check(self, &functions, &report, &judged, &mut findings)?;
        for (exercise, report) in self.course.exercises.iter().zip(report.exercises()) {
            let probes = probes(exercise, report, judged.get(&*exercise.name));
            tolerances::check(&probes, &mut findings);
            answers::check(exercise, &probes, &mut findings);
        }
        Ok(Checked { findings: findings.sorted(), catches })
    }

    /// Grades the cases and rules of a submission that has no references to fall back on.
    fn grade_cases(&self, submission: &Submission) -> Result<Report> {
        let mut course = self.course.clone();
        course.exercises.iter_mut().for_each(|exercise| exercise.trials.clear());
        let names = names(&course);
        Grading { references: None, ..self.grading(&course, &names, submission) }.grade()
    }

    /// A grading of some exercises, with the references to judge trials.
    fn grading<'g>(
        &'g self,
        course: &'g Course,
        names: &'g [String],
        submission: &'g Submission,
    ) -> Grading<'g> {
        Grading {
            course,
            names,
            submission,
            references: Some(self.references),
            toolchain: self.toolchain,
            sandbox: self.sandbox,
            workshop: self.workshop,
            programs: None,
            seed: course.seed,
            threads: parallel::waiting(),
        }
    }
}

/// The names of all exercises.
fn names(course: &Course) -> Vec<String> {
    course.exercises.iter().map(|exercise| exercise.name.clone()).collect()
}
