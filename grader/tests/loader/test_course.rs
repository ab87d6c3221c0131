//! Courses to load, in folders of their own.

use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::{env, fs};

use grader::course::{Course, Problems};
use tempfile::TempDir;

/// A manifest with the exercise `softmax`.
pub const COURSE: &str = "version = 1\ntitle = \"Test\"\n\
    [[section]]\ntitle = \"All\"\nexercises = [\"softmax\"]\n";

/// What every fixture begins with.
pub const HEAD: &str = "title = \"Softmax\"\npoints = 10\n";

/// A course in a folder of its own: `course.toml` with the exercise `softmax`, and what is added.
pub struct TestCourse {
    folder: TempDir,
    overlays: Vec<PathBuf>,
}

impl TestCourse {
    pub fn new() -> Self {
        let course = Self { folder: tempfile::tempdir().unwrap(), overlays: Vec::new() };
        course.file("course.toml", COURSE)
    }

    /// A course whose fixture has a title, points and this.
    pub fn softmax(rest: &str) -> Self {
        Self::new().file("softmax.toml", format!("{HEAD}{rest}"))
    }

    pub fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    pub fn overlay(mut self, folder: &str) -> Self {
        self.overlays.push(self.folder.path().join(folder));
        self
    }

    /// A path in the folder.
    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    pub fn load(&self) -> Result<Course, Problems> {
        load(self.folder.path(), &self.overlays)
    }

    /// What the loader says, with `fixtures` for the folder.
    #[track_caller]
    pub fn problems(&self) -> String {
        let problems = self.load().expect_err("the course is wrong").to_string();
        let folder = format!("{}{MAIN_SEPARATOR}", self.folder.path().display());
        problems.replace(&folder, "fixtures/")
    }
}

/// Loads a course. One that is right is copied to the folder that `KEEP_COURSES` names, if it names
/// one: there `grader/schema/validate.py` finds it.
pub fn load(folder: &Path, overlays: &[PathBuf]) -> Result<Course, Problems> {
    let course = Course::load(folder, overlays)?;
    if let Some(kept) = env::var_os("KEEP_COURSES") {
        copy(folder, &Path::new(&kept).join(folder.file_name().unwrap()));
    }
    Ok(course)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
