//! A submission that is a folder.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::intake::{ENOUGH, EXERCISES, Intake};
use super::{MAX_ENTRIES, SubmissionError};

/// Takes the files of a folder or, if it holds no Rust file, those of the exercises in it.
pub(super) fn read(folder: &Path) -> Result<Intake, SubmissionError> {
    let mut intake = Intake::default();
    let mut folder = folder.to_owned();
    let mut names = list(&folder)?;
    if !names.iter().any(|name| name.to_string_lossy().ends_with(".rs"))
        && let Some(exercises) = exercises(&folder)
    {
        intake.in_checkout = true;
        folder = exercises;
        names = list(&folder)?;
    }
    for name in names {
        let file = folder.join(&name);
        intake
            .offer(&name.to_string_lossy(), || read_file(&file, ENOUGH))
            .map_err(|source| SubmissionError::File { file, source })?;
    }
    Ok(intake)
}

/// The names in a folder, in order.
fn list(folder: &Path) -> Result<Vec<OsString>, SubmissionError> {
    let mut names = fs::read_dir(folder)
        .and_then(|entries| {
            entries.take(MAX_ENTRIES + 1).map(|entry| Ok(entry?.file_name())).collect()
        })
        .map_err(|source| SubmissionError::Unreadable { path: folder.into(), source })?;
    if Vec::len(&names) > MAX_ENTRIES {
        return Err(SubmissionError::Crowded { folder: folder.into() });
    }
    names.sort();
    Ok(names)
}

/// The folder of the exercises in a checkout of the course. Links may lead anywhere, so none is
/// followed.
fn exercises(checkout: &Path) -> Option<PathBuf> {
    let folder = |path: &Path| fs::symlink_metadata(path).is_ok_and(|about| about.is_dir());
    let sources = checkout.join(EXERCISES);
    (folder(sources.parent()?) && folder(&sources)).then_some(sources)
}

/// The first `max` bytes of a file, or nothing if it is not a regular one.
pub(super) fn read_file(path: &Path, max: u64) -> io::Result<Option<Vec<u8>>> {
    let file = match open(path) {
        Ok(file) => file,
        // A link or a socket cannot be opened, and that is no failure.
        Err(error) => {
            return if fs::symlink_metadata(path)?.is_file() { Err(error) } else { Ok(None) };
        }
    };
    // Asked of the open file: a path may lead elsewhere by now.
    if !file.metadata()?.is_file() {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    file.take(max).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// Opens a file, but neither follows a link nor waits for the writer of a pipe.
#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags};

    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    Ok(rustix::fs::open(path, flags, Mode::empty())?.into())
}

/// Opens a file that is not a link.
#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    if fs::symlink_metadata(path)?.is_file() {
        File::open(path)
    } else {
        Err(io::ErrorKind::InvalidInput.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(intake: &Intake) -> Vec<&str> {
        intake.files.iter().map(|file| file.name.as_str()).collect()
    }

    #[test]
    fn files_come_in_order_of_name() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["softmax.rs", "a.rs", "dot.rs"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        fs::create_dir(folder.path().join("more.rs")).unwrap();
        let intake = read(folder.path()).unwrap();
        assert_eq!(names(&intake), ["a", "dot", "softmax"]);
        assert_eq!(intake.left_out, [("more.rs".into(), "not a regular file".into())]);
    }

    #[test]
    fn a_checkout_gives_its_exercises() {
        let folder = tempfile::tempdir().unwrap();
        let sources = folder.path().join("exercises/src");
        fs::create_dir_all(&sources).unwrap();
        fs::write(folder.path().join("Cargo.toml"), "").unwrap();
        fs::write(sources.join("dot.rs"), "").unwrap();
        assert_eq!(names(&read(folder.path()).unwrap()), ["dot"]);
        fs::write(folder.path().join("outer.rs"), "").unwrap();
        assert_eq!(names(&read(folder.path()).unwrap()), ["outer"]);
    }

    #[test]
    fn a_crowded_folder_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..=MAX_ENTRIES {
            File::create(folder.path().join(number.to_string())).unwrap();
        }
        assert!(matches!(read(folder.path()), Err(SubmissionError::Crowded { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed_and_pipes_not_waited_for() {
        use std::os::unix::fs::symlink;
        use std::os::unix::net::UnixListener;

        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("softmax.rs"), "").unwrap();
        symlink("softmax.rs", path("dot.rs")).unwrap();
        symlink("nowhere", path("outer.rs")).unwrap();
        let _socket = UnixListener::bind(path("socket.rs")).unwrap();
        rustix::fs::mkfifoat(rustix::fs::CWD, path("pipe.rs"), 0o600.into()).unwrap();
        let intake = read(folder.path()).unwrap();
        assert_eq!(names(&intake), ["softmax"]);
        let left_out = ["dot.rs", "outer.rs", "pipe.rs", "socket.rs"];
        assert_eq!(
            intake.left_out,
            left_out.map(|name| (name.into(), "not a regular file".into()))
        );
    }

    #[cfg(unix)]
    #[test]
    fn exercises_behind_a_link_are_not_taken() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        fs::create_dir(elsewhere.path().join("src")).unwrap();
        fs::write(elsewhere.path().join("src/dot.rs"), "").unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("exercises")).unwrap();
        assert!(read(folder.path()).unwrap().files.is_empty());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_name_that_is_not_utf_8_is_listed() {
        use std::os::unix::ffi::OsStrExt;

        let folder = tempfile::tempdir().unwrap();
        let name = std::ffi::OsStr::from_bytes(b"d\xffot.rs");
        fs::write(folder.path().join(name), "").unwrap();
        let intake = read(folder.path()).unwrap();
        assert!(intake.files.is_empty());
        assert_eq!(intake.left_out[0].0, "d\u{fffd}ot.rs");
    }
}
