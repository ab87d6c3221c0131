//! Wrong solutions that have a name: who makes one is told which.

use std::fs;

use serde_json::Value;

use crate::project::{Graded, Project, Submission, grader, text};

/// Softmax with the sum of the whole matrix, which overflows as well.
const WHOLE_MATRIX: &str = "use ndarray::Array2;\n\n\
    pub fn softmax(x: &Array2<f64>) -> Array2<f64> {\n    \
    let e = x.exp();\n    let sum = e.sum();\n    e / sum\n}\n";

const SUM_EACH_ROW: &str = "Each row is a distribution of its own";

/// The mistakes in the wrong results of a function, and their feedback.
fn recognised<'a>(graded: &'a Graded, exercise: &str, function: &str) -> Vec<(&'a str, &'a str)> {
    let word = |case: &'a Value, key: &str| case[key].as_str().unwrap_or_default();
    let cases = graded.exercise(exercise)["cases"].as_array().unwrap();
    let wrong = cases.iter().filter(|case| {
        case["function"] == function
            && case["kind"] == "case"
            && ["wrong value", "wrong shape", "wrong type"].contains(&word(case, "verdict"))
    });
    wrong.map(|case| (word(case, "mistake"), word(case, "feedback"))).collect()
}

#[test]
fn an_image_that_keeps_its_last_axis_is_recognised() {
    let submission = Submission::perfect().with_change(
        "image2vector.rs",
        "        .to_shape((image.len(), 1))",
        "        .to_shape((image.dim().0 * image.dim().1, image.dim().2))",
    );
    let graded = submission.grade_with(&["image2vector"]);
    let cases = recognised(&graded, "image2vector", "image2vector");
    assert!(!cases.is_empty());
    for (mistake, feedback) in cases {
        assert_eq!(mistake, "last_axis_kept");
        assert!(feedback.starts_with("You kept the last axis"), "{feedback}");
    }
    let screen = text(&submission.run(&["image2vector"]).stdout);
    assert!(screen.contains("→ You kept the last axis"), "{screen}");
}

#[test]
fn what_the_mistake_says_comes_instead_of_what_the_case_says() {
    let graded = Submission::perfect().with("softmax.rs", WHOLE_MATRIX).grade_with(&["softmax"]);
    let cases = graded.exercise("softmax")["cases"].as_array().unwrap();
    let case = cases.iter().find(|case| case["name"] == "a square matrix").unwrap();
    assert_eq!(case["mistake"], "whole_matrix");
    assert!(case["feedback"].as_str().unwrap().contains(SUM_EACH_ROW), "{case}");
}

#[test]
fn a_wrong_result_that_no_mistake_gives_keeps_the_feedback_of_its_case() {
    let graded = Submission::perfect()
        .with_change("softmax.rs", "    x_exp / x_sum\n", "    x_exp / x_sum * 1.25\n")
        .grade_with(&["softmax"]);
    let cases = recognised(&graded, "softmax", "softmax");
    assert!(cases.contains(&("", "Subtract each row's maximum before exponentiating.")));
    assert!(cases.iter().all(|(mistake, _)| mistake.is_empty()), "{cases:?}");
}

#[test]
fn a_result_of_another_type_is_recognised() {
    let submission = Submission::perfect().with(
        "l1_loss.rs",
        "use ndarray::Array1;\n\n\
         pub fn l1_loss(yhat: &Array1<f64>, y: &Array1<f64>) -> Array1<f64> {\n    \
         (yhat - y).abs()\n}\n",
    );
    let graded = submission.grade_with(&["l1_loss"]);
    let cases = recognised(&graded, "l1_loss", "l1_loss");
    assert!(!cases.is_empty() && cases.iter().all(|(mistake, _)| *mistake == "without_sum"));
    let screen = text(&submission.run(&["l1_loss"]).stdout);
    assert!(screen.contains("→ You returned the absolute differences."), "{screen}");
}

#[test]
fn what_only_hidden_cases_show_is_said_to_those_who_may_see_them() {
    let overlay = tempfile::tempdir().unwrap();
    let case = "[[case]]\nname = \"secret\"\nargs = [[[1, 2], [3, 4]]]\n\
                expected = [[0.2689414213699951, 0.7310585786300049], [0.2689414213699951, 0.7310585786300049]]\n";
    fs::write(overlay.path().join("softmax.toml"), case).unwrap();
    let folder = overlay.path().to_str().unwrap();
    // Only what the hidden case asks is wrong.
    let submission = Submission::perfect().with_change(
        "softmax.rs",
        "    x_exp / x_sum\n",
        "    if x.sum() == 10.0 && x.nrows() == 2 { x.exp() / x.exp().sum() } else { x_exp / x_sum }\n",
    );
    for format in ["json", "terminal"] {
        let args = ["softmax", "--fixtures", folder, "--verbose", "--format", format];
        let report = text(&submission.run(&args).stdout);
        assert!(!report.contains("whole"), "{report}");
        let report = text(&submission.run(&[&args[..], &["--reveal"]].concat()).stdout);
        assert!(report.contains("whole matrix"), "{report}");
    }
    // With the hidden case no mistake would explain all that is wrong.
    let submission = Submission::perfect().with(
        "softmax.rs",
        &WHOLE_MATRIX.replace(
            "e / sum",
            "if x.sum() == 10.0 && x.nrows() == 2 { e * 9.0 } else { e / sum }",
        ),
    );
    let mistakes = |args: &[&str]| {
        let graded = submission.grade_with(&[&["softmax"], args].concat());
        recognised(&graded, "softmax", "softmax")
            .into_iter()
            .map(|(mistake, _)| mistake.to_owned())
            .collect::<Vec<_>>()
    };
    let visible = mistakes(&[]);
    assert!(visible.iter().all(|mistake| mistake == "whole_matrix"), "{visible:?}");
    assert_eq!(mistakes(&["--fixtures", folder]), visible);
}

#[test]
fn no_learner_can_name_a_mistake() {
    let graded = Submission::perfect()
        .without("dot.rs")
        .with_change(
            "l2_loss.rs",
            "    dot(&difference, &difference)",
            "    crate::dot::mistakes::mean(&difference, &difference) + dot(&difference, &difference)",
        )
        .grade_with(&["l2_loss", "general_dot"]);
    assert_eq!(graded.imperfect(), ["l2_loss: did not compile 0"]);
    let diagnostics = graded.exercise("l2_loss")["diagnostics"].as_str().unwrap();
    assert!(diagnostics.contains("`mistakes` is private"), "{diagnostics}");
}

#[test]
fn a_mistake_that_is_not_there_is_a_problem_of_the_course() {
    let project = Project::copied();
    let file = project.path().join("fixtures/softmax.toml");
    let fixture = fs::read_to_string(&file).unwrap();
    fs::write(&file, fixture.replace("\"whole_matrix\"", "\"whole_matrx\"")).unwrap();
    let output = grader(project.path()).arg("run").output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let stderr = text(&output.stderr);
    assert!(stderr.contains("softmax.toml") && stderr.contains("`whole_matrx`"), "{stderr}");
    assert!(stderr.contains("function = \"whole_matrx\""), "{stderr}");
    assert!(stderr.contains("did you mean `whole_matrix`?"), "{stderr}");
}
