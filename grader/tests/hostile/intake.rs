//! What lies beside the sources in a submission: nothing of it is taken, run or followed.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use crate::attack::{NOTHING, command, costs_nothing, grade};
use crate::project::{Submission, text};

/// The references with a few files more, one of which would leave a trace in `folder`.
fn with_files(files: &[(&str, &str)]) -> Submission {
    let submission = Submission::perfect();
    for (name, content) in files {
        let file = submission.folder().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, content).unwrap();
    }
    submission
}

/// These files change nothing, and nothing in them is run: `TRACE` in them is a file that would be
/// there afterwards.
fn changes_nothing(files: &[(&str, &str)]) {
    let folder = tempfile::tempdir().unwrap();
    let trace = folder.path().join("trace");
    let filled: Vec<_> = files
        .iter()
        .map(|(name, content)| (*name, content.replace("TRACE", trace.to_str().unwrap())))
        .collect();
    let files: Vec<_> = filled.iter().map(|(name, content)| (*name, content.as_str())).collect();
    let submission = with_files(&files).without("l1_loss.rs");
    let graded = grade(&submission, NOTHING, &["softmax", "l1_loss"]);
    assert_eq!(graded.imperfect(), ["l1_loss: not implemented 0"]);
    assert!(!trace.exists());
}

/// Says of a file that it was left out.
fn is_left_out(submission: &Submission, name: &str) {
    let output = command(submission, NOTHING).args(["softmax", "--verbose"]).output().unwrap();
    let report = text(&output.stdout) + &text(&output.stderr);
    assert!(report.contains(name), "{name} is not among what was left out: {report}");
}

const SCRIPT: &str = "fn main() {\n    std::fs::write(\"TRACE\", \"\").unwrap();\n}\n";

#[test]
fn b_01_fixtures_in_a_submission_are_left_out() {
    let easy =
        "title = \"L1\"\npoints = 1000\n\n[[case]]\nname = \"a\"\nargs = [[1], [1]]\nshape = []\n";
    changes_nothing(&[
        ("l1_loss.toml", easy),
        ("course.toml", "version = 1\ntitle = \"Mine\"\n"),
        ("fixtures/l1_loss.toml", easy),
        ("fixtures/course.toml", "version = 1\ntitle = \"Mine\"\n"),
        ("solutions/src/l1_loss.rs", "pub fn l1_loss() {}"),
        (".github/workflows/grade.yml", "on: push\n"),
    ]);
    is_left_out(&with_files(&[("course.toml", "")]), "course.toml");
}

#[test]
fn b_02_a_build_script_is_not_run() {
    changes_nothing(&[
        ("build.rs", SCRIPT),
        ("Cargo.toml", "[package]\nname = \"x\"\nversion = \"0.1.0\"\nbuild = \"build.rs\"\n"),
    ]);
    is_left_out(&with_files(&[("build.rs", SCRIPT)]), "build.rs");
}

#[test]
fn b_03_a_runner_of_cargo_s_is_not_used() {
    let config = "[target.'cfg(all())']\nrunner = \"touch TRACE\"\n[alias]\ngrade = \"run --package evil\"\n";
    changes_nothing(&[(".cargo/config.toml", config), ("config.toml", config)]);
}

#[test]
fn b_04_a_wrapper_of_rustc_s_is_not_used() {
    let config = "[build]\nrustc-wrapper = \"./wrapper\"\nrustc = \"./wrapper\"\n[target.'cfg(all())']\nlinker = \"./wrapper\"\n[env]\nRUSTC_WRAPPER = \"./wrapper\"\nLD_PRELOAD = \"./evil.so\"\n";
    let wrapper = "#!/bin/sh\ntouch TRACE\nexec \"$@\"\n";
    changes_nothing(&[
        (".cargo/config.toml", config),
        ("wrapper", wrapper),
        ("cc", wrapper),
        ("ld", wrapper),
        ("rustc", wrapper),
        ("evil.so", ""),
    ]);
    // Where the linker is looked for beside the output, or in the folder of the sources.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let trace = folder.path().join("trace");
        let submission = Submission::perfect();
        for name in ["cc", "ld", "gcc", "collect2", "as"] {
            let file = submission.folder().join(name);
            fs::write(&file, wrapper.replace("TRACE", trace.to_str().unwrap())).unwrap();
            fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
        }
        costs_nothing(&grade(&submission, NOTHING, &["softmax"]));
        assert!(!trace.exists());
    }
}

#[test]
fn b_05_a_dependency_of_one_s_own_is_not_used() {
    changes_nothing(&[
        (
            "Cargo.toml",
            "[package]\nname = \"x\"\nversion = \"0.1.0\"\n[dependencies]\nndarray = { path = \"ndarray\" }\n[patch.crates-io]\nndarray = { path = \"ndarray\" }\n",
        ),
        ("Cargo.lock", "version = 4\n"),
        (
            "ndarray/Cargo.toml",
            "[package]\nname = \"ndarray\"\nversion = \"0.17.2\"\nbuild = \"build.rs\"\n",
        ),
        ("ndarray/build.rs", SCRIPT),
        ("ndarray/src/lib.rs", "pub struct Array1;"),
        ("ndarray.rs", "pub struct Array1;"),
        ("libndarray.rlib", ""),
    ]);
}

#[cfg(unix)]
#[test]
fn b_07_links_in_a_submission_are_not_followed() {
    use std::os::unix::fs::symlink;

    use crate::project::root;

    let submission =
        Submission::perfect().without("softmax.rs").without("dot.rs").without("outer.rs");
    let link = |to: &Path, name: &str| symlink(to, submission.folder().join(name)).unwrap();
    link(&root().join("solutions/src/softmax.rs"), "softmax.rs");
    link(Path::new("l1_loss.rs"), "dot.rs");
    link(Path::new("/etc/passwd"), "outer.rs");
    link(Path::new("/dev/zero"), "stats.rs");
    link(Path::new("loop.rs"), "loop.rs");
    link(&root().join("solutions/src"), "more.rs");
    let graded = grade(&submission, NOTHING, &["softmax", "dot", "outer", "l1_loss"]);
    let missing = ["softmax", "dot", "outer"].map(|name| format!("{name}: not implemented 0"));
    assert_eq!(graded.imperfect(), missing);
    is_left_out(&submission, "stats.rs");
}

/// What would block whoever opens it, or never end.
#[cfg(unix)]
#[test]
fn b_07_pipes_sockets_and_folders_are_not_opened() {
    let submission = Submission::perfect();
    let pipe = submission.folder().join("pipe.rs");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let _socket = std::os::unix::net::UnixListener::bind(submission.folder().join("socket.rs"));
    fs::create_dir(submission.folder().join("folder.rs")).unwrap();
    costs_nothing(&grade(&submission, NOTHING, &["softmax"]));
    is_left_out(&submission, "pipe.rs");
}

/// Two links to one file are two names of it, and neither is written to.
#[cfg(unix)]
#[test]
fn b_07_a_second_name_of_a_file_is_only_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("stats.rs");
    fs::write(&file, "pub fn one() -> f64 {\n    1.0\n}\n").unwrap();
    let submission = Submission::perfect();
    fs::hard_link(&file, submission.folder().join("stats.rs")).unwrap();
    costs_nothing(&grade(&submission, NOTHING, &["softmax"]));
    assert_eq!(fs::read_to_string(file).unwrap(), "pub fn one() -> f64 {\n    1.0\n}\n");
}

#[test]
fn b_16_sizes_and_numbers_of_files_are_bounded() {
    let submission = Submission::perfect();
    fs::write(submission.folder().join("a_large_one.rs"), vec![b' '; 3 << 20]).unwrap();
    for number in 0..600 {
        fs::write(submission.folder().join(format!("z{number}.rs")), "pub fn x() {}\n").unwrap();
    }
    costs_nothing(&grade(&submission, NOTHING, &["softmax"]));
    is_left_out(&submission, "a_large_one.rs");
}

/// As many files, lines and bytes as are taken, none of which says anything.
#[test]
fn b_16_many_files_and_lines_are_read_in_little_time() {
    let submission = Submission::perfect();
    for entry in fs::read_dir(submission.folder()).unwrap() {
        let file = entry.unwrap().path();
        let text = fs::read_to_string(&file).unwrap();
        let lines = "\n".repeat((1 << 20) - text.len());
        fs::write(file, text + &lines).unwrap();
    }
    for number in 0..480 {
        fs::write(submission.folder().join(format!("z{number}.rs")), "").unwrap();
    }
    let start = Instant::now();
    costs_nothing(&grade(&submission, NOTHING, &[]));
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn b_17_a_committed_target_folder_is_left_out() {
    let script = "#!/bin/sh\ntouch TRACE\n";
    changes_nothing(&[
        ("target/debug/grader", script),
        ("target/grader/toolchain.json", "{\"rustc\": \"TRACE\"}"),
        ("target/grader/kept/worker", script),
        ("worker", script),
        ("messages", ""),
        ("toolchain.json", "{}"),
    ]);
}

/// Sources as old as the hills, and others of the same name that were graded before.
#[test]
fn b_18_old_files_are_graded_by_what_is_in_them() {
    let old = |submission: Submission| {
        for entry in fs::read_dir(submission.folder()).unwrap() {
            let file = fs::File::options().write(true).open(entry.unwrap().path()).unwrap();
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1)).unwrap();
        }
        submission
    };
    let right = old(Submission::named("bob"));
    costs_nothing(&grade(&right, NOTHING, &["softmax"]));
    // The same length, the same time, the same name.
    let wrong =
        old(Submission::named("bob").with_change("softmax.rs", "x_exp / x_sum", "x_exp + x_sum"));
    let graded = grade(&wrong, NOTHING, &["softmax"]);
    assert_eq!(graded.verdict("softmax"), "failed");
    costs_nothing(&grade(&right, NOTHING, &["softmax"]));
}

#[test]
fn b_19_a_toolchain_of_one_s_own_is_not_used() {
    changes_nothing(&[
        ("rust-toolchain.toml", "[toolchain]\npath = \"TRACE\"\n"),
        ("rust-toolchain", "nightly-2015-05-15\n"),
        ("bin/rustc", "#!/bin/sh\ntouch TRACE\n"),
    ]);
}

/// Times of files say nothing: neither early ones nor ones of the future.
#[test]
fn b_22_the_times_of_files_change_nothing() {
    let submission = Submission::perfect();
    let hash = |seconds: u64| {
        for entry in fs::read_dir(submission.folder()).unwrap() {
            let file = fs::File::options().write(true).open(entry.unwrap().path()).unwrap();
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
        }
        let graded = grade(&submission, NOTHING, &["softmax"]);
        costs_nothing(&graded);
        graded.0["submission"]["hash"].clone()
    };
    assert_eq!(hash(1), hash(4_000_000_000));
}
