//! How workers are compiled.

use serde::{Deserialize, Serialize};

/// How a worker and the libraries that it is linked to are compiled, in the words of cargo.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Profile {
    /// To be graded: quickly compiled, with overflow checks and debug assertions. Its functions are
    /// called once for each call.
    #[default]
    Dev,
    /// To be timed, as `cargo build --release` compiles: at optimisation level 3, without these
    /// checks. Each call times its function.
    Release,
}

impl Profile {
    /// cargo's name for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Release => "release",
        }
    }

    /// The arguments for rustc that make a crate of it.
    #[must_use]
    pub fn flags(self) -> &'static [&'static str] {
        match self {
            Self::Dev => &["-Copt-level=0", "-Cdebug-assertions=on", "-Coverflow-checks=on"],
            Self::Release => &["-Copt-level=3"],
        }
    }

    /// The function of the harness that makes an entry.
    #[must_use]
    pub fn entry(self) -> &'static str {
        match self {
            Self::Dev => "entry",
            Self::Release => "timed",
        }
    }

    /// Whether workers are linked to shared libraries: that takes less time, but the functions of
    /// such are not inlined.
    #[must_use]
    pub fn is_shared(self) -> bool {
        cfg!(unix) && self == Self::Dev
    }
}
