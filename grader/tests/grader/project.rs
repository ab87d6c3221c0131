//! Submissions to grade and projects to grade them in.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// The top folder of this project.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The program, to be run in `folder`.
pub fn grader(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_grader"));
    command.current_dir(folder).env("NO_COLOR", "1").env("LC_ALL", "C.UTF-8");
    command
}

/// What a program printed, with the command in the message if it is no text.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the program prints UTF-8")
}

/// A submission: the references, with some files changed.
pub struct Submission {
    folder: TempDir,
    name: &'static str,
    switches: &'static str,
}

impl Submission {
    /// All references, under the name `alice`.
    pub fn perfect() -> Self {
        Self::named("alice")
    }

    /// All references, under a name.
    pub fn named(name: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let files = folder.path().join(name);
        fs::create_dir(&files).unwrap();
        for entry in fs::read_dir(root().join("solutions/src")).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), files.join(entry.file_name())).unwrap();
        }
        Self { folder, name, switches: "" }
    }

    /// The folder with the files.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().join(self.name)
    }

    /// Writes a file anew.
    pub fn with(self, name: &str, text: &str) -> Self {
        fs::write(self.folder().join(name), text).unwrap();
        self
    }

    /// Changes a part of a file, but not its mistakes.
    pub fn with_change(self, name: &str, from: &str, to: &str) -> Self {
        let file = self.folder().join(name);
        let text = fs::read_to_string(&file).unwrap();
        let (solution, mistakes) =
            text.split_at(text.find("pub mod mistakes {").unwrap_or(text.len()));
        assert!(solution.contains(from), "{name} has no {from:?}");
        fs::write(&file, solution.replace(from, to) + mistakes).unwrap();
        self
    }

    /// Removes a file.
    pub fn without(self, name: &str) -> Self {
        fs::remove_file(self.folder().join(name)).unwrap();
        self
    }

    /// Sets the grader's switches for tests.
    pub fn with_switches(self, switches: &'static str) -> Self {
        Self { switches, ..self }
    }

    /// A command that grades it.
    pub fn command(&self) -> Command {
        let mut command = grader(&root());
        command.env("GRADER_TEST", self.switches).args(["run", "--submission"]).arg(self.folder());
        command
    }

    /// Runs the grader on it with further arguments.
    pub fn run(&self, args: &[&str]) -> Output {
        self.command().args(args).output().unwrap()
    }

    /// Grades it.
    pub fn grade(&self) -> Graded {
        self.grade_with(&[])
    }

    /// Grades it with further arguments.
    pub fn grade_with(&self, args: &[&str]) -> Graded {
        let output = self.run(&[&["--format", "json"], args].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        Graded(serde_json::from_slice(&output.stdout).unwrap())
    }
}

/// A JSON report.
pub struct Graded(pub Value);

impl Graded {
    /// The report of one exercise.
    pub fn exercise(&self, name: &str) -> &Value {
        let exercises = self.0["exercises"].as_array().unwrap();
        exercises.iter().find(|exercise| exercise["name"] == name).unwrap()
    }

    /// The verdict on one exercise.
    pub fn verdict(&self, name: &str) -> &str {
        self.exercise(name)["verdict"].as_str().unwrap()
    }

    /// What the exercises that are not perfect became, as `name: verdict score`.
    pub fn imperfect(&self) -> Vec<String> {
        let exercises = self.0["exercises"].as_array().unwrap();
        exercises
            .iter()
            .filter(|exercise| exercise["verdict"] != "passed")
            .map(|exercise| {
                let (name, verdict) = (&exercise["name"], &exercise["verdict"]);
                let [name, verdict] = [name, verdict].map(|it| it.as_str().unwrap());
                format!("{name}: {verdict} {}", exercise["score"])
            })
            .collect()
    }

    /// The dependencies for which the reference stood in, as `name: dependencies`.
    pub fn on_references(&self) -> Vec<String> {
        let exercises = self.0["exercises"].as_array().unwrap();
        exercises
            .iter()
            .filter(|exercise| exercise["follow_through"].is_array())
            .map(|exercise| {
                let names = exercise["follow_through"].as_array().unwrap();
                let names: Vec<_> = names.iter().map(|it| it.as_str().unwrap()).collect();
                format!("{}: {}", exercise["name"].as_str().unwrap(), names.join(", "))
            })
            .collect()
    }

    /// The verdicts on the cases of an exercise.
    pub fn case_verdicts(&self, name: &str) -> Vec<&str> {
        let cases = self.exercise(name)["cases"].as_array().unwrap();
        cases.iter().map(|case| case["verdict"].as_str().unwrap()).collect()
    }

    /// A case of an exercise that has this verdict.
    pub fn case(&self, name: &str, verdict: &str) -> &Value {
        let cases = self.exercise(name)["cases"].as_array().unwrap();
        let case = cases.iter().find(|case| case["verdict"] == verdict);
        case.unwrap_or_else(|| panic!("no case of {name} is {verdict}: {cases:#?}"))
    }
}

/// A copy of the course for commands that change files.
pub struct Project {
    folder: TempDir,
}

/// Where cargo has built the grader.
fn target() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_grader")).ancestors().nth(2).unwrap()
}

impl Project {
    /// The course as it is here. Nothing can be compiled in it.
    pub fn copied() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for part in ["exercises/src", "solutions/src", "fixtures"] {
            let target = folder.path().join(part);
            fs::create_dir_all(&target).unwrap();
            for entry in fs::read_dir(root().join(part)).unwrap() {
                let entry = entry.unwrap();
                if entry.file_type().unwrap().is_file() {
                    fs::copy(entry.path(), target.join(entry.file_name())).unwrap();
                }
            }
        }
        Self { folder }
    }

    /// The course as it is here, in a workspace with this grader.
    #[cfg(unix)]
    pub fn in_workspace() -> Self {
        let project = Self::copied();
        for manifest in ["exercises/Cargo.toml", "solutions/Cargo.toml"] {
            fs::copy(root().join(manifest), project.path().join(manifest)).unwrap();
        }
        for part in ["Cargo.toml", "Cargo.lock", "grader"] {
            std::os::unix::fs::symlink(root().join(part), project.path().join(part)).unwrap();
        }
        project
    }

    /// The top folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The text of a file.
    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path().join(file)).unwrap()
    }

    /// Writes a file.
    pub fn write(&self, file: &str, text: &str) {
        fs::write(self.path().join(file), text).unwrap();
    }

    /// A command to be run.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = grader(self.path());
        // What the grader asks cargo for is built already.
        command.env("CARGO_TARGET_DIR", target()).args(args);
        command
    }

    /// Runs a command.
    pub fn output(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// Runs a command that is to succeed, and returns what it prints.
    pub fn run(&self, args: &[&str]) -> String {
        let output = self.output(args);
        assert!(output.status.success(), "{args:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }
}
