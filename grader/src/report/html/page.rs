//! The page: the course at a glance, the exercises, and what the result depends on.

use serde::Serialize;

use super::exercise::{Exercise, Mark, Score};
use crate::course::Points;
use crate::grade::{ExerciseReport, Report};
use crate::report::decimal::Hundredths;
use crate::report::state::{State, words};
use crate::report::terminal::took;
use crate::report::visible::Visible;
use crate::report::{plural, text};
use crate::sandbox::Isolation;

/// How many files that were left out are named.
const NAMED: usize = 50;

/// All that stands on the page.
#[derive(Serialize)]
pub struct Page<'a> {
    title: String,
    submission: String,
    total: Score,
    /// The score in percent of the points.
    percent: String,
    /// How many exercises passed, in words.
    passed: String,
    sections: Vec<Section<'a>>,
    exercises: Vec<Exercise<'a>>,
    circumstances: Vec<String>,
}

/// A section of the course at a glance.
#[derive(Serialize)]
struct Section<'a> {
    title: String,
    rows: Vec<Row<'a>>,
}

/// An exercise at a glance.
#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    title: String,
    mark: Mark,
    words: String,
    score: Score,
}

impl<'a> Page<'a> {
    /// The page of a report; hidden cases are shown with `reveal`, else counted.
    pub fn of(report: &'a Report, reveal: bool) -> Self {
        let percent = Hundredths::of(report.percent(), Points::from_integer(100));
        let rows = |exercises: &'a [ExerciseReport]| {
            exercises.iter().map(|exercise| Row::of(exercise, reveal)).collect()
        };
        let sections = report.sections.iter().filter(|section| !section.exercises.is_empty());
        let sections: Vec<Section<'_>> = sections
            .map(|section| Section {
                title: text::one_line(&section.title),
                rows: rows(&section.exercises),
            })
            .collect();
        let marks = sections.iter().flat_map(|section| &section.rows).map(|row| row.mark);
        let passed = marks.filter(|mark| *mark == Mark::Passed).count();
        let all = plural(report.exercises().count(), "exercise");
        Self {
            title: text::one_line(&report.course.title),
            submission: text::one_line(&report.submission.title),
            total: Score::of(report.score(), report.points()),
            percent: percent.to_string(),
            passed: format!("{passed} of {all} passed"),
            sections,
            exercises: report
                .exercises()
                .map(|exercise| Exercise::of(exercise, report, reveal))
                .collect(),
            circumstances: circumstances(report),
        }
    }
}

impl<'a> Row<'a> {
    fn of(exercise: &'a ExerciseReport, reveal: bool) -> Self {
        let visible = Visible::of(exercise, reveal);
        let words = words(exercise, &visible);
        Self {
            name: &exercise.name,
            title: text::one_line(&exercise.title),
            mark: State::of(exercise, &visible).into(),
            words: if words.is_empty() { exercise.verdict.to_string() } else { words },
            score: Score::of(exercise.score, exercise.points),
        }
    }
}

/// What the result depends on, in sentences.
fn circumstances(report: &Report) -> Vec<String> {
    let provenance = &report.provenance;
    let mut sentences = vec![format!(
        "Graded{} by grader {} with rustc {}, seed {}.",
        took(report.duration),
        text::one_line(&provenance.grader),
        text::one_line(&provenance.rustc),
        provenance.seed
    )];
    sentences.push(match &report.isolation {
        Isolation::Full => "Isolation: full.".into(),
        Isolation::Process { lack } => format!("Isolation: process ({}).", text::one_line(lack)),
    });
    for (file, reason) in report.left_out.iter().take(NAMED) {
        let (file, reason) = (text::one_line(file), text::one_line(reason));
        sentences.push(format!("Left out: {file} ({reason})."));
    }
    if report.left_out.len() > NAMED {
        let more = plural(report.left_out.len() - NAMED, "more file");
        sentences.push(format!("Left out: {more}."));
    }
    sentences
}
