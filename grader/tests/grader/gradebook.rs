//! The gradebook of a class that `batch` has graded.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;
use tempfile::TempDir;

use crate::project::{Submission, grader, root, text};

/// A folder with submissions and one with their results.
struct Class(TempDir);

impl Class {
    /// Alice's is right, Bob's is Alice's under other names, and Carol's cannot be read.
    fn graded() -> Self {
        let class = Self(tempfile::tempdir().unwrap());
        let folders = [class.submissions().join("alice"), class.submissions().join("bob")];
        for folder in &folders {
            fs::create_dir_all(folder).unwrap();
            for entry in fs::read_dir(Submission::perfect().folder()).unwrap() {
                let entry = entry.unwrap();
                fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
            }
        }
        fs::write(folders[0].join("softmax.rs"), SOFTMAX).unwrap();
        let renamed = SOFTMAX
            .replace("scores", "x")
            .replace("row.", "line.")
            .replace("mut row", "mut line")
            .replace("most", "top");
        fs::write(folders[1].join("softmax.rs"), format!("// Mine.\n\n{renamed}")).unwrap();
        fs::write(class.submissions().join("carol.zip"), "no archive").unwrap();
        let mut command = grader(&root());
        command.arg("batch").arg(class.submissions()).arg("--out").arg(class.results());
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", text(&output.stderr));
        class
    }

    fn submissions(&self) -> PathBuf {
        self.0.path().join("submissions")
    }

    fn results(&self) -> PathBuf {
        self.0.path().join("results")
    }

    fn record(&self, id: &str) -> PathBuf {
        self.results().join("records").join(format!("{id}.json"))
    }

    fn gradebook(&self, args: &[&str]) -> Output {
        let mut command = grader(&root());
        command.arg("gradebook").arg(self.results()).args(args).output().unwrap()
    }

    fn json(&self, args: &[&str]) -> Value {
        let output = self.gradebook(&[&["--format", "json"], args].concat());
        serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| panic!("{}", text(&output.stderr)))
    }
}

/// Not the reference's way.
const SOFTMAX: &str = "use ndarray::Array2;

pub fn softmax(scores: &Array2<f64>) -> Array2<f64> {
    let mut result = scores.clone();
    for mut row in result.rows_mut() {
        let mut most = f64::NEG_INFINITY;
        for score in row.iter() {
            if *score > most {
                most = *score;
            }
        }
        let mut sum = 0.0;
        for score in row.iter_mut() {
            *score = (*score - most).exp();
            sum += *score;
        }
        for score in row.iter_mut() {
            *score /= sum;
        }
    }
    result
}
";

fn statuses(gradebook: &Value) -> Vec<String> {
    let students = gradebook["students"].as_array().unwrap();
    let line = |it: &Value| format!("{} {} {}", it["name"], it["status"], it["percent"]);
    students.iter().map(|it| line(it).replace('"', "")).collect()
}

#[test]
fn a_class_has_a_gradebook_and_what_it_lacks_is_said() {
    let class = Class::graded();
    let whole = ["alice graded 100", "bob graded 100", "carol unreadable 0"];
    assert_eq!(statuses(&class.json(&[])), whole);

    // Who is similar, without what is the course's own.
    let submissions = class.submissions();
    let similar = class.json(&["--similar", submissions.to_str().unwrap()]);
    let pairs = similar["similar"]["pairs"].as_array().unwrap();
    assert_eq!(pairs.len(), 1, "{pairs:#?}");
    assert_eq!((&pairs[0]["one"], &pairs[0]["other"]), (&"alice".into(), &"bob".into()));
    let files = pairs[0]["regions"].as_array().unwrap().iter().map(|it| &it["one"]["file"]);
    assert!(files.into_iter().all(|file| file == "softmax.rs"), "{pairs:#?}");

    // All formats of one run; the page links those of the students.
    let roster = class.0.path().join("roster.csv");
    fs::write(&roster, "submission,id,email\nalice,1,a@x\nbob,2,b@x\ndave,4,d@x\n").unwrap();
    let page = class.results().join("gradebook.html");
    let mut args = vec!["--roster", roster.to_str().unwrap(), "--format", "html", "--output"];
    args.extend([page.to_str().unwrap(), "--format", "moodle", "--output", "-"]);
    let output = class.gradebook(&args);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).contains("\"a@x\",\"alice\",100,\""), "{}", text(&output.stdout));
    assert!(!text(&output.stdout).contains("d@x"), "{}", text(&output.stdout));
    let said = text(&output.stderr);
    assert!(
        said.contains("not on the roster: carol (nobody on the roster is called so)"),
        "{said}"
    );
    let page = fs::read_to_string(page).unwrap().replace("&#x2f;", "/");
    let link = page.split("href=\"pages/").nth(1).unwrap().split('"').next().unwrap();
    assert!(Path::new(&class.results()).join("pages").join(link).is_file(), "{link}");

    // What the grader failed on has no score.
    let mut record: Value =
        serde_json::from_slice(&fs::read(class.record("bob")).unwrap()).unwrap();
    record["outcome"] = serde_json::json!({ "grader_error": "no space left" });
    fs::write(class.record("bob"), record.to_string()).unwrap();
    let output = class.gradebook(&["--format", "json"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).contains("no score for bob (no space left)"));
    let written = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(statuses(&written)[1], "bob grader_error null");

    // Without a record there is no gradebook, unless that is asked for.
    fs::remove_file(class.record("bob")).unwrap();
    let output = class.gradebook(&["--format", "json"]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    let said = text(&output.stderr);
    assert!(said.contains("1 submission not graded yet: bob."), "{said}");
    let written = class.json(&["--incomplete"]);
    assert_eq!(written["gaps"], serde_json::json!(["1 submission not graded yet: bob."]));
    assert_eq!(written["students"].as_array().unwrap().len(), 2);
}

#[test]
fn what_is_wrong_with_the_arguments_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let roster = folder.path().join("roster.csv");
    fs::write(&roster, "name,emial\n").unwrap();
    let refused = |args: &[&str], said: &str| {
        let output = grader(&root()).arg("gradebook").args(args).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(text(&output.stderr).contains(said), "{}", text(&output.stderr));
    };
    let results = folder.path().to_str().unwrap();
    refused(&[results], "there are no results: `cargo grade batch SUBMISSIONS --out RESULTS`");
    refused(
        &[results, "--roster", roster.to_str().unwrap()],
        "roster.csv:1: unknown column `emial`",
    );
    refused(&[results, "--format", "excel"], "invalid value 'excel'");
}
