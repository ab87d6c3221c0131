//! The compiler and the libraries that workers are built with.

use std::env::consts::EXE_EXTENSION;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};

use super::shared_harness;
use crate::workspace::Workspace;

/// The compiler and the libraries that workers are built with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Toolchain {
    /// rustc itself, not the proxy that picks one.
    pub rustc: PathBuf,
    /// Its version, as in "1.95.0".
    pub version: String,
    /// The harness, compiled.
    pub harness: PathBuf,
    /// ndarray, compiled.
    pub ndarray: PathBuf,
    /// Where the libraries lie that these two need.
    pub dependencies: PathBuf,
    /// Where the standard library lies.
    pub standard: PathBuf,
}

/// Where the sources of the harness are.
pub(super) const HARNESS: &str = "grader/harness/src";

/// A toolchain that was found, and what it was found from.
#[derive(Serialize, Deserialize)]
struct Remembered {
    key: String,
    /// The cargo that was asked, if one ran the grader then.
    cargo: Option<PathBuf>,
    toolchain: Toolchain,
}

impl Toolchain {
    /// Finds the toolchain: asks cargo once, and again when the lock file, the manifests, the
    /// harness or the toolchain change.
    ///
    /// # Errors
    ///
    /// If cargo or rustc cannot be run, or the harness does not compile.
    pub fn find(workspace: &Workspace) -> Result<Self> {
        let file = workspace.state().join("toolchain.json");
        let remembered = fs::read(&file)
            .ok()
            .and_then(|bytes| serde_json::from_slice::<Remembered>(&bytes).ok());
        if let Some(remembered) = remembered
            && (cargo().is_none() || cargo() == remembered.cargo)
            && remembered.key == key(workspace, &remembered.toolchain)
        {
            return Ok(remembered.toolchain);
        }
        let toolchain = ask(workspace)?;
        let remembered = Remembered { key: key(workspace, &toolchain), cargo: cargo(), toolchain };
        fs::write(&file, serde_json::to_vec_pretty(&remembered)?)
            .with_context(|| format!("failed to write {}", file.display()))?;
        Ok(remembered.toolchain)
    }

    /// What tells this toolchain, these libraries and the grader that uses them from others.
    #[must_use]
    pub fn stamp(&self) -> String {
        let grader = std::env::current_exe().unwrap_or_default();
        [&self.rustc, &self.harness, &self.ndarray, &grader].map(|file| stamp(file)).join("\n")
    }
}

/// The cargo that runs the grader, if one does.
fn cargo() -> Option<PathBuf> {
    std::env::var_os("CARGO").map(PathBuf::from)
}

/// Everything that the answer depends on.
fn key(workspace: &Workspace, toolchain: &Toolchain) -> String {
    let root = workspace.root();
    let mut files: Vec<PathBuf> =
        ["Cargo.lock", "Cargo.toml", "rust-toolchain.toml", "grader/harness/Cargo.toml"]
            .map(|file| root.join(file))
            .into();
    let sources = fs::read_dir(root.join(HARNESS)).into_iter().flatten().flatten();
    files.extend(sources.map(|entry| entry.path()));
    files.sort();
    let mut key = toolchain.stamp();
    for file in files {
        key.push('\n');
        key.push_str(&stamp(&file));
    }
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

/// Has cargo build the harness, and asks where everything is.
fn ask(workspace: &Workspace) -> Result<Toolchain> {
    let root = workspace.root();
    // In the dev profile whatever the grader's own: only at optimisation level 0 does rustc link
    // to the generic functions that the harness has instantiated.
    let output = Command::new(cargo().unwrap_or_else(|| "cargo".into()))
        .args(["build", "--package", "harness", "--profile", "dev", "--quiet"])
        // With the features that the grader wants of its dependencies they are built already.
        .args(cfg!(debug_assertions).then_some(["--package", "grader"]).into_iter().flatten())
        .arg("--message-format=json-render-diagnostics")
        .current_dir(root)
        .output()
        .context("failed to run cargo, which builds the harness")?;
    ensure!(
        output.status.success(),
        "cargo failed to build the harness:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let libraries = Libraries::read(&output.stdout);
    let ndarray = libraries.find("ndarray")?;
    let dependencies = ndarray.parent().context("a library lies in a folder")?.to_owned();

    let (sysroot, standard) = locate(root)?;
    let rustc = sysroot.join("bin/rustc").with_extension(EXE_EXTENSION);
    let version = run(Command::new(&rustc).arg("--version"))?;
    let Some(version) = version.split_whitespace().nth(1).map(ToOwned::to_owned) else {
        bail!("rustc --version printed {version:?}");
    };
    let harness = libraries.find("harness")?;
    let mut toolchain = Toolchain { rustc, version, harness, ndarray, dependencies, standard };
    fs::create_dir_all(workspace.state())
        .with_context(|| format!("failed to make {}", workspace.state().display()))?;
    // A shared library takes a third off the linking of every submission. On Windows it could
    // have too many symbols.
    if cfg!(unix) {
        toolchain.harness = shared_harness::build(workspace, &toolchain, &libraries)?;
    }
    Ok(toolchain)
}

/// The libraries that cargo built.
pub(super) struct Libraries(Vec<Message>);

impl Libraries {
    fn read(stdout: &[u8]) -> Self {
        let lines = stdout.split(|byte| *byte == b'\n');
        Self(lines.filter_map(|line| serde_json::from_slice(line).ok()).collect())
    }

    /// Where the library of a crate is.
    pub fn find(&self, name: &str) -> Result<PathBuf> {
        let is_it = |message: &&Message| message.target.as_ref().is_some_and(|it| it.name == name);
        let files = self.0.iter().rev().find(is_it).into_iter().flat_map(|it| &it.filenames);
        let mut libraries = files.filter(|file| file.extension().is_some_and(|it| it == "rlib"));
        let library = libraries.next().cloned();
        library.with_context(|| format!("cargo did not say where lib{name}.rlib is"))
    }
}

/// A message of cargo's; those without these fields are of no interest.
#[derive(Deserialize)]
struct Message {
    target: Option<Target>,
    #[serde(default)]
    filenames: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

/// Where the toolchain is that cargo uses, and its standard library.
fn locate(root: &Path) -> Result<(PathBuf, PathBuf)> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut command = Command::new(rustc);
    command.args(["--print", "sysroot", "--print", "target-libdir"]).current_dir(root);
    let printed = run(&mut command)?;
    let Some((sysroot, standard)) = printed.split_once('\n') else {
        bail!("{command:?} printed {printed:?}");
    };
    Ok((sysroot.trim().into(), standard.trim().into()))
}

/// What a command prints, without the line break.
pub(super) fn run(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("failed to run {command:?}"))?;
    ensure!(
        output.status.success(),
        "{command:?} failed:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
