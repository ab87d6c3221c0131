//! The code of an exercise: all that a function mentions, itself or through others.

use std::collections::{BTreeMap, BTreeSet};

use super::file::{Definition, File, Kind};
use super::mention::Mention;
use crate::build::Mentions;
use crate::course::Exercise;
use crate::submission::Submission;

/// An exercise's file, and behind it the files of the submission that it uses.
///
/// Those of the exercises that it depends on are not among them: their functions are taken as given,
/// as those of ndarray are.
#[derive(Debug)]
pub struct Code(Vec<File>);

/// A mention, and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// The file, as a reader of the report knows it.
    pub path: &'a str,
    /// The name of the definition in it.
    pub definition: &'a str,
    /// The mention.
    pub mention: &'a Mention,
}

/// Definitions by name, each with the place of its file.
type ByName<'a> = BTreeMap<&'a str, Vec<(usize, &'a Definition)>>;

impl Code {
    /// Reads the code of an exercise; `None` if its file is no Rust.
    pub fn read(submission: &Submission, exercise: &Exercise) -> Option<Self> {
        let others = submission.files.iter().map(|file| file.name.as_str());
        let others: BTreeSet<&str> =
            others.filter(|other| !exercise.depends.iter().any(|it| it == other)).collect();
        let mut files = Vec::new();
        let mut names = vec![exercise.name.as_str()];
        let mut next = 0;
        while let Some(name) = names.get(next).copied() {
            next += 1;
            let text = submission.file(name).and_then(|it| it.text.as_deref().ok());
            let file = text.and_then(|text| File::read(text, submission.shown_path(name)));
            let (Some(text), Some(file)) = (text, file) else {
                if files.is_empty() {
                    return None;
                }
                continue;
            };
            files.push(file);
            let mut named = Mentions::of(text, &others).named;
            named.retain(|other| !names.contains(other));
            names.extend(named);
        }
        Some(Self(files))
    }

    /// All that a function mentions: itself, and through the functions, methods, constants, macros
    /// and types of the same code that it mentions. `None` if nothing has its name.
    ///
    /// A name alone tells what is meant. So two helpers of one name answer for each other, and what
    /// has no name where it is used, such as a function that comes as an argument, is looked at
    /// where it is handed over.
    pub fn of(&self, function: &str) -> Option<Vec<Found<'_>>> {
        let by_name = self.by_name();
        let import = self.0.first().and_then(|file| file.imports.get(function)?.last());
        let mut reached = by_name.get(import.map_or(function, String::as_str))?.clone();
        let (mut asked, mut seen) = (BTreeSet::new(), BTreeSet::new());
        let mut found = Vec::new();
        let mut next = 0;
        while let Some(&(index, definition)) = reached.get(next) {
            next += 1;
            let file = &self.0[index];
            for (place, mention) in file.mentions_of(definition) {
                // A definition may stand inside another.
                if !seen.insert((index, place)) {
                    continue;
                }
                found.push(Found { path: &file.path, definition: &definition.name, mention });
                let is_method = mention.is_method;
                for name in mention.paths().filter_map(<[_]>::last) {
                    if asked.insert((name, is_method)) {
                        let named = by_name.get(name.as_str()).into_iter().flatten();
                        reached.extend(named.filter(|(_, it)| !is_method || it.kind != Kind::Item));
                    }
                }
            }
        }
        Some(found)
    }

    fn by_name(&self) -> ByName<'_> {
        let mut by_name = ByName::new();
        for (index, file) in self.0.iter().enumerate() {
            for definition in &file.definitions {
                for name in definition.names() {
                    by_name.entry(name).or_default().push((index, definition));
                }
            }
        }
        by_name
    }
}
