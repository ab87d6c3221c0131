//! One exercise on a screen of its own, for whoever works on it.

use super::exercise;
use super::printer::{Printer, Style, plural};
use super::{Terminal, ending, overview};
use crate::course::{Exercise, Points};
use crate::grade::{ExerciseReport, ExerciseVerdict, Report};
use crate::report::decimal::Hundredths;
use crate::report::text;
use crate::report::visible::Visible;

/// How many failing cases are shown: the first one is what to work on.
const CASES: usize = 1;

/// An exercise on a screen of its own.
#[derive(Debug, Clone, Copy)]
pub struct Focus<'a> {
    /// What became of it.
    pub report: &'a ExerciseReport,
    /// What it asks.
    pub exercise: &'a Exercise,
    /// How many of its hints are shown.
    pub hints: usize,
}

impl Terminal {
    /// The lines of an exercise on a screen of its own.
    #[must_use]
    pub fn focus(&self, focus: &Focus<'_>) -> Vec<String> {
        let mut printer = Printer::new(self);
        let Focus { report, exercise: asked, hints } = *focus;
        heading(&mut printer, report);
        let visible = Visible::of(report, self.reveal);
        let uncompiled = [ExerciseVerdict::DidNotCompile, ExerciseVerdict::Blocked];
        if !uncompiled.contains(&report.verdict) {
            todo(&mut printer, report, asked, &visible);
        }
        let more_failing = exercise::details(&mut printer, report, self, CASES);
        if more_failing > 0 {
            let verb = if more_failing == 1 { "fails" } else { "fail" };
            let more = format!("{} {verb}", plural(more_failing, "more case"));
            printer.blank();
            printer.text(2, Style::Dim, &more);
        }
        self::hints(&mut printer, asked, hints);
        lines(printer)
    }

    /// The exercise on one line, with its state and points.
    #[must_use]
    pub fn row(&self, exercise: &ExerciseReport, report: &Report) -> String {
        let mut printer = Printer::new(self);
        overview::row(&mut printer, exercise, report, self.reveal);
        lines(printer).into_iter().next().unwrap_or_default()
    }

    /// How far the course is done, on one line, with so many columns left behind it.
    #[must_use]
    pub fn progress(&self, report: &Report, left: usize) -> String {
        let width = self.width.saturating_sub(left);
        let mut printer = Printer::new(&Self { width, ..self.clone() });
        ending::total(&mut printer, report);
        lines(printer).concat()
    }

    /// The score of a run on one line; `date` is in RFC 3339.
    #[must_use]
    pub fn step(&self, date: &str, score: f64, points: f64) -> String {
        /// How many cells the bar has, if there is room.
        const BAR: usize = 30;
        let printer = Printer::new(self);
        let exact =
            |number: f64| Points::new((number.clamp(0.0, 1e9) * 100.0).round() as i128, 100);
        let date: String = text::one_line(date).replace('T', " ").chars().take(16).collect();
        let numbers = format!("{score}/{points}");
        let cells = printer.columns(date.len() + numbers.len() + 8).min(BAR);
        let bar = printer.bar(exact(score), exact(points), cells);
        format!("{} UTC  {bar}  {numbers}", printer.paint(Style::Dim, &date))
    }

    /// A text at each end of a line, the left one strong and the right one dim.
    #[must_use]
    pub fn spread(&self, left: &str, right: &str) -> String {
        let mut printer = Printer::new(self);
        let right = text::one_line(right);
        printer.spread((left, Style::Strong), " ", (&right, Style::Dim));
        lines(printer).concat()
    }

    /// A line across the screen, with a text at its end.
    #[must_use]
    pub fn rule(&self, text: &str) -> String {
        let printer = Printer::new(self);
        let room = self.width.saturating_sub(text.chars().count());
        printer.paint(Style::Dim, &(printer.glyphs.rule.repeat(room) + text))
    }

    /// Keys with what they do.
    #[must_use]
    pub fn keys(&self, keys: &[(&str, &str)]) -> Vec<String> {
        let mut printer = Printer::new(self);
        for (key, what) in keys {
            printer.hanging(2, (&format!("{key:6}"), Style::Accent), (what, Style::Plain));
        }
        lines(printer)
    }

    /// A text that is of less importance, on one line.
    #[must_use]
    pub fn dim(&self, text: &str) -> String {
        Printer::new(self).paint(Style::Dim, &text::one_line(text))
    }

    /// A text that stands out, as what is selected does.
    #[must_use]
    pub fn strong(&self, text: &str) -> String {
        Printer::new(self).paint(Style::Strong, &text::one_line(text))
    }
}

fn lines(printer: Printer) -> Vec<String> {
    String::from_utf8_lossy(&printer.finish()).lines().map(str::to_owned).collect()
}

/// The name, what became of it, and the file.
fn heading(printer: &mut Printer, report: &ExerciseReport) {
    let score = Hundredths::of(report.score, report.points);
    let points = Hundredths::whole(report.points);
    let path = text::one_line(&report.path);
    let rule = printer.glyphs.rule;
    let title = format!("{}  {score}/{points}  {}", report.name, report.verdict);
    printer.spread((&title, Style::Strong), rule, (&path, Style::Dim));
}

/// What to do, where something is not written yet; and that nothing is left to do.
fn todo(
    printer: &mut Printer,
    report: &ExerciseReport,
    exercise: &Exercise,
    visible: &Visible<'_>,
) {
    printer.blank();
    if report.verdict == ExerciseVerdict::Passed {
        let passed = format!("{} Every case passes.", printer.glyphs.passed);
        printer.text(0, Style::Good, &passed);
        return;
    }
    printer.text(0, Style::Plain, &text::one_line(&exercise.summary));
    let unwritten = visible.unwritten();
    if !unwritten.is_empty() {
        let path = text::one_line(&report.path);
        let step = format!(
            "Open {path}, read the lesson at its top, replace todo!() in {} with your code and save.",
            unwritten.join(", ")
        );
        printer.blank();
        let arrow = format!("{} ", printer.glyphs.arrow);
        printer.hanging(0, (&arrow, Style::Accent), (&step, Style::Accent));
    }
}

/// The hints that were asked for.
fn hints(printer: &mut Printer, exercise: &Exercise, shown: usize) {
    if shown > 0 {
        printer.blank();
    }
    for (hint, number) in exercise.hints.iter().zip(1..).take(shown) {
        let label = format!("Hint {number}  ");
        printer.hanging(2, (&label, Style::Accent), (&text::one_line(hint), Style::Plain));
    }
}
