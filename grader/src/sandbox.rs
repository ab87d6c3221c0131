//! Starting processes that run code nobody has read.
//!
//! Every such process is a [`command`], started by [`spawn`] and ended by [`kill`], which ends all
//! that it started, too. What a platform can confine sits behind the module `platform`.

#[cfg(target_os = "linux")]
#[path = "sandbox/linux.rs"]
mod platform;
#[cfg(not(target_os = "linux"))]
#[path = "sandbox/portable.rs"]
mod platform;

use std::fmt;
use std::io;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

pub use platform::ISOLATION;

/// How well learner code was kept from the rest of the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Isolation {
    /// Kernel sandbox, limits and a process of its own.
    #[cfg_attr(not(test), expect(dead_code, reason = "no platform has a kernel sandbox yet"))]
    Full,
    /// A process of its own, and limits where the platform has them.
    Process,
}

impl fmt::Display for Isolation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Full => "full",
            Self::Process => "process",
        })
    }
}

/// What a process may use.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// CPU time of the whole process, rounded up to seconds.
    pub cpu: Duration,
    /// Address space, in bytes.
    pub memory: u64,
    /// The largest file it may write, in bytes.
    pub file: u64,
}

/// A command without an environment and without input.
#[must_use]
pub fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_clear().stdin(Stdio::null());
    command
}

/// Starts a process within bounds, as the leader of a group of its own.
///
/// # Errors
///
/// Those of starting a process.
pub fn spawn(command: &mut Command, bounds: Bounds) -> io::Result<Child> {
    platform::confine(command, bounds);
    command.spawn()
}

/// Ends a process and everything in its group, and waits for it.
///
/// # Errors
///
/// Those of waiting for the process.
pub fn kill(child: &mut Child) -> io::Result<ExitStatus> {
    platform::kill_group(child);
    // Fails if the process has ended already, which is what is wanted.
    _ = child.kill();
    child.wait()
}
