//! Trials: their inputs, their calls, and the verdict on what came of them.

mod draw;
pub mod gradient;
mod numbers;
mod property;
mod report;
mod shrink;

use anyhow::{Result, bail};
use harness::Value;

use super::judge::{Judgement, judge, judge_failure, returned};
use super::report::Delivered;
use crate::course::{Check, Exercise, Oracle, Trial};
use crate::run::Observed;
use crate::signature::ResultKind;
pub use draw::Draw;
use property::Violation;
pub use report::{Shown, can_be_simpler, judged, report};
pub use shrink::simpler;

/// How many inputs of a trial a function is called with once more, to see whether it gives the same
/// after other calls. The first ones are the smallest and the largest.
const REPEATED: usize = 5;

/// A trial with its inputs.
#[derive(Debug)]
pub struct Sample<'a> {
    /// The trial.
    pub trial: &'a Trial,
    /// Its inputs.
    pub draws: Vec<Draw>,
    /// The calls, input by input.
    pub calls: Vec<Vec<Value>>,
}

impl<'a> Sample<'a> {
    /// The trials of an exercise, with the inputs that a seed gives them.
    pub fn all(exercise: &'a Exercise, seed: u64) -> Vec<Self> {
        let draws = |trial| draw::draws(trial, &exercise.name, seed);
        exercise.trials.iter().map(|trial| Self::of(trial, draws(trial))).collect()
    }

    /// A trial with these inputs.
    pub fn of(trial: &'a Trial, draws: Vec<Draw>) -> Self {
        let mut calls = Vec::new();
        for draw in &draws {
            let args = draw.args(&trial.inputs);
            let changed = match &trial.oracle {
                Oracle::Property(property) => property::changed(property, &trial.inputs, &args),
                Oracle::Reference => None,
            };
            calls.push(args);
            calls.extend(changed);
        }
        Self { trial, draws, calls }
    }

    /// How many calls each input takes.
    fn calls_each(&self) -> usize {
        self.calls.len() / self.draws.len().max(1)
    }

    /// How many of the calls are made once more if they were right.
    pub fn repeated(&self) -> usize {
        self.calls.len().min(REPEATED * self.calls_each())
    }

    /// The arguments of each input.
    pub fn args(&self) -> impl Iterator<Item = &Vec<Value>> {
        self.calls.iter().step_by(self.calls_each().max(1))
    }

    /// Judges each input by what its calls did, as far as they were made. `checks` has what judges
    /// each input, if the references were asked, as they must be where they judge and a call
    /// returned.
    ///
    /// # Errors
    ///
    /// If they were not.
    pub fn judge(
        &self,
        observed: &[&Observed],
        checks: Option<&[Check]>,
        wanted: &dyn Fn() -> Option<ResultKind>,
    ) -> Result<Vec<Judgement>> {
        let observed = observed.chunks(self.calls_each().max(1));
        let inputs = self.args().zip(observed).enumerate();
        let judged = inputs.map(|(index, (args, observed))| {
            match checks.and_then(|checks| checks.get(index)) {
                Some(check) => Ok(judge(check, observed[0], wanted)),
                None => self.judge_property(args, observed),
            }
        });
        judged.collect()
    }

    /// Judges an input without the references.
    fn judge_property(&self, args: &[Value], observed: &[&Observed]) -> Result<Judgement> {
        if let Some(failure) = observed.iter().find(|observed| returned(observed).is_none()) {
            return Ok(judge_failure(failure));
        }
        let results: Vec<&Value> = observed.iter().filter_map(|it| returned(it)).collect();
        let property = match &self.trial.oracle {
            Oracle::Property(property) if !self.trial.needs_reference() => property,
            _ => bail!("the reference was not asked about {:?}", self.trial.name),
        };
        let delivered = results.first().map(|value| Delivered::Value((*value).clone()));
        Ok(match property::check(property, self.trial, args, &results) {
            Ok(()) => Judgement { delivered, ..Judgement::passed() },
            Err(Violation { verdict, message }) => {
                Judgement { delivered, ..Judgement::without_result(verdict, message) }
            }
        })
    }
}
