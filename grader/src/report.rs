//! Reports: the graded result in the format of whoever reads it.
//!
//! One file a format, behind [`Exporter`]. What comes from learners and fixtures passes through
//! `text` first, and cases of overlays are counted, not shown, unless they are revealed.

pub mod array;
mod classroom;
mod classroom50;
mod compile_error;
mod decimal;
mod difference;
mod exercism;
#[cfg(test)]
mod formats;
#[cfg(test)]
mod garbage;
mod github;
mod gradescope;
mod html;
mod item;
pub mod json;
mod junit;
mod markdown;
pub mod outcome;
mod prairielearn;
mod quantity;
#[cfg(test)]
pub(crate) mod sample;
mod sarif;
mod share;
mod state;
mod tap;
mod terminal;
mod text;
mod tolerance;
mod visible;

pub use classroom::Classroom;
pub use classroom50::{Classroom50, Identity};
pub use decimal::points_text;
pub use exercism::Exercism;
pub use github::Github;
pub use gradescope::Gradescope;
pub use html::Html;
#[cfg(feature = "class")]
pub use html::lay_out;
pub use json::Json;
pub use junit::Junit;
pub use markdown::Markdown;
pub use prairielearn::PrairieLearn;
pub use sarif::Sarif;
pub use tap::Tap;
pub use terminal::{Focus, Terminal, Verbosity, Verification, plural, wrap};
#[cfg(feature = "class")]
pub use text::one_line;
pub use text::{colored, plain};

use crate::grade::Report;

/// A format that a report can be written in.
pub trait Exporter {
    /// The report in this format, ready to be written.
    ///
    /// # Errors
    ///
    /// What keeps the report from being written in this format.
    fn export(&self, report: &Report) -> anyhow::Result<Vec<u8>>;
}
