//! What a run over a class has come to.

use std::fmt;
use std::time::{Duration, Instant};

use crate::class::marking::Became;
use crate::class::shard::Shard;
use crate::cli::BatchArgs;
use crate::commands::screen::{listed, quoted};
use crate::report::plural;

/// How many names a list shows.
const NAMED: usize = 5;

/// What a run over a class has come to so far.
#[derive(Debug, Clone)]
pub struct Tally {
    /// Which part of the class it is about.
    pub shard: Shard,
    /// When it began.
    start: Instant,
    /// How long it took, once it is over.
    pub duration: Duration,
    /// How many submissions there are.
    pub submissions: usize,
    /// How many of them were to be graded.
    pub to_do: usize,
    /// How many were graded.
    pub graded: usize,
    /// How many another grader graded.
    pub elsewhere: usize,
    /// Those that cannot be read.
    pub unreadable: Vec<String>,
    /// Those that the grader failed to grade.
    pub grader_errors: Vec<String>,
    /// How many of these there were in a row.
    pub in_a_row: usize,
}

impl Tally {
    /// The tally of a run that begins.
    pub fn new(shard: Shard, submissions: usize, to_do: usize) -> Self {
        Self {
            shard,
            start: Instant::now(),
            duration: Duration::ZERO,
            submissions,
            to_do,
            graded: 0,
            elsewhere: 0,
            unreadable: Vec::new(),
            grader_errors: Vec::new(),
            in_a_row: 0,
        }
    }

    /// Adds what became of a submission.
    pub fn add(&mut self, id: &str, became: &Became) {
        self.duration = self.start.elapsed();
        let failed = matches!(became, Became::GraderError(_));
        self.in_a_row = if failed { self.in_a_row + 1 } else { 0 };
        match became {
            Became::Graded(_) => self.graded += 1,
            Became::Unreadable(_) => self.unreadable.push(id.to_owned()),
            Became::GraderError(_) => self.grader_errors.push(id.to_owned()),
            Became::Elsewhere => self.elsewhere += 1,
            Became::Claimed => {}
        }
    }

    /// How many are over.
    pub fn over(&self) -> usize {
        self.graded + self.elsewhere + self.unreadable.len() + self.grader_errors.len()
    }

    /// How many were not begun.
    pub fn left(&self) -> usize {
        self.to_do - self.over()
    }

    /// How many had been graded before.
    pub fn unchanged(&self) -> usize {
        self.submissions - self.to_do
    }

    /// Whether nothing is left to do.
    pub fn is_done(&self) -> bool {
        self.left() == 0 && self.grader_errors.is_empty()
    }

    /// How many are over in a minute.
    pub fn rate(&self) -> f64 {
        let minutes = self.duration.as_secs_f64() / 60.0;
        if minutes > 0.0 { self.over() as f64 / minutes } else { 0.0 }
    }
}

/// What is said at the end.
pub struct Summary<'a> {
    /// What the run has come to.
    pub tally: &'a Tally,
    /// Submissions of earlier runs that are not there any more.
    pub gone: &'a [String],
    /// What in the folder of submissions is none.
    pub left_out: &'a [String],
    /// The shards of the class that are not done, by this run or others.
    pub missing: &'a [Shard],
    /// What was asked for.
    pub args: &'a BatchArgs,
}

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tally, gone, left_out, missing, args } = self;
        let shard = match tally.shard {
            Shard::WHOLE => String::new(),
            shard => format!(" of shard {shard}"),
        };
        write!(f, "Graded {} of {}{shard}", tally.graded, plural(tally.submissions, "submission"))?;
        match tally.over() {
            0 => writeln!(f, ".")?,
            _ => {
                let seconds = tally.duration.as_secs_f64();
                writeln!(f, " in {seconds:.1} s, {:.0} a minute.", tally.rate())?;
            }
        }
        for (count, what) in
            [(tally.unchanged(), "unchanged"), (tally.elsewhere, "graded elsewhere")]
        {
            if count > 0 {
                writeln!(f, "{count} {what}.")?;
            }
        }
        let unreadable = &tally.unreadable;
        if !unreadable.is_empty() {
            writeln!(f, "{} cannot be read: {}.", unreadable.len(), listed(unreadable, NAMED))?;
        }
        if !left_out.is_empty() {
            writeln!(
                f,
                "{} left out, being no submission: {}.",
                left_out.len(),
                listed(left_out, NAMED)
            )?;
        }
        if !gone.is_empty() {
            let records = plural(gone.len(), "record");
            writeln!(
                f,
                "{records} of submissions that are not there any more stay: {}.",
                listed(gone, NAMED)
            )?;
        }
        let errors = &tally.grader_errors;
        if !errors.is_empty() {
            let failures = plural(errors.len(), "submission");
            writeln!(
                f,
                "The grader failed for {failures}, which got no score: {}.",
                listed(errors, NAMED)
            )?;
        }
        let out = quoted(&args.out.to_string_lossy());
        if tally.is_done() && !missing.is_empty() {
            let missing: Vec<String> = missing.iter().map(ToString::to_string).collect();
            writeln!(f, "Of the class these shards are not done: {}.", listed(&missing, NAMED))
        } else if tally.is_done() {
            writeln!(f, "The results are in {out}; next: cargo grade gradebook {out}")
        } else {
            let left = match tally.left() {
                0 => "try these again".to_owned(),
                left => format!("go on: {} left", plural(left, "submission")),
            };
            writeln!(f, "Give the same command again to {left}.")
        }
    }
}
