//! Compiling submissions of a class together.
//!
//! To start rustc, read ndarray and link takes longer than to compile a submission. Several of them
//! are therefore compiled as modules of one crate, into a program that is any one of them; what comes
//! of it lies in the cache as if each had been compiled by itself. Only plain code is compiled so
//! ([`look::nested`]): it means the same there, reaches no other module, and changes none. Those in
//! which rustc finds errors are compiled by themselves, so that what a learner is told never depends on
//! others.

use std::collections::BTreeSet;
use std::fs;
use std::time::Duration;

use anyhow::{Context, Result};

use super::rustc::{Compiled, Product};
use super::unit::{ROOT, Unit, joint_root};
use super::workshop::{Bench, OUTPUT, START, WORKER, Workshop, part_name};
use crate::diagnostic::Diagnostic;
use crate::{look, switches};

/// How many submissions are compiled together at most: with more there is little left to save, and one
/// that does not compile costs the others more.
pub const MOST: usize = 16;

/// A submission, to be compiled with others.
struct Part<'a> {
    /// What its worker is kept under.
    key: String,
    /// The module that it becomes, and its folder.
    name: String,
    unit: &'a Unit<'a>,
    /// The text of each of its files.
    texts: Vec<String>,
    /// The types of pointers to its functions, as far as its files tell.
    pointers: Vec<Option<String>>,
}

impl Workshop<'_> {
    /// Compiles workers together, as far as that can be done: such as `Builder::next_unit` gives, which are
    /// not there yet and lend no references. If some have errors, only these are compiled, each by itself.
    /// Returns whether there are such: then what is left of them can be compiled together with the others.
    ///
    /// # Errors
    ///
    /// If a file cannot be written or rustc cannot be started.
    pub fn compile_together(&self, units: &[Unit<'_>], wall: Duration) -> Result<bool> {
        // Without the look, code could include the files beside it, which are others'.
        if switches::is_set("no-look") || switches::is_set("no-joint") {
            return Ok(false);
        }
        let mut parts = Vec::new();
        let mut are_broken = false;
        for unit in units {
            if let Some(part) = self.part(unit) {
                parts.push(part);
            } else if is_broken(unit) {
                self.worker(unit, wall)?;
                are_broken = true;
            }
        }
        if are_broken {
            return Ok(true);
        }
        // The same may have been handed in twice.
        parts.sort_by(|a, b| a.key.cmp(&b.key));
        parts.dedup_by(|a, b| a.key == b.key);
        if parts.len() < 2 {
            return Ok(false);
        }
        let Compiled::Failed { errors, .. } = self.compile_parts(&parts, wall)? else {
            return Ok(false);
        };
        parts.retain(|part| errors.iter().any(|error| part.is_blamed(error)));
        for part in &parts {
            self.worker(part.unit, wall)?;
        }
        Ok(!parts.is_empty())
    }

    /// A unit, if it can be compiled with others.
    fn part<'u>(&self, unit: &'u Unit<'u>) -> Option<Part<'u>> {
        let text = |text: &String| look::nested(text);
        let texts = unit.files.iter().map(|file| file.text.as_ref().ok().and_then(text));
        let texts = texts.collect::<Option<_>>()?;
        let key = self.unit_key(unit);
        Some(Part { name: part_name(&key), key, unit, texts, pointers: unit.pointers() })
    }

    fn compile_parts(&self, parts: &[Part<'_>], wall: Duration) -> Result<Compiled> {
        let bench = Bench::open(&self.folder, false)?;
        let known: BTreeSet<String> =
            parts.iter().flat_map(|part| &part.pointers).flatten().cloned().collect();
        for Part { name, unit, texts, pointers, .. } in parts {
            for (file, text) in unit.files.iter().zip(texts) {
                bench.write(&format!("{name}/{}", unit.path(&file.name)), text)?;
            }
            bench.write(&format!("{name}/mod.rs"), &unit.module())?;
            bench.write(&format!("{name}/serve.rs"), &unit.service(name, pointers, &known))?;
        }
        let names = parts.iter().map(|part| part.name.as_str());
        bench.write(ROOT, &joint_root(names, &known))?;
        let rustc = self.rustc(&bench, wall);
        let compiled = rustc.compile("worker", ROOT, OUTPUT, Product::Worker).context(START)?;
        if matches!(compiled, Compiled::Done) {
            let program = bench.path.join(OUTPUT);
            for part in parts {
                let name = bench.path.join(&part.key);
                fs::hard_link(&program, &name)
                    .or_else(|_| fs::copy(&program, &name).map(drop))
                    .with_context(|| format!("failed to write {}", name.display()))?;
                self.cache.put(&part.key, WORKER, &name)?;
            }
            self.cache.prune();
        }
        Ok(compiled)
    }
}

/// Whether a unit does not compile, as far as can be told without rustc.
fn is_broken(unit: &Unit<'_>) -> bool {
    unit.files.iter().any(|file| file.text.as_ref().is_ok_and(|text| !look::is_whole(text)))
}

impl Part<'_> {
    /// Whether an error is about one of its files, or how the grader calls what is in them.
    fn is_blamed(&self, error: &Diagnostic) -> bool {
        error.places.iter().any(|place| place.file.starts_with(&self.name))
    }
}
