//! Building: from a submission to workers that can be called.
//!
//! All files are compiled together. When that fails, the files that rustc's errors point at are
//! taken out and the rest is compiled again, until it works: a file costs its own exercise and no
//! other. An exercise that depends on one that was taken out gets the reference in its place, in a
//! crate of its own, so that nobody else has that reference in reach.

mod blame;
mod cache;
mod condemn;
mod dependencies;
#[cfg(feature = "class")]
mod joint;
mod libraries;
mod linker;
mod mentions;
mod profile;
mod reference;
mod refusal;
mod rehearsal;
mod rustc;
mod scratch;
mod shared_harness;
mod toolchain;
mod unit;
mod workshop;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::course::{Course, Exercise};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::look;
use crate::submission::{SourceFile, Submission};
use blame::Blame;
#[cfg(feature = "class")]
pub use joint::MOST;
pub use mentions::Mentions;
pub use profile::Profile;
pub use toolchain::Toolchain;
pub use unit::{Entry, MISTAKES, Unit, entry_name, mistake_path};
pub use workshop::{Outcome, Workshop};

/// What became of an exercise's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Built {
    /// It can be called.
    Ready(Ready),
    /// There is no such file.
    Missing,
    /// It does not compile or is refused; messages as rustc's.
    Broken(Diagnostics),
    /// It needs a file that does not compile and for which nothing stands in.
    Blocked {
        /// The modules that it needs.
        needs: Vec<String>,
        /// rustc's messages about them.
        diagnostics: Diagnostics,
    },
}

/// An exercise that can be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready {
    /// The program that serves its calls.
    pub worker: PathBuf,
    /// An argument for it: which of its variants it is to be, where it has some.
    pub variant: Option<String>,
    /// The dependencies for which the reference stands in.
    pub on_reference: Vec<String>,
    /// Functions that cannot be called, with rustc's messages.
    pub refused: BTreeMap<String, Diagnostics>,
}

/// What is built, and with what.
#[derive(Debug)]
pub struct Builder<'a> {
    course: &'a Course,
    submission: &'a Submission,
    /// Without references nothing can stand in.
    references: Option<&'a Submission>,
    workshop: &'a Workshop<'a>,
    /// When the submission has used up its time.
    deadline: Instant,
    /// What each module's file mentions of the others.
    mentions: BTreeMap<&'a str, Mentions<'a>>,
    /// What each exercise may call and does.
    used_dependencies: BTreeMap<String, BTreeSet<String>>,
    /// Files that rustc is not shown, with the reasons.
    refusals: BTreeMap<String, Diagnostics>,
}

/// What is known so far.
#[derive(Debug)]
struct State {
    /// When the time for compiling is used up.
    deadline: Instant,
    built: BTreeMap<String, Built>,
    /// Files that do not compile, exercises and helper modules alike, with rustc's messages.
    broken: BTreeMap<String, Diagnostics>,
    /// Functions that cannot be called, with rustc's messages.
    refused: BTreeMap<Entry, Diagnostics>,
    /// Whether each exercise is compiled by itself, because it cannot be told who is at fault when
    /// all are compiled together.
    apart: bool,
    /// Exercises that take rustc long by themselves: they are left to the end.
    slow: BTreeSet<String>,
    /// Exercises that do not compile with the submission's own files, and are tried once more with
    /// the references of these; with rustc's messages.
    retried: BTreeMap<String, (BTreeSet<String>, Diagnostics)>,
}

/// Whether a file may change what the code of others means, although they do not use it: it
/// implements traits, perhaps for types that are not its own.
fn reaches_out(file: &&SourceFile) -> bool {
    file.text.as_ref().is_ok_and(|text| look::implements_traits(text))
}

/// What rustc and the linker say when there is no room left.
const DISK_FULL: [&str; 2] = ["No space left on device", "Disk quota exceeded"];

/// What part of the time for one compilation an exercise has that is compiled by itself and is not
/// known to be slow.
const HURRY: u32 = 5;

/// Exercises that are compiled together.
#[derive(Debug)]
struct Group {
    names: Vec<String>,
    /// The exercises for which the reference stands in.
    lent: BTreeSet<String>,
}

impl<'a> Builder<'a> {
    /// A builder of a submission that has time until `deadline`.
    #[must_use]
    pub fn new(
        course: &'a Course,
        submission: &'a Submission,
        references: Option<&'a Submission>,
        workshop: &'a Workshop<'a>,
        deadline: Instant,
    ) -> Self {
        let mentions = dependencies::mentions(course, submission);
        let mut builder = Self {
            course,
            submission,
            references,
            workshop,
            deadline,
            mentions,
            used_dependencies: BTreeMap::new(),
            refusals: BTreeMap::new(),
        };
        builder.used_dependencies = builder.all_used_dependencies();
        builder.refusals = builder.find_refusals();
        builder
    }

    /// Builds every exercise of the course.
    ///
    /// # Errors
    ///
    /// If a file cannot be written, rustc cannot be started, nothing at all can be compiled or a
    /// reference does not compile: never the learner's fault.
    pub fn build(&self) -> Result<BTreeMap<String, Built>> {
        // The other half is for running what is built.
        let left = self.deadline.saturating_duration_since(Instant::now());
        let mut state = self.state(self.deadline - left / 2);
        while let Some(group) = self.next_group(&mut state) {
            self.settle(&group, &mut state)?;
        }
        Ok(state.built)
    }

    /// The next crate to compile of those that no reference is part of, as far as it is known what came
    /// of others.
    ///
    /// # Errors
    ///
    /// As [`Self::build`].
    #[cfg(feature = "class")]
    pub fn next_unit(&self) -> Result<Option<Unit<'_>>> {
        let mut state = self.state(self.deadline);
        while let Some(group) = self.next_group(&mut state) {
            let unit = self.unit(&group, &state)?;
            if self.workshop.is_known(&unit) {
                self.settle(&group, &mut state)?;
            } else if unit.lent.is_empty() {
                return Ok(Some(unit));
            } else {
                // It waits, and the others with it that need the same references.
                state.built.extend(group.names.into_iter().map(|name| (name, Built::Missing)));
            }
        }
        Ok(None)
    }

    /// Builds an exercise on the references of some that it depends on.
    ///
    /// # Errors
    ///
    /// As [`Self::build`].
    pub fn build_on_references(&self, name: &str, lent: BTreeSet<String>) -> Result<Built> {
        let mut state = self.state(self.deadline);
        let group = Group { names: vec![name.to_owned()], lent };
        while !state.built.contains_key(name) {
            self.settle(&group, &mut state)?;
            self.write_off(&mut state);
        }
        state.built.remove(name).with_context(|| format!("`{name}` was not built"))
    }

    /// What is known before anything is compiled.
    fn state(&self, deadline: Instant) -> State {
        let mut state = State {
            deadline,
            built: BTreeMap::new(),
            broken: self.refusals.clone(),
            refused: BTreeMap::new(),
            apart: false,
            slow: BTreeSet::new(),
            retried: BTreeMap::new(),
        };
        for file in &self.submission.files {
            if let Err(problem) = &file.text {
                state.broken.insert(file.name.clone(), Diagnostics::nowhere(problem));
            }
        }
        state
    }

    /// Writes down what became of the exercises whose files are broken or missing.
    fn write_off(&self, state: &mut State) {
        for exercise in &self.course.exercises {
            let name = &exercise.name;
            let became = match state.broken.get(name) {
                Some(diagnostics) => Built::Broken(diagnostics.clone()),
                None if self.submission.file(name).is_none() => Built::Missing,
                None => continue,
            };
            state.built.entry(name.clone()).or_insert(became);
        }
    }

    /// The next exercises to build together: those that need the same references.
    fn next_group(&self, state: &mut State) -> Option<Group> {
        self.write_off(state);
        let names = self.course.exercises.iter().map(|exercise| &exercise.name);
        let pending: Vec<&String> = names.filter(|name| !state.built.contains_key(*name)).collect();
        if state.apart {
            let quick = || pending.iter().filter(|name| !state.slow.contains(**name));
            // What another one uses comes first: it may turn out to be at fault.
            let waits = |name: &str| {
                let used = self.used_dependencies(name);
                pending.iter().any(|other| *other != name && used.contains(*other))
            };
            let next = quick()
                .find(|name| !waits(name))
                .or_else(|| pending.iter().find(|name| !waits(name)))
                .or_else(|| pending.first())?;
            return Some(Group { names: vec![(*next).clone()], lent: self.lent(next, state) });
        }
        let lent = self.lent(pending.first()?, state);
        let together = pending.into_iter().filter(|name| self.lent(name, state) == lent);
        Some(Group { names: together.cloned().collect(), lent })
    }

    /// The dependencies of an exercise for which the references stand in: those that are missing
    /// or do not compile, and those with which it does not compile.
    fn lent(&self, name: &str, state: &State) -> BTreeSet<String> {
        let mut lent = self.dependencies(name);
        lent.retain(|it| self.submission.file(it).is_none() || state.broken.contains_key(it));
        lent.extend(state.retried.get(name).into_iter().flat_map(|(retried, _)| retried).cloned());
        lent
    }

    /// Compiles a group. Afterwards its exercises are built, or more is known of why they are not.
    fn settle(&self, group: &Group, state: &mut State) -> Result<()> {
        let unit = self.unit(group, state)?;
        let hurry = state.apart && group.names.iter().any(|name| !state.slow.contains(name));
        let errors = match self.workshop.worker(&unit, self.wall(state, hurry))? {
            Outcome::Worker(worker, part) => {
                for name in &group.names {
                    let ready = self.ready(name, &worker, &part, group, state);
                    state.built.insert(name.clone(), Built::Ready(ready));
                }
                return Ok(());
            }
            // Where the errors are does not tell who is at fault.
            Outcome::Errors(_) if group.names.len() > 1 && unit.files.iter().any(reaches_out) => {
                state.apart = true;
                return Ok(());
            }
            Outcome::Errors(errors) => {
                let blame = Blame::of(&errors, &unit, &|file, other| self.relies(file, other));
                if !blame.is_empty() {
                    for (file, diagnostics) in blame.files {
                        self.condemn(&file, diagnostics, group, &unit, state);
                    }
                    state.refused.extend(blame.entries);
                    return Ok(());
                }
                let full = |error: &Diagnostic| DISK_FULL.iter().any(|words| error.says(words));
                if let Some(error) = errors.iter().find(|error| full(error)) {
                    bail!("{}", error.words());
                }
                match errors.as_slice() {
                    [] => Diagnostics::nowhere("rustc failed and said nothing that could be shown"),
                    errors => errors.iter().collect(),
                }
            }
            Outcome::TimedOut(_) if hurry => {
                state.slow.extend(group.names.iter().cloned());
                return Ok(());
            }
            Outcome::TimedOut(wall) if wall.is_zero() => {
                Diagnostics::nowhere("the submission has used up its time for compiling")
            }
            // How much that is differs from run to run, and does not belong in a report.
            Outcome::TimedOut(wall) if wall < self.course.limits.compile => {
                Diagnostics::nowhere("rustc was stopped after its share of the submission's time")
            }
            Outcome::TimedOut(wall) => Diagnostics::nowhere(&format!(
                "rustc was stopped after {:.1} s",
                wall.as_secs_f64()
            )),
        };
        self.blame_nobody(group, errors, state)
    }

    /// Deals with errors that point at no file: they are the linker's, or rustc died.
    fn blame_nobody(&self, group: &Group, errors: Diagnostics, state: &mut State) -> Result<()> {
        let [name] = group.names.as_slice() else {
            state.apart = true;
            return Ok(());
        };
        self.workshop.check_space()?;
        self.workshop.probe(self.course.limits.compile)?;
        let errors = errors.with_remark(&format!("rustc blamed no line of {name}.rs"));
        state.broken.insert(name.clone(), errors);
        Ok(())
    }

    /// How long the next compilation may take. Where exercises are compiled apart, those that are
    /// quick come first and the slow ones share what is left, so that something is left for those
    /// that depend on them.
    fn wall(&self, state: &State, hurry: bool) -> Duration {
        let left = state.deadline.saturating_duration_since(Instant::now());
        let limit = self.course.limits.compile;
        if hurry {
            return left.min(limit / HURRY);
        }
        let slow = state.slow.iter().filter(|name| !state.built.contains_key(*name)).count();
        limit.min(left / u32::try_from(slow + 1).unwrap_or(u32::MAX))
    }

    /// The crate of a group: its files and those they may use.
    fn unit(&self, group: &Group, state: &State) -> Result<Unit<'_>> {
        let (folder, profile) = (self.submission.folder.clone(), self.workshop.profile());
        let mut unit = Unit { folder, profile, ..Unit::default() };
        for name in &group.names {
            for function in self.exercise(name).into_iter().flat_map(Exercise::functions) {
                let entry = Entry { exercise: name.clone(), function: function.to_owned() };
                if !state.refused.contains_key(&entry) {
                    unit.entries.push(entry);
                }
            }
        }
        let used = self.used(&group.names, &group.lent);
        let present = |file: &&SourceFile| {
            let name = &file.name;
            used.contains(name.as_str())
                && !group.lent.contains(name)
                && !state.broken.contains_key(name)
                && (self.exercise(name).is_none()
                    || group.names.contains(name)
                    || self.lent(name, state).is_subset(&group.lent))
        };
        unit.files = self.submission.files.iter().filter(present).collect();
        for name in group.lent.iter().filter(|name| used.contains(name.as_str())) {
            if let Some(library) = self.lend(name)? {
                unit.lent.insert(name.clone(), library);
            }
        }
        Ok(unit)
    }

    fn ready(&self, name: &str, worker: &Path, part: &str, group: &Group, state: &State) -> Ready {
        let used = self.used_dependencies(name);
        let refused = state
            .refused
            .iter()
            .filter(|(entry, _)| entry.exercise == name)
            .map(|(entry, text)| (entry.function.clone(), text.clone()))
            .collect();
        let on_reference = group.lent.intersection(&used).cloned().collect();
        Ready { worker: worker.into(), variant: Some(part.into()), on_reference, refused }
    }
}
