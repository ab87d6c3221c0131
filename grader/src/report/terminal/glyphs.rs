//! The characters that a report is drawn with.

use crate::report::quantity::SECONDS;

/// A set of characters that a terminal can show.
#[derive(Debug)]
pub(super) struct Glyphs {
    /// Something passed.
    pub passed: &'static str,
    /// Something did not.
    pub failed: &'static str,
    /// Something is not done yet.
    pub open: &'static str,
    /// A part of a bar that is earned.
    pub full: &'static str,
    /// A part of a bar that is not.
    pub empty: &'static str,
    /// A piece of a horizontal line.
    pub rule: &'static str,
    /// The left edge of what a learner's code printed.
    pub edge: &'static str,
    /// What stands before advice.
    pub arrow: &'static str,
    /// What stands for something left out.
    pub ellipsis: &'static str,
    /// What stands before the spread of a number.
    pub spread: &'static str,
    /// What stands after a factor.
    pub times: &'static str,
    /// The units of time, in seconds, the largest first.
    pub seconds: [(f64, &'static str); 4],
}

/// For terminals of this century.
pub(super) const UNICODE: Glyphs = Glyphs {
    passed: "✓",
    failed: "✗",
    open: "·",
    full: "█",
    empty: "░",
    rule: "─",
    edge: "│",
    arrow: "→",
    ellipsis: "…",
    spread: "±",
    times: "×",
    seconds: SECONDS,
};

/// For the others, and for files that are read with anything.
pub(super) const ASCII: Glyphs = Glyphs {
    passed: "+",
    failed: "x",
    open: ".",
    full: "#",
    empty: ".",
    rule: "-",
    edge: "|",
    arrow: "->",
    ellipsis: "...",
    spread: "~",
    times: "x",
    seconds: [(1.0, "s"), (1e-3, "ms"), (1e-6, "us"), (1e-9, "ns")],
};
