//! What became of one submission of a class, as it is kept in the folder of results.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::draft::keep;
use crate::report::json::Document;

/// The version of the files that these types describe.
pub const VERSION: u32 = 1;

/// Where in a folder of results the records are, one file a submission, `ID.json`.
const RECORDS: &str = "records";

/// Where in a folder of results the pages for learners are, `ID.html`.
pub const PAGES: &str = "pages";

/// How old a draft must be to be removed: no grader writes one for so long.
const OLD: Duration = Duration::from_secs(3600);

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
    /// What the student is called, where the name tells: it may be any text, but steers no terminal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Which attempt of the student's it is, where the name tells; a later one sorts behind an earlier
    /// one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
}

/// What of a record tells whether it is still right; the rest is not looked at.
#[derive(Deserialize)]
struct Heading {
    key: String,
    outcome: Kind,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Graded(IgnoredAny),
    Unreadable(IgnoredAny),
    GraderError(IgnoredAny),
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

    /// Where the page for whoever handed in a submission is.
    #[must_use]
    pub fn page(results: &Path, id: &str) -> PathBuf {
        results.join(PAGES).join(format!("{id}.html"))
    }

    /// Writes it to a folder of results, whole or not at all, also if the machine dies.
    ///
    /// # Errors
    ///
    /// Those of the disk.
    pub fn write(&self, results: &Path) -> io::Result<()> {
        let mut json = serde_json::to_vec(self)?;
        json.push(b'\n');
        keep(Self::path(results, &self.id), &json)
    }

    /// Writes it with the page that belongs to it. The page comes first: where there is a record of a
    /// grading, there is its page.
    ///
    /// # Errors
    ///
    /// Those of the disk.
    pub fn write_with(&self, page: Option<&[u8]>, results: &Path) -> io::Result<()> {
        let path = Self::page(results, &self.id);
        match page {
            Some(page) => keep(path, page)?,
            None => match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            },
        }
        self.write(results)
    }

    /// Whether there is a record of this key, and its page, and the grader did not fail. What cannot be
    /// read is not there.
    #[must_use]
    pub fn is_current(results: &Path, id: &str, key: &str) -> bool {
        let heading = fs::read(Self::path(results, id))
            .ok()
            .and_then(|bytes| serde_json::from_slice::<Heading>(&bytes).ok())
            .filter(|heading| heading.key == key);
        match heading.map(|heading| heading.outcome) {
            Some(Kind::Graded(_)) => Self::page(results, id).is_file(),
            Some(Kind::Unreadable(_)) => true,
            Some(Kind::GraderError(_)) | None => false,
        }
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
        let entries = match fs::read_dir(results.join(RECORDS)) {
            Ok(entries) => entries,
            // Nothing was to be graded yet.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut ids = Vec::new();
        for entry in entries {
            let name = entry?.file_name();
            let id = name.to_str().and_then(|name| name.strip_suffix(".json"));
            // A draft that was never finished begins with a dot.
            ids.extend(id.filter(|id| !id.starts_with('.')).map(str::to_owned));
        }
        ids.sort();
        Ok(ids)
    }
}

/// Removes the drafts that graders left in a folder of results which were killed.
pub fn sweep(results: &Path) {
    let folders = [RECORDS, PAGES].map(|name| fs::read_dir(results.join(name)));
    for entry in folders.into_iter().flatten().flatten().flatten() {
        let age = || entry.metadata().ok()?.modified().ok()?.elapsed().ok();
        if entry.file_name().to_string_lossy().starts_with('.') && age().is_some_and(|it| it > OLD)
        {
            // What cannot be removed now may be another time.
            _ = fs::remove_file(entry.path());
        }
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
                name: None,
                attempt: None,
                outcome,
            };
            record.write(results.path()).unwrap();
            assert_eq!(Record::read(results.path(), id).unwrap(), Some(record));
        }
        assert_eq!(Record::ids(results.path()).unwrap(), ["alice", "bob", "carol"]);
        assert_eq!(Record::read(results.path(), "dave").unwrap(), None);
    }

    #[test]
    fn a_record_is_current_with_its_key_and_page() {
        let results = tempfile::tempdir().unwrap();
        let is_current = |key| Record::is_current(results.path(), "alice", key);
        let write = |outcome, page| {
            let (id, student) = ("alice".into(), "alice".into());
            let (name, attempt) = (None, None);
            let record =
                Record { version: VERSION, key: "0".into(), id, student, name, attempt, outcome };
            record.write_with(page, results.path()).unwrap();
        };
        assert!(!is_current("0"));
        let report = Box::new(Json::default().document(&sample::few()));
        write(Outcome::Graded(report), Some(b"<!doctype html>"));
        assert!(is_current("0") && !is_current("1"));
        fs::remove_file(Record::page(results.path(), "alice")).unwrap();
        assert!(!is_current("0"), "its page is gone");
        write(Outcome::GraderError("no space left".into()), None);
        assert!(!is_current("0"));
        write(Outcome::Unreadable("it is no archive".into()), None);
        assert!(is_current("0"));
        fs::write(Record::path(results.path(), "alice"), "{\"key\": \"0\"").unwrap();
        assert!(!is_current("0"), "it is torn");
    }
}
