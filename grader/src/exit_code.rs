//! How the command ends, for whoever called it: a public contract.

use std::process::ExitCode;

/// How the command ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Graded, and at or above `--fail-under` if that was given.
    Success = 0,
    /// Graded, and below `--fail-under`.
    BelowThreshold = 1,
    /// The arguments, the course or a fixture are wrong.
    Usage = 2,
    /// The grader could not do its work; nothing is said about the submission.
    GraderError = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
