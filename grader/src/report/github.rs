//! GitHub Actions: the report in the log, and annotations on the learner's lines.
//!
//! A line of the log that begins with `::` is a command to the runner. What learners and fixtures say
//! stands between commands that tell the runner to listen to none, and inside annotations it is
//! escaped as the runner wants it.

use std::collections::{BTreeMap, BTreeSet};

use super::compile_error::{self, CompileError};
use super::item::Item;
use super::state::total;
use super::terminal::Terminal;
use super::{Exporter, text};
use crate::diagnostic::Place;
use crate::digest::digest;
use crate::grade::{ExerciseReport, Report};

/// How many annotations of a level GitHub keeps of one step.
const MOST: usize = 10;

/// How many characters of a message are kept: GitHub cuts at 4096.
const MESSAGE: usize = 4000;

/// Writes what a step prints: the terminal report, then annotations.
#[derive(Debug, Clone)]
pub struct Github {
    /// How the report in the log looks.
    pub terminal: Terminal,
}

/// How much an annotation stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Error,
    Warning,
    Notice,
}

/// What stands beside a line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Annotation {
    level: Level,
    place: Option<Place>,
    title: String,
    message: String,
}

impl Exporter for Github {
    fn export(&self, report: &Report) -> anyhow::Result<Vec<u8>> {
        let log = String::from_utf8(self.terminal.export(report)?)?;
        // Nobody can print the hash of what they print.
        let token = digest(&log);
        let mut out = format!("::stop-commands::{token}\n{}\n::{token}::\n", log.trim_end());
        for annotation in self.annotations(report) {
            out.push_str(&annotation.command());
            out.push('\n');
        }
        Ok(out.into_bytes())
    }
}

impl Github {
    /// The annotations, at most as many as GitHub keeps.
    fn annotations(&self, report: &Report) -> Vec<Annotation> {
        let mut all = ranked(compile_error::all(report).into_iter().map(of_error));
        all.extend(report.exercises().flat_map(|it| ranked(self.of_failures(it).into_iter())));
        // The first of each exercise says more than the second of one.
        all.sort_by_key(|(rank, _)| *rank);
        let mut annotations = Vec::new();
        for level in [Level::Error, Level::Warning] {
            let of_level = all.iter().filter(|(_, annotation)| annotation.level == level);
            annotations.extend(of_level.take(MOST).map(|(_, annotation)| annotation.clone()));
        }
        annotations.push(Annotation {
            level: Level::Notice,
            place: None,
            title: "Score".into(),
            message: total(report),
        });
        annotations
    }

    /// One annotation for each place at which cases failed.
    fn of_failures(&self, exercise: &ExerciseReport) -> Vec<Annotation> {
        let items = Item::all(exercise, self.terminal.reveal);
        let mut failed: Vec<&Item<'_>> = items
            .iter()
            .filter(|it| it.case.is_some_and(|case| case.verdict.blames_code()))
            .collect();
        // A call that was not made has less to tell than those before it.
        failed.sort_by_key(|item| item.case.is_some_and(|case| !case.called));
        let line = |item: &Item<'_>| item.place().map(|place| (place.file.clone(), place.line));
        let mut lines = BTreeSet::new();
        let mut annotations = Vec::new();
        for item in &failed {
            if !lines.insert(line(item)) {
                continue;
            }
            let alike = failed.iter().filter(|other| line(other) == line(item)).count() - 1;
            let more = match alike {
                0 => String::new(),
                1 => "\n\n1 more case fails here.".into(),
                _ => format!("\n\n{alike} more cases fail here."),
            };
            let details = text::capped(item.details(&Terminal::piece(false)), MESSAGE);
            annotations.push(Annotation {
                level: Level::Warning,
                place: item.place().cloned(),
                title: format!("{}: {}", exercise.name, item.verdict),
                message: format!("{}\n\n{details}{more}", item.name),
            });
        }
        annotations
    }
}

/// Annotations, each with its place among those of the same file.
fn ranked(annotations: impl Iterator<Item = Annotation>) -> Vec<(usize, Annotation)> {
    let mut counts = BTreeMap::<Option<String>, usize>::new();
    annotations
        .map(|annotation| {
            let file = annotation.place.as_ref().map(|place| place.file.clone());
            let count = counts.entry(file).or_default();
            *count += 1;
            (*count, annotation)
        })
        .collect()
}

/// The annotation of an error of rustc's.
fn of_error(CompileError { exercise, diagnostic, place }: CompileError<'_>) -> Annotation {
    let code = diagnostic.code.as_ref().map(|code| format!(" ({code})")).unwrap_or_default();
    Annotation {
        level: Level::Error,
        place: Some(place),
        title: format!("{}: did not compile{code}", exercise.name),
        message: diagnostic.explanation(),
    }
}

impl Annotation {
    /// The command that tells the runner of it.
    fn command(&self) -> String {
        let level = match self.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Notice => "notice",
        };
        let mut properties = vec![("title", self.title.clone())];
        if let Some(place) = &self.place {
            properties.push(("file", place.file.clone()));
            properties.push(("line", place.line.to_string()));
            properties.push(("endLine", place.end_line.to_string()));
            // Columns are taken only where one line is meant.
            if place.line == place.end_line && place.end_column > place.column {
                properties.push(("col", place.column.to_string()));
                properties.push(("endColumn", place.end_column.to_string()));
            }
        }
        let properties: Vec<String> = properties
            .into_iter()
            .map(|(name, value)| format!("{name}={}", property(&text::one_line(&value))))
            .collect();
        let message = text::capped(text::plain(&self.message), MESSAGE);
        format!("::{level} {}::{}", properties.join(","), data(&message))
    }
}

/// A message as the runner wants it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property as the runner wants it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn out(report: &Report) -> String {
        let exporter = Github { terminal: Terminal::piece(false) };
        String::from_utf8(exporter.export(report).unwrap()).unwrap()
    }

    #[test]
    fn annotations_follow_the_report() {
        let out = out(&sample::few());
        let (log, annotations) = out.split_once("::\n::error").unwrap();
        let token = log.strip_prefix("::stop-commands::").unwrap().split_once('\n').unwrap().0;
        assert!(token.len() == 64 && log.ends_with(&format!("\n::{token}")));
        insta::assert_snapshot!(format!("::error{annotations}"), @"
        ::error title=sigmoid%3A did not compile (E0308),file=exercises/src/sigmoid.rs,line=52,endLine=52,col=5,endColumn=8::mismatched types
        ::warning title=vector_ops%3A wrong type::three more%0A%0Awanted: pub fn add_scalar(x: &ArrayD<f64>, c: f64) -> ArrayD<f64>%0Ayours:  pub fn add_scalar(x: &ArrayD<f64>, c: f32) -> ArrayD<f64>%0A%0A1 more case fails here.
        ::warning title=softmax%3A wrong value,file=exercises/src/softmax.rs,line=40,endLine=40::two rows of five scores%0A%0Asoftmax([[9.0, 2.0, 5.0, 0.0, 0.0], [7.0, 5.0, 0.0, 0.0, 0.0]])%0A%0Aexpected%0A  [[9.80897665e-01 8.94462891e-04 1.79657674e-02 1.21052389e-04%0A    1.21052389e-04]%0A   [8.78679856e-01 1.18916387e-01 8.01252314e-04 8.01252314e-04%0A    8.01252314e-04]]%0Aactual%0A  [[8.52154957e-01 7.77064737e-04 1.56077625e-02 1.05164276e-04%0A    1.05164276e-04]%0A   [1.15326632e-01 1.56077625e-02 1.05164276e-04 1.05164276e-04%0A    1.05164276e-04]]%0A%0A10 of 10 elements differ, the first five:%0A  index   expected        actual%0A  [0, 0]  0.980897665     0.852154956552608%0A  [0, 1]  0.000894462891  0.0007770647367382155%0A  [0, 2]  0.0179657674    0.015607762461462532%0A  [0, 3]  0.000121052389  0.00010516427623965027%0A  [0, 4]  0.000121052389  0.00010516427623965027%0Adifference  at most 0.763 absolute, 0.869 relative%0Atolerance   half a unit of the last digit printed, or rel 1e-7, abs 1e-12%0Asource      Python Basics with NumPy, softmax%0A%0A→ You divided by the sum of the whole matrix. Sum each row.%0A%0A2 more cases fail here.
        ::notice title=Score::14.5 of 40 points (36.25 %25)
        ");
    }

    #[test]
    fn what_is_most_useful_comes_first_and_the_rest_is_left_out() {
        let mut report = sample::only(vec![sample::softmax(); 12]);
        let exercises = report.sections.iter_mut().flat_map(|section| &mut section.exercises);
        for (number, exercise) in exercises.enumerate() {
            for (line, case) in (1..).zip(&mut exercise.cases) {
                case.place = Some(Place::point(format!("exercises/src/e{number}.rs"), line, 1));
            }
        }
        let exporter = Github { terminal: Terminal::piece(false) };
        let annotations = exporter.annotations(&report);
        let lines: Vec<_> =
            annotations.iter().filter_map(|it| Some(it.place.as_ref()?.line)).collect();
        assert_eq!(lines, [1; MOST]);
        assert_eq!(annotations.len(), MOST + 1);
    }

    #[test]
    fn commands_are_escaped() {
        let annotation = Annotation {
            level: Level::Error,
            place: Some(Place { end_column: 9, ..Place::point("a,b:c.rs", 3, 5) }),
            title: "100%: a, b".into(),
            message: "one\n::error::two\r\n100%\u{1b}[31m".into(),
        };
        assert_eq!(
            annotation.command(),
            "::error title=100%25%3A a%2C b,file=a%2Cb%3Ac.rs,line=3,endLine=3,col=5,endColumn=9\
             ::one%0A::error::two%0A100%25"
        );
    }
}
