//! The times of loops and vectorised functions: a table with a bar for each.

use std::iter;

use super::Terminal;
use super::printer::{Printer, Style};
use crate::report::quantity::{self, RATES, digits, grouped, scaled};
use crate::report::text;
use crate::sandbox::Isolation;
use crate::speed::{Author, Comparison, Form, Report, Row, Size, Timing};

/// The longest a bar is, and the shortest that is worth drawing, in columns.
const BAR: usize = 40;
const SHORTEST: usize = 4;

/// The width of a function's name for the reader, and of its numbers.
const LABEL: usize = 21;
const TIME: usize = 7;
const SPREAD: usize = 5;
const GAIN: usize = 6;
const RATE: usize = 7;

/// The widths of all columns but the bar's, with what is between them.
const TABLE: usize = 2 + LABEL + 1 + TIME + 1 + SPREAD + 1 + GAIN + 1 + RATE + 1;

impl Terminal {
    /// The times for a terminal.
    #[must_use]
    pub fn speed(&self, report: &Report) -> Vec<u8> {
        let mut printer = Printer::new(self);
        for comparison in &report.comparisons {
            print(&mut printer, comparison);
        }
        printer.blank();
        printer.text(0, Style::Plain, &text::one_line(&report.conclusion()));
        printer.blank();
        legend(&mut printer, report);
        printer.finish()
    }
}

fn print(printer: &mut Printer, comparison: &Comparison) {
    printer.blank();
    let file = format!("exercises/src/{}.rs", comparison.exercise);
    let rule = printer.glyphs.rule;
    printer.spread((&comparison.title, Style::Strong), rule, (&file, Style::Dim));
    for size in &comparison.sizes {
        let count = grouped(size.elements);
        let noun = if size.elements == 1 { "element" } else { "elements" };
        match &size.rows {
            None => {
                let note = format!("{count} {noun}: more than the memory limit allows");
                printer.blank();
                printer.text(2, Style::Dim, &note);
            }
            // All have failed before.
            Some(rows) if rows.is_empty() => {}
            Some(rows) => {
                printer.blank();
                heading(printer, &format!("{count} {noun}"));
                rows.iter().for_each(|row| line(printer, row, size));
            }
        }
    }
}

/// The names of the columns.
fn heading(printer: &mut Printer, elements: &str) {
    let text = format!(
        "  {elements:LABEL$} {:>TIME$} {:SPREAD$} {:>GAIN$} {:>RATE$}",
        "time", "", "gain", "el./s"
    );
    let line = printer.paint(Style::Dim, &text);
    printer.line(&line);
}

fn line(printer: &mut Printer, row: &Row, size: &Size) {
    let label = format!("{:LABEL$}", row.label());
    let style = if row.author == Author::Learner { Style::Plain } else { Style::Dim };
    let label = printer.paint(style, &label);
    match &row.result {
        Ok(timing) => {
            let plus_minus = printer.glyphs.spread;
            let spread = format!("{plus_minus}{:.0}%", timing.spread() * 100.0);
            let gain = size.gain(row).map(|it| digits(it) + printer.glyphs.times);
            let rate = size.rate(timing).map(|rate| scaled(rate, &RATES));
            let numbers = format!(
                "{:>TIME$} {spread:SPREAD$} {:>GAIN$} {:>RATE$}",
                scaled(timing.median, &printer.glyphs.seconds),
                gain.unwrap_or_default(),
                rate.unwrap_or_default(),
            );
            let bar = bar(printer, row.form, timing, size);
            printer.line(&format!("  {label} {numbers} {bar}"));
        }
        Err(failure) => {
            let words = failure.to_string();
            let words = printer.cut(&words, printer.columns(2 + LABEL + 1));
            let words = printer.paint(Style::Bad, &words);
            printer.line(&format!("  {label} {words}"));
        }
    }
}

/// A bar as long as a function takes, beside the one that takes longest with this input.
fn bar(printer: &Printer, form: Form, timing: &Timing, size: &Size) -> String {
    let cells = printer.columns(TABLE).min(BAR);
    let times = size.rows.iter().flatten().filter_map(|row| row.result.as_ref().ok());
    let longest = times.map(|it| it.median).fold(0.0, f64::max);
    if cells < SHORTEST || longest <= 0.0 {
        return String::new();
    }
    let length = (timing.median / longest * cells as f64).round().max(1.0) as usize;
    let bar: String = iter::repeat_n(printer.glyphs.full, length).collect();
    let style = match form {
        Form::Loop => Style::Partial,
        Form::Vectorised => Style::Accent,
    };
    printer.paint(style, &bar)
}

/// How the numbers are meant, and how they came about.
fn legend(printer: &mut Printer, report: &Report) {
    let note = quantity::legend(printer.glyphs.spread, &text::one_line(&report.rustc));
    printer.text(0, Style::Dim, &note);
    if let Isolation::Process { lack } = &report.isolation {
        let note = format!("isolation: process ({})", text::one_line(lack));
        printer.text(0, Style::Dim, &note);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Verbosity;
    use crate::speed::sample;

    fn screen(width: usize, unicode: bool, color: bool) -> String {
        let (options, verbosity) = (String::new(), Verbosity::Normal);
        let (partial, reveal) = (false, false);
        let terminal = Terminal { width, color, unicode, verbosity, reveal, partial, options };
        String::from_utf8(terminal.speed(&sample::mixed())).unwrap()
    }

    #[test]
    fn a_table_with_a_bar_for_each_time() {
        insta::assert_snapshot!(screen(80, true, false), @r"
        Dot product ─────────────────────────────────────────────── exercises/src/dot.rs

          14 elements              time         gain   el./s
          yours, loop           12.5 ns ±3%    1.00×  1.12 G ███████████████████████████
          yours, vectorised     panicked: no vector
          reference, loop       8.00 ns ±3%    1.00×  1.75 G █████████████████
          reference, vectorised 5.00 ns ±3%    1.60×  2.80 G ███████████

          100,000 elements         time         gain   el./s
          yours, loop           64.0 µs ±3%    1.00×  1.56 G █
          reference, loop       1.28 ms ±3%    1.00×  78.1 M ███████████████████████████
          reference, vectorised not implemented

          10,000,000 elements: more than the memory limit allows

        The reference's vectorised code is 1.6 times as fast as the loop, which is worth
        having: rustc compiles a loop to machine code, so it is not slow in the way
        Python's is.

        time: median of five or more laps, ± half the distance between the quartiles;
        gain: how many times as fast as the loop of the same author; el./s: elements a
        second. All that have a time gave the same answer. Compiled as `cargo build
        --release` does, by rustc 1.95.0. The same code may differ by half between two
        programs, and by more on a busy machine.
        ");
    }

    #[test]
    fn a_narrow_screen_without_unicode() {
        insta::assert_snapshot!(screen(60, false, false), @r"
        Dot product --------------------------- exercises/src/dot.rs

          14 elements              time         gain   el./s
          yours, loop           12.5 ns ~3%    1.00x  1.12 G #######
          yours, vectorised     panicked: no vector
          reference, loop       8.00 ns ~3%    1.00x  1.75 G ####
          reference, vectorised 5.00 ns ~3%    1.60x  2.80 G ###

          100,000 elements         time         gain   el./s
          yours, loop           64.0 us ~3%    1.00x  1.56 G #
          reference, loop       1.28 ms ~3%    1.00x  78.1 M #######
          reference, vectorised not implemented

          10,000,000 elements: more than the memory limit allows

        The reference's vectorised code is 1.6 times as fast as the
        loop, which is worth having: rustc compiles a loop to
        machine code, so it is not slow in the way Python's is.

        time: median of five or more laps, ~ half the distance
        between the quartiles; gain: how many times as fast as the
        loop of the same author; el./s: elements a second. All that
        have a time gave the same answer. Compiled as `cargo build
        --release` does, by rustc 1.95.0. The same code may differ
        by half between two programs, and by more on a busy machine.
        ");
    }

    #[test]
    fn every_line_of_the_table_fits_and_colours_change_nothing_else() {
        for width in 60..=100 {
            let plain = screen(width, true, false);
            for line in plain.lines() {
                assert!(line.chars().count() <= width, "{width}: {line}");
            }
            let colored = screen(width, true, true);
            assert_ne!(colored, plain);
            assert_eq!(text::plain(&colored), plain);
        }
    }

    #[test]
    fn numbers_have_three_digits() {
        let seconds = crate::report::terminal::glyphs::UNICODE.seconds;
        for (time, shown) in [
            (12.34, "12.3 s"),
            (0.9999, "1.00 s"),
            (0.5, "500 ms"),
            (0.001_234, "1.23 ms"),
            (9.996e-6, "10.0 µs"),
            (5.1e-9, "5.10 ns"),
            (0.4e-9, "0.40 ns"),
        ] {
            assert_eq!(scaled(time, &seconds), shown);
        }
        assert_eq!(scaled(2.1e9, &RATES), "2.10 G");
        assert_eq!(scaled(7.0, &RATES), "7.00");
        let counts = [1, 999, 1000, 10_000_000].map(grouped);
        assert_eq!(counts, ["1", "999", "1,000", "10,000,000"]);
    }
}
