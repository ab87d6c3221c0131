//! Files that are written whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Writes a file, whole or not at all, also if the machine dies. Its folder is made if it is not there.
///
/// # Errors
///
/// Those of the disk.
#[cfg(feature = "class")]
pub fn keep(path: PathBuf, content: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut draft = Draft::of(path)?;
    draft.write(content)?;
    draft.file.as_file().sync_all()?;
    draft.replace()
}

/// A file that is written beside its place and put there when it is done, so that nobody ever reads
/// half of it. One that is not put there leaves nothing behind.
#[derive(Debug)]
pub struct Draft {
    path: PathBuf,
    file: NamedTempFile,
}

impl Draft {
    /// Begins a file that is to be at `path`, with the permissions of the one that is there, if any.
    ///
    /// # Errors
    ///
    /// If no file can be made in the folder.
    pub fn of(path: PathBuf) -> io::Result<Self> {
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        // Opened here: an error of tempfile's own would name a file that nobody knows of, and the
        // permissions are those of any new file.
        let open = |path: &Path| File::options().write(true).create_new(true).open(path);
        let file = tempfile::Builder::new().make_in(folder, open)?;
        if let Ok(there) = fs::metadata(&path) {
            file.as_file().set_permissions(there.permissions())?;
        }
        Ok(Self { path, file })
    }

    /// Where it is to be.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes more of it.
    ///
    /// # Errors
    ///
    /// Those of the disk.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.as_file_mut().write_all(bytes)
    }

    /// Puts it in its place, whatever is there.
    ///
    /// # Errors
    ///
    /// Those of the disk.
    pub fn replace(self) -> io::Result<()> {
        self.file.persist(self.path)?;
        Ok(())
    }

    /// Puts it in its place, where nothing may be.
    ///
    /// # Errors
    ///
    /// If something is there, and those of the disk.
    pub fn create(self) -> io::Result<()> {
        self.file.persist_noclobber(self.path)?;
        Ok(())
    }
}
