//! Code that can remember nothing has one worker for all exercises, until a call fails in it.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use super::*;
use crate::report::{Exporter, Json};
use crate::workspace::Workspace;

/// Functions, and what they do first: they print, die in every way, and are wrong.
const FIRST: [(&str, &str, &str); 7] = [
    ("hello_world", "hello_world() -> String", "print!(\"a word\"); eprintln!(\"another\");"),
    ("basic_sigmoid", "basic_sigmoid(x: f64) -> f64", "if x > 1.0 { return basic_sigmoid(x); }"),
    ("sigmoid", "sigmoid(x: &ArrayD<f64>) -> ArrayD<f64>", "println!(\"{x}\");"),
    ("softmax", "softmax(x: &Array2<f64>) -> Array2<f64>", "if x.len() == 2 { loop {} }"),
    ("outer", "outer(x1: &Array1<f64>, x2: &Array1<f64>) -> Array2<f64>", FLOOD),
    ("dot", "dot(x1: &Array1<f64>, x2: &Array1<f64>) -> f64", "assert_short(x1.len());"),
    (
        "l1_loss",
        "l1_loss(yhat: &Array1<f64>, y: &Array1<f64>) -> f64",
        "if y.len() > 2 { return 7.0; }",
    ),
];

/// More than is kept of the output of a call.
const FLOOD: &str = "for line in 0..9999 { println!(\"line {line}\"); }";

/// The references without their mistakes, which are more than plain code, and with these changes.
fn files(references: &Path) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(references).unwrap() {
        let file = entry.unwrap().path();
        let text = fs::read_to_string(&file).unwrap();
        let end = text.find("/// Wrong solutions").unwrap_or(text.len());
        // That is also a macro's name, and one of those that plain code does not have.
        let mut text = text[..end].replace("column", "pillar");
        for (exercise, function, first) in FIRST {
            if file.file_stem().is_some_and(|name| name == exercise) {
                let function = format!("pub fn {function} {{");
                assert!(text.contains(&function), "{exercise} has no {function}");
                text = text.replace(&function, &format!("{function}\n    {first}"));
            }
        }
        fs::write(folder.path().join(file.file_name().unwrap()), text).unwrap();
    }
    append(&folder, "dot", "fn assert_short(n: usize) { if n > 3 { panic!(\"{n} is long\") } }");
    folder
}

/// Writes something at the end of a file.
fn append(folder: &TempDir, exercise: &str, text: &str) {
    let file = folder.path().join(format!("{exercise}.rs"));
    let before = fs::read_to_string(&file).unwrap();
    fs::write(file, format!("{before}\n{text}\n")).unwrap();
}

/// What became of each exercise, without times.
fn told(workspace: &Workspace, submission: &Submission, references: &Submission) -> Value {
    let course = Course::load(&workspace.fixtures(), &[]).unwrap();
    let toolchain = Toolchain::find(workspace).unwrap();
    let sandbox = toolchain.sandbox();
    let state = tempfile::tempdir().unwrap();
    let workshop = Workshop::new(&toolchain, &sandbox, state.path().into(), false);
    let names: Vec<String> = course.exercises.iter().map(|it| it.name.clone()).collect();
    let grading = Grading {
        course: &course,
        names: &names,
        submission,
        references: Some(references),
        toolchain: &toolchain,
        sandbox: &sandbox,
        workshop: &workshop,
        programs: None,
        seed: course.seed,
        threads: parallel::waiting(),
    };
    let report = Json { reveal: true }.export(&grading.grade().unwrap()).unwrap();
    let mut exercises = serde_json::from_slice::<Value>(&report).unwrap()["exercises"].take();
    for exercise in exercises.as_array_mut().unwrap() {
        exercise.as_object_mut().unwrap().remove("duration_ms");
        for case in exercise["cases"].as_array_mut().unwrap() {
            case.as_object_mut().unwrap().remove("duration_ms");
        }
    }
    exercises
}

#[test]
fn it_is_graded_as_if_it_had_a_worker_for_each_exercise() {
    let workspace = Workspace::find().unwrap();
    let solutions = workspace.root().join("solutions/src");
    let read = |folder: &Path| Submission::read(folder, "alice", "alice").unwrap();
    let (alone, other) = (files(&solutions), files(&solutions));
    append(&other, "multiply", "static UNUSED: u8 = 0;");
    let (stateless, other) = (read(alone.path()), read(other.path()));
    assert!(stateless.is_stateless() && !other.is_stateless());
    let references = Submission::read(&solutions, "solutions", "solutions").unwrap();
    let told = |submission| told(&workspace, submission, &references);
    let (all, expected) = (told(&stateless), told(&other));
    assert_eq!(all, expected);
    let all = all.to_string();
    for shown in ["a word", "stack overflow", "timed out", " is long", "line 99"] {
        assert!(all.contains(shown), "{shown}");
    }
}
