//! What is taken of a submission, and what is not.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Output;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use rawzip::{CompressionMethod, ZipArchiveWriter};
use tempfile::TempDir;

use crate::project::{Graded, Submission, grader, root, text};

/// Files by path.
type Files = Vec<(String, Vec<u8>)>;

/// The references, as files of this folder.
fn perfect(folder: &str) -> Files {
    let submission = Submission::perfect();
    let files = fs::read_dir(submission.folder()).unwrap().map(|entry| {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        (format!("{folder}{name}"), fs::read(entry.path()).unwrap())
    });
    files.collect()
}

/// What cargo would act upon in a folder; a build script that runs leaves a file behind.
fn traps(folder: &str, proof: &Path) -> Files {
    let build = format!("fn main() {{ std::fs::write({proof:?}, \"\").unwrap() }}");
    let config = "[build]\nrustc-wrapper = \"/bin/false\"\nrustflags = [\"--no-such-flag\"]\n";
    let traps = [
        ("Cargo.toml", "[package]\nname = \"exercises\"\nbuild = \"build.rs\"\n"),
        ("build.rs", &build),
        (".cargo/config.toml", config),
        ("rust-toolchain.toml", "[toolchain]\nchannel = \"no-such-channel\"\n"),
        ("target/debug/dot.rs", "compile_error!(\"built\");"),
    ];
    traps.map(|(name, content)| (format!("{folder}{name}"), content.into())).into()
}

/// A checkout of the course with a solved course and traps.
fn checkout(top: &str, proof: &Path) -> Files {
    let exercises = format!("{top}exercises/src/");
    let other = (format!("{top}solutions/src/dot.rs"), b"compile_error!(\"other\");".to_vec());
    [perfect(&exercises), traps(&exercises, proof), traps(top, proof), vec![other]].concat()
}

fn zip(files: &Files) -> Vec<u8> {
    let mut archive = ZipArchiveWriter::new(Vec::new());
    for (path, content) in files {
        let file = archive.new_file(path).compression_method(CompressionMethod::DEFLATE);
        let (mut entry, config) = file.start().unwrap();
        let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::fast()));
        writer.write_all(content).unwrap();
        let (encoder, descriptor) = writer.finish().unwrap();
        encoder.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap()
}

fn tar_gz(files: &Files) -> Vec<u8> {
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (path, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        archive.append_data(&mut header, path, &content[..]).unwrap();
    }
    archive.into_inner().unwrap().finish().unwrap()
}

/// A folder for the things that are submitted.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn archive(&self, name: &str, bytes: &[u8]) -> PathBuf {
        fs::write(self.path(name), bytes).unwrap();
        self.path(name)
    }

    fn folder(&self, name: &str, files: &Files) -> PathBuf {
        for (path, content) in files {
            let file = self.path(name).join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, content).unwrap();
        }
        self.path(name)
    }
}

fn run(submission: &Path, args: &[&str]) -> Output {
    let mut command = grader(&root());
    command.args(["run", "--submission"]).arg(submission).args(args).output().unwrap()
}

fn grade(submission: &Path) -> Graded {
    let output = run(submission, &["--format", "json"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    Graded(serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn archives_are_graded_as_their_files_are() {
    let desk = Desk::new();
    let folder = grade(&desk.folder("alice", &perfect("")));
    for archive in [
        desk.archive("alice.zip", &zip(&perfect(""))),
        desk.archive("alice.tar.gz", &tar_gz(&perfect("alice/"))),
        // What it is goes by its content.
        desk.archive("alice.tgz", &zip(&perfect("hand-in/src/"))),
    ] {
        let graded = grade(&archive);
        assert_eq!(graded.0["percent"], 100.0, "{}", archive.display());
        assert_eq!(graded.0["submission"], folder.0["submission"], "{}", archive.display());
    }
}

#[test]
fn of_a_checkout_the_exercises_are_taken_and_nothing_else() {
    let desk = Desk::new();
    let proof = desk.path("proof");
    let mut files = checkout("", &proof);
    // A folder that holds a Rust file itself is taken as it is.
    files.retain(|(path, _)| path != "build.rs");
    for submission in [
        desk.archive("alice.zip", &zip(&checkout("repo-main/", &proof))),
        desk.archive("alice.tar.gz", &tar_gz(&checkout("", &proof))),
        desk.folder("checkout/alice", &files),
        desk.folder("plain/alice", &[perfect(""), traps("", &proof)].concat()),
    ] {
        let graded = grade(&submission);
        assert_eq!(graded.0["percent"], 100.0, "{}", submission.display());
        assert_eq!(graded.0["submission"]["id"], "alice");
    }
    assert!(!proof.exists(), "something of the submission was run");
}

#[test]
fn a_hostile_archive_is_refused_with_the_reason() {
    let desk = Desk::new();
    let mut link = tar::Header::new_gnu();
    link.set_entry_type(tar::EntryType::Symlink);
    link.set_size(0);
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    archive.append_link(&mut link, "dot.rs", "/etc/passwd").unwrap();
    let linked = archive.into_inner().unwrap().finish().unwrap();
    let whole = zip(&perfect(""));
    for (name, bytes, reason) in [
        ("linked.tar.gz", &linked[..], "its entry `dot.rs` is a symbolic link"),
        ("half.zip", &whole[..whole.len() / 2], "it is damaged or incomplete"),
        ("text.zip", b"pub fn dot() {}", "it is neither a folder nor a .zip or .tar.gz archive"),
    ] {
        let output = run(&desk.archive(name, bytes), &[]);
        let stderr = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains(name) && stderr.contains(reason), "{stderr}");
        assert!(output.stdout.is_empty());
    }
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_left_out() {
    use std::os::unix::fs::symlink;

    let desk = Desk::new();
    let folder = desk.folder("alice", &perfect(""));
    for name in ["dot.rs", "outer.rs"] {
        fs::remove_file(folder.join(name)).unwrap();
    }
    symlink(root().join("solutions/src/dot.rs"), folder.join("dot.rs")).unwrap();
    rustix::fs::mkfifoat(rustix::fs::CWD, folder.join("outer.rs"), 0o600.into()).unwrap();
    let graded = grade(&folder);
    assert_eq!(graded.imperfect(), ["dot: not implemented 0", "outer: not implemented 0"]);
    let shown = text(&run(&folder, &["dot"]).stdout);
    assert!(shown.contains("left out: dot.rs (not a regular file)"), "{shown}");
    assert!(shown.contains("left out: outer.rs (not a regular file)"), "{shown}");
}
