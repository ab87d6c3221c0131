//! The commands, each a story of calls to the stations.

mod completions;
mod hint;
mod list;
mod reset;
mod run;
mod screen;
mod show;
mod spinner;
mod targets;

use anyhow::{Context, Error};
use clap::Parser;
use colored::Colorize;

use crate::cli::{Cli, Command};
use crate::course::{Course, Exercise, Problems};
use crate::exit_code::Exit;
use crate::submission::Submission;
use crate::workspace::Workspace;

/// Why a command did not do its work.
#[derive(Debug)]
pub enum Failure {
    /// The arguments, the course or a fixture are wrong; whoever called can mend it.
    Usage(Error),
    /// The grader failed.
    Grader(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Grader(error)
    }
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Self {
        Self::Usage(problems.into())
    }
}

/// Runs the command that the arguments name, and says what went wrong if something did.
#[must_use]
pub fn main() -> Exit {
    let cli = Cli::parse();
    let result = match cli.command.unwrap_or(Command::Run(cli.run)) {
        Command::Run(args) => run::run(&args),
        Command::List => list::list(),
        Command::Show { name } => show::show(&name),
        Command::Hint { name, all } => hint::hint(&name, all),
        Command::Reset { name } => reset::reset(&name),
        Command::Completions { shell } => completions::completions(shell),
    };
    match result {
        Ok(exit) => exit,
        Err(Failure::Usage(error)) => {
            eprintln!("{} {error:#}", "error:".red().bold());
            Exit::Usage
        }
        Err(Failure::Grader(error)) => {
            eprintln!("{} {error:#}", "grader error:".red().bold());
            eprintln!("Nothing was graded. This is not the fault of the graded code.");
            Exit::GraderError
        }
    }
}

/// The project and its course, with nothing added.
fn open() -> Result<(Workspace, Course), Failure> {
    let workspace = Workspace::find().map_err(Failure::Usage)?;
    let course = Course::load(&workspace.fixtures(), &[])?;
    Ok((workspace, course))
}

/// The exercise of this name.
fn exercise<'a>(course: &'a Course, name: &str) -> Result<&'a Exercise, Failure> {
    course.exercise(name).map_err(|unknown| Failure::Usage(unknown.into()))
}

/// The references, if they are there.
fn references(workspace: &Workspace) -> Result<Option<Submission>, Failure> {
    let folder = workspace.solutions();
    if !folder.is_dir() {
        return Ok(None);
    }
    let references = Submission::read(&folder, "solutions", "solutions/src");
    Ok(Some(references.context("failed to read the references")?))
}
