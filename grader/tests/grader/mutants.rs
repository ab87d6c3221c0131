//! Mutants of the references: whether the cases notice them.

use std::fs;

use crate::project::{Project, grader, root, text};

#[test]
fn the_cases_of_the_course_notice_every_mutant() {
    let output = grader(&root()).args(["check", "--mutants"]).output().unwrap();
    let stdout = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{stdout}{}", text(&output.stderr));
    let scores: Vec<Vec<&str>> =
        stdout.lines().skip(1).map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(scores.len(), 15, "{stdout}");
    assert!(scores.iter().all(|line| line[4..] == ["100", "%"]), "{stdout}");
    let total = scores.last().unwrap();
    assert_eq!(total[0], "total");
    assert!(total[1].parse::<usize>().unwrap() >= 150, "{stdout}");
}

/// The course with one exercise, `basic_sigmoid`: it is enough, and quick.
#[cfg(unix)]
fn with_one_exercise() -> Project {
    let project = Project::in_workspace();
    let others =
        |file: &str| !["basic_sigmoid", "course", "lib"].iter().any(|it| file.contains(it));
    for folder in ["fixtures", "solutions/src"] {
        for entry in fs::read_dir(project.path().join(folder)).unwrap() {
            let entry = entry.unwrap();
            if others(entry.file_name().to_str().unwrap()) {
                fs::remove_file(entry.path()).unwrap();
            }
        }
    }
    let course = project.read("fixtures/course.toml");
    let settings = course.split("[[section]]").next().unwrap();
    let section = "[[section]]\ntitle = \"One\"\nexercises = [\"basic_sigmoid\"]\n";
    project.write("fixtures/course.toml", &format!("{settings}{section}"));
    project
}

#[cfg(unix)]
#[test]
fn what_no_case_notices_is_shown_and_so_are_marks_that_are_wrong() {
    let project = with_one_exercise();
    // Without these, nobody would notice if the sign were ignored.
    let fixture = project.read("fixtures/basic_sigmoid.toml");
    let notices = ["negative number", "[[generated]]", "[[property]]"];
    let tables = fixture.split("\n\n");
    let tables: Vec<&str> =
        tables.filter(|table| !notices.iter().any(|it| table.contains(it))).collect();
    project.write("fixtures/basic_sigmoid.toml", &tables.join("\n\n"));
    let reference = project.read("solutions/src/basic_sigmoid.rs");
    let body = "    1.0 / (1.0 + (-x).exp())\n";
    let marks = "    // equivalent: `+` -> `-`: it is not,\n    // as any case tells.\n    \
                 // equivalent: `x` -> `x.abs()`\n";
    let marked = reference.replacen(body, &format!("{marks}{body}"), 1);
    project.write("solutions/src/basic_sigmoid.rs", &marked);

    let output = project.output(&["check", "--mutants"]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    insta::assert_snapshot!(text(&output.stdout), @"
    exercise       mutants  caught  equivalent  score
    basic_sigmoid       26      25           0   96 %
    total               26      25           0   96 %

    solutions/src/basic_sigmoid.rs:55: another sign
    @@ -55,1 +55,1 @@
    -    1.0 / (1.0 + (-x).exp())
    +    1.0 / (1.0 + (-x.abs()).exp())
    no case tells this from the reference
    add one that does or, if none can, write above the statement
        // equivalent: `x` -> `x.abs()`: REASON

    error: no such mutant survives
      --> solutions/src/basic_sigmoid.rs:52:5
       |
    52 |     // equivalent: `+` -> `-`: it is not,
       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: remove this mark, or put it above its statement

    error: this mark gives no reason
      --> solutions/src/basic_sigmoid.rs:54:5
       |
    54 |     // equivalent: `x` -> `x.abs()`
       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: write // equivalent: `ORIGINAL` -> `REPLACEMENT`: REASON
    ");
    // Said why, it is one that nobody needs to notice; the one that is noticed is still there.
    let marked = marked.replace("`x.abs()`\n", "`x.abs()`: no number is negative here.\n");
    project.write("solutions/src/basic_sigmoid.rs", &marked);
    let output = project.output(&["check", "--mutants"]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    insta::assert_snapshot!(text(&output.stdout), @"
    exercise       mutants  caught  equivalent  score
    basic_sigmoid       26      25           1  100 %
    total               26      25           1  100 %

    error: no such mutant survives
      --> solutions/src/basic_sigmoid.rs:52:5
       |
    52 |     // equivalent: `+` -> `-`: it is not,
       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: remove this mark, or put it above its statement
    ");
    // One that fails itself, does not compile or is not there is no measure.
    let file = "solutions/src/basic_sigmoid.rs";
    let complaint = || {
        let output = project.output(&["check", "--mutants"]);
        assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    for (wrong, problem) in [
        ("1.0 / (1.0 + x.exp())", "the reference fails a case itself"),
        ("1.0 / (1.0 + x.nothing())", "the references do not compile"),
        ("1.0 / (", "the references do not compile"),
    ] {
        project.write(file, &reference.replacen(body, &format!("    {wrong}\n"), 1));
        let stdout = complaint();
        assert!(stdout.contains(&format!("error: {problem}\n")), "{stdout}");
    }
    fs::remove_file(project.path().join(file)).unwrap();
    let stdout = complaint();
    assert!(stdout.contains("error: there is no reference that can be changed\n"), "{stdout}");
}

#[cfg(unix)]
#[test]
fn a_mutant_that_never_ends_is_caught() {
    let project = with_one_exercise();
    let course = project.read("fixtures/course.toml");
    project.write("fixtures/course.toml", &course.replace("\"2 s\"", "\"500 ms\""));
    let reference = project.read("solutions/src/basic_sigmoid.rs");
    let body = "    1.0 / (1.0 + (-x).exp())\n";
    let waits = "    let mut turns = 3;\n    while turns > 0 {\n        turns -= 1;\n    }\n";
    let waiting = reference.replacen(body, &format!("{waits}{body}"), 1);
    project.write("solutions/src/basic_sigmoid.rs", &waiting);
    let output = project.output(&["check", "--mutants"]);
    let stdout = text(&output.stdout);
    assert_eq!(output.status.code(), Some(2), "{stdout}{}", text(&output.stderr));
    // Another number of turns makes no difference; never to count them does.
    assert!(stdout.contains("+        turns -= 2;"), "{stdout}");
    for endless in ["+        turns *= 1;", "+        turns = 1;", ",0 @@\n-        turns -= 1;"] {
        assert!(!stdout.contains(endless), "{stdout}");
    }
    assert!(stdout.contains(",0 @@\n-    while turns > 0 {"), "{stdout}");
}
