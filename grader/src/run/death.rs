//! How a worker died.

use std::fmt;
use std::process::ExitStatus;
use std::time::Duration;

use crate::sandbox::{self, Signal};

/// How a worker died.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Death {
    /// The call took longer than this.
    TimedOut(Duration),
    /// The submission as a whole took longer than this.
    TotalTime(Duration),
    /// An allocation failed.
    OutOfMemory,
    /// Recursion without an end.
    StackOverflow,
    /// It ended some other way, in words.
    Crashed(String),
}

impl Death {
    /// The death of a worker that sent a result too many.
    #[must_use]
    pub fn excess() -> Self {
        Self::Crashed("it sent more than one result for a call".into())
    }

    /// Tells how a worker died from its exit status and the last that it printed.
    ///
    /// The standard library aborts after a stack overflow and after a failed allocation, and says
    /// so. A learner who prints the same and aborts fools nobody but themselves.
    #[must_use]
    pub fn of(status: ExitStatus, output: &str) -> Self {
        if let Some(code @ 0..=255) = status.code() {
            return Self::Crashed(format!(
                "the process ended during the call, with exit code {code}"
            ));
        }
        if output.contains("has overflowed its stack") {
            Self::StackOverflow
        } else if output.contains("memory allocation of") {
            Self::OutOfMemory
        } else {
            Self::Crashed(how(status))
        }
    }
}

/// What the system says of a process that did not end by itself.
fn how(status: ExitStatus) -> String {
    match sandbox::signal(status) {
        Some(Signal::CpuTime) => "the process used up its CPU time".into(),
        Some(Signal::FileSize) => "the process wrote too large a file".into(),
        Some(Signal::Abort) => "the process aborted".into(),
        Some(Signal::Memory) => "the process touched memory that is not its own".into(),
        Some(Signal::SystemCall) => "the process made a system call that no program makes".into(),
        Some(Signal::Kill | Signal::Other(_)) | None => {
            format!("the process ended during the call: {status}")
        }
    }
}

impl fmt::Display for Death {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TimedOut(wall) => {
                write!(f, "the call was stopped after {} s", wall.as_secs_f64())
            }
            Self::TotalTime(total) => {
                write!(f, "the submission used up its {} s", total.as_secs_f64())
            }
            Self::OutOfMemory => f.write_str("an allocation failed under the memory limit"),
            Self::StackOverflow => f.write_str("the stack overflowed: does the recursion end?"),
            Self::Crashed(how) => f.write_str(how),
        }
    }
}
