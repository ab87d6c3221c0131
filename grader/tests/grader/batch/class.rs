//! A course of two exercises, and classes that take it.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::LazyLock;

use serde_json::Value;
use tempfile::TempDir;

use crate::project::{Project, text};

const COURSE: &str = "version = 1\ntitle = \"Small\"\n[[section]]\ntitle = \"All\"\n\
    exercises = [\"double\", \"square\"]\n";

const DOUBLE: &str = "title = \"Double\"\npoints = 10\n\
    [[case]]\nname = \"three\"\nargs = [3.0]\nexpected = 6.0\n\
    [[generated]]\nname = \"any\"\nruns = 5\nargs = [{ range = [-9, 9] }]\n";

const SQUARE: &str = "title = \"Square\"\npoints = 10\n\
    [[case]]\nname = \"three\"\nargs = [3.0]\nexpected = 9.0\n";

/// A course of two exercises, in which anything can be compiled.
pub static SMALL: LazyLock<Project> = LazyLock::new(|| {
    let project = Project::in_workspace();
    for folder in ["fixtures", "solutions/src", "exercises/src"] {
        fs::remove_dir_all(project.path().join(folder)).unwrap();
        fs::create_dir(project.path().join(folder)).unwrap();
    }
    project.write("fixtures/course.toml", COURSE);
    for (name, fixture) in [("double", DOUBLE), ("square", SQUARE)] {
        project.write(&format!("fixtures/{name}.toml"), fixture);
        project.write(&format!("solutions/src/{name}.rs"), &answer(name, ""));
        project.write(&format!("exercises/src/{name}.rs"), &answer(name, ""));
    }
    for folder in ["solutions", "exercises"] {
        project.write(&format!("{folder}/src/lib.rs"), "pub mod double;\npub mod square;\n");
    }
    // So that no test meets the grader while it asks cargo for the libraries.
    project.run(&["run", "--solutions"]);
    project
});

/// A right answer to an exercise, that does something first.
pub fn answer(exercise: &str, first: &str) -> String {
    let value = if exercise == "double" { "2.0 * x" } else { "x * x" };
    format!("pub fn {exercise}(x: f64) -> f64 {{\n    {first}\n    {value}\n}}\n")
}

/// Submissions and their results.
pub struct Class {
    pub folder: TempDir,
}

impl Class {
    /// No submissions yet.
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("submissions")).unwrap();
        Self { folder }
    }

    /// So many different right submissions.
    pub fn of(count: usize) -> Self {
        let class = Self::empty();
        (0..count).for_each(|number| class.hand_in(number, ""));
        class
    }

    /// The submission of student number so many, that does something first.
    pub fn hand_in(&self, number: usize, first: &str) {
        let first = format!("let _number = {number};\n    {first}");
        self.file(&format!("s{number:02}/double.rs"), &answer("double", &first));
        self.file(&format!("s{number:02}/square.rs"), &answer("square", ""));
    }

    pub fn file(&self, path: &str, text: &str) {
        let path = self.submissions().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn submissions(&self) -> PathBuf {
        self.folder.path().join("submissions")
    }

    pub fn results(&self) -> PathBuf {
        self.folder.path().join("results")
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = SMALL.command(&["batch"]);
        command.arg(self.submissions()).arg("--out").arg(self.results()).args(args);
        command
    }

    /// Grades the class as far as it is to be graded.
    pub fn output(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// Grades it without failures, and says what happened at the end.
    pub fn grade(&self, args: &[&str]) -> Value {
        let output = self.output(&[&["--json-progress"], args].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        end(&output)
    }

    /// The records, by the names of the files. Each is whole.
    pub fn records(&self) -> BTreeMap<String, Value> {
        let folder = self.results().join("records");
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let names = entries.map(|entry| entry.file_name().into_string().unwrap());
        let record = |name: String| {
            let bytes = fs::read(self.results().join("records").join(&name)).unwrap();
            let record: Value = serde_json::from_slice(&bytes).expect("no record is torn");
            let id = name.strip_suffix(".json").unwrap().to_owned();
            assert_eq!(record["id"], id.as_str());
            (id, record)
        };
        names.filter(|name| !name.starts_with('.')).map(record).collect()
    }

    /// The record of one submission.
    pub fn record(&self, id: &str) -> Value {
        self.records().remove(id).unwrap_or_else(|| panic!("there is no record of {id}"))
    }

    /// What is told of a class, but for times.
    pub fn timeless(&self) -> BTreeMap<String, Value> {
        let mut records = self.records();
        records.values_mut().for_each(forget_times);
        records
    }
}

/// The last thing that a run told.
pub fn end(output: &Output) -> Value {
    let stdout = text(&output.stdout);
    let last = stdout.lines().last().unwrap_or_else(|| panic!("{}", text(&output.stderr)));
    let end: Value = serde_json::from_str(last).unwrap();
    assert_eq!(end["event"], "end");
    end
}

fn forget_times(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove("duration_ms");
            fields.values_mut().for_each(forget_times);
        }
        Value::Array(items) => items.iter_mut().for_each(forget_times),
        _ => {}
    }
}

pub fn count(end: &Value, key: &str) -> u64 {
    end[key].as_u64().unwrap()
}
