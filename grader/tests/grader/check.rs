//! `check`: whether a course is any good.

use std::fs;
use std::process::Output;

use tempfile::TempDir;

use crate::project::{Project, grader, root, text};

fn check(args: &[&str]) -> Output {
    grader(&root()).arg("check").args(args).output().unwrap()
}

/// The check of this course with a file in an overlay.
fn check_with(file: &str, content: &str) -> (Output, TempDir) {
    let overlay = tempfile::tempdir().unwrap();
    fs::write(overlay.path().join(file), content).unwrap();
    (check(&["--fixtures", overlay.path().to_str().unwrap()]), overlay)
}

#[test]
fn a_good_course_is_worth_one_line() {
    let output = check(&[]);
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert_eq!(text(&output.stderr), "");
    assert!(said.starts_with("14 exercises, ") && said.contains(" mistakes, 8 seeds: "), "{said}");
    assert!(said.contains(": no problem found (") && said.lines().count() == 1, "{said}");
}

#[test]
fn the_cases_that_catch_each_mistake_are_shown() {
    let said = text(&check(&["--verbose"]).stdout);
    for (mistake, case) in [
        ("softmax: whole_matrix ", " two rows of five scores (and "),
        ("vector_ops: logarithm as exp ", " exp of one, two, three (and "),
    ] {
        let line = said.lines().find(|line| line.starts_with(mistake));
        assert!(line.is_some_and(|line| line.contains(case)), "{mistake}: {said}");
    }
}

#[test]
fn a_fault_is_shown_with_its_line_and_how_to_mend_it() {
    let cases = "[[case]]\nname = \"off\"\nargs = [[[0, 0]]]\nexpected = [[0.5, 0.6]]\n\n\
                 [[case]]\nname = \"vague\"\nargs = [[[1, 1]]]\nexpected = [[0.5, 0.5]]\n\
                 tolerance = { rel = 0.5, abs = 0 }\n";
    let (output, overlay) = check_with("softmax.toml", cases);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    let said = text(&output.stdout).replace(overlay.path().to_str().unwrap(), "hidden");
    let (findings, summary) = said.trim_end().rsplit_once('\n').unwrap();
    assert!(summary.contains(": 2 errors ("), "{summary}");
    insta::assert_snapshot!(findings, @r#"
    error: the reference fails `off`: wrong value
     --> hidden/softmax.toml:2:8
      |
    2 | name = "off"
      |        ^^^^^
      |
      = help: expected [[0.5, 0.6]], and [[0.5, 0.5]] came

    error: the tolerance of `vague` is so wide that half the value passes
     --> hidden/softmax.toml:7:8
      |
    7 | name = "vague"
      |        ^^^^^^^
      |
      = help: give it a smaller `tolerance`
    "#);
}

#[test]
fn a_warning_is_no_failure() {
    let rule = "[rules]\ndot = { forbid = [\"whlie\"] }\n";
    let (output, _overlay) = check_with("dot.toml", rule);
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("did you mean `while`?") && said.contains(": 1 warning ("), "{said}");
}

#[test]
fn a_course_that_cannot_be_loaded_is_told_all_that_is_wrong() {
    let project = Project::copied();
    for (file, from, to) in [
        ("fixtures/softmax.toml", "points  = 10", "points  = -1"),
        ("fixtures/dot.toml", "summary = ", "sumary = "),
        ("fixtures/dot.toml", "weight   = 2", "weight   = 0"),
    ] {
        let file = project.path().join(file);
        let fixture = fs::read_to_string(&file).unwrap();
        fs::write(&file, fixture.replacen(from, to, 1)).unwrap();
    }
    let output = grader(project.path()).arg("check").output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    let said = text(&output.stderr);
    for part in ["softmax.toml:3", "`sumary`", "did you mean `summary`", "3 problems"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}
