//! Lines for a terminal: width, colour and glyphs are known here and nowhere else.

use std::iter;

use colored::Color;

use super::Terminal;
use super::glyphs::{self, Glyphs};
use super::wrap::wrap;
use crate::course::Points;
use crate::report::text;

/// Where the text beside a label begins, counted from the label.
const LABEL: usize = 12;

/// How a piece of text looks where there are colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Like any other text.
    Plain,
    /// A heading.
    Strong,
    /// Of less importance.
    Dim,
    /// Right.
    Good,
    /// Begun, but not right yet.
    Partial,
    /// Wrong.
    Bad,
    /// What to do.
    Accent,
}

/// Collects the lines of a report.
///
/// Text that is handed to it must be safe to print; it only formats.
pub(super) struct Printer {
    /// The characters to draw with.
    pub glyphs: &'static Glyphs,
    width: usize,
    color: bool,
    options: String,
    out: String,
}

impl Printer {
    /// Prints for this terminal.
    pub fn new(terminal: &Terminal) -> Self {
        let glyphs = if terminal.unicode { &glyphs::UNICODE } else { &glyphs::ASCII };
        let width = terminal.width.max(40);
        let options = text::one_line(&terminal.options);
        Self { glyphs, width, color: terminal.color, options, out: String::new() }
    }

    /// Everything that was printed.
    pub fn finish(self) -> Vec<u8> {
        self.out.into_bytes()
    }

    /// The command that grades an exercise again and shows all of it.
    pub fn verbose_run(&self, exercise: &str) -> String {
        format!("cargo grade run {exercise} --verbose{}", self.options)
    }

    /// The command that grades everything again.
    pub fn run(&self) -> String {
        if self.is_own() {
            "cargo grade".into()
        } else {
            format!("cargo grade run{}", self.options)
        }
    }

    /// Whether the learner's own exercises were graded.
    pub fn is_own(&self) -> bool {
        self.options.is_empty()
    }

    /// How many columns are left behind `indent` of them.
    pub fn columns(&self, indent: usize) -> usize {
        self.width.saturating_sub(indent).max(1)
    }

    /// Whether there are colours.
    pub fn color(&self) -> bool {
        self.color
    }

    /// `text` in this style.
    ///
    /// The codes are written here since `ColoredString` asks a setting of the whole process, which
    /// would not be this printer's and could change while it prints.
    pub fn paint(&self, style: Style, text: &str) -> String {
        let code = match style {
            Style::Plain => return text.to_owned(),
            Style::Strong => "1".into(),
            Style::Dim => "2".into(),
            Style::Good => Color::Green.to_fg_str(),
            Style::Partial => Color::Yellow.to_fg_str(),
            Style::Bad => Color::Red.to_fg_str(),
            Style::Accent => Color::Cyan.to_fg_str(),
        };
        if self.color && !text.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    /// An empty line, unless there is one or nothing was printed.
    pub fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// A line as it is.
    pub fn line(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    /// Text behind `indent` columns, on as many lines as it takes.
    pub fn text(&mut self, indent: usize, style: Style, text: &str) {
        self.hanging(indent, ("", style), (text, style));
    }

    /// Text behind a prefix, further lines beginning where the text does.
    pub fn hanging(&mut self, indent: usize, prefix: (&str, Style), text: (&str, Style)) {
        let hang = indent + prefix.0.chars().count();
        for (number, line) in wrap(text.0, self.columns(hang)).iter().enumerate() {
            let start = match number {
                0 => " ".repeat(indent) + &self.paint(prefix.1, prefix.0),
                _ => " ".repeat(hang),
            };
            let line = start + &self.paint(text.1, line);
            self.line(&line);
        }
    }

    /// The name of something that stands beside it.
    pub fn label(&self, label: &str) -> String {
        self.paint(Style::Dim, &format!("{label:LABEL$}"))
    }

    /// A name for something and, in a column of its own, what it is.
    pub fn labelled(&mut self, indent: usize, label: &str, text: &str) {
        self.hanging(indent, (&format!("{label:LABEL$}"), Style::Dim), (text, Style::Plain));
    }

    /// How many characters stand beside a label before they go on below.
    pub fn beside_label(&self, indent: usize) -> usize {
        self.columns(indent + LABEL)
    }

    /// Two texts at both ends of a line with `fill` between; the left one is cut if it must be.
    pub fn spread(&mut self, left: (&str, Style), fill: &str, right: (&str, Style)) {
        let room = self.columns(right.0.chars().count() + 2);
        let text = self.cut(left.0, room);
        let gap = room - text.chars().count().min(room);
        let between = format!(" {} ", fill.repeat(gap));
        let line = [
            self.paint(left.1, &text),
            self.paint(Style::Dim, &between),
            self.paint(right.1, right.0),
        ];
        self.line(&line.concat());
    }

    /// What a call printed, behind an edge, at most `max` lines of it, with `note` on the rest.
    pub fn quote(&mut self, indent: usize, text: &str, max: usize, note: &str) {
        let start = " ".repeat(indent) + &self.paint(Style::Dim, self.glyphs.edge);
        let lines = wrap(text, self.columns(indent + 2));
        for line in lines.iter().take(max) {
            self.line(&format!("{start} {line}"));
        }
        if lines.len() > max {
            let more = plural(lines.len() - max, "more line");
            let note = format!("{} {more}{note}", self.glyphs.ellipsis);
            self.text(indent, Style::Dim, &note);
        }
    }

    /// `text` that was cut elsewhere, with the ellipsis of these glyphs.
    pub fn elided(&self, text: &str) -> String {
        text.replace('…', self.glyphs.ellipsis)
    }

    /// `text` on one line of at most `max` characters.
    pub fn cut(&self, text: &str, max: usize) -> String {
        let text = text::one_line(text);
        if text.chars().count() <= max {
            return text;
        }
        let keep = max.saturating_sub(self.glyphs.ellipsis.chars().count());
        let kept: String = text.chars().take(keep).collect();
        kept.trim_end().to_owned() + self.glyphs.ellipsis
    }

    /// A bar of so many cells: full only for the whole, empty only for nothing.
    pub fn bar(&self, part: Points, whole: Points, cells: usize) -> String {
        let all = i128::try_from(cells).unwrap_or(i128::MAX);
        let full = if part >= whole {
            cells
        } else {
            let share = (part / whole * all).floor().to_integer();
            usize::try_from(share).unwrap_or(0).max(usize::from(part > Points::ZERO))
        };
        let style = if full == cells { Style::Good } else { Style::Partial };
        let cells: (String, String) = (
            iter::repeat_n(self.glyphs.full, full).collect(),
            iter::repeat_n(self.glyphs.empty, cells - full).collect(),
        );
        self.paint(style, &cells.0) + &self.paint(Style::Dim, &cells.1)
    }
}

/// "1 exercise", "2 exercises".
pub fn plural(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}
