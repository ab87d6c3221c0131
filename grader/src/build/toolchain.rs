//! The compiler and the libraries that workers are built with.

use std::env::consts::EXE_EXTENSION;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::libraries::{Libraries, output};
use super::profile::Profile;
use super::scratch::Scratch;
use super::{rehearsal, shared_harness};
use crate::digest::digest;
use crate::lock;
use crate::sandbox::{Reach, Sandbox};
use crate::workspace::Workspace;

/// The compiler and the libraries that workers are built with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Toolchain {
    /// How it compiles.
    pub profile: Profile,
    /// rustc itself, not the proxy that picks one.
    pub rustc: PathBuf,
    /// Its version, as in "1.95.0".
    pub version: String,
    /// Where it and its own libraries lie.
    pub sysroot: PathBuf,
    /// Where the standard library lies.
    pub standard: PathBuf,
    /// Where the libraries lie that workers are linked to, and nothing else.
    pub libraries: PathBuf,
    /// The harness, compiled.
    pub harness: PathBuf,
    /// ndarray, compiled.
    pub ndarray: PathBuf,
    /// What a worker loads when it starts, beside itself.
    pub loaded: Vec<PathBuf>,
    /// Why compiling or running did not work in the sandbox, if it did not. It is tried again the next
    /// time.
    pub unconfinable: Option<String>,
}

/// Where the sources of the harness are.
const HARNESS: &str = "grader/harness/src";

/// Where those of the frames are, a crate that the harness needs.
const WIRE: &str = "grader/harness/wire/src";

/// Where it is remembered, in the grader's own folder.
fn memory(workspace: &Workspace, profile: Profile) -> PathBuf {
    workspace.state().join(match profile {
        Profile::Dev => "toolchain.json",
        Profile::Release => "toolchain-release.json",
    })
}

/// How old libraries must be to be removed: no grader that still uses them runs for so long.
const OLD: Duration = Duration::from_secs(24 * 3600);

/// A toolchain that was found, and what it was found from.
#[derive(Serialize, Deserialize)]
struct Remembered {
    key: String,
    /// The cargo that was asked, if one ran the grader then.
    cargo: Option<PathBuf>,
    toolchain: Toolchain,
}

impl Toolchain {
    /// Finds the toolchain to grade with: asks cargo once, and again when the lock file, the
    /// manifests, the harness, the toolchain or the kernel change.
    ///
    /// # Errors
    ///
    /// If cargo or rustc cannot be run, or the harness does not compile.
    pub fn find(workspace: &Workspace) -> Result<Self> {
        Self::with_profile(workspace, Profile::Dev)
    }

    /// Finds the toolchain that compiles with a profile.
    ///
    /// # Errors
    ///
    /// As [`Self::find`].
    pub fn with_profile(workspace: &Workspace, profile: Profile) -> Result<Self> {
        if let Some(toolchain) = remembered(workspace, profile)
            && toolchain.unconfinable.is_none()
        {
            return Ok(toolchain);
        }
        let state = workspace.state();
        fs::create_dir_all(&state)
            .with_context(|| format!("failed to make {}", state.display()))?;
        // One grader asks; those that come meanwhile wait and find what it has found.
        let _lock = lock::take(&state.join("toolchain.lock"))?;
        let toolchain = match remembered(workspace, profile) {
            Some(toolchain) if toolchain.unconfinable.is_none() => return Ok(toolchain),
            // What a busy machine refused once may work now.
            Some(mut toolchain) => {
                rehearsal::confine(&mut toolchain, &state)?;
                toolchain
            }
            None => ask(workspace, profile)?,
        };
        let remembered = Remembered { key: key(workspace, &toolchain), cargo: cargo(), toolchain };
        let file = memory(workspace, profile);
        // Whole or not at all: another grader may be reading it.
        NamedTempFile::new_in(&state)
            .and_then(|mut draft| {
                draft.write_all(&serde_json::to_vec_pretty(&remembered)?)?;
                Ok(draft.persist(&file)?)
            })
            .with_context(|| format!("failed to write {}", file.display()))?;
        Ok(remembered.toolchain)
    }

    /// The best sandbox in which compiling and running work here.
    #[must_use]
    pub fn sandbox(&self) -> Sandbox {
        match &self.unconfinable {
            Some(why) => Sandbox::without_kernel(why.clone()),
            None => Sandbox::detect(),
        }
    }

    /// What a worker must reach to start.
    #[must_use]
    pub fn worker_reach(&self, worker: &Path) -> Reach {
        let image = [worker.to_owned()];
        Reach {
            read: image.into_iter().chain(self.loaded.iter().cloned()).collect(),
            ..Reach::default()
        }
    }

    /// What tells this toolchain, these libraries and the grader that uses them from others.
    #[must_use]
    pub fn stamp(&self) -> String {
        [&self.rustc, &self.harness, &self.ndarray, &grader()].map(|file| stamp(file)).join("\n")
    }
}

/// The toolchain that was found before, if nothing that it depends on has changed.
fn remembered(workspace: &Workspace, profile: Profile) -> Option<Toolchain> {
    let bytes = fs::read(memory(workspace, profile)).ok()?;
    let remembered: Remembered = serde_json::from_slice(&bytes).ok()?;
    let same_cargo = cargo().is_none() || cargo() == remembered.cargo;
    let is_current = same_cargo && remembered.key == key(workspace, &remembered.toolchain);
    is_current.then_some(remembered.toolchain)
}

/// The cargo that runs the grader, if one does.
fn cargo() -> Option<PathBuf> {
    std::env::var_os("CARGO").map(PathBuf::from)
}

/// The grader's own program.
fn grader() -> PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    // So Linux calls it after cargo has built it anew, as it may when it is asked for the harness.
    match program.to_str().and_then(|program| program.strip_suffix(" (deleted)")) {
        Some(program) => program.into(),
        None => program,
    }
}

/// Everything that the answer depends on.
fn key(workspace: &Workspace, toolchain: &Toolchain) -> String {
    let root = workspace.root();
    let manifests = [
        "Cargo.lock",
        "Cargo.toml",
        "rust-toolchain.toml",
        "grader/harness/Cargo.toml",
        "grader/harness/wire/Cargo.toml",
    ];
    let mut files: Vec<PathBuf> = manifests.map(|file| root.join(file)).into();
    for folder in [HARNESS, WIRE] {
        let sources = fs::read_dir(root.join(folder)).into_iter().flatten().flatten();
        files.extend(sources.map(|entry| entry.path()));
    }
    files.sort();
    let mut key = toolchain.stamp();
    for file in files {
        key.push('\n');
        key.push_str(&stamp(&file));
    }
    // What can be confined is the kernel's to say; other systems have no such file.
    key.push('\n');
    key.push_str(&fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default());
    key
}

/// A file's path, size and time of change; just the path if it is missing.
fn stamp(file: &Path) -> String {
    let metadata = fs::metadata(file).ok();
    let changed = metadata
        .as_ref()
        .and_then(|metadata| metadata.modified().ok())
        .and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
    let size = metadata.map(|metadata| metadata.len());
    format!("{} {size:?} {changed:?}", file.display())
}

/// Asks cargo and rustc, and tries out what they say.
fn ask(workspace: &Workspace, profile: Profile) -> Result<Toolchain> {
    let root = workspace.root();
    let (sysroot, standard) = locate(root)?;
    // As in `lib/rustlib/x86_64-unknown-linux-gnu/lib`.
    let platform = standard.parent().and_then(Path::file_name).and_then(|name| name.to_str());
    let platform = platform.with_context(|| format!("{} names no platform", standard.display()))?;
    let cargo = cargo().unwrap_or_else(|| "cargo".into());
    let built = Libraries::build(&cargo, root, platform, profile)?;
    let rustc = sysroot.join("bin/rustc").with_extension(EXE_EXTENSION);
    let version = text(Command::new(&rustc).arg("--version"))?;
    let Some(version) = version.split_whitespace().nth(1).map(ToOwned::to_owned) else {
        bail!("rustc --version printed {version:?}");
    };
    let libraries = gather(workspace, &rustc, &built, profile)?;
    let here = |name: &str| -> Result<PathBuf> {
        let library = built.find(name)?.file_name().context("a library has a name")?;
        Ok(libraries.join(library))
    };
    let (shared, ndarray) = (shared_harness::path(&libraries), here("ndarray")?);
    let harness = if shared.is_file() { shared } else { here("harness")? };
    let mut toolchain = Toolchain {
        profile,
        rustc,
        version,
        sysroot,
        standard,
        libraries,
        harness,
        ndarray,
        loaded: Vec::new(),
        unconfinable: None,
    };
    rehearsal::rehearse(&mut toolchain, &workspace.state())?;
    Ok(toolchain)
}

/// Gathers the libraries in a folder that is named after them, because workers that were linked to
/// older ones still need those.
fn gather(
    workspace: &Workspace,
    rustc: &Path,
    built: &Libraries,
    profile: Profile,
) -> Result<PathBuf> {
    let scratch = Scratch::open(&workspace.state())?;
    let draft = scratch.path().join("libraries");
    fs::create_dir(&draft).with_context(|| format!("failed to make {}", draft.display()))?;
    built.gather(&draft)?;
    // A shared library takes a third off the linking of every submission. On Windows it could
    // have too many symbols.
    if profile.is_shared() {
        shared_harness::build(rustc, &workspace.root().join(HARNESS), built, &draft)?;
    }
    let stamps = [rustc, &grader(), built.find("harness")?, built.find("ndarray")?].map(stamp);
    let hash = digest(stamps.join("\n"));
    let folder = workspace.state().join(format!("libraries-{}", &hash[..16]));
    for entry in fs::read_dir(workspace.state()).into_iter().flatten().flatten() {
        let is_old = || entry.metadata().ok()?.modified().ok()?.elapsed().ok();
        if entry.file_name().to_string_lossy().starts_with("libraries-")
            && is_old().is_some_and(|age| age > OLD)
        {
            _ = fs::remove_dir_all(entry.path());
        }
    }
    fs::rename(&draft, &folder)
        // They may have been made before: what they are named after tells them from others.
        .or_else(|error| if folder.is_dir() { Ok(()) } else { Err(error) })
        .with_context(|| format!("failed to write {}", folder.display()))?;
    Ok(folder)
}

/// Where the toolchain is that cargo uses, and its standard library.
fn locate(root: &Path) -> Result<(PathBuf, PathBuf)> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut command = Command::new(rustc);
    command.args(["--print", "sysroot", "--print", "target-libdir"]).current_dir(root);
    let printed = text(&mut command)?;
    let Some((sysroot, standard)) = printed.split_once('\n') else {
        bail!("{command:?} printed {printed:?}");
    };
    Ok((sysroot.trim().into(), standard.trim().into()))
}

/// What a command prints, without the line break.
fn text(command: &mut Command) -> Result<String> {
    Ok(String::from_utf8_lossy(&output(command)?).trim().to_owned())
}
