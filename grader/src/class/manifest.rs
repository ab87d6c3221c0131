//! What each run over a class is to do, and whether it has done it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::record::VERSION;
use super::shard::Shard;
use crate::draft::keep;

/// Where in a folder of results the manifests are, one a shard: `I-of-N.json`.
const SHARDS: &str = "shards";

/// What the run over a shard is to do, and whether it has done it. Each run writes its own, so that
/// none waits for another; together they tell what belongs to the class.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The version of this format.
    pub version: u32,
    /// How many shards there are.
    pub of: u32,
    /// Which one it is, from 1.
    pub shard: u32,
    /// The hash of what decides all grades alike: course, references, grader, rustc, isolation, seed and
    /// options. Shards in which it differs do not belong together.
    pub grading: String,
    /// The names of the shard's submissions, in order.
    pub submissions: Vec<String>,
    /// What else is in the folder of submissions, with the reason why it is none.
    pub left_out: Vec<(String, String)>,
    /// Whether each submission has a record of this grading, and none of a failure of the grader's.
    pub done: bool,
}

impl Manifest {
    /// Writes it to a folder of results, whole or not at all. Those of shards of another number go:
    /// the class is divided anew.
    ///
    /// # Errors
    ///
    /// Those of the disk.
    pub fn write(&self, results: &Path) -> io::Result<()> {
        for (path, shard) in list(results)? {
            if shard.count() != self.of {
                // Another run may have removed it already.
                _ = fs::remove_file(path);
            }
        }
        let name = format!("{}-of-{}.json", self.shard, self.of);
        let mut json = serde_json::to_vec_pretty(self)?;
        json.push(b'\n');
        keep(results.join(SHARDS).join(name), &json)
    }

    /// Removes all that there are in a folder of results.
    ///
    /// # Errors
    ///
    /// Those of the disk.
    pub fn clear(results: &Path) -> io::Result<()> {
        for (path, _) in list(results)? {
            fs::remove_file(path)?;
        }
        Ok(())
    }

    /// All that there are in a folder of results, in order.
    ///
    /// # Errors
    ///
    /// If one cannot be read, or is none of this version.
    pub fn all(results: &Path) -> io::Result<Vec<Self>> {
        let mut all = Vec::new();
        for (path, _) in list(results)? {
            let manifest: Self = serde_json::from_slice(&fs::read(&path)?)?;
            if manifest.version != VERSION {
                let what = format!("{} is of version {}", path.display(), manifest.version);
                return Err(io::Error::new(io::ErrorKind::InvalidData, what));
            }
            all.push(manifest);
        }
        all.sort();
        Ok(all)
    }
}

/// The shards of a class that are not done, given the manifests that there are.
#[must_use]
pub fn missing(manifests: &[Manifest]) -> Vec<Shard> {
    let count = manifests.first().map_or(1, |manifest| manifest.of);
    let is_done = |index| manifests.iter().any(|it| it.done && (it.shard, it.of) == (index, count));
    (1..=count)
        .filter(|index| !is_done(*index))
        .filter_map(|index| Shard::new(index, count))
        .collect()
}

/// The manifests in a folder of results, by name.
fn list(results: &Path) -> io::Result<Vec<(PathBuf, Shard)>> {
    let entries = match fs::read_dir(results.join(SHARDS)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".json"));
        let numbers = name.and_then(|name| name.split_once("-of-"));
        let shard =
            numbers.and_then(|(index, count)| Shard::new(index.parse().ok()?, count.parse().ok()?));
        if let Some(shard) = shard {
            found.push((path, shard));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(shard: u32, of: u32) -> Manifest {
        Manifest {
            version: VERSION,
            of,
            shard,
            grading: "0".into(),
            submissions: vec!["alice".into()],
            left_out: Vec::new(),
            done: false,
        }
    }

    #[test]
    fn a_class_that_is_divided_anew_keeps_no_old_shard() {
        let results = tempfile::tempdir().unwrap();
        assert_eq!(Manifest::all(results.path()).unwrap(), []);
        manifest(1, 1).write(results.path()).unwrap();
        manifest(10, 12).write(results.path()).unwrap();
        manifest(2, 12).write(results.path()).unwrap();
        fs::write(results.path().join("shards/.tmp123"), "{").unwrap();
        assert_eq!(Manifest::all(results.path()).unwrap(), [manifest(2, 12), manifest(10, 12)]);
        let done = Manifest { done: true, ..manifest(2, 12) };
        done.write(results.path()).unwrap();
        let all = Manifest::all(results.path()).unwrap();
        assert_eq!(all[0], done);
        let missing: Vec<u32> = missing(&all).into_iter().map(Shard::index).collect();
        assert_eq!(missing, [1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    }
}
