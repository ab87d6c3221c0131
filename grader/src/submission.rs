//! The learner files that are graded.

#[cfg(feature = "archives")]
mod archive;
mod folder;
mod intake;
mod memo;

use std::fs;
use std::path::{Path, PathBuf};

#[cfg(feature = "class")]
use self::intake::ENOUGH;
pub use self::intake::EXERCISES;
use self::intake::Intake;
pub use self::memo::{Memo, Signatures};
use crate::digest::Digest;
use crate::machine::is_machines;

/// How the name of an archive ends.
pub const ARCHIVES: [&str; 3] = [".zip", ".tar.gz", ".tgz"];

/// The most entries of a folder or an archive that are looked at.
const MAX_ENTRIES: usize = 10_000;

/// The learner files that are graded: `*.rs` from a folder or an archive.
#[derive(Debug, Clone)]
pub struct Submission {
    /// What it is called in reports.
    pub id: String,
    /// Where its files are, as a reader of the report knows it: `exercises/src`.
    pub folder: String,
    /// The files that were taken, in order of name.
    pub files: Vec<SourceFile>,
    /// The files that were not taken, with the reason, in order of name.
    pub left_out: Vec<(String, String)>,
    /// SHA-256 over names and contents of the files that were taken, in hexadecimal.
    pub hash: String,
    /// What has been found out about them.
    pub(crate) memo: Memo,
}

/// One source file of a submission.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The name without `.rs`: an exercise's name, or that of a helper module.
    pub name: String,
    /// The text, or why it is not one: then the file does not compile.
    pub text: Result<String, String>,
}

impl SourceFile {
    /// How many bytes its text has.
    fn len(&self) -> usize {
        self.text.as_ref().map_or(0, String::len)
    }
}

/// Why a submission cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum SubmissionError {
    /// It is missing, or the folder is unreadable.
    #[error("failed to read the submission {}", path.display())]
    Unreadable {
        /// The folder or archive.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file is unreadable.
    #[error("failed to read {}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The folder holds too much.
    #[error(
        "failed to read the submission {}: it has more than {MAX_ENTRIES} entries",
        folder.display()
    )]
    Crowded {
        /// The folder.
        folder: PathBuf,
    },
    /// It is a file, and no archive whose files can be taken.
    #[error("failed to read the submission {}: {reason}", file.display())]
    Archive {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

impl SubmissionError {
    /// Why, without where: for whoever handed it in.
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            Self::Unreadable { source, .. } | Self::File { source, .. } => source.to_string(),
            Self::Crowded { .. } => format!("it has more than {MAX_ENTRIES} entries"),
            Self::Archive { reason, .. } => reason.clone(),
        }
    }

    /// Whether the machine is why it cannot be read.
    #[must_use]
    pub fn is_machines(&self) -> bool {
        match self {
            Self::Unreadable { source, .. } | Self::File { source, .. } => is_machines(source),
            Self::Crowded { .. } | Self::Archive { .. } => false,
        }
    }
}

impl Submission {
    /// Takes the regular `*.rs` files of a folder or an archive, by content.
    ///
    /// Of a folder without any, and of an archive, it takes those of the folder in it that holds
    /// the exercises. `shown` is the path of the folder as a reader of the report knows it; empty if
    /// there is none but its name.
    ///
    /// # Errors
    ///
    /// If the folder, or one of the files in it, cannot be read, or the archive is refused.
    pub fn read(path: &Path, id: &str, shown: &str) -> Result<Self, SubmissionError> {
        let about = fs::metadata(path)
            .map_err(|source| SubmissionError::Unreadable { path: path.into(), source })?;
        let intake = if about.is_dir() { folder::read(path)? } else { read_archive(path)? };
        let folder = match (shown, intake.in_checkout) {
            ("", true) => EXERCISES.into(),
            // A folder name without a dot is none that the grader uses beside it.
            ("", false) => id.replace('.', "_"),
            (shown, true) => format!("{shown}/{EXERCISES}"),
            (shown, false) => shown.into(),
        };
        Ok(Self::new(id, folder, intake))
    }

    /// Takes the regular `*.rs` files among these, each with the name that it is to have.
    ///
    /// # Errors
    ///
    /// If one of them cannot be read.
    #[cfg(feature = "class")]
    pub fn of_files(id: &str, files: &[(String, PathBuf)]) -> Result<Self, SubmissionError> {
        let mut intake = Intake::default();
        for (name, path) in files {
            intake
                .offer(name, || folder::read_file(path, ENOUGH))
                .map_err(|source| SubmissionError::File { file: path.into(), source })?;
        }
        Ok(Self::new(id, EXERCISES.into(), intake))
    }

    fn new(id: &str, folder: String, intake: Intake) -> Self {
        let Intake { files, left_out, .. } = intake;
        let hash = hash(&files);
        Self { id: id.into(), folder, files, left_out, hash, memo: Memo::default() }
    }

    /// The file of an exercise or helper module.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&SourceFile> {
        self.files.iter().find(|file| file.name == name)
    }

    /// The path of a file as a reader of the report knows it.
    #[must_use]
    pub fn shown_path(&self, name: &str) -> String {
        format!("{}/{name}.rs", self.folder)
    }
}

#[cfg(feature = "archives")]
fn read_archive(path: &Path) -> Result<Intake, SubmissionError> {
    // A link is followed here and nowhere else: whoever calls the grader chose this path.
    let unreadable = |source| SubmissionError::Unreadable { path: path.into(), source };
    let file = path.canonicalize().map_err(unreadable)?;
    let bytes = folder::read_file(&file, archive::MAX_BYTES).map_err(unreadable)?;
    let refused = |reason| SubmissionError::Archive { file: path.into(), reason };
    let bytes = bytes.ok_or_else(|| refused("it is neither a folder nor a file".into()))?;
    archive::read(&bytes).map_err(refused)
}

#[cfg(not(feature = "archives"))]
fn read_archive(path: &Path) -> Result<Intake, SubmissionError> {
    let reason = "it is no folder, and this grader was built without archives".into();
    Err(SubmissionError::Archive { file: path.into(), reason })
}

/// The bytes of a file, as far as they are text, for hashing.
fn hash(files: &[SourceFile]) -> String {
    let mut digest = Digest::default();
    for file in files {
        digest.add(&file.name);
        digest.add(file.text.as_ref().map_or_else(String::as_str, String::as_str));
    }
    digest.hex()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash_of(files: &[(&str, &str)]) -> String {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            fs::write(folder.path().join(name), content).unwrap();
        }
        Submission::read(folder.path(), "s", "s").unwrap().hash
    }

    #[test]
    fn the_hash_tells_names_from_contents() {
        let [one, other] = [[("a.rs", "b"), ("c.rs", "")], [("a.rs", ""), ("c.rs", "b")]];
        assert_ne!(hash_of(&one), hash_of(&other));
        assert_eq!(hash_of(&one), hash_of(&one));
    }

    #[test]
    fn what_is_neither_a_folder_nor_an_archive_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("dot.zip");
        assert!(matches!(
            Submission::read(&file, "s", "s"),
            Err(SubmissionError::Unreadable { .. })
        ));
        fs::write(&file, "pub fn dot() {}").unwrap();
        let error = Submission::read(&file, "s", "s").unwrap_err();
        assert!(matches!(error, SubmissionError::Archive { .. }), "{error}");
    }
}
