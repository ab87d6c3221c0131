//! Workers that stay for further calls, of programs that may remember earlier ones or can remember none.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::program::Program;
use super::schedule::{Calls, Observation, Order, REPLIES, Talk, run, talk};
use super::worker::{Worker, WorkerError};
use crate::course::Limits;

/// Workers that stay for further calls.
#[derive(Debug, Default)]
pub struct Persistent(Mutex<Vec<Idle>>);

/// A worker that has answered all calls.
#[derive(Debug)]
struct Idle {
    program: PathBuf,
    variant: Option<String>,
    limits: Limits,
    worker: Worker,
}

impl Persistent {
    /// Makes the calls, and says of each what became of it, in the order they were given.
    ///
    /// # Errors
    ///
    /// As [`run`].
    pub fn run(&self, calls: &Calls<'_>, order: Order) -> Result<Vec<Observation>, WorkerError> {
        if calls.calls.is_empty() {
            return Ok(Vec::new());
        }
        let Some(mut worker) = self.worker(&calls.program)? else { return run(calls, order) };
        let before = worker.left();
        let Talk { mut answered, skipped, failure } = talk(&mut worker, calls, &order.of(calls))?;
        let is_too_much = before - worker.left() > calls.replies();
        let outputs = if failure.is_none() { worker.outputs(answered.len()) } else { Vec::new() };
        if failure.is_some() || is_too_much || outputs.len() < answered.len() {
            // New workers tell why: this one may have ended with the thread that started it.
            worker.end()?;
            return run(calls, order);
        }
        for ((_, observation), output) in answered.iter_mut().zip(outputs) {
            observation.output = output;
        }
        if worker.left() < REPLIES {
            worker.end()?;
        } else {
            let Program { path, variant, limits, .. } = &calls.program;
            let (program, variant) = (path.to_path_buf(), variant.map(str::to_owned));
            self.idle().push(Idle { program, variant, limits: *limits, worker });
        }
        answered.extend(skipped);
        answered.sort_by_key(|(index, _)| *index);
        Ok(answered.into_iter().map(|(_, observation)| observation).collect())
    }

    /// A worker of a program's; `None` if it does not start.
    fn worker(&self, program: &Program<'_>) -> Result<Option<Worker>, WorkerError> {
        let mut idle = self.idle();
        let fits = |it: &Idle| {
            it.program == program.path
                && it.variant.as_deref() == program.variant
                && it.limits == program.limits
        };
        if let Some(place) = idle.iter().position(fits) {
            return Ok(Some(idle.swap_remove(place).worker));
        }
        drop(idle);
        Ok(Worker::start(program, 2 * REPLIES, Duration::MAX)?.ok())
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Idle>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Persistent {
    fn drop(&mut self) {
        for idle in self.idle().drain(..) {
            // They have answered all calls, and nothing else is wanted of them.
            _ = idle.worker.end();
        }
    }
}
