//! Two runs give the same reports, but for times.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::formats::RUNNER;
use crate::project::{Project, Submission, grader, root, text};

/// Fails in every way in which a run could be unlike another.
fn nasty() -> Submission {
    let threads = "let noisy = |n: usize| {
            let thread = std::thread::Builder::new().name(format!(\"thread {n}\"));
            let work = move || { println!(\"thread {n}\"); assert_eq!(n, 1, \"not the first\"); };
            _ = thread.spawn(work).unwrap().join();
        };
        (0..3).for_each(noisy);
        _ = std::thread::spawn(|| panic!(\"nameless\")).join();";
    let once = |signature: &str, case: &str, then: &str| {
        format!("{signature}\n    if {case} {{\n        {then}\n    }}")
    };
    let softmax = "pub fn softmax(x: &Array2<f64>) -> Array2<f64> {";
    let l1_loss = "pub fn l1_loss(yhat: &Array1<f64>, y: &Array1<f64>) -> f64 {";
    let row_norms = "pub fn row_norms(x: &Array2<f64>) -> Array2<f64> {";
    let overflow = "fn f(n: u64) -> u64 { if n == u64::MAX { 0 } else { 1 + f(n + 1) } } \
                    println!(\"{}\", f(0));";
    Submission::perfect()
        .with_change("softmax.rs", softmax, &once(softmax, "true", threads))
        .with_change(
            "l1_loss.rs",
            l1_loss,
            &once(l1_loss, "*y == ndarray::array![1.0, 0.0, 0.0, 1.0, 1.0]", "loop {}"),
        )
        .with_change("normalize_rows.rs", row_norms, &once(row_norms, "x.nrows() == 2", overflow))
        .with_change("l2_loss.rs", "-> f64 {", "-> f64 { let v: Vec<f64> = vec![]; _ = v[3];")
        .with_change("dot.rs", "x1.dot(x2)", "x1.dot(x2) * 1.5")
        .with_change("multiply.rs", "x1 * x2", "x1 + x2")
        .with("basic_sigmoid.rs", "pub fn basic_sigmoid(x: f64) -> f64 { exp(-x) }\n")
        .with("outer.rs", "pub fn outer(x: f64) -> std::process::Child { todo!() }\n")
        .with("stats.rs", "pub fn mean() -> f64 { \"none\" }\n")
        .without("hello_world.rs")
}

/// The formats that there are.
fn formats() -> Vec<String> {
    let output = grader(&root()).args(["run", "--format", "none"]).output().unwrap();
    let refused = text(&output.stderr);
    let (_, names) = refused.split_once("[possible values: ").unwrap();
    names.split(']').next().unwrap().split(", ").map(str::to_owned).collect()
}

/// The reports of a submission in these formats.
fn reports(mut command: Command, submission: &Path, formats: &[String]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    command.args(["run", "--verbose", "--no-times", "--submission"]).arg(submission);
    for format in formats {
        command.args(["--format", format, "--output"]).arg(folder.path().join(format));
    }
    command.envs(RUNNER).env_remove("GITHUB_STEP_SUMMARY");
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    formats.iter().map(|format| fs::read_to_string(folder.path().join(format)).unwrap()).collect()
}

/// Removes the times from a JSON report; how many there were.
fn remove_times(value: &mut Value) -> usize {
    match value {
        Value::Object(entries) => {
            let removed = usize::from(entries.remove("duration_ms").is_some());
            removed + entries.values_mut().map(remove_times).sum::<usize>()
        }
        Value::Array(items) => items.iter_mut().map(remove_times).sum(),
        _ => 0,
    }
}

#[test]
fn without_times_all_reports_are_the_same_in_every_byte() {
    let submission = nasty();
    let formats = formats();
    assert!(formats.len() >= 3, "{formats:?}");
    // In two places, of which one has compiled nothing yet.
    let project = Project::in_workspace();
    let [first, second] = [grader(&root()), project.command(&[])]
        .map(|command| reports(command, &submission.folder(), &formats));
    for (format, (first, second)) in formats.iter().zip(first.iter().zip(&second)) {
        if let Some((one, other)) = first.lines().zip(second.lines()).find(|(a, b)| a != b) {
            panic!("{format}: {one:?} and {other:?}");
        }
        assert_eq!(first.len(), second.len(), "{format}");
        assert!(!first.contains("duration"), "{format}");
        // Limits are said in seconds.
        assert!(!first.contains(" ms"), "{format}");
        assert!(!first.contains("raded in "), "{format}");
    }
    let screen = &first[formats.iter().position(|format| format == "terminal").unwrap()];
    for expected in [
        "thread 'thread 0' panicked at",
        "has overflowed its stack",
        "the call was stopped after 2 s",
        "did not compile",
        "wrong value",
        "index out of bounds",
        "the simplest found",
        "graded by grader",
    ] {
        assert!(screen.contains(expected), "{expected:?} is missing: {screen}");
    }
}

#[test]
fn nothing_but_times_differs_from_run_to_run() {
    let submission = nasty();
    let report = |args: &[&str]| {
        let mut report = submission.grade_with(args).0;
        let times = remove_times(&mut report);
        (report, times)
    };
    let (first, times) = report(&[]);
    assert!(times > 50, "{times}");
    assert_eq!(report(&[]), (first.clone(), times));
    assert_eq!(report(&["--no-times"]), (first, 0));
}
