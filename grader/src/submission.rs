//! The learner files that are graded.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::course::module_fault;
use crate::hex::hex;

/// The largest source file that is taken, in bytes.
const MAX_FILE: u64 = 1 << 20;

/// The most files that are taken.
const MAX_FILES: usize = 500;

/// The learner files that are graded: a folder of `*.rs`.
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
}

/// One source file of a submission.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The name without `.rs`: an exercise's name, or that of a helper module.
    pub name: String,
    /// The text, or why it is not one: then the file does not compile.
    pub text: Result<String, String>,
}

/// Why a submission cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum SubmissionError {
    /// The folder is missing or unreadable.
    #[error("failed to read the submission {}", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
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
}

impl Submission {
    /// Takes the regular `*.rs` files of a folder, by content.
    ///
    /// `shown` is the folder as a reader of the report knows it.
    ///
    /// # Errors
    ///
    /// If the folder, or one of the files in it, cannot be read.
    pub fn read(folder: &Path, id: &str, shown: &str) -> Result<Self, SubmissionError> {
        let failed = |source| SubmissionError::Folder { folder: folder.into(), source };
        let mut submission = Self {
            id: id.into(),
            folder: shown.into(),
            files: Vec::new(),
            left_out: Vec::new(),
            hash: String::new(),
        };
        let mut entries: Vec<_> =
            fs::read_dir(folder).and_then(Iterator::collect).map_err(failed)?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let file_name = entry.file_name().to_string_lossy().into_owned();
            match submission.take(&entry.path(), &file_name)? {
                Ok(file) => submission.files.push(file),
                Err(reason) => submission.left_out.push((file_name, reason)),
            }
        }
        submission.hash = hash(&submission.files);
        Ok(submission)
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

    /// Reads one file, or says why it is left out.
    fn take(
        &self,
        path: &Path,
        file_name: &str,
    ) -> Result<Result<SourceFile, String>, SubmissionError> {
        let failed = |source| SubmissionError::File { file: path.into(), source };
        let Some(name) = file_name.strip_suffix(".rs") else {
            return Ok(Err("not a `.rs` file".into()));
        };
        if let Some(fault) = module_fault(name) {
            return Ok(Err(format!("its name {fault}")));
        }
        if !fs::symlink_metadata(path).map_err(failed)?.is_file() {
            return Ok(Err("not a regular file".into()));
        }
        if self.files.len() == MAX_FILES {
            return Ok(Err(format!("more than {MAX_FILES} files")));
        }
        let mut bytes = Vec::new();
        fs::File::open(path)
            .and_then(|file| file.take(MAX_FILE + 1).read_to_end(&mut bytes))
            .map_err(failed)?;
        if bytes.len() as u64 > MAX_FILE {
            return Ok(Err("larger than 1 MiB".into()));
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            format!("{file_name} is not UTF-8 (at byte {})", error.utf8_error().valid_up_to())
        });
        Ok(Ok(SourceFile { name: name.into(), text }))
    }
}

/// The bytes of a file, as far as they are text, for hashing.
fn hash(files: &[SourceFile]) -> String {
    let mut hasher = Sha256::new();
    for file in files {
        let text = file.text.as_ref().map_or_else(String::as_str, String::as_str);
        for part in [file.name.as_str(), text] {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
    }
    hex(&hasher.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            fs::write(folder.path().join(name), content).unwrap();
        }
        folder
    }

    #[test]
    fn takes_rust_files_and_says_what_it_leaves_out() {
        let folder = folder(&[
            ("softmax.rs", b"pub fn softmax() {}"),
            ("stats.rs", b""),
            ("lib.rs", b""),
            ("harness.rs", b""),
            ("gen.rs", b""),
            ("a-b.rs", b""),
            ("notes.txt", b""),
            ("latin.rs", b"// \xe9"),
        ]);
        fs::create_dir(folder.path().join("folder.rs")).unwrap();
        let submission = Submission::read(folder.path(), "s", "s").unwrap();
        let names: Vec<_> = submission.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["latin", "softmax", "stats"]);
        assert_eq!(submission.files[0].text, Err("latin.rs is not UTF-8 (at byte 3)".to_owned()));
        let left_out: Vec<_> =
            submission.left_out.iter().map(|(name, why)| format!("{name}: {why}")).collect();
        assert_eq!(
            left_out,
            [
                "a-b.rs: its name is no plain Rust name: letters, digits and `_`, not beginning with a digit",
                "folder.rs: not a regular file",
                "gen.rs: its name is a keyword of Rust",
                "harness.rs: its name is reserved: a module would shadow it",
                "lib.rs: its name is reserved: a module would shadow it",
                "notes.txt: not a `.rs` file",
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn follows_no_links() {
        let folder = folder(&[("softmax.rs", b"")]);
        std::os::unix::fs::symlink("softmax.rs", folder.path().join("dot.rs")).unwrap();
        let submission = Submission::read(folder.path(), "s", "s").unwrap();
        assert_eq!(submission.left_out, [("dot.rs".into(), "not a regular file".into())]);
    }

    #[test]
    fn large_files_are_left_out() {
        let large = vec![b' '; MAX_FILE as usize + 1];
        let folder = folder(&[("dot.rs", &large), ("outer.rs", &large[1..])]);
        let submission = Submission::read(folder.path(), "s", "s").unwrap();
        assert_eq!(submission.left_out, [("dot.rs".into(), "larger than 1 MiB".into())]);
        assert_eq!(submission.files.len(), 1);
    }

    #[test]
    fn the_hash_tells_names_from_contents() {
        let one = folder(&[("a.rs", b"b"), ("c.rs", b"")]);
        let other = folder(&[("a.rs", b""), ("c.rs", b"b")]);
        let hash =
            |folder: &tempfile::TempDir| Submission::read(folder.path(), "s", "s").unwrap().hash;
        assert_ne!(hash(&one), hash(&other));
        assert_eq!(hash(&one), hash(&one));
    }
}
