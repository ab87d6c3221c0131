//! Archives, good and hostile.

use proptest::prelude::*;
use tar::EntryType;

use super::forged::{Entry, block, gibibyte, gz, tar_gz, zip};
use super::*;

const DOT: &[u8] = b"pub fn dot() {}";

fn file(name: &str, content: &[u8]) -> Vec<u8> {
    block(EntryType::Regular, name.as_bytes(), content)
}

/// The same files in both kinds of archive.
fn both(files: &[(&str, &[u8])]) -> [Vec<u8>; 2] {
    let entries: Vec<_> = files.iter().map(|(name, data)| Entry::deflated(name, data)).collect();
    let blocks: Vec<_> = files.iter().map(|(name, data)| file(name, data)).collect();
    [zip(&entries), tar_gz(&blocks)]
}

fn names(bytes: &[u8]) -> Vec<String> {
    read(bytes).unwrap().files.into_iter().map(|file| file.name).collect()
}

fn refusal(bytes: &[u8]) -> String {
    read(bytes).unwrap_err()
}

#[test]
fn the_exercises_are_taken_and_what_lies_beside_them_is_listed() {
    for archive in both(&[
        ("r/Cargo.toml", b"[package]"),
        ("r/build.rs", b"fn main() {}"),
        ("r/exercises/src/dot.rs", DOT),
        ("r/exercises/src/lib.rs", b""),
        ("r/exercises/src/more/stats.rs", b""),
        ("r/exercises/src/notes.txt", b"n"),
        ("r/exercises/src/._dot.rs", b"\0"),
        ("r/target/dot.rs", b""),
        ("__MACOSX/r/._build.rs", b"\0"),
    ]) {
        let intake = read(&archive).unwrap();
        assert_eq!(intake.files.len(), 1);
        assert_eq!(intake.files[0].name, "dot");
        assert_eq!(intake.files[0].text.as_deref(), Ok("pub fn dot() {}"));
        let left_out: Vec<_> = intake.left_out.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(left_out, ["lib.rs", "more", "notes.txt"]);
    }
}

#[test]
fn stored_files_folders_and_headers_of_git_are_read() {
    let folder = Entry { mode: 0o040_755, ..Entry::stored("hw/", b"") };
    assert_eq!(names(&zip(&[folder, Entry::stored("hw/dot.rs", DOT)])), ["dot"]);
    let comment = block(EntryType::XGlobalHeader, b"pax_global_header", b"17 comment=01234\n");
    let folder = block(EntryType::Directory, b"./hw/", b"");
    assert_eq!(names(&tar_gz(&[comment, folder, file("./hw/dot.rs", DOT)])), ["dot"]);
}

#[test]
fn a_large_file_is_left_out_and_the_others_taken() {
    let large = vec![b' '; (1 << 20) + 1];
    for archive in both(&[("dot.rs", &large), ("outer.rs", &large[1..])]) {
        let intake = read(&archive).unwrap();
        assert_eq!(intake.left_out, [("dot.rs".into(), "larger than 1 MiB".into())]);
        assert_eq!(intake.files.len(), 1);
    }
}

#[test]
fn an_archive_without_rust_files_is_refused() {
    for archive in [both(&[]), both(&[("notes.txt", b"n")])].concat() {
        assert_eq!(refusal(&archive), "it holds no `.rs` files");
    }
}

#[test]
fn other_files_are_refused() {
    let large = [&b"PK\x03\x04"[..], &vec![0; MAX_PACKED]].concat();
    assert_eq!(refusal(&large), "it is larger than 64 MiB");
    for bytes in [&b""[..], b"PK", b"pub fn dot() {}", b"7z\xbc\xaf\x27\x1c", &[0; 1024]] {
        assert_eq!(refusal(bytes), "it is neither a folder nor a .zip or .tar.gz archive");
    }
    let error = refusal(&gz(&DOT.repeat(100)));
    assert!(error.starts_with("it is damaged or incomplete ("), "{error}");
}

#[test]
fn paths_that_lead_elsewhere_refuse_the_archive() {
    for (name, reason) in [
        ("../\u{1b}dot.rs", "its entry `../\u{fffd}dot.rs` has `..` in its path"),
        ("/etc/dot.rs", "its entry `/etc/dot.rs` has an absolute path"),
        ("a\\dot.rs", "its entry `a\\dot.rs` has a backslash in its name"),
    ] {
        for archive in both(&[("outer.rs", b""), (name, DOT)]) {
            assert_eq!(refusal(&archive), reason);
        }
    }
    let name = b"d\xffot.rs";
    let reason = "its entry `d\u{fffd}ot.rs` has a name that is not UTF-8";
    assert_eq!(refusal(&zip(&[Entry::stored(name, DOT)])), reason);
    assert_eq!(refusal(&tar_gz(&[block(EntryType::Regular, name, DOT)])), reason);
    let nul = zip(&[Entry::stored("dot.rs\0.txt", DOT)]);
    assert_eq!(refusal(&nul), "its entry `dot.rs\u{fffd}.txt` has a NUL in its name");
    assert_eq!(refusal(&zip(&[Entry::stored("", DOT)])), "an entry has no name");
}

#[test]
fn a_long_name_is_cut_in_the_message() {
    let long = format!("../{}", "x".repeat(60_000));
    let reason = refusal(&zip(&[Entry::stored(&long, b"")]));
    assert!(reason.len() < 200, "{reason}");
    let blocks = [block(EntryType::GNULongName, b"././@LongLink", long.as_bytes()), file("x", b"")];
    assert_eq!(refusal(&tar_gz(&blocks)), reason);
}

#[test]
fn what_is_no_regular_file_refuses_the_archive() {
    for (kind, fault) in [
        (EntryType::Symlink, "is a symbolic link"),
        (EntryType::Link, "is a hard link"),
        (EntryType::Char, "is a device"),
        (EntryType::Block, "is a device"),
        (EntryType::Fifo, "is a pipe"),
        (EntryType::new(b'Z'), "is not a regular file"),
    ] {
        let archive = tar_gz(&[file("outer.rs", b""), block(kind, b"dot.rs", b"")]);
        assert_eq!(refusal(&archive), format!("its entry `dot.rs` {fault}"));
    }
    for (mode, fault) in [
        (0o120_777, "is a symbolic link"),
        (0o010_644, "is not a regular file"),
        (0o060_644, "is not a regular file"),
    ] {
        let archive = zip(&[Entry { mode, ..Entry::stored("dot.rs", b"outer.rs") }]);
        assert_eq!(refusal(&archive), format!("its entry `dot.rs` {fault}"));
    }
}

#[test]
fn what_cannot_be_unpacked_refuses_the_archive() {
    let encrypted = Entry { flags: 1, ..Entry::stored("dot.rs", DOT) };
    assert_eq!(refusal(&zip(&[encrypted])), "its entry `dot.rs` is encrypted");
    let lzma = Entry { method: 14, ..Entry::stored("dot.rs", DOT) };
    let reason = refusal(&zip(&[lzma]));
    assert!(reason.starts_with("its entry `dot.rs` is compressed by another method"), "{reason}");
}

#[test]
fn two_entries_of_one_name_refuse_the_archive() {
    for (one, other, fault) in [
        ("dot.rs", "dot.rs", "comes twice"),
        ("dot.rs", "./dot.rs", "comes twice"),
        ("notes.txt", "notes.txt", "comes twice"),
        ("Dot.rs", "dot.rs", "differs only in case from another entry"),
        ("A/dot.rs", "a/dot.RS", "differs only in case from another entry"),
    ] {
        for archive in both(&[(one, DOT), (other, DOT)]) {
            let other = other.trim_start_matches("./");
            assert_eq!(refusal(&archive), format!("its entry `{other}` {fault}"));
        }
    }
    for archive in both(&[("dot.rs", DOT), ("README", b""), ("readme", b"")]) {
        assert_eq!(names(&archive), ["dot"]);
    }
}

#[test]
fn too_many_entries_refuse_the_archive() {
    let names: Vec<_> = (0..20_000).map(|number| format!("{number}.rs")).collect();
    let files: Vec<_> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    for archive in both(&files) {
        assert_eq!(refusal(&archive), "it has more than 10000 entries");
    }
}

#[test]
fn bombs_are_stopped() {
    let data = gibibyte();
    let header = b"\x1f\x8b\x08\0\0\0\0\0\0\xff";
    assert_eq!(refusal(&[&header[..], &data].concat()), "it holds more than 64 MiB");
    for name in ["dot.rs", "notes.bin"] {
        let honest = Entry { data: data.clone(), size: 1 << 30, ..Entry::deflated(name, b"") };
        let reason = format!("it holds more than 64 MiB (unpacking stopped at `{name}`)");
        assert_eq!(refusal(&zip(&[honest])), reason);
        let lying = Entry { data: data.clone(), size: 7, ..Entry::deflated(name, b"") };
        let reason = refusal(&zip(&[lying]));
        assert!(reason.starts_with(&format!("its entry `{name}` is damaged")), "{reason}");
    }
}

#[test]
fn many_files_together_are_a_bomb_too() {
    let mebibyte = vec![0; 1 << 20];
    let entries: Vec<_> =
        (0..65).map(|number| Entry::deflated(&format!("f{number}.bin"), &mebibyte)).collect();
    let reason = "it holds more than 64 MiB (unpacking stopped at `f64.bin`)";
    assert_eq!(refusal(&zip(&entries)), reason);
}

#[test]
fn overlapping_entries_refuse_the_archive() {
    let content = vec![b' '; 1000];
    let entries: Vec<_> = [None, Some(0), Some(0)]
        .into_iter()
        .zip(["a.rs", "b.rs", "c.rs"])
        .map(|(offset, name)| Entry { offset, ..Entry::stored(name, &content) })
        .collect();
    assert_eq!(refusal(&zip(&entries)), "its entry `b.rs` overlaps with another entry");
}

#[test]
fn lies_about_the_number_of_entries_cost_nothing() {
    let mut archive = zip(&[Entry::stored("dot.rs", DOT)]);
    let end = archive.len() - 22;
    let (directory, size) = (30 + 6 + DOT.len() as u64, 46 + 6);
    let mut end64 = b"PK\x06\x06".to_vec();
    end64.extend(44_u64.to_le_bytes());
    end64.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for number in [u64::MAX / 2, u64::MAX / 2, size, directory] {
        end64.extend(number.to_le_bytes());
    }
    end64.extend(b"PK\x06\x07\0\0\0\0");
    end64.extend((end as u64).to_le_bytes());
    end64.extend([1, 0, 0, 0]);
    archive[end + 8..end + 20].fill(0xff);
    archive.splice(end..end, end64);
    assert_eq!(refusal(&archive), "it is damaged or incomplete (the number of entries is wrong)");
}

#[test]
fn a_tar_archive_that_ends_within_a_file_is_refused() {
    let whole = file("dot.rs", &[b' '; 2000]);
    for length in [512, 513, 1024, 2500, 2511] {
        let reason = refusal(&gz(&whole[..length]));
        assert!(reason.contains("incomplete"), "{length}: {reason}");
    }
    assert_eq!(names(&gz(&whole)), ["dot"]);
}

#[test]
fn no_part_of_an_archive_is_taken_for_the_whole() {
    let noise: Vec<_> =
        (0..5000_u32).map(|it| (it.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    for archive in both(&[("dot.rs", DOT), ("noise.bin", &noise), ("outer.rs", b"// outer")]) {
        assert_eq!(names(&archive), ["dot", "outer"]);
        for part in 0..50 {
            assert!(read(&archive[..archive.len() * part / 50]).is_err(), "{part}/50");
        }
        assert!(read(&archive[..archive.len() - 1]).is_err());
    }
}

proptest! {
    #[test]
    fn noise_is_refused(noise in prop::collection::vec(any::<u8>(), 0..2000)) {
        for magic in [&b"PK\x03\x04"[..], b"PK\x05\x06", b"\x1f\x8b", b"\x1f\x8b\x08\0\0\0\0\0\0\0"] {
            prop_assert!(read(&[magic, &noise].concat()).is_err());
        }
        prop_assert!(read(&gz(&noise)).is_err());
    }

    #[test]
    fn a_changed_byte_never_panics(place in any::<prop::sample::Index>(), byte in any::<u8>()) {
        for mut archive in both(&[("a/dot.rs", DOT), ("a/outer.rs", b"// outer"), ("notes", b"n")]) {
            let place = place.index(archive.len());
            archive[place] = byte;
            _ = read(&archive);
        }
        let mut tar = [file("a/dot.rs", DOT), file("b/dot.rs", b"")].concat();
        let place = place.index(tar.len());
        tar[place] = byte;
        _ = read(&gz(&tar));
    }
}
