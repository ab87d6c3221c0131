//! What came of earlier compilations, by the hash of all that decides it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use anyhow::{Context, Result};

/// How many entries are kept.
const ENTRIES: usize = 64;

/// How many bytes they may have together. A worker of the course has about one million.
const BYTES: u64 = 512 << 20;

/// Held by whoever uses an entry, so that nobody removes it.
const LOCK: &str = "in-use.lock";

/// A folder with an entry for each compilation.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    /// The locks of the entries that were used.
    held: Mutex<BTreeMap<PathBuf, File>>,
}

impl Cache {
    /// The cache in a folder, which need not be there.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, held: Mutex::default() }
    }

    /// A file of an entry, if it is there. It stays until this is dropped.
    pub fn find(&self, key: &str, name: &str) -> Option<PathBuf> {
        let entry = self.folder.join(key);
        let file = entry.join(name);
        if !file.is_file() {
            return None;
        }
        // Locked first and looked for then: it may have been removed meanwhile.
        self.hold(&entry).ok()?;
        // The youngest entries are kept. Where this does not work, it is compiled again some day.
        _ = File::open(&entry).and_then(|entry| entry.set_modified(SystemTime::now()));
        file.is_file().then_some(file)
    }

    /// Moves a file into an entry, where the next run finds it. Two graders may do so at once: then
    /// the first file stays. A worker in a sandbox reaches the file that was there when the sandbox
    /// was made, and no other of the same name.
    ///
    /// # Errors
    ///
    /// If it cannot be moved.
    pub fn keep(&self, key: &str, name: &str, file: &Path) -> Result<PathBuf> {
        let kept = self.put(key, name, file)?;
        self.prune();
        Ok(kept)
    }

    /// The same, with [`Self::prune`] left to the caller, who keeps several.
    ///
    /// # Errors
    ///
    /// If it cannot be moved.
    pub fn put(&self, key: &str, name: &str, file: &Path) -> Result<PathBuf> {
        let entry = self.folder.join(key);
        let kept = entry.join(name);
        fs::create_dir_all(&entry)
            .and_then(|()| self.hold(&entry))
            .and_then(|()| place(file, &kept))
            .with_context(|| format!("failed to keep {}", kept.display()))?;
        Ok(kept)
    }

    /// Removes the oldest entries, beyond a number and a size, unless a grader uses them.
    pub fn prune(&self) {
        let mut entries: Vec<(SystemTime, PathBuf)> = fs::read_dir(&self.folder)
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
            .collect();
        entries.sort();
        let mut bytes = 0;
        for (index, (_, entry)) in entries.iter().rev().enumerate() {
            bytes += size(entry);
            if index >= ENTRIES || bytes > BYTES {
                let lock = File::options().append(true).open(entry.join(LOCK));
                if lock.is_ok_and(|lock| lock.try_lock().is_ok()) {
                    // Another grader may have removed it already.
                    _ = fs::remove_dir_all(entry);
                }
            }
        }
    }

    fn hold(&self, entry: &Path) -> io::Result<()> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if !held.contains_key(entry) {
            let lock = File::options().create(true).append(true).open(entry.join(LOCK))?;
            lock.lock_shared()?;
            held.insert(entry.to_path_buf(), lock);
        }
        Ok(())
    }
}

/// Moves a file to where none is; if there is one, that one stays.
fn place(file: &Path, target: &Path) -> io::Result<()> {
    match fs::hard_link(file, target) {
        Ok(()) => fs::remove_file(file),
        Err(_) if target.is_file() => fs::remove_file(file),
        // Not every file system has second names.
        Err(_) => fs::rename(file, target),
    }
}

/// How many bytes the files of an entry have.
fn size(entry: &Path) -> u64 {
    let files = fs::read_dir(entry).into_iter().flatten().flatten();
    files.filter_map(|file| Some(file.metadata().ok()?.len())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files of a size, kept one after the other; the names of those that stay.
    fn keep(cache: &Cache, keys: std::ops::Range<usize>, bytes: u64) {
        for key in keys {
            let file = cache.folder.with_extension("new");
            File::create(&file).and_then(|file| file.set_len(bytes)).unwrap();
            cache.keep(&format!("{key:03}"), "worker", &file).unwrap();
        }
    }

    #[test]
    fn what_is_kept_already_stays_what_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path().join("cache"));
        for text in ["first", "second"] {
            let file = folder.path().join("new");
            fs::write(&file, text).unwrap();
            let kept = cache.keep("key", "worker", &file).unwrap();
            assert_eq!(fs::read_to_string(kept).unwrap(), "first");
            assert!(!file.exists());
        }
    }

    fn entries(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn the_oldest_entries_go_when_nobody_uses_them() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache");
        let first = Cache::new(path.clone());
        keep(&first, 0..ENTRIES + 9, 1);
        assert_eq!(entries(&path), ENTRIES + 9, "those in use stay");
        drop(first);
        let second = Cache::new(path.clone());
        assert!(second.find("000", "worker").is_some());
        keep(&second, 100..101, 1);
        assert_eq!(entries(&path), ENTRIES);
        assert!(second.find("000", "worker").is_some(), "used a moment ago");
        assert!(second.find("001", "worker").is_none(), "the oldest");
        assert!(second.find("000", "messages").is_none());
    }

    #[test]
    fn large_entries_go_earlier() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache");
        for round in 0..4 {
            keep(&Cache::new(path.clone()), round..round + 1, BYTES / 2);
        }
        assert_eq!(entries(&path), 2);
    }
}
