//! Locks that graders take who work in the same project at once.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::interrupt;

/// How often it is looked whether a lock is free.
const TICK: Duration = Duration::from_millis(20);

/// Takes the lock that is the file `path`; it is given back when the file is dropped, and at the
/// latest when the process ends.
///
/// # Errors
///
/// If the file cannot be made or locked, or the grader is told to stop while it waits.
pub fn take(path: &Path) -> Result<File> {
    let failed = || format!("failed to lock {}", path.display());
    let file = File::create(path).with_context(failed)?;
    while let Err(error) = file.try_lock() {
        match error {
            TryLockError::WouldBlock => thread::sleep(TICK),
            TryLockError::Error(error) => return Err(error).with_context(failed),
        }
        interrupt::check().with_context(failed)?;
    }
    Ok(file)
}
