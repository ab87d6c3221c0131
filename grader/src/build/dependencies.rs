//! What an exercise may call, and what its file does use.

use std::collections::BTreeSet;

use super::{Builder, mentions};
use crate::course::Exercise;

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

    /// The modules that some files may use, themselves included.
    pub(super) fn used(&self, names: &[String]) -> BTreeSet<&str> {
        let files = self.submission.files.iter().map(|file| file.name.as_str());
        let exercises = self.course.exercises.iter().map(|exercise| exercise.name.as_str());
        let modules: BTreeSet<&str> = files.chain(exercises).collect();
        let mut used = BTreeSet::new();
        let mut next: Vec<&str> =
            modules.iter().copied().filter(|it| names.iter().any(|name| name == it)).collect();
        while let Some(module) = next.pop() {
            if !used.insert(module) {
                continue;
            }
            let file = self.submission.file(module);
            let Some(text) = file.and_then(|file| file.text.as_deref().ok()) else { continue };
            next.extend(modules.iter().filter(|it| mentions::may_use(text, it)));
        }
        used
    }

    /// The exercise of this name.
    pub(super) fn exercise(&self, name: &str) -> Option<&Exercise> {
        self.course.exercises.iter().find(|exercise| exercise.name == name)
    }
}
