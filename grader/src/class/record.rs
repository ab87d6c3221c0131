//! What became of one submission of a class, as it is kept in the folder of results.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::draft::Draft;
use crate::report::json::Document;

/// The version of the files that these types describe.
pub const VERSION: u32 = 1;

/// Where in a folder of results the records are, one file a submission, `ID.json`.
const RECORDS: &str = "records";

/// Where in a folder of results the pages for learners are, `ID.html`.
pub const PAGES: &str = "pages";

/// What became of one submission of a class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The version of this format.
    pub version: u32,
    /// Of what it was made, in hexadecimal: submission, course, grader, toolchain, seed and options. A
    /// record of another key is of another grading.
    pub key: String,
    /// The submission, by a name that no other of the class has: `alice`, `smith_12345_67890`.
    pub id: String,
    /// Who handed it in, as the name of the file or folder tells: a name, or a number of the
    /// platform's. It is the submission's own name where that tells nothing.
    pub student: String,
    /// Which attempt of the student's it is, where the name tells; a later one sorts behind an earlier
    /// one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a submission.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Outcome {
    /// It was graded.
    Graded(Box<Document>),
    /// It cannot be read, for this reason: it is worth nothing, and whoever handed it in can mend it.
    Unreadable(String),
    /// The grader failed, for this reason, however often it tried: nothing is said about it.
    GraderError(String),
}

impl Record {
    /// Where the record of a submission is.
    #[must_use]
    pub fn path(results: &Path, id: &str) -> PathBuf {
        results.join(RECORDS).join(format!("{id}.json"))
    }

    /// Writes it to a folder of results, whole or not at all, also if the machine dies.
    ///
    /// # Errors
    ///
    /// Those of the disk.
    pub fn write(&self, results: &Path) -> io::Result<()> {
        fs::create_dir_all(results.join(RECORDS))?;
        let mut draft = Draft::of(Self::path(results, &self.id))?;
        let mut json = serde_json::to_vec(self)?;
        json.push(b'\n');
        draft.write(&json)?;
        draft.sync()?;
        draft.replace()
    }

    /// Reads the record of a submission; `None` if there is none.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is no record of this version.
    pub fn read(results: &Path, id: &str) -> io::Result<Option<Self>> {
        let bytes = match fs::read(Self::path(results, id)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let record: Self = serde_json::from_slice(&bytes)?;
        if record.version != VERSION {
            let message = format!("it is of version {}, not {VERSION}", record.version);
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        Ok(Some(record))
    }

    /// The submissions of which there is a record, in order of their names.
    ///
    /// # Errors
    ///
    /// If the folder cannot be read.
    pub fn ids(results: &Path) -> io::Result<Vec<String>> {
        let mut ids = Vec::new();
        for entry in fs::read_dir(results.join(RECORDS))? {
            let name = entry?.file_name();
            let id = name.to_str().and_then(|name| name.strip_suffix(".json"));
            // A draft that was never finished begins with a dot.
            ids.extend(id.filter(|id| !id.starts_with('.')).map(str::to_owned));
        }
        ids.sort();
        Ok(ids)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Json, sample};

    #[test]
    fn records_are_read_as_they_were_written() {
        let results = tempfile::tempdir().unwrap();
        let report = Json::default().document(&sample::few());
        for (id, outcome) in [
            ("alice", Outcome::Graded(Box::new(report))),
            ("bob", Outcome::Unreadable("it is no archive".into())),
            ("carol", Outcome::GraderError("no space left".into())),
        ] {
            let record = Record {
                version: VERSION,
                key: "0".into(),
                id: id.into(),
                student: id.into(),
                attempt: None,
                outcome,
            };
            record.write(results.path()).unwrap();
            assert_eq!(Record::read(results.path(), id).unwrap(), Some(record));
        }
        assert_eq!(Record::ids(results.path()).unwrap(), ["alice", "bob", "carol"]);
        assert_eq!(Record::read(results.path(), "dave").unwrap(), None);
    }
}
