//! Which submissions a folder holds, and whose they are.
//!
//! Each folder and archive in it is a submission. Learning platforms put who handed it in into its
//! name. Where they export single files, those of one person are one submission.

mod gradescope;
mod label;
mod root;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use self::gradescope::METADATA;
use self::label::Label;
use super::id::{id, tell_apart};
use crate::course::tame;
use crate::submission::{ARCHIVES, EXERCISES, Submission, SubmissionError};

/// What a folder holds.
#[derive(Debug)]
pub struct Class {
    /// The submissions, in order of their names.
    pub entries: Vec<Entry>,
    /// What is no submission, tame, with the reason.
    pub left_out: Vec<(String, String)>,
}

/// A submission of a class.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What it is called: the name of a file anywhere, and of no other of the class.
    pub id: String,
    /// Who handed it in.
    pub student: String,
    /// What that person is called, where the name tells.
    pub name: Option<String>,
    /// Which attempt it is, where the name tells.
    pub attempt: Option<String>,
    /// The name of its file or folder, or the first of them.
    file: String,
    source: Source,
}

/// Where the files of a submission are.
#[derive(Debug, Clone)]
enum Source {
    /// In a folder or an archive.
    Path(PathBuf),
    /// Beside those of others: each with the name that it had where it comes from.
    Files(Vec<(String, PathBuf)>),
    /// Nowhere, for this reason.
    Nowhere(String),
}

/// Files that lie beside those of others.
#[derive(Debug, Default)]
struct Loose(BTreeMap<String, Vec<(Label, String, PathBuf)>>);

impl Class {
    /// Lists the submissions in a folder. None of them is read.
    ///
    /// # Errors
    ///
    /// If the folder cannot be read.
    pub fn list(folder: &Path) -> io::Result<Self> {
        let submitters = gradescope::find(folder);
        let mut class = Self { entries: Vec::new(), left_out: Vec::new() };
        let mut loose = Loose::default();
        let mut listed: Vec<_> = fs::read_dir(folder)?.collect::<io::Result<_>>()?;
        listed.sort_by_key(fs::DirEntry::file_name);
        for listed in listed {
            let (path, kind) = (listed.path(), listed.file_type()?);
            // What is not UTF-8 is kept apart by a hash of it.
            let file = listed.file_name().to_string_lossy().into_owned();
            let mut add = |label, source| class.entries.push(Entry::new(label, &file, source));
            if file.starts_with('.') || file == "__MACOSX" || file == METADATA {
                class.left_out.push((tame(&file), "it is no submission".into()));
            } else if kind.is_symlink() {
                // It could lead to what another person handed in.
                add(Label::own(&file), Source::Nowhere("it is a symbolic link".into()));
            } else if kind.is_dir() {
                let label = Label::of_folder(&file, &submitters);
                match label.file.clone() {
                    None => add(label, Source::Path(path)),
                    Some(name) => loose.add(label, name, path),
                }
            } else if let Some(stem) = stem(&file) {
                let label = Label::of_file(&file).map(|label| label.numbered());
                add(label.unwrap_or_else(|| Label::own(stem)), Source::Path(path));
            } else if let Some((label, name)) = Label::of_file(&file).and_then(Label::split) {
                loose.add(label, name, path);
            } else {
                let reason =
                    "it is neither a folder nor an archive, and its name does not tell whose it is";
                class.left_out.push((tame(&file), reason.into()));
            }
        }
        loose.gather(&mut class);
        class.entries.sort_by(|a, b| a.id.cmp(&b.id).then_with(|| a.file.cmp(&b.file)));
        let mut names: Vec<_> =
            class.entries.iter_mut().map(|it| (&mut it.id, &*it.file)).collect();
        tell_apart(&mut names);
        class.entries.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(class)
    }
}

impl Loose {
    fn add(&mut self, label: Label, name: String, path: PathBuf) {
        self.0.entry(label.called.clone()).or_default().push((label, name, path));
    }

    /// Makes a submission of the files of each person. Without a Rust file they are none, unless the
    /// person has no other.
    fn gather(self, class: &mut Class) {
        for (called, files) in self.0 {
            let latest = files.iter().map(|(label, ..)| label).max_by_key(|label| &label.attempt);
            let Some(label) = latest.cloned() else { continue };
            let names: Vec<String> = files.iter().map(|(_, name, _)| tame(name)).collect();
            let is_known = || class.entries.iter().any(|entry| entry.student == label.student);
            let source = if files.iter().any(|(_, name, _)| name.ends_with(".rs")) {
                Source::Files(latest_uploads(files))
            } else if is_known() {
                let reason = "it is neither Rust nor an archive";
                class.left_out.extend(names.into_iter().map(|name| (name, reason.into())));
                continue;
            } else {
                Source::Nowhere(format!("it holds no `.rs` files: {}", names.join(", ")))
            };
            class.entries.push(Entry::new(label, &called, source));
        }
    }
}

/// The files with the names that they had on their owner's machine. Canvas adds `-1` to that of a file
/// that is handed in a second time; the last one counts.
fn latest_uploads(mut files: Vec<(Label, String, PathBuf)>) -> Vec<(String, PathBuf)> {
    files.sort_by(|(a, a_name, _), (b, b_name, _)| {
        (&a.attempt, upload(a_name).1, a_name).cmp(&(&b.attempt, upload(b_name).1, b_name))
    });
    let named = files.into_iter().map(|(_, name, path)| (upload(&name).0, path));
    let latest: BTreeMap<String, PathBuf> = named.collect();
    latest.into_iter().collect()
}

/// The name that a file had, and how often one of this name had been handed in before.
fn upload(name: &str) -> (String, u64) {
    let again = || {
        let (first, number) = name.strip_suffix(".rs")?.rsplit_once('-')?;
        Some((format!("{first}.rs"), number.parse().ok()?))
    };
    again().unwrap_or_else(|| (name.to_owned(), 0))
}

/// The name of an archive without its ending.
fn stem(file: &str) -> Option<&str> {
    let lower = file.to_ascii_lowercase();
    let ending = ARCHIVES.iter().find(|ending| lower.ends_with(**ending))?;
    file.get(..file.len() - ending.len())
}

impl Entry {
    fn new(label: Label, file: &str, source: Source) -> Self {
        let id = id(&label.called, file);
        // A name that cannot be shown whole could be taken for another.
        let student =
            if tame(&label.student) == label.student { label.student } else { id.clone() };
        let name = label.name.as_deref().map(tame);
        Self { id, student, name, attempt: label.attempt, file: file.to_owned(), source }
    }

    /// Reads the files.
    ///
    /// # Errors
    ///
    /// If they cannot be read, or there are none.
    pub fn read(&self) -> Result<Submission, SubmissionError> {
        let mut submission = match &self.source {
            Source::Path(path) => Submission::read(&root::find(path), &self.id, "")?,
            Source::Files(files) => Submission::of_files(&self.id, files)?,
            Source::Nowhere(reason) => return Err(self.refused(reason.clone())),
        };
        if submission.files.is_empty() {
            let names: Vec<_> = submission.left_out.iter().take(5).map(|it| &*it.0).collect();
            return Err(self.refused(match &names[..] {
                [] => "it is empty".into(),
                names => format!("it holds no `.rs` files that can be taken: {}", names.join(", ")),
            }));
        }
        // So whoever handed it in knows them, whatever they were packed in; and files that are alike
        // are so under their paths, too.
        submission.folder = EXERCISES.into();
        Ok(submission)
    }

    fn refused(&self, reason: String) -> SubmissionError {
        SubmissionError::Archive { file: PathBuf::from(&self.file), reason }
    }
}
