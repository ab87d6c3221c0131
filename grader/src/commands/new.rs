//! `new`: the files of an exercise that is to be written.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};

use super::{Failure, open, screen};
use crate::authoring::{Changes, Skeleton, add_to_section, declare};
use crate::course::{Course, module_fault, shown};
use crate::exit_code::Exit;
use crate::workspace::Workspace;

/// Makes the files of a new exercise and adds it to the course.
pub fn new(name: &str, section: Option<&str>) -> Result<Exit, Failure> {
    let (workspace, course) = open()?;
    check(name).map_err(Failure::Usage)?;
    let section = match section {
        Some(title) => course.section(title).map_err(|unknown| Failure::Usage(unknown.into()))?,
        None => course
            .sections
            .last()
            .ok_or_else(|| Failure::Usage(anyhow!("the course has no section to add {name} to")))?,
    };
    let Files { reference, stub, fixture } = Files::of(&workspace, name).map_err(Failure::Usage)?;
    let skeleton = Skeleton::of(name)?;
    let mut changes = Changes::default();
    changes.create(&reference, &skeleton.reference)?;
    changes.create(&stub, &skeleton.stub)?;
    changes.create(&fixture, &skeleton.fixture)?;
    let previous = previous(&course, &section.title);
    for folder in [workspace.solutions(), workspace.exercises()] {
        edit(&mut changes, &folder.join("lib.rs"), |lib| Ok(declare(lib, name, previous)))?;
    }
    let manifest = workspace.fixtures().join("course.toml");
    edit(&mut changes, &manifest, |text| add_to_section(text, &section.title, name))?;
    changes.apply()?;
    screen::print(next_steps(name, &section.title).as_bytes())?;
    Ok(Exit::Success)
}

/// Checks that a name can be that of a module and of a function.
fn check(name: &str) -> anyhow::Result<()> {
    if let Some(fault) = module_fault(name) {
        return Err(anyhow!("{} {fault}", shown(name)));
    }
    if name.contains("__") || name.contains(|c: char| c.is_ascii_uppercase()) {
        return Err(anyhow!("{} is not in snake case, as in `mean_of_rows`", shown(name)));
    }
    Ok(())
}

/// The files of a new exercise.
struct Files {
    reference: PathBuf,
    stub: PathBuf,
    fixture: PathBuf,
}

impl Files {
    /// Where they are to be, if nothing is there yet.
    fn of(workspace: &Workspace, name: &str) -> anyhow::Result<Self> {
        let rust = format!("{name}.rs");
        let [reference, stub] =
            [workspace.solutions(), workspace.exercises()].map(|folder| folder.join(&rust));
        let [fixture, json] =
            ["toml", "json"].map(|ending| workspace.fixtures().join(format!("{name}.{ending}")));
        for file in [&fixture, &json, &reference, &stub] {
            if file.symlink_metadata().is_ok() {
                return Err(anyhow!("{} is there already", workspace.display(file)));
            }
        }
        Ok(Self { reference, stub, fixture })
    }
}

/// Adds what becomes of a file.
fn edit(
    changes: &mut Changes,
    path: &Path,
    edited: impl FnOnce(&str) -> anyhow::Result<String>,
) -> Result<(), Failure> {
    let failed = || format!("failed to edit {}", path.display());
    let before = fs::read_to_string(path).with_context(failed).map_err(Failure::Usage)?;
    let after = edited(&before).with_context(failed).map_err(Failure::Usage)?;
    Ok(changes.replace(path, &before, &after)?)
}

/// The exercise that comes last up to the end of a section.
fn previous<'a>(course: &'a Course, section: &str) -> Option<&'a str> {
    let end = course.sections.iter().position(|it| it.title == section)?;
    let exercises = course.sections[..=end].iter().flat_map(|section| &section.exercises);
    exercises.last().map(String::as_str)
}

fn next_steps(name: &str, section: &str) -> String {
    let section = shown(section);
    format!(
        "\
{name} is the last exercise of {section} now. Its files:

  solutions/src/{name}.rs    the lesson and the reference
  exercises/src/{name}.rs    the stub, which learners fill in
  fixtures/{name}.toml       the cases

What is left to do:

  1. Write the lesson, the signature and the solution in solutions/src/{name}.rs.
  2. Make the stub from it: cargo grade reset {name}
  3. Write title, summary, hints and cases in fixtures/{name}.toml. Leave `expected` out
     where the reference knows it, and let it say: cargo grade record {name}
  4. See that the reference scores 100 %: cargo grade run {name} --solutions
  5. See what the cases let through: cargo grade check
"
    )
}
