//! The commands beside `run`.

use std::fs;

use crate::project::{Project, Submission, grader, root, text};

#[test]
fn hints_come_one_at_a_time() {
    let project = Project::copied();
    let first = project.run(&["hint", "softmax"]);
    let second = project.run(&["hint", "softmax"]);
    assert!(first.starts_with("Hint 1 of 4") && !first.contains("Hint 2"), "{first}");
    assert!(second.starts_with("Hint 2 of 4"), "{second}");
    assert!(project.run(&["hint", "dot"]).starts_with("Hint 1"));
    let all = project.run(&["hint", "softmax", "--all"]);
    assert!(all.contains("Hint 1 of 4") && all.contains("Hint 4 of 4"), "{all}");
    let last = project.run(&["hint", "softmax"]);
    assert!(last.starts_with("Hint 4 of 4") && last.contains("last one"), "{last}");
}

#[test]
fn reset_makes_the_stub_anew_and_keeps_the_learners_file() {
    let project = Project::copied();
    let file = project.path().join("exercises/src/softmax.rs");
    let stub = fs::read_to_string(&file).unwrap();
    assert!(project.run(&["reset", "softmax"]).contains("untouched"));
    for (number, work) in [(1, "my work"), (2, "more of it")] {
        fs::write(&file, work).unwrap();
        let said = project.run(&["reset", "softmax"]);
        let backup = format!("target/grader/backup/softmax-{number}.rs");
        assert!(said.contains(&backup), "{said}");
        assert_eq!(fs::read_to_string(project.path().join(backup)).unwrap(), work);
        assert_eq!(fs::read_to_string(&file).unwrap(), stub);
    }
    fs::remove_file(&file).unwrap();
    project.run(&["reset", "softmax"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), stub);
}

#[test]
fn show_says_what_to_do_and_gives_the_lesson() {
    let shown = Project::copied().run(&["show", "normalize_rows"]);
    for part in [
        "(10 points)",
        "exercises/src/normalize_rows.rs",
        "fn row_norms(x: &Array2<f64>) -> Array2<f64>",
        "fn normalize_rows(x: &Array2<f64>) -> Array2<f64>",
        "cargo grade run normalize_rows",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(!shown.contains("//!"), "{shown}");
}

#[test]
fn list_names_every_exercise_with_its_points() {
    let output = grader(&root()).arg("list").output().unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    let list = text(&output.stdout);
    for name in ["hello_world", "softmax", "l2_loss", "Vectorization"] {
        assert!(list.contains(name), "{name}: {list}");
    }
}

#[test]
fn completions_are_made_for_every_shell() {
    let project = Project::copied();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(project.run(&["completions", shell]).contains("fail-under"), "{shell}");
    }
}

#[test]
fn only_the_named_exercises_are_graded() {
    let graded = Submission::perfect().grade_with(&["softmax", "dot"]);
    let exercises = graded.0["exercises"].as_array().unwrap();
    let names: Vec<_> = exercises.iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["softmax", "dot"]);
    assert_eq!(graded.0["points"], 20);
}

#[test]
fn the_seed_is_the_course_s_unless_given() {
    let submission = Submission::perfect();
    assert_eq!(submission.grade().0["provenance"]["seed"], 20190529);
    assert_eq!(submission.grade_with(&["--seed", "7"]).0["provenance"]["seed"], 7);
}

#[test]
fn reports_go_to_files() {
    let folder = tempfile::tempdir().unwrap();
    let [json, plain] = ["report.json", "report.txt"].map(|name| folder.path().join(name));
    let output = Submission::perfect().run(&[
        "--format",
        "json",
        "--output",
        json.to_str().unwrap(),
        "--format",
        "terminal",
        "--output",
        plain.to_str().unwrap(),
    ]);
    assert!(output.status.success());
    assert!(output.stdout.is_empty(), "{}", text(&output.stdout));
    let report: serde_json::Value = serde_json::from_slice(&fs::read(json).unwrap()).unwrap();
    assert_eq!(report["score"], 140);
    assert!(fs::read_to_string(plain).unwrap().contains("140"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[cfg(unix)]
#[test]
fn a_report_file_can_be_read_by_others_and_a_device_stays_one() {
    use std::os::unix::fs::{FileTypeExt, PermissionsExt};

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.json");
    let link = folder.path().join("link.json");
    std::os::unix::fs::symlink("report.json", &link).unwrap();
    let submission = Submission::perfect();
    let write = |to: &std::path::Path| {
        let output =
            submission.run(&["--quiet", "--format", "json", "--output", to.to_str().unwrap()]);
        assert!(output.status.success(), "{output:?}");
    };
    write(&file);
    // Whatever the mask, the owner's right to read is the group's, too, unless the mask takes it.
    let mode = file.metadata().unwrap().permissions().mode();
    let plain = folder.path().join("plain");
    fs::write(&plain, "").unwrap();
    assert_eq!(mode, plain.metadata().unwrap().permissions().mode());
    fs::write(&file, "").unwrap();
    write(&link);
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert!(!fs::read(&file).unwrap().is_empty());
    write("/dev/null".as_ref());
    assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let project = Project::copied();
    for args in [&["show", "softmax"][..], &["hint", "softmax"], &["completions", "bash"]] {
        let mut child = grader(project.path())
            .args(args)
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{args:?}: {output:?}");
    }
}

#[test]
fn what_a_hidden_case_was_called_with_does_not_come_out_with_another() {
    let overlay = tempfile::tempdir().unwrap();
    let case = "[[case]]\nname = \"a\"\nargs = [[[7.125, 0]]]\nexpected = [[0.5, 0.5]]\n";
    fs::write(overlay.path().join("softmax.toml"), case).unwrap();
    let first = "pub fn softmax(x: &Array2<f64>) -> Array2<f64> {";
    let stash = format!(
        "static SEEN: std::sync::Mutex<Vec<String>> = std::sync::Mutex::new(Vec::new());\n\n\
         {first}\n    let mut seen = SEEN.lock().unwrap();\n    seen.push(format!(\"{{x}}\"));\n    \
         println!(\"{{seen:?}}\");\n    drop(seen);"
    );
    let submission = Submission::perfect().with_change("softmax.rs", first, &stash);
    let folder = overlay.path().to_str().unwrap();
    for seed in ["1", "2", "3"] {
        let report = submission.run(&["--fixtures", folder, "--format", "json", "--seed", seed]);
        assert!(!text(&report.stdout).contains("7.125"));
    }
}

#[test]
fn advice_repeats_the_options() {
    let submission = Submission::perfect().with("l1_loss.rs", "");
    let report = text(&submission.run(&[]).stdout);
    let folder = submission.folder();
    assert!(
        report.contains(&format!("cargo grade run --submission {}", folder.display())),
        "{report}"
    );
}

#[test]
fn cases_of_an_overlay_are_hidden_unless_revealed() {
    let overlay = tempfile::tempdir().unwrap();
    let cases = "[[case]]\nname = \"a secret\"\nargs = [[[7, 7]]]\nexpected = [[0.5, 0.5]]\n\n\
                 [[case]]\nname = \"a wrong secret\"\nargs = [[[8, 8]]]\nexpected = [[0.2571, 0.5]]\n";
    fs::write(overlay.path().join("softmax.toml"), cases).unwrap();
    let folder = overlay.path().to_str().unwrap();
    let submission = Submission::perfect();
    for format in ["json", "terminal"] {
        let args = ["--fixtures", folder, "--verbose", "--format", format];
        let report = text(&submission.run(&args).stdout);
        assert!(!report.contains("secret") && !report.contains("0.2571"), "{report}");
        let report = text(&submission.run(&[&args[..], &["--reveal"]].concat()).stdout);
        assert!(report.contains("a wrong secret") && report.contains("0.2571"), "{report}");
    }
    let graded = submission.grade_with(&["--fixtures", folder]);
    let hidden = &graded.exercise("softmax")["hidden_cases"];
    assert_eq!((&hidden["count"], &hidden["passed"]), (&2.into(), &1.into()));
    assert_eq!(graded.verdict("softmax"), "failed");
}

#[test]
fn schema_prints_what_the_repository_keeps() {
    for name in ["fixture", "overlay", "course", "report"] {
        let output = grader(&root()).args(["schema", name]).output().unwrap();
        assert!(output.status.success(), "{}", text(&output.stderr));
        let kept = root().join(format!("grader/schema/{name}.schema.json"));
        assert_eq!(text(&output.stdout), fs::read_to_string(kept).unwrap(), "{name}");
    }
}
