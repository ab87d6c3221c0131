//! What an exercise may call, and what its file does use.

use std::collections::{BTreeMap, BTreeSet};

use super::Builder;
use super::mentions::Mentions;
use crate::course::{Course, Exercise};
use crate::submission::Submission;

/// What the file of each module mentions of the others. Modules are the course's exercises, whether
/// there is a file or not, and the submission's files.
pub(super) fn mentions<'a>(
    course: &'a Course,
    submission: &'a Submission,
) -> BTreeMap<&'a str, Mentions<'a>> {
    let files = submission.files.iter().map(|file| file.name.as_str());
    let exercises = course.exercises.iter().map(|exercise| exercise.name.as_str());
    let modules: BTreeSet<&str> = files.chain(exercises).collect();
    let of = |module: &str| {
        let text = submission.file(module).and_then(|file| file.text.as_deref().ok());
        text.map(|text| Mentions::of(text, &modules)).unwrap_or_default()
    };
    modules.iter().map(|module| (*module, of(module))).collect()
}

impl Builder<'_> {
    /// All that an exercise may call and does, directly or through others and helper modules.
    #[must_use]
    pub fn used_dependencies(&self, name: &str) -> BTreeSet<String> {
        self.used_dependencies.get(name).cloned().unwrap_or_default()
    }

    /// Finds this out for every exercise.
    pub(super) fn all_used_dependencies(&self) -> BTreeMap<String, BTreeSet<String>> {
        let of = |exercise: &Exercise| {
            let used = self.used(std::slice::from_ref(&exercise.name), &BTreeSet::new());
            let mut dependencies = self.dependencies(&exercise.name);
            dependencies.retain(|it| used.contains(it.as_str()));
            (exercise.name.clone(), dependencies)
        };
        self.course.exercises.iter().map(of).collect()
    }

    /// All that an exercise may call, directly and through others.
    pub(super) fn dependencies(&self, name: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut next = vec![name];
        while let Some(name) = next.pop() {
            for dependency in self.exercise(name).into_iter().flat_map(|it| &it.depends) {
                if found.insert(dependency.clone()) {
                    next.push(dependency);
                }
            }
        }
        found
    }

    /// The modules that some files may use, directly or through others, themselves included. What is
    /// lent is compiled already and uses none of the submission's.
    pub(super) fn used(&self, names: &[String], lent: &BTreeSet<String>) -> BTreeSet<&str> {
        let mut used = BTreeSet::new();
        let mut next: Vec<&str> = names.iter().map(String::as_str).collect();
        while let Some(name) = next.pop() {
            let Some((module, mentions)) = self.mentions.get_key_value(name) else { continue };
            if used.insert(*module) && !lent.contains(*module) {
                next.extend(&mentions.used);
            }
        }
        used
    }

    /// Whether the errors of a file may be another's: it names that one or declares that it depends
    /// on it.
    pub(super) fn relies(&self, file: &str, other: &str) -> bool {
        self.names(file, other) || self.dependencies(file).contains(other)
    }

    /// Whether the file of a module names another module.
    pub(super) fn names(&self, module: &str, other: &str) -> bool {
        self.mentions.get(module).is_some_and(|mentions| mentions.named.contains(other))
    }

    /// The exercise of this name.
    pub(super) fn exercise(&self, name: &str) -> Option<&Exercise> {
        self.course.exercises.iter().find(|exercise| exercise.name == name)
    }
}
