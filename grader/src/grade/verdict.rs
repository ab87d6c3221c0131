//! What became of a case.

use std::fmt;

/// What became of a case. The words are those of reports and documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The check holds.
    Passed,
    /// A value of the right type and shape that is not the right one.
    WrongValue,
    /// An array of another shape.
    WrongShape,
    /// A function that is missing, private or misnamed, or whose types are not the wanted ones.
    WrongType,
    /// The function panicked.
    Panicked,
    /// The function is still `todo!()` or `unimplemented!()`, or its file is missing.
    NotImplemented,
    /// The call took longer than its limit.
    TimedOut,
    /// An allocation failed under the memory limit.
    OutOfMemory,
    /// Recursion without an end.
    StackOverflow,
    /// The process ended: by a signal, by `abort` or by `exit`.
    Crashed,
    /// A rule of the exercise is broken.
    RuleBroken,
    /// The learner's file does not compile.
    DidNotCompile,
    /// What it needs did not compile, and there is no reference to stand in.
    Blocked,
}

impl Verdict {
    /// Whether there was nothing to call: the code, or what it needs, does not compile.
    #[must_use]
    pub fn is_uncompiled(self) -> bool {
        matches!(self, Self::DidNotCompile | Self::Blocked)
    }

    /// Whether the learner's code is there, and why the case failed.
    #[must_use]
    pub fn blames_code(self) -> bool {
        !matches!(self, Self::Passed | Self::NotImplemented) && !self.is_uncompiled()
    }

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::WrongValue => "wrong value",
            Self::WrongShape => "wrong shape",
            Self::WrongType => "wrong type",
            Self::Panicked => "panicked",
            Self::NotImplemented => "not implemented",
            Self::TimedOut => "timed out",
            Self::OutOfMemory => "out of memory",
            Self::StackOverflow => "stack overflow",
            Self::Crashed => "crashed",
            Self::RuleBroken => "rule broken",
            Self::DidNotCompile => "did not compile",
            Self::Blocked => "blocked",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
