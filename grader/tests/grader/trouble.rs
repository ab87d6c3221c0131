//! What is not the learner's fault costs no points, and what is cut short leaves nothing behind.

use std::process::{Command, Output};

use crate::processes::{
    below, group, is_zygote, lives, once_it_runs, scratch_folders, signal, soon,
};
use crate::project::{Project, Submission, grader, root, text};

/// A submission of a name of its own, whose `softmax` runs `body` first.
fn slow(name: &'static str, body: &str) -> Submission {
    let first = "pub fn softmax(x: &Array2<f64>) -> Array2<f64> {";
    Submission::named(name).with_change("softmax.rs", first, &format!("{first}\n    {body}"))
}

const SLEEP: &str = "std::thread::sleep(std::time::Duration::from_millis(1800));";

/// Takes rustc as long as it may.
const ENDLESS_CONSTANT: &str = "#[allow(long_running_const_eval)]\n    \
                                const _N: u64 = { let mut n = 0; loop { n += 1; if n == 0 { break n } } };";

fn grade(submission: &Submission) -> Command {
    let mut command = grader(&root());
    command.args(["run", "softmax", "--format", "json", "--submission"]).arg(submission.folder());
    command
}

/// Has the grader find out what it remembers, so that a test meets the compilation it is about.
fn warm_up() {
    assert_eq!(Submission::perfect().grade_with(&["hello_world"]).imperfect(), [""; 0]);
}

/// It was graded in full, or it was a grader error that says why.
fn full_score_or_grader_error(output: &Output, about: &str) {
    let stderr = text(&output.stderr);
    match output.status.code() {
        Some(0) => {
            let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
            assert_eq!(report["percent"], 100, "{about}: {report:#}");
        }
        code => {
            assert_eq!(code, Some(3), "{about}: {stderr}");
            assert!(stderr.contains("grader error"), "{about}: {stderr}");
            assert!(output.stdout.is_empty(), "{about}: {}", text(&output.stdout));
        }
    }
}

#[test]
fn a_signal_during_a_call_leaves_nothing_behind() {
    for (name, code) in [("INT", 130), ("TERM", 143)] {
        let submission = slow("stopped_call", SLEEP);
        let folder = tempfile::tempdir().unwrap();
        let mut command = grade(&submission);
        command.arg("--output").arg(folder.path().join("report.json"));
        let watched = once_it_runs(&mut command, "worker", |grader, _| signal(grader, name));
        assert_eq!(watched.output.status.code(), Some(code), "{:?}", watched.output);
        assert_eq!(text(&watched.output.stderr).trim(), "interrupted");
        assert!(!watched.seen.is_empty() && soon(|| !watched.seen.iter().any(lives)));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}

#[test]
fn a_signal_during_a_compilation_leaves_nothing_behind() {
    warm_up();
    for (name, code) in [("INT", 130), ("TERM", 143)] {
        let submission = slow("stopped_compilation", ENDLESS_CONSTANT);
        let mut command = grade(&submission);
        command.env("GRADER_TEST", "no-look");
        let watched = once_it_runs(&mut command, "rustc", |grader, _| {
            assert!(soon(|| !scratch_folders(&root(), "stopped_compilation").is_empty()));
            signal(grader, name);
        });
        assert_eq!(watched.output.status.code(), Some(code), "{:?}", watched.output);
        assert!(!watched.seen.is_empty() && soon(|| !watched.seen.iter().any(lives)));
        assert_eq!(scratch_folders(&root(), "stopped_compilation"), Vec::<String>::new());
    }
}

#[test]
fn what_a_killed_grader_left_is_cleared_away_by_the_next() {
    warm_up();
    let submission = slow("killed_grader", ENDLESS_CONSTANT);
    let mut command = grade(&submission);
    command.env("GRADER_TEST", "no-look");
    let watched = once_it_runs(&mut command, "rustc", |grader, _| {
        assert!(soon(|| !scratch_folders(&root(), "killed_grader").is_empty()));
        signal(grader, "KILL");
    });
    assert!(soon(|| !watched.seen.iter().any(lives)), "{:?}", watched.seen);
    warm_up();
    assert_eq!(scratch_folders(&root(), "killed_grader"), Vec::<String>::new());
}

#[test]
fn a_worker_that_somebody_kills_is_a_grader_error() {
    let submission = slow("killed_worker", SLEEP);
    let watched = once_it_runs(&mut grade(&submission), "worker", |_, worker| {
        // Once it has a call to make; before that it would be started again.
        std::thread::sleep(std::time::Duration::from_millis(500));
        signal(worker.id, "KILL");
    });
    assert_eq!(watched.output.status.code(), Some(3), "{:?}", watched.output);
    let stderr = text(&watched.output.stderr);
    assert!(stderr.contains("killed, and not by the grader"), "{stderr}");
    assert!(watched.output.stdout.is_empty());
}

#[test]
fn a_sandbox_that_failed_once_is_tried_again() {
    let project = Project::in_workspace();
    let isolation = || {
        let report = project.run(&["run", "hello_world", "--format", "json"]);
        serde_json::from_str::<serde_json::Value>(&report).unwrap()["isolation"].clone()
    };
    if isolation() != "full" {
        eprintln!("not tested: no box here");
        return;
    }
    let memory = "target/grader/toolchain.json";
    let (works, failed) = ("\"unconfinable\": null", "\"unconfinable\": \"permission denied\"");
    let remembered = project.read(memory);
    assert!(remembered.contains(works), "{remembered}");
    project.write(memory, &remembered.replace(works, failed));
    assert_eq!(isolation(), "full");
    assert_eq!(project.read(memory), remembered);
}

#[test]
fn a_zygote_that_somebody_kills_costs_nothing() {
    let nap = "std::thread::sleep(std::time::Duration::from_millis(20));";
    let submission = slow("killed_zygote", nap);
    let mut zygote = None;
    let watched = once_it_runs(&mut grade(&submission), "worker", |grader, worker| {
        zygote = below(grader).into_iter().find(|it| is_zygote(it.id));
        if let Some(zygote) = &zygote {
            assert_eq!(group(worker), zygote.id, "the worker was not forked");
            signal(zygote.id, "KILL");
        }
    });
    full_score_or_grader_error(&watched.output, "a killed zygote");
    assert_eq!(watched.output.status.code(), Some(0), "{:?}", watched.output);
    let report: serde_json::Value = serde_json::from_slice(&watched.output.stdout).unwrap();
    assert!(zygote.is_some() || report["isolation"] != "full", "there is none");
}

#[test]
fn a_compiler_that_somebody_kills_once_is_started_again() {
    warm_up();
    let nonce = format!("let _nonce = \"{:?}\";", std::time::SystemTime::now());
    let submission = slow("killed_compiler", &nonce);
    let watched =
        once_it_runs(&mut grade(&submission), "rustc", |_, rustc| signal(rustc.id, "KILL"));
    full_score_or_grader_error(&watched.output, "a killed compiler");
    assert_eq!(watched.output.status.code(), Some(0), "{:?}", watched.output);
}

/// Grades a submission in a shell that has run something else first.
fn grade_after(program: &str, args: &[&str], submission: &Submission) -> Output {
    Command::new(program)
        .args(args)
        .arg(env!("CARGO_BIN_EXE_grader"))
        .args(["run", "softmax", "--format", "json", "--submission"])
        .arg(submission.folder())
        .current_dir(root())
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

#[test]
fn too_few_open_files_are_no_fault_of_the_learner() {
    let submission = slow("few_files", "");
    let mut errors = 0;
    for files in (4..40).step_by(3) {
        let limit = format!("ulimit -n {files}; exec \"$@\"");
        let output = grade_after("sh", &["-c", &limit, "sh"], &submission);
        // With so few not even the program itself can be loaded.
        if output.status.code() == Some(127) {
            continue;
        }
        full_score_or_grader_error(&output, &format!("{files} files"));
        errors += usize::from(output.status.code() == Some(3));
    }
    assert!(errors > 0, "there were always enough");
}

#[test]
fn a_full_disk_is_no_fault_of_the_learner() {
    let scratch = root().join("target/grader/scratch");
    let mut errors = 0;
    for kilobytes in [8, 64, 128, 512, 2048] {
        // Its content is its own, so that it was not compiled before.
        let nonce = format!("let _nonce = \"{:?} {kilobytes}\";", std::time::SystemTime::now());
        let submission = slow("full_disk", &nonce);
        let mount = format!("mount -t tmpfs -o size={kilobytes}k none \"$0\" && exec \"$@\"");
        let scratch = scratch.to_str().unwrap();
        let args = ["--mount", "--map-root-user", "sh", "-c", &mount, scratch];
        let output = grade_after("unshare", &args, &submission);
        full_score_or_grader_error(&output, &format!("{kilobytes} kB"));
        errors += usize::from(output.status.code() == Some(3));
    }
    assert!(errors > 0, "there was always enough room");
}
