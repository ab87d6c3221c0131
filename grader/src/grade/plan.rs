//! The calls that an exercise is graded by.

use std::collections::BTreeMap;
use std::ops::Range;

use harness::Value;

use super::trial::Sample;
use crate::course::{Case, Check, Exercise};
use crate::run::Observation;

/// What became of the calls of an exercise, by their place in the plan.
pub type Observations = BTreeMap<usize, Observation>;

/// The calls that an exercise is graded by: those of its cases, and then those of its trials.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The exercise.
    pub exercise: &'a Exercise,
    /// Its trials, with their inputs.
    pub samples: Vec<Sample<'a>>,
    /// The seed of the inputs.
    pub seed: u64,
}

/// One call.
#[derive(Debug, Clone, Copy)]
pub struct Planned<'p> {
    /// The function.
    pub function: &'p str,
    /// The arguments.
    pub args: &'p [Value],
    /// Whether it comes from an overlay.
    pub hidden: bool,
    /// Whether it is that of a case.
    pub is_case: bool,
    /// Whether it is made once more if it was right.
    pub is_repeated: bool,
    /// How many bytes its result has if it is right, as far as the fixture says.
    pub expected: u64,
}

impl<'a> Plan<'a> {
    /// The plan of an exercise with the inputs that a seed gives.
    #[must_use]
    pub fn of(exercise: &'a Exercise, seed: u64) -> Self {
        Self { exercise, samples: Sample::all(exercise, seed), seed }
    }

    /// The calls, by their place.
    pub fn calls(&self) -> impl Iterator<Item = Planned<'_>> {
        let cases = self.exercise.cases.iter().map(|case| Planned {
            function: &case.function,
            args: &case.args,
            hidden: case.hidden,
            is_case: true,
            is_repeated: true,
            expected: expected_bytes(case),
        });
        let samples = self.samples.iter().flat_map(|sample| {
            sample.calls.iter().enumerate().map(|(index, args)| Planned {
                function: &sample.trial.function,
                args,
                hidden: sample.trial.hidden,
                is_case: false,
                is_repeated: index < sample.repeated(),
                expected: 0,
            })
        });
        cases.chain(samples)
    }

    /// The trials, with the places of their calls.
    pub fn trials(&self) -> impl Iterator<Item = (&Sample<'a>, Range<usize>)> {
        let mut end = self.exercise.cases.len();
        self.samples.iter().map(move |sample| {
            let start = end;
            end += sample.calls.len();
            (sample, start..end)
        })
    }
}

/// How large the result of a case is if it is right.
fn expected_bytes(case: &Case) -> u64 {
    match &case.check {
        Check::Value { expected, .. } => expected.bytes(),
        Check::Shape(shape) => {
            shape.iter().fold(8, |bytes, length| bytes.saturating_mul(*length as u64))
        }
        Check::Panics(_) | Check::Errors(_) => 0,
    }
}
