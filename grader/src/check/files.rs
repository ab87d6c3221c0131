//! Files that belong to nothing, and what is missing from those that are there.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use syn::{Item, Visibility};

use super::{Checking, Findings};
use crate::build::Mentions;
use crate::course::shown;
use crate::submission::Submission;
use crate::syntax;

/// Looks through the project's folders and those of overlays.
pub fn check(checking: &Checking<'_>, findings: &mut Findings) -> Result<()> {
    let (exercises, solutions) = (checking.workspace.exercises(), checking.workspace.solutions());
    for (folder, files) in [(&exercises, checking.stubs), (&solutions, checking.references)] {
        check_modules(checking, folder, findings)?;
        check_strays(checking, folder, files, findings);
    }
    check_data(&checking.workspace.fixtures(), findings)?;
    for folder in checking.overlays {
        check_data(folder, findings)?;
    }
    for exercise in &checking.course.exercises {
        if exercise.hints.is_empty() {
            let help = "add `hints`, from gentle to nearly the answer";
            let message = format!("there is no hint for {}", shown(&exercise.name));
            findings.warning(exercise.path.clone(), message, help);
        } else if exercise.hints.iter().any(|hint| hint.trim().is_empty()) {
            let message = format!("a hint for {} is empty", shown(&exercise.name));
            findings.warning(exercise.path.clone(), message, "write it, or leave it out");
        }
    }
    Ok(())
}

/// Whether the folder's `lib.rs` has every exercise as a public module.
fn check_modules(checking: &Checking<'_>, folder: &Path, findings: &mut Findings) -> Result<()> {
    let path = folder.join("lib.rs");
    let text = match fs::read_to_string(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        text => text.with_context(|| format!("failed to read {}", path.display()))?,
    };
    let modules = syntax::read(&text, |file: &syn::File| {
        let modules = file.items.iter().filter_map(|item| match item {
            Item::Mod(module) if matches!(module.vis, Visibility::Public(_)) => {
                Some(module.ident.to_string())
            }
            _ => None,
        });
        modules.collect::<BTreeSet<_>>()
    });
    let modules = modules.unwrap_or_default();
    for exercise in &checking.course.exercises {
        if !modules.contains(&exercise.name) {
            let message = format!("{} is no public module of this crate", shown(&exercise.name));
            let help = format!("add `pub mod {};`", exercise.name);
            findings.error(path.clone(), message, help);
        }
    }
    Ok(())
}

/// Whether each file is an exercise's, or is used by one.
fn check_strays(
    checking: &Checking<'_>,
    folder: &Path,
    files: &Submission,
    findings: &mut Findings,
) {
    let modules: BTreeSet<&str> = files.files.iter().map(|file| file.name.as_str()).collect();
    let is_used = |name: &str| {
        let others = files.files.iter().filter(|file| file.name != name);
        let mut texts = others.filter_map(|file| file.text.as_deref().ok());
        texts.any(|text| Mentions::of(text, &modules).named.contains(name))
    };
    for name in modules.iter().filter(|name| checking.course.exercise(name).is_err()) {
        if !is_used(name) {
            let message = "this file is no exercise's, and none uses it";
            let help = format!("write a fixture `{name}.toml`, or remove the file");
            findings.warning(folder.join(format!("{name}.rs")), message, help);
        }
    }
}

/// Whether each data file is named in a fixture beside it.
fn check_data(folder: &Path, findings: &mut Findings) -> Result<()> {
    let failed = || format!("failed to read {}", folder.display());
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).with_context(failed)? {
        files.push(entry.with_context(failed)?.path());
    }
    let has_ending = |file: &&PathBuf, endings: &[&str]| {
        endings.iter().any(|ending| file.extension().is_some_and(|it| it == *ending))
    };
    let fixtures = files.iter().filter(|file| has_ending(file, &["toml", "json"]));
    // What cannot be read has not been loaded either.
    let texts: Vec<String> = fixtures.filter_map(|file| fs::read_to_string(file).ok()).collect();
    for file in files.iter().filter(|file| has_ending(file, &["npy"])) {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let quoted = [format!("\"{name}\""), format!("'{name}'")];
        if !texts.iter().any(|text| quoted.iter().any(|name| text.contains(name))) {
            let help = "name it in an argument, as in `{ npy = \"cat.npy\" }`, or remove it";
            findings.warning(file.clone(), "no fixture names this file", help);
        }
    }
    Ok(())
}
