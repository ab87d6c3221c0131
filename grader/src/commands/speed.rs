//! `speed`: time the loops beside the vectorised functions.

use anyhow::{Context, anyhow};

use super::targets::Targets;
use super::{Failure, exercise, open, references, screen, spinner};
use crate::build::{Profile, Toolchain, Workshop};
use crate::cli::{RunArgs, SpeedArgs, SpeedFormat};
use crate::course::{Course, shown};
use crate::exit_code::Exit;
use crate::grade::{Grading, parallel};
use crate::report::{Html, Json, Terminal};
use crate::speed::{self, Pair, Timer};
use crate::submission::Submission;

/// Times the functions that an exercise asks for twice, the learner's and the references'.
pub fn speed(args: &SpeedArgs) -> Result<Exit, Failure> {
    let targets =
        Targets::open(&args.format, SpeedFormat::Terminal, &args.output).map_err(Failure::Usage)?;
    let (workspace, course) = open()?;
    let names = names(&course, args.name.as_deref())?;
    let course = speed::needed(course, &names);
    let submission = Submission::read(&workspace.exercises(), "exercises", "exercises/src")?;
    let references = references(&workspace)?;
    let report = spinner::during("Compiling with optimisation and timing", || {
        let toolchain = Toolchain::with_profile(&workspace, Profile::Release)?;
        let sandbox = toolchain.sandbox();
        let workshop = Workshop::new(&toolchain, &sandbox, workspace.state(), false);
        let grading = Grading {
            course: &course,
            names: &names,
            submission: &submission,
            references: references.as_ref(),
            toolchain: &toolchain,
            sandbox: &sandbox,
            workshop: &workshop,
            programs: None,
            seed: course.seed,
            threads: parallel::waiting(),
        };
        Timer { grading }.time().context("timing failed")
    })?;
    targets.write(|format, on_screen| match format {
        SpeedFormat::Terminal => {
            let terminal = screen::terminal(&RunArgs::default());
            // A file is read anywhere, so it has no colours.
            Ok(Terminal { color: terminal.color && on_screen, ..terminal }.speed(&report))
        }
        SpeedFormat::Json => Json::speed(&report),
        SpeedFormat::Html => Html::speed(&report),
    })?;
    Ok(Exit::Success)
}

/// The exercises to time: the one that is named, or all that have functions to compare.
fn names(course: &Course, name: Option<&str>) -> Result<Vec<String>, Failure> {
    let mut names: Vec<String> = Pair::all(course).map(|pair| pair.name().to_owned()).collect();
    names.dedup();
    if let Some(name) = name {
        exercise(course, name)?;
        if !names.iter().any(|it| it == name) {
            return Err(Failure::Usage(anyhow!(
                "{} has no loop to compare with: it takes two functions such as `classic_dot` and \
                 `dot`, and inputs made from a seed; these have both: {}",
                shown(name),
                names.join(", ")
            )));
        }
        names.retain(|it| it == name);
    }
    if names.is_empty() {
        return Err(Failure::Usage(anyhow!(
            "no exercise of this course has a loop to compare with"
        )));
    }
    Ok(names)
}
