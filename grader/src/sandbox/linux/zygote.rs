//! A program that is started once and forked for each worker.
//!
//! It is in the sandbox from its first instruction on, but learner code that gets past the look can
//! run in it before `main` does. So nothing that it says is believed: a worker must be a child of
//! the grader's and in the zygote's group, which it cannot leave.

use std::io::{self, ErrorKind, IoSlice, Read};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags, sendmsg};
use rustix::process::{
    Pid, PidfdFlags, Signal, WaitId, WaitIdOptions, getpgid, kill_process_group, pidfd_open,
    pidfd_send_signal, waitid,
};

use crate::interrupt;
use crate::sandbox::{Bounds, Processes, Reach, Sandbox, Streams};

/// How long to wait for an answer before looking whether to go on.
const TICK: Duration = Duration::from_millis(50);

/// A program that is started once and forked for each worker.
///
/// It ends with the thread that started it, as its workers do.
#[derive(Debug)]
pub struct Zygote {
    /// The group that it leads, and that its workers are in.
    group: Pid,
    /// Where it is asked for workers, until that fails.
    socket: Mutex<Option<UnixStream>>,
}

/// A worker that was forked. Its number may be another's once it has been waited for; its descriptor
/// is nobody else's ever.
#[derive(Debug)]
pub struct Forked {
    pid: Pid,
    file: OwnedFd,
}

impl Zygote {
    /// Starts the program.
    ///
    /// # Errors
    ///
    /// Those of starting a process.
    pub fn start(
        sandbox: &Sandbox,
        mut command: Command,
        bounds: Bounds,
        reach: &Reach,
    ) -> io::Result<Self> {
        let (socket, theirs) = UnixStream::pair()?;
        socket.set_read_timeout(Some(TICK))?;
        command.stdin(OwnedFd::from(theirs)).stdout(Stdio::null()).stderr(Stdio::null());
        let reach = Reach { processes: Processes::Copies, ..reach.clone() };
        let child = sandbox.spawn(&mut command, bounds, &reach)?;
        let group = super::pid(&child).ok_or(ErrorKind::InvalidData)?;
        Ok(Self { group, socket: Mutex::new(Some(socket)) })
    }

    /// Forks a worker with these streams. Once that has failed it does so always.
    ///
    /// # Errors
    ///
    /// If the zygote does not answer in time, or what it answers is no new worker.
    pub fn fork(&self, streams: &Streams, patience: Duration) -> io::Result<Forked> {
        let mut socket = self.socket.lock().unwrap_or_else(PoisonError::into_inner);
        let forked = match &*socket {
            Some(socket) => ask(socket, streams, patience).and_then(|pid| self.adopt(pid)),
            None => Err(ErrorKind::BrokenPipe.into()),
        };
        if forked.is_err() {
            *socket = None;
        }
        forked
    }

    /// Takes a process for a worker.
    fn adopt(&self, pid: Pid) -> io::Result<Forked> {
        let file = pidfd_open(pid, PidfdFlags::empty())?;
        // Fails unless it is a child of the grader's.
        has_ended(&file)?;
        if pid == self.group || getpgid(Some(pid))? != self.group {
            return Err(ErrorKind::InvalidData.into());
        }
        Ok(Forked { pid, file })
    }
}

impl Drop for Zygote {
    fn drop(&mut self) {
        // Nobody has waited for it, so its number is still its own.
        _ = kill_process_group(self.group, Signal::KILL);
        // All of the group are children of the grader's.
        while waitid(WaitId::Pgid(Some(self.group)), WaitIdOptions::EXITED).is_ok() {}
    }
}

/// Asks for a worker and returns the number that is answered.
fn ask(mut socket: &UnixStream, streams: &Streams, patience: Duration) -> io::Result<Pid> {
    let start = Instant::now();
    let streams = [streams.calls.as_fd(), streams.results.as_fd(), streams.output.as_fd()];
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(3))];
    let mut control = SendAncillaryBuffer::new(&mut space);
    control.push(SendAncillaryMessage::ScmRights(&streams));
    sendmsg(socket, &[IoSlice::new(&[0])], &mut control, SendFlags::empty())?;
    let mut answer = [0; size_of::<i32>()];
    loop {
        match socket.read(&mut answer) {
            Ok(length) if length == answer.len() => break,
            Ok(_) => return Err(ErrorKind::InvalidData.into()),
            Err(error) if error.kind() == ErrorKind::WouldBlock && start.elapsed() < patience => {
                interrupt::check()?;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let pid = i32::from_ne_bytes(answer);
    // Below zero no number of a process; zero is nobody's.
    Pid::from_raw(pid.max(0)).ok_or_else(|| ErrorKind::InvalidData.into())
}

impl Forked {
    /// Its number.
    pub fn id(&self) -> u32 {
        self.pid.as_raw_pid().unsigned_abs()
    }

    /// Whether it has ended; it stays to be waited for.
    pub fn has_ended(&self) -> io::Result<bool> {
        has_ended(&self.file)
    }

    /// Ends it and waits for it. It can have started nothing.
    pub fn kill(&self) -> io::Result<ExitStatus> {
        // Fails if it has ended already, which is what is wanted.
        _ = pidfd_send_signal(&self.file, Signal::KILL);
        let status = waitid(WaitId::PidFd(self.file.as_fd()), WaitIdOptions::EXITED)?
            .ok_or(ErrorKind::NotFound)?;
        // As the system writes it: the signal, or above it the exit code.
        let raw = match status.terminating_signal() {
            Some(signal) => signal,
            None => status.exit_status().unwrap_or_default() << 8,
        };
        Ok(ExitStatus::from_raw(raw))
    }
}

impl Drop for Forked {
    fn drop(&mut self) {
        // Nobody waits for what failed in the grader. Of one that was waited for nothing is left.
        _ = self.kill();
    }
}

/// Whether a child of the grader's has ended; it stays to be waited for.
fn has_ended(file: &OwnedFd) -> io::Result<bool> {
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    Ok(waitid(WaitId::PidFd(file.as_fd()), options)?.is_some())
}
