//! JUnit's XML, as Jenkins, GitLab, GitHub's reporters and Artemis read it.
//!
//! There is no standard. This is the part that the strictest schema in use takes, that of Jenkins'
//! xunit plugin: no `properties`, nothing but names, counts and a time on `testsuites`.

use std::time::Duration;

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

use super::item::Item;
use super::state::stand_ins;
use super::terminal::Terminal;
use super::{Exporter, text};
use crate::grade::{ExerciseReport, Report, Verdict};

/// The layout, whose values are escaped as they are put in.
const TEMPLATE: &str = include_str!("junit.xml");

/// How many characters of one text are kept. GitLab reads 30 MB a file.
const DETAILS: usize = 16 << 10;
const OUTPUT: usize = 16 << 10;

/// Writes JUnit's XML: an exercise is a test suite, a case a test.
#[derive(Debug, Clone, Copy, Default)]
pub struct Junit {
    /// Whether hidden cases are shown like others. Otherwise those of an exercise are one test.
    pub reveal: bool,
}

impl Exporter for Junit {
    fn export(&self, report: &Report) -> anyhow::Result<Vec<u8>> {
        let mut environment = Environment::new();
        // The five characters that XML escapes are among those that HTML does.
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        let xml = environment.render_str(TEMPLATE, Serde(Suites::of(report, self.reveal)))?;
        // HTML may have reasons to escape a slash. XML has none, and paths are full of them.
        Ok(xml.replace("&#x2f;", "/").into_bytes())
    }
}

/// All that stands in the file.
#[derive(Serialize)]
struct Suites {
    name: String,
    tests: usize,
    failures: usize,
    errors: usize,
    time: Option<String>,
    suites: Vec<Suite>,
}

/// An exercise.
#[derive(Serialize)]
struct Suite {
    name: String,
    file: String,
    tests: usize,
    failures: usize,
    errors: usize,
    time: Option<String>,
    cases: Vec<Test>,
    output: String,
}

/// A case.
#[derive(Serialize)]
struct Test {
    name: String,
    time: Option<String>,
    problem: Option<Problem>,
    output: String,
}

/// Why a test failed.
#[derive(Serialize)]
struct Problem {
    /// `failure` where the code ran and was wrong, else `error`.
    element: &'static str,
    kind: String,
    message: String,
    details: String,
}

impl Suites {
    fn of(report: &Report, reveal: bool) -> Self {
        let suite = |exercise| Suite::of(exercise, report, reveal);
        let suites: Vec<Suite> = report.exercises().map(suite).collect();
        let sum = |count: fn(&Suite) -> usize| suites.iter().map(count).sum();
        Self {
            // Without the score: some readers take the name for a part of what a test is called.
            name: xml(text::one_line(&report.course.title).trim()),
            tests: sum(|suite| suite.tests),
            failures: sum(|suite| suite.failures),
            errors: sum(|suite| suite.errors),
            time: report.duration.map(seconds),
            suites,
        }
    }
}

impl Suite {
    fn of(exercise: &ExerciseReport, report: &Report, reveal: bool) -> Self {
        let items = Item::all(exercise, reveal);
        let cases: Vec<Test> = items.iter().map(Test::of).collect();
        let count = |element: &str| {
            let problems = cases.iter().filter_map(|case| case.problem.as_ref());
            problems.filter(|problem| problem.element == element).count()
        };
        let times: Vec<Duration> = items.iter().filter_map(|item| item.case?.duration).collect();
        Self {
            name: xml(&exercise.name),
            file: xml(&text::one_line(&exercise.path)),
            tests: cases.len(),
            failures: count("failure"),
            errors: count("error"),
            time: (!times.is_empty()).then(|| seconds(times.iter().sum())),
            cases,
            output: xml(&stand_ins(exercise, report).join("\n")),
        }
    }
}

impl Test {
    fn of(item: &Item<'_>) -> Self {
        let details = text::capped(item.details(&Terminal::piece(false)), DETAILS);
        let problem = || Problem {
            element: if item.case.is_some_and(|case| is_error(case.verdict)) {
                "error"
            } else {
                "failure"
            },
            kind: xml(&item.verdict),
            message: xml(&item.headline()),
            details: xml(&details),
        };
        Self {
            name: xml(&item.name),
            time: item.case.and_then(|case| case.duration).map(seconds),
            problem: (!item.passed).then(problem),
            output: xml(&item.output(OUTPUT)),
        }
    }
}

/// Whether the code never came to a result.
fn is_error(verdict: Verdict) -> bool {
    use Verdict::*;
    matches!(verdict, TimedOut | OutOfMemory | StackOverflow | Crashed | DidNotCompile | Blocked)
}

/// A time as every schema takes it: in seconds, three decimals, no exponent.
fn seconds(time: Duration) -> String {
    format!("{:.3}", time.as_secs_f64())
}

/// Text without the two characters that XML cannot hold and that are no control characters.
fn xml(text: &str) -> String {
    text::plain(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn xml(report: &Report) -> String {
        String::from_utf8(Junit::default().export(report).unwrap()).unwrap()
    }

    #[test]
    fn a_report() {
        insta::assert_snapshot!(xml(&sample::few()), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="Python Basics with NumPy, in Rust" tests="11" failures="6" errors="1" time="0.612">
          <testsuite name="sigmoid" tests="1" failures="0" errors="1" file="exercises/src/sigmoid.rs">
            <testcase name="a vector" classname="sigmoid">
              <error message="did not compile: mismatched types" type="did not compile">error[E0308]: mismatched types
          --&gt; exercises/src/sigmoid.rs:52:5
           |
        51 | pub fn sigmoid(x: &amp;ArrayD&lt;f64&gt;) -&gt; ArrayD&lt;f64&gt; {
           |                                    ----------- expected `ArrayBase&lt;..&gt;`
        52 |     1.0
           |     ^^^ expected `ArrayBase&lt;OwnedRepr&lt;f64&gt;, IxDyn&gt;`, found `f64`

        error: aborting due to 1 previous error</error>
            </testcase>
          </testsuite>
          <testsuite name="vector_ops" tests="4" failures="3" errors="0" time="0.001" file="exercises/src/vector_ops.rs">
            <testcase name="e to the 1, 2, 3" classname="vector_ops" time="0.000"/>
            <testcase name="three more" classname="vector_ops">
              <failure message="wrong type: wanted: pub fn add_scalar(x: &amp;ArrayD&lt;f64&gt;, c: f64) -&gt; ArrayD&lt;f64&gt;" type="wrong type">wanted: pub fn add_scalar(x: &amp;ArrayD&lt;f64&gt;, c: f64) -&gt; ArrayD&lt;f64&gt;
        yours:  pub fn add_scalar(x: &amp;ArrayD&lt;f64&gt;, c: f32) -&gt; ArrayD&lt;f64&gt;</failure>
            </testcase>
            <testcase name="a matrix" classname="vector_ops">
              <failure message="wrong type: wanted: pub fn add_scalar(x: &amp;ArrayD&lt;f64&gt;, c: f64) -&gt; ArrayD&lt;f64&gt;" type="wrong type">wanted: pub fn add_scalar(x: &amp;ArrayD&lt;f64&gt;, c: f64) -&gt; ArrayD&lt;f64&gt;
        yours:  pub fn add_scalar(x: &amp;ArrayD&lt;f64&gt;, c: f32) -&gt; ArrayD&lt;f64&gt;</failure>
            </testcase>
            <testcase name="an example" classname="vector_ops" time="0.000">
              <failure message="not implemented: not yet implemented" type="not implemented">not yet implemented</failure>
            </testcase>
          </testsuite>
          <testsuite name="softmax" tests="4" failures="3" errors="0" time="0.002" file="exercises/src/softmax.rs">
            <testcase name="two rows of five scores" classname="softmax" time="0.000">
              <failure message="wrong value: 10 of 10 elements differ" type="wrong value">softmax([[9.0, 2.0, 5.0, 0.0, 0.0], [7.0, 5.0, 0.0, 0.0, 0.0]])

        expected
          [[9.80897665e-01 8.94462891e-04 1.79657674e-02 1.21052389e-04
            1.21052389e-04]
           [8.78679856e-01 1.18916387e-01 8.01252314e-04 8.01252314e-04
            8.01252314e-04]]
        actual
          [[8.52154957e-01 7.77064737e-04 1.56077625e-02 1.05164276e-04
            1.05164276e-04]
           [1.15326632e-01 1.56077625e-02 1.05164276e-04 1.05164276e-04
            1.05164276e-04]]

        10 of 10 elements differ, the first five:
          index   expected        actual
          [0, 0]  0.980897665     0.852154956552608
          [0, 1]  0.000894462891  0.0007770647367382155
          [0, 2]  0.0179657674    0.015607762461462532
          [0, 3]  0.000121052389  0.00010516427623965027
          [0, 4]  0.000121052389  0.00010516427623965027
        difference  at most 0.763 absolute, 0.869 relative
        tolerance   half a unit of the last digit printed, or rel 1e-7, abs 1e-12
        source      Python Basics with NumPy, softmax

        → You divided by the sum of the whole matrix. Sum each row.</failure>
            </testcase>
            <testcase name="large scores do not overflow" classname="softmax" time="0.000">
              <failure message="wrong value: 2 of 2 elements differ (2 unexpected NaNs)" type="wrong value">softmax([[1000.0, 1000.0]])

        expected    [[0.5 0.5]]
        actual      [[nan nan]]
        2 of 2 elements differ (2 unexpected NaNs):
          index   expected  actual
          [0, 0]  0.5       nan
          [0, 1]  0.5       nan
        tolerance   rel 1e-7, abs 1e-12

        → Subtract each row&#x27;s maximum before exponentiating.</failure>
            </testcase>
            <testcase name="one column is all ones" classname="softmax" time="0.000">
              <failure message="wrong value: 2 of 2 elements differ (2 unexpected NaNs)" type="wrong value">softmax([[1000.0, 1000.0]])

        expected    [[0.5 0.5]]
        actual      [[nan nan]]
        2 of 2 elements differ (2 unexpected NaNs):
          index   expected  actual
          [0, 0]  0.5       nan
          [0, 1]  0.5       nan
        tolerance   rel 1e-7, abs 1e-12

        → Subtract each row&#x27;s maximum before exponentiating.</failure>
            </testcase>
            <testcase name="one row" classname="softmax" time="0.000"/>
            <system-out>graded on the reference sigmoid, since yours does not compile</system-out>
          </testsuite>
          <testsuite name="basic_sigmoid" tests="2" failures="0" errors="0" time="0.001" file="exercises/src/basic_sigmoid.rs">
            <testcase name="an example" classname="basic_sigmoid" time="0.000"/>
            <testcase name="three" classname="basic_sigmoid" time="0.000">
              <system-out>x = 3
        1 + e^-x = 1.049787
        </system-out>
            </testcase>
          </testsuite>
        </testsuites>
        "#);
    }

    #[test]
    fn hidden_cases_are_one_test() {
        let xml = xml(&sample::with_hidden_cases());
        assert!(xml.contains("hidden cases") && !xml.contains("secret"), "{xml}");
    }
}
