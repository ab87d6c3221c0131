//! A report can be verified: whoever grades the same again gets the same.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::project::{Project, Submission, grader, root, text};

/// A report in a file of its own.
struct Report {
    folder: TempDir,
}

impl Report {
    /// That of a submission.
    fn of(submission: &Submission, args: &[&str]) -> Self {
        Self::with(&submission.run(&[&["--format", "json"], args].concat()).stdout)
    }

    /// One with this content.
    fn with(bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("report.json"), bytes).unwrap();
        Self { folder }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("report.json")
    }

    /// The same with something changed.
    fn edited(&self, edit: impl FnOnce(&mut Value)) -> Self {
        let mut report = serde_json::from_slice(&fs::read(self.path()).unwrap()).unwrap();
        edit(&mut report);
        Self::with(report.to_string().as_bytes())
    }

    /// Verifies it against a submission.
    fn verify(&self, submission: &Path, args: &[&str]) -> (Option<i32>, String) {
        let mut command = grader(&root());
        command.arg("verify").arg(self.path()).arg("--submission").arg(submission).args(args);
        said(&command.output().unwrap())
    }
}

/// The exit code, and what was printed.
fn said(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), text(&output.stdout) + &text(&output.stderr))
}

/// A submission with a wrong value, a panic and code that does not compile.
fn faulty() -> Submission {
    Submission::perfect()
        .with_change("softmax.rs", "    x_exp / x_sum\n", "    x_exp / (x_sum + 0.5)\n")
        .with_change("l2_loss.rs", "-> f64 {", "-> f64 { let v: Vec<f64> = vec![]; _ = v[3];")
        .with("outer.rs", "pub fn outer() -> f64 { \"none\" }\n")
}

#[test]
fn a_right_report_differs_in_nothing() {
    let submission = faulty();
    let report = Report::of(&submission, &[]);
    let (code, said) = report.verify(&submission.folder(), &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.starts_with("The report is right. Graded again: 1"), "{said}");
    assert!(said.contains("cases in 14"), "{said}");
    // What it is called is not what it is, and times can be left out.
    let report = Report::of(&submission, &["--no-times", "softmax", "outer"]);
    let renamed = submission.folder().with_file_name("bob");
    fs::rename(submission.folder(), &renamed).unwrap();
    let (code, said) = report.verify(&renamed, &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("about 2 of the course's 14 exercises only"), "{said}");
}

#[test]
fn another_submission_is_named_first() {
    let report = Report::of(&Submission::perfect(), &["dot"]);
    let changed = Submission::perfect().with_change("dot.rs", "x1.dot(x2)", "x1.dot(x2) * 1.5");
    let (code, said) = report.verify(&changed.folder(), &[]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.starts_with("This is not the submission that was graded"), "{said}");
    assert!(said.contains("  verdict\n    was  passed\n    is   wrong value\n"), "{said}");
    // A word in a comment is another file, too, but no other result.
    let changed = Submission::perfect().with_change("dot.rs", "//!", "//! ");
    let (code, said) = report.verify(&changed.folder(), &[]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("The results are the same, 10/10 points"), "{said}");
}

#[test]
fn what_somebody_has_changed_in_a_report_is_found() {
    let submission = faulty();
    let report = Report::of(&submission, &["softmax", "outer"]);
    for (edit, expected) in [
        (("/score", json!(20)), "The whole\n  score\n    was  20\n    is   "),
        (("/exercises/0/score", json!(10)), "softmax\n  score\n    was  10\n    is   "),
        (("/exercises/1/verdict", json!("passed")), "    was  passed\n    is   did not compile\n"),
        (("/exercises/0/cases/0/actual", json!("1")), "  actual\n    was  1\n    is   [["),
        (("/exercises/0/cases/0/name", json!("none")), "softmax: none\n  is in the report only"),
        (("/exercises/1/name", json!("none")), "none\n  is in the report only"),
        (("/provenance/rustc", json!("1.0.0")), "  provenance.rustc\n    was  1.0.0\n"),
        (("/provenance/grader_hash", json!("0")), "  provenance.grader_hash\n    was  0\n"),
    ] {
        let (place, value) = edit;
        let edited = report.edited(|report| *report.pointer_mut(place).unwrap() = value);
        let (code, said) = edited.verify(&submission.folder(), &[]);
        assert_eq!(code, Some(1), "{place}: {said}");
        assert!(said.contains(expected), "{place}: {said}");
    }
}

#[test]
fn a_report_with_another_seed_is_graded_again_with_that() {
    let submission = Submission::perfect().with_change("dot.rs", "x1.dot(x2)", "x1.dot(x2) * 1.5");
    let report = Report::of(&submission, &["dot", "--seed", "7"]);
    let (code, said) = report.verify(&submission.folder(), &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("made with --seed 7; the course's seed is 20190529"), "{said}");
    let other = report.edited(|report| report["provenance"]["seed"] = json!(8));
    let (code, said) = other.verify(&submission.folder(), &[]);
    assert_eq!(code, Some(1), "{said}");
}

#[test]
fn hidden_cases_are_verified_with_the_folders_of_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let case = "[[case]]\nname = \"secret\"\nargs = [[[4, 4]]]\nexpected = [[0.5, 0.5]]\n";
    fs::write(folder.path().join("softmax.toml"), case).unwrap();
    let hidden = ["--fixtures", folder.path().to_str().unwrap()];
    let submission = faulty();
    let verify = |report: &Report, args: &[&str]| report.verify(&submission.folder(), args);
    let counted = Report::of(&submission, &[&["softmax"], &hidden[..]].concat());
    let (code, said) = verify(&counted, &hidden);
    assert_eq!(code, Some(0), "{said}");
    let (code, said) = verify(&counted, &[]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("made with --fixtures") && said.contains("course.hash"), "{said}");
    let passed = counted.edited(|it| it["exercises"][0]["hidden_cases"]["passed"] = json!(1));
    let (code, said) = verify(&passed, &hidden);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("  hidden_cases\n    was  {\"count\":1,\"passed\":1}\n"), "{said}");

    let shown = Report::of(&submission, &[&["softmax", "--reveal"], &hidden[..]].concat());
    let (code, said) = verify(&shown, &[&["--reveal"], &hidden[..]].concat());
    assert_eq!(code, Some(0), "{said}");
    let (code, said) = verify(&shown, &hidden);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("give --reveal to compare them"), "{said}");
}

#[test]
fn a_changed_course_is_said_and_the_own_exercises_are_the_default() {
    let project = Project::in_workspace();
    let manifest = project.read("fixtures/course.toml");
    project.write("fixtures/course.toml", &manifest.replacen("seed", "history = true\nseed", 1));
    let solution = fs::read_to_string(root().join("solutions/src/l1_loss.rs")).unwrap();
    project.write("exercises/src/l1_loss.rs", &solution);
    let args = ["run", "--format", "json", "--output", "report.json", "--quiet"];
    project.run(&args);
    let history = project.read("target/grader/history.jsonl");
    let said = project.run(&["verify", "report.json"]);
    assert!(said.starts_with("The report is right. Graded again: 10/140 points"), "{said}");
    assert_eq!(project.read("target/grader/history.jsonl"), history);

    let fixture = project.read("fixtures/l1_loss.toml");
    project.write("fixtures/l1_loss.toml", &fixture.replacen("points", "points = 20 #", 1));
    let (code, said) = self::said(&project.output(&["verify", "report.json"]));
    assert_eq!(code, Some(1), "{said}");
    assert!(said.starts_with("The course or its fixtures were others"), "{said}");
    assert!(said.contains("l1_loss\n  score\n    was  10\n    is   20\n"), "{said}");
}

#[test]
fn what_is_no_report_is_refused() {
    let submission = Submission::perfect();
    let report = Report::of(&submission, &["hello_world"]);
    for (report, expected) in [
        (Report::with(b"not JSON\n"), "expected ident at line 1 column 2"),
        (Report::with(b""), "EOF while parsing a value at line 1"),
        (report.edited(|it| it["version"] = json!(2)), "`version`: the report is of version 2"),
        (
            report.edited(|it| _ = it["exercises"][0].as_object_mut().unwrap().remove("score")),
            "`exercises[0]`: missing field `score` at line 1",
        ),
        (report.edited(|it| it["exercises"] = json!([])), "has no exercise of this course"),
    ] {
        let (code, said) = report.verify(&submission.folder(), &[]);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(expected) && said.contains("report.json"), "{said}");
    }
    let missing = report.folder.path().join("none.json");
    let output = grader(&root()).arg("verify").arg(missing).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn no_report_steers_the_terminal() {
    let submission = Submission::perfect();
    let steering = "\u{1b}[2J\u{1b}]0;title\u{7}\u{9b}31m\u{202e}right\r";
    let report = Report::of(&submission, &["hello_world"]).edited(|report| {
        report["course"]["title"] = json!(steering);
        report["exercises"][0]["title"] = json!(steering);
        report["exercises"][0]["cases"][0]["name"] = json!(steering);
        let mut other = report["exercises"][0].clone();
        other["name"] = json!(steering);
        report["exercises"].as_array_mut().unwrap().push(other);
    });
    let unknown = report.edited(|report| report[steering] = json!(1));
    for (report, expected) in [(report, 1), (unknown, 2)] {
        let (code, said) = report.verify(&submission.folder(), &[]);
        assert_eq!(code, Some(expected), "{said}");
        let steers = |c: char| c != '\n' && c.is_control() || c == '\u{202e}';
        assert!(said.contains("right") && !said.contains(steers), "{said:?}");
    }
}
