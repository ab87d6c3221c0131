//! What does not compile costs its own exercise.

use crate::project::Submission;

#[test]
fn three_broken_files_leave_the_others_as_they_were() {
    let graded = Submission::perfect()
        .with_change(
            "softmax.rs",
            "-> Array2<f64> {",
            "-> Array2<f64> {\n    let x: f64 = \"text\";",
        )
        .with_change("dot.rs", "pub fn dot(", "pub fn dot((")
        .with_change("sigmoid.rs", "pub fn sigmoid(", "pub fn sigmiod(")
        .grade();
    assert_eq!(
        graded.imperfect(),
        ["sigmoid: failed 0", "softmax: did not compile 0", "dot: did not compile 0"]
    );
    let diagnostics = |name: &str| graded.exercise(name)["diagnostics"].as_str().unwrap();
    assert!(diagnostics("softmax").contains("mismatched types"), "{}", diagnostics("softmax"));
    assert!(diagnostics("softmax").contains("--> alice/softmax.rs:"), "{}", diagnostics("softmax"));
    assert!(diagnostics("dot").contains("--> alice/dot.rs:"), "{}", diagnostics("dot"));
    assert!(diagnostics("sigmoid").contains("cannot find value `sigmoid`"));
    assert!(graded.case_verdicts("sigmoid").iter().all(|verdict| *verdict == "wrong type"));
    // Those that call a broken one are graded on the reference, and say so.
    for (name, dependency) in
        [("sigmoid_derivative", "sigmoid"), ("l2_loss", "dot"), ("general_dot", "dot")]
    {
        assert_eq!(graded.exercise(name)["follow_through"][0], dependency);
    }
    assert!(graded.exercise("outer")["follow_through"].is_null());
}

#[test]
fn a_wrong_signature_is_shown_beside_the_wanted_one() {
    let graded = Submission::perfect()
        .with(
            "basic_sigmoid.rs",
            "pub fn basic_sigmoid(x: std::time::Instant) -> f64 {\n    x.elapsed().as_secs_f64()\n}\n",
        )
        .grade();
    assert_eq!(graded.imperfect(), ["basic_sigmoid: failed 0"]);
    let case = graded.case("basic_sigmoid", "wrong type");
    let message = case["message"].as_str().unwrap();
    assert!(message.contains("wanted: pub fn basic_sigmoid(x: f64) -> f64"), "{message}");
    assert!(
        message.contains("yours:  pub fn basic_sigmoid(x: std::time::Instant) -> f64"),
        "{message}"
    );
}

#[test]
fn one_wrong_function_leaves_the_other_of_its_file() {
    let graded = Submission::perfect()
        .with_change("outer.rs", "pub fn classic_outer(", "fn classic_outer(")
        .grade();
    assert_eq!(graded.verdict("outer"), "failed");
    let verdicts = graded.case_verdicts("outer");
    let passed = verdicts.iter().filter(|verdict| **verdict == "passed").count();
    let wrong = verdicts.iter().filter(|verdict| **verdict == "wrong type").count();
    assert!(passed > 0 && wrong > 0 && passed + wrong == verdicts.len(), "{verdicts:?}");
    assert!(graded.exercise("outer")["diagnostics"].as_str().unwrap().contains("private"));
}

#[test]
fn a_result_of_another_kind_is_a_wrong_type() {
    for (file, body) in [
        ("l1_loss.rs", "pub fn l1_loss(_: &Array1<f64>, _: &Array1<f64>) -> i64 { 1 }"),
        (
            "l1_loss.rs",
            "pub fn l1_loss(_: &Array1<f64>, _: &Array1<f64>) -> Array1<f64> { ndarray::array![0.0] }",
        ),
    ] {
        let text = format!("use ndarray::Array1;\n{body}\n");
        let graded = Submission::perfect().with(file, &text).grade();
        assert_eq!(graded.imperfect(), ["l1_loss: failed 0"]);
        assert!(graded.case_verdicts("l1_loss").iter().all(|verdict| *verdict == "wrong type"));
    }
}

#[test]
fn arguments_may_be_owned_or_viewed() {
    let graded = Submission::perfect()
        .with(
            "l1_loss.rs",
            "use ndarray::{Array1, ArrayView1};\n\
             pub fn l1_loss(yhat: ArrayView1<'_, f64>, y: Array1<f64>) -> f64 {\n    \
             (&yhat - &y).mapv(f64::abs).sum()\n}\n",
        )
        .with(
            "l2_loss.rs",
            "pub fn l2_loss(yhat: &[f64], y: Vec<f64>) -> f64 {\n    \
             yhat.iter().zip(&y).map(|(a, b)| (a - b).powi(2)).sum()\n}\n",
        )
        .grade();
    assert_eq!(graded.imperfect(), Vec::<String>::new());
}

#[test]
fn a_missing_file_is_not_implemented() {
    let graded = Submission::perfect().without("sigmoid.rs").grade();
    assert_eq!(graded.imperfect(), ["sigmoid: not implemented 0"]);
    assert_eq!(graded.exercise("sigmoid_derivative")["follow_through"][0], "sigmoid");
}

#[test]
fn a_file_that_is_not_text_does_not_compile() {
    let submission = Submission::perfect();
    std::fs::write(submission.folder().join("outer.rs"), b"pub fn outer() {} // \xff\xfe").unwrap();
    let graded = submission.grade();
    assert_eq!(graded.imperfect(), ["outer: did not compile 0"]);
    assert!(graded.exercise("outer")["diagnostics"].as_str().unwrap().contains("not UTF-8"));
}

#[test]
fn a_helper_module_may_be_used_and_its_errors_block_its_users() {
    let helped = |helper: &str| {
        Submission::perfect()
            .with("stats.rs", helper)
            .with(
                "l1_loss.rs",
                "use ndarray::Array1;\nuse crate::stats::total;\n\
                 pub fn l1_loss(yhat: &Array1<f64>, y: &Array1<f64>) -> f64 {\n    \
                 total(&(yhat - y).mapv(f64::abs))\n}\n",
            )
            .grade()
    };
    let good = "pub fn total(x: &ndarray::Array1<f64>) -> f64 {\n    x.sum()\n}\n";
    assert_eq!(helped(good).imperfect(), Vec::<String>::new());
    let graded = helped("pub fn total(x: &ndarray::Array1<f64>) -> f64 {\n    x.summ()\n}\n");
    assert_eq!(graded.imperfect(), ["l1_loss: blocked 0"]);
    let diagnostics = graded.exercise("l1_loss")["diagnostics"].as_str().unwrap();
    assert!(diagnostics.contains("alice/stats.rs:2"), "{diagnostics}");
}

#[test]
fn a_reference_is_lent_only_to_those_that_declare_the_dependency() {
    // `basic_sigmoid` does not declare that it depends on `sigmoid`.
    let graded = Submission::perfect()
        .without("sigmoid.rs")
        .with(
            "basic_sigmoid.rs",
            "pub fn basic_sigmoid(x: f64) -> f64 {\n    \
             crate::sigmoid::sigmoid(&ndarray::arr0(x).into_dyn()).sum()\n}\n",
        )
        .grade();
    assert_eq!(graded.imperfect(), ["basic_sigmoid: blocked 0", "sigmoid: not implemented 0"]);
}

#[test]
fn an_exercise_let_down_by_a_wrong_one_earns_its_points_on_the_reference() {
    let graded =
        Submission::perfect().with_change("sigmoid.rs", "&exp(&-x), 1.0", "&exp(&-x), 2.0").grade();
    assert_eq!(graded.verdict("sigmoid"), "failed");
    assert_eq!(graded.verdict("sigmoid_derivative"), "passed");
    assert_eq!(graded.exercise("sigmoid_derivative")["follow_through"][0], "sigmoid");
}

#[test]
fn an_error_without_a_line_costs_one_exercise() {
    // The linker fails: the function is declared and defined nowhere.
    let body = "-> Array1<f64> {";
    let graded = Submission::perfect()
        .with_change("multiply.rs", body, "-> Array1<f64> {\n    nowhere_at_all();")
        .with_change(
            "multiply.rs",
            "use ndarray::Array1;",
            "use ndarray::Array1;\n\nunsafe extern \"C\" {\n    safe fn nowhere_at_all();\n}",
        )
        .grade();
    assert_eq!(graded.imperfect(), ["multiply: did not compile 0"]);
}
