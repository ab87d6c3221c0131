//! Loads a course from its folder and its overlays.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::bounds::Bounds;
use super::case::Defaults;
use super::files::{Files, Folder};
use super::fixture::{self, Fixture};
use super::manifest::{self, Manifest};
use super::name::{Unknown, nearest, shown};
use super::node::{Document, Fault, Format};
use super::problem::{Problem, Problems};
use super::reader::Reader;
use super::source::{Source, Span};
use super::{Course, Exercise, Limits, Section, depends, exactness, limits};
use crate::machine::is_machines;

impl Course {
    /// Loads the course in `folder` and adds the cases of each overlay, in order, to the exercises
    /// of the same names. The cases of overlays are hidden.
    ///
    /// # Errors
    ///
    /// All that is wrong with the course, as far as one look can tell: the files that cannot be
    /// read or parsed, and in the others every key and every case on its own.
    pub fn load(folder: &Path, overlays: &[PathBuf]) -> Result<Self, Problems> {
        Loader::new(false).load(folder, overlays)
    }

    /// Loads a course that is being written: cases may lack what judges them, as
    /// [`Case::is_judged`](super::Case::is_judged) tells.
    ///
    /// # Errors
    ///
    /// As [`Self::load`].
    pub fn load_unfinished(folder: &Path, overlays: &[PathBuf]) -> Result<Self, Problems> {
        Loader::new(true).load(folder, overlays)
    }

    /// The exercise of that name.
    ///
    /// # Errors
    ///
    /// If there is none: the exercise whose name is nearest, if one is near.
    pub fn exercise(&self, name: &str) -> Result<&Exercise, Unknown> {
        let names = self.exercises.iter().map(|exercise| exercise.name.as_str());
        let found = self.exercises.iter().find(|exercise| exercise.name == name);
        found.ok_or_else(|| Unknown::exercise(name, names))
    }

    /// The section of that title.
    ///
    /// # Errors
    ///
    /// If there is none: the section whose title is nearest, if one is near.
    pub fn section(&self, title: &str) -> Result<&Section, Unknown> {
        let titles = self.sections.iter().map(|section| section.title.as_str());
        let found = self.sections.iter().find(|section| section.title == title);
        found.ok_or_else(|| Unknown::section(title, titles))
    }
}

struct Loader {
    files: Files,
    problems: Problems,
    /// Whether a case may lack what judges it.
    unfinished: bool,
}

/// A fixture and the file it was read from.
struct Loaded {
    document: Document,
    fixture: Fixture,
}

/// The fixtures by exercise; `None` where the file cannot be parsed.
type Fixtures = BTreeMap<String, Option<Loaded>>;

impl Loader {
    fn new(unfinished: bool) -> Self {
        Self { files: Files::new(), problems: Problems::default(), unfinished }
    }

    fn load(mut self, folder: &Path, overlays: &[PathBuf]) -> Result<Course, Problems> {
        let course = self.course(folder, overlays);
        self.problems.sort();
        if self.files.machine_failed {
            self.problems.blame_machine();
        }
        course.filter(|_| self.problems.is_empty()).ok_or(self.problems)
    }

    /// The course; whatever is wrong with it is among the problems.
    fn course(&mut self, path: &Path, overlays: &[PathBuf]) -> Option<Course> {
        let folder = Folder::new(path, 0);
        let names = self.fixtures(&folder)?;
        let document = self.open(&folder, manifest::FILE);
        let manifest = document
            .as_ref()
            .and_then(|document| manifest::read(&mut self.reader(document, &folder)));
        // Without a manifest the fixtures are read all the same, for what is wrong with them.
        let inherited = manifest.as_ref().map(|manifest| (manifest.bounds, manifest.limits));
        let (bounds, limits) = inherited.unwrap_or((Bounds::DEFAULT, limits::DEFAULT));
        let mut fixtures = Fixtures::new();
        for (name, file) in &names {
            let defaults =
                Defaults { function: name.clone(), bounds, hidden: false, judged: Vec::new() };
            let loaded = self.fixture(&folder, file, defaults, limits);
            self.check_asked(&folder, loaded.as_ref(), &names);
            fixtures.insert(name.clone(), loaded);
        }
        self.check_depends(&folder, &fixtures);
        if let (Some(document), Some(manifest)) = (&document, &manifest) {
            self.check_sections(&folder, &names, document, manifest);
        }
        for (path, number) in overlays.iter().zip(1..) {
            self.overlay(&Folder::new(path, number), bounds, limits, &names, &mut fixtures);
        }
        self.assemble(&folder, &names, manifest?, fixtures)
    }

    /// The fixtures of a folder: the name of each exercise and of its file.
    fn fixtures(&mut self, folder: &Folder) -> Option<BTreeMap<String, String>> {
        let files = match folder.fixtures() {
            Ok(files) => files,
            Err(error) => {
                self.files.machine_failed |= is_machines(&error);
                let message = format!("this folder cannot be read: {error}");
                self.note(folder.path(), message, None);
                return None;
            }
        };
        let mut names = BTreeMap::new();
        for file in files.into_iter().filter(|file| file != manifest::FILE) {
            let name = file.rsplit_once('.').map_or("", |(name, _)| name).to_owned();
            if let Some(other) = names.insert(name.clone(), file.clone()) {
                let message = format!("{} has another fixture, {}", shown(&name), shown(&other));
                self.note(&folder.join(&file), message, Some("keep one of the two".to_owned()));
            }
        }
        Some(names)
    }

    /// Adds the cases and rules of an overlay.
    fn overlay(
        &mut self,
        folder: &Folder,
        bounds: Bounds,
        limits: Limits,
        exercises: &BTreeMap<String, String>,
        all: &mut Fixtures,
    ) {
        let Some(names) = self.fixtures(folder) else {
            return;
        };
        if names.is_empty() {
            self.note(folder.path(), "this overlay has no fixture".to_owned(), None);
        }
        for (name, file) in names {
            let Some(exercise) = all.get(&name) else {
                let error = Unknown::exercise(&name, all.keys().map(String::as_str));
                self.note(&folder.join(&file), error.to_string(), None);
                continue;
            };
            let fixture = exercise.as_ref().map(|exercise| &exercise.fixture);
            let function = fixture.map_or(&name, |fixture| &fixture.function).clone();
            let judged = fixture.into_iter().flat_map(|it| fixture::judged(&it.cases, &it.trials));
            let judged = judged.map(str::to_owned).collect();
            let defaults = Defaults { function, bounds, hidden: true, judged };
            let overlay = self.fixture(folder, &file, defaults, limits);
            self.check_asked(folder, overlay.as_ref(), exercises);
            if let (Some(Some(exercise)), Some(overlay)) = (all.get_mut(&name), overlay) {
                exercise.fixture.cases.extend(overlay.fixture.cases);
                exercise.fixture.trials.extend(overlay.fixture.trials);
                exercise.fixture.rules.extend(overlay.fixture.rules);
            }
        }
    }

    /// Reads one fixture; `None` if it cannot be parsed.
    fn fixture(
        &mut self,
        folder: &Folder,
        file: &str,
        defaults: Defaults,
        limits: Limits,
    ) -> Option<Loaded> {
        let document = self.open(folder, file)?;
        let fixture = fixture::read(&mut self.reader(&document, folder), defaults, limits);
        Some(Loaded { document, fixture })
    }

    /// Checks that the exercises exist whose references the trials of a fixture ask.
    fn check_asked(
        &mut self,
        folder: &Folder,
        loaded: Option<&Loaded>,
        exercises: &BTreeMap<String, String>,
    ) {
        let Some(Loaded { document, fixture }) = loaded else { return };
        for (name, span) in fixture.asked.iter().filter(|(name, _)| !exercises.contains_key(name)) {
            let error = Unknown::exercise(name, exercises.keys().map(String::as_str));
            self.reader(document, folder).report(*span, error.to_string());
        }
    }

    fn check_depends(&mut self, folder: &Folder, fixtures: &Fixtures) {
        let graph = fixtures.iter().map(|(name, loaded)| {
            let depends = loaded.as_ref().map(|loaded| loaded.fixture.depends.as_slice());
            (name.as_str(), depends.unwrap_or_default())
        });
        for fault in depends::faults(&graph.collect()) {
            if let Some(Some(loaded)) = fixtures.get(fault.exercise) {
                self.reader(&loaded.document, folder).report(fault.span, fault.message);
            }
        }
    }

    /// Checks that the sections list what the folder holds.
    fn check_sections(
        &mut self,
        folder: &Folder,
        names: &BTreeMap<String, String>,
        document: &Document,
        manifest: &Manifest,
    ) {
        let listed: BTreeSet<_> = manifest.exercises.iter().map(|(name, _)| name).collect();
        let unlisted = || names.keys().filter(|name| !listed.contains(name)).map(String::as_str);
        for (name, span) in manifest.exercises.iter().filter(|(name, _)| !names.contains_key(name))
        {
            let meant = nearest(name, unlisted()).map(|meant| format!(", did you mean `{meant}`?"));
            let meant = meant.unwrap_or_default();
            let message = format!("{} has no fixture{meant}", shown(name));
            let help = format!("write `{name}.toml` or `{name}.json`");
            self.reader(document, folder).report_with_help(*span, message, help);
        }
        for name in unlisted() {
            let message = format!("{} is listed in no section", shown(name));
            let help = format!("add it to a section of {}", manifest::FILE);
            self.note(&folder.join(&names[name]), message, Some(help));
        }
    }

    fn assemble(
        &mut self,
        folder: &Folder,
        names: &BTreeMap<String, String>,
        manifest: Manifest,
        mut fixtures: Fixtures,
    ) -> Option<Course> {
        let mut exercises = Vec::with_capacity(manifest.exercises.len());
        for (name, _) in manifest.exercises {
            let Loaded { fixture, .. } = fixtures.remove(&name)??;
            let path = folder.join(names.get(&name)?);
            // Where something is wrong, it may be the cases.
            let judged = !fixture.cases.is_empty() || !fixture.trials.is_empty();
            if !judged && self.problems.is_empty() {
                let help = "without a `[[case]]` nothing is judged";
                self.note(&path, format!("{} has no case", shown(&name)), Some(help.to_owned()));
            }
            exercises.push(Exercise {
                name,
                title: fixture.title,
                points: fixture.points,
                summary: fixture.summary,
                depends: fixture.depends.into_iter().map(|(name, _)| name).collect(),
                hints: fixture.hints,
                limits: fixture.limits,
                cases: fixture.cases,
                trials: fixture.trials,
                rules: fixture.rules,
                mistakes: fixture.mistakes,
                path,
            });
        }
        if !exactness::adds_up(&exercises) {
            let message = "the scores cannot be added up exactly: the sums of the exercises' weights \
                           have too large a common multiple";
            let help = "use small weights, such as 1, 2 and 5";
            self.note(folder.path(), message.to_owned(), Some(help.to_owned()));
        }
        Some(Course {
            title: manifest.title,
            seed: manifest.seed,
            follow_through: manifest.follow_through,
            history: manifest.history,
            limits: manifest.limits,
            sections: manifest.sections,
            exercises,
            hash: self.files.hash(),
        })
    }

    fn reader<'a>(&'a mut self, document: &'a Document, folder: &'a Folder) -> Reader<'a> {
        let Self { files, problems, unfinished } = self;
        Reader { document, folder, files, problems, unfinished: *unfinished }
    }

    /// Reads and parses a file.
    fn open(&mut self, folder: &Folder, name: &str) -> Option<Document> {
        let path = folder.join(name);
        let bytes = match self.files.read(folder, name) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.note(&path, error.to_string(), None);
                return None;
            }
        };
        let format = if name.ends_with(".json") { Format::Json } else { Format::Toml };
        let (source, faults) = match decode(path, bytes) {
            Ok(source) => match Document::parse(source, format) {
                Ok(document) => return Some(document),
                Err(wrong) => wrong,
            },
            Err((source, fault)) => (source, vec![fault]),
        };
        for Fault { span, message } in faults {
            self.problems.push(|| Problem {
                path: source.path.clone(),
                place: Some(source.place(span)),
                key: None,
                message,
                help: None,
            });
        }
        None
    }

    /// Notes a problem with a file or folder as a whole.
    fn note(&mut self, path: &Path, message: String, help: Option<String>) {
        let path = path.to_owned();
        self.problems.push(|| Problem { path, place: None, key: None, message, help });
    }
}

/// The text of a file, without the byte-order mark that some editors write.
fn decode(path: PathBuf, bytes: Vec<u8>) -> Result<Source, (Source, Fault)> {
    match String::from_utf8(bytes) {
        Ok(text) => {
            let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
            Ok(Source::new(path, text))
        }
        Err(error) => {
            let start = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let message = format!("this file is not UTF-8: byte {start} is no part of a character");
            let span = Span { start, end: start + char::REPLACEMENT_CHARACTER.len_utf8() };
            Err((Source::new(path, text), Fault { span, message }))
        }
    }
}
