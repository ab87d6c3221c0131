//! Confinement on Linux: a session of its own and resource limits.

use std::os::unix::process::CommandExt;
use std::process::{Child, Command};

use rustix::process::{
    Pid, Resource, Rlimit, Signal, getrlimit, kill_process_group, set_parent_process_death_signal,
    setrlimit, setsid,
};

use super::{Bounds, Isolation};

/// What this platform offers.
pub const ISOLATION: Isolation = Isolation::Process;

/// Confines what the command will start.
pub fn confine(command: &mut Command, bounds: Bounds) {
    let cpu = bounds.cpu.as_secs() + u64::from(bounds.cpu.subsec_nanos() > 0);
    // One second more for the hard limit: the soft one ends the process with a signal that tells
    // what happened.
    let limits = [
        (Resource::Cpu, cpu, cpu + 1),
        (Resource::As, bounds.memory, bounds.memory),
        (Resource::Fsize, bounds.file, bounds.file),
        (Resource::Core, 0, 0),
    ];
    // What the grader itself is limited to cannot be raised.
    let limits = limits.map(|(resource, current, maximum)| {
        let ceiling = getrlimit(resource).maximum.unwrap_or(u64::MAX);
        let (current, maximum) = (current.min(ceiling), maximum.min(ceiling));
        (resource, Rlimit { current: Some(current), maximum: Some(maximum) })
    });
    let enter = move || {
        // The process ends with the thread that started it, however that ends.
        set_parent_process_death_signal(Some(Signal::KILL))?;
        setsid()?;
        for (resource, limit) in limits {
            setrlimit(resource, limit)?;
        }
        Ok(())
    };
    #[expect(unsafe_code, reason = "the standard library has no safe way to limit a child")]
    // SAFETY: between fork and exec the closure makes system calls and nothing else: it neither
    // allocates nor takes a lock, so it cannot meet one that another thread held at the fork.
    unsafe {
        command.pre_exec(enter);
    }
}

/// Ends the process's group. The child is not waited for yet, so its number is still its own.
pub fn kill_group(child: &Child) {
    if let Some(group) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        // Fails if all of the group have ended already, which is what is wanted.
        _ = kill_process_group(group, Signal::KILL);
    }
}
