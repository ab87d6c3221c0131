//! How a report ends: the total, and one next thing to do.

use super::case::took;
use super::printer::{Printer, Style, plural};
use super::{Terminal, Verbosity};
use crate::course::Points;
use crate::grade::{ExerciseReport, ExerciseVerdict, Report, Verdict};
use crate::report::decimal::Hundredths;
use crate::report::text;
use crate::report::visible::Visible;
use crate::sandbox::Isolation;

/// How many cells the total's bar has, if there is room.
const BAR: usize = 30;

/// How many files that were left out are named.
const NAMED: usize = 50;

/// The total, as a bar, in points and in percent.
pub(super) fn total(printer: &mut Printer, report: &Report) {
    let (score, points) = (report.score(), report.points());
    let percent = Hundredths::of(report.percent(), Points::from_integer(100));
    let (name, numbers) = (
        "Total  ",
        format!("  {}/{}  {percent}%", Hundredths::of(score, points), Hundredths::whole(points)),
    );
    let cells = printer.columns(name.len() + numbers.len()).min(BAR);
    let bar = printer.bar(score, points, cells);
    let name = printer.paint(Style::Strong, name);
    let numbers = printer.paint(Style::Strong, &numbers);
    printer.line(&format!("{name}{bar}{numbers}"));
}

/// What the result depends on, where it matters or was asked for.
pub(super) fn circumstances(printer: &mut Printer, report: &Report, verbosity: Verbosity) {
    let verbose = verbosity == Verbosity::Verbose;
    // Every crate has a root, and the grader writes its own.
    let matters = |file: &str| verbose || (file.ends_with(".rs") && file != "lib.rs");
    let left_out: Vec<_> = report.left_out.iter().filter(|(file, _)| matters(file)).collect();
    for (file, reason) in left_out.iter().take(NAMED) {
        let note = format!("left out: {} ({})", text::one_line(file), text::one_line(reason));
        printer.text(0, Style::Dim, &note);
    }
    if left_out.len() > NAMED {
        printer.text(0, Style::Dim, &format!("and {} more", left_out.len() - NAMED));
    }
    match &report.isolation {
        Isolation::Full if verbose => printer.text(0, Style::Dim, "isolation: full"),
        Isolation::Full => {}
        Isolation::Process { lack } => {
            let note = format!("isolation: process ({})", text::one_line(lack));
            printer.text(0, Style::Dim, &note);
        }
    }
    if verbose {
        let provenance = &report.provenance;
        let note = format!(
            "graded{} by grader {} with rustc {}, seed {}",
            took(report.duration),
            text::one_line(&provenance.grader),
            text::one_line(&provenance.rustc),
            provenance.seed
        );
        printer.text(0, Style::Dim, &note);
    }
}

/// One next thing to do.
pub(super) fn next(printer: &mut Printer, report: &Report, terminal: &Terminal) {
    let count = |verdict| report.exercises().filter(|it| it.verdict == verdict).count();
    let all = report.exercises().count();
    let passed = count(ExerciseVerdict::Passed);
    let open = count(ExerciseVerdict::NotImplemented);
    printer.blank();
    if passed == all {
        done(printer, all, terminal.partial);
        return;
    }
    if open == all && !terminal.partial && printer.is_own() {
        welcome(printer, report);
        return;
    }
    if passed == 1 && open == all - 1 && !terminal.partial {
        let praise = "Your first exercise is solved! All the others work the same way.";
        printer.text(0, Style::Good, praise);
        printer.blank();
    }
    if let Some(exercise) = upcoming(report) {
        let visible = Visible::of(exercise, terminal.reveal);
        advice(printer, "Next", &step(exercise, &visible, printer.is_own()));
        advice(printer, "Then", &printer.run());
        // A failing exercise has offered its hints with its details.
        if exercise.verdict == ExerciseVerdict::NotImplemented {
            stuck(printer, exercise);
        }
    }
}

fn welcome(printer: &mut Printer, report: &Report) {
    let Some(first) = report.exercises().next() else {
        return;
    };
    printer.text(0, Style::Strong, "Welcome! Nothing is solved yet, so this is where to start:");
    printer.blank();
    let steps = [
        format!("Open {} and read the lesson at its top.", text::one_line(&first.path)),
        "Replace todo!() with your own code, and save the file.".to_owned(),
        "Run the grader again: cargo grade".to_owned(),
    ];
    for (number, step) in (1..).zip(&steps) {
        let number = format!("{number}. ");
        printer.hanging(2, (&number, Style::Accent), (step, Style::Plain));
    }
    printer.blank();
    stuck(printer, first);
}

fn done(printer: &mut Printer, all: usize, partial: bool) {
    if partial {
        printer.text(0, Style::Good, &format!("{} passed.", plural(all, "exercise")));
        advice(printer, "Next", &printer.run());
        return;
    }
    let exercises = plural(all, "exercise");
    printer.text(
        0,
        Style::Good,
        &format!("Congratulations! You solved the whole course: {exercises}."),
    );
}

fn stuck(printer: &mut Printer, exercise: &ExerciseReport) {
    if exercise.hints > 0 {
        advice(printer, "Stuck?", &format!("cargo grade hint {}", exercise.name));
    }
}

fn advice(printer: &mut Printer, when: &str, what: &str) {
    printer.hanging(0, (&format!("{when:8}"), Style::Accent), (what, Style::Plain));
}

/// The exercise to go on with: the first that was begun and is not right, else the first that was
/// not begun.
fn upcoming(report: &Report) -> Option<&ExerciseReport> {
    let first = |verdicts: &[ExerciseVerdict]| {
        report.exercises().find(|exercise| verdicts.contains(&exercise.verdict))
    };
    first(&[ExerciseVerdict::Failed, ExerciseVerdict::DidNotCompile, ExerciseVerdict::Blocked])
        .or_else(|| first(&[ExerciseVerdict::NotImplemented]))
}

fn step(exercise: &ExerciseReport, visible: &Visible<'_>, own: bool) -> String {
    let path = text::one_line(&exercise.path);
    let failing = visible
        .cases
        .iter()
        .find(|case| !matches!(case.verdict, Verdict::Passed | Verdict::NotImplemented));
    match (exercise.verdict, failing, visible.unwritten().first()) {
        (ExerciseVerdict::DidNotCompile, ..) => {
            format!("open {path} and make it compile")
        }
        (ExerciseVerdict::Blocked, ..) => {
            format!("{path} waits for a file that does not compile")
        }
        (ExerciseVerdict::NotImplemented, ..) if visible.lacks_file() && own => {
            format!("bring {path} back: cargo grade reset {}", exercise.name)
        }
        (ExerciseVerdict::NotImplemented, ..) if visible.lacks_file() => format!("add {path}"),
        (_, Some(case), _) => {
            format!("open {path} and fix {}", case.function)
        }
        (_, None, Some(function)) => {
            format!("open {path} and write {function}")
        }
        (_, None, None) => format!(
            "open {path}: it passes every case you can see, but not all of those you cannot. \
             Which inputs have you not thought of?"
        ),
    }
}
