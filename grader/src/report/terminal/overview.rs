//! The course at a glance.

use super::printer::{Printer, Style, plural};
use crate::grade::{ExerciseReport, ExerciseVerdict, Report, Verdict};
use crate::report::decimal::Hundredths;
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
    let state = state(exercise, visible);
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

/// What the mark before an exercise says.
enum State {
    Passed,
    /// Nothing is wrong, but something is still to be written.
    Open,
    Failed,
}

fn state(exercise: &ExerciseReport, visible: &Visible<'_>) -> State {
    match exercise.verdict {
        ExerciseVerdict::Passed => State::Passed,
        ExerciseVerdict::NotImplemented | ExerciseVerdict::Blocked => State::Open,
        ExerciseVerdict::Failed if only_unwritten(visible) => State::Open,
        ExerciseVerdict::Failed | ExerciseVerdict::DidNotCompile => State::Failed,
    }
}

/// Whether all that is missing are functions that nobody has written yet.
fn only_unwritten(visible: &Visible<'_>) -> bool {
    let mut missed = visible.cases.iter().filter(|case| case.verdict != Verdict::Passed).peekable();
    missed.peek().is_some() && missed.all(|case| case.verdict == Verdict::NotImplemented)
}

/// What became of an exercise that did not pass, in few words.
fn words(exercise: &ExerciseReport, visible: &Visible<'_>) -> String {
    match exercise.verdict {
        ExerciseVerdict::Passed => String::new(),
        ExerciseVerdict::NotImplemented if visible.lacks_file() => {
            "not implemented: there is no file".into()
        }
        ExerciseVerdict::Failed if only_unwritten(visible) => {
            format!("not implemented: {}", visible.unwritten().join(", "))
        }
        ExerciseVerdict::Failed => {
            let mut words: Vec<&str> = Vec::new();
            for case in visible.cases.iter().filter(|case| case.verdict != Verdict::Passed) {
                if !words.contains(&case.verdict.word()) {
                    words.push(case.verdict.word());
                }
            }
            if words.is_empty() { "failed".into() } else { words.join(", ") }
        }
        verdict => verdict.to_string(),
    }
}

/// What must be known about an exercise besides its score.
fn notes(printer: &mut Printer, exercise: &ExerciseReport, visible: &Visible<'_>, report: &Report) {
    for name in &exercise.on_reference {
        let dependency = report.exercises().find(|other| other.name == *name);
        let why = match dependency.map(|it| it.verdict) {
            Some(ExerciseVerdict::DidNotCompile) => "does not compile",
            Some(ExerciseVerdict::NotImplemented) => "is not written yet",
            Some(ExerciseVerdict::Failed) => "fails",
            _ => "does not compile or fails",
        };
        let note = format!("graded on the reference {name}, since yours {why}");
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
