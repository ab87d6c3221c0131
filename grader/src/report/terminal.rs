//! The report for whoever sits at the terminal.
//!
//! First the whole course at a glance, one line an exercise; then what is wrong, in detail; last,
//! where the eye is when the prompt returns, the total and one next thing to do.

mod case;
mod elements;
mod ending;
mod exercise;
mod focus;
mod glyphs;
mod lesson;
mod overview;
mod printer;
#[cfg(test)]
mod screens;
mod speed;
mod texts;
mod verification;
mod wrap;

use super::Exporter;
use crate::grade::Report;
pub use case::{details, took};
pub use focus::Focus;
use printer::Printer;
pub use printer::plural;
pub use verification::Verification;
pub use wrap::wrap;

/// Writes the report for a terminal, or for a file that is read like one.
#[derive(Debug, Clone)]
pub struct Terminal {
    /// How many columns there are; fewer than 40 are treated as 40.
    pub width: usize,
    /// Whether to use colours.
    pub color: bool,
    /// Whether to use characters beyond ASCII. It does not change what learners and fixtures say.
    pub unicode: bool,
    /// How much to say.
    pub verbosity: Verbosity,
    /// Whether hidden cases are shown like others. Otherwise they are counted.
    pub reveal: bool,
    /// Whether only some exercises of the course were graded, so that to pass them all is not
    /// the end of the course, and to have begun none of them not the start.
    pub partial: bool,
    /// The options that a command in an advice repeats to grade the same again, each with a space
    /// before it; empty for the learner's own exercises.
    pub options: String,
}

impl Terminal {
    /// What other formats show pieces of: text of 80 columns, with or without colours.
    #[must_use]
    pub fn piece(color: bool) -> Self {
        Self {
            width: 80,
            color,
            unicode: true,
            verbosity: Verbosity::Normal,
            reveal: false,
            partial: false,
            options: String::new(),
        }
    }

    /// Writes the course at a glance and the total, no details and no advice.
    #[must_use]
    pub fn list(&self) -> List<'_> {
        List(self)
    }
}

/// Writes the exercises with their scores, for a terminal.
#[derive(Debug, Clone, Copy)]
pub struct List<'a>(&'a Terminal);

impl Exporter for List<'_> {
    fn export(&self, report: &Report) -> anyhow::Result<Vec<u8>> {
        let mut printer = Printer::new(self.0);
        overview::print(&mut printer, report, self.0.reveal);
        printer.blank();
        ending::total(&mut printer, report);
        Ok(printer.finish())
    }
}

/// How much a report says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// The total and nothing else.
    Quiet,
    /// Every exercise, and what is wrong with those that fail.
    Normal,
    /// Every case, with timings.
    Verbose,
}

impl Exporter for Terminal {
    fn export(&self, report: &Report) -> anyhow::Result<Vec<u8>> {
        let mut printer = Printer::new(self);
        if self.verbosity == Verbosity::Quiet {
            ending::total(&mut printer, report);
            return Ok(printer.finish());
        }
        overview::print(&mut printer, report, self.reveal);
        for exercise in report.exercises() {
            exercise::print(&mut printer, exercise, self);
        }
        printer.blank();
        ending::total(&mut printer, report);
        ending::circumstances(&mut printer, report, self.verbosity);
        ending::next(&mut printer, report, self);
        Ok(printer.finish())
    }
}
