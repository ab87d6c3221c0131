//! Which mistake is chosen, and what becomes of one that is no good.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::*;
use crate::build::{Toolchain, Workshop};
use crate::course::Course;
use crate::grade::oracle::Programs;
use crate::submission::Submission;
use crate::workspace::Workspace;

const COURSE: &str = "version = 1\ntitle = \"Test\"\n[limits]\nwall = \"500 ms\"\n\
    [[section]]\ntitle = \"All\"\nexercises = [\"double\", \"triple\"]\n";

const CASES: &str = "title = \"Double\"\npoints = 10\n\
    [[case]]\nname = \"three\"\nargs = [3]\nexpected = 6\nfeedback = \"Twice three.\"\n\
    [[case]]\nname = \"four\"\nargs = [4]\nexpected = 8\n";

const OTHER: &str = "title = \"Triple\"\npoints = 10\n\
    [[case]]\nname = \"three\"\nargs = [3]\nexpected = 9\nfeedback = \"Thrice three.\"\n\
    [[mistake]]\nfunction = \"cube\"\nfeedback = \"This is the cube.\"\n";

/// The mistakes that are found where the square is returned for the double, the reference being
/// right and having these.
fn found(functions: &[&str], mistakes: &str) -> Vec<Option<String>> {
    found_beside("", functions, mistakes, None)
}

/// The same beside the mistakes of another exercise, in a class or not.
fn found_beside(
    others: &str,
    functions: &[&str],
    mistakes: &str,
    programs: Option<&Arc<Programs>>,
) -> Vec<Option<String>> {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let named = functions
        .iter()
        .map(|it| format!("[[mistake]]\nfunction = \"{it}\"\nfeedback = \"This is {it}.\"\n"));
    write("fixtures/course.toml", COURSE);
    write("fixtures/double.toml", &(CASES.to_owned() + &named.collect::<String>()));
    write("fixtures/triple.toml", OTHER);
    let triple = "pub fn triple(x: f64) -> f64 {\n    x * 3.0\n}\n\npub mod mistakes {";
    write("solutions/triple.rs", &format!("{triple}{others}}}\n"));
    write("alice/double.rs", "pub fn double(x: f64) -> f64 {\n    x * x\n}\n");
    let reference = "pub fn double(x: f64) -> f64 {\n    x * 2.0\n}\n\npub mod mistakes {";
    write("solutions/double.rs", &format!("{reference}{mistakes}}}\n"));
    let course = Course::load(&folder.path().join("fixtures"), &[]).unwrap();
    let read = |name: &str| Submission::read(&folder.path().join(name), name, name).unwrap();
    graded(&course, &read("alice"), &read("solutions"), folder.path(), programs)
}

fn graded(
    course: &Course,
    submission: &Submission,
    references: &Submission,
    folder: &Path,
    programs: Option<&Arc<Programs>>,
) -> Vec<Option<String>> {
    let toolchain = Toolchain::find(&Workspace::find().unwrap()).unwrap();
    let sandbox = toolchain.sandbox();
    let workshop = Workshop::new(&toolchain, &sandbox, folder.join("state"), false);
    let grading = Grading {
        course,
        names: &["double".into()],
        submission,
        references: Some(references),
        toolchain: &toolchain,
        sandbox: &sandbox,
        workshop: &workshop,
        programs,
        seed: course.seed,
        threads: crate::grade::parallel::waiting(),
    };
    let report = grading.grade().unwrap();
    let exercise = report.exercises().next().unwrap();
    assert_eq!(exercise.cases.iter().filter(|case| case.mismatch.is_some()).count(), 2);
    exercise.cases.iter().map(|case| case.mistake.clone()).collect()
}

#[test]
fn a_mistake_that_panics_or_does_not_return_explains_nothing() {
    let found = found(
        &["endless", "panicking", "of_two", "square"],
        "pub fn endless(_: f64) -> f64 { loop {} }\n\
         pub fn panicking(_: f64) -> f64 { panic!() }\n\
         pub fn of_two(x: f64, y: f64) -> f64 { x * y }\n\
         pub fn square(x: f64) -> f64 { x.powi(2) }\n",
    );
    assert_eq!(found, [Some("square".to_owned()), Some("square".to_owned())]);
}

#[test]
fn mistakes_that_do_not_compile_are_passed_over() {
    let square = "pub fn square(x: f64) -> f64 { x * x }\n";
    assert_eq!(found(&["square", "absent"], square), [None, None]);
}

#[test]
fn in_a_class_those_of_one_exercise_do_not_depend_on_others() {
    let square = "pub fn square(x: f64) -> f64 { x * x }\n";
    let cube = "pub fn cube(x: f64) -> f64 { x * x * x }\n";
    let programs = Arc::new(Programs::default());
    for others in [cube, "pub fn not_the_cube() {}\n"] {
        let found = found_beside(others, &["square"], square, Some(&programs));
        assert_eq!(found, [Some("square".to_owned()), Some("square".to_owned())]);
    }
}

#[test]
fn the_first_that_explains_every_wrong_result_of_a_function_wins() {
    let both = [("f", false), ("f", false)];
    let chosen = choose(&both, &[vec![true, false], vec![true, true], vec![true, true]]);
    assert_eq!(chosen, [Some(1), Some(1)]);
}

#[test]
fn where_none_explains_all_each_takes_the_first_of_its_own() {
    let three = [("f", false), ("f", false), ("f", false)];
    let chosen = choose(&three, &[vec![false, true, false], vec![true, true, false]]);
    assert_eq!(chosen, [Some(1), Some(0), None]);
    assert_eq!(choose(&three, &[]), [None, None, None]);
}

#[test]
fn functions_and_hidden_cases_do_not_decide_on_others() {
    let groups = [("f", false), ("g", false), ("f", true)];
    let explains = [vec![true, false, false], vec![true, true, false], vec![true, true, true]];
    assert_eq!(choose(&groups, &explains), [Some(0), Some(1), Some(2)]);
}
