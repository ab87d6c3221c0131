//! The list of exercises: searched, filtered, and one of it chosen.

use crossterm::event::{KeyCode, KeyEvent};

use crate::grade::{ExerciseReport, ExerciseVerdict, Report};

/// Which exercises are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Filter {
    /// All of them.
    #[default]
    All,
    /// Those that are not done.
    Open,
    /// Those that were begun and are not right.
    Failing,
}

impl Filter {
    /// The one that comes next.
    fn next(self) -> Self {
        match self {
            Self::All => Self::Open,
            Self::Open => Self::Failing,
            Self::Failing => Self::All,
        }
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Open => "not done",
            Self::Failing => "failing",
        }
    }

    fn takes(self, verdict: ExerciseVerdict) -> bool {
        match self {
            Self::All => true,
            Self::Open => verdict != ExerciseVerdict::Passed,
            Self::Failing => {
                !matches!(verdict, ExerciseVerdict::Passed | ExerciseVerdict::NotImplemented)
            }
        }
    }
}

/// A list that is open.
#[derive(Debug, Default)]
pub struct List {
    /// What was typed.
    pub search: String,
    /// Which are shown.
    pub filter: Filter,
    /// The place of the selected one among those that are shown.
    pub selected: usize,
}

/// What became of a list.
#[derive(Debug, PartialEq, Eq)]
pub enum Choice {
    /// It stays open.
    Open,
    /// It was closed.
    Closed,
    /// This exercise was chosen.
    Chosen(String),
}

impl List {
    /// A list with an exercise selected.
    pub fn at(report: &Report, name: &str) -> Self {
        let selected = report.exercises().position(|exercise| exercise.name == name);
        Self { selected: selected.unwrap_or_default(), ..Self::default() }
    }

    /// The exercises that are shown, each with its section's title.
    pub fn shown<'r>(&self, report: &'r Report) -> Vec<(&'r str, &'r ExerciseReport)> {
        let search = self.search.to_lowercase();
        let exercises = report.sections.iter().flat_map(|section| {
            section.exercises.iter().map(|exercise| (section.title.as_str(), exercise))
        });
        exercises
            .filter(|(section, exercise)| {
                let texts = [&exercise.name, &exercise.title, &section.to_string()];
                let found = texts.iter().any(|text| text.to_lowercase().contains(&search));
                found && self.filter.takes(exercise.verdict)
            })
            .collect()
    }

    /// What a key does to it.
    pub fn key(&mut self, key: KeyEvent, report: &Report) -> Choice {
        match key.code {
            KeyCode::Esc => return Choice::Closed,
            KeyCode::Enter => {
                let shown = self.shown(report);
                let chosen = shown.get(self.selected).map(|(_, exercise)| exercise.name.clone());
                return chosen.map_or(Choice::Closed, Choice::Chosen);
            }
            KeyCode::Tab => self.filter = self.filter.next(),
            KeyCode::Down => self.selected += 1,
            KeyCode::Up => self.selected = self.selected.saturating_sub(1),
            KeyCode::Backspace => drop(self.search.pop()),
            KeyCode::Char(c) => self.search.push(c),
            _ => {}
        }
        self.selected = self.selected.min(self.shown(report).len().saturating_sub(1));
        Choice::Open
    }
}
