//! The scores of earlier runs, where a course keeps them.

use std::fs;

use crate::project::{Project, root, text};

#[test]
fn scores_are_kept_only_where_the_course_says_so_and_forgotten_with_the_file() {
    let project = Project::in_workspace();
    let refused = project.output(&["list", "--history"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("`history = true` in fixtures/course.toml"));
    project.run(&["run", "--quiet"]);
    let file = project.path().join("target/grader/history.jsonl");
    assert!(!file.exists());

    let manifest = project.read("fixtures/course.toml");
    project.write("fixtures/course.toml", &manifest.replacen("seed", "history = true\nseed", 1));
    assert!(project.run(&["list", "--history"]).contains("No run is kept yet"));
    project.run(&["run", "--quiet"]);
    let solution = fs::read_to_string(root().join("solutions/src/hello_world.rs")).unwrap();
    project.write("exercises/src/hello_world.rs", &solution);
    project.run(&["run", "--quiet"]);
    // A part of the course, or the work of others, is no step of the learner's.
    project.run(&["run", "hello_world", "--quiet"]);
    project.run(&["run", "--solutions", "--quiet"]);
    let kept = fs::read_to_string(&file).unwrap();
    assert_eq!(kept.lines().count(), 2, "{kept}");
    fs::write(&file, format!("{kept}{{\"date\": \"half a li")).unwrap();
    let shown = project.run(&["list", "--history"]);
    assert!(shown.contains("  0/140\n") && shown.contains("  10/140\n"), "{shown}");
    assert!(shown.contains("2 runs kept in target/grader/history.jsonl"), "{shown}");
    fs::remove_file(&file).unwrap();
    assert!(project.run(&["list", "--history"]).contains("No run is kept yet"));
}
