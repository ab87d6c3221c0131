//! Folders for this run alone.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::lock;

/// Where the folders are, in the grader's own.
const PARENT: &str = "scratch";

/// Held while folders are made or swept away, so that none is taken for abandoned before its owner
/// has locked it. It lies beside the folders' folder.
const DOOR: &str = "scratch.lock";

/// Held by whoever uses the folder, so that others know that it is in use.
const LOCK: &str = "in-use.lock";

/// A folder for this run alone, removed with all that is in it when this is dropped.
#[derive(Debug)]
pub struct Scratch {
    folder: TempDir,
    _lock: File,
}

impl Scratch {
    /// Makes a folder in the grader's own.
    ///
    /// # Errors
    ///
    /// If it cannot be made.
    pub fn open(state: &Path) -> Result<Self> {
        let parent = state.join(PARENT);
        fs::create_dir_all(&parent)
            .with_context(|| format!("failed to make {}", parent.display()))?;
        let _door = lock::take(&state.join(DOOR))?;
        let open = || -> std::io::Result<Self> {
            let folder = TempDir::new_in(&parent)?;
            let lock = File::create(folder.path().join(LOCK))?;
            lock.lock()?;
            Ok(Self { folder, _lock: lock })
        };
        open().with_context(|| format!("failed to make a folder in {}", parent.display()))
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// Removes the folders that graders left behind which were killed.
pub fn sweep(state: &Path) {
    let folders: Vec<_> =
        fs::read_dir(state.join(PARENT)).into_iter().flatten().flatten().collect();
    if folders.is_empty() {
        return;
    }
    let Ok(door) = File::create(state.join(DOOR)) else { return };
    if door.try_lock().is_err() {
        // Somebody is at it already.
        return;
    }
    for folder in folders {
        let folder = folder.path();
        let abandoned = match File::open(folder.join(LOCK)) {
            Ok(lock) => lock.try_lock().is_ok(),
            Err(error) => error.kind() == ErrorKind::NotFound,
        };
        if abandoned {
            // What cannot be removed now may be another time.
            _ = fs::remove_dir_all(&folder);
        }
    }
}
