//! Inputs made from a seed: what they catch, what they show, and that a second run repeats them.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::project::{Graded, Submission, grader, root, text};

/// The report of one case.
fn case<'a>(graded: &'a Graded, exercise: &str, name: &str) -> &'a Value {
    let cases = graded.exercise(exercise)["cases"].as_array().unwrap();
    cases
        .iter()
        .find(|case| case["name"] == name)
        .unwrap_or_else(|| panic!("no {name}: {cases:#?}"))
}

/// A folder with one fixture, to be laid over the course.
fn overlay(file: &str, fixture: &str) -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(file), fixture).unwrap();
    let path = folder.path().to_str().unwrap().to_owned();
    (folder, path)
}

/// A loss that is wrong where a difference is near a third, which no written case asks.
fn subtly_wrong() -> Submission {
    Submission::perfect().with(
        "l1_loss.rs",
        "use ndarray::Array1;\n\n\
         pub fn l1_loss(yhat: &Array1<f64>, y: &Array1<f64>) -> f64 {\n    \
         let d = (yhat - y).abs();\n    \
         d.iter().map(|d| if (*d - 0.35).abs() < 0.06 { 0.0 } else { *d }).sum()\n}\n",
    )
}

#[test]
fn what_no_written_case_asks_is_found_and_shown_as_simply_as_possible() {
    let submission = subtly_wrong();
    let graded = submission.grade_with(&["l1_loss"]);
    let wrong: Vec<&Value> = graded.exercise("l1_loss")["cases"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|case| case["verdict"] != "passed")
        .collect();
    assert_eq!(wrong.len(), 1, "{wrong:#?}");
    let case = wrong[0];
    assert_eq!((&case["kind"], &case["verdict"]), (&"generated".into(), &"wrong value".into()));
    // One prediction is enough, and one digit.
    let args: Vec<&str> =
        case["args"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    assert!(["[0.3]", "[0.4]", "[0.6]", "[0.7]"].contains(&args[0]), "{args:?}");
    let message = case["message"].as_str().unwrap();
    assert!(message.starts_with("wrong for ") && message.contains("of 20 inputs"), "{message}");
    assert!(message.contains("seed 20190529"), "{message}");
    let screen = text(&submission.run(&["l1_loss"]).stdout);
    assert!(screen.contains(&format!("l1_loss({}", args[0])), "{screen}");
    assert!(screen.contains("of 20 inputs; the simplest found (seed 20190529)"), "{screen}");
}

#[test]
fn a_second_run_repeats_the_inputs_and_another_seed_makes_others() {
    let submission = Submission::perfect().with_change("dot.rs", "x1.dot(x2)", "x1.dot(x2) * 1.5");
    let run = |args: &[&str]| {
        let mut report = submission.grade_with(&[&["dot"], args].concat()).0;
        let cases = report["exercises"][0]["cases"].as_array_mut().unwrap();
        cases.iter_mut().for_each(|case| _ = case.as_object_mut().unwrap().remove("duration_ms"));
        cases.clone()
    };
    let first = run(&[]);
    assert_eq!(first, run(&[]));
    let other = run(&["--seed", "7"]);
    assert_ne!(first, other);
    let messages: Vec<&str> = other.iter().filter_map(|case| case["message"].as_str()).collect();
    assert!(messages.iter().any(|message| message.contains("seed 7")), "{messages:?}");
}

#[test]
fn a_property_says_what_is_violated_where() {
    let graded = Submission::perfect()
        .with_change("softmax.rs", "    x_exp / x_sum\n", "    x_exp / (x_sum + 0.5)\n")
        .grade_with(&["softmax"]);
    let case = case(&graded, "softmax", "each row sums to 1");
    assert_eq!((&case["kind"], &case["verdict"]), (&"property".into(), &"wrong value".into()));
    assert_eq!(case["args"], serde_json::json!(["[[0.0]]"]));
    assert_eq!(case["expected"], "every sum along axis 1 is 1");
    let message = case["message"].as_str().unwrap();
    assert!(message.starts_with("wrong for 20 of 20 inputs"), "{message}");
    assert!(
        message.ends_with("the sum along axis 1 at [0] is 0.6666666666666666, and should be 1"),
        "{message}"
    );
}

#[test]
fn a_derivative_is_checked_against_the_function() {
    let graded = Submission::perfect()
        .with_change("sigmoid_derivative.rs", "&s * (1.0 - &s)", "&s * (1.0 - &s) * 1.01")
        .grade_with(&["sigmoid_derivative"]);
    let case = case(&graded, "sigmoid_derivative", "the slope of the sigmoid");
    assert_eq!(case["verdict"], "wrong value");
    assert_eq!(case["args"], serde_json::json!(["[0.0]"]));
    let expected = case["expected"].as_str().unwrap();
    assert!(expected.starts_with("[0.25") || expected.starts_with("[0.2499999"), "{expected}");
}

#[test]
fn an_input_with_nan_is_made_simpler_too() {
    let fixture = "[[generated]]\nname = \"numbers\"\nfunction = \"exp\"\n\
        args = [{ shape = [\"1..=40\"], range = [0, 1], specials = [\"nan\"] }]\n";
    let (_folder, path) = overlay("vector_ops.toml", fixture);
    let graded = Submission::perfect()
        .with_change(
            "vector_ops.rs",
            "x.exp()",
            "x.mapv(|v| if v.is_nan() { 0.5 } else { v.exp() })",
        )
        .grade_with(&["vector_ops", "--fixtures", &path, "--reveal"]);
    let case = case(&graded, "vector_ops", "numbers");
    assert_eq!(case["args"], serde_json::json!(["[nan]"]), "{case}");
}

#[test]
fn properties_earn_nothing_without_a_right_value() {
    let constant = "use ndarray::Array1;\n\n\
        pub fn l1_loss(_: &Array1<f64>, _: &Array1<f64>) -> f64 {\n    -1.0\n}\n";
    let graded = Submission::perfect().with("l1_loss.rs", constant).grade_with(&["l1_loss"]);
    assert_eq!(graded.exercise("l1_loss")["score"], 0);
    let case = case(&graded, "l1_loss", "only differences count");
    assert_eq!(case["verdict"], "wrong value");
    assert_eq!(
        case["message"],
        "the property holds, and counts once `l1_loss` gives a right value"
    );
}

#[test]
fn a_wrong_result_for_a_made_input_is_recognised_as_a_mistake() {
    let graded = Submission::perfect()
        .with_change("l2_loss.rs", "dot(&", "0.5 * dot(&")
        .grade_with(&["l2_loss"]);
    let case = case(&graded, "l2_loss", "random predictions");
    assert_eq!(case["mistake"], "half", "{case}");
}

#[test]
fn what_hangs_on_made_inputs_leaves_the_written_cases_alone() {
    let submission = Submission::perfect().with(
        "hello_world.rs",
        "pub fn hello_world() -> String {\n    \"Hello World\".into()\n}\n",
    );
    let submission = submission.with(
        "l1_loss.rs",
        "use ndarray::Array1;\n\n\
         pub fn l1_loss(yhat: &Array1<f64>, y: &Array1<f64>) -> f64 {\n    \
         // No written case has so many.\n    \
         while yhat.len() > 9 {}\n    (yhat - y).abs().sum()\n}\n",
    );
    let graded = submission.grade_with(&["l1_loss"]);
    let cases = graded.exercise("l1_loss")["cases"].as_array().unwrap();
    for case in cases.iter().filter(|case| case["kind"] == "case") {
        assert_eq!(case["verdict"], "passed", "{case}");
    }
    assert_eq!(case(&graded, "l1_loss", "random predictions")["verdict"], "timed out");
}

#[test]
fn a_result_that_depends_on_earlier_calls_is_wrong_for_made_inputs_too() {
    let graded = Submission::perfect()
        .with(
            "l1_loss.rs",
            "use std::sync::atomic::{AtomicU64, Ordering};\n\nuse ndarray::Array1;\n\n\
             static CALLS: AtomicU64 = AtomicU64::new(0);\n\n\
             pub fn l1_loss(yhat: &Array1<f64>, y: &Array1<f64>) -> f64 {\n    \
             let calls = CALLS.fetch_add(1, Ordering::Relaxed);\n    \
             let loss = (yhat - y).abs().sum();\n    \
             // Called first, an input with many elements is one that was made.\n    \
             if calls < 40 && yhat.len() > 9 { loss + 1.0 } else { loss }\n}\n",
        )
        .grade_with(&["l1_loss"]);
    let case = case(&graded, "l1_loss", "random predictions");
    assert_eq!(case["verdict"], "wrong value", "{case}");
}

#[test]
fn hidden_trials_show_nothing() {
    let fixture = "[[generated]]\nname = \"secret inputs\"\nfeedback = \"secret feedback\"\n\
        args = [{ shape = [2, 2], range = [700.5, 701.5] }]\n\
        [[property]]\nname = \"secret law\"\nholds = { sum = 77 }\n\
        args = [{ shape = [2, 2], range = [700.5, 701.5] }]\n";
    let (_folder, path) = overlay("softmax.toml", fixture);
    let submission = Submission::perfect().with_change(
        "softmax.rs",
        "    x_exp / x_sum\n",
        "    println!(\"{x}\");\n    x_exp / x_sum\n",
    );
    for format in ["json", "terminal"] {
        let args = ["softmax", "--fixtures", &path, "--verbose", "--format", format];
        let report = text(&submission.run(&args).stdout);
        assert!(!report.contains("secret") && !report.contains("[[70"), "{report}");
        let report = text(&submission.run(&[&args[..], &["--reveal"]].concat()).stdout);
        assert!(report.contains("secret law") && report.contains("77"), "{report}");
    }
}

#[test]
fn a_reference_that_cannot_judge_is_no_fault_of_the_learner() {
    let fixture = "[[generated]]\nname = \"numbers\"\nargs = [{ range = [0, 1] }]\n";
    let (_folder, path) = overlay("softmax.toml", fixture);
    let output = Submission::perfect().run(&["softmax", "--fixtures", &path]);
    assert_eq!(output.status.code(), Some(2));
    let error = text(&output.stderr);
    assert!(error.contains("the references cannot judge a hidden case"), "{error}");
    assert!(!error.contains("numbers"), "{error}");
    let check = grader(&root()).args(["check", "--fixtures", &path]).output().unwrap();
    assert_eq!(check.status.code(), Some(2));
    let said = text(&check.stdout) + &text(&check.stderr);
    let place = format!("{path}/softmax.toml:2:");
    for part in [&*place, "cannot judge `numbers`", "does not take the arguments"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn specials_and_integers_reach_the_function() {
    let fixture = "[[generated]]\nname = \"specials\"\nfunction = \"exp\"\n\
        args = [{ shape = [40], range = [0, 3], integers = true, specials = [\"inf\", \"-inf\", \"nan\"] }]\n";
    let (_folder, path) = overlay("vector_ops.toml", fixture);
    let args = ["vector_ops", "--fixtures", &path, "--reveal"];
    let broken = |condition: &str| {
        let change = format!("x.mapv(|v| if {condition} {{ 0.5 }} else {{ v.exp() }})");
        let submission = Submission::perfect().with_change("vector_ops.rs", "x.exp()", &change);
        let graded = submission.grade_with(&args);
        case(&graded, "vector_ops", "specials")["verdict"].as_str().unwrap().to_owned()
    };
    for condition in ["v == f64::INFINITY", "v == f64::NEG_INFINITY", "v.is_nan()", "v == 3.0"] {
        assert_eq!(broken(condition), "wrong value", "{condition}");
    }
    for never in ["v.is_finite() && v.fract() != 0.0", "v.is_finite() && !(0.0..=3.0).contains(&v)"]
    {
        assert_eq!(broken(never), "passed", "{never}");
    }
}
