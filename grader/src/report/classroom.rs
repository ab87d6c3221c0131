//! The result that GitHub Classroom's graders hand to its reporter: JSON in base64, on one line.
//!
//! The reporter adds the tests' scores in floating point and prints the sum, so they are whole
//! numbers: of points, or of hundredths of a point where the points of an exercise are not whole.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;

use super::Exporter;
use super::share::{self, Share};
use super::state::words;
use super::visible::Visible;
use crate::grade::{ExerciseReport, ExerciseVerdict, Report};

/// Writes the result of one runner of GitHub Classroom's: an exercise is a test.
#[derive(Debug, Clone, Copy, Default)]
pub struct Classroom {
    /// Whether hidden cases count among those whose verdicts are named.
    pub reveal: bool,
}

/// What one runner found.
#[derive(Serialize)]
struct Results {
    version: u32,
    status: &'static str,
    max_score: i128,
    tests: Vec<Test>,
}

#[derive(Serialize)]
struct Test {
    name: String,
    status: &'static str,
    score: i128,
    message: Option<String>,
    test_code: String,
    filename: &'static str,
    /// The reporter prints "line undefined" where it is left out, and nothing where it is 0.
    line_no: u32,
    /// In milliseconds; 0 where it is not known.
    duration: u64,
}

impl Exporter for Classroom {
    fn export(&self, report: &Report) -> anyhow::Result<Vec<u8>> {
        let shares = share::exercises(report, share::whole(report));
        let tests = report.exercises().zip(&shares);
        let tests: Vec<Test> = tests.map(|(exercise, share)| self.test(exercise, *share)).collect();
        let passed = report.exercises().all(|it| it.verdict == ExerciseVerdict::Passed);
        let results = Results {
            version: 1,
            status: if passed { "pass" } else { "fail" },
            max_score: shares.iter().map(|share| share.points).sum(),
            tests,
        };
        let mut line = BASE64_STANDARD.encode(serde_json::to_vec(&results)?).into_bytes();
        line.push(b'\n');
        Ok(line)
    }
}

impl Classroom {
    fn test(&self, exercise: &ExerciseReport, Share { score, points }: Share) -> Test {
        let words = words(exercise, &Visible::of(exercise, self.reveal));
        let durations = exercise.cases.iter().filter_map(|case| case.duration);
        let duration = durations.sum::<std::time::Duration>().as_millis();
        Test {
            name: exercise.name.clone(),
            status: match exercise.verdict {
                ExerciseVerdict::Passed => "pass",
                ExerciseVerdict::DidNotCompile => "error",
                _ => "fail",
            },
            score,
            message: (!words.is_empty()).then(|| words.clone()),
            // The one text that the reporter shows of a test that fails.
            test_code: match words.as_str() {
                "" => String::new(),
                words => format!("{words}: {score} of {points}"),
            },
            filename: "",
            line_no: 0,
            duration: u64::try_from(duration).unwrap_or(u64::MAX),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn a_report() {
        let line = Classroom::default().export(&sample::few()).unwrap();
        let line = String::from_utf8(line).unwrap();
        assert_eq!(line.lines().count(), 1);
        let json = BASE64_STANDARD.decode(line.trim_end()).unwrap();
        let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
        insta::assert_snapshot!(serde_json::to_string_pretty(&json).unwrap(), @r#"
        {
          "max_score": 40,
          "status": "fail",
          "tests": [
            {
              "duration": 0,
              "filename": "",
              "line_no": 0,
              "message": "did not compile",
              "name": "sigmoid",
              "score": 0,
              "status": "error",
              "test_code": "did not compile: 0 of 10"
            },
            {
              "duration": 0,
              "filename": "",
              "line_no": 0,
              "message": "wrong type, not implemented",
              "name": "vector_ops",
              "score": 3,
              "status": "fail",
              "test_code": "wrong type, not implemented: 3 of 10"
            },
            {
              "duration": 1,
              "filename": "",
              "line_no": 0,
              "message": "wrong value",
              "name": "softmax",
              "score": 2,
              "status": "fail",
              "test_code": "wrong value: 2 of 10"
            },
            {
              "duration": 0,
              "filename": "",
              "line_no": 0,
              "message": null,
              "name": "basic_sigmoid",
              "score": 10,
              "status": "pass",
              "test_code": ""
            }
          ],
          "version": 1
        }
        "#);
    }
}
