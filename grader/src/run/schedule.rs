//! The calls of one exercise, in one worker after another.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use harness::Value;
use harness::wire::CallOutcome;

use super::capture::Output;
use super::death::Death;
use super::worker::{Ended, Worker, WorkerError};
use crate::course::Limits;

/// After so many deaths or time-outs an exercise's other calls are not made.
const PATIENCE: usize = 3;

/// The calls of one exercise.
#[derive(Debug)]
pub struct Calls<'a> {
    /// The program that serves them.
    pub worker: PathBuf,
    /// The calls: an entry's name and the arguments.
    pub calls: Vec<(String, &'a [Value])>,
    /// What a call and a worker may use.
    pub limits: Limits,
    /// When the submission has used up its time.
    pub deadline: Instant,
    /// Decides the order in which the calls are made.
    pub seed: u64,
}

/// What became of one call.
#[derive(Debug, Clone)]
pub struct Observation {
    /// What it did.
    pub observed: Observed,
    /// What it printed.
    pub output: Output,
    /// How long it ran, if it came back.
    pub duration: Option<Duration>,
}

/// What a call did.
#[derive(Debug, Clone)]
pub enum Observed {
    /// The worker replied.
    Replied(CallOutcome),
    /// The worker died in it.
    Died(Death),
    /// The worker died before it was ready.
    NeverStarted(Death),
    /// It was not made, because the worker died so often of what this was the last of.
    NotMade(Death),
}

/// Makes the calls, and says of each what became of it, in the order they were given.
///
/// # Errors
///
/// If a worker cannot be started, for a reason that is not the learner's code.
pub fn run(calls: &Calls<'_>) -> Result<Vec<Observation>, WorkerError> {
    let mut observations: Vec<Option<Observation>> = vec![None; calls.calls.len()];
    let mut deaths: Vec<Death> = Vec::new();
    let mut worker = None;
    for index in order(calls.calls.len(), calls.seed) {
        let (function, args) = &calls.calls[index];
        let observation = if deaths.len() == PATIENCE {
            Observation::without_output(Observed::NotMade(deaths[PATIENCE - 1].clone()))
        } else {
            let (next, observation) = attempt(worker, calls, function, args)?;
            worker = next;
            if let Observed::Died(death) | Observed::NeverStarted(death) = &observation.observed {
                deaths.push(death.clone());
            }
            observation
        };
        observations[index] = Some(observation);
    }
    if let Some(worker) = worker {
        worker.end()?;
    }
    Ok(observations.into_iter().flatten().collect())
}

/// Whether a worker can be started.
///
/// # Errors
///
/// If its process cannot be started or waited for.
pub fn can_start(program: &Path, limits: Limits) -> Result<bool, WorkerError> {
    match Worker::start(program, limits)? {
        Ok(worker) => worker.end().map(|()| true),
        Err(_) => Ok(false),
    }
}

/// Makes one call, in the worker at hand or in a new one, and returns the worker if it lives.
fn attempt(
    worker: Option<Worker>,
    calls: &Calls<'_>,
    function: &str,
    args: &[Value],
) -> Result<(Option<Worker>, Observation), WorkerError> {
    let worker = match worker {
        Some(worker) => worker,
        None => match Worker::start(&calls.worker, calls.limits)? {
            Ok(worker) => worker,
            Err(death) => {
                let observed = Observed::NeverStarted(death);
                return Ok((None, Observation::without_output(observed)));
            }
        },
    };
    let left = calls.deadline.saturating_duration_since(Instant::now());
    let (worker, ended) = worker.call(function, args.to_vec(), calls.limits.wall.min(left))?;
    Ok((
        worker,
        match ended {
            Ended::Replied { outcome, duration, output } => Observation {
                observed: Observed::Replied(outcome),
                output,
                duration: Some(duration),
            },
            Ended::Died(death, output) => {
                let death = match death {
                    Death::TimedOut(_) if left < calls.limits.wall => {
                        Death::TotalTime(calls.limits.total)
                    }
                    death => death,
                };
                Observation { observed: Observed::Died(death), output, duration: None }
            }
        },
    ))
}

impl Observation {
    fn without_output(observed: Observed) -> Self {
        Self { observed, output: Output::default(), duration: None }
    }
}

/// The numbers below `count` in an order that the seed decides, so that no call can count on
/// being the first: Fisher and Yates's shuffle with a SplitMix64 generator.
fn order(count: usize, seed: u64) -> Vec<usize> {
    let mut state = seed;
    let mut random = || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    };
    let mut order: Vec<usize> = (0..count).collect();
    for last in (1..count).rev() {
        // The remainder is uneven by less than count / 2^64.
        let other = usize::try_from(random() % (last as u64 + 1)).unwrap_or(last);
        order.swap(last, other);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_a_permutation_that_the_seed_repeats() {
        let mut shuffled = order(20, 7);
        assert_eq!(shuffled, order(20, 7));
        assert_ne!(shuffled, order(20, 8));
        shuffled.sort_unstable();
        assert_eq!(shuffled, (0..20).collect::<Vec<_>>());
        assert!(order(0, 7).is_empty());
    }
}
