//! Exit codes are a public contract.

use std::fs;

use crate::project::{Project, Submission, grader, root, text};

fn code(args: &[&str]) -> (Option<i32>, String) {
    let output = grader(&root()).args(args).output().unwrap();
    (output.status.code(), text(&output.stderr))
}

#[test]
fn a_low_score_is_no_failure_unless_asked_for() {
    let submission = Submission::perfect().without("dot.rs");
    let code = |args: &[&str]| submission.run(args).status.code();
    assert_eq!(code(&["--quiet"]), Some(0));
    assert_eq!(code(&["--quiet", "--fail-under", "90"]), Some(0));
    // Thirteen of fourteen exercises of equal points are 92.857… percent.
    assert_eq!(code(&["--quiet", "--fail-under", "92.85"]), Some(0));
    assert_eq!(code(&["--quiet", "--fail-under", "92.86"]), Some(1));
    assert_eq!(code(&["--quiet", "--fail-under", "100"]), Some(1));
}

#[test]
fn wrong_usage_exits_with_2() {
    for args in [
        &["run", "--no-such-flag"][..],
        &["run", "--fail-under", "101"],
        &["run", "--solutions", "--submission", "x"],
        &["run", "--submission", "no/such/folder"],
        &["run", "--output", "no/such/folder/report.json"],
        &["run", "--format", "json", "--format", "terminal"],
        &["nonsense"],
    ] {
        let (exit, stderr) = code(args);
        assert_eq!(exit, Some(2), "{args:?}: {stderr}");
        assert!(stderr.contains("error"), "{args:?}: {stderr}");
    }
}

#[test]
fn a_file_that_cannot_be_written_is_named_as_it_was_given() {
    let (exit, stderr) = code(&["run", "--output", "no/such/folder/report.json"]);
    assert_eq!(exit, Some(2), "{stderr}");
    let said = stderr.split_once("no/such/folder/report.json").unwrap().1;
    assert!(said.contains("(os error "), "{stderr}");
    assert!(!said.contains('/'), "another file is named: {stderr}");
}

#[test]
fn no_name_of_a_file_steers_the_terminal() {
    for args in [
        ["run", "--submission", "no\u{1b}]0;title\u{7}\u{1b}[2Jsuch"],
        ["run", "--fixtures", "no\u{1b}[2J\u{9b}such"],
        ["run", "--output", "no\u{1b}[2J\u{202e}such/folder"],
    ] {
        let (exit, stderr) = code(&args);
        assert_eq!(exit, Some(2), "{args:?}: {stderr}");
        let steers = |c: char| c != '\n' && c.is_control() || c == '\u{202e}';
        assert!(stderr.contains("such") && !stderr.contains(steers), "{stderr:?}");
    }
}

#[test]
fn an_unknown_name_suggests_the_nearest() {
    for command in ["run", "show", "hint", "reset"] {
        let (exit, stderr) = code(&[command, "sofmax"]);
        assert_eq!(exit, Some(2), "{stderr}");
        assert!(stderr.contains("did you mean `softmax`?"), "{stderr}");
    }
}

#[test]
fn a_wrong_fixture_exits_with_2_and_shows_the_place() {
    let project = Project::copied();
    let file = project.path().join("fixtures/softmax.toml");
    let text_before = fs::read_to_string(&file).unwrap();
    fs::write(&file, text_before.replacen("weight   = 2", "weigth   = 2", 1)).unwrap();
    let output = grader(project.path()).arg("list").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let stderr = text(&output.stderr);
    assert!(stderr.contains("weigth") && stderr.contains("did you mean `weight`"), "{stderr}");
    assert!(stderr.contains("softmax.toml:"), "{stderr}");
}

#[test]
fn outside_a_course_it_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let output = grader(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("there is no course here"));
}

#[test]
fn a_missing_toolchain_is_a_grader_error() {
    // A copy of the course alone has no harness to build.
    let output = grader(Project::copied().path()).arg("run").output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let stderr = text(&output.stderr);
    assert!(stderr.contains("grader error"), "{stderr}");
    assert!(output.stdout.is_empty());
}

#[cfg(unix)]
#[test]
fn what_rustc_says_of_a_reference_has_no_colours_where_none_are_wanted() {
    let project = Project::in_workspace();
    let reference = project.read("solutions/src/dot.rs").replacen("-> f64", "-> Nothing", 1);
    let learner = Submission::perfect();
    project.write("solutions/src/dot.rs", &reference);
    let folder = learner.folder();
    let output = project.output(&["run", "dot", "--submission", folder.to_str().unwrap()]);
    let stderr = text(&output.stderr);
    assert!(stderr.contains("cannot find type `Nothing`"), "{stderr}");
    assert!(!stderr.contains('\u{1b}'), "{stderr}");
}
