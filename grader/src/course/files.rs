//! The files of a course: read with care, and remembered for its hash.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::digest::{Digest, digest};
use crate::machine::is_machines;
use thiserror::Error;

/// The largest file, in bytes.
const LARGEST: u64 = 16 * 1024 * 1024;

/// How many elements the arrays of a course may have that its files do not spell out, so that a
/// short file cannot ask for all memory.
const ELEMENTS: usize = 1 << 24;

/// Why a file cannot be read.
#[derive(Debug, Error)]
pub(super) enum FileError {
    #[error("there is no such file")]
    Missing,
    #[error("this is a symbolic link; a course has regular files only")]
    Link,
    #[error("this is no regular file")]
    Irregular,
    #[error("this file is larger than 16 MiB")]
    TooLarge,
    #[error("this file cannot be read: {0}")]
    Unreadable(io::Error),
}

/// A folder with files of a course.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    /// What distinguishes its files from those of other folders, wherever the folder lies.
    label: String,
}

impl Folder {
    /// The course's own folder, number 0, or an overlay's.
    pub fn new(path: &Path, number: usize) -> Self {
        Self { path: path.to_owned(), label: number.to_string() }
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The path of a file in it.
    pub fn join(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// The names of its fixtures, sorted: what ends in `.toml` or `.json` and is not hidden. A
    /// name that is not UTF-8 comes with replacement characters, and no exercise is called that.
    pub fn fixtures(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if !name.starts_with('.') && (name.ends_with(".toml") || name.ends_with(".json")) {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }
}

/// What has been read so far.
#[derive(Debug)]
pub(super) struct Files {
    digests: BTreeMap<String, String>,
    elements_left: usize,
    /// Whether the machine, not the course, is why a file could not be read.
    pub machine_failed: bool,
}

impl Files {
    /// Nothing.
    pub fn new() -> Self {
        Self { digests: BTreeMap::new(), elements_left: ELEMENTS, machine_failed: false }
    }

    /// Reads a file of a folder.
    pub fn read(&mut self, folder: &Folder, name: &str) -> Result<Vec<u8>, FileError> {
        let path = folder.join(name);
        let mut unreadable = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => FileError::Missing,
            _ => {
                self.machine_failed |= is_machines(&error);
                FileError::Unreadable(error)
            }
        };
        // Asked before the file is opened: opening a pipe would wait for a writer.
        let kind = fs::symlink_metadata(&path).map_err(&mut unreadable)?.file_type();
        if kind.is_symlink() {
            return Err(FileError::Link);
        } else if !kind.is_file() {
            return Err(FileError::Irregular);
        }
        let mut bytes = Vec::new();
        let file = File::open(&path).map_err(&mut unreadable)?;
        file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(&mut unreadable)?;
        if bytes.len() as u64 > LARGEST {
            return Err(FileError::TooLarge);
        }
        self.digests.insert(format!("{}/{name}", folder.label), digest(&bytes));
        Ok(bytes)
    }

    /// Takes elements of an array from what is left for the course; false if that is too little.
    pub fn claim(&mut self, elements: usize) -> bool {
        let left = self.elements_left.checked_sub(elements);
        self.elements_left = left.unwrap_or(self.elements_left);
        left.is_some()
    }

    /// SHA-256 over the names and contents of all files that were read, in hexadecimal.
    pub fn hash(&self) -> String {
        let mut all = Digest::default();
        for (name, digest) in &self.digests {
            all.add(name);
            all.add(digest);
        }
        all.hex()
    }
}
