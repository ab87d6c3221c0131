use super::*;
use crate::diagnostic::Diagnostics;
use crate::report::sample;

fn json(reveal: bool, report: &Report) -> String {
    let bytes = Json { reveal }.export(report).expect("every report can be written");
    String::from_utf8(bytes).expect("JSON is UTF-8")
}

#[test]
fn a_report() {
    insta::assert_snapshot!(json(false, &sample::few()), @r#"
    {
      "version": 1,
      "course": {
        "title": "Python Basics with NumPy, in Rust",
        "hash": "c0"
      },
      "submission": {
        "id": "exercises",
        "hash": "5b"
      },
      "score": 14.5,
      "points": 40,
      "percent": 36.25,
      "isolation": "full",
      "provenance": {
        "grader": "0.1.0",
        "grader_hash": "97ade7",
        "rustc": "1.95.0",
        "seed": 20190529
      },
      "duration_ms": 612,
      "exercises": [
        {
          "name": "sigmoid",
          "title": "Sigmoid",
          "score": 0,
          "points": 10,
          "verdict": "did not compile",
          "diagnostics": "error[E0308]: mismatched types\n  --> exercises/src/sigmoid.rs:52:5\n   |\n51 | pub fn sigmoid(x: &ArrayD<f64>) -> ArrayD<f64> {\n   |                                    ----------- expected `ArrayBase<..>`\n52 |     1.0\n   |     ^^^ expected `ArrayBase<OwnedRepr<f64>, IxDyn>`, found `f64`\n\nerror: aborting due to 1 previous error\n",
          "cases": [
            {
              "name": "a vector",
              "function": "sigmoid",
              "kind": "case",
              "verdict": "did not compile",
              "weight": 1,
              "hidden": false,
              "args": [],
              "expected": "1.0"
            }
          ]
        },
        {
          "name": "vector_ops",
          "title": "Functions of vectors",
          "score": 2.5,
          "points": 10,
          "verdict": "failed",
          "diagnostics": "error[E0277]: the grader cannot call this function\n  --> exercises/src/vector_ops.rs:48:45\n   |\n48 | pub fn add_scalar(x: &ArrayD<f64>, c: f32) -> ArrayD<f64> {\n   |                                       ^^^ an f32 cannot be filled\n",
          "cases": [
            {
              "name": "e to the 1, 2, 3",
              "function": "exp",
              "kind": "case",
              "verdict": "passed",
              "weight": 1,
              "hidden": false,
              "args": [
                "[1.0, 2.0, 3.0]"
              ],
              "expected": "1.0",
              "actual": "1.0",
              "duration_ms": 0.412
            },
            {
              "name": "three more",
              "function": "add_scalar",
              "kind": "case",
              "verdict": "wrong type",
              "weight": 1,
              "hidden": false,
              "args": [
                "[1.0, 2.0, 3.0]",
                "3"
              ],
              "expected": "1.0",
              "message": "wanted: pub fn add_scalar(x: &ArrayD<f64>, c: f64) -> ArrayD<f64>\nyours:  pub fn add_scalar(x: &ArrayD<f64>, c: f32) -> ArrayD<f64>"
            },
            {
              "name": "a matrix",
              "function": "add_scalar",
              "kind": "case",
              "verdict": "wrong type",
              "weight": 1,
              "hidden": false,
              "args": [
                "[1.0, 2.0, 3.0]",
                "3"
              ],
              "expected": "1.0",
              "message": "wanted: pub fn add_scalar(x: &ArrayD<f64>, c: f64) -> ArrayD<f64>\nyours:  pub fn add_scalar(x: &ArrayD<f64>, c: f32) -> ArrayD<f64>"
            },
            {
              "name": "an example",
              "function": "reciprocal",
              "kind": "case",
              "verdict": "not implemented",
              "weight": 1,
              "hidden": false,
              "args": [],
              "expected": "1.0",
              "actual": "a panic: not yet implemented",
              "message": "not yet implemented (at exercises/src/lib.rs:1:1)",
              "duration_ms": 0.412
            }
          ]
        },
        {
          "name": "softmax",
          "title": "Softmax",
          "score": 2,
          "points": 10,
          "verdict": "failed",
          "follow_through": [
            "sigmoid"
          ],
          "cases": [
            {
              "name": "two rows of five scores",
              "function": "softmax",
              "kind": "case",
              "verdict": "wrong value",
              "weight": 1,
              "hidden": false,
              "args": [
                "[[9.0, 2.0, 5.0, 0.0, 0.0], [7.0, 5.0, 0.0, 0.0, 0.0]]"
              ],
              "expected": "[[0.980897665, 0.000894462891, 0.0179657674, 0.000121052389, 0.000121052389], [0.878679856, 0.118916387, 0.000801252314, 0.000801252314, 0.000801252314]]",
              "actual": "[[0.852154956552608, 0.0007770647367382155, 0.015607762461462532, 0.00010516427623965027, 0.00010516427623965027], [0.11532663240653057, 0.015607762461462532, 0.00010516427623965027, 0.00010516427623965027, 0.00010516427623965027]]",
              "mismatch": {
                "wrong": 10,
                "total": 10,
                "max_abs": 0.7633532235934695,
                "max_rel": 0.8687501123201685,
                "worst": [
                  1,
                  0
                ],
                "tolerance": "as printed"
              },
              "mistake": "whole_matrix",
              "feedback": "You divided by the sum of the whole matrix. Sum each row.",
              "message": "10 of 10 elements differ",
              "duration_ms": 0.412
            },
            {
              "name": "large scores do not overflow",
              "function": "softmax",
              "kind": "case",
              "verdict": "wrong value",
              "weight": 2,
              "hidden": false,
              "args": [
                "[[1000.0, 1000.0]]"
              ],
              "expected": "[[0.5, 0.5]]",
              "actual": "[[nan, nan]]",
              "mismatch": {
                "wrong": 2,
                "total": 2,
                "worst": [
                  0,
                  0
                ],
                "tolerance": "rel 1e-7, abs 1e-12"
              },
              "feedback": "Subtract each row's maximum before exponentiating.",
              "message": "2 of 2 elements differ (2 unexpected NaNs)",
              "duration_ms": 0.412
            },
            {
              "name": "one column is all ones",
              "function": "softmax",
              "kind": "case",
              "verdict": "wrong value",
              "weight": 2,
              "hidden": false,
              "args": [
                "[[1000.0, 1000.0]]"
              ],
              "expected": "[[0.5, 0.5]]",
              "actual": "[[nan, nan]]",
              "mismatch": {
                "wrong": 2,
                "total": 2,
                "worst": [
                  0,
                  0
                ],
                "tolerance": "rel 1e-7, abs 1e-12"
              },
              "feedback": "Subtract each row's maximum before exponentiating.",
              "message": "2 of 2 elements differ (2 unexpected NaNs)",
              "duration_ms": 0.412
            },
            {
              "name": "one row",
              "function": "softmax",
              "kind": "case",
              "verdict": "passed",
              "weight": 1,
              "hidden": false,
              "args": [
                "[[1.0, 2.0, 3.0, 4.0]]"
              ],
              "expected": "1.0",
              "actual": "1.0",
              "duration_ms": 0.412
            }
          ]
        },
        {
          "name": "basic_sigmoid",
          "title": "Sigmoid of a number",
          "score": 10,
          "points": 10,
          "verdict": "passed",
          "cases": [
            {
              "name": "an example",
              "function": "basic_sigmoid",
              "kind": "case",
              "verdict": "passed",
              "weight": 1,
              "hidden": false,
              "args": [],
              "expected": "1.0",
              "actual": "1.0",
              "duration_ms": 0.412
            },
            {
              "name": "three",
              "function": "basic_sigmoid",
              "kind": "case",
              "verdict": "passed",
              "weight": 1,
              "hidden": false,
              "args": [
                "3.0"
              ],
              "expected": "1.0",
              "actual": "1.0",
              "stdout": "x = 3\n1 + e^-x = 1.049787\n",
              "duration_ms": 0.412
            }
          ]
        }
      ]
    }
    "#);
}

#[test]
fn a_report_can_be_read_back() {
    for report in [
        sample::untouched(),
        sample::half_done(),
        sample::with_hidden_cases(),
        sample::only([sample::outer()]),
    ] {
        let read: Document = serde_json::from_str(&json(false, &report)).expect("its own format");
        assert_eq!(read, Json::default().document(&report));
    }
}

#[test]
fn unknown_keys_are_refused() {
    let text = json(false, &sample::untouched()).replacen("\"version\"", "\"verzion\"", 1);
    let error = serde_json::from_str::<Document>(&text).expect_err("an unknown key");
    assert!(error.to_string().contains("unknown field `verzion`"), "{error}");
}

#[test]
fn hidden_cases_are_only_counted() {
    let text = json(false, &sample::with_hidden_cases());
    assert!(!text.contains("secret"));
    let Document { exercises, .. } = serde_json::from_str(&text).expect("its own format");
    assert_eq!(exercises[0].cases.len(), 1);
    assert_eq!(exercises[0].hidden_cases, Some(HiddenCases { count: 2, passed: 1 }));
    assert_eq!((exercises[0].verdict.as_str(), exercises[0].score), ("failed", Number(6.67)));
}

#[test]
fn hidden_cases_are_like_others_when_revealed() {
    let document = Json { reveal: true }.document(&sample::with_hidden_cases());
    let hidden: Vec<bool> = document.exercises[0].cases.iter().map(|case| case.hidden).collect();
    assert_eq!(hidden, [false, true, true]);
    assert_eq!(document.exercises[0].hidden_cases, None);
}

#[test]
fn nothing_but_text_is_left_of_hostile_text() {
    // An escaped backslash is one that Rust's own escapes begin with, as in "\u{1b}".
    let text = json(true, &sample::hostile()).replace(r"\\", "");
    for escaped in ["\\u00", "\\b", "\\f", "\\r", "\u{202e}", "\u{7f}", "\u{9b}"] {
        assert!(!text.contains(escaped), "{escaped:?} in {text}");
    }
}

#[test]
fn long_texts_are_cut() {
    let mut report = sample::few();
    let exercise = &mut report.sections[0].exercises[0];
    exercise.diagnostics = Diagnostics::nowhere("").with_remark(&"é".repeat(OUTPUT));
    exercise.cases[0].message = "é".repeat(MESSAGE + 1);
    exercise.cases[0].output = "some".into();
    exercise.cases[0].output_cut = true;
    let exercise = Json::default().document(&report).exercises.remove(0);
    let length = |text: Option<String>| text.map(|text| text.chars().count());
    assert_eq!(exercise.cases[0].stdout.as_deref(), Some("some… cut"));
    assert_eq!(length(exercise.cases[0].message.clone()), Some(MESSAGE + 5));
    assert_eq!(length(exercise.diagnostics), Some(OUTPUT + 5));
}

#[test]
fn numbers_have_no_fraction_they_do_not_need() {
    let numbers = [140.0, 41.5, 0.0, -0.5, 1e300].map(Number);
    let text = serde_json::to_string(&numbers).expect("numbers");
    assert_eq!(text, "[140,41.5,0,-0.5,1e+300]");
    let read: [Number; 5] = serde_json::from_str(&text).expect("numbers");
    assert_eq!(read, numbers);
}

#[test]
fn a_rule_has_no_call() {
    let document = Json::default().document(&sample::only([sample::outer()]));
    let rules = serde_json::to_string_pretty(&document.exercises[0].cases[1..]).expect("JSON");
    insta::assert_snapshot!(rules, @r#"
    [
      {
        "name": "outer: without `for`, `while` or `loop`",
        "function": "outer",
        "kind": "rule",
        "verdict": "rule broken",
        "weight": 1,
        "hidden": false,
        "message": "`for` is not allowed in `outer`: use ndarray's methods (exercises/src/outer.rs:77, exercises/src/outer.rs:61 in `scaled`)"
      },
      {
        "name": "scaled: without `for`, `while` or `loop`",
        "function": "scaled",
        "kind": "rule",
        "verdict": "passed",
        "weight": 1,
        "hidden": false
      }
    ]
    "#);
}
