//! The graded result of one submission, from which every format is made.

use std::fmt;
use std::time::Duration;

use harness::Value;

use super::Verdict;
use crate::compare::Mismatch;
use crate::course::{Check, Demand, Message, Points, Tolerance};
use crate::diagnostic::{Diagnostics, Place};
use crate::sandbox::Isolation;

/// The graded result of one submission.
#[derive(Debug, Clone)]
pub struct Report {
    /// The course it was graded against.
    pub course: Subject,
    /// What was graded; the title is the folder's name.
    pub submission: Subject,
    /// How well learner code was kept from the rest of the machine.
    pub isolation: Isolation,
    /// What a second run needs to repeat this one.
    pub provenance: Provenance,
    /// Wall time from the first compilation to the last verdict, unless times are left out.
    pub duration: Option<Duration>,
    /// The sections, with the exercises that were graded.
    pub sections: Vec<SectionReport>,
    /// Files of the submission that were not taken, with the reason, in order of name.
    pub left_out: Vec<(String, String)>,
}

/// A thing with a name, and a hash of its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The course's title, or the submission's name.
    pub title: String,
    /// SHA-256 of the content, in hexadecimal.
    pub hash: String,
}

/// What a second run needs to repeat this one.
#[derive(Debug, Clone)]
pub struct Provenance {
    /// The grader's version.
    pub grader: String,
    /// Gives the hash of the grader's sources: making it takes time, and few formats show it.
    pub grader_hash: fn() -> String,
    /// The version of rustc, as in "1.95.0".
    pub rustc: String,
    /// The seed that was used.
    pub seed: u64,
}

/// The exercises of one section.
#[derive(Debug, Clone)]
pub struct SectionReport {
    /// The section's title.
    pub title: String,
    /// Its exercises that were graded, in order.
    pub exercises: Vec<ExerciseReport>,
}

/// What became of one exercise.
#[derive(Debug, Clone)]
pub struct ExerciseReport {
    /// The exercise's name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it asks, in one sentence.
    pub summary: String,
    /// Where the learner works on it, as shown: `exercises/src/softmax.rs`.
    pub path: String,
    /// What it earned, at most `points`.
    pub score: Points,
    /// What it is worth.
    pub points: Points,
    /// The state of the whole.
    pub verdict: ExerciseVerdict,
    /// What rustc said; empty if it compiled.
    pub diagnostics: Diagnostics,
    /// The dependencies for which the reference stood in, by name.
    pub on_reference: Vec<String>,
    /// How many hints the fixture has.
    pub hints: usize,
    /// The cases, in the fixture's order, and behind them the rules.
    pub cases: Vec<CaseReport>,
}

/// The state of an exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExerciseVerdict {
    /// Every case passed.
    Passed,
    /// Some case did not.
    Failed,
    /// No function is written yet, or the file is missing.
    NotImplemented,
    /// The learner's file does not compile.
    DidNotCompile,
    /// What it needs did not compile, and there is no reference to stand in.
    Blocked,
}

impl fmt::Display for ExerciseVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::NotImplemented => "not implemented",
            Self::DidNotCompile => "did not compile",
            Self::Blocked => "blocked",
        })
    }
}

/// What became of one case.
#[derive(Debug, Clone)]
pub struct CaseReport {
    /// The case's name.
    pub name: String,
    /// The function that was called, or whose code was looked at.
    pub function: String,
    /// What kind of case it is.
    pub kind: CaseKind,
    /// What became of it.
    pub verdict: Verdict,
    /// Its share of the exercise's points.
    pub weight: u32,
    /// Whether it comes from an overlay, so that a learner may only learn that it exists.
    pub hidden: bool,
    /// The arguments of the call; of several calls, those of one that shows why the case failed.
    pub args: Vec<Value>,
    /// How many inputs were made from a seed, where they were.
    pub inputs: Option<InputsReport>,
    /// What was wanted.
    pub wanted: Wanted,
    /// What came, if the call came back.
    pub delivered: Option<Delivered>,
    /// Where the two differ, if they were compared and do.
    pub mismatch: Option<Mismatch>,
    /// The mistake that gives the same wrong result, if one does.
    pub mistake: Option<String>,
    /// The fixture's sentence for whoever makes that mistake, or else for whoever fails the case.
    pub feedback: Option<String>,
    /// Where the expected value comes from.
    pub source: Option<String>,
    /// One sentence on what happened, if the case failed: "10 of 10 elements differ". It may
    /// hold text of the learner's, with control characters as they came.
    pub message: String,
    /// Where in the learner's files to look, if the case failed and there is such a place.
    pub place: Option<Place>,
    /// What the call printed, cut to the limit.
    pub output: String,
    /// Whether `output` was cut.
    pub output_cut: bool,
    /// Whether the call was made.
    pub called: bool,
    /// How long the function ran, if it came back and times are not left out.
    pub duration: Option<Duration>,
}

/// What kind of case it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseKind {
    /// A call written in the fixture.
    Case,
    /// Calls with inputs made from a seed, judged by the reference.
    Generated,
    /// The same, judged by a property of the results.
    Property,
    /// A look at the code of a function.
    Rule,
}

impl fmt::Display for CaseKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Case => "case",
            Self::Generated => "generated",
            Self::Property => "property",
            Self::Rule => "rule",
        })
    }
}

/// The inputs of a case that were made from a seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InputsReport {
    /// How many there are.
    pub made: usize,
    /// For how many the function is wrong.
    pub failed: usize,
    /// The place of the one that is shown, before it was made simpler.
    pub shown: usize,
    /// Whether the one that is shown is the simplest that was found.
    pub simplest: bool,
    /// The course's seed, which makes them again.
    pub seed: u64,
}

impl fmt::Display for InputsReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { made, failed, shown: _, simplest, seed } = self;
        match failed {
            0 => write!(f, "right for {made} of {made} inputs (seed {seed})"),
            _ if *simplest => {
                write!(f, "wrong for {failed} of {made} inputs; the simplest found (seed {seed})")
            }
            _ => write!(f, "one of {made} inputs (seed {seed})"),
        }
    }
}

/// What a case wanted.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "nearly every case is of the large variant")]
pub enum Wanted {
    /// This value, within this tolerance.
    Value(Value, Tolerance),
    /// An array of this shape.
    Shape(Vec<usize>),
    /// A panic.
    Panic(Message),
    /// An `Err`.
    Error(Message),
    /// What the reference gives for each of several inputs.
    Reference,
    /// This, in words, for each of several inputs.
    Property(String),
    /// This of the function's code: nothing was called.
    Rule(Demand),
}

impl Wanted {
    /// What a check wants.
    #[must_use]
    pub fn of(check: &Check) -> Self {
        match check {
            Check::Value { expected, tolerance } => {
                Self::Value(expected.clone(), tolerance.clone())
            }
            Check::Shape(shape) => Self::Shape(shape.clone()),
            Check::Panics(message) => Self::Panic(message.clone()),
            Check::Errors(message) => Self::Error(message.clone()),
        }
    }
}

/// What a call that came back delivered.
#[derive(Debug, Clone)]
pub enum Delivered {
    /// It returned this value.
    Value(Value),
    /// It returned an `Err` with this text.
    Error(String),
    /// It panicked.
    Panic {
        /// The panic's message.
        message: String,
        /// `file:line:column`, if known.
        location: Option<String>,
    },
}

impl Report {
    /// The report with its times left out: all that is another one every time.
    #[must_use]
    pub fn without_times(mut self) -> Self {
        self.duration = None;
        let exercises = self.sections.iter_mut().flat_map(|section| &mut section.exercises);
        for case in exercises.flat_map(|exercise| &mut exercise.cases) {
            case.duration = None;
        }
        self
    }

    /// The exercises, in order.
    pub fn exercises(&self) -> impl Iterator<Item = &ExerciseReport> {
        self.sections.iter().flat_map(|section| &section.exercises)
    }

    /// What the submission earned.
    #[must_use]
    pub fn score(&self) -> Points {
        self.exercises().map(|exercise| exercise.score).sum()
    }

    /// What the graded exercises are worth together.
    #[must_use]
    pub fn points(&self) -> Points {
        self.exercises().map(|exercise| exercise.points).sum()
    }

    /// The score in percent of the points, exact; a course without points is complete.
    #[must_use]
    pub fn percent(&self) -> Points {
        let hundred = Points::from_integer(100);
        if self.points() == Points::ZERO { hundred } else { self.score() / self.points() * hundred }
    }
}
