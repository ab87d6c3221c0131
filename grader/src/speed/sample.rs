//! Reports to test exporters and conclusions with.

use std::time::Duration;

use super::report::{Author, Comparison, Failure, Form, Report, Row, Size, Timing};
use crate::grade::Verdict;
use crate::sandbox::Isolation;

/// A function that took so many nanoseconds.
pub fn took(author: Author, form: Form, nanos: f64) -> Row {
    let quartiles = [0.98, 1.04].map(|share| share * nanos / 1e9);
    let result = Ok(Timing { median: nanos / 1e9, quartiles, laps: 9, calls: 9 });
    Row { author, form, function: name(form).into(), result }
}

/// A function that failed.
pub fn failed(author: Author, form: Form, verdict: Verdict, message: &str) -> Row {
    let result = Err(Failure::new(verdict, message));
    Row { author, form, function: name(form).into(), result }
}

fn name(form: Form) -> &'static str {
    match form {
        Form::Loop => "classic_dot",
        Form::Vectorised => "dot",
    }
}

/// A report with these comparisons: the rows of each of their sizes.
pub fn report(comparisons: Vec<Vec<(usize, Option<Vec<Row>>)>>) -> Report {
    let size = |(elements, rows)| Size { elements, rows };
    let comparison = |sizes: Vec<_>| Comparison {
        exercise: "dot".into(),
        title: "Dot product".into(),
        sizes: sizes.into_iter().map(size).collect(),
    };
    Report {
        course: "Vectors".into(),
        rustc: "1.95.0".into(),
        isolation: Isolation::Full,
        comparisons: comparisons.into_iter().map(comparison).collect(),
        duration: Duration::from_secs(9),
    }
}

/// One with something of everything.
pub fn mixed() -> Report {
    use Author::{Learner, Reference};
    use Form::{Loop, Vectorised};
    report(vec![vec![
        (
            14,
            Some(vec![
                took(Learner, Loop, 12.5),
                failed(Learner, Vectorised, Verdict::Panicked, "no\u{1b}[31m vector\nat all"),
                took(Reference, Loop, 8.0),
                took(Reference, Vectorised, 5.0),
            ]),
        ),
        (
            100_000,
            Some(vec![
                took(Learner, Loop, 64_000.0),
                took(Reference, Loop, 1_280_000.0),
                failed(Reference, Vectorised, Verdict::NotImplemented, ""),
            ]),
        ),
        (10_000_000, None),
    ]])
}
