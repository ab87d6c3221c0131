//! `results.json` of PrairieLearn's external graders.

use serde::Serialize;

use super::decimal::{Hundredths, rounded};
use super::item::Item;
use super::json::{Number, pretty};
use super::share;
use super::state::summary;
use super::terminal::Terminal;
use super::{Exporter, text};
use crate::course::Points;
use crate::grade::Report;

/// How long the file may be, in bytes, and how many characters of one text are kept at first.
const LONGEST: usize = 1 << 20;
const TEXT: usize = 4 << 10;

/// Writes PrairieLearn's results: a case is a test.
#[derive(Debug, Clone, Copy, Default)]
pub struct PrairieLearn {
    /// Whether hidden cases are shown like others. Otherwise those of an exercise are one test.
    pub reveal: bool,
}

#[derive(Serialize)]
struct Results {
    gradable: bool,
    /// From 0 to 1.
    score: f64,
    message: String,
    tests: Vec<Test>,
}

#[derive(Serialize)]
struct Test {
    name: String,
    points: Number,
    max_points: Number,
    message: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    output: String,
}

impl Exporter for PrairieLearn {
    fn export(&self, report: &Report) -> anyhow::Result<Vec<u8>> {
        let mut kept = TEXT;
        loop {
            let json = pretty(&self.results(report, kept))?;
            if json.len() <= LONGEST || kept == 0 {
                return Ok(json);
            }
            kept /= 2;
        }
    }
}

impl PrairieLearn {
    /// The results with so many characters of each text.
    fn results(&self, report: &Report, kept: usize) -> Results {
        let mut tests = Vec::new();
        for (exercise, whole) in report.exercises().zip(share::exercises(report, 100)) {
            let items = Item::all(exercise, self.reveal);
            let shares = share::items(whole, &items);
            tests.extend(items.iter().zip(shares).map(|(item, share)| Test {
                name: item.title(exercise),
                points: Number(Hundredths(share.score).to_f64()),
                max_points: Number(Hundredths(share.points).to_f64()),
                message: item.headline(),
                output: text::capped(item.account(&Terminal::piece(false), TEXT), kept),
            }));
        }
        let hundred = Points::from_integer(100);
        Results {
            gradable: true,
            // Two decimals of a percentage are four of a share.
            score: rounded(report.percent() / hundred, Points::ONE, 10_000) as f64 / 1e4,
            message: summary(report),
            tests,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grade::CaseReport;
    use crate::report::sample;

    fn json(report: &Report) -> String {
        String::from_utf8(PrairieLearn::default().export(report).unwrap()).unwrap()
    }

    #[test]
    fn a_report() {
        insta::assert_snapshot!(json(&sample::few()), @r#"
        {
          "gradable": true,
          "score": 0.3625,
          "message": "14.5 of 40 points (36.25 %)\nsoftmax: graded on the reference sigmoid, since yours does not compile",
          "tests": [
            {
              "name": "sigmoid: a vector",
              "points": 0,
              "max_points": 10,
              "message": "did not compile: mismatched types",
              "output": "error[E0308]: mismatched types\n  --> exercises/src/sigmoid.rs:52:5\n   |\n51 | pub fn sigmoid(x: &ArrayD<f64>) -> ArrayD<f64> {\n   |                                    ----------- expected `ArrayBase<..>`\n52 |     1.0\n   |     ^^^ expected `ArrayBase<OwnedRepr<f64>, IxDyn>`, found `f64`\n\nerror: aborting due to 1 previous error"
            },
            {
              "name": "vector_ops: e to the 1, 2, 3",
              "points": 2.5,
              "max_points": 2.5,
              "message": "passed"
            },
            {
              "name": "vector_ops: three more",
              "points": 0,
              "max_points": 2.5,
              "message": "wrong type: wanted: pub fn add_scalar(x: &ArrayD<f64>, c: f64) -> ArrayD<f64>",
              "output": "wanted: pub fn add_scalar(x: &ArrayD<f64>, c: f64) -> ArrayD<f64>\nyours:  pub fn add_scalar(x: &ArrayD<f64>, c: f32) -> ArrayD<f64>"
            },
            {
              "name": "vector_ops: a matrix",
              "points": 0,
              "max_points": 2.5,
              "message": "wrong type: wanted: pub fn add_scalar(x: &ArrayD<f64>, c: f64) -> ArrayD<f64>",
              "output": "wanted: pub fn add_scalar(x: &ArrayD<f64>, c: f64) -> ArrayD<f64>\nyours:  pub fn add_scalar(x: &ArrayD<f64>, c: f32) -> ArrayD<f64>"
            },
            {
              "name": "vector_ops: an example",
              "points": 0,
              "max_points": 2.5,
              "message": "not implemented: not yet implemented",
              "output": "not yet implemented"
            },
            {
              "name": "softmax: two rows of five scores",
              "points": 0,
              "max_points": 1.6,
              "message": "wrong value: 10 of 10 elements differ",
              "output": "softmax([[9.0, 2.0, 5.0, 0.0, 0.0], [7.0, 5.0, 0.0, 0.0, 0.0]])\n\nexpected\n  [[9.80897665e-01 8.94462891e-04 1.79657674e-02 1.21052389e-04\n    1.21052389e-04]\n   [8.78679856e-01 1.18916387e-01 8.01252314e-04 8.01252314e-04\n    8.01252314e-04]]\nactual\n  [[8.52154957e-01 7.77064737e-04 1.56077625e-02 1.05164276e-04\n    1.05164276e-04]\n   [1.15326632e-01 1.56077625e-02 1.05164276e-04 1.05164276e-04\n    1.05164276e-04]]\n\n10 of 10 elements differ, the first five:\n  index   expected        actual\n  [0, 0]  0.980897665     0.852154956552608\n  [0, 1]  0.000894462891  0.0007770647367382155\n  [0, 2]  0.0179657674    0.015607762461462532\n  [0, 3]  0.000121052389  0.00010516427623965027\n  [0, 4]  0.000121052389  0.00010516427623965027\ndifference  at most 0.763 absolute, 0.869 relative\ntolerance   half a unit of the last digit printed, or rel 1e-7, abs 1e-12\nsource      Python Basics with NumPy, softmax\n\n→ You divided by the sum of the whole matrix. Sum each row."
            },
            {
              "name": "softmax: large scores do not overflow",
              "points": 0,
              "max_points": 3.2,
              "message": "wrong value: 2 of 2 elements differ (2 unexpected NaNs)",
              "output": "softmax([[1000.0, 1000.0]])\n\nexpected    [[0.5 0.5]]\nactual      [[nan nan]]\n2 of 2 elements differ (2 unexpected NaNs):\n  index   expected  actual\n  [0, 0]  0.5       nan\n  [0, 1]  0.5       nan\ntolerance   rel 1e-7, abs 1e-12\n\n→ Subtract each row's maximum before exponentiating."
            },
            {
              "name": "softmax: one column is all ones",
              "points": 0,
              "max_points": 3.2,
              "message": "wrong value: 2 of 2 elements differ (2 unexpected NaNs)",
              "output": "softmax([[1000.0, 1000.0]])\n\nexpected    [[0.5 0.5]]\nactual      [[nan nan]]\n2 of 2 elements differ (2 unexpected NaNs):\n  index   expected  actual\n  [0, 0]  0.5       nan\n  [0, 1]  0.5       nan\ntolerance   rel 1e-7, abs 1e-12\n\n→ Subtract each row's maximum before exponentiating."
            },
            {
              "name": "softmax: one row",
              "points": 2,
              "max_points": 2,
              "message": "passed"
            },
            {
              "name": "basic_sigmoid: an example",
              "points": 5,
              "max_points": 5,
              "message": "passed"
            },
            {
              "name": "basic_sigmoid: three",
              "points": 5,
              "max_points": 5,
              "message": "passed",
              "output": "output\nx = 3\n1 + e^-x = 1.049787\n"
            }
          ]
        }
        "#);
    }

    #[test]
    fn texts_are_cut_until_it_is_short_enough() {
        let mut report = sample::few();
        let exercise = &mut report.sections[0].exercises[1];
        let case = CaseReport { output: "x".repeat(TEXT), ..exercise.cases[0].clone() };
        exercise.cases = vec![case; 500];
        let json = json(&report);
        assert!(json.len() <= LONGEST && json.len() > LONGEST / 4, "{} bytes", json.len());
    }
}
