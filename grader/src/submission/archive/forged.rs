//! Archives as no program packs them.

use std::io::Write;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use tar::{EntryType, Header};

/// An entry of a zip archive, every field of which may be a lie.
pub struct Entry {
    pub name: Vec<u8>,
    pub data: Vec<u8>,
    pub size: u32,
    pub crc: u32,
    pub method: u16,
    pub flags: u16,
    /// The kind of file and its permissions, as on Unix.
    pub mode: u32,
    /// Where the entry lies, if it is none of its own.
    pub offset: Option<u32>,
}

impl Entry {
    /// A file that is stored as it is.
    pub fn stored(name: impl AsRef<[u8]>, content: &[u8]) -> Self {
        Self {
            name: name.as_ref().into(),
            data: content.into(),
            size: content.len().try_into().unwrap(),
            crc: rawzip::crc32(content),
            method: 0,
            flags: 0,
            mode: 0o100_644,
            offset: None,
        }
    }

    /// A file that is compressed.
    pub fn deflated(name: &str, content: &[u8]) -> Self {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(content).unwrap();
        Self { data: encoder.finish().unwrap(), method: 8, ..Self::stored(name, content) }
    }

    fn fields(&self) -> Vec<u8> {
        let packed = u32::try_from(self.data.len()).unwrap();
        let name = u16::try_from(self.name.len()).unwrap();
        let mut fields = little([20, self.flags, self.method, 0, 0]);
        fields.extend([self.crc, packed, self.size].map(u32::to_le_bytes).concat());
        fields.extend(little([name, 0]));
        fields
    }
}

fn little<const N: usize>(numbers: [u16; N]) -> Vec<u8> {
    numbers.map(u16::to_le_bytes).concat()
}

/// A zip archive of these entries.
pub fn zip(entries: &[Entry]) -> Vec<u8> {
    let (mut zip, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        let offset = entry.offset.unwrap_or(zip.len().try_into().unwrap());
        if entry.offset.is_none() {
            zip.extend([b"PK\x03\x04", &entry.fields()[..], &entry.name, &entry.data].concat());
        }
        directory.extend([&b"PK\x01\x02\x14\x03"[..], &entry.fields(), &[0; 6]].concat());
        directory.extend([entry.mode << 16, offset].map(u32::to_le_bytes).concat());
        directory.extend(&entry.name);
    }
    let place = [directory.len(), zip.len()].map(|it| u32::try_from(it).unwrap().to_le_bytes());
    // A count of more than 16 bits wraps, as it does in archives of old programs.
    let count = entries.len() as u16;
    zip.extend(directory);
    zip.extend(
        [b"PK\x05\x06", &little([0, 0, count, count])[..], &place.concat(), &[0; 2]].concat(),
    );
    zip
}

/// A header of a tar archive with its data; the name is written as it is.
pub fn block(kind: EntryType, name: &[u8], data: &[u8]) -> Vec<u8> {
    let mut header = Header::new_gnu();
    header.set_entry_type(kind);
    header.as_old_mut().name[..name.len()].copy_from_slice(name);
    header.set_size(data.len() as u64);
    header.set_cksum();
    let padding = vec![0; data.len().next_multiple_of(512) - data.len()];
    [header.as_bytes(), data, &padding].concat()
}

/// A tar archive of these blocks, in gzip.
pub fn tar_gz(blocks: &[Vec<u8>]) -> Vec<u8> {
    gz(&[blocks.concat(), vec![0; 1024]].concat())
}

/// Any bytes in gzip.
pub fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A deflated GiB of zeros.
pub fn gibibyte() -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&[0; 1 << 20]).unwrap();
    // Flushed, a stream ends between two bytes: it can be repeated, and an empty block ends it.
    encoder.flush().unwrap();
    [encoder.get_ref().repeat(1024), vec![3, 0]].concat()
}
