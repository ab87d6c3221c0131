//! Where reports go: checked before the grading, written after it.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::screen;
use crate::draft::Draft;

/// The reports that are asked for, in order, each in a format of `F`.
#[derive(Debug)]
pub struct Targets<F>(Vec<(F, Target)>);

/// Where one report goes.
#[derive(Debug)]
enum Target {
    Stdout,
    /// A device, a pipe, or a file that others write to as well: what is there stays.
    Stream(PathBuf),
    File(Draft),
}

impl<F> Targets<F> {
    /// Pairs formats with outputs and opens the files. A format without an output goes to the
    /// screen; without any format there is the `usual` one.
    ///
    /// # Errors
    ///
    /// If there are more outputs than formats, two reports would go to the screen, or a file
    /// cannot be written.
    pub fn open(formats: &[F], usual: F, outputs: &[PathBuf]) -> Result<Self>
    where
        F: Copy,
    {
        let usual = [usual];
        let formats = if formats.is_empty() { &usual } else { formats };
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

    /// Adds a report to a file in which others may stand.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn append(&mut self, format: F, path: PathBuf) -> Result<()> {
        open_end(&path)?;
        self.0.push((format, Target::Stream(path)));
        Ok(())
    }

    /// The same reports, with what writes each in place of its format; `make` is told whether it
    /// goes to the screen.
    ///
    /// # Errors
    ///
    /// What `make` says.
    pub fn map<W>(self, make: impl Fn(F, bool) -> Result<W>) -> Result<Targets<W>> {
        let made = self
            .0
            .into_iter()
            .map(|(format, target)| Ok((make(format, matches!(target, Target::Stdout))?, target)));
        made.collect::<Result<_>>().map(Targets)
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
    pub fn write(self, export: impl Fn(F, bool) -> Result<Vec<u8>>) -> Result<()> {
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
            Self::Stream(path) => open_end(&path)?
                .write_all(report)
                .with_context(|| format!("failed to write to {}", path.display())),
            Self::File(mut draft) => {
                let failed = format!("failed to write {}", draft.path().display());
                draft.write(report).and_then(|()| draft.replace()).context(failed)
            }
        }
    }
}

/// Opens a file to write behind what is there.
fn open_end(path: &Path) -> Result<File> {
    let opened = File::options().append(true).create(true).open(path);
    opened.with_context(|| format!("failed to write to {}", path.display()))
}
