//! The calls of one exercise, in one worker after another.

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

use harness::Value;
use harness::wire::CallOutcome;
use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use super::capture::Output;
use super::death::Death;
use super::program::Program;
use super::worker::{AHEAD, Ended, Fault, Worker, WorkerError};

/// After so many deaths or time-outs in a function its other calls are not made.
const PATIENCE: usize = 3;

/// How many bytes of results are taken from the workers of one exercise, beyond what is expected:
/// they are kept until the report is written.
pub(super) const REPLIES: u64 = 32 << 20;

/// From how many bytes of arguments on a call is only made when all before it have been answered.
const LARGE: u64 = 16 << 10;

/// The calls of one exercise.
#[derive(Debug)]
pub struct Calls<'a> {
    /// The program that serves them.
    pub program: Program<'a>,
    /// The calls: an entry's name and the arguments.
    pub calls: Vec<(String, &'a [Value])>,
    /// How many of them are made before the others, which are not made of a function that is not
    /// written yet, as far as the first ones show.
    pub first: usize,
    /// How many bytes their results have if they are right.
    pub expected: u64,
    /// How much time the submission has in all.
    pub total: Duration,
    /// When it has used that up.
    pub deadline: Instant,
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

/// In which order calls are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Mixed, so that a call cannot count on what a fixture calls before it.
    Mixed,
    /// The other way round.
    Reversed,
}

/// Makes the calls, and says of each what became of it, in the order they were given.
///
/// # Errors
///
/// If a worker cannot be started, for a reason that is not the learner's code, or the grader is told
/// to stop.
pub fn run(calls: &Calls<'_>, order: Order) -> Result<Vec<Observation>, WorkerError> {
    let mut observations: Vec<Option<Observation>> = vec![None; calls.calls.len()];
    let mut waiting = order.of(calls);
    let mut deaths: BTreeMap<&str, Vec<Death>> = BTreeMap::new();
    let mut left = calls.replies();
    while !waiting.is_empty() {
        let served = serve(calls, &waiting, left)?;
        left = served.left;
        for (index, observation) in served.observations {
            observations[index] = Some(observation);
        }
        waiting.retain(|index| observations[*index].is_none());
        let Some((index, death)) = served.death else { continue };
        let function = calls.calls[index].0.as_str();
        let theirs = deaths.entry(function).or_default();
        theirs.push(death.clone());
        if theirs.len() == PATIENCE {
            for index in waiting.extract_if(.., |index| calls.calls[*index].0 == function) {
                let observed = Observed::NotMade(death.clone());
                observations[index] = Some(Observation::without_output(observed));
            }
        }
    }
    Ok(observations.into_iter().flatten().collect())
}

/// What one worker did.
struct Served {
    /// What became of the calls it was sent, by their place among all.
    observations: Vec<(usize, Observation)>,
    /// What it died of, if it did, and in which call.
    death: Option<(usize, Death)>,
    /// How many bytes of results may still come from the next.
    left: u64,
}

/// Makes calls in one worker until there are no more or it dies.
fn serve(calls: &Calls<'_>, waiting: &[usize], left: u64) -> Result<Served, WorkerError> {
    let mut worker = match Worker::start(&calls.program, left, calls.time())? {
        Ok(worker) => worker,
        Err(death) => {
            let (observed, death) = if calls.time().is_zero() {
                let death = Death::TotalTime(calls.total);
                (Observed::Died(death.clone()), death)
            } else {
                (Observed::NeverStarted(death.clone()), death)
            };
            let index = waiting[0];
            let observations = vec![(index, Observation::without_output(observed))];
            return Ok(Served { observations, death: Some((index, death)), left });
        }
    };
    let Talk { answered: mut observations, skipped, failure } = talk(&mut worker, calls, waiting)?;
    let left = worker.left();
    let (death, outputs) = match failure {
        None => {
            let (excess, outputs) = worker.end()?;
            let death = excess.and_then(|death| Some((observations.pop()?.0, death)));
            (death, outputs)
        }
        Some(Failure { index, fault, out_of_time }) => {
            // The result too many is the call's before, and this one is made once more.
            let before = matches!(fault, Fault::Excess).then(|| observations.pop()).flatten();
            let index = before.map_or(index, |(before, _)| before);
            let (death, outputs) = worker.bury(fault)?;
            let death = match death {
                Death::TimedOut(_) if out_of_time => Death::TotalTime(calls.total),
                death => death,
            };
            (Some((index, death)), outputs)
        }
    };
    if let Some((index, death)) = &death {
        let observed = Observed::Died(death.clone());
        observations.push((*index, Observation::without_output(observed)));
    }
    for ((_, observation), output) in observations.iter_mut().zip(outputs) {
        observation.output = output;
    }
    observations.extend(skipped);
    Ok(Served { observations, death, left })
}

/// What a worker answered, without what it printed.
pub(super) struct Talk {
    /// What became of calls, by their place among all, in the order in which they were made.
    pub answered: Vec<(usize, Observation)>,
    /// What would have become of calls that need not be made.
    pub skipped: Vec<(usize, Observation)>,
    /// Why there are no more, if there should be.
    pub failure: Option<Failure>,
}

/// A call that was not answered.
pub(super) struct Failure {
    index: usize,
    fault: Fault,
    /// Whether it had less time than a call has.
    out_of_time: bool,
}

/// Makes calls until there are no more or one is not answered.
pub(super) fn talk(
    worker: &mut Worker,
    calls: &Calls<'_>,
    waiting: &[usize],
) -> Result<Talk, WorkerError> {
    let mut answered = Vec::new();
    let mut skipped = Vec::new();
    let mut failure = None;
    let mut unwritten: BTreeMap<&str, Option<CallOutcome>> = BTreeMap::new();
    let mut waiting = waiting.iter().copied().peekable();
    let mut made = VecDeque::new();
    loop {
        // Many at a time, since the worker is woken each time.
        let is_low = made.len() <= AHEAD / 2;
        while is_low
            && made.len() < AHEAD
            && let Some(index) = waiting.peek().copied()
        {
            let (function, args) = &calls.calls[index];
            if index >= calls.first {
                match unwritten.get(function.as_str()) {
                    Some(None) => {}
                    // What was called before it decides.
                    _ if !made.is_empty() => break,
                    Some(Some(outcome)) => {
                        // It would say so once more.
                        let observed = Observed::Replied(outcome.clone());
                        skipped.push((index, Observation::without_output(observed)));
                        waiting.next();
                        continue;
                    }
                    None => {}
                }
            }
            let large = args.iter().map(Value::bytes).sum::<u64>() > LARGE;
            if large && !made.is_empty() {
                break;
            }
            worker.call(function, args);
            made.push_back(index);
            waiting.next();
            if large {
                break;
            }
        }
        let Some(index) = made.pop_front() else { break };
        let function = calls.calls[index].0.as_str();
        let (time, wall) = (calls.time(), calls.program.limits.wall);
        match worker.answer(wall.min(time))? {
            Ended::Replied { outcome, duration } => {
                let placeholder = outcome.is_placeholder().then(|| outcome.clone());
                let so_far = unwritten.entry(function).or_insert_with(|| placeholder.clone());
                *so_far = placeholder.and(so_far.take());
                let observed = Observed::Replied(outcome);
                let duration = Some(duration);
                let output = Output::default();
                answered.push((index, Observation { observed, output, duration }));
            }
            Ended::Failed(fault) => {
                failure = Some(Failure { index, fault, out_of_time: time < wall });
                break;
            }
        }
    }
    Ok(Talk { answered, skipped, failure })
}

/// Whether a worker can be started.
///
/// # Errors
///
/// If its process cannot be started or waited for.
pub fn can_start(program: &Program<'_>) -> Result<bool, WorkerError> {
    match Worker::start(program, REPLIES, Duration::MAX)? {
        Ok(worker) => worker.end().map(|_| true),
        Err(_) => Ok(false),
    }
}

impl Order {
    /// The places of calls in this order.
    pub(super) fn of(self, calls: &Calls<'_>) -> Vec<usize> {
        let first = calls.first.min(calls.calls.len());
        let mut order = mixed(first);
        order.extend(mixed(calls.calls.len() - first).into_iter().map(|index| first + index));
        if self == Self::Reversed {
            let (first, others) = order.split_at_mut(first);
            first.reverse();
            others.reverse();
        }
        order
    }
}

impl Calls<'_> {
    /// How many bytes of results are taken.
    pub(super) fn replies(&self) -> u64 {
        REPLIES.saturating_add(self.expected)
    }

    /// How much of the submission's time is left.
    fn time(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }
}

impl Observation {
    /// Whether there was no time left for the call.
    #[must_use]
    pub fn is_out_of_time(&self) -> bool {
        let (Observed::Died(death) | Observed::NotMade(death)) = &self.observed else {
            return false;
        };
        matches!(death, Death::TotalTime(_))
    }

    /// Whether the call came back with a value or an `Err`.
    #[must_use]
    pub fn is_answer(&self) -> bool {
        let Observed::Replied(outcome) = &self.observed else { return false };
        matches!(outcome, CallOutcome::Returned(_) | CallOutcome::Failed(_))
    }

    /// Whether the call was made.
    #[must_use]
    pub fn was_called(&self) -> bool {
        !matches!(self.observed, Observed::NotMade(_))
    }

    fn without_output(observed: Observed) -> Self {
        Self { observed, output: Output::default(), duration: None }
    }
}

/// The numbers below `count`, shuffled after Fisher and Yates. It is the same every time, because
/// which calls come after three deaths decides on points.
fn mixed(count: usize) -> Vec<usize> {
    let mut random = SplitMix64::seed_from_u64(count as u64);
    let mut order: Vec<usize> = (0..count).collect();
    for last in (1..count).rev() {
        // The remainder is uneven by less than count / 2^64.
        let other = usize::try_from(random.next_u64() % (last as u64 + 1)).unwrap_or(last);
        order.swap(last, other);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_a_permutation() {
        let mut shuffled = mixed(20);
        assert_eq!(shuffled, mixed(20));
        assert_ne!(shuffled, (0..20).collect::<Vec<_>>());
        shuffled.sort_unstable();
        assert_eq!(shuffled, (0..20).collect::<Vec<_>>());
        assert!(mixed(0).is_empty());
    }
}
