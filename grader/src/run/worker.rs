//! One worker: a process that runs learner code, call by call.

use std::collections::VecDeque;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufReader, Read, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::thread;
use std::time::Duration;

use harness::Value;
use harness::wire::{Call, CallOutcome, Reply, read_frame};

use super::capture::{Capture, Captured, Output, marker};
use super::death::Death;
use super::program::Program;
use super::unhurried::Unhurried;
use crate::interrupt;
use crate::sandbox::{self, Process, Signal};

/// How long a worker may take to say that it is ready.
const START: Duration = Duration::from_secs(10);

/// How long a worker has to end after it has closed its streams, which is not the same moment.
const END: Duration = Duration::from_millis(500);

/// How many threads of its own a call may run at once.
const THREADS: usize = 64;

/// The threads that every worker has: the first one, and the one that makes the calls.
const OWN_THREADS: usize = 2;

/// How much a pipe holds, in bytes, as far as it is known.
const PIPE: usize = 64 * 1024;

/// How many calls a worker may be sent before the first of them is answered.
pub const AHEAD: usize = 128;

/// A worker could not be started or watched, which is not the learner's fault.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// The system refused.
    #[error("failed to run a worker")]
    System(#[from] io::Error),
    /// Somebody else ended it.
    #[error(
        "a worker was killed, and not by the grader: is this machine out of memory, or is something \
         ending its processes?"
    )]
    Killed,
}

/// One worker.
#[derive(Debug)]
pub struct Worker {
    process: Process,
    /// Whether it is in the kernel sandbox, in which it cannot kill itself.
    confined: bool,
    calls: Sender<Vec<u8>>,
    /// Calls that are made and not sent yet.
    unsent: Vec<u8>,
    replies: Receiver<io::Result<Vec<u8>>>,
    capture: Capture,
    /// What the numbers of calls and the markers after their output are made from. Nobody else
    /// knows it, so nobody can answer a call, or end its output, before it is made.
    secret: RandomState,
    /// How many calls were made.
    made: u64,
    /// The numbers of those that were not answered, the first one first.
    unanswered: VecDeque<u64>,
    /// The number of the call that was answered last.
    answered: Option<u64>,
    /// How many bytes the replies to come may take.
    left: u64,
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
    /// The worker has ended, or closed its streams.
    Gone,
    /// It ran too many threads.
    Crowded,
    /// What came is a second reply to the call before.
    Excess,
    /// What came is no reply to the call.
    Garbled(String),
}

impl Worker {
    /// Starts a worker and waits until it is ready; `Err` in the inner result if it died before.
    /// All that it sends together may take `left` bytes. It has until `wall` is over, and not
    /// longer than any worker needs.
    ///
    /// # Errors
    ///
    /// If the process or one of its threads cannot be started.
    pub fn start(
        program: &Program<'_>,
        left: u64,
        wall: Duration,
    ) -> Result<Result<Self, Death>, WorkerError> {
        let patience = wall.min(START);
        let (process, ends) = program.start(patience)?;
        let (calls, to_write) = channel();
        let (replied, replies) = sync_channel(AHEAD);
        let spawn = |name: &str| thread::Builder::new().name(name.into());
        spawn("worker calls").spawn(move || forward(ends.calls, &to_write))?;
        spawn("worker replies").spawn(move || receive(ends.results, left, &replied))?;
        let output = usize::try_from(program.limits.output).unwrap_or(usize::MAX);
        let secret = RandomState::new();
        let capture = Capture::start(ends.output, output, secret.clone())?;
        let mut worker = Self {
            process,
            confined: program.is_confined(),
            calls,
            unsent: Vec::new(),
            replies,
            capture,
            secret,
            made: 0,
            unanswered: VecDeque::new(),
            answered: None,
            left,
        };
        match worker.reply(0, patience)? {
            Ok(_) => Ok(Ok(worker)),
            Err(fault) => Ok(Err(worker.bury(fault)?.0)),
        }
    }

    /// Makes a call, which is sent when an answer is waited for. It waits for its turn if the one
    /// before has not been answered yet, so that the worker need not wait for the grader; a number
    /// that is sent is still nobody's but the worker's.
    pub fn call(&mut self, function: &str, args: &[Value]) {
        self.made += 1;
        let id = self.secret.hash_one(("call", self.made));
        let marker = marker(&self.secret, self.made);
        self.unanswered.push_back(id);
        Call::put_frame(&mut self.unsent, id, marker, function, args);
    }

    /// Waits for the answer to the first call that has none. `wall` is the time it has: it begins when
    /// the call before is answered.
    ///
    /// # Errors
    ///
    /// If the grader is told to stop.
    pub fn answer(&mut self, wall: Duration) -> Result<Ended, WorkerError> {
        if !self.unsent.is_empty() {
            // Fails only if the worker is gone, which the missing reply tells.
            _ = self.calls.send(std::mem::take(&mut self.unsent));
        }
        let id = self.unanswered.pop_front().unwrap_or_default();
        Ok(match self.reply(id, wall)? {
            Ok(Reply { nanos, outcome, .. }) => {
                Ended::Replied { outcome, duration: Duration::from_nanos(nanos) }
            }
            Err(fault) => Ended::Failed(fault),
        })
    }

    /// Waits for the reply to a call.
    fn reply(&mut self, id: u64, wall: Duration) -> Result<Result<Reply, Fault>, WorkerError> {
        let mut crowded = false;
        let mut look = || {
            crowded = self.process.threads().is_some_and(|it| it > THREADS + OWN_THREADS);
            if crowded { Err(io::ErrorKind::QuotaExceeded.into()) } else { Ok(()) }
        };
        let received = interrupt::receive(&self.replies, wall, &mut look);
        if crowded {
            return Ok(Err(Fault::Crowded));
        }
        Ok(match received? {
            Ok(Ok(body)) => match Reply::decode(&body) {
                Ok(reply) if reply.outcome.bytes() > self.left => {
                    Err(Fault::Garbled("its results take too much memory".into()))
                }
                Ok(reply) if reply.id == id => {
                    self.answered = Some(id);
                    self.left -= reply.outcome.bytes();
                    Ok(reply)
                }
                Ok(reply) if Some(reply.id) == self.answered => Err(Fault::Excess),
                Ok(_) => {
                    Err(Fault::Garbled("it sent a result for a call that was not made".into()))
                }
                Err(error) => Err(Fault::Garbled(error.to_string())),
            },
            Ok(Err(error)) => Err(Fault::Garbled(format!("its result cannot be read: {error}"))),
            Err(RecvTimeoutError::Timeout) => Err(Fault::Late(wall)),
            Err(RecvTimeoutError::Disconnected) => Err(Fault::Gone),
        })
    }

    /// How many bytes the replies to come may take.
    #[must_use]
    pub fn left(&self) -> u64 {
        self.left
    }

    /// The output of the next `count` calls, which have been answered; less if it does not come.
    #[must_use]
    pub fn outputs(&self, count: usize) -> Vec<Output> {
        self.capture.take(count)
    }

    /// Ends a worker that failed and says what it died of, with the output of each call.
    ///
    /// # Errors
    ///
    /// If the process cannot be waited for, or somebody else killed it.
    pub fn bury(mut self, fault: Fault) -> Result<(Death, Vec<Output>), WorkerError> {
        let by_itself = matches!(fault, Fault::Gone) && self.process.has_ended(END)?;
        let status = self.process.kill()?;
        let Captured { outputs, last } = self.capture.finish();
        let death = match fault {
            Fault::Late(wall) => Death::TimedOut(wall),
            Fault::Crowded => Death::Crashed(format!("it ran more than {THREADS} threads at once")),
            Fault::Excess => Death::excess(),
            Fault::Garbled(how) => Death::Crashed(how),
            Fault::Gone if !by_itself => {
                Death::Crashed("it closed the stream for its results".into())
            }
            Fault::Gone if self.confined && sandbox::signal(status) == Some(Signal::Kill) => {
                return Err(WorkerError::Killed);
            }
            Fault::Gone => Death::of(status, &last),
        };
        Ok((death, outputs))
    }

    /// Ends the worker and returns the output of each call, or what was wrong in the end.
    ///
    /// # Errors
    ///
    /// If the process cannot be waited for.
    pub fn end(mut self) -> Result<(Option<Death>, Vec<Output>), WorkerError> {
        // All calls have been answered, and their markers were written before that.
        self.process.kill()?;
        let excess = interrupt::receive(&self.replies, END, &mut || Ok(()))?;
        let death = excess.is_ok().then(Death::excess);
        Ok((death, self.capture.finish().outputs))
    }
}

/// Writes calls to the worker until there are no more, or it is gone.
fn forward(mut stdin: impl Write, calls: &Receiver<Vec<u8>>) {
    while let Ok(calls) = calls.recv() {
        if stdin.write_all(&calls).is_err() {
            return;
        }
    }
}

/// Reads replies until the worker is gone or sends what is no frame, or too much of them.
fn receive(stdout: impl Read, mut left: u64, replies: &SyncSender<io::Result<Vec<u8>>>) {
    let mut stdout = BufReader::with_capacity(PIPE, Unhurried::new(stdout));
    while let Some(reply) = read_frame(&mut stdout, left).transpose() {
        left = left.saturating_sub(reply.as_ref().map_or(0, |reply| reply.len() as u64));
        let last = reply.is_err();
        if replies.send(reply).is_err() || last {
            return;
        }
    }
}
