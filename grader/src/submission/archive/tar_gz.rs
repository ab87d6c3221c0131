//! Tar archives in gzip.

use std::io::Read;

use flate2::bufread::MultiGzDecoder;
use tar::{Archive, EntryType};

use super::contents::{Contents, MAX_UNPACKED, TOO_LARGE, refused};
use super::damaged;

/// Reads a tar archive in gzip.
pub(super) fn read(bytes: &[u8]) -> Result<Contents, String> {
    let mut unpacked = Vec::new();
    let mut decoder = MultiGzDecoder::new(bytes).take(MAX_UNPACKED + 1);
    decoder.read_to_end(&mut unpacked).map_err(damaged)?;
    if unpacked.len() as u64 > MAX_UNPACKED {
        return Err(TOO_LARGE.into());
    }
    let mut contents = Contents::default();
    let mut archive = Archive::new(&unpacked[..]);
    for entry in archive.entries().map_err(damaged)? {
        let entry = entry.map_err(damaged)?;
        let raw = entry.path_bytes().into_owned();
        let path = contents.enter(&raw)?;
        let fault = match entry.header().entry_type() {
            EntryType::Regular | EntryType::Continuous => {
                // Old programs mark a folder so.
                if !raw.ends_with(b"/") {
                    let size = entry.size();
                    if contents.add(path, entry)? != size {
                        return Err(damaged("the last file is cut off"));
                    }
                }
                continue;
            }
            // What `git archive` puts first is no file.
            EntryType::Directory | EntryType::XGlobalHeader => continue,
            EntryType::Symlink => "is a symbolic link",
            EntryType::Link => "is a hard link",
            EntryType::Char | EntryType::Block => "is a device",
            EntryType::Fifo => "is a pipe",
            _ => "is not a regular file",
        };
        return Err(refused(&path, fault));
    }
    Ok(contents)
}
