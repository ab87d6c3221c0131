//! The harness as a shared library, which a worker is linked to much faster than to a static one.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::libraries::{Libraries, output};
use super::rustc::joined;

/// The crates that the harness names.
const DEPENDENCIES: &[&str] = if cfg!(target_os = "linux") {
    &["libc", "ndarray", "rustix", "seccompiler", "wire"]
} else {
    &["ndarray", "rustix", "wire"]
};

/// How it is optimised: submissions call what is instantiated in it thousands of times. At level 0 rustc
/// lets them link to that, and LLVM may optimise it all the same. Who has waited for a grader that is
/// optimised itself has a class to grade, and 5 s more for code that runs a tenth faster.
const OPTIMISATION: &[&str] = if cfg!(debug_assertions) {
    &["-Cpasses=default<O1>"]
} else {
    &["-Cpasses=default<O2>", "-Ccodegen-units=1"]
};

/// Has functions of shared libraries looked up when they are first called, through a table. To look up all
/// of them when a worker starts takes longer, and so does compiling code that calls them directly.
pub const LAZY_BINDING: &[&str] =
    if cfg!(target_os = "linux") { &["-Crelro-level=partial"] } else { &[] };

/// Makes a shared library of the harness, from its `sources`, and of all that it needs. It goes into
/// `folder`, where the other libraries are.
///
/// # Errors
///
/// If it does not compile or cannot be written.
pub fn build(rustc: &Path, sources: &Path, libraries: &Libraries, folder: &Path) -> Result<()> {
    let mut command = Command::new(rustc);
    command
        .arg(sources.join("lib.rs"))
        .args(["--crate-name", "harness", "--crate-type", "dylib", "--edition", "2024"])
        .args(["-Awarnings", "-Cprefer-dynamic", "-Cdebuginfo=0", "-Cstrip=symbols"])
        .arg("-Cdebug-assertions=on")
        .args(OPTIMISATION)
        .args(LAZY_BINDING)
        .arg("-L")
        .arg(joined("dependency=", folder))
        .arg("-o")
        .arg(path(folder));
    if cfg!(target_os = "linux") {
        // Without it a worker looks up thousands of the library's own functions when it starts.
        command.arg("-Clink-arg=-Wl,-Bsymbolic");
    }
    for name in DEPENDENCIES {
        command.arg("--extern").arg(joined(&format!("{name}="), libraries.find(name)?));
    }
    output(&mut command).context("failed to link the harness")?;
    Ok(())
}

/// The shared library in a folder.
#[must_use]
pub fn path(folder: &Path) -> PathBuf {
    folder.join(format!("{DLL_PREFIX}harness{DLL_SUFFIX}"))
}
