//! The course is tested like code.

use std::fs;

use crate::project::{Submission, grader, root, text};
use grader::course::Course;
use grader::stub::stub;

fn score(args: &[&str]) -> (f64, f64) {
    let output = grader(&root()).args(["run", "--format", "json"]).args(args).output().unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    (report["score"].as_f64().unwrap(), report["points"].as_f64().unwrap())
}

#[test]
fn solutions_score_everything() {
    assert_eq!(score(&["--solutions"]), (140.0, 140.0));
}

#[test]
fn stubs_score_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for exercise in course().exercises {
        let reference = format!("solutions/src/{}.rs", exercise.name);
        let reference = fs::read_to_string(root().join(reference)).unwrap();
        let file = folder.path().join(format!("{}.rs", exercise.name));
        fs::write(file, stub(&reference).unwrap()).unwrap();
    }
    let stubs = folder.path().to_str().unwrap();
    assert_eq!(score(&["--submission", stubs]), (0.0, 140.0));
}

#[test]
fn every_function_has_at_least_six_cases() {
    for exercise in course().exercises.iter().filter(|it| it.name != "hello_world") {
        for function in exercise.functions() {
            let cases = exercise.cases.iter().filter(|case| case.function == function).count();
            assert!(cases >= 6, "{}::{function} has {cases}", exercise.name);
        }
    }
}

#[test]
fn every_exercise_knows_at_least_three_mistakes() {
    for exercise in course().exercises {
        assert!(exercise.mistakes.len() >= 3, "{}", exercise.name);
    }
}

#[test]
fn a_submission_that_uses_slices_and_macros_of_ndarray_is_graded() {
    let graded = Submission::perfect()
        .with(
            "image2vector.rs",
            "use ndarray::{Array2, Array3, s};\n\
             pub fn image2vector(image: &Array3<f64>) -> Array2<f64> {\n    \
             let all = image.slice(s![.., .., ..]);\n    \
             Array2::from_shape_vec((all.len(), 1), all.iter().copied().collect()).unwrap()\n}\n\n\
             pub fn merge_leading_axes(v: &Array3<f64>) -> Array2<f64> {\n    \
             let (a, b, c) = v.dim();\n    v.to_shape((a * b, c)).unwrap().to_owned()\n}\n",
        )
        .grade();
    assert_eq!(graded.imperfect(), Vec::<String>::new());
}

fn course() -> Course {
    Course::load(&root().join("fixtures"), &[]).unwrap()
}

#[test]
fn without_a_sandbox_it_grades_all_the_same_and_says_so() {
    let submission = Submission::perfect().with_switches("no-box");
    let graded = submission.grade();
    assert_eq!(graded.imperfect(), [""; 0]);
    assert_eq!(graded.0["isolation"], "process");
    let printed = text(&submission.run(&["hello_world"]).stdout);
    assert!(printed.contains("isolation: process (the sandbox is switched off)"), "{printed}");
}
