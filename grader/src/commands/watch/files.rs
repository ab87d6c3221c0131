//! The files that are worked on.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use anyhow::Context;
use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::event::Event;
use crate::workspace::Workspace;

/// What learners and instructors write.
const ENDINGS: [&str; 4] = ["rs", "toml", "json", "npy"];

/// Says when a file of the exercises or the fixtures is saved, until the watcher is dropped.
///
/// The folders are watched and not the files, since many editors write a new file and rename it.
///
/// # Errors
///
/// If the system cannot watch them.
pub fn watch(workspace: &Workspace, sender: Sender<Event>) -> anyhow::Result<RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // What got lost may have been a save.
        let Ok(event) = event else { return drop(sender.send(Event::Saved(Vec::new()))) };
        let paths: Vec<PathBuf> = event.paths.into_iter().filter(|path| is_ours(path)).collect();
        if is_save(&event.kind) && !paths.is_empty() {
            // Nobody waits any more when the watch is over.
            _ = sender.send(Event::Saved(paths));
        }
    })
    .context("failed to watch files")?;
    for folder in [workspace.exercises(), workspace.fixtures()] {
        watcher
            .watch(&folder, RecursiveMode::NonRecursive)
            .with_context(|| format!("failed to watch {}", workspace.display(&folder)))?;
    }
    Ok(watcher)
}

/// Whether files have other content afterwards. To read them is no save, and the grader does.
fn is_save(kind: &EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    }
}

fn is_ours(path: &Path) -> bool {
    let hidden = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
    let known = |ending: &OsStr| ENDINGS.iter().any(|it| ending == *it);
    !hidden && path.extension().is_some_and(known)
}
