//! The commands, each a story of calls to the stations.

#[cfg(feature = "class")]
mod batch;
mod check;
mod completions;
#[cfg(feature = "class")]
mod gradebook;
mod hint;
mod identity;
mod list;
mod new;
mod questions;
mod record;
mod reset;
mod run;
mod schema;
mod screen;
mod show;
#[cfg(feature = "class")]
mod slurm;
mod speed;
mod spinner;
mod targets;
mod verify;
mod watch;

use std::io::Write;
use std::panic;

use anyhow::{Context, Error, anyhow};
use clap::Parser;
use colored::Colorize;

use crate::cli::{Cli, Command};
use crate::course::{Course, Exercise, Problems};
use crate::exit_code::Exit;
use crate::grade::Unanswered;
use crate::interrupt;
use crate::report;
use crate::submission::{Submission, SubmissionError};
use crate::workspace::Workspace;

/// Why a command did not do its work.
#[derive(Debug)]
pub enum Failure {
    /// The course or a fixture is wrong.
    Course(Problems),
    /// The arguments are wrong; whoever called can mend it.
    Usage(Error),
    /// The grader failed.
    Grader(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        if error.is::<Unanswered>() { Self::Usage(error) } else { Self::Grader(error) }
    }
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Self {
        if problems.are_machines() { Self::Grader(problems.into()) } else { Self::Course(problems) }
    }
}

impl From<SubmissionError> for Failure {
    fn from(error: SubmissionError) -> Self {
        if error.is_machines() { Self::Grader(error.into()) } else { Self::Usage(error.into()) }
    }
}

/// Runs the command that the arguments name, and says what went wrong if something did.
#[must_use]
pub fn main() -> Exit {
    let cli = Cli::parse();
    let command = cli.command.unwrap_or(Command::Run(cli.run));
    if let Err(error) = interrupt::watch() {
        // Without it a signal ends the grader as it ends any program.
        complain(&format!("{} signals are not handled: {error}", "warning:".yellow().bold()));
    }
    // A panic is a fault of the grader's like any other; its message has been printed.
    let result = panic::catch_unwind(|| perform(command))
        .unwrap_or_else(|_| Err(Failure::Grader(anyhow!("the grader panicked"))));
    match result {
        Ok(exit) => exit,
        // What failed then failed because of it.
        Err(_) if let Some(signal) = interrupt::signal() => {
            complain("interrupted");
            Exit::Interrupted(signal)
        }
        Err(failure) => {
            complain(&failure.describe());
            failure.exit()
        }
    }
}

impl Failure {
    /// What happened.
    fn describe(&self) -> String {
        match self {
            Self::Course(problems) => problems.render(screen::color()),
            Self::Usage(error) => format!("{} {error:#}", "error:".red().bold()),
            Self::Grader(error) => format!(
                "{} {error:#}\nThis is not the fault of the graded code, which was given no score.",
                "grader error:".red().bold()
            ),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::Course(_) | Self::Usage(_) => Exit::Usage,
            Self::Grader(_) => Exit::GraderError,
        }
    }
}

fn perform(command: Command) -> Result<Exit, Failure> {
    match command {
        Command::Run(args) => run::run(&args),
        Command::Watch => watch::watch(),
        Command::List { history: false } => list::list(),
        Command::List { history: true } => list::history(),
        Command::Show { name } => show::show(&name),
        Command::Hint { name, all } => hint::hint(&name, all),
        Command::Reset { name } => reset::reset(&name),
        Command::Speed(args) => speed::speed(&args),
        Command::New { name, section } => new::new(&name, section.as_deref()),
        Command::Record { name, fixtures, yes } => record::record(&name, fixtures.as_deref(), yes),
        Command::Schema { of } => schema::schema(of),
        Command::Verify(args) => verify::verify(&args),
        Command::Check(args) => check::check(&args),
        #[cfg(feature = "class")]
        Command::Batch(args) => batch::batch(&args),
        #[cfg(feature = "class")]
        Command::Gradebook(args) => gradebook::gradebook(&args),
        Command::Completions { shell } => completions::completions(shell),
    }
}

/// Says what is wrong, if there is still somebody to say it to. The text may hold names of files and
/// what rustc said, so nothing but colours may steer the terminal, and these only where they are
/// wanted.
fn complain(text: &str) {
    let text = if screen::color() { report::colored(text) } else { report::plain(text) };
    _ = writeln!(std::io::stderr(), "{}", text.trim_end());
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

/// Holds the course against its references, and leaves out what nothing judges without them: a course
/// may be handed out so. Returns what whoever grades should know.
fn fit(course: &mut Course, references: Option<&Submission>) -> Result<Option<String>, Problems> {
    let reference = |name: &str| references?.file(name);
    if references.is_some() {
        course.check_mistakes(|name| reference(name)?.text.as_deref().ok())?;
    }
    let left_out = course.retain_judged(|name| reference(name).is_some());
    Ok((!left_out.is_empty()).then(|| {
        format!(
            "generated cases of {} are left out: without a reference nothing judges them",
            left_out.join(", ")
        )
    }))
}
