//! How a worker died.

use std::fmt;
use std::process::ExitStatus;
use std::time::Duration;

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
    /// Tells how a worker died from its exit status and the last that it printed.
    ///
    /// The standard library aborts after a stack overflow and after a failed allocation, and says
    /// so. A learner who prints the same and aborts fools nobody but themselves.
    #[must_use]
    pub fn of(status: ExitStatus, output: &str) -> Self {
        #[cfg(unix)]
        if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
            return Self::by_signal(signal, output);
        }
        match status.code() {
            Some(code) => {
                Self::Crashed(format!("the process ended during the call, with exit code {code}"))
            }
            None => Self::Crashed("the process ended during the call".into()),
        }
    }

    #[cfg(unix)]
    fn by_signal(signal: i32, output: &str) -> Self {
        use rustix::process::Signal;

        let is = |known: Signal| signal == known.as_raw();
        if is(Signal::ABORT) && output.contains("has overflowed its stack") {
            Self::StackOverflow
        } else if is(Signal::ABORT) && output.contains("memory allocation of") {
            Self::OutOfMemory
        } else if is(Signal::XCPU) {
            Self::Crashed("the process used up its CPU time".into())
        } else if is(Signal::XFSZ) {
            Self::Crashed("the process wrote too large a file".into())
        } else if is(Signal::ABORT) {
            Self::Crashed("the process aborted".into())
        } else if is(Signal::SEGV) || is(Signal::BUS) {
            Self::Crashed("the process touched memory that is not its own".into())
        } else {
            Self::Crashed(format!("the process was ended by signal {signal}"))
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
