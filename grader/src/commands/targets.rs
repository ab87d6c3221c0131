//! Where reports go: checked before the grading, written after it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::screen;
use crate::cli::Format;
use crate::draft::Draft;

/// The reports that are asked for, in order.
#[derive(Debug)]
pub struct Targets(Vec<(Format, Target)>);

/// Where one report goes.
#[derive(Debug)]
enum Target {
    Stdout,
    /// A device or a pipe.
    Stream(PathBuf),
    File(Draft),
}

impl Targets {
    /// Pairs formats with outputs and opens the files. A format without an output goes to the
    /// screen; without any format there is the terminal report.
    ///
    /// # Errors
    ///
    /// If there are more outputs than formats, two reports would go to the screen, or a file
    /// cannot be written.
    pub fn open(formats: &[Format], outputs: &[PathBuf]) -> Result<Self> {
        let formats = if formats.is_empty() { &[Format::Terminal] } else { formats };
        ensure!(
            outputs.len() <= formats.len(),
            "there are {} --output for {} --format: each output belongs to a format",
            outputs.len(),
            formats.len()
        );
        let mut targets = Vec::new();
        for (index, format) in formats.iter().enumerate() {
            let target = match outputs.get(index) {
                None => Target::Stdout,
                Some(path) if path.as_os_str() == "-" => Target::Stdout,
                Some(path) => Target::file(path)?,
            };
            targets.push((*format, target));
        }
        let on_screen = targets.iter().filter(|(_, target)| matches!(target, Target::Stdout));
        ensure!(
            on_screen.count() <= 1,
            "only one report can go to the screen: give the others an --output"
        );
        Ok(Self(targets))
    }

    /// Whether a report goes to the screen.
    #[must_use]
    pub fn use_screen(&self) -> bool {
        self.0.iter().any(|(_, target)| matches!(target, Target::Stdout))
    }

    /// Writes the reports; `export` makes each.
    ///
    /// # Errors
    ///
    /// If one cannot be made or written.
    pub fn write(self, export: impl Fn(Format, bool) -> Result<Vec<u8>>) -> Result<()> {
        for (format, target) in self.0 {
            let report = export(format, matches!(target, Target::Stdout))?;
            target.write(&report)?;
        }
        Ok(())
    }
}

impl Target {
    fn file(path: &Path) -> Result<Self> {
        let failed = || format!("failed to write to {}", path.display());
        // A link is followed, and what is no regular file (a device, a pipe) is written to as it is.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if let Ok(metadata) = path.metadata()
            && !metadata.is_file()
        {
            ensure!(!metadata.is_dir(), "{} is a folder, not a file", path.display());
            return Ok(Self::Stream(path));
        }
        Ok(Self::File(Draft::of(path).with_context(failed)?))
    }

    fn write(self, report: &[u8]) -> Result<()> {
        match self {
            Self::Stdout => screen::print(report),
            Self::Stream(path) => fs::OpenOptions::new()
                .write(true)
                .open(&path)
                .and_then(|mut stream| stream.write_all(report))
                .with_context(|| format!("failed to write to {}", path.display())),
            Self::File(mut draft) => {
                let failed = format!("failed to write {}", draft.path().display());
                draft.write(report).and_then(|()| draft.replace()).context(failed)
            }
        }
    }
}
