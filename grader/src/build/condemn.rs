//! What follows when a file does not compile: another try, or a verdict.

use std::collections::BTreeSet;

use super::unit::Unit;
use super::{Builder, Built, Group, State};
use crate::diagnostic::Diagnostics;

impl Builder<'_> {
    /// Deals with a file that does not compile in a group.
    pub(super) fn condemn(
        &self,
        file: &str,
        diagnostics: Diagnostics,
        group: &Group,
        unit: &Unit<'_>,
        state: &mut State,
    ) {
        let needs = self.needs(file, unit, state);
        if self.exercise(file).is_some() {
            self.condemn_exercise(file, diagnostics, &needs, &group.lent, state);
        } else if needs.is_empty() {
            state.broken.insert(file.to_owned(), diagnostics);
        } else {
            // The helper may compile where it is lent what it needs, so its users are dealt with.
            for name in &group.names {
                if self.used(std::slice::from_ref(name), &group.lent).contains(file) {
                    self.condemn_exercise(name, diagnostics.clone(), &needs, &group.lent, state);
                }
            }
        }
    }

    /// Tries an exercise, which does not compile with the references of `lent`, once more with those
    /// of all that it uses, or writes down that it does not compile.
    fn condemn_exercise(
        &self,
        name: &str,
        diagnostics: Diagnostics,
        needs: &BTreeSet<String>,
        lent: &BTreeSet<String>,
        state: &mut State,
    ) {
        let suspects = self.suspects(name, state);
        let diagnostics = match state.retried.remove(name) {
            // What it says with its own dependencies is what the learner can mend.
            Some((_, first)) => first,
            None => {
                let diagnostics = self.explain(needs, diagnostics, state);
                if self.references.is_some() && !suspects.is_subset(lent) {
                    state.retried.insert(name.to_owned(), (suspects, diagnostics));
                    return;
                }
                diagnostics
            }
        };
        if !needs.is_empty() {
            let needs = needs.iter().cloned().collect();
            let blocked = Built::Blocked { needs, diagnostics: diagnostics.clone() };
            state.built.entry(name.to_owned()).or_insert(blocked);
        }
        state.broken.insert(name.to_owned(), diagnostics);
    }

    /// The dependencies that may be why an exercise does not compile: those of which a function
    /// cannot be called, or else all that it uses.
    fn suspects(&self, name: &str, state: &State) -> BTreeSet<String> {
        let used = self.used_dependencies(name);
        let mut refused = used.clone();
        refused.retain(|it| state.refused.keys().any(|entry| entry.exercise == *it));
        if refused.is_empty() { used } else { refused }
    }

    /// The modules that a file names and that are not there, though they could be.
    fn needs(&self, file: &str, unit: &Unit<'_>, state: &State) -> BTreeSet<String> {
        let exercises = self.course.exercises.iter().map(|exercise| &exercise.name);
        let absent = exercises.filter(|name| self.submission.file(name).is_none());
        absent
            .chain(state.broken.keys())
            .filter(|name| !unit.lent.contains_key(*name))
            .filter(|name| self.names(file, name))
            .cloned()
            .collect()
    }

    /// What rustc said of the modules that are needed, and then of the file that needs them.
    fn explain(&self, needs: &BTreeSet<String>, own: Diagnostics, state: &State) -> Diagnostics {
        let theirs = needs.iter().filter_map(|name| state.broken.get(name)).cloned();
        theirs.chain([own]).fold(Diagnostics::default(), Diagnostics::with)
    }
}
