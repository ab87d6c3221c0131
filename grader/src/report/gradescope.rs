//! Gradescope's `results.json`.

use serde::Serialize;

use super::decimal::Hundredths;
use super::item::Item;
use super::json::{Number, pretty};
use super::share;
use super::state::summary;
use super::terminal::Terminal;
use super::{Exporter, text};
use crate::grade::Report;

/// How many characters of a test's texts are kept: Gradescope cuts what is longer than 100,000 in
/// the middle, where a colour may be left on.
const DETAILS: usize = 32 << 10;
const OUTPUT: usize = 32 << 10;

/// Writes Gradescope's results: a case is a test, and what is hidden is visible to instructors only.
#[derive(Debug, Clone, Copy, Default)]
pub struct Gradescope {
    /// Whether hidden cases are written one by one, for the instructors. Otherwise those of an
    /// exercise are one test.
    pub reveal: bool,
}

#[derive(Serialize)]
struct Results {
    /// The sum of the tests' scores.
    score: Number,
    #[serde(skip_serializing_if = "Option::is_none")]
    execution_time: Option<Number>,
    output: String,
    output_format: &'static str,
    test_output_format: &'static str,
    test_name_format: &'static str,
    visibility: &'static str,
    stdout_visibility: &'static str,
    tests: Vec<Test>,
}

#[derive(Serialize)]
struct Test {
    name: String,
    number: String,
    score: Number,
    max_score: Number,
    status: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    output: String,
    tags: [String; 1],
    visibility: &'static str,
}

impl Exporter for Gradescope {
    fn export(&self, report: &Report) -> anyhow::Result<Vec<u8>> {
        let shares = share::exercises(report, 100);
        let mut tests = Vec::new();
        for (place, (exercise, whole)) in (1..).zip(report.exercises().zip(&shares)) {
            let items = Item::all(exercise, self.reveal);
            let shares = share::items(*whole, &items);
            for (number, (item, share)) in (1..).zip(items.iter().zip(shares)) {
                tests.push(Test {
                    name: item.title(exercise),
                    number: format!("{place}.{number}"),
                    score: Number(Hundredths(share.score).to_f64()),
                    max_score: Number(Hundredths(share.points).to_f64()),
                    status: if item.passed { "passed" } else { "failed" },
                    output: output(item),
                    tags: [exercise.name.clone()],
                    visibility: if item.hidden { "hidden" } else { "visible" },
                });
            }
        }
        let results = Results {
            score: Number(Hundredths(shares.iter().map(|share| share.score).sum()).to_f64()),
            execution_time: report.duration.map(|it| Number(it.as_millis() as f64 / 1000.0)),
            output: summary(report),
            output_format: "text",
            test_output_format: "ansi",
            test_name_format: "text",
            visibility: "visible",
            stdout_visibility: "hidden",
            tests,
        };
        pretty(&results)
    }
}

/// What became of a test, in colour, and behind it what the call printed.
fn output(item: &Item<'_>) -> String {
    let headline = if item.passed { String::new() } else { item.headline() };
    let whole = text::paragraphs([headline, item.account(&Terminal::piece(true), OUTPUT)]);
    // A text that is cut may end in the middle of a colour's code or leave the colour on.
    if whole.chars().count() > DETAILS + OUTPUT {
        text::capped(text::plain(&whole), DETAILS)
    } else {
        whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn json(report: &Report) -> String {
        String::from_utf8(Gradescope::default().export(report).unwrap()).unwrap()
    }

    #[test]
    fn a_report() {
        insta::assert_snapshot!(json(&sample::few()).replace('\u{1b}', "^"), @r#"
        {
          "score": 14.5,
          "execution_time": 0.612,
          "output": "14.5 of 40 points (36.25 %)\nsoftmax: graded on the reference sigmoid, since yours does not compile",
          "output_format": "text",
          "test_output_format": "ansi",
          "test_name_format": "text",
          "visibility": "visible",
          "stdout_visibility": "hidden",
          "tests": [
            {
              "name": "sigmoid: a vector",
              "number": "1.1",
              "score": 0,
              "max_score": 10,
              "status": "failed",
              "output": "did not compile: mismatched types\n\nerror[E0308]: mismatched types\n  --> exercises/src/sigmoid.rs:52:5\n   |\n51 | pub fn sigmoid(x: &ArrayD<f64>) -> ArrayD<f64> {\n   |                                    ----------- expected `ArrayBase<..>`\n52 |     1.0\n   |     ^^^ expected `ArrayBase<OwnedRepr<f64>, IxDyn>`, found `f64`\n\nerror: aborting due to 1 previous error",
              "tags": [
                "sigmoid"
              ],
              "visibility": "visible"
            },
            {
              "name": "vector_ops: e to the 1, 2, 3",
              "number": "2.1",
              "score": 2.5,
              "max_score": 2.5,
              "status": "passed",
              "tags": [
                "vector_ops"
              ],
              "visibility": "visible"
            },
            {
              "name": "vector_ops: three more",
              "number": "2.2",
              "score": 0,
              "max_score": 2.5,
              "status": "failed",
              "output": "wrong type: wanted: pub fn add_scalar(x: &ArrayD<f64>, c: f64) -> ArrayD<f64>\n\nwanted: pub fn add_scalar(x: &ArrayD<f64>, c: f64) -> ArrayD<f64>\nyours:  pub fn add_scalar(x: &ArrayD<f64>, c: f32) -> ArrayD<f64>",
              "tags": [
                "vector_ops"
              ],
              "visibility": "visible"
            },
            {
              "name": "vector_ops: a matrix",
              "number": "2.3",
              "score": 0,
              "max_score": 2.5,
              "status": "failed",
              "output": "wrong type: wanted: pub fn add_scalar(x: &ArrayD<f64>, c: f64) -> ArrayD<f64>\n\nwanted: pub fn add_scalar(x: &ArrayD<f64>, c: f64) -> ArrayD<f64>\nyours:  pub fn add_scalar(x: &ArrayD<f64>, c: f32) -> ArrayD<f64>",
              "tags": [
                "vector_ops"
              ],
              "visibility": "visible"
            },
            {
              "name": "vector_ops: an example",
              "number": "2.4",
              "score": 0,
              "max_score": 2.5,
              "status": "failed",
              "output": "not implemented: not yet implemented\n\nnot yet implemented",
              "tags": [
                "vector_ops"
              ],
              "visibility": "visible"
            },
            {
              "name": "softmax: two rows of five scores",
              "number": "3.1",
              "score": 0,
              "max_score": 1.6,
              "status": "failed",
              "output": "wrong value: 10 of 10 elements differ\n\nsoftmax([[9.0, 2.0, 5.0, 0.0, 0.0], [7.0, 5.0, 0.0, 0.0, 0.0]])\n\n\u001b[2mexpected\u001b[0m\n  [[9.80897665e-01 8.94462891e-04 1.79657674e-02 1.21052389e-04\n    1.21052389e-04]\n   [8.78679856e-01 1.18916387e-01 8.01252314e-04 8.01252314e-04\n    8.01252314e-04]]\n\u001b[2mactual\u001b[0m\n  [[8.52154957e-01 7.77064737e-04 1.56077625e-02 1.05164276e-04\n    1.05164276e-04]\n   [1.15326632e-01 1.56077625e-02 1.05164276e-04 1.05164276e-04\n    1.05164276e-04]]\n\n10 of 10 elements differ, the first five:\n  \u001b[2mindex   expected        actual\u001b[0m\n  [0, 0]  0.980897665     0.852154956552608\n  [0, 1]  0.000894462891  0.0007770647367382155\n  [0, 2]  0.0179657674    0.015607762461462532\n  [0, 3]  0.000121052389  0.00010516427623965027\n  [0, 4]  0.000121052389  0.00010516427623965027\n\u001b[2mdifference  \u001b[0mat most 0.763 absolute, 0.869 relative\n\u001b[2mtolerance   \u001b[0mhalf a unit of the last digit printed, or rel 1e-7, abs 1e-12\n\u001b[2msource      \u001b[0mPython Basics with NumPy, softmax\n\n\u001b[36m→ \u001b[0m\u001b[36mYou divided by the sum of the whole matrix. Sum each row.\u001b[0m",
              "tags": [
                "softmax"
              ],
              "visibility": "visible"
            },
            {
              "name": "softmax: large scores do not overflow",
              "number": "3.2",
              "score": 0,
              "max_score": 3.2,
              "status": "failed",
              "output": "wrong value: 2 of 2 elements differ (2 unexpected NaNs)\n\nsoftmax([[1000.0, 1000.0]])\n\n\u001b[2mexpected    \u001b[0m[[0.5 0.5]]\n\u001b[2mactual      \u001b[0m[[nan nan]]\n2 of 2 elements differ (2 unexpected NaNs):\n  \u001b[2mindex   expected  actual\u001b[0m\n  [0, 0]  0.5       nan\n  [0, 1]  0.5       nan\n\u001b[2mtolerance   \u001b[0mrel 1e-7, abs 1e-12\n\n\u001b[36m→ \u001b[0m\u001b[36mSubtract each row's maximum before exponentiating.\u001b[0m",
              "tags": [
                "softmax"
              ],
              "visibility": "visible"
            },
            {
              "name": "softmax: one column is all ones",
              "number": "3.3",
              "score": 0,
              "max_score": 3.2,
              "status": "failed",
              "output": "wrong value: 2 of 2 elements differ (2 unexpected NaNs)\n\nsoftmax([[1000.0, 1000.0]])\n\n\u001b[2mexpected    \u001b[0m[[0.5 0.5]]\n\u001b[2mactual      \u001b[0m[[nan nan]]\n2 of 2 elements differ (2 unexpected NaNs):\n  \u001b[2mindex   expected  actual\u001b[0m\n  [0, 0]  0.5       nan\n  [0, 1]  0.5       nan\n\u001b[2mtolerance   \u001b[0mrel 1e-7, abs 1e-12\n\n\u001b[36m→ \u001b[0m\u001b[36mSubtract each row's maximum before exponentiating.\u001b[0m",
              "tags": [
                "softmax"
              ],
              "visibility": "visible"
            },
            {
              "name": "softmax: one row",
              "number": "3.4",
              "score": 2,
              "max_score": 2,
              "status": "passed",
              "tags": [
                "softmax"
              ],
              "visibility": "visible"
            },
            {
              "name": "basic_sigmoid: an example",
              "number": "4.1",
              "score": 5,
              "max_score": 5,
              "status": "passed",
              "tags": [
                "basic_sigmoid"
              ],
              "visibility": "visible"
            },
            {
              "name": "basic_sigmoid: three",
              "number": "4.2",
              "score": 5,
              "max_score": 5,
              "status": "passed",
              "output": "output\nx = 3\n1 + e^-x = 1.049787\n",
              "tags": [
                "basic_sigmoid"
              ],
              "visibility": "visible"
            }
          ]
        }
        "#);
    }

    #[test]
    fn what_is_hidden_is_for_instructors() {
        insta::assert_snapshot!(json(&sample::with_hidden_cases()), @r#"
        {
          "score": 6.67,
          "execution_time": 0.612,
          "output": "6.67 of 10 points (66.67 %)",
          "output_format": "text",
          "test_output_format": "ansi",
          "test_name_format": "text",
          "visibility": "visible",
          "stdout_visibility": "hidden",
          "tests": [
            {
              "name": "l1_loss: the notebook's vectors",
              "number": "1.1",
              "score": 3.34,
              "max_score": 3.34,
              "status": "passed",
              "tags": [
                "l1_loss"
              ],
              "visibility": "visible"
            },
            {
              "name": "l1_loss: hidden cases",
              "number": "1.2",
              "score": 3.33,
              "max_score": 6.66,
              "status": "failed",
              "output": "1 of 2 passed",
              "tags": [
                "l1_loss"
              ],
              "visibility": "hidden"
            }
          ]
        }
        "#);
        let exporter = Gradescope { reveal: true };
        let revealed =
            String::from_utf8(exporter.export(&sample::with_hidden_cases()).unwrap()).unwrap();
        assert_eq!(revealed.matches("\"hidden\"").count(), 3);
    }
}
