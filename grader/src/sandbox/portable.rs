//! Confinement where the grader knows none: processes and time limits.

use std::process::{Child, Command};

use super::{Bounds, Isolation};

/// What this platform offers.
pub const ISOLATION: Isolation = Isolation::Process;

/// Puts what the command will start into a group of its own where there are groups.
pub fn confine(command: &mut Command, _: Bounds) {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    #[cfg(not(unix))]
    let _ = command;
}

/// Ends the process's group where there are groups.
pub fn kill_group(child: &Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    #[cfg(not(unix))]
    let _ = child;
}
