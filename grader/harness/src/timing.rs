//! Timing a function: it is called again and again with the same arguments, in the worker, so that
//! they are sent once and nothing but the function is timed.

use std::hint::black_box;
use std::time::{Duration, Instant};

use crate::function::{Entry, Fault, Function};
use crate::{Outcome, Value};

/// The fewest laps, however slow the function is.
const FEWEST: usize = 5;

/// The most laps.
const MOST: usize = 1000;

/// How long a lap should be, so that reading the clock does not count.
const LAP: Duration = Duration::from_micros(50);

/// The most calls in a lap: their results are kept until it is over.
const CALLS: u128 = 10_000;

/// For how long a function is called; it is called a few times at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace(pub Duration);

/// What timing a function gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Timed {
    /// What it returned.
    pub result: Value,
    /// How long it took, lap by lap.
    pub laps: Vec<Lap>,
}

/// A few calls, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lap {
    /// How many.
    pub calls: u64,
    /// How long they took together, in nanoseconds.
    pub nanos: u64,
}

/// Makes an entry that times a function. It takes a [`Pace`] as its last argument and returns what
/// [`Timed::of`] reads.
pub fn timed<Signature, F>(name: &'static str, function: F) -> Entry
where
    F: Function<Signature> + Sync + 'static,
{
    let call = move |mut args: Vec<Value>| {
        let pace = args.pop().and_then(Pace::of);
        let pace = pace.ok_or_else(|| Fault::Argument("there is no pace".into()))?;
        function.time(args, pace).map(Value::from)
    };
    Entry { name, call: Box::new(call) }
}

/// Calls a function again and again. Making its arguments and dropping its results is not timed.
pub fn repeat<Args, R: Outcome>(
    args: impl Fn() -> Args,
    call: impl Fn(Args) -> R,
    pace: Pace,
) -> Result<Timed, Fault> {
    // The first call finds cold caches, and the second one tells how many make a lap.
    let result = call(args()).into_outcome().map_err(Fault::Returned)?;
    let once = lap(1, &args, &call);
    let calls = LAP.as_nanos() / u128::from(once.nanos.max(1));
    let calls = u64::try_from(calls.clamp(1, CALLS)).unwrap_or(1);
    let start = Instant::now();
    let mut laps = Vec::with_capacity(MOST);
    while laps.len() < FEWEST || laps.len() < MOST && start.elapsed() < pace.0 {
        laps.push(lap(calls, &args, &call));
    }
    Ok(Timed { result, laps })
}

fn lap<Args, R>(calls: u64, args: &impl Fn() -> Args, call: &impl Fn(Args) -> R) -> Lap {
    let mut lent: Vec<Args> = (0..calls).map(|_| args()).collect();
    let mut results = Vec::with_capacity(lent.len());
    let start = Instant::now();
    for args in lent.drain(..) {
        // rustc must not see that all calls are the same.
        results.push(black_box(call(black_box(args))));
    }
    let nanos = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
    Lap { calls, nanos }
}

impl Pace {
    /// Reads what [`Value::from`] wrote.
    fn of(value: Value) -> Option<Self> {
        match value {
            Value::Int(nanos) => Some(Self(Duration::from_nanos(u64::try_from(nanos).ok()?))),
            _ => None,
        }
    }
}

impl From<Pace> for Value {
    fn from(pace: Pace) -> Self {
        Self::Int(i64::try_from(pace.0.as_nanos()).unwrap_or(i64::MAX))
    }
}

impl Timed {
    /// Reads what [`Value::from`] wrote; `None` if it is something else.
    #[must_use]
    pub fn of(value: Value) -> Option<Self> {
        let Value::List(items) = value else { return None };
        let [result, laps] = <[Value; 2]>::try_from(items).ok()?;
        let Value::List(laps) = laps else { return None };
        let laps = laps.into_iter().map(Lap::of).collect::<Option<Vec<_>>>()?;
        (!laps.is_empty()).then_some(Self { result, laps })
    }
}

impl From<Timed> for Value {
    fn from(timed: Timed) -> Self {
        let number = |number: u64| Self::Int(i64::try_from(number).unwrap_or(i64::MAX));
        let lap = |lap: Lap| Self::List(vec![number(lap.calls), number(lap.nanos)]);
        Self::List(vec![timed.result, Self::List(timed.laps.into_iter().map(lap).collect())])
    }
}

impl Lap {
    fn of(value: Value) -> Option<Self> {
        let Value::List(items) = value else { return None };
        let [Value::Int(calls), Value::Int(nanos)] = items[..] else { return None };
        let lap = Self { calls: calls.try_into().ok()?, nanos: nanos.try_into().ok()? };
        (lap.calls > 0).then_some(lap)
    }

    /// How long one call took, in seconds.
    #[must_use]
    pub fn seconds(self) -> f64 {
        self.nanos as f64 / 1e9 / self.calls as f64
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::thread;

    use super::*;

    fn time<S>(function: impl Function<S> + Sync + 'static, args: Vec<Value>) -> Value {
        let pace = Pace(Duration::from_millis(20));
        let args = args.into_iter().chain([pace.into()]).collect();
        timed("f", function).call.call(args).unwrap()
    }

    #[test]
    fn a_quick_function_is_called_many_times_a_lap_and_a_slow_one_once() {
        fn quick(x: f64) -> f64 {
            x + 1.0
        }
        fn slow(x: f64) -> f64 {
            thread::sleep(Duration::from_millis(10));
            x + 1.0
        }
        let quick = Timed::of(time(quick, vec![Value::Float(1.0)])).unwrap();
        assert_eq!(quick.result, Value::Float(2.0));
        assert!(quick.laps.len() > FEWEST && quick.laps[0].calls > 10, "{quick:?}");
        let slow = Timed::of(time(slow, vec![Value::Float(1.0)])).unwrap();
        assert_eq!((slow.laps.len(), slow.laps[0].calls), (FEWEST, 1));
        assert!(slow.laps.iter().all(|lap| lap.seconds() >= 0.01), "{slow:?}");
    }

    #[test]
    fn an_owned_argument_is_there_for_every_call() {
        static CALLS: AtomicU64 = AtomicU64::new(0);
        fn sum(mut x: Vec<f64>) -> f64 {
            CALLS.fetch_add(1, Ordering::Relaxed);
            x.drain(..).sum()
        }
        let list = Value::List(vec![Value::Float(1.0), Value::Float(2.5)]);
        let timed = Timed::of(time(sum, vec![list])).unwrap();
        assert_eq!(timed.result, Value::Float(3.5));
        let laps: u64 = timed.laps.iter().map(|lap| lap.calls).sum();
        assert_eq!(CALLS.load(Ordering::Relaxed), laps + 2);
    }

    #[test]
    fn an_err_is_not_timed() {
        fn fails(_: f64) -> Result<f64, String> {
            Err("no".into())
        }
        let args = vec![Value::Float(1.0), Pace(Duration::from_secs(9)).into()];
        let fault = timed("f", fails).call.call(args);
        assert_eq!(fault, Err(Fault::Returned("\"no\"".into())));
    }

    #[test]
    fn what_is_no_timing_is_not_read_as_one() {
        let int = Value::Int;
        let laps = |laps: Vec<Value>| Value::List(vec![Value::None, Value::List(laps)]);
        for value in [
            int(1),
            laps(vec![]),
            laps(vec![int(1)]),
            laps(vec![Value::List(vec![int(0), int(1)])]),
            laps(vec![Value::List(vec![int(1), int(-1)])]),
        ] {
            assert_eq!(Timed::of(value), None);
        }
    }
}
