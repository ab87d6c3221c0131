//! What a watch knows, and what becomes of it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crossterm::event::{KeyCode, KeyEvent};

use super::keys;
use super::list::{Choice, List};
use super::tty::Tty;
use crate::course::{Course, Exercise};
use crate::grade::{ExerciseReport, ExerciseVerdict, Report};

/// What is on the screen.
#[derive(Debug)]
pub enum Page {
    /// The exercise that is worked on.
    Exercise,
    /// The list of all.
    List(List),
    /// What the keys do.
    Keys,
    /// The question whether to begin the exercise again.
    Reset,
}

/// What a key asks for that is done elsewhere.
#[derive(Debug, PartialEq, Eq)]
pub enum Action {
    /// Nothing.
    Nothing,
    /// The end.
    Quit,
    /// Another grading.
    Run,
    /// To remember that so many hints of this exercise were given.
    Hint(String, usize),
    /// To begin this exercise again.
    Reset(String),
}

/// What is known.
#[derive(Debug)]
pub struct Known {
    /// The course.
    pub course: Course,
    /// The report of the last grading that was not in vain.
    pub report: Report,
}

/// What a watch knows.
#[derive(Debug)]
pub struct State {
    /// The last grading.
    pub known: Option<Known>,
    /// Why the latest grading was in vain, if it was.
    pub problem: Option<String>,
    /// What else should be known of it.
    pub warnings: Vec<String>,
    /// Whether one runs.
    pub grading: bool,
    /// What is on the screen.
    pub page: Page,
    /// Whether to go on by itself.
    pub advance: bool,
    /// How many lines are scrolled away.
    pub scroll: usize,
    /// What happened beside gradings.
    pub message: Option<String>,
    /// The name of the exercise that is worked on, once there is one.
    current: Option<String>,
    /// How many hints were given.
    hints: BTreeMap<String, usize>,
    /// Whether the latest grading was shown to those who see each only once.
    news: bool,
}

impl State {
    /// Nothing is known yet.
    pub fn new() -> Self {
        Self {
            known: None,
            problem: None,
            warnings: Vec::new(),
            grading: false,
            page: Page::Exercise,
            advance: false,
            scroll: 0,
            message: None,
            current: None,
            hints: BTreeMap::new(),
            news: false,
        }
    }

    /// A grading begins.
    pub fn begin(&mut self) {
        self.grading = true;
    }

    /// Files were saved: whoever saves an exercise works on it.
    pub fn saved(&mut self, paths: &[PathBuf]) {
        let mut names = paths.iter().filter_map(|path| path.file_stem()?.to_str());
        let Some(known) = &self.known else { return };
        let saved = names.rfind(|name| known.course.exercise(name).is_ok());
        if let Some(name) = saved.map(str::to_owned)
            && self.current.as_ref() != Some(&name)
        {
            self.open(name);
        }
    }

    /// A grading is over.
    pub fn graded(&mut self, course: Course, report: Report, warnings: Vec<String>) {
        self.grading = false;
        self.news = true;
        self.problem = None;
        self.warnings = warnings;
        let passed = |report: &Report, name: &str| {
            report.exercises().any(|it| it.name == name && it.verdict == ExerciseVerdict::Passed)
        };
        let before = self.known.replace(Known { course, report });
        let Some(Known { report, .. }) = &self.known else { return };
        let is_there = |name: &String| report.exercises().any(|it| it.name == *name);
        match self.current.clone().filter(is_there) {
            None => self.current = upcoming(report, None),
            Some(name) if self.advance && passed(report, &name) => {
                let was = before.is_some_and(|before| passed(&before.report, &name));
                if !was && let Some(next) = upcoming(report, Some(&name)) {
                    self.message = Some(format!("{name} passes. On to {next}."));
                    self.current = Some(next);
                    self.scroll = 0;
                }
            }
            Some(_) => {}
        }
    }

    /// A grading was in vain.
    pub fn failed(&mut self, problem: String) {
        self.grading = false;
        self.news = true;
        self.problem = Some(problem);
        self.scroll = 0;
    }

    /// Notes what happened.
    pub fn say(&mut self, message: &str) {
        self.message = Some(message.trim_end().replace('\n', " "));
    }

    /// The latest grading, if it was not taken before.
    pub fn take_news(&mut self) -> Option<Result<&Report, &str>> {
        if !std::mem::take(&mut self.news) {
            return None;
        }
        match &self.problem {
            Some(problem) => Some(Err(problem)),
            None => self.known.as_ref().map(|known| Ok(&known.report)),
        }
    }

    /// The exercise that is worked on, and what became of it.
    pub fn current(&self) -> Option<(&Exercise, &ExerciseReport)> {
        let Known { course, report } = self.known.as_ref()?;
        let name = self.current.as_ref()?;
        let exercise = course.exercise(name).ok()?;
        Some((exercise, report.exercises().find(|it| it.name == *name)?))
    }

    /// How many hints of an exercise are shown.
    pub fn hints(&self, name: &str) -> usize {
        self.hints.get(name).copied().unwrap_or_default()
    }

    /// What a key does.
    pub fn key(&mut self, key: KeyEvent) -> Action {
        if keys::is_end(key) {
            return Action::Quit;
        }
        self.message = None;
        match (&mut self.page, &self.known) {
            (Page::List(list), Some(known)) => {
                match list.key(key, &known.report) {
                    Choice::Open => {}
                    Choice::Closed => self.page = Page::Exercise,
                    Choice::Chosen(name) => self.open(name),
                }
                Action::Nothing
            }
            (Page::Reset, _) => {
                self.page = Page::Exercise;
                let yes = matches!(key.code, KeyCode::Char('y' | 'Y'));
                let name = self.current.clone().filter(|_| yes);
                name.map_or(Action::Nothing, Action::Reset)
            }
            (Page::Keys, _) if key.code != KeyCode::Char('q') => {
                self.page = Page::Exercise;
                Action::Nothing
            }
            _ => self.key_of_exercise(key),
        }
    }

    fn key_of_exercise(&mut self, key: KeyEvent) -> Action {
        match key.code {
            KeyCode::Char('q') => return Action::Quit,
            KeyCode::Char('r') => return Action::Run,
            KeyCode::Char('?') => self.page = Page::Keys,
            KeyCode::Char('a') => self.advance = !self.advance,
            KeyCode::Char('n') => self.step(1),
            KeyCode::Char('p') => self.step(-1),
            KeyCode::Char('x') if self.current().is_some() => self.page = Page::Reset,
            KeyCode::Char('l') => {
                if let (Some(known), Some(name)) = (&self.known, &self.current) {
                    self.page = Page::List(List::at(&known.report, name));
                }
            }
            KeyCode::Char('h') => return self.hint(),
            _ => {
                let (_, rows) = Tty::size();
                if let Some(lines) = keys::scroll(key, rows) {
                    self.scroll = self.scroll.saturating_add_signed(lines);
                }
            }
        }
        Action::Nothing
    }

    /// Shows one hint more.
    fn hint(&mut self) -> Action {
        let Some((exercise, _)) = self.current() else { return Action::Nothing };
        let (name, most) = (exercise.name.clone(), exercise.hints.len());
        let count = (self.hints(&name) + 1).min(most);
        self.hints.insert(name.clone(), count);
        // The last line is where the hint is.
        self.scroll = usize::MAX;
        Action::Hint(name, count)
    }

    /// Goes to another exercise, from the last one to the first.
    fn step(&mut self, by: isize) {
        let Some(Known { report, .. }) = &self.known else { return };
        let names: Vec<&String> = report.exercises().map(|it| &it.name).collect();
        let here = names.iter().position(|name| Some(*name) == self.current.as_ref());
        let Some(here) = here.and_then(|it| isize::try_from(it).ok()) else { return };
        let Ok(count) = isize::try_from(names.len()) else { return };
        let next = usize::try_from((here + by).rem_euclid(count)).unwrap_or_default();
        let name = names[next].clone();
        self.open(name);
    }

    fn open(&mut self, name: String) {
        self.current = Some(name);
        self.page = Page::Exercise;
        self.scroll = 0;
    }
}

/// The exercise to go on with: the first after this one that is not done, else the first of all
/// that is not, else the first.
fn upcoming(report: &Report, after: Option<&str>) -> Option<String> {
    let exercises: Vec<&ExerciseReport> = report.exercises().collect();
    let here = exercises.iter().position(|it| Some(it.name.as_str()) == after);
    let (before, rest) = exercises.split_at(here.map_or(0, |here| here + 1));
    let open = |it: &&&ExerciseReport| it.verdict != ExerciseVerdict::Passed;
    let found = rest.iter().chain(before).find(open).or(exercises.first());
    found.map(|it| it.name.clone())
}
