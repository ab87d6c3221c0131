//! `watch`: grade again on every save, and show the exercise that is worked on.

mod event;
mod files;
mod front;
mod job;
mod keys;
mod list;
mod state;
#[cfg(test)]
mod tests;
mod tty;
mod view;

use std::io::{IsTerminal, stdin, stdout};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::Context;

use super::{Failure, hint, reset};
use crate::exit_code::Exit;
use crate::interrupt;
use crate::workspace::Workspace;
use event::Event;
use front::Front;
use job::{Job, Outcome};
use state::{Action, State};

/// How long no file may be saved before all is graded: an editor writes in several steps.
const PAUSE: Duration = Duration::from_millis(40);

/// How often it is looked for a signal.
const TICK: Duration = Duration::from_millis(50);

/// How long a grading that is not wanted any more has to end.
const END: Duration = Duration::from_secs(1);

/// Watches until it is told to quit.
pub fn watch() -> Result<Exit, Failure> {
    let workspace = Workspace::find().map_err(Failure::Usage)?;
    let (sender, events) = channel();
    let _watcher = files::watch(&workspace, sender.clone())?;
    let front = if stdin().is_terminal() && stdout().is_terminal() {
        Front::screen(sender.clone())?
    } else {
        Front::lines()
    };
    let mut watch = Watch {
        state: State::new(),
        workspace,
        sender,
        events,
        job: None,
        due: Some(Instant::now()),
        front,
    };
    let result = watch.run();
    watch.end();
    result
}

/// A watch that is on.
struct Watch {
    workspace: Workspace,
    sender: Sender<Event>,
    events: Receiver<Event>,
    state: State,
    front: Front,
    /// The grading that runs.
    job: Option<Job>,
    /// When the next one is to begin.
    due: Option<Instant>,
}

impl Watch {
    fn run(&mut self) -> Result<Exit, Failure> {
        let mut changed = true;
        loop {
            if std::mem::take(&mut changed) {
                self.front.show(&mut self.state)?;
            }
            interrupt::signalled().context("stopped")?;
            if self.due.is_some_and(|due| due <= Instant::now()) {
                self.begin()?;
                changed = true;
                continue;
            }
            let wait = self.due.map_or(TICK, |due| due.saturating_duration_since(Instant::now()));
            match self.events.recv_timeout(wait.min(TICK)) {
                Ok(event) => {
                    if self.take(event)? {
                        return Ok(Exit::Success);
                    }
                    changed = true;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(Exit::Success),
            }
        }
    }

    /// Begins a grading. One that runs is stopped, and the next begins when it is over.
    fn begin(&mut self) -> Result<(), Failure> {
        if let Some(job) = &mut self.job {
            job.cancel();
            self.due = None;
        } else {
            self.due = None;
            self.job = Some(Job::start(self.sender.clone())?);
            self.state.begin();
        }
        Ok(())
    }

    /// Takes an event in; true if it is the last one.
    fn take(&mut self, event: Event) -> Result<bool, Failure> {
        match event {
            Event::Saved(paths) => {
                self.state.saved(&paths);
                self.due = Some(Instant::now() + PAUSE);
            }
            Event::Graded(outcome) => {
                let cancelled = self.job.take().is_some_and(|job| job.is_cancelled());
                match *outcome {
                    // What was cancelled ended in some way, and another one is due.
                    _ if cancelled => self.due = Some(Instant::now()),
                    Outcome::Graded { course, report, warnings } => {
                        self.state.graded(*course, *report, warnings);
                    }
                    Outcome::Failed(text) => self.state.failed(text),
                    Outcome::Panicked => {
                        return Err(Failure::Grader(anyhow::anyhow!("the grader panicked")));
                    }
                }
            }
            Event::Resized => {}
            Event::Closed => return Ok(true),
            Event::Key(key) => return self.perform(key),
        }
        Ok(false)
    }

    fn perform(&mut self, key: crossterm::event::KeyEvent) -> Result<bool, Failure> {
        match self.state.key(key) {
            Action::Nothing => {}
            Action::Quit => return Ok(true),
            Action::Run => self.due = Some(Instant::now()),
            Action::Hint(name, count) => hint::remember(&self.workspace, &name, count),
            Action::Reset(name) => {
                let said = match reset::put_back(&self.workspace, &name) {
                    Ok(said) => said,
                    Err(failure) => failure.describe(),
                };
                self.state.say(&said);
            }
        }
        Ok(false)
    }

    /// Stops what runs, so that no process and no folder stays.
    fn end(&mut self) {
        let Some(job) = &mut self.job else { return };
        job.cancel();
        let deadline = Instant::now() + END;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.events.recv_timeout(left) {
                Ok(Event::Graded(_)) | Err(_) => return,
                Ok(_) => {}
            }
        }
    }
}
