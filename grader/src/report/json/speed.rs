//! The times of loops and vectorised functions as JSON, version 1.

use serde::Serialize;

use super::{Json, Number};
use crate::report::text;
use crate::speed::{Author, Comparison, Failure, Form, Report, Row, Size, Timing};

/// The version that these types describe.
const VERSION: u32 = 1;

/// How many characters of a message are kept.
const MESSAGE: usize = 400;

#[derive(Serialize)]
struct Document {
    version: u32,
    course: String,
    rustc: String,
    isolation: String,
    duration_ms: u128,
    conclusion: String,
    exercises: Vec<Exercise>,
}

#[derive(Serialize)]
struct Exercise {
    name: String,
    title: String,
    sizes: Vec<Elements>,
}

#[derive(Serialize)]
struct Elements {
    elements: usize,
    /// Left out if no worker has the memory for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    functions: Option<Vec<Function>>,
}

/// A function with its times, or with what became of it instead.
#[derive(Serialize)]
struct Function {
    name: String,
    author: &'static str,
    form: &'static str,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<Times>,
}

#[derive(Serialize)]
struct Times {
    median_ns: Number,
    quartiles_ns: [Number; 2],
    laps: usize,
    calls: u64,
    /// How many times as fast as its author's loop.
    #[serde(skip_serializing_if = "Option::is_none")]
    gain: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    elements_per_second: Option<Number>,
}

impl Json {
    /// The times as JSON.
    ///
    /// # Errors
    ///
    /// If they cannot be written as JSON.
    pub fn speed(report: &Report) -> anyhow::Result<Vec<u8>> {
        let document = Document {
            version: VERSION,
            course: text::one_line(&report.course),
            rustc: text::one_line(&report.rustc),
            isolation: report.isolation.to_string(),
            duration_ms: report.duration.as_millis(),
            conclusion: report.conclusion(),
            exercises: report.comparisons.iter().map(exercise).collect(),
        };
        super::pretty(&document)
    }
}

fn exercise(comparison: &Comparison) -> Exercise {
    let size = |size: &Size| Elements {
        elements: size.elements,
        functions: size
            .rows
            .as_ref()
            .map(|rows| rows.iter().map(|row| function(row, size)).collect()),
    };
    Exercise {
        name: text::one_line(&comparison.exercise),
        title: text::one_line(&comparison.title),
        sizes: comparison.sizes.iter().map(size).collect(),
    }
}

fn function(row: &Row, size: &Size) -> Function {
    let (verdict, message, times) = match &row.result {
        Ok(timing) => ("passed", None, Some(times(timing, row, size))),
        Err(Failure { verdict, message }) => {
            let message = text::capped(text::one_line(message), MESSAGE);
            (verdict.word(), Some(message).filter(|it| !it.is_empty()), None)
        }
    };
    Function {
        name: text::one_line(&row.function),
        author: match row.author {
            Author::Learner => "learner",
            Author::Reference => "reference",
        },
        form: match row.form {
            Form::Loop => "loop",
            Form::Vectorised => "vectorised",
        },
        verdict,
        message,
        times,
    }
}

fn times(timing: &Timing, row: &Row, size: &Size) -> Times {
    let nanos = |seconds: f64| rounded(seconds * 1e9);
    Times {
        median_ns: nanos(timing.median),
        quartiles_ns: timing.quartiles.map(nanos),
        laps: timing.laps,
        calls: timing.calls,
        gain: size.gain(row).map(rounded),
        elements_per_second: size.rate(timing).map(|rate| Number(rate.round())),
    }
}

/// A number with at most three decimals.
fn rounded(number: f64) -> Number {
    Number((number * 1e3).round() / 1e3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speed::sample;

    #[test]
    fn the_shape_of_the_document() {
        let json = String::from_utf8(Json::speed(&sample::mixed()).unwrap()).unwrap();
        insta::assert_snapshot!(json, @r#"
        {
          "version": 1,
          "course": "Vectors",
          "rustc": "1.95.0",
          "isolation": "full",
          "duration_ms": 9000,
          "conclusion": "The reference's vectorised code is 1.6 times as fast as the loop, which is worth having: rustc compiles a loop to machine code, so it is not slow in the way Python's is.",
          "exercises": [
            {
              "name": "dot",
              "title": "Dot product",
              "sizes": [
                {
                  "elements": 14,
                  "functions": [
                    {
                      "name": "classic_dot",
                      "author": "learner",
                      "form": "loop",
                      "verdict": "passed",
                      "times": {
                        "median_ns": 12.5,
                        "quartiles_ns": [
                          12.25,
                          13
                        ],
                        "laps": 9,
                        "calls": 9,
                        "gain": 1,
                        "elements_per_second": 1120000000
                      }
                    },
                    {
                      "name": "dot",
                      "author": "learner",
                      "form": "vectorised",
                      "verdict": "panicked",
                      "message": "no vector"
                    },
                    {
                      "name": "classic_dot",
                      "author": "reference",
                      "form": "loop",
                      "verdict": "passed",
                      "times": {
                        "median_ns": 8,
                        "quartiles_ns": [
                          7.84,
                          8.32
                        ],
                        "laps": 9,
                        "calls": 9,
                        "gain": 1,
                        "elements_per_second": 1750000000
                      }
                    },
                    {
                      "name": "dot",
                      "author": "reference",
                      "form": "vectorised",
                      "verdict": "passed",
                      "times": {
                        "median_ns": 5,
                        "quartiles_ns": [
                          4.9,
                          5.2
                        ],
                        "laps": 9,
                        "calls": 9,
                        "gain": 1.6,
                        "elements_per_second": 2800000000
                      }
                    }
                  ]
                },
                {
                  "elements": 100000,
                  "functions": [
                    {
                      "name": "classic_dot",
                      "author": "learner",
                      "form": "loop",
                      "verdict": "passed",
                      "times": {
                        "median_ns": 64000,
                        "quartiles_ns": [
                          62720,
                          66560
                        ],
                        "laps": 9,
                        "calls": 9,
                        "gain": 1,
                        "elements_per_second": 1562500000
                      }
                    },
                    {
                      "name": "classic_dot",
                      "author": "reference",
                      "form": "loop",
                      "verdict": "passed",
                      "times": {
                        "median_ns": 1280000,
                        "quartiles_ns": [
                          1254400,
                          1331200
                        ],
                        "laps": 9,
                        "calls": 9,
                        "gain": 1,
                        "elements_per_second": 78125000
                      }
                    },
                    {
                      "name": "dot",
                      "author": "reference",
                      "form": "vectorised",
                      "verdict": "not implemented"
                    }
                  ]
                },
                {
                  "elements": 10000000
                }
              ]
            }
          ]
        }
        "#);
    }
}
