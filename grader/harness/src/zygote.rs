//! Loads the program once and forks it for each run: what a loader and a sandbox take to set up is
//! paid for once.
//!
//! No function of the learner's is called in this process, the zygote: only in the workers, each of
//! which is another process with the rights of a worker.

use std::io::{self, ErrorKind, IoSliceMut};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, OwnedFd};

use libc::c_long;
use rustix::net::{RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, recvmsg};
use rustix::process::{Pid, Signal, set_parent_process_death_signal};
use rustix::stdio::{dup2_stderr, dup2_stdin, dup2_stdout};

/// The streams of a worker: calls, results, output.
type Streams = [OwnedFd; 3];

/// Forks a worker for each request of the grader's. They come through a socket that is this
/// process's standard input: each brings the worker's streams, and is answered with its number.
///
/// Returns `true` in each worker, and `false` here once the grader has closed the socket.
///
/// # Errors
///
/// If a request cannot be read, or a worker not be made.
pub fn fork_workers() -> io::Result<bool> {
    let socket = io::stdin();
    while let Some(streams) = receive(&socket)? {
        match fork()? {
            Some(worker) => {
                rustix::io::write(&socket, &worker.as_raw_pid().to_ne_bytes())?;
            }
            None => {
                become_worker(streams)?;
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Waits for a request; `None` if there will be no more.
fn receive(socket: impl AsFd) -> io::Result<Option<Streams>> {
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(3))];
    let mut control = RecvAncillaryBuffer::new(&mut space);
    let mut byte = [0];
    let request = &mut [IoSliceMut::new(&mut byte)];
    if recvmsg(socket, request, &mut control, RecvFlags::empty())?.bytes == 0 {
        return Ok(None);
    }
    let mut streams = Vec::with_capacity(3);
    for message in control.drain() {
        if let RecvAncillaryMessage::ScmRights(files) = message {
            streams.extend(files);
        }
    }
    streams.try_into().map(Some).map_err(|_| ErrorKind::InvalidData.into())
}

/// Makes a copy of this process; `None` in the copy. It is the grader's child, as this process is, so
/// that the grader can wait for it.
fn fork() -> io::Result<Option<Pid>> {
    let flags = c_long::from(libc::CLONE_PARENT | libc::SIGCHLD);
    let none: c_long = 0;
    #[expect(unsafe_code, reason = "neither the standard library nor rustix can fork")]
    // SAFETY: this process has one thread, so the copy misses none and meets no lock that another one
    // held. It has a stack of its own, because the memory is not shared.
    let pid = unsafe { libc::syscall(libc::SYS_clone, flags, none, none, none, none) };
    if pid < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(i32::try_from(pid).ok().and_then(Pid::from_raw))
}

/// Takes the streams for the standard ones, and leaves the zygote's socket.
fn become_worker([calls, results, output]: Streams) -> io::Result<()> {
    dup2_stdin(calls)?;
    dup2_stdout(results)?;
    dup2_stderr(output)?;
    // Like the zygote it ends with the thread of the grader's that started that.
    Ok(set_parent_process_death_signal(Some(Signal::KILL))?)
}
