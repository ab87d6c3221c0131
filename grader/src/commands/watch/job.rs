//! One grading, beside everything else.

use std::panic;
use std::sync::mpsc::Sender;
use std::thread;

use anyhow::Context;

use super::event::Event;
use crate::cli::RunArgs;
use crate::commands::Failure;
use crate::commands::run::Request;
use crate::course::Course;
use crate::grade::Report;
use crate::interrupt;

/// A grading that runs. There is one at a time.
#[derive(Debug)]
pub struct Job {
    cancelled: bool,
}

/// What came of a grading.
#[derive(Debug)]
pub enum Outcome {
    /// A report, and the course that it is about.
    Graded {
        /// The course.
        course: Box<Course>,
        /// The report.
        report: Box<Report>,
        /// What else should be known.
        warnings: Vec<String>,
    },
    /// It could not be done, for this reason.
    Failed(String),
    /// The grader is wrong.
    Panicked,
}

impl Job {
    /// Begins to grade the exercises; an event says when it is over.
    ///
    /// # Errors
    ///
    /// If no thread can be started.
    pub fn start(sender: Sender<Event>) -> anyhow::Result<Self> {
        interrupt::resume();
        let work = move || {
            let outcome = panic::catch_unwind(grade).unwrap_or(Outcome::Panicked);
            // Nobody waits any more when the watch is over.
            _ = sender.send(Event::Graded(Box::new(outcome)));
        };
        thread::Builder::new().name("grading".into()).spawn(work).context("failed to grade")?;
        Ok(Self { cancelled: false })
    }

    /// Has it stop soon.
    pub fn cancel(&mut self) {
        self.cancelled = true;
        interrupt::cancel();
    }

    /// Whether what comes of it is of no interest.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled
    }
}

fn grade() -> Outcome {
    let graded = Request::of(&RunArgs::default()).and_then(|request| {
        let report = request.grade_silently().map_err(Failure::from)?;
        Ok((request, report))
    });
    match graded {
        Ok((request, report)) => Outcome::Graded {
            course: Box::new(request.course),
            report: Box::new(report),
            warnings: request.warnings,
        },
        Err(failure) => Outcome::Failed(failure.describe()),
    }
}
