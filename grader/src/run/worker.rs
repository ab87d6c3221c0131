//! One worker: a process that runs learner code, call by call.

use std::hash::{BuildHasher, RandomState};
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::thread;
use std::time::Duration;

use harness::Value;
use harness::wire::{Call, CallOutcome, Reply, read_frame, write_frame};

use super::capture::{Capture, Captured, Output, marker};
use super::death::Death;
use crate::course::Limits;
use crate::sandbox::{self, Bounds};

/// How long a worker may take to say that it is ready.
const START: Duration = Duration::from_secs(10);

/// The largest file a worker may write, in bytes: it has no business with files.
const FILE: u64 = 0;

/// The largest reply that is read, in bytes: an array of eight million numbers.
const REPLY: u64 = 64 << 20;

/// A worker could not be started, which is not the learner's fault.
#[derive(Debug, thiserror::Error)]
#[error("failed to start a worker: {0}")]
pub struct WorkerError(#[from] io::Error);

/// One worker.
#[derive(Debug)]
pub struct Worker {
    child: Child,
    calls: Sender<Vec<u8>>,
    replies: Receiver<io::Result<Vec<u8>>>,
    capture: Capture,
    secret: u64,
    next: u64,
}

/// How a call ended.
#[derive(Debug)]
pub enum Ended {
    /// The worker replied and takes the next call.
    Replied {
        /// What the call did.
        outcome: CallOutcome,
        /// How long it ran, as the worker measured it.
        duration: Duration,
    },
    /// The worker is of no more use.
    Failed(Fault),
}

/// Why there is no reply.
#[derive(Debug)]
pub enum Fault {
    /// It did not come in time.
    Late(Duration),
    /// The worker has ended.
    Gone,
    /// What came is no reply to the call.
    Garbled(String),
}

impl Worker {
    /// Starts a worker and waits until it is ready; `Err` in the inner result if it died before.
    ///
    /// # Errors
    ///
    /// If the process or one of its threads cannot be started.
    pub fn start(program: &Path, limits: Limits) -> Result<Result<Self, Death>, WorkerError> {
        let mut command = sandbox::command(program);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let bounds = Bounds { cpu: limits.total, memory: limits.memory, file: FILE };
        let mut child = sandbox::spawn(&mut command, bounds)?;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(stdin), Some(stdout), Some(stderr)) = pipes else {
            return Err(io::Error::from(io::ErrorKind::BrokenPipe).into());
        };
        let (calls, to_write) = channel();
        let (replied, replies) = sync_channel(1);
        let spawn = |name: &str| thread::Builder::new().name(name.into());
        spawn("worker calls").spawn(move || forward(stdin, &to_write))?;
        spawn("worker replies").spawn(move || receive(stdout, &replied))?;
        let output = usize::try_from(limits.output).unwrap_or(usize::MAX);
        // Nobody but the grader knows it, so nobody can end a call's output before the call ends.
        let secret = RandomState::new().hash_one(child.id());
        let capture = Capture::start(stderr, output, secret)?;
        let mut worker = Self { child, calls, replies, capture, secret, next: 1 };
        match worker.reply(0, START) {
            Ok(_) => Ok(Ok(worker)),
            Err(fault) => Ok(Err(worker.bury(fault)?.0)),
        }
    }

    /// Makes one call. `wall` is the time it has.
    pub fn call(&mut self, function: &str, args: Vec<Value>, wall: Duration) -> Ended {
        let id = self.next;
        self.next += 1;
        let call = Call { id, marker: marker(self.secret, id), function: function.into(), args };
        // Fails only if the worker is gone, which the missing reply tells.
        _ = self.calls.send(call.encode());
        match self.reply(id, wall) {
            Ok(Reply { nanos, outcome, .. }) => {
                Ended::Replied { outcome, duration: Duration::from_nanos(nanos) }
            }
            Err(fault) => Ended::Failed(fault),
        }
    }

    /// Waits for the reply to a call.
    fn reply(&mut self, id: u64, wall: Duration) -> Result<Reply, Fault> {
        let body = match self.replies.recv_timeout(wall) {
            Ok(Ok(body)) => body,
            Ok(Err(error)) => {
                return Err(Fault::Garbled(format!("its result cannot be read: {error}")));
            }
            Err(RecvTimeoutError::Timeout) => return Err(Fault::Late(wall)),
            Err(RecvTimeoutError::Disconnected) => return Err(Fault::Gone),
        };
        let reply = Reply::decode(&body).map_err(|error| Fault::Garbled(error.to_string()))?;
        if reply.id != id {
            return Err(Fault::Garbled("it sent a result for a call that was not made".into()));
        }
        Ok(reply)
    }

    /// Ends a worker that failed and says what it died of, with the output of each call.
    ///
    /// # Errors
    ///
    /// If the process cannot be waited for.
    pub fn bury(mut self, fault: Fault) -> Result<(Death, Vec<Output>), WorkerError> {
        let status = sandbox::kill(&mut self.child)?;
        let Captured { outputs, last } = self.capture.finish();
        let death = match fault {
            Fault::Late(wall) => Death::TimedOut(wall),
            Fault::Gone => Death::of(status, &last),
            Fault::Garbled(how) => Death::Crashed(how),
        };
        Ok((death, outputs))
    }

    /// Ends the worker and returns the output of each call.
    ///
    /// # Errors
    ///
    /// If the process cannot be waited for.
    pub fn end(mut self) -> Result<Vec<Output>, WorkerError> {
        // All calls have been answered, and their markers were written before that.
        sandbox::kill(&mut self.child)?;
        Ok(self.capture.finish().outputs)
    }
}

/// Writes calls to the worker until there are no more, or it is gone.
fn forward(mut stdin: impl Write, calls: &Receiver<Vec<u8>>) {
    while let Ok(call) = calls.recv() {
        if write_frame(&mut stdin, &call).is_err() {
            return;
        }
    }
}

/// Reads replies until the worker is gone or sends what is no frame.
fn receive(mut stdout: impl Read, replies: &SyncSender<io::Result<Vec<u8>>>) {
    while let Some(reply) = read_frame(&mut stdout, REPLY).transpose() {
        let last = reply.is_err();
        if replies.send(reply).is_err() || last {
            return;
        }
    }
}
