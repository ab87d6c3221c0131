//! The harness as a shared library, which a worker is linked to much faster than to a static one.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::rustc::joined;
use super::toolchain::{HARNESS, Libraries, Toolchain, run};
use crate::hex::hex;
use crate::workspace::Workspace;

/// Makes a shared library of the harness and all that it needs.
///
/// # Errors
///
/// If it does not compile or cannot be written.
pub fn build(
    workspace: &Workspace,
    toolchain: &Toolchain,
    libraries: &Libraries,
) -> Result<PathBuf> {
    let draft = TempDir::new_in(workspace.state()).context("failed to make a folder")?;
    let name = format!("{DLL_PREFIX}harness{DLL_SUFFIX}");
    let mut command = Command::new(&toolchain.rustc);
    command
        .arg(workspace.root().join(HARNESS).join("lib.rs"))
        .args(["--crate-name", "harness", "--crate-type", "dylib", "--edition", "2024"])
        .args(["-Awarnings", "-Cprefer-dynamic", "-Cdebuginfo=0", "-Cstrip=symbols"])
        .arg("-Cdebug-assertions=on")
        .arg("-L")
        .arg(joined("dependency=", &toolchain.dependencies))
        .arg("-o")
        .arg(draft.path().join(&name));
    if cfg!(target_os = "linux") {
        // Without it a worker looks up thousands of the library's own functions when it starts.
        command.arg("-Clink-arg=-Wl,-Bsymbolic");
    }
    for name in ["bytemuck", "ndarray", "rustix"] {
        command.arg("--extern").arg(joined(&format!("{name}="), &libraries.find(name)?));
    }
    run(&mut command)?;
    for entry in fs::read_dir(workspace.state()).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with("harness-") {
            _ = fs::remove_dir_all(entry.path());
        }
    }
    // Under a name of its own, because workers that were linked to an older one still need that.
    let stamp = hex(&Sha256::digest(toolchain.stamp()));
    let folder = workspace.state().join(format!("harness-{}", &stamp[..16]));
    fs::create_dir_all(&folder)
        .and_then(|()| fs::rename(draft.path().join(&name), folder.join(&name)))
        .with_context(|| format!("failed to write {}", folder.join(&name).display()))?;
    Ok(folder.join(name))
}
