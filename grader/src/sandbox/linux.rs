//! Confinement on Linux: what a process may use, whom it is, what it may open and which system
//! calls it may make.
//!
//! A new process confines itself between fork and exec, so that not one instruction of the
//! program, its constructors included, runs outside. Everything is prepared before the fork.

mod files;
mod limits;
mod privileges;
mod system_calls;
mod zygote;

use std::fs;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command};

use rustix::process::{
    Pid, Signal, WaitId, WaitIdOptions, kill_process_group, set_parent_process_death_signal,
    setsid, waitid,
};

pub use self::zygote::{Forked, Zygote};
use super::{Bounds, Reach};

/// What this kernel lacks for a sandbox.
pub fn lack() -> Option<&'static str> {
    if !files::are_supported() {
        Some("this kernel has no Landlock, or it is switched off")
    } else if !system_calls::are_supported() {
        Some("there is no seccomp filter for this processor")
    } else {
        None
    }
}

/// Confines what the command will start; without a reach by limits only.
///
/// # Errors
///
/// If the kernel refuses what the sandbox is made of, or there are too many open files.
pub fn confine(command: &mut Command, bounds: Bounds, reach: Option<&Reach>) -> io::Result<()> {
    let limits = limits::of(bounds);
    let mut sandbox = match reach {
        Some(reach) => Some((files::ruleset(reach)?, system_calls::filters(reach.processes)?)),
        None => None,
    };
    let enter = move || {
        // The process ends with the thread that started it, however that ends.
        set_parent_process_death_signal(Some(Signal::KILL))?;
        setsid()?;
        limits::set(&limits)?;
        privileges::close_other_files()?;
        if let Some((ruleset, filters)) = sandbox.take() {
            privileges::drop_all()?;
            files::restrict(ruleset)?;
            // Last, because they forbid all of the above.
            system_calls::restrict(filters)?;
        }
        Ok(())
    };
    #[expect(unsafe_code, reason = "the standard library has no safe way to confine a child")]
    // SAFETY: between fork and exec the closure makes system calls and drops a file descriptor: it
    // neither allocates nor takes a lock, so it cannot meet one that another thread held at the
    // fork.
    unsafe {
        command.pre_exec(enter);
    }
    Ok(())
}

/// Whether a process has ended; it stays to be waited for.
pub fn has_ended(child: &Child) -> io::Result<bool> {
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    match pid(child) {
        Some(pid) => Ok(waitid(WaitId::Pid(pid), options)?.is_some()),
        None => Ok(true),
    }
}

/// How many threads the process of a number runs.
pub fn threads(process: u32) -> Option<usize> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("Threads:"))?.trim().parse().ok()
}

fn pid(child: &Child) -> Option<Pid> {
    i32::try_from(child.id()).ok().and_then(Pid::from_raw)
}

/// Ends the process's group. The child is not waited for yet, so its number is still its own.
pub fn kill_group(child: &Child) {
    if let Some(group) = pid(child) {
        // Fails if all of the group have ended already, which is what is wanted.
        _ = kill_process_group(group, Signal::KILL);
    }
}
