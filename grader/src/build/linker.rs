//! Where the C toolchain is, which rustc calls to link.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Where systems keep compilers, linkers and libraries.
const SYSTEM: [&str; 10] = [
    "/bin",
    "/lib",
    "/lib32",
    "/lib64",
    "/usr/bin",
    "/usr/lib",
    "/usr/lib32",
    "/usr/lib64",
    "/usr/libexec",
    "/nix/store",
];

/// What the linking is done with.
const TOOLS: [&str; 2] = ["cc", "ld"];

/// The C toolchain.
#[derive(Debug)]
pub struct Linker {
    /// The folders in which its programs and libraries are.
    pub folders: Vec<PathBuf>,
    /// Where its programs are looked for: that of the grader's own search path which is in these
    /// folders.
    pub path: OsString,
}

impl Linker {
    /// Finds it along the grader's search path.
    pub fn find() -> Self {
        let search = env::var_os("PATH").unwrap_or_default();
        let entries: Vec<PathBuf> = env::split_paths(&search).collect();
        let mut folders: Vec<PathBuf> = SYSTEM.map(PathBuf::from).into();
        for tool in TOOLS {
            let found = entries.iter().find_map(|entry| entry.join(tool).canonicalize().ok());
            folders.extend(found.as_deref().into_iter().flat_map(home));
        }
        let is_inside = |entry: &&PathBuf| {
            let entry = entry.canonicalize();
            entry.is_ok_and(|entry| folders.iter().any(|folder| entry.starts_with(folder)))
        };
        let path = env::join_paths(entries.iter().filter(is_inside)).unwrap_or_default();
        Self { folders, path }
    }
}

/// The folders of a program that is installed beside others: `/opt/gcc/bin/cc` has its libraries in
/// `/opt/gcc/lib`.
fn home(program: &Path) -> Vec<PathBuf> {
    let Some(bin) = program.parent() else { return Vec::new() };
    let mut folders = vec![bin.to_owned()];
    if let Some(prefix) = bin.parent().filter(|_| bin.ends_with("bin")) {
        folders.extend(["lib", "lib64", "libexec"].map(|folder| prefix.join(folder)));
    }
    folders
}
