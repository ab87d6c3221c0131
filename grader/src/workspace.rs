//! The folders of the project that the grader is run in.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// The project's folders. All paths are absolute.
#[derive(Debug, Clone)]
pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Finds the project around the current folder: the nearest one above it, itself included,
    /// that has a `fixtures/course.toml`.
    ///
    /// # Errors
    ///
    /// If there is none, or the current folder cannot be read.
    pub fn find() -> Result<Self> {
        let here = std::env::current_dir().context("the current folder cannot be read")?;
        match here.ancestors().find(|folder| folder.join("fixtures/course.toml").is_file()) {
            Some(root) => Ok(Self::at(root.into())),
            None => bail!(
                "there is no course here: neither {} nor a folder above it has fixtures/course.toml",
                here.display()
            ),
        }
    }

    /// The project in this folder.
    #[must_use]
    pub fn at(root: PathBuf) -> Self {
        Self { root }
    }

    /// The project's top folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The course and its fixtures.
    #[must_use]
    pub fn fixtures(&self) -> PathBuf {
        self.root.join("fixtures")
    }

    /// The learner's files.
    #[must_use]
    pub fn exercises(&self) -> PathBuf {
        self.root.join("exercises/src")
    }

    /// The references.
    #[must_use]
    pub fn solutions(&self) -> PathBuf {
        self.root.join("solutions/src")
    }

    /// What the grader keeps between runs. Deleting it costs time, nothing else, except for the
    /// backups in it.
    #[must_use]
    pub fn state(&self) -> PathBuf {
        self.root.join("target/grader")
    }

    /// A path as a reader of the report knows it: relative to the project where it lies in it.
    #[must_use]
    pub fn display<'a>(&self, path: &'a Path) -> std::path::Display<'a> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }
}
