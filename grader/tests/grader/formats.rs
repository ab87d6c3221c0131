//! Reports in the formats of CI and of course platforms, as they are asked for.

use std::fs;

use serde_json::Value;

use super::project::{Submission, root, text};

/// What Classroom 50's runner sets.
pub const RUNNER: [(&str, &str); 8] = [
    ("CLASSROOM", "numpy"),
    ("ASSIGNMENT", "basics"),
    ("SUBMISSION_TAG", "submit/1"),
    ("USERNAME", "alice"),
    ("COMMIT_URL", "https://example.org/commit/1"),
    ("RELEASE_URL", "https://example.org/release/1"),
    ("REVIEW_URL", "https://example.org/pull/1"),
    ("SOURCE_DATE_EPOCH", "1700000000"),
];

/// As if no CI that tests this project had a summary to write to.
fn without_github(command: &mut std::process::Command) -> &mut std::process::Command {
    command.env_remove("GITHUB_STEP_SUMMARY")
}

fn half_right() -> Submission {
    Submission::perfect()
        .with(
            "softmax.rs",
            "pub fn softmax(x: &ndarray::Array2<f64>) -> ndarray::Array2<f64> { x.clone() }\n",
        )
        .with("dot.rs", "\n\npub fn dot() -> f64 { \"one\" }\n")
}

#[test]
fn all_formats_can_be_written_in_one_run() {
    let submission = half_right();
    let folder = tempfile::tempdir().unwrap();
    let formats = [
        "terminal",
        "json",
        "html",
        "markdown",
        "github",
        "junit",
        "tap",
        "sarif",
        "gradescope",
        "classroom50",
        "classroom",
        "exercism",
        "prairielearn",
    ];
    let mut command = submission.command();
    for format in formats {
        command.args(["--format", format, "--output"]).arg(folder.path().join(format));
    }
    let output = without_github(&mut command).envs(RUNNER).output().unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    let read = |format: &str| fs::read_to_string(folder.path().join(format)).unwrap();
    for format in formats {
        assert!(!read(format).is_empty(), "{format}");
    }
    let json = |format: &str| serde_json::from_str::<Value>(&read(format)).unwrap();
    let score = &json("json")["score"];
    assert_eq!(json("gradescope")["score"], *score);
    assert_eq!(json("classroom50")["datetime"], "2023-11-14T22:13:20Z");
    assert_eq!(json("exercism")["status"], "fail");
    let error = &json("sarif")["runs"][0]["results"][0];
    assert_eq!(error["ruleId"], "E0308");
    let place = &error["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "alice/dot.rs");
    assert_eq!(place["region"]["startLine"], 3);
    let annotations = read("github");
    assert!(
        annotations
            .contains("::error title=dot%3A did not compile (E0308),file=alice/dot.rs,line=3")
    );
    assert!(
        annotations.contains("::warning title=softmax%3A wrong value,file=alice/softmax.rs,line=1")
    );
}

#[test]
fn annotations_come_with_the_summary_of_the_step() {
    let folder = tempfile::tempdir().unwrap();
    let summary = folder.path().join("summary.md");
    fs::write(&summary, "what another command said\n").unwrap();
    let output = half_right()
        .command()
        .args(["--format", "github"])
        .env("GITHUB_STEP_SUMMARY", &summary)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    let summary = fs::read_to_string(summary).unwrap();
    assert!(summary.starts_with("what another command said\n## "));
    let out = text(&output.stdout);
    let commands: Vec<&str> = out.lines().filter(|line| line.starts_with("::")).collect();
    let [stop, resume, .., score] = commands[..] else { panic!("{commands:?}") };
    let token = stop.strip_prefix("::stop-commands::").unwrap();
    assert_eq!(resume, format!("::{token}::"));
    assert!(score.starts_with("::notice title=Score::"));
}

#[test]
fn a_checkout_is_annotated_by_its_own_paths() {
    let checkout = tempfile::tempdir().unwrap();
    let exercises = checkout.path().join("exercises/src");
    fs::create_dir_all(&exercises).unwrap();
    fs::write(exercises.join("dot.rs"), "pub fn dot() -> f64 { \"one\" }\n").unwrap();
    let mut command = super::project::grader(&root());
    command.args(["run", "dot", "--format", "github", "--submission"]).arg(checkout.path());
    let output = without_github(&mut command).output().unwrap();
    let out = text(&output.stdout);
    assert!(out.contains(",file=exercises/src/dot.rs,line=1,"), "{out}");
}

#[test]
fn what_a_format_needs_is_asked_for_before_anything_is_graded() {
    let submission = half_right();
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report.json");
    for (missing, named) in [("CLASSROOM", "CLASSROOM"), ("SUBMISSION_TAG", "SUBMISSION_TAG")] {
        let mut command = submission.command();
        command.args(["--format", "json", "--output"]).arg(&report);
        command.args(["--format", "classroom50"]).envs(RUNNER).env_remove(missing);
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains(named));
        assert!(!report.exists());
    }
}

#[test]
fn hidden_cases_are_counted_in_every_format() {
    let hidden = tempfile::tempdir().unwrap();
    let fixture = "[[case]]\nname = \"the secret scores\"\nargs = [[[4, 4]]]\nexpected = [[0.5, 0.5]]\n\
                   feedback = \"the secret advice\"\n";
    fs::write(hidden.path().join("softmax.toml"), fixture).unwrap();
    let submission = half_right();
    for format in ["markdown", "github", "junit", "tap", "gradescope", "exercism", "prairielearn"] {
        let run = |reveal: &[&str]| {
            let mut command = submission.command();
            command
                .args(["softmax", "--format", format, "--fixtures"])
                .arg(hidden.path())
                .args(reveal);
            text(&without_github(&mut command).output().unwrap().stdout)
        };
        let (counted, revealed) = (run(&[]), run(&["--reveal"]));
        assert!(!counted.contains("secret") && counted.contains("hidden"), "{format}: {counted}");
        // The first two show a few cases of each exercise only.
        let shows_all = !["markdown", "github"].contains(&format);
        assert!(!shows_all || revealed.contains("the secret scores"), "{format}: {revealed}");
    }
}
