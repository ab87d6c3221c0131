//! Reports: the graded result in the format of whoever reads it.
//!
//! One file a format, behind [`Exporter`]. What comes from learners and fixtures passes through
//! `text` first, and cases of overlays are counted, not shown, unless they are revealed.

pub mod array;
mod decimal;
mod difference;
#[cfg(test)]
mod garbage;
mod html;
pub mod json;
pub mod outcome;
mod quantity;
#[cfg(test)]
pub(crate) mod sample;
mod state;
mod terminal;
mod text;
mod tolerance;
mod visible;

pub use decimal::points_text;
pub use html::Html;
pub use json::Json;
pub use terminal::{Focus, Terminal, Verbosity, plural, wrap};
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
