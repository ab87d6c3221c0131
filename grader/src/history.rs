//! The scores of earlier runs. They stay on the learner's machine, in a file that can be deleted.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use crate::grade::Report;
use crate::report::json::{Number, rounded};
use crate::workspace::Workspace;

/// The file with the scores, one run a line.
#[derive(Debug)]
pub struct History {
    path: PathBuf,
}

/// One run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// When it was, as RFC 3339 writes it: `2026-11-22T15:20:00Z`.
    pub date: String,
    /// What was earned.
    pub score: Number,
    /// What the course is worth.
    pub points: Number,
}

impl History {
    /// The history of a project.
    #[must_use]
    pub fn of(workspace: &Workspace) -> Self {
        Self { path: workspace.state().join("history.jsonl") }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Adds a run that is over now.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn add(&self, report: &Report) -> io::Result<()> {
        let run = Run {
            date: humantime::format_rfc3339_seconds(SystemTime::now()).to_string(),
            score: rounded(report.score(), report.points()),
            points: rounded(report.points(), report.points()),
        };
        let mut file = OpenOptions::new().create(true).append(true).open(&self.path)?;
        // At once, so that two graders do not mix their lines.
        file.write_all((serde_json::to_string(&run)? + "\n").as_bytes())
    }

    /// The runs, the first one first. What is no run, as after a crash, is left out.
    #[must_use]
    pub fn runs(&self) -> Vec<Run> {
        let text = fs::read_to_string(&self.path).unwrap_or_default();
        text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
    }
}
