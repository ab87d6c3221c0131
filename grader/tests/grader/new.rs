//! An instructor adds an exercise.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::project::{Project, text};
use crate::readme::{blocks, section as readme};

/// Has cargo build what learners and instructors write, without a warning.
fn build(project: &Project) {
    let output = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--offline", "--package", "exercises", "--package", "solutions"])
        .env("CARGO_TARGET_DIR", PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("new"))
        .current_dir(project.path())
        .output()
        .unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{}", text(&output.stderr));
}

/// The files of a course with their texts.
fn files(project: &Project) -> BTreeMap<PathBuf, Vec<u8>> {
    let folders = ["exercises/src", "solutions/src", "fixtures"].map(|it| project.path().join(it));
    let entries = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

#[test]
fn the_exercise_of_the_readme_is_made_recorded_and_passes() {
    let project = Project::in_workspace();
    let [course, stubs, references] =
        ["fixtures/course.toml", "exercises/src/lib.rs", "solutions/src/lib.rs"];
    let before = [course, stubs, references].map(|file| project.read(file));
    let section = readme("Add an exercise");
    let commands = blocks(&section, "console").concat();
    let mut commands = commands.lines().map(|line| {
        let line = line.split('#').next().unwrap();
        line.strip_prefix("$ cargo grade ").unwrap().split_whitespace().collect::<Vec<_>>()
    });

    let new = commands.next().unwrap();
    let said = project.run(&new);
    for part in ["solutions/src/mean_of_rows.rs", "cargo grade record mean_of_rows"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let after = [course, stubs, references].map(|file| project.read(file));
    let listed = "\"softmax\", \"mean_of_rows\"]";
    assert_eq!(after[0], before[0].replace("\"softmax\"]", listed));
    for (before, after) in before.iter().zip(&after).skip(1) {
        let both = "pub mod softmax;\n\npub mod mean_of_rows;\n";
        assert_eq!(*after, before.replace("pub mod softmax;\n", both));
    }
    // Nobody is in the way of learners meanwhile.
    build(&project);
    assert!(project.run(&["reset", "mean_of_rows"]).contains("untouched"));
    let report = project.run(&["run", "mean_of_rows"]);
    assert!(report.contains("0/10  not implemented"), "{report}");

    project.write("solutions/src/mean_of_rows.rs", &blocks(&section, "rust").concat());
    let fixture = "fixtures/mean_of_rows.toml";
    let skeleton = project.read(fixture);
    let cases = blocks(&section, "toml").concat();
    let written = skeleton.split_once("# An example").unwrap().0.to_owned() + &cases;
    project.write(fixture, &written);
    for command in commands {
        let sure = if command[0] == "record" { &["--yes"][..] } else { &[] };
        let said = project.run(&[&command, sure].concat());
        assert!(command[0] != "run" || said.contains("10/10"), "{said}");
    }
    let recorded = "args = [[[1, 2, 4], [5, 5, 5]]]\nexpected = [2.3333333333333335, 5.0]\n";
    let expected = written.replace("args = [[[1, 2, 4], [5, 5, 5]]]\n", recorded);
    assert_eq!(project.read(fixture), expected);
    let stub = project.read("exercises/src/mean_of_rows.rs");
    assert!(stub.contains("-> Array1<f64> {\n    todo!()\n}"), "{stub}");
    build(&project);
    let again = project.run(&["record", "mean_of_rows"]);
    assert!(again.contains("nothing to record"), "{again}");
    assert_eq!(project.read(fixture), expected);
}

#[test]
fn without_a_section_it_is_the_last_of_the_course() {
    let project = Project::copied();
    project.run(&["new", "huber_loss"]);
    assert!(project.read("fixtures/course.toml").ends_with("\"l2_loss\", \"huber_loss\"]\n"));
    for folder in ["exercises", "solutions"] {
        let lib = project.read(&format!("{folder}/src/lib.rs"));
        assert!(lib.ends_with("pub mod l2_loss;\n\npub mod huber_loss;\n"), "{lib}");
    }
    let shown = project.run(&["show", "huber_loss"]);
    assert!(shown.starts_with("Huber loss  (10 points)\n"), "{shown}");
}

#[test]
fn what_is_refused_changes_nothing() {
    let project = Project::copied();
    project.write("exercises/src/stats.rs", "");
    let before = files(&project);
    for (args, reason) in [
        (&["fn"][..], "`fn` is a keyword of Rust"),
        (&["../dot"], "is no plain Rust name"),
        (&["lib"], "`lib` is reserved: a module would shadow it"),
        (&["Huber"], "`Huber` is not in snake case"),
        (&["huber__loss"], "is not in snake case"),
        (&["softmax"], "fixtures/softmax.toml is there already"),
        (&["hello_world"], "fixtures/hello_world.json is there already"),
        (&["stats"], "exercises/src/stats.rs is there already"),
        (&["huber", "--section", "Los functions"], "did you mean `Loss functions`?"),
        (&["huber", "--section", "Calculus"], "no section is called `Calculus`"),
    ] {
        let output = project.output(&[&["new"], args].concat());
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
        assert!(said.contains(reason), "{args:?}: {said}");
        assert_eq!(files(&project), before, "{args:?}");
    }
}

#[test]
fn a_course_that_cannot_be_edited_is_left_as_it_is() {
    let project = Project::copied();
    let course = project.read("fixtures/course.toml");
    project.write("fixtures/course.toml", &course.replacen('\n', "\r\n", 1));
    let before = files(&project);
    let output = project.output(&["new", "huber_loss"]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("course.toml: some of its lines end with CR LF"), "{said}");
    assert_eq!(files(&project), before);
}
