//! Zip archives.

use std::io::Read;

use flate2::bufread::DeflateDecoder;
use rawzip::{CompressionMethod, ZipArchive};

use super::contents::{Contents, refused};
use super::{damage, damaged};

/// The bits of a Unix mode that say what kind of file it is.
const KIND: u32 = 0o170_000;
const REGULAR: u32 = 0o100_000;
const FOLDER: u32 = 0o040_000;
const LINK: u32 = 0o120_000;

/// Reads a zip archive.
pub(super) fn read(bytes: &[u8]) -> Result<Contents, String> {
    let archive = ZipArchive::from_slice(bytes).map_err(damaged)?;
    let mut contents = Contents::default();
    // Entries that lie apart cannot have more compressed bytes than the archive has.
    let mut packed_left = bytes.len();
    for entry in archive.entries() {
        let entry = entry.map_err(damaged)?;
        let path = contents.enter(entry.file_path().as_bytes())?;
        let refused = |fault: &str| refused(&path, fault);
        if entry.is_dir() {
            continue;
        } else if entry.flags().is_encrypted() {
            return Err(refused("is encrypted"));
        }
        match entry.mode().value() & KIND {
            0 | REGULAR => {}
            FOLDER => continue,
            LINK => return Err(refused("is a symbolic link")),
            _ => return Err(refused("is not a regular file")),
        }
        let packed = archive.get_entry(entry.wayfinder());
        let packed = packed.map_err(|error| refused(&damage(error)))?;
        let data = packed.data();
        packed_left = packed_left
            .checked_sub(data.len())
            .ok_or_else(|| refused("overlaps with another entry"))?;
        let reader: Box<dyn Read> = match entry.compression_method() {
            CompressionMethod::STORE => Box::new(data),
            CompressionMethod::DEFLATE => Box::new(DeflateDecoder::new(data)),
            method => return Err(refused(&format!("is compressed by another method ({method})"))),
        };
        contents.add(path, packed.verifying_reader(reader))?;
    }
    // The count is a claim: it says whether the directory is whole, and nothing is sized by it.
    if contents.entries() as u64 != archive.entries_hint() {
        return Err(damaged("the number of entries is wrong"));
    }
    Ok(contents)
}
