//! Several files that are written together, or not at all.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::draft::Draft;

/// Files that are written together, or not at all. Until they are applied nothing is changed.
#[derive(Debug, Default)]
pub struct Changes(Vec<Change>);

#[derive(Debug)]
struct Change {
    /// The file as it will be.
    after: Draft,
    /// The file as it is; `None` if it is not there. It is written beforehand, so that a disk
    /// that is full keeps nobody from putting it back.
    before: Option<Draft>,
}

impl Changes {
    /// Adds a file that is not there yet.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn create(&mut self, path: &Path, text: &str) -> Result<()> {
        self.0.push(Change { after: written(path, text)?, before: None });
        Ok(())
    }

    /// Adds a new text of a file that is there.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn replace(&mut self, path: &Path, before: &str, after: &str) -> Result<()> {
        // A link stays one.
        let path = path.canonicalize().with_context(|| failed(path))?;
        let change =
            Change { after: written(&path, after)?, before: Some(written(&path, before)?) };
        self.0.push(change);
        Ok(())
    }

    /// Makes the changes in their order. If one fails, those before it are undone.
    ///
    /// # Errors
    ///
    /// If one fails, or, worse, undoing one does.
    pub fn apply(self) -> Result<()> {
        let mut done = Vec::new();
        for change in self.0 {
            let path = change.after.path().to_owned();
            if let Err(error) = change.apply(&mut done) {
                let undone = done.into_iter().rev().try_for_each(Undo::undo);
                let error = anyhow::Error::from(error).context(failed(&path));
                return Err(match undone {
                    Ok(()) => error.context("nothing was changed"),
                    Err(left) => error.context(format!("some changes could not be undone: {left}")),
                });
            }
        }
        Ok(())
    }
}

impl Change {
    fn apply(self, done: &mut Vec<Undo>) -> io::Result<()> {
        let path = self.after.path().to_owned();
        match self.before {
            None => {
                self.after.create()?;
                done.push(Undo::Remove(path));
            }
            Some(before) => {
                self.after.replace()?;
                done.push(Undo::PutBack(before));
            }
        }
        Ok(())
    }
}

/// How a change is undone.
enum Undo {
    Remove(PathBuf),
    PutBack(Draft),
}

impl Undo {
    fn undo(self) -> io::Result<()> {
        match self {
            Self::Remove(path) => fs::remove_file(path),
            Self::PutBack(before) => before.replace(),
        }
    }
}

fn written(path: &Path, text: &str) -> Result<Draft> {
    let draft = Draft::of(path.to_owned()).and_then(|mut draft| {
        draft.write(text.as_bytes())?;
        Ok(draft)
    });
    draft.with_context(|| failed(path))
}

fn failed(path: &Path) -> String {
    format!("failed to write {}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn when_one_change_fails_the_others_are_undone() {
        let folder = tempfile::tempdir().unwrap();
        let [new, old, taken, last] =
            ["new", "old", "taken", "last"].map(|name| folder.path().join(name));
        fs::write(&old, "before").unwrap();
        let mut changes = Changes::default();
        changes.create(&new, "new").unwrap();
        changes.replace(&old, "before", "after").unwrap();
        changes.create(&taken, "mine").unwrap();
        changes.create(&last, "last").unwrap();
        // Somebody else is faster.
        fs::write(&taken, "theirs").unwrap();
        let error = format!("{:#}", changes.apply().unwrap_err());
        assert!(error.starts_with("nothing was changed: failed to write "), "{error}");
        assert_eq!(fs::read_to_string(&old).unwrap(), "before");
        assert_eq!(fs::read_to_string(&taken).unwrap(), "theirs");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn what_is_not_applied_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut changes = Changes::default();
        changes.create(&folder.path().join("new"), "new").unwrap();
        assert!(changes.create(&folder.path().join("no/such/folder"), "").is_err());
        drop(changes);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
