//! What an exercise's cases did, in detail.

use super::printer::{Printer, Style, plural};
use super::{Terminal, Verbosity, case};
use crate::grade::{CaseReport, ExerciseReport, ExerciseVerdict, Verdict};
use crate::report::text;
use crate::report::visible::{Visible, distinct};

/// How many failing cases are shown of one exercise, and how many that only printed something.
const CASES: usize = 2;

/// How many lines of rustc's are shown, and how many characters of each.
const DIAGNOSTICS: usize = 60;
const VERBOSE_DIAGNOSTICS: usize = 1000;
const DIAGNOSTIC: usize = 400;

/// Prints an exercise's cases where there is something to say about them.
///
/// That is: how cases failed, what rustc said, and what the learner's code printed, even if all
/// is well. Whoever adds a `println!` wants to see it. What is not written yet was said already.
pub(super) fn print(printer: &mut Printer, exercise: &ExerciseReport, terminal: &Terminal) {
    let plan = Plan::of(exercise, terminal, CASES);
    if plan.is_empty() {
        return;
    }
    printer.blank();
    let path = text::one_line(&exercise.path);
    let rule = printer.glyphs.rule;
    printer.spread((&exercise.name, Style::Strong), rule, (&path, Style::Dim));
    plan.print(printer, exercise, terminal);
    footer(printer, exercise, &plan);
}

/// Prints an exercise's cases without a heading and without advice, at most `most` that fail, and
/// says how many more do.
pub(super) fn details(
    printer: &mut Printer,
    exercise: &ExerciseReport,
    terminal: &Terminal,
    most: usize,
) -> usize {
    let plan = Plan::of(exercise, terminal, most);
    if !plan.is_empty() {
        plan.print(printer, exercise, terminal);
    }
    plan.more_failing
}

/// The cases of an exercise that are shown.
#[derive(Default)]
struct Plan<'a> {
    cases: Vec<&'a CaseReport>,
    /// How many more fail.
    more_failing: usize,
    /// How many more printed something.
    more_printed: usize,
    /// Whether rustc's messages are shown, and whether there are some that are not.
    diagnostics: bool,
    unsaid: bool,
}

impl<'a> Plan<'a> {
    /// What is shown of an exercise, at most `most` cases that fail.
    fn of(exercise: &'a ExerciseReport, terminal: &Terminal, most: usize) -> Self {
        let visible = Visible::of(exercise, terminal.reveal);
        let verbose = terminal.verbosity == Verbosity::Verbose;
        let plan = match exercise.verdict {
            ExerciseVerdict::DidNotCompile | ExerciseVerdict::Blocked => Self::default(),
            ExerciseVerdict::NotImplemented => Self::printed(&visible, terminal.verbosity),
            _ if verbose => Self::all(&visible),
            _ => Self::failing(&visible, terminal.verbosity, most),
        };
        let uncompiled = [ExerciseVerdict::DidNotCompile, ExerciseVerdict::Blocked];
        let said = !exercise.diagnostics.is_empty();
        // Of a file that compiles, rustc only refused functions of a wrong type, and spoke of code
        // that the learner never wrote: both signatures, which were shown, say it better.
        let shown = uncompiled.contains(&exercise.verdict) || verbose && !plan.cases.is_empty();
        Self { diagnostics: said && shown, unsaid: said && !shown, ..plan }
    }

    /// Whether there is nothing to show.
    fn is_empty(&self) -> bool {
        self.cases.is_empty() && !self.diagnostics
    }

    fn print(&self, printer: &mut Printer, exercise: &ExerciseReport, terminal: &Terminal) {
        printer.blank();
        for case in &self.cases {
            case::print(printer, case, &exercise.name, terminal.verbosity);
        }
        if self.diagnostics {
            diagnostics(printer, exercise, terminal.verbosity);
        }
    }

    /// Every case, but what is not written yet only once.
    fn all(visible: &Visible<'a>) -> Self {
        Self { cases: distinct(visible.cases.iter().copied(), |case| case), ..Self::default() }
    }

    /// The first cases that fail; the first that printed something if none of those did.
    fn failing(visible: &Visible<'a>, verbosity: Verbosity, most: usize) -> Self {
        let failing = visible
            .cases
            .iter()
            .copied()
            .filter(|case| !matches!(case.verdict, Verdict::Passed | Verdict::NotImplemented));
        let mut failing = distinct(failing, |case| case);
        // A call that was not made has less to tell than those before it.
        failing.sort_by_key(|case| !case.called);
        let more_failing = failing.len().saturating_sub(most);
        failing.truncate(most);
        let mut plan = if failing.iter().any(|case| !case.output.is_empty()) {
            Self::default()
        } else {
            Self::printed(visible, verbosity)
        };
        plan.cases.retain(|case| failing.iter().all(|shown| !std::ptr::eq(*shown, *case)));
        plan.cases.splice(..0, failing);
        Self { more_failing, ..plan }
    }

    /// The cases that printed something, though there is nothing else to say about them.
    fn printed(visible: &Visible<'a>, verbosity: Verbosity) -> Self {
        let calm = [Verdict::Passed, Verdict::NotImplemented];
        let mut cases: Vec<&CaseReport> = visible
            .cases
            .iter()
            .copied()
            .filter(|case| calm.contains(&case.verdict) && !case.output.is_empty())
            .collect();
        let mut more_printed = 0;
        if verbosity < Verbosity::Verbose {
            more_printed = cases.len().saturating_sub(CASES);
            cases.truncate(CASES);
        }
        Self { cases, more_printed, ..Self::default() }
    }
}

/// What rustc said.
fn diagnostics(printer: &mut Printer, exercise: &ExerciseReport, verbosity: Verbosity) {
    let most = if verbosity == Verbosity::Verbose { VERBOSE_DIAGNOSTICS } else { DIAGNOSTICS };
    printer.blank();
    // Cut before it is cleaned, so that half an escape sequence does not stay.
    let said = exercise.diagnostics.to_string();
    let mut lines = said.trim_end().lines();
    let shown: Vec<String> = lines
        .by_ref()
        .take(most)
        .map(|line| text::capped(line.to_owned(), DIAGNOSTIC))
        .map(|line| if printer.color() { text::colored(&line) } else { text::plain(&line) })
        .collect();
    // Whatever colour rustc left on ends here.
    let end = if printer.color() { "\u{1b}[0m" } else { "" };
    printer.line(&(shown.join("\n") + end));
    let more = lines.count();
    if more > 0 {
        let more = plural(more, "more line");
        let note = format!(
            "{} {more} of rustc's: {}",
            printer.glyphs.ellipsis,
            printer.verbose_run(&exercise.name)
        );
        printer.text(2, Style::Dim, &note);
    }
}

/// What else there is to see, and where help is.
fn footer(printer: &mut Printer, exercise: &ExerciseReport, plan: &Plan<'_>) {
    let name = &exercise.name;
    let mut more = Vec::new();
    if plan.more_failing > 0 {
        let verb = if plan.more_failing == 1 { "fails" } else { "fail" };
        more.push(format!("{} {verb}", plural(plan.more_failing, "more case")));
    }
    if plan.more_printed > 0 {
        more.push(format!("{} printed something", plural(plan.more_printed, "more case")));
    }
    if plan.unsaid {
        more.push("what rustc says".into());
    }
    let mut advice = Vec::new();
    if !more.is_empty() {
        advice.push(format!("{}: {}", more.join(", "), printer.verbose_run(name)));
    }
    let failed = plan
        .cases
        .iter()
        .any(|case| !matches!(case.verdict, Verdict::Passed | Verdict::NotImplemented));
    if exercise.hints > 0 && failed {
        advice.push(format!("Stuck? {}: cargo grade hint {name}", plural(exercise.hints, "hint")));
    }
    if !advice.is_empty() {
        printer.blank();
    }
    for line in advice {
        printer.text(2, Style::Dim, &line);
    }
}
