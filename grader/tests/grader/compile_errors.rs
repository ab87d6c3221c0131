//! What does not compile costs its own exercise.

use crate::project::{Submission, grader, root, text};

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
    assert_eq!(graded.on_references(), ["sigmoid_derivative: sigmoid", "l2_loss: dot"]);
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
        (
            "l1_loss.rs",
            "pub fn l1_loss(_: &Array1<f64>, _: &Array1<f64>) -> ndarray::Array0<f64> { ndarray::arr0(1.1) }",
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
    assert_eq!(graded.on_references(), ["sigmoid_derivative: sigmoid"]);
    let message = &graded.case("sigmoid", "not implemented")["message"];
    assert_eq!(message, "alice/sigmoid.rs is missing");
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
    assert_eq!(graded.on_references(), ["sigmoid_derivative: sigmoid"]);
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
        .with_switches("no-look")
        .grade();
    assert_eq!(graded.imperfect(), ["multiply: did not compile 0"]);
    assert_eq!(graded.on_references(), Vec::<String>::new());
}

#[test]
fn an_error_without_a_line_beside_a_lent_reference_costs_one_exercise() {
    let declaration =
        "use ndarray::ArrayD;\n\nunsafe extern \"C\" {\n    safe fn nowhere_at_all();\n}";
    let graded = Submission::perfect()
        .with("vector_ops.rs", "nonsense")
        .with_change("sigmoid.rs", "use ndarray::ArrayD;", declaration)
        .with_change("sigmoid.rs", "-> ArrayD<f64> {", "-> ArrayD<f64> {\n    nowhere_at_all();")
        .with_switches("no-look")
        .grade();
    assert_eq!(graded.imperfect(), ["vector_ops: did not compile 0", "sigmoid: did not compile 0"]);
    assert_eq!(graded.on_references(), ["sigmoid_derivative: sigmoid, vector_ops"]);
}

#[test]
fn a_renamed_import_is_followed_through_as_well() {
    let graded = Submission::perfect()
        .with_change("sigmoid.rs", "&exp(&-x), 1.0", "&exp(&-x), 2.0")
        .with_change(
            "sigmoid_derivative.rs",
            "use crate::sigmoid::sigmoid;",
            "use crate::sigmoid as s;",
        )
        .with_change("sigmoid_derivative.rs", "sigmoid(x)", "s::sigmoid(x)")
        .grade();
    assert_eq!(graded.verdict("sigmoid_derivative"), "passed");
    assert_eq!(graded.on_references(), ["sigmoid_derivative: sigmoid"]);
}

#[test]
fn an_error_of_its_own_is_shown_beside_a_lent_reference() {
    let graded = Submission::perfect()
        .without("vector_ops.rs")
        .with_change(
            "sigmoid.rs",
            "-> ArrayD<f64> {",
            "-> ArrayD<f64> {\n    let x: f64 = \"text\";",
        )
        .grade();
    assert_eq!(graded.verdict("sigmoid"), "did not compile");
    let diagnostics = graded.exercise("sigmoid")["diagnostics"].as_str().unwrap();
    assert!(diagnostics.contains("mismatched types"), "{diagnostics}");
}

#[test]
fn a_helper_that_nobody_uses_costs_nothing() {
    let endless = "const N: u64 = { let mut n = 0; loop { n += 1; if n == 0 { break n } } };\n\
                   pub fn n() -> u64 {\n    N\n}\n";
    let graded = Submission::perfect().with("stats.rs", endless).with("gen.rs", "(").grade();
    assert_eq!(graded.imperfect(), Vec::<String>::new());
}

#[test]
fn a_folder_may_have_any_name() {
    for name in ["worker", "grader.rs", "output.bin", "incremental.d", "bench.lock", "a b\"c", "σ"]
    {
        let output = Submission::named(name).run(&["--quiet", "--fail-under", "100"]);
        assert!(output.status.success(), "{name}: {output:?}");
    }
}

#[test]
fn without_a_linker_nothing_is_graded_and_nothing_is_remembered() {
    // Its content is its own, so that it was not compiled before.
    let nonce = format!("\n// {:?}\n", std::time::SystemTime::now());
    let submission = Submission::perfect().with_change("dot.rs", "\n", &nonce);
    let empty = tempfile::tempdir().unwrap();
    let output = grader(&root())
        .env("PATH", empty.path())
        .args(["run", "--submission"])
        .arg(submission.folder())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    assert!(text(&output.stderr).contains("linker"), "{output:?}");
    assert_eq!(submission.grade().imperfect(), Vec::<String>::new());
}

#[test]
fn a_refused_function_costs_nothing_that_does_not_use_it() {
    let graded = Submission::perfect()
        .with_change(
            "dot.rs",
            "pub fn classic_dot(",
            "pub fn squares(x: &Array1<f64>) -> f64 {\n    x.dot(x)\n}\n\nfn classic_dot(",
        )
        .with_change("l2_loss.rs", "use crate::dot::dot;", "use crate::dot::squares;")
        .with_change("l2_loss.rs", "    dot(&difference, &difference)", "    squares(&difference)")
        .grade();
    assert_eq!(graded.verdict("dot"), "failed");
    assert_eq!(graded.verdict("l2_loss"), "passed");
    assert_eq!(graded.on_references(), Vec::<String>::new());
}

#[test]
fn a_dependency_of_another_type_is_replaced_by_the_reference() {
    let graded = Submission::perfect()
        .with_change(
            "dot.rs",
            "pub fn dot(x1: &Array1<f64>, x2: &Array1<f64>) -> f64",
            "pub fn dot(x1: &Array1<f64>, x2: &Array1<f64>) -> Array1<f64>",
        )
        .with_change("dot.rs", "x1.dot(x2)", "x1 * x2")
        .grade();
    assert_eq!(graded.verdict("dot"), "failed");
    assert_eq!(graded.verdict("l2_loss"), "passed");
    assert_eq!(graded.on_references(), ["l2_loss: dot"]);
}

#[test]
fn a_generic_function_is_of_a_wrong_type_whatever_else_is_wrong() {
    let graded = Submission::perfect()
        .with_change("dot.rs", "pub fn dot(", "pub fn dot<T>(")
        .with_change("outer.rs", "pub fn outer(", "pub fn outre(")
        .grade();
    assert_eq!(graded.verdict("dot"), "failed");
    assert_eq!(graded.verdict("outer"), "failed");
    assert_eq!(graded.verdict("l2_loss"), "passed");
}

#[test]
fn a_helper_that_hands_on_a_broken_dependency_is_condemned_for_nobody_else() {
    let helped = |l1_loss: &str| {
        Submission::perfect()
            .with_change("dot.rs", "pub fn dot(", "pub fn dot((")
            .with("stats.rs", "pub use crate::dot::*;\n\npub fn zero() -> f64 {\n    0.0\n}\n")
            .with_change("l2_loss.rs", "use crate::dot::dot;", "use crate::stats::dot;")
            .with_change("l1_loss.rs", "use ndarray::Array1;", l1_loss)
            .grade()
    };
    let alone = helped("use ndarray::Array1;");
    assert_eq!(alone.imperfect(), ["dot: did not compile 0"]);
    assert_eq!(alone.on_references(), ["l2_loss: dot"]);
    let both = helped("use ndarray::Array1;\n\nconst _ZERO: fn() -> f64 = crate::stats::zero;");
    assert_eq!(both.imperfect(), ["dot: did not compile 0", "l1_loss: blocked 0"]);
}

#[test]
fn helpers_behind_a_lent_reference_do_not_matter() {
    let graded = Submission::perfect()
        .with_change(
            "dot.rs",
            "use ndarray::Array1;",
            "use crate::near::y as _;\nuse ndarray::Array1;",
        )
        .with("near.rs", "pub fn y() -> u8 {\n    crate::far::z()\n}\n")
        .with("far.rs", "pub fn z() -> u8 {\n    \"\"\n}\n")
        .grade();
    assert_eq!(graded.imperfect(), ["dot: blocked 0"]);
    assert_eq!(graded.on_references(), ["l2_loss: dot"]);
}

#[test]
fn what_is_graded_beside_an_exercise_changes_nothing_for_it() {
    let submission = Submission::perfect()
        .with_change("vector_ops.rs", "x.exp()", "x + 1.0")
        .with(
            "sigmoid.rs",
            "use ndarray::ArrayD;\n\npub fn sigmoid(x: &ArrayD<f64>) -> ArrayD<f64> {\n    \
             x.mapv(|x| 1.0 / (1.0 + (-x).exp()))\n}\n",
        )
        .with(
            "sigmoid_derivative.rs",
            "use ndarray::ArrayD;\n\nuse crate::vector_ops::exp;\n\n\
             pub fn sigmoid_derivative(x: &ArrayD<f64>) -> ArrayD<f64> {\n    \
             let s = 1.0 / (1.0 + exp(&-x));\n    &s * (1.0 - &s)\n}\n",
        );
    for args in [&[][..], &["sigmoid_derivative"]] {
        let graded = submission.grade_with(args);
        assert_eq!(graded.verdict("sigmoid_derivative"), "passed");
        assert_eq!(graded.on_references(), ["sigmoid_derivative: vector_ops"]);
    }
}
