//! Whose fault an error is: by where it points.

use std::collections::{BTreeMap, BTreeSet};

use super::unit::{Entry, Line, ROOT, Unit};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};

/// The files and functions that a compilation failed for, with rustc's messages about each.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Blame {
    /// Files, by module name.
    pub files: BTreeMap<String, Diagnostics>,
    /// Functions that the root could not register.
    pub entries: BTreeMap<Entry, Diagnostics>,
}

impl Blame {
    /// Blames the errors on the files they point at, and those in the root on the file or the
    /// function that the line is about.
    ///
    /// A file that uses another one that is blamed is spared for now: its errors may be the
    /// other's. It is tried again without it.
    pub fn of(errors: &[Diagnostic], unit: &Unit<'_>, relies: &dyn Fn(&str, &str) -> bool) -> Self {
        let (_, lines) = unit.root();
        let mut files = BTreeMap::<&str, Vec<&Diagnostic>>::new();
        let mut entries = BTreeMap::<&Entry, Vec<&Diagnostic>>::new();
        for error in errors {
            let own = |places: &[Place]| {
                let files = || unit.files.iter();
                places.iter().find_map(|place| {
                    let file = files().find(|file| unit.path(&file.name) == place.file)?;
                    Some(Line::File(&file.name))
                })
            };
            let in_root = || error.places.iter().filter(|place| place.file == ROOT);
            let line = own(&error.places)
                .or_else(|| in_root().find_map(|place| lines.get(&place.line).copied()))
                // As when a library's function is used in a way that has no end.
                .or_else(|| own(&error.related));
            match line {
                Some(Line::File(file)) => files.entry(file).or_default().push(error),
                Some(Line::Entry(entry)) => entries.entry(entry).or_default().push(error),
                None => {}
            }
        }
        let guilty: BTreeSet<&str> = files
            .keys()
            .copied()
            .chain(entries.keys().map(|entry| entry.exercise.as_str()))
            .collect();
        let spared = |name: &str| guilty.iter().any(|other| *other != name && relies(name, other));
        let certain: BTreeMap<_, _> = files
            .iter()
            .filter(|(name, _)| !spared(name))
            .map(|(name, errors)| ((*name).to_owned(), errors.iter().copied().collect()))
            .collect();
        let entries: BTreeMap<_, _> = entries
            .into_iter()
            .filter(|(entry, _)| !files.contains_key(entry.exercise.as_str()))
            .map(|(entry, errors)| (entry.clone(), errors.into_iter().collect()))
            .collect();
        // Files that use each other in a circle cannot all be spared.
        let files = if certain.is_empty() && entries.is_empty() {
            let all = files.into_iter();
            all.map(|(name, errors)| (name.to_owned(), errors.into_iter().collect())).collect()
        } else {
            certain
        };
        Self { files, entries }
    }

    /// Whether nobody is to blame.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.entries.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::mentions::Mentions;
    use crate::submission::SourceFile;

    fn file(name: &str, text: &str) -> SourceFile {
        SourceFile { name: name.into(), text: Ok(text.into()) }
    }

    fn error(text: &str, file: &str, line: usize) -> Diagnostic {
        let place = Place::point(file, line, 1);
        Diagnostic { places: vec![place], ..Diagnostic::nowhere(text) }
    }

    fn blame(files: &[SourceFile], errors: &[Diagnostic]) -> Blame {
        let unit = Unit {
            folder: "s".into(),
            files: files.iter().collect(),
            entries: vec![Entry { exercise: "dot".into(), function: "dot".into() }],
            ..Unit::default()
        };
        Blame::of(errors, &unit, &|name, other| {
            let file = files.iter().find(|file| file.name == name).unwrap();
            let mentions = Mentions::of(file.text.as_ref().unwrap(), &BTreeSet::from([other]));
            mentions.named.contains(other) || (name, other) == ("l2_loss", "dot")
        })
    }

    #[test]
    fn errors_are_blamed_on_the_file_they_point_at() {
        let files = [file("dot", ""), file("outer", "")];
        let blame = blame(&files, &[error("one", "s/dot.rs", 1), error("two", "s/dot.rs", 9)]);
        let said: Vec<_> =
            blame.files.iter().map(|(file, said)| (&**file, said.to_string())).collect();
        assert_eq!(said, [("dot", "error: one\nerror: two\n".into())]);
        assert!(blame.entries.is_empty());
    }

    #[test]
    fn errors_in_the_root_are_blamed_on_the_function() {
        let files = [file("dot", "")];
        let blame = blame(&files, &[error("missing", ROOT, 8)]);
        let said: Vec<_> = blame.entries.values().map(ToString::to_string).collect();
        assert_eq!(said, ["error: missing\n"]);
    }

    #[test]
    fn a_file_that_uses_a_blamed_one_is_spared() {
        let files = [
            file("dot", ""),
            file("l2_loss", ""),
            file("outer", "use crate::dot::dot;"),
            file("softmax", "//! As in crate::dot::dot.\nlet dotted = 1;"),
        ];
        let errors = ["dot", "l2_loss", "outer", "softmax"]
            .map(|name| error(name, &format!("s/{name}.rs"), 1));
        let blame = blame(&files, &errors);
        assert_eq!(blame.files.into_keys().collect::<Vec<_>>(), ["dot", "softmax"]);
    }

    #[test]
    fn files_that_use_each_other_are_all_blamed() {
        let files = [file("a", "crate::b::f()"), file("b", "super::a::f()")];
        let blame = blame(&files, &[error("x", "s/a.rs", 1), error("y", "s/b.rs", 1)]);
        assert_eq!(blame.files.into_keys().collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn an_error_in_a_library_is_blamed_on_the_file_that_it_names() {
        let mut error = error("endless", "library/core/iterator.rs", 9);
        error.related = vec![Place::point("s/dot.rs", 3, 1)];
        let blame = blame(&[file("dot", ""), file("outer", "")], &[error]);
        assert_eq!(blame.files.into_keys().collect::<Vec<_>>(), ["dot"]);
    }

    #[test]
    fn errors_elsewhere_are_nobodys() {
        assert!(blame(&[file("dot", "")], &[error("link", "elsewhere.rs", 1)]).is_empty());
    }
}
