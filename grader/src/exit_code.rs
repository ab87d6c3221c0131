//! How the command ends, for whoever called it: a public contract.

use std::process::ExitCode;

/// How the command ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Graded, and at or above `--fail-under` if that was given.
    Success,
    /// Graded, and below `--fail-under`.
    BelowThreshold,
    /// Graded again, and not as the report says.
    Differs,
    /// The arguments, the course or a fixture are wrong, or the submission cannot be read.
    Usage,
    /// The grader could not do its work; nothing is said about the submission.
    GraderError,
    /// The grader was told to stop, by this signal.
    Interrupted(u8),
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Success => 0,
            Exit::BelowThreshold | Exit::Differs => 1,
            Exit::Usage => 2,
            Exit::GraderError => 3,
            // As shells count.
            Exit::Interrupted(signal) => 128 + signal,
        })
    }
}
