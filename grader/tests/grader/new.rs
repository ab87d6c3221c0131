//! An instructor adds an exercise.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::project::{Project, text};

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
fn the_new_files_are_in_nobodys_way() {
    let project = Project::in_workspace();
    project.run(&["new", "mean_of_rows"]);
    build(&project);
    assert!(project.run(&["reset", "mean_of_rows"]).contains("untouched"));
    let report = project.run(&["run", "mean_of_rows"]);
    assert!(report.contains("0/10  not implemented"), "{report}");
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
