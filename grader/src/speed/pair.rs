//! Functions that do the same, with a loop and without.

use super::inputs::Workload;
use super::report::Form;
use crate::course::{Course, Exercise, Inputs, Tolerance};

/// What the name of a function with a loop begins with; the rest is the name of the other one.
const CLASSIC: &str = "classic_";

/// Two functions of an exercise that do the same, with a loop and without.
#[derive(Debug)]
pub struct Pair<'a> {
    /// Their exercise.
    pub exercise: &'a Exercise,
    /// The one with a loop.
    classic: &'a str,
    /// The one without.
    vectorised: &'a str,
    /// What their arguments look like: those that a trial makes from a seed.
    pub inputs: &'a Inputs,
    /// How far apart two right answers may be.
    pub tolerance: &'a Tolerance,
}

impl<'a> Pair<'a> {
    /// The pairs of a course.
    pub fn all(course: &'a Course) -> impl Iterator<Item = Self> {
        course.exercises.iter().flat_map(Self::of)
    }

    /// The pairs of an exercise: those for which it makes inputs that can grow.
    fn of(exercise: &'a Exercise) -> Vec<Self> {
        let functions = exercise.functions();
        let pair = |classic: &&'a str| {
            let name = classic.strip_prefix(CLASSIC)?;
            let vectorised = functions.iter().copied().find(|function| *function == name)?;
            let trial = exercise
                .trials
                .iter()
                .filter(|trial| [vectorised, classic].contains(&trial.function.as_str()))
                .find(|trial| trial.inputs.letters().next().is_some())?;
            let (inputs, tolerance) = (&trial.inputs, &trial.tolerance);
            Some(Self { exercise, classic, vectorised, inputs, tolerance })
        };
        functions.iter().filter_map(pair).collect()
    }

    /// The name of the exercise.
    #[must_use]
    pub fn name(&self) -> &'a str {
        &self.exercise.name
    }

    /// The function of a form.
    #[must_use]
    pub fn function(&self, form: Form) -> &'a str {
        match form {
            Form::Loop => self.classic,
            Form::Vectorised => self.vectorised,
        }
    }

    /// The input of the first case that everyone may see.
    #[must_use]
    pub fn first_case(&self) -> Option<Workload> {
        let mut cases = self.exercise.cases.iter();
        let case = cases.find(|case| case.function == self.vectorised && !case.hidden)?;
        Workload::of_case(self.inputs, &case.args)
    }
}
