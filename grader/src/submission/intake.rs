//! Which files of a folder are taken, and why the others are not.

use super::SourceFile;
use crate::course::{module_fault, tame};

/// Where in a checkout of the course its exercises are.
pub const EXERCISES: &str = "exercises/src";

/// The largest source file that is taken, in bytes.
const MAX_FILE: usize = 1 << 20;

/// How much of a file has to be read to know whether it is taken, in bytes.
pub(super) const ENOUGH: u64 = MAX_FILE as u64 + 1;

/// The most files that are taken.
const MAX_FILES: usize = 500;

/// The most bytes that are taken in all: a file of the largest size for each exercise of a course.
const MAX_TOTAL: usize = 16 << 20;

/// The files of one folder, sorted into those that are taken and those that are not.
#[derive(Debug, Default)]
pub(super) struct Intake {
    /// The files that are taken, in the order in which they were offered.
    pub files: Vec<SourceFile>,
    /// Whether the folder is [`EXERCISES`] of a checkout of the course.
    pub in_checkout: bool,
    /// The names of the others, tame, with the reason.
    pub left_out: Vec<(String, String)>,
}

impl Intake {
    /// Takes a file or leaves it out.
    ///
    /// `read` gives the file's first [`ENOUGH`] bytes, or nothing if it is no regular file. It is
    /// called only if the name is one that is taken.
    pub fn offer<E>(
        &mut self,
        file_name: &str,
        read: impl FnOnce() -> Result<Option<Vec<u8>>, E>,
    ) -> Result<(), E> {
        match self.take(file_name, read)? {
            Ok(file) => self.files.push(file),
            Err(reason) => self.left_out.push((tame(file_name), reason)),
        }
        Ok(())
    }

    fn take<E>(
        &self,
        file_name: &str,
        read: impl FnOnce() -> Result<Option<Vec<u8>>, E>,
    ) -> Result<Result<SourceFile, String>, E> {
        let Some(name) = file_name.strip_suffix(".rs") else {
            return Ok(Err("not a `.rs` file".into()));
        };
        if ["lib", "main", "mod"].contains(&name) {
            return Ok(Err("the grader writes its own".into()));
        }
        if let Some(fault) = module_fault(name) {
            return Ok(Err(format!("its name {fault}")));
        }
        // Where file names ignore case, rustc would read one file for both.
        if let Some(other) = self.files.iter().find(|file| file.name.eq_ignore_ascii_case(name)) {
            return Ok(Err(format!("its name differs only in case from {}.rs", other.name)));
        }
        let Some(bytes) = read()? else {
            return Ok(Err("not a regular file".into()));
        };
        if self.files.len() == MAX_FILES {
            return Ok(Err(format!("more than {MAX_FILES} files")));
        }
        if bytes.len() > MAX_FILE {
            return Ok(Err("larger than 1 MiB".into()));
        }
        let taken: usize = self.files.iter().map(SourceFile::len).sum();
        if taken + bytes.len() > MAX_TOTAL {
            return Ok(Err("the files are larger than 16 MiB together".into()));
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            format!("{file_name} is not UTF-8 (at byte {})", error.utf8_error().valid_up_to())
        });
        Ok(Ok(SourceFile { name: name.into(), text }))
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    fn intake<'a>(files: impl IntoIterator<Item = (&'a str, Option<Vec<u8>>)>) -> Intake {
        let mut intake = Intake::default();
        for (name, content) in files {
            intake.offer(name, || Ok::<_, Infallible>(content)).unwrap();
        }
        intake
    }

    fn left_out(intake: &Intake) -> Vec<String> {
        intake.left_out.iter().map(|(name, why)| format!("{name}: {why}")).collect()
    }

    #[test]
    fn takes_rust_files_and_says_what_it_leaves_out() {
        let intake = intake([
            ("a-b.rs", Some(vec![])),
            ("folder.rs", None),
            ("gen.rs", Some(vec![])),
            ("harness.rs", Some(vec![])),
            ("latin.rs", Some(b"// \xe9".into())),
            ("lib.rs", Some(vec![])),
            ("nul.rs", Some(vec![])),
            ("notes\u{1b}[2J.txt", Some(vec![])),
            ("softmax.rs", Some(b"pub fn softmax() {}".into())),
            ("stats.rs", Some(vec![])),
        ]);
        let names: Vec<_> = intake.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["latin", "softmax", "stats"]);
        assert_eq!(intake.files[0].text, Err("latin.rs is not UTF-8 (at byte 3)".to_owned()));
        assert_eq!(
            left_out(&intake),
            [
                "a-b.rs: its name is no plain Rust name: letters, digits and `_`, not beginning with a digit",
                "folder.rs: not a regular file",
                "gen.rs: its name is a keyword of Rust",
                "harness.rs: its name is reserved: a module would shadow it",
                "lib.rs: the grader writes its own",
                "nul.rs: its name is a device's on Windows",
                "notes\u{fffd}[2J.txt: not a `.rs` file",
            ]
        );
    }

    #[test]
    fn a_byte_order_mark_stays() {
        let intake = intake([("dot.rs", Some("\u{feff}pub fn dot() {}".into()))]);
        assert_eq!(intake.files[0].text.as_deref(), Ok("\u{feff}pub fn dot() {}"));
    }

    #[test]
    fn of_names_that_differ_only_in_case_the_first_is_taken() {
        let intake = intake([("Dot.rs", None), ("dOt.rs", Some(vec![])), ("dot.rs", Some(vec![]))]);
        assert_eq!(
            left_out(&intake),
            ["Dot.rs: not a regular file", "dot.rs: its name differs only in case from dOt.rs"]
        );
    }

    #[test]
    fn large_files_are_left_out() {
        let large = vec![b' '; MAX_FILE + 1];
        let intake =
            intake([("dot.rs", Some(large.clone())), ("outer.rs", Some(large[1..].into()))]);
        assert_eq!(left_out(&intake), ["dot.rs: larger than 1 MiB"]);
        assert_eq!(intake.files.len(), 1);
    }

    #[test]
    fn files_are_limited_together_as_well() {
        let large = Some(vec![b' '; MAX_FILE]);
        let names: Vec<_> = (0..20).map(|number| format!("f{number:02}.rs")).collect();
        let intake = intake(names.iter().map(|name| (name.as_str(), large.clone())));
        assert_eq!(intake.files.len(), 16);
        assert_eq!(left_out(&intake)[0], "f16.rs: the files are larger than 16 MiB together");
    }

    #[test]
    fn files_beyond_the_limit_are_left_out() {
        let names: Vec<_> = (0..=MAX_FILES).map(|number| format!("f{number:03}.rs")).collect();
        let intake = intake(names.iter().map(|name| (name.as_str(), Some(vec![]))));
        assert_eq!(intake.files.len(), MAX_FILES);
        assert_eq!(left_out(&intake), ["f500.rs: more than 500 files"]);
    }
}
