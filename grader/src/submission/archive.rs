//! A submission that is an archive: its entries are read into memory, within bounds, and nothing
//! is ever unpacked to a disk.

mod contents;
#[cfg(test)]
mod forged;
mod path;
mod root;
mod tar_gz;
#[cfg(test)]
mod tests;
mod zip;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt::Display;

use self::contents::Contents;
use super::intake::Intake;

/// The largest archive, in bytes.
const MAX_PACKED: usize = 64 << 20;

/// How much of a file has to be read to know whether it is too large, in bytes.
pub(super) const MAX_BYTES: u64 = MAX_PACKED as u64 + 1;

/// Takes the files of the folder in an archive that holds the exercises, or says why the archive
/// is refused.
pub(super) fn read(bytes: &[u8]) -> Result<Intake, String> {
    let files = unpack(bytes)?.files();
    let root = root::find(files.keys().map(String::as_str))?;
    let mut children = BTreeMap::new();
    for (path, content) in files {
        let Some(rest) = root::below(&root, &path) else {
            continue;
        };
        match rest.split_once('/') {
            Some((folder, _)) => children.insert(folder.to_owned(), None),
            None => children.insert(rest.to_owned(), Some(content)),
        };
    }
    let mut intake = Intake { in_checkout: root::is_checkout(&root), ..Intake::default() };
    for (name, content) in children {
        let Ok(()) = intake.offer(&name, || Ok::<_, Infallible>(content));
    }
    Ok(intake)
}

fn unpack(bytes: &[u8]) -> Result<Contents, String> {
    if bytes.len() > MAX_PACKED {
        return Err("it is larger than 64 MiB".into());
    }
    match bytes {
        // The second is the one of an archive without entries.
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => zip::read(bytes),
        [0x1f, 0x8b, ..] => tar_gz::read(bytes),
        _ => Err("it is neither a folder nor a .zip or .tar.gz archive".into()),
    }
}

/// Says that an archive cannot be read to its end.
fn damaged(error: impl Display) -> String {
    format!("it {}", damage(error))
}

/// The same of whatever comes before these words.
fn damage(error: impl Display) -> String {
    format!("is damaged or incomplete ({error})")
}
