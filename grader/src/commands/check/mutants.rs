//! `check --mutants`: whether a case notices each small change to a reference.

use anyhow::{Context, Result};

use crate::build::{Toolchain, Workshop};
use crate::check::mutants::{Mutation, Scores};
use crate::commands::{Failure, screen, spinner};
use crate::course::Course;
use crate::exit_code::Exit;
use crate::report;
use crate::submission::Submission;
use crate::workspace::Workspace;

/// Tries all mutants of the references, and prints the scores and what no case notices.
pub fn try_all(
    workspace: &Workspace,
    course: &Course,
    references: &Submission,
) -> Result<Exit, Failure> {
    let scores = spinner::during("Compiling and running mutants", || {
        scores(workspace, course, references).context("failed to try the mutants")
    })?;
    screen::print(report::colored(&scores.render(screen::color())).as_bytes())?;
    Ok(if scores.are_perfect() { Exit::Success } else { Exit::Usage })
}

fn scores(workspace: &Workspace, course: &Course, references: &Submission) -> Result<Scores> {
    let toolchain = Toolchain::find(workspace)?;
    let sandbox = toolchain.sandbox();
    let workshop = Workshop::new(&toolchain, &sandbox, workspace.state(), false);
    Mutation { course, references, toolchain: &toolchain, sandbox: &sandbox, workshop: &workshop }
        .run()
}
