//! `hint`: one more each time.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use colored::Colorize;

use super::{Failure, exercise, open, screen};
use crate::exit_code::Exit;
use crate::workspace::Workspace;

/// How many hints have been given, by exercise.
type Given = BTreeMap<String, usize>;

/// Gives the next hint of an exercise, or all of them.
pub fn hint(name: &str, all: bool) -> Result<Exit, Failure> {
    let (workspace, course) = open()?;
    let exercise = exercise(&course, name)?;
    let hints = &exercise.hints;
    if hints.is_empty() {
        let none = format!(
            "There are no hints for {name}. Its lesson may help: cargo grade show {name}\n"
        );
        screen::print(none.as_bytes())?;
        return Ok(Exit::Success);
    }
    let before = given(&workspace, name).min(hints.len());
    let count = if all { hints.len() } else { (before + 1).min(hints.len()) };
    let first = if all { 0 } else { count - 1 };
    let mut text = String::new();
    for (index, hint) in hints.iter().enumerate().take(count).skip(first) {
        let number = format!("Hint {} of {}", index + 1, hints.len());
        _ = writeln!(text, "{}  {}", number.bold(), screen::wrapped(hint, number.len() + 2));
    }
    match hints.len() - count {
        0 if before == hints.len() && !all => {
            _ = writeln!(
                text,
                "That is the last one again. All of them: cargo grade hint {name} --all"
            );
        }
        0 => {}
        1 => _ = writeln!(text, "There is one more: cargo grade hint {name}"),
        more => _ = writeln!(text, "There are {more} more: cargo grade hint {name}"),
    }
    screen::print(text.as_bytes())?;
    remember(&workspace, name, count);
    Ok(Exit::Success)
}

/// How many hints of an exercise were given before.
pub(super) fn given(workspace: &Workspace, name: &str) -> usize {
    load(workspace).get(name).copied().unwrap_or(0)
}

/// Remembers how many hints of an exercise were given. Where nothing can be written, the next one is
/// this one again.
pub(super) fn remember(workspace: &Workspace, name: &str, count: usize) {
    let mut given = load(workspace);
    given.insert(name.to_owned(), count);
    _ = save(workspace, &given);
}

/// What was given before; nothing, if that cannot be read.
fn load(workspace: &Workspace) -> Given {
    let text = fs::read_to_string(workspace.state().join("hints.json")).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

fn save(workspace: &Workspace, given: &Given) -> std::io::Result<()> {
    let folder = workspace.state();
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("hints.json"), serde_json::to_vec_pretty(given)?)
}
