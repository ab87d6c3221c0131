//! `results.json` of Exercism's test runners, version 3.

use serde::Serialize;

use super::item::Item;
use super::json::pretty;
use super::state::total;
use super::terminal::Terminal;
use super::{Exporter, text};
use crate::grade::{ExerciseReport, ExerciseVerdict, Report};

/// The most characters that Exercism takes of a message and of a test's output.
const MESSAGE: usize = 65_535;
const OUTPUT: usize = 500;

/// Writes Exercism's results: a case is a test, an exercise a task.
#[derive(Debug, Clone, Copy, Default)]
pub struct Exercism {
    /// Whether hidden cases are shown like others. Otherwise those of an exercise are one test.
    pub reveal: bool,
}

#[derive(Serialize)]
struct Results {
    version: u32,
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    tests: Vec<Test>,
}

#[derive(Serialize)]
struct Test {
    name: String,
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    output: String,
    task_id: usize,
}

#[derive(Serialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Status {
    Pass,
    Fail,
    Error,
}

impl Exporter for Exercism {
    fn export(&self, report: &Report) -> anyhow::Result<Vec<u8>> {
        let numbered = (1..).zip(report.exercises());
        let tests: Vec<Test> = numbered
            .flat_map(|(task, exercise)| {
                let items = Item::all(exercise, self.reveal).into_iter();
                items.map(move |item| Test::of(&item, exercise, task))
            })
            .collect();
        let uncompiled =
            |exercise: &ExerciseReport| exercise.verdict == ExerciseVerdict::DidNotCompile;
        let (status, message) = if tests.iter().all(|test| test.status == Status::Pass) {
            (Status::Pass, None)
        } else if report.exercises().all(uncompiled) {
            // Nothing could be run: the message is all there is to see.
            let said: Vec<String> =
                report.exercises().map(|it| it.diagnostics.to_string()).collect();
            (Status::Error, Some(capped(text::plain(&said.concat()), MESSAGE)))
        } else {
            (Status::Fail, Some(total(report)))
        };
        pretty(&Results { version: 3, status, message, tests })
    }
}

impl Test {
    fn of(item: &Item<'_>, exercise: &ExerciseReport, task_id: usize) -> Self {
        let message = || {
            let details = item.details(&Terminal::piece(false));
            capped(format!("{}\n\n{details}", item.headline()).trim_end().to_owned(), MESSAGE)
        };
        Self {
            name: item.title(exercise),
            status: match item.case {
                _ if item.passed => Status::Pass,
                Some(case) if case.verdict.is_uncompiled() => Status::Error,
                _ => Status::Fail,
            },
            message: (!item.passed).then(message),
            output: capped(item.output(OUTPUT), OUTPUT),
            task_id,
        }
    }
}

/// At most `max` characters, the note that it was cut included.
fn capped(text: String, max: usize) -> String {
    if text.chars().count() <= max {
        return text;
    }
    text::capped(text, max - text::CUT.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn json(report: &Report) -> String {
        String::from_utf8(Exercism::default().export(report).unwrap()).unwrap()
    }

    #[test]
    fn a_report() {
        insta::assert_snapshot!(json(&sample::few()), @r#"
        {
          "version": 3,
          "status": "fail",
          "message": "14.5 of 40 points (36.25 %)",
          "tests": [
            {
              "name": "sigmoid: a vector",
              "status": "error",
              "message": "did not compile: mismatched types\n\nerror[E0308]: mismatched types\n  --> exercises/src/sigmoid.rs:52:5\n   |\n51 | pub fn sigmoid(x: &ArrayD<f64>) -> ArrayD<f64> {\n   |                                    ----------- expected `ArrayBase<..>`\n52 |     1.0\n   |     ^^^ expected `ArrayBase<OwnedRepr<f64>, IxDyn>`, found `f64`\n\nerror: aborting due to 1 previous error",
              "task_id": 1
            },
            {
              "name": "vector_ops: e to the 1, 2, 3",
              "status": "pass",
              "task_id": 2
            },
            {
              "name": "vector_ops: three more",
              "status": "fail",
              "message": "wrong type: wanted: pub fn add_scalar(x: &ArrayD<f64>, c: f64) -> ArrayD<f64>\n\nwanted: pub fn add_scalar(x: &ArrayD<f64>, c: f64) -> ArrayD<f64>\nyours:  pub fn add_scalar(x: &ArrayD<f64>, c: f32) -> ArrayD<f64>",
              "task_id": 2
            },
            {
              "name": "vector_ops: a matrix",
              "status": "fail",
              "message": "wrong type: wanted: pub fn add_scalar(x: &ArrayD<f64>, c: f64) -> ArrayD<f64>\n\nwanted: pub fn add_scalar(x: &ArrayD<f64>, c: f64) -> ArrayD<f64>\nyours:  pub fn add_scalar(x: &ArrayD<f64>, c: f32) -> ArrayD<f64>",
              "task_id": 2
            },
            {
              "name": "vector_ops: an example",
              "status": "fail",
              "message": "not implemented: not yet implemented\n\nnot yet implemented",
              "task_id": 2
            },
            {
              "name": "softmax: two rows of five scores",
              "status": "fail",
              "message": "wrong value: 10 of 10 elements differ\n\nsoftmax([[9.0, 2.0, 5.0, 0.0, 0.0], [7.0, 5.0, 0.0, 0.0, 0.0]])\n\nexpected\n  [[9.80897665e-01 8.94462891e-04 1.79657674e-02 1.21052389e-04\n    1.21052389e-04]\n   [8.78679856e-01 1.18916387e-01 8.01252314e-04 8.01252314e-04\n    8.01252314e-04]]\nactual\n  [[8.52154957e-01 7.77064737e-04 1.56077625e-02 1.05164276e-04\n    1.05164276e-04]\n   [1.15326632e-01 1.56077625e-02 1.05164276e-04 1.05164276e-04\n    1.05164276e-04]]\n\n10 of 10 elements differ, the first five:\n  index   expected        actual\n  [0, 0]  0.980897665     0.852154956552608\n  [0, 1]  0.000894462891  0.0007770647367382155\n  [0, 2]  0.0179657674    0.015607762461462532\n  [0, 3]  0.000121052389  0.00010516427623965027\n  [0, 4]  0.000121052389  0.00010516427623965027\ndifference  at most 0.763 absolute, 0.869 relative\ntolerance   half a unit of the last digit printed, or rel 1e-7, abs 1e-12\nsource      Python Basics with NumPy, softmax\n\n→ You divided by the sum of the whole matrix. Sum each row.",
              "task_id": 3
            },
            {
              "name": "softmax: large scores do not overflow",
              "status": "fail",
              "message": "wrong value: 2 of 2 elements differ (2 unexpected NaNs)\n\nsoftmax([[1000.0, 1000.0]])\n\nexpected    [[0.5 0.5]]\nactual      [[nan nan]]\n2 of 2 elements differ (2 unexpected NaNs):\n  index   expected  actual\n  [0, 0]  0.5       nan\n  [0, 1]  0.5       nan\ntolerance   rel 1e-7, abs 1e-12\n\n→ Subtract each row's maximum before exponentiating.",
              "task_id": 3
            },
            {
              "name": "softmax: one column is all ones",
              "status": "fail",
              "message": "wrong value: 2 of 2 elements differ (2 unexpected NaNs)\n\nsoftmax([[1000.0, 1000.0]])\n\nexpected    [[0.5 0.5]]\nactual      [[nan nan]]\n2 of 2 elements differ (2 unexpected NaNs):\n  index   expected  actual\n  [0, 0]  0.5       nan\n  [0, 1]  0.5       nan\ntolerance   rel 1e-7, abs 1e-12\n\n→ Subtract each row's maximum before exponentiating.",
              "task_id": 3
            },
            {
              "name": "softmax: one row",
              "status": "pass",
              "task_id": 3
            },
            {
              "name": "basic_sigmoid: an example",
              "status": "pass",
              "task_id": 4
            },
            {
              "name": "basic_sigmoid: three",
              "status": "pass",
              "output": "x = 3\n1 + e^-x = 1.049787\n",
              "task_id": 4
            }
          ]
        }
        "#);
    }

    #[test]
    fn where_nothing_compiles_the_whole_is_an_error() {
        let mut report = sample::few();
        report.sections[0].exercises.truncate(1);
        insta::assert_snapshot!(json(&report), @r#"
        {
          "version": 3,
          "status": "error",
          "message": "error[E0308]: mismatched types\n  --> exercises/src/sigmoid.rs:52:5\n   |\n51 | pub fn sigmoid(x: &ArrayD<f64>) -> ArrayD<f64> {\n   |                                    ----------- expected `ArrayBase<..>`\n52 |     1.0\n   |     ^^^ expected `ArrayBase<OwnedRepr<f64>, IxDyn>`, found `f64`\n\nerror: aborting due to 1 previous error\n",
          "tests": [
            {
              "name": "sigmoid: a vector",
              "status": "error",
              "message": "did not compile: mismatched types\n\nerror[E0308]: mismatched types\n  --> exercises/src/sigmoid.rs:52:5\n   |\n51 | pub fn sigmoid(x: &ArrayD<f64>) -> ArrayD<f64> {\n   |                                    ----------- expected `ArrayBase<..>`\n52 |     1.0\n   |     ^^^ expected `ArrayBase<OwnedRepr<f64>, IxDyn>`, found `f64`\n\nerror: aborting due to 1 previous error",
              "task_id": 1
            }
          ]
        }
        "#);
    }

    #[test]
    fn a_text_that_is_cut_says_so_within_the_limit() {
        assert_eq!(capped("é".repeat(9), 9), "é".repeat(9));
        assert_eq!(capped("é".repeat(10), 9), "éééé… cut");
    }
}
