//! `speed`: the times of loops and vectorised functions.

use std::fs;
use std::process::Output;

use serde_json::Value;

use crate::project::{Project, grader, root, text};

/// The exercises that have a loop and a vectorised form.
const PAIRS: [&str; 4] = ["dot", "outer", "multiply", "general_dot"];

/// A project whose learner has written what the references have, with some files changed.
fn written(changes: &[(&str, &str, &str)]) -> Project {
    let project = Project::in_workspace();
    write(&project, changes);
    project
}

fn write(project: &Project, changes: &[(&str, &str, &str)]) {
    for name in PAIRS {
        let file = format!("solutions/src/{name}.rs");
        let text = project.read(&file);
        let (solution, _) = text.split_once("/// Wrong solutions").unwrap();
        project.write(&format!("exercises/src/{name}.rs"), solution);
    }
    for (name, from, to) in changes {
        let file = format!("exercises/src/{name}.rs");
        let text = project.read(&file);
        assert!(text.contains(from), "{name} has no {from:?}");
        project.write(&file, &text.replace(from, to));
    }
}

/// Times few and small inputs.
fn speed(project: &Project, args: &[&str]) -> Output {
    project.command(&[&["speed"], args].concat()).env("GRADER_TEST", "quick").output().unwrap()
}

fn document(output: &Output) -> Value {
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The functions of an exercise, as `elements author form: verdict`.
fn verdicts(document: &Value, name: &str) -> Vec<String> {
    let exercises = document["exercises"].as_array().unwrap();
    let exercise = exercises.iter().find(|exercise| exercise["name"] == name).unwrap();
    let sizes = exercise["sizes"].as_array().unwrap();
    let functions = sizes.iter().flat_map(|size| {
        let functions = size["functions"].as_array().unwrap();
        functions.iter().map(|function| {
            let [author, form, verdict] =
                ["author", "form", "verdict"].map(|key| function[key].as_str().unwrap());
            assert_eq!(function.get("times").is_some(), verdict == "passed", "{function}");
            format!("{} {author} {form}: {verdict}", size["elements"])
        })
    });
    functions.collect()
}

/// What became of the learner's functions.
fn learners(document: &Value, name: &str) -> Vec<String> {
    let mut verdicts = verdicts(document, name);
    verdicts.retain(|verdict| verdict.contains(" learner "));
    verdicts
}

#[test]
fn what_is_right_is_timed_with_growing_inputs() {
    let project = written(&[]);
    let document = document(&speed(&project, &["--format", "json"]));
    for (name, sizes) in PAIRS.iter().zip([[14, 1000], [196, 1024], [14, 1000], [42, 1024]]) {
        let all = sizes.map(|elements| {
            ["learner loop", "learner vectorised", "reference loop", "reference vectorised"]
                .map(|function| format!("{elements} {function}: passed"))
        });
        assert_eq!(verdicts(&document, name), all.concat(), "{name}");
    }
    let times = &document["exercises"][0]["sizes"][1]["functions"][1]["times"];
    let number = |key: &str| times[key].as_f64().unwrap();
    assert!(number("laps") >= 5.0 && number("calls") >= number("laps"), "{times}");
    let median = number("median_ns");
    // Optimised, a thousand products take no longer than this even on a slow machine.
    assert!(median > 1.0 && median < 100_000.0, "{times}");
    let [lower, upper] = [0, 1].map(|place| times["quartiles_ns"][place].as_f64().unwrap());
    assert!(lower <= median && median <= upper, "{times}");
    let rate = number("elements_per_second");
    assert!((rate * median / 1e9 / 1000.0 - 1.0).abs() < 1e-4, "{times}");
    let conclusion = document["conclusion"].as_str().unwrap();
    assert!(conclusion.starts_with("Your vectorised code is "), "{conclusion}");
}

#[test]
fn what_fails_says_so_and_the_others_go_on() {
    let project = written(&[
        // Right for the notebook's vectors alone.
        ("dot", "x1.dot(x2)", "if x1.len() == 14 { 278.0 } else { x1.sum() }"),
        ("outer", "    let column = x1", "    panic!(\"no outer\");\n    let column = x1"),
        ("multiply", "    x1 * x2\n", "    todo!()\n"),
        ("general_dot", "w.dot(x1)", "w.dot(x1).sum()"),
    ]);
    let document = document(&speed(&project, &["--format", "json"]));
    assert_eq!(
        learners(&document, "dot"),
        [
            "14 learner loop: passed",
            "14 learner vectorised: passed",
            "1000 learner loop: passed",
            "1000 learner vectorised: wrong value",
        ]
    );
    for (name, [small, large], verdict) in
        [("outer", [196, 1024], "panicked"), ("multiply", [14, 1000], "not implemented")]
    {
        let expected = [
            format!("{small} learner loop: passed"),
            format!("{small} learner vectorised: {verdict}"),
            format!("{large} learner loop: passed"),
        ];
        assert_eq!(learners(&document, name), expected);
    }
    // A number is no vector: the whole file does not compile.
    let broken = ["loop", "vectorised"].map(|form| format!("42 learner {form}: did not compile"));
    assert_eq!(learners(&document, "general_dot"), broken);
    for name in PAIRS {
        let of_reference =
            |verdict: &String| verdict.contains("reference") && verdict.ends_with("passed");
        assert_eq!(verdicts(&document, name).iter().filter(|it| of_reference(it)).count(), 4);
    }
}

#[test]
fn a_function_without_an_end_is_stopped_and_one_that_takes_all_memory_too() {
    let project = written(&[
        ("dot", "x1.dot(x2)", "loop { std::hint::black_box(x1); }"),
        ("dot", "    let mut sum = 0.0;", "    let mut sum = vec![1.0; 1 << 40][x1.len()];"),
    ]);
    let document = document(&speed(&project, &["dot", "--format", "json"]));
    let expected = ["14 learner loop: out of memory", "14 learner vectorised: timed out"];
    assert_eq!(learners(&document, "dot"), expected);
    assert_eq!(document["exercises"].as_array().unwrap().len(), 1);
}

#[test]
fn stubs_and_a_course_without_references_are_no_errors() {
    let project = Project::in_workspace();
    let stubs = text(&speed(&project, &["dot"]).stdout);
    for part in ["yours, loop           not implemented\n", "reference, vectorised  ", "█"] {
        assert!(stubs.contains(part), "{part}: {stubs}");
    }
    assert!(stubs.contains("The reference's vectorised code is "));

    // As handed out without them: the two forms are compared with each other.
    write(&project, &[("dot", "x1[i] * x2[i]", "x1[i] + x2[i]")]);
    fs::remove_dir_all(project.path().join("solutions/src")).unwrap();
    let document = document(&speed(&project, &["dot", "--format", "json"]));
    let expected = [
        "14 learner loop: wrong value",
        "14 learner vectorised: passed",
        "1000 learner vectorised: passed",
    ];
    assert_eq!(verdicts(&document, "dot"), expected);
}

#[test]
fn an_exercise_without_a_loop_to_compare_with_is_refused() {
    for (name, part) in [("softmax", "dot, outer, multiply, general_dot"), ("dott", "`dot`")] {
        let output = grader(&root()).args(["speed", name]).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains(part), "{}", text(&output.stderr));
    }
}

#[test]
fn reports_go_to_files_without_colours() {
    let project = written(&[]);
    let report = project.path().join("speed.txt");
    let args = ["dot", "--format", "terminal", "--output", report.to_str().unwrap()];
    let output = speed(&project, &args);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "");
    let report = fs::read_to_string(report).unwrap();
    assert!(report.starts_with("Dot product ──") && !report.contains('\u{1b}'), "{report}");
}
