//! What is wrong with a course, shown as rustc shows what is wrong with a program.

use std::path::PathBuf;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::name::tame_but;
use super::source::Place;

/// After so many problems the rest are only counted: whoever mends these will load again.
const SHOWN: usize = 100;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It must be mended.
    Error,
    /// It may be meant.
    Warning,
}

/// One thing that is wrong with a course, or with a file of a learner's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file or folder.
    pub path: PathBuf,
    /// Where in the file; `None` where it is the file as a whole.
    pub place: Option<Place>,
    /// The key in question, as in `case[2].args[0]`.
    pub key: Option<String>,
    /// What is wrong: half a sentence, without a full stop.
    pub message: String,
    /// What might mend it.
    pub help: Option<String>,
}

impl Problem {
    /// The problem with the line in question, the place underlined; in colour if `styled`.
    #[must_use]
    pub fn render(&self, styled: bool) -> String {
        self.render_as(Severity::Error, styled)
    }

    /// [`Self::render`] for a problem that is not an error.
    #[must_use]
    pub fn render_as(&self, severity: Severity, styled: bool) -> String {
        let level = match severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let path = tamed(&self.path.display().to_string());
        let message = tamed(&self.message);
        let help = self.help.as_deref().map(tamed);
        let mut group = Group::with_title(level.primary_title(&message));
        group = match &self.place {
            None => group.element(Origin::path(path)),
            Some(place) if place.excerpt.is_empty() => {
                group.element(Origin::path(path).line(place.line).char_column(place.column))
            }
            Some(place) => group.element(
                Snippet::source(&place.excerpt)
                    .path(path)
                    .line_start(place.line)
                    .annotation(AnnotationKind::Primary.span(place.underline.clone())),
            ),
        };
        // A key at the top stands on the line that is shown; one inside says which case it is.
        if let Some(key) = self.key.as_deref().filter(|key| key.contains(['.', '['])) {
            group = group.element(Level::NOTE.message(format!("in `{}`", tamed(key))));
        }
        if let Some(help) = &help {
            group = group.element(Level::HELP.message(help));
        }
        let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }
}

/// A text, which may quote a file, without characters that steer a terminal. Its line breaks stay.
fn tamed(text: &str) -> String {
    tame_but(text, '\n')
}

/// Everything that is wrong with a course, by file and line.
#[derive(Debug, Default, thiserror::Error)]
#[error("{}", self.render(false))]
pub struct Problems {
    list: Vec<Problem>,
    omitted: usize,
    machines: bool,
}

impl Problems {
    /// All problems with their lines, and how many there are.
    #[must_use]
    pub fn render(&self, styled: bool) -> String {
        let mut text = String::new();
        for problem in &self.list {
            text.push_str(&problem.render(styled));
            text.push_str("\n\n");
        }
        text.push_str(&match self.len() {
            1 => "1 problem in the course".to_owned(),
            count if self.omitted > 0 => {
                format!("{count} problems in the course; the first {SHOWN} are shown")
            }
            count => format!("{count} problems in the course"),
        });
        text
    }

    /// The problems, at most a hundred.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.list.iter()
    }

    /// How many there are, those included that are only counted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len() + self.omitted
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether the machine, not the course, is why a file could not be read.
    #[must_use]
    pub fn are_machines(&self) -> bool {
        self.machines
    }

    /// Notes that the machine is why a file could not be read.
    pub(super) fn blame_machine(&mut self) {
        self.machines = true;
    }

    /// Notes a problem. It is built only if it is kept: finding its place takes time.
    pub(super) fn push(&mut self, problem: impl FnOnce() -> Problem) {
        if self.list.len() < SHOWN {
            self.list.push(problem());
        } else {
            self.omitted += 1;
        }
    }

    /// Puts the problems in the order in which someone reads the files.
    pub(super) fn sort(&mut self) {
        let place = |problem: &Problem| problem.place.as_ref().map(|it| (it.line, it.column));
        self.list.sort_by(|a, b| a.path.cmp(&b.path).then_with(|| place(a).cmp(&place(b))));
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
