//! Starting processes that run code nobody has read.
//!
//! Every such process is a [`command`], started by [`Sandbox::spawn`] and ended by [`kill`], which
//! ends all that it started, too; or it is forked off one, which is a [`Zygote`]. What a platform can
//! confine sits behind the module `platform`.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
use linux as platform;
#[cfg(not(target_os = "linux"))]
mod portable;
#[cfg(not(target_os = "linux"))]
use portable as platform;

mod pipes;
mod process;
mod signal;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

pub use self::pipes::{Ends, Streams, pipes};
pub use self::platform::Zygote;
pub use self::process::Process;
pub use self::signal::{Signal, signal};
use crate::switches;

/// How well learner code is kept from the rest of the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Isolation {
    /// In a kernel sandbox: Landlock, seccomp, limits, no privileges.
    Full,
    /// In a process of its own, with limits where the platform has them.
    Process {
        /// Why there is no kernel sandbox.
        lack: String,
    },
}

impl fmt::Display for Isolation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Full => "full",
            Self::Process { .. } => "process",
        })
    }
}

/// What a process may use.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "limits are set on Linux only"))]
pub struct Bounds {
    /// CPU time of the whole process, rounded up to seconds.
    pub cpu: Duration,
    /// Address space, in bytes.
    pub memory: u64,
    /// The largest file it may write, in bytes.
    pub file: u64,
}

/// What a process may reach beside its own memory and the streams it is given.
#[derive(Debug, Clone, Default)]
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "the sandbox is Linux's"))]
pub struct Reach {
    /// Files, and folders with all that is below them, that it may read and execute. What is not
    /// there is left out.
    pub read: Vec<PathBuf>,
    /// Files and folders that it may change as well.
    pub write: Vec<PathBuf>,
    /// Which processes it may start.
    pub processes: Processes,
}

/// Which processes a process may start.
#[derive(Debug, Clone, Copy, Default)]
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "the sandbox is Linux's"))]
pub enum Processes {
    /// None, as a worker.
    #[default]
    None,
    /// Copies of itself, as a zygote.
    Copies,
    /// Any, as rustc does to link.
    Any,
}

/// Where processes are started in.
#[derive(Debug, Clone)]
pub struct Sandbox {
    isolation: Isolation,
}

impl Sandbox {
    /// The best that this machine offers.
    #[must_use]
    pub fn detect() -> Self {
        let lack = if switches::is_set("no-box") {
            Some("the sandbox is switched off".to_owned())
        } else {
            platform::lack().map(str::to_owned)
        };
        lack.map_or(Self { isolation: Isolation::Full }, Self::without_kernel)
    }

    /// Processes and limits only, because of what is lacking.
    #[must_use]
    pub fn without_kernel(lack: String) -> Self {
        Self { isolation: Isolation::Process { lack } }
    }

    /// How well it keeps a process from the rest of the machine.
    #[must_use]
    pub fn isolation(&self) -> &Isolation {
        &self.isolation
    }

    /// Starts a process within bounds and reach, as the leader of a group of its own.
    ///
    /// # Errors
    ///
    /// Those of starting a process, and of confining it: it never runs with more than it should.
    pub fn spawn(&self, command: &mut Command, bounds: Bounds, reach: &Reach) -> io::Result<Child> {
        let reach = (self.isolation == Isolation::Full).then_some(reach);
        platform::confine(command, bounds, reach)?;
        command.spawn()
    }

    /// Starts a program that workers are forked off, with bounds for each and this reach. It ends
    /// with the thread that calls this, and so do the workers.
    ///
    /// # Errors
    ///
    /// As [`Self::spawn`], and where there is no kernel sandbox.
    pub fn zygote(&self, command: Command, bounds: Bounds, reach: &Reach) -> io::Result<Zygote> {
        match self.isolation {
            Isolation::Full => Zygote::start(self, command, bounds, reach),
            Isolation::Process { .. } => Err(io::ErrorKind::Unsupported.into()),
        }
    }
}

/// A command without an environment and without input.
#[must_use]
pub fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_clear().stdin(Stdio::null());
    command
}

/// Hides from a program where it lies.
pub fn anonymous(command: &mut Command) {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::arg0(command, "worker");
    #[cfg(not(unix))]
    let _ = command;
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
