//! Folders for this run alone.

use std::fs::{self, File};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use tempfile::TempDir;

/// Where the folders are, in the grader's own.
const PARENT: &str = "scratch";

/// Held by whoever uses the folder, so that others know that it is in use.
const LOCK: &str = "scratch.lock";

/// How old a folder without a lock is before it counts as left behind: its owner may be about to
/// take the lock.
const GRACE: Duration = Duration::from_secs(60);

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
        let open = || -> std::io::Result<Self> {
            fs::create_dir_all(&parent)?;
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
    for entry in fs::read_dir(state.join(PARENT)).into_iter().flatten().flatten() {
        let folder = entry.path();
        let abandoned = match File::open(folder.join(LOCK)) {
            Ok(lock) => lock.try_lock().is_ok(),
            Err(_) => entry
                .metadata()
                .and_then(|metadata| metadata.modified())
                .is_ok_and(|made| made.elapsed().is_ok_and(|age| age > GRACE)),
        };
        if abandoned {
            // Another grader may be removing it already.
            _ = fs::remove_dir_all(&folder);
        }
    }
}
