//! What was timed, in plain numbers.

use std::fmt;
use std::time::Duration;

use crate::grade::Verdict;
use crate::sandbox::Isolation;

/// The times of the functions of some exercises.
#[derive(Debug, Clone)]
pub struct Report {
    /// The title of the course.
    pub course: String,
    /// The version of rustc.
    pub rustc: String,
    /// How well learner code was kept from the rest of the machine.
    pub isolation: Isolation,
    /// The pairs of functions, in the order of the course.
    pub comparisons: Vec<Comparison>,
    /// How long it took to compile and time them.
    pub duration: Duration,
}

/// A loop beside the same without one.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The name of the exercise.
    pub exercise: String,
    /// Its title.
    pub title: String,
    /// The inputs, the smallest first.
    pub sizes: Vec<Size>,
}

/// The times with one input.
#[derive(Debug, Clone)]
pub struct Size {
    /// How many elements a loop goes over.
    pub elements: usize,
    /// The functions: the learner's loop, the learner's other one, and those of the reference. Those
    /// that failed with a smaller input are left out. `None` if no worker has the memory for it.
    pub rows: Option<Vec<Row>>,
}

/// What became of one function with one input.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Who has written it.
    pub author: Author,
    /// How it is written.
    pub form: Form,
    /// Its name.
    pub function: String,
    /// How long it took, or why that is not known.
    pub result: Result<Timing, Failure>,
}

/// Who has written a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Author {
    /// The learner.
    Learner,
    /// The course.
    Reference,
}

/// How a function is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// With a loop.
    Loop,
    /// Without.
    Vectorised,
}

/// How long a function takes, in seconds.
#[derive(Debug, Clone, PartialEq)]
pub struct Timing {
    /// Half of the times are shorter.
    pub median: f64,
    /// A quarter of the times is shorter than the first, and a quarter longer than the second.
    pub quartiles: [f64; 2],
    /// How many times there are; each is the mean of some calls.
    pub laps: usize,
    /// How many calls that were.
    pub calls: u64,
}

/// Why a function has no time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What became of it.
    pub verdict: Verdict,
    /// What happened, in one line; empty if the verdict says it all.
    pub message: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.message.as_str() {
            "" => self.verdict.fmt(f),
            message => write!(f, "{}: {message}", self.verdict),
        }
    }
}

impl Row {
    /// Whose function of which form it is, for the learner: "yours, loop".
    #[must_use]
    pub fn label(&self) -> String {
        let author = match self.author {
            Author::Learner => "yours",
            Author::Reference => "reference",
        };
        let form = match self.form {
            Form::Loop => "loop",
            Form::Vectorised => "vectorised",
        };
        format!("{author}, {form}")
    }
}

impl Failure {
    /// A failure, of whose message the first line is kept.
    #[must_use]
    pub fn new(verdict: Verdict, message: &str) -> Self {
        let line = message.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        Self { verdict, message: line.trim().to_owned() }
    }
}

impl Report {
    /// How many times as fast as their loops the functions of an author are that have none: for each
    /// pair and each input with which both were timed.
    #[must_use]
    pub fn gains(&self, author: Author) -> Vec<f64> {
        let sizes = self.comparisons.iter().flat_map(|pair| &pair.sizes);
        sizes.filter_map(|size| size.gain(size.row(author, Form::Vectorised)?)).collect()
    }
}

impl Size {
    /// How many times as fast as its author's loop a function is.
    #[must_use]
    pub fn gain(&self, row: &Row) -> Option<f64> {
        let by_loop = self.row(row.author, Form::Loop)?.result.as_ref().ok()?;
        let gain = by_loop.median / row.result.as_ref().ok()?.median;
        gain.is_finite().then_some(gain)
    }

    /// How many elements a function goes over in a second.
    #[must_use]
    pub fn rate(&self, timing: &Timing) -> Option<f64> {
        let rate = self.elements as f64 / timing.median;
        rate.is_finite().then_some(rate)
    }

    /// The function of this author and form.
    fn row(&self, author: Author, form: Form) -> Option<&Row> {
        let mut rows = self.rows.iter().flatten();
        rows.find(|row| (row.author, row.form) == (author, form))
    }
}
