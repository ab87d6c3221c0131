//! What an archive holds, as far as it is read.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};

use super::super::MAX_ENTRIES;
use super::super::intake::ENOUGH;
use super::{damage, path, root};
use crate::course::shown;

/// The most bytes that are unpacked.
pub(super) const MAX_UNPACKED: u64 = 64 << 20;

/// Why an archive is refused that unpacks to more than [`MAX_UNPACKED`].
pub(super) const TOO_LARGE: &str = "it holds more than 64 MiB";

/// What an archive holds, as far as it is read. A fault in one entry refuses the whole archive.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// The contents of Rust files, as far as they are needed; other files are empty here.
    files: BTreeMap<String, Vec<u8>>,
    /// The paths of Rust files where case is ignored.
    folded: BTreeSet<String>,
    entries: usize,
    unpacked: u64,
}

impl Contents {
    /// Counts an entry, whatever it is, and gives its path.
    pub fn enter(&mut self, raw: &[u8]) -> Result<String, String> {
        self.entries += 1;
        if self.entries > MAX_ENTRIES {
            return Err(format!("it has more than {MAX_ENTRIES} entries"));
        }
        path::plain(raw).map_err(|fault| refused(&String::from_utf8_lossy(raw), fault))
    }

    /// How many entries there were.
    pub fn entries(&self) -> usize {
        self.entries
    }

    /// Reads a file to its end and gives its size. What is not needed of it is not kept.
    pub fn add(&mut self, path: String, reader: impl Read) -> Result<u64, String> {
        if path.is_empty() {
            return Err("an entry has no name".into());
        } else if self.files.contains_key(&path) {
            return Err(refused(&path, "comes twice"));
        }
        let folded = path.to_lowercase();
        let rust = folded.ends_with(".rs");
        if rust && !self.folded.insert(folded) {
            return Err(refused(&path, "differs only in case from another entry"));
        }
        let left = MAX_UNPACKED - self.unpacked;
        let mut content = Vec::new();
        let size = drain(reader.take(left + 1), rust, &mut content)
            .map_err(|error| refused(&path, &damage(error)))?;
        if size > left {
            return Err(format!("{TOO_LARGE} (unpacking stopped at {})", shown(&path)));
        }
        self.unpacked += size;
        self.files.insert(path, content);
        Ok(size)
    }

    /// The files that count, by path.
    pub fn files(mut self) -> BTreeMap<String, Vec<u8>> {
        self.files.retain(|path, _| root::counts(path));
        self.files
    }
}

/// Says that an archive is refused because of an entry.
pub(super) fn refused(path: &str, fault: &str) -> String {
    format!("its entry {} {fault}", shown(path))
}

/// Reads to the end, where checksums are compared; keeps the first bytes if asked to.
fn drain(mut reader: impl Read, keep: bool, kept: &mut Vec<u8>) -> io::Result<u64> {
    if keep {
        (&mut reader).take(ENOUGH).read_to_end(kept)?;
    }
    Ok(kept.len() as u64 + io::copy(&mut reader, &mut io::sink())?)
}
