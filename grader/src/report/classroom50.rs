//! Classroom 50's `result.json`, version 1.

use serde::Serialize;

use super::item::Item;
use super::json::pretty;
use super::share;
use super::state::words;
use super::terminal::Terminal;
use super::visible::Visible;
use super::{Exporter, text};
use crate::grade::{ExerciseReport, ExerciseVerdict, Report};

/// How many characters of an exercise's details are kept; the whole file may have 10 MiB.
const DETAILS: usize = 8 << 10;

/// Writes Classroom 50's result: an exercise is a test, and scores are whole points.
///
/// Where the points of an exercise are not whole, all scores are in hundredths of a point.
#[derive(Debug, Clone)]
pub struct Classroom50 {
    /// Whose result it is.
    pub identity: Identity,
    /// Whether hidden cases are shown like others. Otherwise they are counted.
    pub reveal: bool,
}

/// Whose result it is, as Classroom 50's runner says.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct Identity {
    /// The classroom.
    pub classroom: String,
    /// The assignment.
    pub assignment: String,
    /// `individual`, `group` or `team`.
    pub assignment_type: String,
    /// The learner, or the name of the repository.
    pub owner: String,
    /// The tag that was handed in; it begins with `submit/`.
    pub submission: String,
    /// The address of the commit.
    pub commit: String,
    /// The address of the release that will hold the result.
    pub release: String,
    /// The address at which it is reviewed.
    pub review: String,
    /// When it was committed, as in `2026-11-22T09:30:00Z`.
    pub datetime: String,
}

#[derive(Serialize)]
struct Results<'a> {
    schema: &'static str,
    #[serde(flatten)]
    identity: &'a Identity,
    score: i128,
    #[serde(rename = "max-score")]
    max_score: i128,
    tests: Vec<Test>,
}

#[derive(Serialize)]
struct Test {
    #[serde(rename = "test-name")]
    name: String,
    passed: bool,
    score: i128,
    #[serde(rename = "max-score")]
    max_score: i128,
    #[serde(skip_serializing_if = "String::is_empty")]
    message: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    output: String,
}

impl Exporter for Classroom50 {
    fn export(&self, report: &Report) -> anyhow::Result<Vec<u8>> {
        let shares = share::exercises(report, share::whole(report));
        let tests = report.exercises().zip(&shares).map(|(exercise, share)| Test {
            name: exercise.name.clone(),
            passed: exercise.verdict == ExerciseVerdict::Passed,
            score: share.score,
            max_score: share.points,
            message: words(exercise, &Visible::of(exercise, self.reveal)),
            output: self.output(exercise),
        });
        let results = Results {
            schema: "classroom50/result/v1",
            identity: &self.identity,
            score: shares.iter().map(|share| share.score).sum(),
            max_score: shares.iter().map(|share| share.points).sum(),
            tests: tests.collect(),
        };
        pretty(&results)
    }
}

impl Classroom50 {
    /// The first case that has something to tell.
    fn output(&self, exercise: &ExerciseReport) -> String {
        let items = Item::all(exercise, self.reveal);
        let mut failed = items.iter().filter(|item| !item.passed);
        let told = failed.find_map(|item| {
            let details = item.details(&Terminal::piece(false));
            (!details.is_empty()).then(|| format!("{}: {}\n\n{details}", item.name, item.verdict))
        });
        text::capped(told.unwrap_or_default(), DETAILS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn json(report: &Report) -> String {
        let exporter = Classroom50 { identity: sample::identity(), reveal: false };
        String::from_utf8(exporter.export(report).unwrap()).unwrap()
    }

    #[test]
    fn a_report() {
        insta::assert_snapshot!(json(&sample::few()), @r#"
        {
          "schema": "classroom50/result/v1",
          "classroom": "numpy",
          "assignment": "basics",
          "assignment_type": "individual",
          "owner": "alice",
          "submission": "submit/1",
          "commit": "https://a.b/commit/1",
          "release": "https://a.b/release/1",
          "review": "https://a.b/pull/1",
          "datetime": "2026-11-22T09:30:00Z",
          "score": 15,
          "max-score": 40,
          "tests": [
            {
              "test-name": "sigmoid",
              "passed": false,
              "score": 0,
              "max-score": 10,
              "message": "did not compile",
              "output": "a vector: did not compile\n\nerror[E0308]: mismatched types\n  --> exercises/src/sigmoid.rs:52:5\n   |\n51 | pub fn sigmoid(x: &ArrayD<f64>) -> ArrayD<f64> {\n   |                                    ----------- expected `ArrayBase<..>`\n52 |     1.0\n   |     ^^^ expected `ArrayBase<OwnedRepr<f64>, IxDyn>`, found `f64`\n\nerror: aborting due to 1 previous error"
            },
            {
              "test-name": "vector_ops",
              "passed": false,
              "score": 3,
              "max-score": 10,
              "message": "wrong type, not implemented",
              "output": "three more: wrong type\n\nwanted: pub fn add_scalar(x: &ArrayD<f64>, c: f64) -> ArrayD<f64>\nyours:  pub fn add_scalar(x: &ArrayD<f64>, c: f32) -> ArrayD<f64>"
            },
            {
              "test-name": "softmax",
              "passed": false,
              "score": 2,
              "max-score": 10,
              "message": "wrong value",
              "output": "two rows of five scores: wrong value\n\nsoftmax([[9.0, 2.0, 5.0, 0.0, 0.0], [7.0, 5.0, 0.0, 0.0, 0.0]])\n\nexpected\n  [[9.80897665e-01 8.94462891e-04 1.79657674e-02 1.21052389e-04\n    1.21052389e-04]\n   [8.78679856e-01 1.18916387e-01 8.01252314e-04 8.01252314e-04\n    8.01252314e-04]]\nactual\n  [[8.52154957e-01 7.77064737e-04 1.56077625e-02 1.05164276e-04\n    1.05164276e-04]\n   [1.15326632e-01 1.56077625e-02 1.05164276e-04 1.05164276e-04\n    1.05164276e-04]]\n\n10 of 10 elements differ, the first five:\n  index   expected        actual\n  [0, 0]  0.980897665     0.852154956552608\n  [0, 1]  0.000894462891  0.0007770647367382155\n  [0, 2]  0.0179657674    0.015607762461462532\n  [0, 3]  0.000121052389  0.00010516427623965027\n  [0, 4]  0.000121052389  0.00010516427623965027\ndifference  at most 0.763 absolute, 0.869 relative\ntolerance   half a unit of the last digit printed, or rel 1e-7, abs 1e-12\nsource      Python Basics with NumPy, softmax\n\n→ You divided by the sum of the whole matrix. Sum each row."
            },
            {
              "test-name": "basic_sigmoid",
              "passed": true,
              "score": 10,
              "max-score": 10
            }
          ]
        }
        "#);
    }
}
