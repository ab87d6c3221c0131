//! Results that a careless comparison takes for right ones, and answers without work.

use std::fs;

use crate::attack::{NOTHING, case, costs_nothing, every_call, grade, shown};
use crate::project::{Graded, Submission};

/// Grades a `softmax` of which the whole body is this.
fn answering(body: &str) -> Graded {
    grade(&every_call(&format!("return {{ {body} }};")), NOTHING, &["softmax"])
}

/// No case passes, but those that are said to deserve it, and there is one verdict for each case.
fn only(graded: &Graded, deserved: &[&str]) {
    let cases = graded.exercise("softmax")["cases"].as_array().unwrap();
    assert_eq!(cases.iter().filter(|case| case["kind"] == "case").count(), 12);
    let passed = cases.iter().filter(|case| case["verdict"] == "passed");
    let passed: Vec<_> = passed.map(|case| shown(case, "name")).collect();
    assert_eq!(passed, deserved);
}

#[test]
fn g_01_not_a_number_is_no_number() {
    only(&answering("x * f64::NAN"), &["no rows"]);
    only(&answering("x * 0.0 + f64::INFINITY"), &["no rows"]);
    only(&answering("x * 0.0 - f64::INFINITY"), &["no rows"]);
}

#[test]
fn g_02_an_empty_or_short_result_has_the_wrong_shape() {
    only(&answering("Array2::zeros((0, 0))"), &[]);
    only(&answering("Array2::zeros((0, x.ncols()))"), &["no rows"]);
    only(&answering("Array2::zeros((x.nrows(), 0))"), &[]);
    let graded = answering(
        "fine(x).slice(ndarray::s![..1.min(x.nrows()), ..1.min(x.ncols())]).to_owned() }; } fn fine(x: &Array2<f64>) -> Array2<f64> { {",
    );
    let cases = graded.exercise("softmax")["cases"].as_array().unwrap();
    let written = cases.iter().filter(|case| case["kind"] == "case");
    let passed: Vec<_> = written.filter(|case| case["verdict"] == "passed").collect();
    assert!(passed.iter().all(|case| case["name"] == "a single score"), "{passed:?}");
}

#[test]
fn g_03_a_shape_that_would_broadcast_is_wrong() {
    only(&answering("Array2::from_elem((1, 1), 0.2)"), &[]);
    only(
        &answering(
            "x.mean_axis(Axis(0)).map_or(Array2::zeros((0, 0)), |row| row.insert_axis(Axis(0)) * 0.0 + 0.2)",
        ),
        &[],
    );
    // The equal scores of two rows would be right in a single one.
    let row =
        "if x.nrows() == 2 && x.ncols() == 5 { Array2::from_elem((1, 5), 0.2) } else { x.clone() }";
    only(&answering(row), &["no rows"]);
}

/// A type that is equal to everything is not compared: numbers leave the worker as numbers.
#[test]
fn g_04_a_type_of_one_s_own_is_a_wrong_type() {
    for (result, value) in [
        ("Mine", "Mine"),
        ("Array2<Mine>", "x.mapv(|_| Mine)"),
        ("Box<dyn Fn() -> f64>", "Box::new(|| 0.5)"),
        ("impl Iterator<Item = f64>", "x.clone().into_iter()"),
    ] {
        let source = format!(
            "use ndarray::Array2;\n#[derive(Clone, Copy, Debug)]\npub struct Mine;\n\
             impl PartialEq for Mine {{ fn eq(&self, _: &Self) -> bool {{ true }} }}\n\
             impl PartialOrd for Mine {{ fn partial_cmp(&self, _: &Self) -> Option<std::cmp::Ordering> {{ None }} }}\n\
             impl PartialEq<f64> for Mine {{ fn eq(&self, _: &f64) -> bool {{ true }} }}\n\
             pub fn softmax(x: &Array2<f64>) -> {result} {{\n    let _ = x;\n    {value}\n}}\n"
        );
        let graded =
            grade(&Submission::perfect().with("softmax.rs", &source), NOTHING, &["softmax"]);
        assert_eq!(graded.imperfect(), ["softmax: failed 0"], "{result}");
        let verdicts = graded.case_verdicts("softmax");
        assert!(verdicts.iter().all(|verdict| *verdict == "wrong type"), "{result}: {verdicts:?}");
    }
}

/// The harness's traits for a type of one's own, so that it goes out as a right value would.
#[test]
fn g_04_the_harness_s_traits_give_a_learner_nothing() {
    let source = "use ndarray::Array2;\npub struct Mine;\n\
        impl ::harness::IntoValue for Mine {\n    \
        fn into_value(self) -> ::harness::Value { ::harness::Value::None }\n}\n\
        pub fn softmax(_: &Array2<f64>) -> Mine {\n    Mine\n}\n";
    let graded = grade(&Submission::perfect().with("softmax.rs", source), NOTHING, &["softmax"]);
    let earned = graded.exercise("softmax")["score"].as_f64();
    assert_eq!(earned, Some(0.0));
}

/// The cases that everybody can see, learnt by heart.
const BY_HEART: &str = "let right = |x: &Array2<f64>| { let m = x.fold_axis(Axis(1), f64::NEG_INFINITY, |&a, &b| a.max(b)).insert_axis(Axis(1)); let e = (x - &m).exp(); let s = e.sum_axis(Axis(1)).insert_axis(Axis(1)); e / s };
    let seen = [9.0, 1000.0, -1000.0, 1.0, 3.0, 0.5, -1.0, 0.0, -42.0];
    return if x.first().is_none_or(|first| seen.contains(first)) { right(x) } else { Array2::zeros(x.dim()) };";

#[test]
fn g_05_cases_learnt_by_heart_fail_made_inputs_and_hidden_ones() {
    let submission = every_call(BY_HEART);
    let graded = grade(&submission, NOTHING, &["softmax"]);
    for case in graded.exercise("softmax")["cases"].as_array().unwrap() {
        match case["kind"].as_str() {
            Some("case") => assert_eq!(case["verdict"], "passed", "{case}"),
            Some("generated") => assert_eq!(case["verdict"], "wrong value", "{case}"),
            // What is always the same is the same whatever is added.
            _ => assert_eq!(case["kind"], "property"),
        }
    }
    let overlay = tempfile::tempdir().unwrap();
    let cases = "[[case]]\nname = \"another\"\nargs = [[[2, 2], [5, 5]]]\nexpected = [[0.5, 0.5], [0.5, 0.5]]\n";
    fs::write(overlay.path().join("softmax.toml"), cases).unwrap();
    let folder = overlay.path().to_str().unwrap();
    let graded = grade(&submission, NOTHING, &["softmax", "--fixtures", folder]);
    assert_eq!(graded.verdict("softmax"), "failed");
    let hidden = &graded.exercise("softmax")["hidden_cases"];
    assert_eq!((&hidden["count"], &hidden["passed"]), (&1.into(), &0.into()));
    // The references know it.
    let folder = ["softmax", "--fixtures", folder];
    costs_nothing(&grade(&Submission::perfect(), NOTHING, &folder));
}

/// Whoever ends the worker early has no fewer cases to answer for.
#[test]
fn g_06_cases_that_are_not_answered_count() {
    let graded = answering("if x.ncols() == 2 { x.clone() } else { std::process::exit(0) }");
    only(&graded, &[]);
    let score = graded.exercise("softmax")["score"].as_f64().unwrap();
    assert!(score < 0.01, "{score}");
    let file = "use ndarray::Array2;\n#[cfg(any())]\npub fn softmax(x: &Array2<f64>) -> Array2<f64> {\n    x.clone()\n}\n";
    let missing = grade(&Submission::perfect().with("softmax.rs", file), NOTHING, &["softmax"]);
    only(&missing, &[]);
}

/// A tolerance is no room for a constant: neither zero for what is small, nor a part of what is
/// large.
#[test]
fn g_07_what_is_nearly_right_is_wrong() {
    only(&answering("Array2::zeros(x.dim())"), &["no rows"]);
    let graded = answering(
        "let e = x.exp(); let s = e.sum_axis(Axis(1)).insert_axis(Axis(1)); e / s * 1.000_001",
    );
    only(&graded, &["no rows"]);
    // Small values: an L2 loss of 0.0014 is not nothing, a huge one is not infinite.
    let l1 = |body: &str| {
        let source = format!(
            "use ndarray::Array1;\npub fn l1_loss(yhat: &Array1<f64>, y: &Array1<f64>) -> f64 {{\n    {body}\n}}\n"
        );
        let graded =
            grade(&Submission::perfect().with("l1_loss.rs", &source), NOTHING, &["l1_loss"]);
        let cases = graded.exercise("l1_loss")["cases"].as_array().unwrap();
        let written = cases.iter().filter(|case| case["kind"] == "case");
        written.filter(|case| case["verdict"] == "passed").count()
    };
    assert_eq!(l1("(y - yhat).abs().sum() * (1.0 + 1e-6)"), 2);
    assert_eq!(l1("_ = (yhat, y); f64::MAX"), 0);
    assert!(l1("_ = (yhat, y); 4.0") <= 2);
}

/// Each call has arguments of its own: what a function does to them is its own business.
#[test]
fn g_08_changed_arguments_change_nothing_else() {
    let source = "use ndarray::Array2;\npub fn softmax(mut x: Array2<f64>) -> Array2<f64> {\n    \
        let right = own(&x);\n    x.fill(f64::NAN);\n    right\n}\n\
        fn own(x: &Array2<f64>) -> Array2<f64> {\n    \
        let row_max = x.fold_axis(ndarray::Axis(1), f64::NEG_INFINITY, |&a, &b| a.max(b));\n    \
        let e = (x - &row_max.insert_axis(ndarray::Axis(1))).exp();\n    \
        let sum = e.sum_axis(ndarray::Axis(1)).insert_axis(ndarray::Axis(1));\n    e / sum\n}\n";
    costs_nothing(&grade(&Submission::perfect().with("softmax.rs", source), NOTHING, &["softmax"]));
    // A result that is a view of the argument.
    let aliasing = "use ndarray::{Array2, ArrayView2};\npub fn softmax(x: ArrayView2<'_, f64>) -> ArrayView2<'_, f64> {\n    x\n}\n";
    let graded = grade(&Submission::perfect().with("softmax.rs", aliasing), NOTHING, &["softmax"]);
    only(
        &graded,
        if graded.case_verdicts("softmax")[0] == "wrong type" { &[] } else { &["no rows"] },
    );
}

/// Warnings and messages on standard error cost nothing, neither of rustc nor of the function.
#[test]
fn g_09_warnings_cost_nothing() {
    let warn = "let unused = 1; #[warn(unused)] let Mixed_Case = 2;
    eprintln!(\"warning: deprecated\"); eprintln!(\"error: not really\");
    eprintln!(\"thread 'main' has overflowed its stack\"); eprintln!(\"memory allocation of 9 bytes failed\");";
    let graded = grade(&every_call(warn), NOTHING, &["softmax"]);
    costs_nothing(&graded);
    assert!(shown(case(&graded), "stdout").contains("deprecated"));
}

/// An exercise asks for a loop in one function and forbids it in the other: taking one for both
/// gives the same values.
#[test]
fn g_10_the_library_where_a_loop_is_asked_for_breaks_a_rule() {
    let submission = Submission::perfect().with(
        "dot.rs",
        "use ndarray::Array1;\npub fn classic_dot(x1: &Array1<f64>, x2: &Array1<f64>) -> f64 {\n    \
         x1.dot(x2)\n}\npub fn dot(x1: &Array1<f64>, x2: &Array1<f64>) -> f64 {\n    \
         x1.dot(x2)\n}\n",
    );
    let graded = grade(&submission, NOTHING, &["dot"]);
    assert!(graded.case_verdicts("dot").contains(&"rule broken"));
}
