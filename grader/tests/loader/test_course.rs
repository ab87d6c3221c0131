//! Courses to load, in folders of their own.

use std::path::{MAIN_SEPARATOR, PathBuf};

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
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
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
        Course::load(self.folder.path(), &self.overlays)
    }

    /// What the loader says, with `fixtures` for the folder.
    #[track_caller]
    pub fn problems(&self) -> String {
        let problems = self.load().expect_err("the course is wrong").to_string();
        let folder = format!("{}{MAIN_SEPARATOR}", self.folder.path().display());
        problems.replace(&folder, "fixtures/")
    }
}
