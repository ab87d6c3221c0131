//! The process of a worker, however it was made.

use std::io;
use std::process::{Child, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

use super::platform::{self, Forked};

/// The process of a worker.
#[derive(Debug)]
pub enum Process {
    /// A program that was started for it.
    Spawned(Child),
    /// A copy of a program that had been started before.
    Forked(Forked),
}

impl Process {
    /// Waits a moment for it to end by itself, and leaves it to [`Self::kill`] to clear it away.
    ///
    /// # Errors
    ///
    /// Those of asking for its state.
    pub fn has_ended(&mut self, patience: Duration) -> io::Result<bool> {
        let start = Instant::now();
        loop {
            let has_ended = match self {
                Self::Spawned(child) => platform::has_ended(child)?,
                Self::Forked(forked) => forked.has_ended()?,
            };
            if has_ended || start.elapsed() > patience {
                return Ok(has_ended);
            }
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// How many threads it runs, where the platform tells.
    #[must_use]
    pub fn threads(&self) -> Option<usize> {
        match self {
            Self::Spawned(child) => platform::threads(child.id()),
            Self::Forked(forked) => platform::threads(forked.id()),
        }
    }

    /// Ends it and everything that it started, and waits for it.
    ///
    /// # Errors
    ///
    /// Those of waiting for it.
    pub fn kill(&mut self) -> io::Result<ExitStatus> {
        match self {
            Self::Spawned(child) => super::kill(child),
            Self::Forked(forked) => forked.kill(),
        }
    }
}
