//! What the references say to inputs that were made from a seed.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use harness::Value;
use harness::wire::{Call, CallOutcome, Reply, read_frame};

use super::grading::Grading;
use super::plan::Plan;
use super::trial::{Sample, gradient};
use crate::build::{Builder, Built, entry_name};
use crate::course::{Check, Course, Exercise, Limits, Message, Oracle, Origin, Property, Trial};
use crate::digest::Digest;
use crate::run::{Calls, Observed, Order, Persistent, Zygotes};

/// The references, compiled when they are first asked.
#[derive(Debug)]
pub struct References<'g> {
    grading: &'g Grading<'g>,
    programs: Mutex<Option<Arc<Programs>>>,
    /// Those that have been asked. They stay, because references are the course's own.
    workers: Persistent,
}

/// What judges the inputs of the trials of an exercise, by the place of the trial.
pub type Checks = BTreeMap<usize, Vec<Check>>;

/// The compiled references.
#[derive(Debug, Default)]
pub struct Programs {
    /// The programs that serve them, by exercise, and of others why there is none.
    paths: BTreeMap<String, Result<PathBuf, String>>,
    /// Where they are loaded already.
    zygotes: Zygotes,
}

/// The CPU time that a reference's program may use: more than any class takes.
const CPU: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// A trial that the references cannot judge, which is a fault of the course.
#[derive(Debug, thiserror::Error)]
pub struct Unanswered {
    /// Where the trial stands.
    pub origin: Origin,
    /// The name of the trial.
    pub trial: String,
    /// Whether it is hidden: then whoever grades is not told what it asks.
    pub hidden: bool,
    /// What a reference did instead of answering.
    pub why: String,
}

impl fmt::Display for Unanswered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { origin, trial, hidden, why } = self;
        if *hidden {
            return f.write_str(
                "the references cannot judge a hidden case; `cargo grade check` with the same \
                 --fixtures says more",
            );
        }
        write!(
            f,
            "{origin:?}: the references cannot judge {trial:?}: {why}; change the inputs, or mend \
             the reference"
        )
    }
}

/// A call of a reference.
#[derive(Debug)]
struct Question<'q> {
    exercise: &'q str,
    function: &'q str,
    args: Vec<Value>,
}

/// Why a reference gives no answer.
type NoAnswer = String;

impl<'g> References<'g> {
    /// The references that a submission is graded with.
    #[must_use]
    pub fn of(grading: &'g Grading<'g>) -> Self {
        let programs = Mutex::new(grading.programs.cloned());
        Self { grading, programs, workers: Persistent::default() }
    }

    /// What judges each input of the trials of an exercise that need the references. The answers are
    /// remembered from one run to the next.
    ///
    /// # Errors
    ///
    /// If a reference does not answer: it does not compile, panics or takes too long.
    pub fn checks(&self, plan: &Plan<'_>) -> Result<Checks> {
        let samples =
            || plan.samples.iter().enumerate().filter(|(_, sample)| sample.trial.needs_reference());
        let questions: Vec<Question<'_>> = samples()
            .flat_map(|(_, sample)| {
                sample.args().flat_map(|args| questions(plan.exercise, sample.trial, args))
            })
            .collect();
        let mut answers = self.remembered(&questions)?.into_iter();
        let mut checks = Checks::new();
        for (place, sample) in samples() {
            let unanswered = |why| Unanswered {
                origin: sample.trial.origin.clone(),
                trial: sample.trial.name.clone(),
                hidden: sample.trial.hidden,
                why,
            };
            let theirs: Result<Vec<Check>, Unanswered> = sample
                .args()
                .map(|args| check(sample.trial, args, &mut answers).map_err(unanswered))
                .collect();
            checks.insert(place, theirs?);
        }
        Ok(checks)
    }

    /// What judges the inputs of a sample that is not the course's; `None` for those that the
    /// reference has no answer to, and nothing for a trial that does not need it.
    ///
    /// # Errors
    ///
    /// If a worker cannot be started.
    pub fn checks_of(
        &self,
        exercise: &Exercise,
        sample: &Sample<'_>,
    ) -> Result<Vec<Option<Check>>> {
        if !sample.trial.needs_reference() {
            return Ok(Vec::new());
        }
        let questions: Vec<Question<'_>> =
            sample.args().flat_map(|args| questions(exercise, sample.trial, args)).collect();
        let mut answers = self.answers(&questions)?.into_iter();
        Ok(sample.args().map(|args| check(sample.trial, args, &mut answers).ok()).collect())
    }

    /// The answers, from an earlier run if they were given before.
    fn remembered(&self, questions: &[Question<'_>]) -> Result<Vec<Result<CallOutcome, NoAnswer>>> {
        if self.grading.seed != self.grading.course.seed {
            // Hardly anybody asks the same again: each student of a class has another seed.
            return self.answers(questions);
        }
        let mut digest = Digest::default();
        digest.add(self.grading.toolchain.stamp());
        digest.add(self.grading.references.map_or("", |it| it.hash.as_str()));
        for Question { exercise, function, args } in questions {
            let function = entry_name(exercise, function);
            digest.add(Call { id: 0, marker: 0, function, args: args.clone() }.encode());
        }
        let key = digest.hex();
        let workshop = self.grading.workshop;
        if let Some(bytes) = workshop.recall(&key)
            && let Some(answers) = decode(&bytes).filter(|it| it.len() == questions.len())
        {
            return Ok(answers.into_iter().map(Ok).collect());
        }
        let answers = self.answers(questions)?;
        if let Some(bytes) = encode(&answers) {
            workshop.remember(&key, &bytes)?;
        }
        Ok(answers)
    }

    /// Asks the references.
    fn answers(&self, questions: &[Question<'_>]) -> Result<Vec<Result<CallOutcome, NoAnswer>>> {
        let mut answers: Vec<_> = questions.iter().map(|_| Err(String::new())).collect();
        if questions.is_empty() {
            return Ok(answers);
        }
        let programs = self.programs()?;
        let mut by_exercise: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, question) in questions.iter().enumerate() {
            by_exercise.entry(question.exercise).or_default().push(place);
        }
        let Grading { course, .. } = self.grading;
        for (exercise, places) in by_exercise {
            let path = match programs.paths.get(exercise) {
                Some(Ok(path)) => path,
                Some(Err(why)) => bail!("{why}"),
                None => bail!("there is no reference of `{exercise}`"),
            };
            let limits = limits(course, exercise);
            let entry = |place: &usize| {
                let Question { exercise, function, args } = &questions[*place];
                (entry_name(exercise, function), args.as_slice())
            };
            let calls = Calls {
                program: self.grading.program(path, limits)?.forked_off(&programs.zygotes),
                calls: places.iter().map(entry).collect(),
                first: places.len(),
                expected: 0,
                total: course.limits.total,
                deadline: Instant::now() + course.limits.total,
            };
            for (place, observation) in places.iter().zip(self.workers.run(&calls, Order::Mixed)?) {
                answers[*place] = answer(observation.observed)
                    .map_err(|why| format!("{} {why}", questions[*place].function));
            }
        }
        Ok(answers)
    }

    /// Compiles the references, unless that was done.
    fn programs(&self) -> Result<Arc<Programs>> {
        let mut programs = self.programs.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(programs) = &*programs {
            return Ok(Arc::clone(programs));
        }
        // Not loaded: this thread may end before others ask.
        let compiled = Programs { paths: self.compile()?, zygotes: Zygotes::default() };
        Ok(Arc::clone(programs.insert(Arc::new(compiled))))
    }

    /// Compiles the references for many submissions, which are graded before this thread ends.
    ///
    /// # Errors
    ///
    /// If they cannot be compiled at all.
    #[cfg(feature = "class")]
    pub fn shared(&self) -> Result<Programs> {
        let paths = self.compile()?;
        let Grading { course, .. } = self.grading;
        let programs = paths.iter().filter_map(|(name, path)| {
            let limits = limits(course, name);
            Some(self.grading.program(path.as_ref().ok()?, limits))
        });
        let zygotes = Zygotes::start(programs.collect::<Result<Vec<_>>>()?);
        Ok(Programs { paths, zygotes })
    }

    fn compile(&self) -> Result<BTreeMap<String, Result<PathBuf, String>>> {
        let Grading { course, references, workshop, .. } = *self.grading;
        let references = references.context("there are no references")?;
        let workshop = workshop.for_references();
        let deadline = Instant::now() + course.limits.total;
        let built = Builder::new(course, references, None, &workshop, deadline)
            .build()
            .context("failed to compile the references")?;
        let program = |(name, built): (String, Built)| {
            let program = match built {
                Built::Ready(ready) => Ok(ready.worker),
                Built::Missing => Err(format!("there is no reference of `{name}`")),
                Built::Broken(errors) | Built::Blocked { diagnostics: errors, .. } => {
                    Err(format!("the reference of `{name}` does not compile:\n{errors}"))
                }
            };
            (name, program)
        };
        Ok(built.into_iter().map(program).collect())
    }
}

/// What the reference of an exercise may use. The program that its workers are forked off works for all
/// students of a class, so that its CPU time is not bounded by what one submission has.
fn limits(course: &Course, exercise: &str) -> Limits {
    let limits = course.exercise(exercise).map_or(course.limits, |it| it.limits);
    Limits { total: CPU, ..limits }
}

/// The calls of references that judge one input of a trial.
fn questions<'q>(exercise: &'q Exercise, trial: &'q Trial, args: &[Value]) -> Vec<Question<'q>> {
    match &trial.oracle {
        Oracle::Reference => {
            let (exercise, function) = (exercise.name.as_str(), trial.function.as_str());
            vec![Question { exercise, function, args: args.to_vec() }]
        }
        Oracle::Property(Property::GradientOf { exercise, function }) => {
            gradient::neighbours(args).map(|args| Question { exercise, function, args }).into()
        }
        Oracle::Property(_) => Vec::new(),
    }
}

/// What judges one input of a trial, from the answers to its questions.
fn check(
    trial: &Trial,
    args: &[Value],
    answers: &mut impl Iterator<Item = Result<CallOutcome, NoAnswer>>,
) -> Result<Check, NoAnswer> {
    let mut next = || answers.next().unwrap_or_else(|| Err("has no answer".into()));
    let tolerance = trial.tolerance.clone();
    if let Oracle::Reference = trial.oracle {
        return match next()? {
            CallOutcome::Returned(expected) => Ok(Check::Value { expected, tolerance }),
            _ => Ok(Check::Errors(Message::Any)),
        };
    }
    // Both are taken before either is looked at.
    let (above, below) = (next(), next());
    match (above?, below?) {
        (CallOutcome::Returned(above), CallOutcome::Returned(below)) => gradient::check(
            args, &above, &below, tolerance,
        )
        .ok_or_else(|| {
            "the function whose derivative is wanted has no result for each element of its argument"
                .into()
        }),
        _ => Err("the function whose derivative is wanted returns an Err".into()),
    }
}

/// What a call of a reference came to.
fn answer(observed: Observed) -> Result<CallOutcome, NoAnswer> {
    match observed {
        Observed::Replied(CallOutcome::Panicked { message, .. }) => {
            Err(format!("panics ({message})"))
        }
        Observed::Replied(CallOutcome::Refused(reason)) => {
            Err(format!("does not take the arguments ({reason})"))
        }
        Observed::Replied(outcome) => Ok(outcome),
        Observed::Died(death) | Observed::NeverStarted(death) | Observed::NotMade(death) => {
            Err(format!("does not return ({death})"))
        }
    }
}

/// Answers as bytes, if all are there.
fn encode(answers: &[Result<CallOutcome, NoAnswer>]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for (id, answer) in answers.iter().enumerate() {
        let outcome = answer.as_ref().ok()?.clone();
        bytes.extend(Reply { id: id as u64, nanos: 0, outcome }.frame());
    }
    Some(bytes)
}

/// Reads what [`encode`] wrote.
fn decode(mut bytes: &[u8]) -> Option<Vec<CallOutcome>> {
    let mut outcomes = Vec::new();
    while let Some(body) = read_frame(&mut bytes, u64::MAX).ok()? {
        outcomes.push(Reply::decode(&body).ok()?.outcome);
    }
    Some(outcomes)
}
