//! What an exercise may call, and what its file does use.

use std::collections::{BTreeMap, BTreeSet};

use super::{Builder, mentions};
use crate::course::{Course, Exercise};
use crate::submission::Submission;

/// The modules that the file of each module may use. Modules are the course's exercises, whether
/// there is a file or not, and the submission's files.
pub(super) fn uses<'a>(
    course: &'a Course,
    submission: &'a Submission,
) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
    let files = submission.files.iter().map(|file| file.name.as_str());
    let exercises = course.exercises.iter().map(|exercise| exercise.name.as_str());
    let modules: BTreeSet<&str> = files.chain(exercises).collect();
    let of = |module: &str| {
        let text = submission.file(module).and_then(|file| file.text.as_deref().ok());
        let used = modules.iter().filter(|it| text.is_some_and(|text| mentions::may_use(text, it)));
        used.copied().collect()
    };
    modules.iter().map(|module| (*module, of(module))).collect()
}

impl Builder<'_> {
    /// All that an exercise may call and does, directly or through others and helper modules.
    #[must_use]
    pub fn used_dependencies(&self, name: &str) -> BTreeSet<String> {
        let used = self.used(&[name.to_owned()]);
        self.dependencies(name).into_iter().filter(|it| used.contains(it.as_str())).collect()
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

    /// The modules that some files may use, directly or through others, themselves included.
    pub(super) fn used(&self, names: &[String]) -> BTreeSet<&str> {
        let mut used = BTreeSet::new();
        let mut next: Vec<&str> = names.iter().map(String::as_str).collect();
        while let Some(name) = next.pop() {
            let Some((module, uses)) = self.uses.get_key_value(name) else { continue };
            if used.insert(*module) {
                next.extend(uses);
            }
        }
        used
    }

    /// The exercise of this name.
    pub(super) fn exercise(&self, name: &str) -> Option<&Exercise> {
        self.course.exercises.iter().find(|exercise| exercise.name == name)
    }
}
