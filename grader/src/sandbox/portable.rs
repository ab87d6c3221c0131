//! Confinement where the grader knows no kernel sandbox: processes and time limits.

use std::io;
use std::process::{Child, Command, ExitStatus};
use std::time::Duration;

use super::{Bounds, Reach, Sandbox, Streams};

/// Why there is no kernel sandbox.
pub fn lack() -> Option<&'static str> {
    Some("the grader knows none for this system")
}

/// Puts what the command will start into a group of its own where there are groups.
pub fn confine(command: &mut Command, _: Bounds, _: Option<&Reach>) -> io::Result<()> {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    #[cfg(not(unix))]
    let _ = command;
    Ok(())
}

/// Whether a process has ended; the standard library remembers how.
pub fn has_ended(child: &mut Child) -> io::Result<bool> {
    Ok(child.try_wait()?.is_some())
}

/// Not known here.
pub fn threads(_: u32) -> Option<usize> {
    None
}

/// Ends the process's group where there are groups.
pub fn kill_group(child: &Child) {
    // After the process has been waited for, its number may be another's.
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    #[cfg(not(unix))]
    let _ = child;
}

/// Nothing is forked here: a program is started for each worker.
#[derive(Debug)]
pub enum Zygote {}

impl Zygote {
    pub fn start(_: &Sandbox, _: Command, _: Bounds, _: &Reach) -> io::Result<Self> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub fn fork(&self, _: &Streams, _: Duration) -> io::Result<Forked> {
        match *self {}
    }
}

/// There is none.
#[derive(Debug)]
pub enum Forked {}

impl Forked {
    pub fn id(&self) -> u32 {
        match *self {}
    }

    pub fn has_ended(&self) -> io::Result<bool> {
        match *self {}
    }

    pub fn kill(&self) -> io::Result<ExitStatus> {
        match *self {}
    }
}
