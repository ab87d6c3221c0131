//! The course at a glance.

use super::printer::{Printer, Style, plural};
use crate::grade::{ExerciseReport, ExerciseVerdict, Report};
use crate::report::decimal::Hundredths;
use crate::report::state::{State, stand_ins, words};
use crate::report::text;
use crate::report::visible::Visible;

/// How many cells an exercise's bar has.
const BAR: usize = 10;

/// The title, and every exercise on a line, under the heading of its section.
pub(super) fn print(printer: &mut Printer, report: &Report, reveal: bool) {
    let title = text::one_line(&report.course.title);
    let submission = text::one_line(&report.submission.title);
    printer.spread((&title, Style::Strong), " ", (&submission, Style::Dim));
    let columns = Columns::of(printer, report);
    for section in report.sections.iter().filter(|section| !section.exercises.is_empty()) {
        printer.blank();
        printer.text(0, Style::Strong, &text::one_line(&section.title));
        for exercise in &section.exercises {
            let visible = Visible::of(exercise, reveal);
            line(printer, exercise, &visible, &columns);
            notes(printer, exercise, &visible, report);
        }
    }
}

/// An exercise on one line.
pub(super) fn row(printer: &mut Printer, exercise: &ExerciseReport, report: &Report, reveal: bool) {
    let columns = Columns::of(printer, report);
    line(printer, exercise, &Visible::of(exercise, reveal), &columns);
}

/// How wide the columns are.
struct Columns {
    name: usize,
    score: usize,
    points: usize,
}

impl Columns {
    fn of(printer: &Printer, report: &Report) -> Self {
        let widest = |text: fn(&ExerciseReport) -> String| {
            report.exercises().map(|it| text(it).chars().count()).max().unwrap_or(0)
        };
        let mut columns = Self {
            name: 0,
            score: widest(|it| Hundredths::of(it.score, it.points).to_string()),
            points: widest(|it| Hundredths::whole(it.points).to_string()),
        };
        // A name is cut before the score is.
        let room = printer.columns(columns.total());
        columns.name = widest(|it| it.name.clone()).min(room);
        columns
    }

    /// The width of a line up to its score: mark, name, bar, numbers and what is between.
    fn total(&self) -> usize {
        2 + 2 + self.name + 2 + BAR + 2 + self.score + 1 + self.points
    }
}

fn line(
    printer: &mut Printer,
    exercise: &ExerciseReport,
    visible: &Visible<'_>,
    columns: &Columns,
) {
    let state = State::of(exercise, visible);
    let (glyph, style) = match state {
        State::Passed => (printer.glyphs.passed, Style::Good),
        State::Open => (printer.glyphs.open, Style::Dim),
        State::Failed => (printer.glyphs.failed, Style::Bad),
    };
    let name = printer.cut(&exercise.name, columns.name);
    let name_style =
        if exercise.verdict == ExerciseVerdict::NotImplemented { Style::Dim } else { Style::Plain };
    let score = Hundredths::of(exercise.score, exercise.points).to_string();
    let points = Hundredths::whole(exercise.points).to_string();
    let numbers = format!("{score:>0$}/{points:<1$}", columns.score, columns.points);
    let line = format!(
        "  {} {}  {}  {numbers}",
        printer.paint(style, glyph),
        printer.paint(name_style, &format!("{name:0$}", columns.name)),
        printer.bar(exercise.score, exercise.points, BAR),
    );
    let words = words(exercise, visible);
    if words.chars().count() + 2 <= printer.columns(columns.total()) {
        printer.line(&format!("{line}  {}", printer.paint(style, &words)));
    } else {
        printer.line(&line);
        printer.text(4, style, &words);
    }
}

/// What must be known about an exercise besides its score.
fn notes(printer: &mut Printer, exercise: &ExerciseReport, visible: &Visible<'_>, report: &Report) {
    for note in stand_ins(exercise, report) {
        printer.text(4, Style::Dim, &note);
    }
    if exercise.verdict == ExerciseVerdict::Blocked
        && let Some(case) = visible.cases.first()
    {
        printer.text(4, Style::Dim, &text::capped(text::one_line(&case.message), 400));
    }
    if visible.hidden > 0 {
        let cases = plural(visible.hidden, "hidden case");
        let note = format!("{} of {cases} passed", visible.hidden_passed);
        printer.text(4, Style::Dim, &note);
    }
}
