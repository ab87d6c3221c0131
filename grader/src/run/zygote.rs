//! Programs that are loaded once and forked for each run.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use super::program::Program;
use crate::sandbox::Zygote;

/// Programs that are loaded once and forked for each run. They end with the thread that started
/// them, so that has to outlive the runs.
#[derive(Debug, Default)]
pub struct Zygotes(BTreeMap<Key, Zygote>);

/// What a worker inherits: the program, its variant, CPU time and memory.
type Key = (PathBuf, Option<String>, Duration, u64);

impl Zygotes {
    /// Starts each of the programs once. One that does not start, and where nothing can be forked
    /// all of them, are started for each run, which tells why if that fails, too.
    #[must_use]
    pub fn start<'p>(programs: impl IntoIterator<Item = Program<'p>>) -> Self {
        let mut zygotes = BTreeMap::new();
        for program in programs {
            let key = key(&program);
            if !zygotes.contains_key(&key)
                && let Ok(zygote) = program.zygote()
            {
                zygotes.insert(key, zygote);
            }
        }
        Self(zygotes)
    }

    /// What a program is forked off, if it was started.
    #[must_use]
    pub fn of(&self, program: &Program<'_>) -> Option<&Zygote> {
        self.0.get(&key(program))
    }
}

fn key(program: &Program<'_>) -> Key {
    let Program { path, variant, limits, .. } = program;
    (path.to_path_buf(), variant.map(str::to_owned), limits.total, limits.memory)
}
