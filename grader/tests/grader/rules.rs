//! What the code of a function must and must not use.

use std::fs;

use crate::project::{Graded, Submission};

/// The dot product by a loop.
const LOOP: &str = "let mut sum = 0.0;\n    for i in 0..x1.len() {\n        \
                    sum += x1[i] * x2[i];\n    }\n    sum";

/// The verdicts on the rules of `dot`, which are two: that for `classic_dot` and that for `dot`.
fn verdicts(graded: &Graded) -> Vec<&str> {
    let cases = graded.exercise("dot")["cases"].as_array().unwrap();
    let rules = cases.iter().filter(|case| case["kind"] == "rule");
    rules.map(|case| case["verdict"].as_str().unwrap()).collect()
}

/// The references, with this for the body of `dot`.
fn with_dot(body: &str) -> Submission {
    Submission::perfect().with_change("dot.rs", "    x1.dot(x2)", &format!("    {body}"))
}

/// The message on the rule of `dot` that is broken.
fn message(graded: &Graded) -> &str {
    graded.case("dot", "rule broken")["message"].as_str().unwrap()
}

/// The lines of `dot.rs` that begin a loop.
fn loops(submission: &Submission) -> Vec<usize> {
    let text = fs::read_to_string(submission.folder().join("dot.rs")).unwrap();
    let lines = text.lines().zip(1..);
    lines.filter(|(line, _)| line.starts_with("    for ")).map(|(_, number)| number).collect()
}

#[test]
fn a_loop_in_a_vectorized_function_costs_that_rule_alone() {
    let submission = with_dot(LOOP);
    let graded = submission.grade();
    assert_eq!(verdicts(&graded), ["passed", "rule broken"]);
    let lost = graded.case_verdicts("dot").into_iter().filter(|it| *it != "passed").count();
    assert_eq!(lost, 1);
    let cases = graded.exercise("dot")["cases"].as_array().unwrap();
    let weight = |case: &serde_json::Value| case["weight"].as_f64().unwrap();
    let all: f64 = cases.iter().map(weight).sum();
    // The exercise is worth 10 points, and the rule weighs 1.
    assert_eq!(graded.imperfect(), [format!("dot: failed {:.2}", 10.0 - 10.0 / all)]);
    let expected = format!(
        "`for` is not allowed in `dot`: use ndarray's methods (alice/dot.rs:{})",
        loops(&submission)[1]
    );
    assert_eq!(message(&graded), expected);
    let rule = graded.case("dot", "rule broken");
    assert_eq!(rule["name"], "dot: without `for`, `while` or `loop`");
    assert_eq!([rule.get("args"), rule.get("expected"), rule.get("actual")], [None; 3]);
}

#[test]
fn a_loop_is_found_in_another_function_and_in_another_file() {
    let submission = with_dot("classic_dot(x1, x2)");
    let graded = submission.grade();
    assert_eq!(verdicts(&graded), ["passed", "rule broken"]);
    let place = format!("(alice/dot.rs:{} in `classic_dot`)", loops(&submission)[0]);
    assert!(message(&graded).ends_with(&place), "{}", message(&graded));

    let total = "pub fn total(x: &ndarray::Array1<f64>) -> f64 {\n    let mut sum = 0.0;\n    \
                 for x in x {\n        sum += x;\n    }\n    sum\n}\n";
    let graded = with_dot("crate::stats::total(&(x1 * x2))").with("stats.rs", total).grade();
    assert_eq!(verdicts(&graded), ["passed", "rule broken"]);
    let place = "(alice/stats.rs:3 in `total`)";
    assert!(message(&graded).ends_with(place), "{}", message(&graded));
}

#[test]
fn a_classic_function_needs_its_loop() {
    let repeated = "for i in 0..x1.len() {\n        sum += x1[i] * x2[i];\n    }";
    let graded =
        Submission::perfect().with_change("dot.rs", repeated, "sum += x1.dot(x2);").grade();
    assert_eq!(verdicts(&graded), ["rule broken", "passed"]);
    assert_eq!(message(&graded), "`classic_dot` needs one of `for`, `while`, `loop`");
}

#[test]
fn a_rule_counts_once_its_function_is_right() {
    let wrong = with_dot("x1.dot(x2) + 1.0").grade();
    assert_eq!(verdicts(&wrong), ["passed", "wrong value"]);
    let cases = wrong.exercise("dot")["cases"].as_array().unwrap();
    assert_eq!(
        cases.last().unwrap()["message"],
        "the rule is kept, and counts once `dot` gives a right value"
    );
    let unwritten = with_dot("todo!(\"loop {x1} {x2}\")").grade();
    assert_eq!(verdicts(&unwritten), ["passed", "not implemented"]);
    let mistyped = Submission::perfect()
        .with_change("dot.rs", "pub fn dot(", "pub fn dot(_flag: bool, ")
        .with_change("l2_loss.rs", "dot(", "classic_dot(")
        .grade();
    assert_eq!(verdicts(&mistyped), ["passed", "wrong type"]);
}

#[test]
fn what_is_missing_or_does_not_compile_breaks_no_rule() {
    let missing = Submission::perfect().without("dot.rs").grade();
    assert_eq!(verdicts(&missing), ["not implemented"; 2]);
    assert_eq!(missing.verdict("dot"), "not implemented");
    let broken = with_dot("let").grade();
    assert_eq!(verdicts(&broken), ["did not compile"; 2]);
    assert_eq!(broken.verdict("dot"), "did not compile");
}

#[test]
fn hidden_rules_are_only_counted() {
    let hidden = tempfile::tempdir().unwrap();
    fs::write(hidden.path().join("dot.toml"), "[rules]\ndot = { forbid = [\"dot\"] }\n").unwrap();
    let folder = hidden.path().to_str().unwrap();
    let graded = Submission::perfect().grade_with(&["dot", "--fixtures", folder]);
    assert_eq!(verdicts(&graded), ["passed", "passed"]);
    let exercise = graded.exercise("dot");
    assert_eq!(exercise["hidden_cases"], serde_json::json!({ "count": 1, "passed": 0 }));
    let graded = Submission::perfect().grade_with(&["dot", "--fixtures", folder, "--reveal"]);
    assert_eq!(verdicts(&graded), ["passed", "passed", "rule broken"]);
}
