//! One case: what was called, what was wanted, what came.

use std::time::Duration;

use super::elements;
use super::printer::{Printer, Style};
use super::{Terminal, Verbosity};
use crate::compare::{Mismatch, shape_text};
use crate::grade::report::CaseKind;
use crate::grade::{CaseReport, Delivered, Verdict, Wanted};
use crate::report::difference::Compared;
use crate::report::visible::is_about_function;
use crate::report::{outcome, text};

/// Where the lines below a case's name begin.
const INDENT: usize = 4;

/// How many lines of a call's output or message are shown.
const LINES: usize = 20;
const VERBOSE_LINES: usize = 400;

/// Prints one case of `exercise`.
pub(super) fn print(
    printer: &mut Printer,
    case: &CaseReport,
    exercise: &str,
    verbosity: Verbosity,
) {
    let failed = !matches!(case.verdict, Verdict::Passed | Verdict::NotImplemented);
    if failed || !case.output.is_empty() {
        printer.blank();
    }
    heading(printer, case, verbosity);
    if failed {
        body(printer, case);
        printer.blank();
    }
    if !case.output.is_empty() {
        let (lines, note) = match verbosity {
            Verbosity::Verbose => (VERBOSE_LINES, String::new()),
            _ => (LINES, format!(": {}", printer.verbose_run(exercise))),
        };
        let mut output = text::plain(&case.output);
        if case.output_cut {
            output.push_str("\n(the rest was not kept)");
        }
        printer.text(INDENT, Style::Dim, "output");
        printer.quote(INDENT + 2, output.trim_end(), lines, &note);
        printer.blank();
    }
}

/// What a case that failed has to say, without its name and its output.
pub fn details(case: &CaseReport, terminal: &Terminal) -> String {
    let mut printer = Printer::new(terminal);
    match case.verdict {
        Verdict::Passed => {}
        Verdict::NotImplemented => printer.text(INDENT, Style::Plain, &bounded(&case.message)),
        _ => body(&mut printer, case),
    }
    let text = String::from_utf8_lossy(&printer.finish()).into_owned();
    let indent = " ".repeat(INDENT);
    let lines: Vec<&str> =
        text.lines().map(|line| line.strip_prefix(&*indent).unwrap_or(line)).collect();
    lines.join("\n").trim_end().to_owned()
}

/// The name, and what became of it.
fn heading(printer: &mut Printer, case: &CaseReport, verbosity: Verbosity) {
    let (glyph, style) = match case.verdict {
        Verdict::Passed => (printer.glyphs.passed, Style::Good),
        Verdict::NotImplemented => (printer.glyphs.open, Style::Dim),
        _ => (printer.glyphs.failed, Style::Bad),
    };
    let name = if is_about_function(case) { &case.function } else { &case.name };
    let hidden = if case.hidden { " (hidden)" } else { "" };
    let mut verdict = case.verdict.to_string();
    if verbosity == Verbosity::Verbose
        && let Some(duration) = case.duration
    {
        verdict = format!("{verdict}, {}", time(duration));
    }
    let left = format!("  {glyph} {}{hidden}", text::one_line(name));
    printer.spread((&left, style), " ", (&verdict, style));
}

fn body(printer: &mut Printer, case: &CaseReport) {
    if is_about_function(case) {
        printer.text(INDENT, Style::Plain, &bounded(&case.message));
        // What is said of the function needs no advice on a case, but a mistake is the function's.
        if case.mistake.is_some() {
            feedback(printer, case);
        }
        return;
    }
    if case.kind != CaseKind::Rule {
        let call = call(printer, case);
        printer.text(INDENT, Style::Plain, &call);
        if let Some(inputs) = case.inputs {
            printer.text(INDENT, Style::Dim, &inputs.to_string());
        }
        printer.blank();
    }
    match (&case.wanted, &case.delivered, &case.mismatch) {
        (Wanted::Value(expected, tolerance), Some(Delivered::Value(actual)), Some(mismatch))
            if !matches!(mismatch.innermost(), Mismatch::Shape { .. }) =>
        {
            let message = bounded(&case.message);
            let compared = Compared { expected, actual, tolerance, mismatch };
            elements::print(printer, &compared, INDENT, &message);
        }
        (_, _, Some(mismatch)) if shapes(printer, mismatch) => {}
        (wanted, Some(Delivered::Panic { message, location }), _) => {
            if let Wanted::Panic(_) | Wanted::Error(_) = wanted {
                let wanted = printer.elided(&outcome::wanted(wanted, 400));
                printer.labelled(INDENT, "expected", &wanted);
            }
            let place = location.as_deref().map(text::one_line);
            let place = place.map_or_else(String::new, |place| format!(" at {place}"));
            printer.text(INDENT, Style::Plain, &format!("panicked{place}:"));
            printer.text(INDENT + 2, Style::Plain, &bounded(message));
        }
        (Wanted::Property(property), Some(delivered), _) => {
            let room = 2 * printer.beside_label(INDENT);
            printer.labelled(INDENT, "wanted", &bounded(property));
            let delivered = printer.elided(&outcome::delivered(delivered, room));
            printer.labelled(INDENT, "actual", &delivered);
            printer.text(INDENT, Style::Plain, &bounded(&case.message));
        }
        (wanted, Some(delivered), _) => {
            let room = 2 * printer.beside_label(INDENT);
            let wanted = printer.elided(&outcome::wanted(wanted, room));
            let delivered = printer.elided(&outcome::delivered(delivered, room));
            printer.labelled(INDENT, "expected", &wanted);
            printer.labelled(INDENT, "actual", &delivered);
        }
        (_, None, _) => printer.text(INDENT, Style::Plain, &bounded(&case.message)),
    }
    if let Some(source) = case.source.as_ref().filter(|_| case.mismatch.is_some()) {
        printer.labelled(INDENT, "source", &bounded(source));
    }
    feedback(printer, case);
}

/// What the fixture says to whoever gets this wrong.
fn feedback(printer: &mut Printer, case: &CaseReport) {
    if let Some(feedback) = &case.feedback {
        printer.blank();
        let arrow = format!("{} ", printer.glyphs.arrow);
        printer.hanging(INDENT, (&arrow, Style::Accent), (&bounded(feedback), Style::Accent));
    }
}

/// The shapes, where these are what differs.
fn shapes(printer: &mut Printer, mismatch: &Mismatch) -> bool {
    let Mismatch::Shape { actual, expected } = mismatch.innermost() else {
        return false;
    };
    printer.labelled(INDENT, "expected", &format!("shape {}", shape_text(expected)));
    printer.labelled(INDENT, "actual", &format!("shape {}", shape_text(actual)));
    true
}

/// The call as the learner would write it, or near enough, on about two lines.
fn call(printer: &Printer, case: &CaseReport) -> String {
    let mut room =
        2 * printer.columns(INDENT + 2) - case.function.len().min(printer.columns(INDENT));
    let mut args = Vec::new();
    for (index, arg) in case.args.iter().enumerate() {
        // What one argument leaves, the others may use.
        let share = room / (case.args.len() - index);
        let arg = printer.elided(&outcome::value(arg, share.max(12)));
        room = room.saturating_sub(arg.chars().count() + 2);
        args.push(arg);
    }
    format!("{}({})", case.function, args.join(", "))
}

/// Foreign text, safe and of a bearable length.
fn bounded(text: &str) -> String {
    let text = text::capped(text::plain(text), 4 << 10);
    match text.match_indices('\n').nth(LINES) {
        Some((end, _)) => text::capped(text.clone(), text[..end].chars().count()),
        None => text,
    }
}

/// The words on how long something took, with a space before them; none if that is left out.
pub fn took(duration: Option<Duration>) -> String {
    duration.map(|duration| format!(" in {}", time(duration))).unwrap_or_default()
}

/// A duration in the unit that suits it.
fn time(duration: Duration) -> String {
    let seconds = duration.as_secs_f64();
    match seconds {
        1.0.. => format!("{seconds:.1} s"),
        0.01.. => format!("{:.0} ms", seconds * 1e3),
        _ => format!("{:.1} ms", seconds * 1e3),
    }
}
