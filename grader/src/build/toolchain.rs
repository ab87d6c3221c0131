//! The compiler and the libraries that workers are built with.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};

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
}

/// A toolchain that was found, and what it was found from.
#[derive(Serialize, Deserialize)]
struct Remembered {
    key: String,
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
            && remembered.key == key(workspace, &remembered.toolchain)
        {
            return Ok(remembered.toolchain);
        }
        let toolchain = ask(workspace)?;
        let remembered = Remembered { key: key(workspace, &toolchain), toolchain };
        fs::create_dir_all(workspace.state())
            .and_then(|()| fs::write(&file, serde_json::to_vec_pretty(&remembered)?))
            .with_context(|| format!("failed to write {}", file.display()))?;
        Ok(remembered.toolchain)
    }

    /// What tells this toolchain and these libraries from others.
    #[must_use]
    pub fn stamp(&self) -> String {
        let files = [&self.rustc, &self.harness, &self.ndarray];
        files.map(|file| stamp(file)).join("\n")
    }
}

/// The cargo to ask: the one that runs the grader, if one does.
fn cargo() -> PathBuf {
    std::env::var_os("CARGO").map_or_else(|| "cargo".into(), PathBuf::from)
}

/// Everything that the answer depends on.
fn key(workspace: &Workspace, toolchain: &Toolchain) -> String {
    let chosen = std::env::var("RUSTUP_TOOLCHAIN").unwrap_or_default();
    let mut key = format!("{}\n{chosen}\n{}", cargo().display(), toolchain.stamp());
    let root = workspace.root();
    let mut files: Vec<PathBuf> =
        ["Cargo.lock", "Cargo.toml", "rust-toolchain.toml", "grader/harness/Cargo.toml"]
            .map(|file| root.join(file))
            .into();
    let sources = fs::read_dir(root.join("grader/harness/src")).into_iter().flatten().flatten();
    files.extend(sources.map(|entry| entry.path()));
    files.sort();
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
    let output = Command::new(cargo())
        .args(["build", "--package", "harness", "--profile", "dev", "--quiet"])
        .arg("--message-format=json-render-diagnostics")
        .current_dir(root)
        .output()
        .context("failed to run cargo, which builds the harness")?;
    ensure!(
        output.status.success(),
        "cargo failed to build the harness:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let messages: Vec<Message> = output
        .stdout
        .split(|byte| *byte == b'\n')
        .filter_map(|line| serde_json::from_slice(line).ok())
        .collect();
    let library = |name: &str| {
        let artifact = messages
            .iter()
            .rev()
            .find(|message| message.target.as_ref().is_some_and(|target| target.name == name));
        let file = artifact.and_then(|message| {
            message.filenames.iter().find(|file| file.extension().is_some_and(|e| e == "rlib"))
        });
        file.cloned().with_context(|| format!("cargo did not say where lib{name}.rlib is"))
    };
    let harness = library("harness")?;
    let ndarray = library("ndarray")?;
    let dependencies = ndarray.parent().context("a library lies in a folder")?.to_owned();

    let rustc = sysroot(root)?.join("bin/rustc").with_extension(std::env::consts::EXE_EXTENSION);
    let version = run(Command::new(&rustc).arg("--version"))?;
    let Some(version) = version.split_whitespace().nth(1) else {
        bail!("rustc --version printed {version:?}");
    };
    Ok(Toolchain { version: version.into(), rustc, harness, ndarray, dependencies })
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

/// Where the toolchain is that cargo uses.
fn sysroot(root: &Path) -> Result<PathBuf> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    run(Command::new(rustc).args(["--print", "sysroot"]).current_dir(root)).map(PathBuf::from)
}

/// What a command prints, without the line break.
fn run(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("failed to run {command:?}"))?;
    ensure!(
        output.status.success(),
        "{command:?} failed:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
