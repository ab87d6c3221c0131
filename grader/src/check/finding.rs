//! What a check finds.

use std::path::PathBuf;

use crate::course::{Origin, Problem, Severity};

/// Something that an instructor should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, and where.
    pub problem: Problem,
}

/// What has been found so far.
#[derive(Debug, Default)]
pub struct Findings(Vec<Finding>);

/// Where something was found.
#[derive(Debug)]
pub enum Spot {
    /// At a place in a file.
    At(Origin),
    /// In a file, or missing from a folder, as a whole.
    File(PathBuf),
}

impl From<&Origin> for Spot {
    fn from(origin: &Origin) -> Self {
        Self::At(origin.clone())
    }
}

impl From<PathBuf> for Spot {
    fn from(path: PathBuf) -> Self {
        Self::File(path)
    }
}

impl Findings {
    /// Notes what must be mended, and how it might be.
    pub fn error(
        &mut self,
        spot: impl Into<Spot>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(Severity::Error, spot.into(), message.into(), help.into());
    }

    /// Notes what may be meant, and what might mend it if it is not.
    pub fn warning(
        &mut self,
        spot: impl Into<Spot>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(Severity::Warning, spot.into(), message.into(), help.into());
    }

    fn add(&mut self, severity: Severity, spot: Spot, message: String, help: String) {
        let (path, place) = match spot {
            Spot::At(origin) => (origin.path().to_owned(), Some(origin.place())),
            Spot::File(path) => (path, None),
        };
        let help = Some(help).filter(|help| !help.is_empty());
        self.0
            .push(Finding { severity, problem: Problem { path, place, key: None, message, help } });
    }

    /// The findings in the order in which someone reads the files.
    pub fn sorted(mut self) -> Vec<Finding> {
        let line = |problem: &Problem| problem.place.as_ref().map(|it| (it.line, it.column));
        self.0.sort_by(|Finding { problem: a, .. }, Finding { problem: b, .. }| {
            a.path.cmp(&b.path).then_with(|| line(a).cmp(&line(b)))
        });
        self.0
    }
}
