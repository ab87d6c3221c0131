//! The compiled libraries that a worker is linked to: the harness and all that it needs.
//!
//! They are gathered in a folder of their own. Where cargo keeps them, they lie beside the
//! references and the grader itself, which rustc must not find while it compiles learner code.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::profile::Profile;

/// The name of the harness, as a package and as a crate.
const HARNESS: &str = "harness";

/// What cargo compiled for the harness.
#[derive(Debug)]
pub struct Libraries(Vec<Artifact>);

/// A message of cargo's about a crate that it compiled.
#[derive(Debug, Deserialize)]
struct Artifact {
    package_id: String,
    target: Target,
    filenames: Vec<PathBuf>,
}

#[derive(Debug, Deserialize)]
struct Target {
    name: String,
}

/// What `cargo metadata` says.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    dependencies: Vec<String>,
}

impl Libraries {
    /// Has cargo compile the harness with a profile, for this `platform`, and asks where everything
    /// is.
    ///
    /// # Errors
    ///
    /// If cargo cannot be run, or the harness does not compile.
    pub fn build(cargo: &Path, root: &Path, platform: &str, profile: Profile) -> Result<Self> {
        let mut build = Command::new(cargo);
        // Whatever the grader's own profile: only in that of development, at optimisation level 0,
        // does rustc link to the generic functions that the harness has instantiated.
        build.args(["build", "--package", HARNESS, "--profile", profile.name(), "--quiet"]);
        if cfg!(debug_assertions) && profile == Profile::Dev {
            // With the features that the grader wants of its dependencies they are built already.
            build.args(["--package", "grader"]);
        }
        build.arg("--message-format=json-render-diagnostics").current_dir(root);
        let messages = output(&mut build).context("cargo failed to build the harness")?;
        let mut metadata = Command::new(cargo);
        // Without a platform it would download what only others need.
        metadata.args(["metadata", "--format-version", "1", "--filter-platform", platform]);
        metadata.current_dir(root);
        let metadata = output(&mut metadata).context("cargo failed to list the packages")?;
        let needed = needed(&serde_json::from_slice(&metadata)?);
        let lines = messages.split(|byte| *byte == b'\n');
        let artifacts = lines.filter_map(|line| serde_json::from_slice::<Artifact>(line).ok());
        Ok(Self(artifacts.filter(|artifact| needed.contains(&artifact.package_id)).collect()))
    }

    /// Where the library of a crate is.
    ///
    /// # Errors
    ///
    /// If cargo did not say.
    pub fn find(&self, name: &str) -> Result<&Path> {
        let artifact = self.0.iter().rev().find(|artifact| artifact.target.name == name);
        let library = artifact.into_iter().flat_map(Artifact::libraries).next();
        library.with_context(|| format!("cargo did not say where lib{name}.rlib is"))
    }

    /// Puts all libraries into a folder as well.
    ///
    /// # Errors
    ///
    /// If a file cannot be written.
    pub fn gather(&self, folder: &Path) -> Result<()> {
        for library in self.0.iter().flat_map(Artifact::libraries) {
            let target = folder.join(library.file_name().context("a library has a name")?);
            // A second name costs nothing; not every file system has such.
            fs::hard_link(library, &target)
                .or_else(|_| fs::copy(library, &target).map(|_| ()))
                .with_context(|| format!("failed to write {}", target.display()))?;
        }
        Ok(())
    }
}

impl Artifact {
    fn libraries(&self) -> impl Iterator<Item = &Path> {
        let files = self.filenames.iter().map(PathBuf::as_path);
        files.filter(|file| file.extension().is_some_and(|extension| extension == "rlib"))
    }
}

/// The packages that the harness needs, itself included.
fn needed(metadata: &Metadata) -> BTreeSet<String> {
    let nodes: BTreeMap<&str, &Node> =
        metadata.resolve.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
    let mut needed = BTreeSet::new();
    let harness = metadata.packages.iter().filter(|package| package.name == HARNESS);
    let mut next: Vec<&str> = harness.map(|package| package.id.as_str()).collect();
    while let Some(id) = next.pop() {
        if needed.insert(id.to_owned()) {
            let dependencies = nodes.get(id).into_iter().flat_map(|node| &node.dependencies);
            next.extend(dependencies.map(String::as_str));
        }
    }
    needed
}

/// What a command prints.
///
/// # Errors
///
/// If it cannot be run or fails; then what it said.
pub fn output(command: &mut Command) -> Result<Vec<u8>> {
    let output = command.output().with_context(|| format!("failed to run {command:?}"))?;
    ensure!(
        output.status.success(),
        "{command:?} failed:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(output.stdout)
}
