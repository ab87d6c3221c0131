//! Archives that would unpack to somewhere else, or to more than there is room for.

use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use rawzip::{CompressionMethod, ZipArchiveWriter};

use crate::project::{grader, root, text};

/// A `.zip` archive with these entries, each as many bytes of a letter.
fn zip(entries: impl IntoIterator<Item = (String, u64)>) -> Vec<u8> {
    let mut archive = ZipArchiveWriter::new(Vec::new());
    for (path, length) in entries {
        let file = archive.new_file(&path).compression_method(CompressionMethod::DEFLATE);
        let (mut entry, config) = file.start().unwrap();
        let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::fast()));
        io::copy(&mut io::Read::take(io::repeat(b' '), length), &mut writer).unwrap();
        let (encoder, descriptor) = writer.finish().unwrap();
        encoder.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap()
}

/// A `.zip` archive with one entry whose name is written as it is: the writer would mend it.
fn zip_named(name: &str) -> Vec<u8> {
    let stand_in = "n".repeat(name.len());
    let mut archive = zip([(stand_in.clone(), 10)]);
    let at = |bytes: &[u8]| bytes.windows(name.len()).position(|it| it == stand_in.as_bytes());
    while let Some(place) = at(&archive) {
        archive[place..place + name.len()].copy_from_slice(name.as_bytes());
    }
    archive
}

/// A `.tar.gz` archive of one entry whose name is written as it is, checked by nobody.
fn tar_gz(name: &[u8], kind: tar::EntryType, link: &str) -> Vec<u8> {
    let mut header = tar::Header::new_gnu();
    header.as_old_mut().name[..name.len()].copy_from_slice(name);
    header.set_entry_type(kind);
    header.set_size(0);
    header.set_mode(0o4755);
    header.as_old_mut().linkname[..link.len()].copy_from_slice(link.as_bytes());
    header.set_cksum();
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    archive.append(&header, io::empty()).unwrap();
    archive.into_inner().unwrap().finish().unwrap()
}

/// The archive is refused in time, and nothing is left where it leads to.
fn is_refused(bytes: &[u8], outside: Option<&Path>) {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("inside");
    std::fs::create_dir(&inside).unwrap();
    let file = inside.join("alice.zip");
    std::fs::File::create(&file).unwrap().write_all(bytes).unwrap();
    let start = Instant::now();
    let mut command = grader(&root());
    let output = command.args(["run", "dot", "--submission"]).arg(file).output().unwrap();
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("alice.zip") && said.len() < 4096, "{said}");
    assert!(output.stdout.is_empty());
    let files = |folder: &Path| std::fs::read_dir(folder).unwrap().count();
    assert_eq!((files(folder.path()), files(&inside)), (1, 1));
    assert!(outside.is_none_or(|path| !path.exists()));
}

#[test]
fn b_21_paths_that_lead_out_of_an_archive_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let absolute = folder.path().join("dot.rs");
    for path in [
        "../dot.rs",
        "alice/../../dot.rs",
        "..\\dot.rs",
        "C:\\dot.rs",
        "\\\\server\\share\\dot.rs",
        absolute.to_str().unwrap(),
    ] {
        is_refused(&zip_named(path), Some(&absolute));
    }
    let file = tar::EntryType::Regular;
    for name in [&b"../dot.rs"[..], b"/tmp/dot.rs", b"./../dot.rs"] {
        is_refused(&tar_gz(name, file, ""), None);
    }
}

#[test]
fn b_21_entries_that_are_no_files_are_refused() {
    use tar::EntryType;

    for kind in [EntryType::Symlink, EntryType::Link, EntryType::Fifo, EntryType::Char] {
        is_refused(&tar_gz(b"dot.rs", kind, "/etc/passwd"), None);
    }
}

#[test]
fn b_21_bombs_do_not_go_off() {
    // Three times what may be unpacked, in a thousandth of it: one file, many files, one stream.
    is_refused(&zip([("dot.rs".to_owned(), 192 << 20)]), None);
    is_refused(&zip((0..192).map(|n| (format!("f{n}.rs"), 1 << 20))), None);
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    io::copy(&mut io::Read::take(io::repeat(0), 192 << 20), &mut packed).unwrap();
    is_refused(&packed.finish().unwrap(), None);
}

#[test]
fn b_21_twenty_thousand_files_are_refused() {
    is_refused(&zip((0..20_000).map(|n| (format!("f{n}.rs"), 0))), None);
}

#[test]
fn b_21_names_that_are_one_on_some_systems_are_refused_or_left_out() {
    is_refused(&zip(["dot.rs", "dot.rs"].map(|name| (name.to_owned(), 10))), None);
    is_refused(&tar_gz(b"d\xffot.rs", tar::EntryType::Regular, ""), None);
}
