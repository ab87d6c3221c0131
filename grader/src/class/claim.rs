//! Who is at work on a submission, so that two graders at once do not do the same.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// Where in a folder of results the claims are, one file a submission that is being graded.
const CLAIMS: &str = "claims";

/// The claim to a submission. It ends when this is dropped, and at the latest with the process. Nothing
/// depends on it but that no work is done twice: records are written whole or not at all.
#[derive(Debug)]
pub struct Claim {
    path: PathBuf,
    /// Locked, where the file system has locks.
    _file: File,
}

impl Claim {
    /// Claims a submission; `None` if another grader has.
    ///
    /// # Errors
    ///
    /// If no file can be made.
    pub fn take(results: &Path, id: &str) -> io::Result<Option<Self>> {
        let folder = results.join(CLAIMS);
        fs::create_dir_all(&folder)?;
        let path = folder.join(format!("{id}.lock"));
        let file = File::options().create(true).append(true).open(&path)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => Ok(None),
            // Without locks the work may be done twice, with the same result.
            Ok(()) | Err(TryLockError::Error(_)) => Ok(Some(Self { path, _file: file })),
        }
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        // Before the lock is given back. Who has opened the file meanwhile finds it free and the record
        // written.
        _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_submission_is_claimed_once_at_a_time() {
        let results = tempfile::tempdir().unwrap();
        let take = |id| Claim::take(results.path(), id).unwrap();
        let alice = take("alice").expect("it is free");
        assert!(take("alice").is_none());
        assert!(take("bob").is_some());
        drop(alice);
        assert!(take("alice").is_some());
        assert_eq!(fs::read_dir(results.path().join(CLAIMS)).unwrap().count(), 0);
    }
}
