//! Which folder of an archive holds the exercises.

use std::collections::BTreeSet;

use super::super::intake::EXERCISES;
use crate::course::shown;

/// The most folders that a message names.
const NAMED: usize = 5;

/// Whether a file may be part of a submission: not if a build, a tool or macOS left it there.
pub(super) fn counts(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let foreign = |name: &str| name.starts_with('.') || matches!(name, "target" | "__MACOSX");
    !folder.split('/').any(foreign) && name != ".DS_Store" && !name.starts_with("._")
}

/// The folder to take: the one with the course's path, else the only one with Rust files, else
/// the one that lies higher than all others.
pub(super) fn find<'a>(files: impl Iterator<Item = &'a str>) -> Result<String, String> {
    let all: BTreeSet<_> = files
        .filter(|path| path.ends_with(".rs"))
        .map(|path| path.rsplit_once('/').map_or("", |(folder, _)| folder))
        .collect();
    let courses: Vec<_> = all.iter().copied().filter(|folder| is_checkout(folder)).collect();
    let candidates = if courses.is_empty() { all.into_iter().collect() } else { courses };
    let depth = |folder: &str| folder.split('/').filter(|name| !name.is_empty()).count();
    let Some(top) = candidates.iter().map(|folder| depth(folder)).min() else {
        return Err("it holds no `.rs` files".into());
    };
    let highest: Vec<_> = candidates.into_iter().filter(|folder| depth(folder) == top).collect();
    match highest[..] {
        [folder] => Ok(folder.into()),
        _ => Err(format!(
            "several of its folders hold `.rs` files: {}; pack only the one with the exercises",
            listed(&highest)
        )),
    }
}

/// Whether a folder is that of the exercises in a checkout of the course.
pub(super) fn is_checkout(folder: &str) -> bool {
    folder.strip_suffix(EXERCISES).is_some_and(|above| above.is_empty() || above.ends_with('/'))
}

/// The path of a file as seen from a folder that it is in.
pub(super) fn below<'a>(folder: &str, path: &'a str) -> Option<&'a str> {
    if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') }
}

fn listed(folders: &[&str]) -> String {
    let mut names: Vec<_> = folders.iter().take(NAMED).map(|folder| shown(folder)).collect();
    if folders.len() > NAMED {
        names.push(format!("and {} more", folders.len() - NAMED));
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_the_exercises_is_found() {
        for (files, folder) in [
            (&["dot.rs", "outer.rs"][..], ""),
            (&["alice/dot.rs", "alice/notes.txt"], "alice"),
            (&["exercises/src/dot.rs", "solutions/src/dot.rs", "build.rs"], "exercises/src"),
            (&["r/exercises/src/dot.rs", "r/grader/src/main.rs"], "r/exercises/src"),
            (&["r/exercises/src/dot.rs", "r/old/exercises/src/dot.rs"], "r/exercises/src"),
            (&["my_exercises/src/dot.rs", "build.rs"], ""),
            (&["hw/dot.rs", "hw/more/stats.rs", "hw/more/extra.rs"], "hw"),
            (&["hw/dot.rs", "readme.md"], "hw"),
        ] {
            assert_eq!(find(files.iter().copied()).as_deref(), Ok(folder), "{files:?}");
        }
    }

    #[test]
    fn what_could_be_meant_is_named() {
        let error = find(["a/dot.rs", "b/dot.rs", "b/c/dot.rs"].into_iter()).unwrap_err();
        assert_eq!(
            error,
            "several of its folders hold `.rs` files: `a`, `b`; pack only the one with the exercises"
        );
        let many: Vec<_> = (0..9).map(|number| format!("{number}\u{1b}/dot.rs")).collect();
        let error = find(many.iter().map(String::as_str)).unwrap_err();
        assert!(error.contains("`4\u{fffd}`, and 4 more;"), "{error}");
        assert_eq!(find(["notes.txt"].into_iter()), Err("it holds no `.rs` files".into()));
    }

    #[test]
    fn what_tools_leave_behind_does_not_count() {
        for path in [
            "target/debug/dot.rs",
            "r/target/dot.rs",
            ".git/dot.rs",
            "r/.cargo/config.toml",
            "__MACOSX/._dot.rs",
            "src/._dot.rs",
            ".DS_Store",
            "src/.DS_Store",
        ] {
            assert!(!counts(path), "{path}");
        }
        for path in ["dot.rs", "target", "src/.hidden.rs", "targets/dot.rs"] {
            assert!(counts(path), "{path}");
        }
    }
}
