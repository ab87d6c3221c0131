//! `check`: whether the course and its fixtures are any good.

mod mutants;

use std::fmt::Write;
use std::time::Instant;

use anyhow::{Context, anyhow};
use colored::Colorize;

use super::{Failure, references, screen, spinner};
use crate::build::{Toolchain, Workshop};
use crate::check::{Catch, Checked, Checking, SEEDS};
use crate::cli::CheckArgs;
use crate::course::{Course, Exercise, Severity};
use crate::exit_code::Exit;
use crate::report::{colored, plural};
use crate::submission::Submission;
use crate::workspace::Workspace;

/// Checks the course and prints all that was found.
pub fn check(args: &CheckArgs) -> Result<Exit, Failure> {
    let start = Instant::now();
    let workspace = Workspace::find().map_err(Failure::Usage)?;
    let course = Course::load(&workspace.fixtures(), &args.fixtures)?;
    let references = references(&workspace)?.ok_or_else(|| {
        let folder = workspace.solutions();
        Failure::Usage(anyhow!(
            "a course is checked with its references, and {} is missing",
            workspace.display(&folder)
        ))
    })?;
    if args.mutants {
        return mutants::try_all(&workspace, &course, &references);
    }
    let stubs = Submission::read(&workspace.exercises(), "exercises", "exercises/src")?;
    let checked = spinner::during("Compiling and running", || {
        let toolchain = Toolchain::find(&workspace)?;
        let sandbox = toolchain.sandbox();
        let workshop = Workshop::new(&toolchain, &sandbox, workspace.state(), false);
        let checking = Checking {
            workspace: &workspace,
            course: &course,
            overlays: &args.fixtures,
            stubs: &stubs,
            references: &references,
            toolchain: &toolchain,
            sandbox: &sandbox,
            workshop: &workshop,
        };
        checking.check().context("checking failed")
    })?;
    let mut text = String::new();
    for finding in &checked.findings {
        let mut problem = finding.problem.clone();
        problem.path = workspace.display(&problem.path).to_string().into();
        _ = writeln!(text, "{}\n", problem.render_as(finding.severity, screen::color()));
    }
    if args.verbose {
        text.push_str(&table(&checked.catches));
    }
    let time = start.elapsed().as_secs_f64();
    _ = writeln!(text, "{}: {} ({time:.1} s)", counts(&course), outcome(&checked));
    screen::print(colored(&text).as_bytes())?;
    Ok(if checked.has_errors() { Exit::Usage } else { Exit::Success })
}

/// What was checked: "14 exercises, 223 cases, 101 mistakes, 8 seeds".
fn counts(course: &Course) -> String {
    let count = |of: fn(&Exercise) -> usize| course.exercises.iter().map(of).sum::<usize>();
    let trials = count(|exercise| exercise.trials.len());
    let mut counts = vec![
        plural(course.exercises.len(), "exercise"),
        plural(count(|exercise| exercise.cases.len()) + trials, "case"),
        plural(count(|exercise| exercise.mistakes.len()), "mistake"),
    ];
    if trials > 0 {
        counts.push(format!("{SEEDS} seeds"));
    }
    counts.join(", ")
}

/// What was found: "1 error, 2 warnings".
fn outcome(checked: &Checked) -> String {
    let count = |severity| checked.findings.iter().filter(|it| it.severity == severity).count();
    let errors = match count(Severity::Error) {
        0 => String::new(),
        errors => plural(errors, "error").red().bold().to_string(),
    };
    let warnings = match count(Severity::Warning) {
        0 => String::new(),
        warnings => plural(warnings, "warning").yellow().bold().to_string(),
    };
    let parts: Vec<_> = [errors, warnings].into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "no problem found".green().to_string() } else { parts.join(", ") }
}

/// The mistakes, each with the first case that catches it.
fn table(catches: &[Catch]) -> String {
    let name = |catch: &Catch| match catch {
        Catch { exercise, mistake, function, .. } if exercise == function => {
            format!("{exercise}: {mistake}")
        }
        Catch { exercise, mistake, function, .. } => format!("{exercise}: {mistake} as {function}"),
    };
    let width = catches.iter().map(|catch| name(catch).chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for catch in catches {
        let first = catch.cases.first().map_or("", String::as_str);
        let others = match catch.cases.len() {
            0 | 1 => String::new(),
            count => format!(" (and {})", plural(count - 1, "other")),
        };
        _ = writeln!(text, "{:width$}  {first}{others}", name(catch));
    }
    text.push('\n');
    text
}
