//! The signals that end processes.

use std::process::ExitStatus;

/// What a process was ended by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(unix), expect(dead_code, reason = "there are no signals here"))]
pub enum Signal {
    /// SIGKILL, or another by which people and job schedulers end what runs: SIGTERM, SIGINT, SIGHUP,
    /// SIGQUIT.
    Kill,
    /// SIGXCPU: its CPU time is used up.
    CpuTime,
    /// SIGXFSZ: it wrote too large a file.
    FileSize,
    /// SIGABRT: it gave up.
    Abort,
    /// SIGSEGV or SIGBUS: it touched memory that is not its own.
    Memory,
    /// SIGSYS: it made a system call in another processor's numbers.
    SystemCall,
    /// Another, by its number.
    Other(i32),
}

/// The signal that ended a process, if one did.
#[cfg(unix)]
#[must_use]
pub fn signal(status: ExitStatus) -> Option<Signal> {
    use rustix::process::Signal as Known;

    let number = std::os::unix::process::ExitStatusExt::signal(&status)?;
    let is = |known: Known| number == known.as_raw();
    let ends = [Known::KILL, Known::TERM, Known::INT, Known::HUP, Known::QUIT];
    Some(if ends.into_iter().any(is) {
        Signal::Kill
    } else if is(Known::XCPU) {
        Signal::CpuTime
    } else if is(Known::XFSZ) {
        Signal::FileSize
    } else if is(Known::ABORT) {
        Signal::Abort
    } else if is(Known::SEGV) || is(Known::BUS) {
        Signal::Memory
    } else if is(Known::SYS) {
        Signal::SystemCall
    } else {
        Signal::Other(number)
    })
}

/// The signal that ended a process: none, since there are no signals here.
#[cfg(not(unix))]
#[must_use]
pub fn signal(_: ExitStatus) -> Option<Signal> {
    None
}
