//! The course: its manifest, its exercises and their fixtures.

mod bounds;
mod case;
mod check;
mod decimal;
mod depends;
mod exactness;
mod fields;
mod files;
mod fixture;
mod inputs;
mod limits;
pub mod literal;
mod load;
mod manifest;
mod mistake;
mod name;
mod node;
mod npy;
pub mod printed;
mod printout;
mod problem;
mod property;
mod reader;
mod rule;
mod source;
mod tolerance;
mod trial;
mod value;

pub use inputs::{Input, Inputs, Random, Side};
pub use name::{Unknown, is_device, module_fault, nearest, shown, tame};
pub use problem::{Problem, Problems, Severity};
pub use property::{Change, Length, Negated, Property};
pub use rule::{Demand, LOOPS, Rule};
pub use source::{Origin, Place};
pub(crate) use source::{Source, Span};
pub use tolerance::{NanPolicy, Precision, Tolerance};
pub use trial::{Oracle, Trial};

use std::path::PathBuf;
use std::time::Duration;

use harness::Value;
use num_rational::Ratio;

/// Points, exact: a score is never rounded before it is printed.
pub type Points = Ratio<i128>;

/// A course: everything that the fixtures folder says.
#[derive(Debug, Clone)]
pub struct Course {
    /// The title, as in `course.toml`.
    pub title: String,
    /// Where generated inputs start from.
    pub seed: u64,
    /// Whether an exercise that fails for a wrong dependency is run again on the reference.
    pub follow_through: bool,
    /// Whether the scores of a learner's runs are kept on the learner's machine.
    pub history: bool,
    /// What one submission may use in all; each exercise has limits of its own.
    pub limits: Limits,
    /// The sections, in order.
    pub sections: Vec<Section>,
    /// The exercises, in the order of the sections.
    pub exercises: Vec<Exercise>,
    /// SHA-256 over every file the course was read from, in hexadecimal.
    pub hash: String,
}

/// A part of the course with a title.
#[derive(Debug, Clone)]
pub struct Section {
    /// The title.
    pub title: String,
    /// The names of its exercises, in order.
    pub exercises: Vec<String>,
}

/// One exercise: a learner's file with its cases.
#[derive(Debug, Clone)]
pub struct Exercise {
    /// The name: `exercises/src/NAME.rs`.
    pub name: String,
    /// The title.
    pub title: String,
    /// What it is worth.
    pub points: Points,
    /// One sentence on what to do.
    pub summary: String,
    /// The exercises whose functions this one may call.
    pub depends: Vec<String>,
    /// Hints, from gentle to nearly the answer.
    pub hints: Vec<String>,
    /// What one call and one worker may use.
    pub limits: Limits,
    /// The cases, those of overlays last.
    pub cases: Vec<Case>,
    /// The calls with inputs made from a seed, those of overlays last.
    pub trials: Vec<Trial>,
    /// The rules, those of overlays last.
    pub rules: Vec<Rule>,
    /// The wrong solutions that have a name, in the fixture's order.
    pub mistakes: Vec<Mistake>,
    /// The fixture file.
    pub path: PathBuf,
}

/// One call with its check.
#[derive(Debug, Clone)]
pub struct Case {
    /// A name, unique in its file.
    pub name: String,
    /// The function that is called.
    pub function: String,
    /// Its arguments.
    pub args: Vec<Value>,
    /// What judges the outcome.
    pub check: Check,
    /// Its share of the exercise's points.
    pub weight: u32,
    /// A sentence for whoever fails it.
    pub feedback: Option<String>,
    /// Where the expected value comes from.
    pub source: Option<String>,
    /// Whether it comes from an overlay.
    pub hidden: bool,
    /// Where it stands: its name.
    pub origin: Origin,
}

/// A wrong solution that is known, with feedback for whoever gives the same answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Its function in the reference: `solutions::softmax::mistakes::FUNCTION`.
    pub function: String,
    /// What the learner did, and what to do instead.
    pub feedback: String,
    /// Where it stands: the name of its function.
    pub origin: Origin,
}

/// What judges a case.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "nearly all checks are of the large variant")]
pub enum Check {
    /// The value that is returned.
    Value {
        /// The value that is right; [`Value::None`] where an unfinished case does not say yet.
        expected: Value,
        /// How far from it is still right.
        tolerance: Tolerance,
    },
    /// The shape of the array that is returned, and nothing else.
    Shape(Vec<usize>),
    /// The function must panic.
    Panics(Message),
    /// The function must return an `Err`.
    Errors(Message),
}

impl Check {
    /// Whether it compares a result with a value that says something: anyone can return nothing.
    /// Rules and properties count once their function passes such a check.
    #[must_use]
    pub fn compares(&self) -> bool {
        matches!(self, Self::Value { expected, .. } if !expected.is_empty())
    }
}

/// What a panic or an error must say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Anything.
    Any,
    /// This, somewhere.
    Contains(String),
}

/// What a submission may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Wall time of one call.
    pub wall: Duration,
    /// Memory of one worker, in bytes.
    pub memory: u64,
    /// Captured output of one call, in bytes.
    pub output: u64,
    /// Wall time of one compilation.
    pub compile: Duration,
    /// Wall time of one submission.
    pub total: Duration,
}

impl Case {
    /// Whether it says what is right, as each does of a course that is not loaded as unfinished.
    #[must_use]
    pub fn is_judged(&self) -> bool {
        !matches!(self.check, Check::Value { expected: Value::None, .. })
    }
}

impl Exercise {
    /// The functions that the cases and trials call, in the order of the first call.
    #[must_use]
    pub fn functions(&self) -> Vec<&str> {
        let cases = self.cases.iter().map(|case| case.function.as_str());
        let trials = self.trials.iter().map(|trial| trial.function.as_str());
        let mut functions = Vec::new();
        for function in cases.chain(trials) {
            if !functions.contains(&function) {
                functions.push(function);
            }
        }
        functions
    }
}
