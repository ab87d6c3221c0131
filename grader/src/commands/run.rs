//! `run`: grade a submission and report.

use std::io::Write;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result};
use colored::Colorize;

use super::targets::Targets;
use super::{Failure, complain, exercise, fit, identity, references, screen, spinner};
use crate::build::{Toolchain, Workshop};
use crate::cli::{Format, RunArgs};
use crate::course::Course;
use crate::exit_code::Exit;
use crate::grade::{Grading, Report, parallel};
use crate::history::History;
use crate::report::{
    Classroom, Classroom50, Exercism, Exporter, Github, Gradescope, Html, Json, Junit, Markdown,
    PrairieLearn, Sarif, Tap, Terminal, Verbosity,
};
use crate::submission::{ARCHIVES, Submission};
use crate::workspace::Workspace;

/// Grades a submission and writes the reports.
pub fn run(args: &RunArgs) -> Result<Exit, Failure> {
    let targets = targets(args).map_err(Failure::Usage)?;
    let report = Request::of(args)?.grade()?;
    let report = if args.no_times { report.without_times() } else { report };
    if !targets.use_screen() && !args.quiet {
        let total = Terminal { verbosity: Verbosity::Quiet, ..screen::terminal(args) };
        // The total is a courtesy: a closed standard error is no reason to fail.
        _ = std::io::stderr().write_all(&total.export(&report)?);
    }
    targets.write(|exporter, _| exporter.export(&report))?;
    match args.fail_under {
        Some(percent) if report.percent() < percent => Ok(Exit::BelowThreshold),
        _ => Ok(Exit::Success),
    }
}

/// What writes the reports that are asked for and, for the step of GitHub Actions that asks for
/// annotations, its summary; and where they go.
fn targets(args: &RunArgs) -> Result<Targets<Box<dyn Exporter>>> {
    let mut targets = Targets::open(&args.format, Format::Terminal, &args.output)?;
    let summary = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty());
    if let Some(path) = summary.filter(|_| args.format.contains(&Format::Github)) {
        targets.append(Format::Markdown, path.into())?;
    }
    targets.map(|format, on_screen| exporter(format, on_screen, args))
}

fn exporter(format: Format, on_screen: bool, args: &RunArgs) -> Result<Box<dyn Exporter>> {
    let reveal = args.reveal;
    let terminal = screen::terminal(args);
    // A file is read anywhere, so it has no colours.
    let terminal = Terminal { color: terminal.color && on_screen, ..terminal };
    Ok(match format {
        Format::Terminal => Box::new(terminal),
        Format::Json => Box::new(Json { reveal }),
        Format::Html => Box::new(Html { reveal }),
        Format::Markdown => Box::new(Markdown { reveal }),
        Format::Github => Box::new(Github { terminal }),
        Format::Junit => Box::new(Junit { reveal }),
        Format::Tap => Box::new(Tap { reveal }),
        Format::Sarif => Box::new(Sarif),
        Format::Gradescope => Box::new(Gradescope { reveal }),
        Format::Classroom50 => Box::new(Classroom50 { reveal, identity: identity::classroom50()? }),
        Format::Classroom => Box::new(Classroom { reveal }),
        Format::Exercism => Box::new(Exercism { reveal }),
        Format::PrairieLearn => Box::new(PrairieLearn { reveal }),
    })
}

/// What is to be graded, read and checked.
#[derive(Debug)]
pub struct Request {
    pub(super) workspace: Workspace,
    pub(super) course: Course,
    pub(super) names: Vec<String>,
    pub(super) submission: Submission,
    pub(super) references: Option<Submission>,
    /// Whether it is the learner's own folder, which is graded again and again.
    pub(super) own: bool,
    /// What whoever asked should know.
    pub(super) warnings: Vec<String>,
}

impl Request {
    /// Reads what the arguments name.
    ///
    /// # Errors
    ///
    /// If the course is wrong, an exercise is unknown or the submission cannot be read.
    pub fn of(args: &RunArgs) -> Result<Self, Failure> {
        let workspace = Workspace::find().map_err(Failure::Usage)?;
        let mut course = Course::load(&workspace.fixtures(), &args.fixtures)?;
        course.seed = args.seed.unwrap_or(course.seed);
        for name in &args.names {
            exercise(&course, name)?;
        }
        let names = course
            .exercises
            .iter()
            .map(|exercise| exercise.name.clone())
            .filter(|name| args.names.is_empty() || args.names.contains(name))
            .collect();
        let (path, id, shown) = place(&workspace, args);
        let submission = Submission::read(&path, &id, &shown)?;
        let references = references(&workspace)?;
        let warnings = fit(&mut course, references.as_ref())?.into_iter().collect();
        let own = args.submission.is_none() && !args.solutions;
        Ok(Self { workspace, course, names, submission, references, own, warnings })
    }

    /// Grades it, says what should be known, and shows that it is at work.
    ///
    /// # Errors
    ///
    /// Those that are not the submission's fault.
    pub fn grade(&self) -> Result<Report> {
        for warning in &self.warnings {
            complain(&format!("{} {warning}", "warning:".yellow().bold()));
        }
        spinner::during("Compiling and running", || self.grade_silently())
    }

    /// Grades it.
    ///
    /// # Errors
    ///
    /// Those that are not the submission's fault.
    pub fn grade_silently(&self) -> Result<Report> {
        let toolchain = Toolchain::find(&self.workspace)?;
        let sandbox = toolchain.sandbox();
        let workshop = Workshop::new(&toolchain, &sandbox, self.workspace.state(), self.own);
        Grading {
            course: &self.course,
            names: &self.names,
            submission: &self.submission,
            references: self.references.as_ref(),
            toolchain: &toolchain,
            sandbox: &sandbox,
            workshop: &workshop,
            programs: None,
            seed: self.course.seed,
            threads: parallel::waiting(),
        }
        .grade()
        .context("grading failed")
        .inspect(|report| self.remember(report))
    }

    /// Keeps the score, where the course wants it and all of it was graded.
    fn remember(&self, report: &Report) {
        if self.course.history && self.own && self.names.len() == self.course.exercises.len() {
            // Where nothing can be written, there is one score less to look at.
            _ = History::of(&self.workspace).add(report);
        }
    }
}

/// The folder or archive to grade, the submission's name, and the folder as the reader knows it;
/// empty if it is known by its name alone.
fn place(workspace: &Workspace, args: &RunArgs) -> (PathBuf, String, String) {
    if args.solutions {
        return (workspace.solutions(), "solutions".into(), "solutions/src".into());
    }
    let Some(path) = &args.submission else {
        return (workspace.exercises(), "exercises".into(), "exercises/src".into());
    };
    let id = name(path);
    let shown = if path.is_dir() { shown(path) } else { None };
    (path.clone(), id, shown.unwrap_or_default())
}

/// A folder as it was given, if it lies in the current one and is plain: then an editor, or whoever
/// checked out the repository that was graded, finds the files by it.
fn shown(folder: &Path) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
    let parts = folder.components().filter(|part| *part != Component::CurDir);
    let name = |part: Component<'_>| match part {
        Component::Normal(name) => Some(name.to_str().filter(|it| it.chars().all(plain))?.into()),
        _ => None,
    };
    let names: Vec<String> = parts.map(name).collect::<Option<_>>()?;
    Some(names.join("/"))
}

/// The name of a folder or archive, in characters that any path and any report can hold.
fn name(path: &Path) -> String {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let ending = ARCHIVES.iter().find_map(|ending| name.strip_suffix(ending));
    let name = ending.filter(|_| path.is_file()).unwrap_or(&name);
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' }
    };
    let name: String = name.chars().map(plain).collect();
    if name.trim_matches('.').is_empty() { "submission".into() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_shown_as_given_where_that_leads_to_it() {
        for (folder, path) in [
            ("exercises/src", Some("exercises/src")),
            ("./work/alice/", Some("work/alice")),
            (".", Some("")),
            ("../alice", None),
            ("/tmp/alice", None),
            ("a b", None),
            ("alice.d", None),
        ] {
            assert_eq!(shown(Path::new(folder)).as_deref(), path, "{folder}");
        }
    }

    #[test]
    fn an_archive_is_called_what_is_in_it() {
        let folder = tempfile::tempdir().unwrap();
        for (file, id) in [
            ("alice.zip", "alice"),
            ("bob.b.tar.gz", "bob.b"),
            ("carol.tgz", "carol"),
            ("d e.zip", "d_e"),
            (".zip", "submission"),
            ("eve.tar", "eve.tar"),
        ] {
            std::fs::write(folder.path().join(file), "").unwrap();
            assert_eq!(name(&folder.path().join(file)), id);
        }
        std::fs::create_dir(folder.path().join("folder.zip")).unwrap();
        assert_eq!(name(&folder.path().join("folder.zip")), "folder.zip");
    }
}
