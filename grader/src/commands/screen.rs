//! What the reader's screen can show.

use std::io::{self, Write};

use anyhow::{Context, Result};
#[cfg(feature = "class")]
use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::RunArgs;
use crate::report::{Terminal, Verbosity, wrap};

/// The widest a report is made, in columns: long lines are hard to read.
pub const WIDEST: usize = 100;

/// The width of what is not a terminal, in columns.
const PIPED: usize = 80;

/// The width to write for, in columns.
pub fn width() -> usize {
    let terminal = terminal_size::terminal_size();
    terminal.map_or(PIPED, |(width, _)| usize::from(width.0)).clamp(40, WIDEST)
}

/// Whether to write in colour: `NO_COLOR`, `CLICOLOR` and `CLICOLOR_FORCE` are heeded.
pub fn color() -> bool {
    colored::control::SHOULD_COLORIZE.should_colorize()
}

/// Whether the reader's screen is likely to show more than ASCII.
pub fn unicode() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    // Without a locale, as in a container, what shows the log is most likely a modern one.
    locale.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        !matches!(locale.as_str(), "c" | "posix") && locale.contains("utf")
    })
}

/// Prints to standard output, unless its reader has seen enough, as `head` has.
///
/// # Errors
///
/// If the text cannot be printed for another reason.
pub fn print(text: &[u8]) -> Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result.context("failed to print"),
    }
}

/// The terminal report as the arguments want it.
pub fn terminal(args: &RunArgs) -> Terminal {
    Terminal {
        width: width(),
        color: color(),
        unicode: unicode(),
        partial: !args.names.is_empty(),
        options: options(args),
        reveal: args.reveal,
        verbosity: match (args.quiet, args.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ => Verbosity::Normal,
        },
    }
}

/// The options that grade the same again.
fn options(args: &RunArgs) -> String {
    let mut options = String::new();
    if args.solutions {
        options.push_str(" --solutions");
    }
    let folders = args.submission.iter().map(|folder| (" --submission ", folder));
    for (option, folder) in folders.chain(args.fixtures.iter().map(|it| (" --fixtures ", it))) {
        options.push_str(option);
        options.push_str(&quoted(&folder.to_string_lossy()));
    }
    options
}

/// A bar for the work on so many submissions, with room for a message.
#[cfg(feature = "class")]
pub fn bar(submissions: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:25} {pos}/{len} {wide_msg}");
    let chars = if unicode() { "█▌░" } else { "=> " };
    ProgressBar::new(submissions as u64)
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars(chars))
}

/// The first of some names, and how many more there are.
#[cfg(feature = "class")]
pub fn listed(names: &[String], most: usize) -> String {
    let mut listed = names.iter().take(most).map(String::as_str).collect::<Vec<_>>().join(", ");
    if names.len() > most {
        listed.push_str(&format!(" and {} more", names.len() - most));
    }
    listed
}

/// A word as a shell reads it.
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._/-".contains(c);
    if word.chars().all(plain) && !word.is_empty() {
        word.into()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// A text in lines that fit beside an indentation, which all but the first of them have.
pub fn wrapped(text: &str, indent: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let lines = wrap(&words.join(" "), width().saturating_sub(indent).max(20));
    lines.join(&format!("\n{:indent$}", ""))
}
