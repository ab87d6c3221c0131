//! A fixture: JSON if it begins with a brace, which no TOML does, else TOML.
#![no_main]

use std::fs;
use std::sync::LazyLock;

use grader::course::Course;
use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;

const COURSE: &str = "version = 1\ntitle = \"Test\"\n\
    [[section]]\ntitle = \"All\"\nexercises = [\"softmax\"]\n";

/// Two numbers as `np.save` writes them.
const CAT: &[u8] = b"\x93NUMPY\x01\x00\x3a\x00\
    {'descr': '<f8', 'fortran_order': True, 'shape': (2,)}   \n\0\0\0\0\0\0\0\0\0\0\0\0\0\0\xf0?";

/// A folder with all of a course but its fixture.
static FOLDER: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("course.toml"), COURSE).expect("a written manifest");
    fs::write(folder.path().join("cat.npy"), CAT).expect("a written array");
    folder
});

fuzz_target!(|fixture: &[u8]| {
    let name = if fixture.starts_with(b"{") { "softmax.json" } else { "softmax.toml" };
    let path = FOLDER.path().join(name);
    fs::write(&path, fixture).expect("a written fixture");
    let loaded = Course::load(FOLDER.path(), &[]);
    fs::remove_file(&path).expect("a fixture to remove");
    if let Err(problems) = loaded {
        let report = problems.render(false);
        assert!(!report.chars().any(|c| c.is_control() && c != '\n'), "{report}");
    }
});
