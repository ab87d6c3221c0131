//! What is seen of a run over a class while it goes on.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use indicatif::ProgressBar;
use serde_json::json;

use super::HOPELESS;
use super::tally::Tally;
use crate::class::intake::Entry;
use crate::class::marking::Became;
use crate::commands::{complain, screen};
use crate::interrupt;
use crate::report::plain;

/// How often the bar is drawn, and it is looked whether a signal came.
const TICK: Duration = Duration::from_millis(200);

/// How often a line is printed where there is no terminal.
const LINES: Duration = Duration::from_secs(5);

/// How many of those that run are named.
const NAMED: usize = 3;

/// What is seen of a run while it goes on, and whether it is to stop.
///
/// For programs that is one JSON object a line, told apart by `event`:
///
/// - `start`: `shard`, `of`, how many `submissions` there are, how many of these are `unchanged`, and
///   how many are `to_do`;
/// - `submission`: `id`, `student`, `outcome` (`graded`, `unreadable`, `grader_error`, `elsewhere`),
///   `percent` if it was graded, a `message` if not, and how many are `done` of `to_do`;
/// - `end`: how many are `graded`, `unchanged`, graded `elsewhere`, `unreadable`, `grader_errors` and
///   `left`, and how many `seconds` it took.
pub struct Progress {
    screen: Screen,
    state: Mutex<State>,
}

/// Where it is seen.
enum Screen {
    /// On a terminal.
    Bar(ProgressBar),
    /// On what is none: a line now and then.
    Lines,
    /// In a program: a line for each thing that happens.
    Json,
}

struct State {
    tally: Tally,
    running: BTreeSet<String>,
    is_stopped: bool,
}

impl Progress {
    /// That of a run that begins.
    pub fn new(json: bool, tally: Tally) -> Self {
        let screen = if json {
            let (shard, of) = (tally.shard.index(), tally.shard.count());
            tell(&json!({
                "event": "start", "shard": shard, "of": of, "submissions": tally.submissions,
                "unchanged": tally.unchanged(), "to_do": tally.to_do,
            }));
            Screen::Json
        } else if io::stderr().is_terminal() && tally.to_do > 0 {
            Screen::Bar(screen::bar(tally.to_do))
        } else {
            Screen::Lines
        };
        let state = State { tally, running: BTreeSet::new(), is_stopped: false };
        Self { screen, state: Mutex::new(state) }
    }

    /// Works, and shows meanwhile how far it is.
    pub fn during<T>(&self, work: impl FnOnce() -> T) -> T {
        let (done, waiting) = channel::<()>();
        thread::scope(|scope| {
            let watch = move || {
                let (mut said, mut last) = (false, Instant::now());
                while waiting.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                    if interrupt::signal().is_some() && !said {
                        said = true;
                        self.say("Finishing what runs; a second Ctrl-C stops at once.");
                    }
                    match &self.screen {
                        Screen::Bar(bar) => bar.set_message(self.lock().line()),
                        Screen::Lines if last.elapsed() > LINES => {
                            last = Instant::now();
                            let state = self.lock();
                            let (over, to_do) = (state.tally.over(), state.tally.to_do);
                            complain(&format!("{over}/{to_do} {}", state.line()));
                        }
                        Screen::Lines | Screen::Json => {}
                    }
                }
            };
            // Without a thread nothing is seen, and the work is done all the same.
            let watcher = thread::Builder::new().name("progress".into()).spawn_scoped(scope, watch);
            let result = work();
            drop(done);
            drop(watcher);
            result
        })
    }

    /// A submission is begun.
    pub fn begin(&self, id: &str) {
        self.lock().running.insert(id.to_owned());
    }

    /// A submission waits for another grader.
    pub fn put_off(&self, id: &str) {
        self.lock().running.remove(id);
    }

    /// A submission is over.
    pub fn end(&self, entry: &Entry, became: Became) {
        let mut state = self.lock();
        state.running.remove(&entry.id);
        state.tally.add(&entry.id, &became);
        let is_hopeless = state.tally.in_a_row >= HOPELESS && !state.is_stopped;
        state.is_stopped |= is_hopeless;
        let (over, to_do) = (state.tally.over(), state.tally.to_do);
        drop(state);
        match &self.screen {
            Screen::Bar(bar) => bar.set_position(over as u64),
            Screen::Lines => {}
            Screen::Json => {
                let (outcome, percent, message) = match &became {
                    Became::Graded(percent) => ("graded", Some(*percent), None),
                    Became::Unreadable(reason) => ("unreadable", None, Some(reason)),
                    Became::GraderError(reason) => ("grader_error", None, Some(reason)),
                    Became::Elsewhere | Became::Claimed => ("elsewhere", None, None),
                };
                tell(&json!({
                    "event": "submission", "id": entry.id, "student": entry.student,
                    "outcome": outcome, "percent": percent, "message": message,
                    "done": over, "to_do": to_do,
                }));
            }
        }
        match became {
            Became::Unreadable(reason) => {
                self.say(&format!("{} cannot be read: {reason}", entry.id))
            }
            Became::GraderError(reason) => {
                self.say(&format!("the grader failed for {}: {reason}", entry.id));
            }
            _ => {}
        }
        if is_hopeless {
            self.say(&format!("Stopped: the grader failed {HOPELESS} times in a row."));
        }
    }

    /// Nothing more is to be begun.
    pub fn stop(&self) {
        self.lock().is_stopped = true;
    }

    /// Whether nothing more is to be begun.
    pub fn is_stopped(&self) -> bool {
        interrupt::signal().is_some() || self.lock().is_stopped
    }

    /// What the run has come to.
    pub fn finish(self) -> Tally {
        let tally = self.state.into_inner().unwrap_or_else(PoisonError::into_inner).tally;
        match self.screen {
            Screen::Bar(bar) => bar.finish_and_clear(),
            Screen::Lines => {}
            Screen::Json => tell(&json!({
                "event": "end", "graded": tally.graded, "unchanged": tally.unchanged(),
                "elsewhere": tally.elsewhere, "unreadable": tally.unreadable.len(),
                "grader_errors": tally.grader_errors.len(), "left": tally.left(),
                "seconds": (tally.duration.as_secs_f64() * 1000.0).round() / 1000.0,
            })),
        }
        tally
    }

    /// Says something beside the bar.
    fn say(&self, text: &str) {
        match &self.screen {
            Screen::Bar(bar) => bar.suspend(|| complain(text)),
            Screen::Lines | Screen::Json => complain(text),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Rate, time left, failures and what runs, in one line.
    fn line(&self) -> String {
        let Tally { unreadable, grader_errors, .. } = &self.tally;
        let mut parts = Vec::new();
        let rate = self.tally.rate();
        if rate > 0.0 {
            let left = (self.tally.left() as f64 / rate * 60.0).ceil();
            let left = humantime::format_duration(Duration::from_secs(left as u64));
            parts.push(format!("{rate:.0} a minute, {left} left"));
        }
        for (count, what) in
            [(unreadable.len(), "unreadable"), (grader_errors.len(), "grader errors")]
        {
            if count > 0 {
                parts.push(format!("{count} {what}"));
            }
        }
        let running: Vec<&str> = self.running.iter().take(NAMED).map(String::as_str).collect();
        if !running.is_empty() {
            parts.push(plain(&running.join(", ")));
        }
        parts.join("; ")
    }
}

/// Prints a line for a program. One that has gone away does not end the grading.
fn tell(event: &serde_json::Value) {
    _ = writeln!(io::stdout(), "{event}");
}
