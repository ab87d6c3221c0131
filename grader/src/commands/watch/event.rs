//! What a watch waits for.

use std::path::PathBuf;

use crossterm::event::KeyEvent;

use super::job::Outcome;

/// Something happened.
#[derive(Debug)]
pub enum Event {
    /// A key was pressed.
    Key(KeyEvent),
    /// The screen has another size.
    Resized,
    /// No more keys will come.
    Closed,
    /// These files were saved.
    Saved(Vec<PathBuf>),
    /// A grading is over.
    Graded(Box<Outcome>),
}
