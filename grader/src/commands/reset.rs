//! `reset`: a stub made anew, and the learner's file kept.

use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};

use super::{Failure, exercise, open, references, screen};
use crate::exit_code::Exit;
use crate::stub::stub;
use crate::workspace::Workspace;

/// Puts an exercise back to its stub and keeps what was there.
pub fn reset(name: &str) -> Result<Exit, Failure> {
    let (workspace, course) = open()?;
    exercise(&course, name)?;
    screen::print(put_back(&workspace, name)?.as_bytes())?;
    Ok(Exit::Success)
}

/// Puts the file of an exercise back, and says what became of it.
pub(super) fn put_back(workspace: &Workspace, name: &str) -> Result<String, Failure> {
    let references = references(workspace)?;
    let reference = references.as_ref().and_then(|it| it.file(name)?.text.as_deref().ok());
    let Some(reference) = reference else {
        let missing = workspace.solutions().join(format!("{name}.rs"));
        return Err(Failure::Usage(anyhow!(
            "a stub is made from the reference, and {} cannot be read",
            workspace.display(&missing)
        )));
    };
    let stub = stub(reference)?;
    let file = workspace.exercises().join(format!("{name}.rs"));
    let shown = workspace.display(&file);
    let mut said = String::new();
    match fs::read(&file) {
        Ok(before) if before == stub.as_bytes() => {
            return Ok(format!("{shown} is untouched: nothing to reset.\n"));
        }
        Ok(before) => {
            let backup = back_up(&workspace.state().join("backup"), name, &before)?;
            _ = writeln!(said, "Your file is kept as {}.", workspace.display(&backup));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => {
            return Err(anyhow::Error::from(error)
                .context(format!("failed to read {shown}"))
                .into());
        }
    }
    fs::write(&file, stub).with_context(|| format!("failed to write {shown}"))?;
    _ = writeln!(said, "{shown} is a stub again.");
    Ok(said)
}

/// Writes a file under a number that is not taken yet.
fn back_up(folder: &Path, name: &str, content: &[u8]) -> anyhow::Result<PathBuf> {
    fs::create_dir_all(folder).with_context(|| format!("failed to make {}", folder.display()))?;
    for number in 1_u32.. {
        let file = folder.join(format!("{name}-{number}.rs"));
        let written = fs::File::create_new(&file)
            .and_then(|mut backup| io::Write::write_all(&mut backup, content));
        match written {
            Ok(()) => return Ok(file),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => {
                return Err(error).with_context(|| format!("failed to write {}", file.display()));
            }
        }
    }
    Err(anyhow!("every number for a backup in {} is taken", folder.display()))
}
