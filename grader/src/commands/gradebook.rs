//! `gradebook`: what became of a class, in the format of whoever reads it.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Error, Result, anyhow};
use colored::Colorize;

use super::targets::Targets;
use super::{Failure, complain, screen};
use crate::class::intake::Class;
use crate::cli::{GradebookArgs, GradebookFormat, ShownAttempts};
use crate::exit_code::Exit;
use crate::grade::parallel;
use crate::gradebook::{self, Attempts, Fault, Gradebook, Roster, Status};
use crate::report;
use crate::similar::{self, Candidate, LeftOut, Similar, Source};
use crate::submission::Submission;
use crate::workspace::Workspace;

/// How many submissions are named of those that something is said of.
const NAMED: usize = 10;

/// Makes the gradebook of a class, and says what is not in it.
pub fn gradebook(args: &GradebookArgs) -> Result<Exit, Failure> {
    let targets = Targets::open(&args.format, GradebookFormat::Terminal, &args.output);
    let targets = targets.map_err(Failure::Usage)?;
    let roster = args.roster.as_deref().map(Roster::read).transpose();
    let roster = roster.map_err(|it| Failure::Usage(it.into()))?;
    let class = gradebook::collect(&args.results).map_err(|fault| refused(&args.results, fault))?;
    if !class.gaps.is_empty() && !args.incomplete {
        return Err(Failure::Usage(incomplete(&class.gaps.sentences())));
    }
    let mut gradebook = Gradebook::of(class, roster.as_ref(), args.attempts.into());
    if let Some(submissions) = &args.similar {
        gradebook.similar = Some(similar(submissions, &gradebook)?);
    }
    let assignment = args.assignment.as_deref().unwrap_or(&gradebook.course.title);
    // Whatever is not as the platforms want it can be mended by whoever called.
    let write = |format, _| match format {
        GradebookFormat::Terminal => {
            Ok(gradebook::terminal(&gradebook, screen::width()).into_bytes())
        }
        GradebookFormat::Csv => gradebook::csv(&gradebook),
        GradebookFormat::Canvas => gradebook::canvas(&gradebook, assignment),
        GradebookFormat::Moodle => gradebook::moodle(&gradebook, assignment),
        GradebookFormat::Json => gradebook.json(),
        GradebookFormat::Html => gradebook::html(&gradebook),
    };
    targets.write(write).map_err(Failure::Usage)?;
    Ok(tell(&gradebook))
}

impl From<ShownAttempts> for Attempts {
    fn from(shown: ShownAttempts) -> Self {
        match shown {
            ShownAttempts::Best => Self::Best,
            ShownAttempts::Last => Self::Last,
            ShownAttempts::Every => Self::Every,
        }
    }
}

fn refused(results: &Path, fault: Fault) -> Failure {
    let about = format!("no gradebook of {}", results.display());
    Failure::Usage(Error::new(fault).context(about))
}

fn incomplete(sentences: &[String]) -> Error {
    anyhow!(
        "the results are not complete:\n  {}\nRun `cargo grade batch` again, for a missing shard \
         with its --shard: it does what is left. With --incomplete there is a gradebook of what is \
         there.",
        sentences.join("\n  ")
    )
}

/// Says what is not in the gradebook, and how the command ends because of it.
fn tell(gradebook: &Gradebook) -> Exit {
    let warning = "warning:".yellow().bold();
    for gap in &gradebook.gaps {
        complain(&format!("{warning} {gap}"));
    }
    if !gradebook.unmatched.is_empty() {
        let names = gradebook.unmatched.iter();
        let names: Vec<_> = names.map(|it| format!("{} ({})", it.submission, it.reason)).collect();
        complain(&format!("{warning} not on the roster: {}", screen::listed(&names, NAMED)));
    }
    if !gradebook.gone.is_empty() {
        let names = screen::listed(&gradebook.gone, NAMED);
        complain(&format!("{warning} left out, not among the submissions any more: {names}"));
    }
    let errors: Vec<String> = gradebook
        .with_status(Status::GraderError)
        .map(|it| format!("{} ({})", it.name, it.reason.as_deref().unwrap_or_default()))
        .collect();
    if errors.is_empty() {
        return Exit::Success;
    }
    let failed = "grader error:".red().bold();
    complain(&format!("{failed} no score for {}", screen::listed(&errors, NAMED)));
    Exit::GraderError
}

/// Compares the submissions that are shown.
fn similar(folder: &Path, gradebook: &Gradebook) -> Result<Similar, Failure> {
    let students: HashMap<&str, &str> = gradebook
        .students
        .iter()
        .filter_map(|it| Some((it.submission.as_deref()?, it.student.as_deref()?)))
        .collect();
    let class = Class::list(folder).with_context(|| format!("failed to read {}", folder.display()));
    let mut entries = class.map_err(Failure::Usage)?.entries;
    entries.retain(|entry| students.contains_key(entry.id.as_str()));
    let read = parallel::map(parallel::waiting(), entries, |entry| {
        Ok(match entry.read() {
            Ok(submission) => {
                let (source, left_out) = similar::source(&submission);
                let student = students[entry.id.as_str()].to_owned();
                (Some(Candidate { id: entry.id, student, source }), left_out)
            }
            Err(error) => {
                let reason = report::one_line(&error.to_string());
                (None, vec![LeftOut { what: entry.id, reason }])
            }
        })
    })?;
    let (candidates, left_out): (Vec<_>, Vec<_>) = read.into_iter().unzip();
    let candidates: Vec<Candidate> = candidates.into_iter().flatten().collect();
    if candidates.is_empty() {
        let none = anyhow!("{} has none of the submissions of the gradebook", folder.display());
        return Err(Failure::Usage(none));
    }
    let mut similar = similar::similar(&candidates, &own()?);
    similar.left_out = left_out.concat();
    Ok(similar)
}

/// What the course holds: the references and the stubs.
fn own() -> Result<Vec<Source>, Failure> {
    let workspace = Workspace::find().map_err(Failure::Usage)?;
    let mut own = Vec::new();
    for folder in [workspace.solutions(), workspace.exercises()] {
        if folder.is_dir() {
            own.push(similar::source(&Submission::read(&folder, "course", "course")?).0);
        }
    }
    Ok(own)
}
