//! A first worker, without learner code, which shows what works on this machine.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::{Toolchain, Workshop};
use crate::machine::is_machines;
use crate::sandbox::{self, Bounds, Isolation, Sandbox};

/// How long each compilation may take: one has to find the libraries on a cold disk.
const WALL: Duration = Duration::from_secs(60);

/// What the worker may use, which does nothing.
const BOUNDS: Bounds = Bounds { cpu: WALL, memory: 512 << 20, file: 0 };

/// Compiles and starts the worker: first as it is, to see what it loads, then in the sandbox.
///
/// # Errors
///
/// If it works not even outside the sandbox.
pub fn rehearse(toolchain: &mut Toolchain, state: &Path) -> Result<()> {
    let bare = Sandbox::without_kernel("not asked for".into());
    let worker = Workshop::new(toolchain, &bare, state.into(), false).probe(WALL)?;
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let loaded = loaded(&worker.program).context("failed to see what a worker loads")?;
    drop(worker);
    toolchain.loaded = loaded;
    confine(toolchain, state)
}

/// Finds out whether compiling and starting the worker work in the sandbox.
///
/// # Errors
///
/// If the machine is at its limits, from which nothing can be concluded.
pub fn confine(toolchain: &mut Toolchain, state: &Path) -> Result<()> {
    let sandbox = Sandbox::detect();
    toolchain.unconfinable = None;
    if *sandbox.isolation() == Isolation::Full
        && let Err(error) = confined(toolchain, &sandbox, state)
    {
        if is_passing(&error) {
            return Err(error);
        }
        toolchain.unconfinable = Some(first_line(&format!("{error:#}")));
    }
    Ok(())
}

/// The files that a running worker has loaded, beside itself.
fn loaded(program: &Path) -> Result<Vec<PathBuf>> {
    let mut command = sandbox::command(program);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    // Once it says that it is ready, it has loaded all.
    let ready = child.stdout.take().context("no pipe")?.read_exact(&mut [0]);
    let maps = fs::read_to_string(format!("/proc/{}/maps", child.id()));
    sandbox::kill(&mut child)?;
    ready?;
    let program = program.canonicalize()?;
    let files: BTreeSet<PathBuf> = maps?
        .lines()
        .filter_map(|line| line.find('/').map(|start| PathBuf::from(&line[start..])))
        .filter(|file| *file != program)
        .collect();
    Ok(files.into_iter().collect())
}

/// Compiles and starts the worker in the sandbox.
fn confined(toolchain: &Toolchain, sandbox: &Sandbox, state: &Path) -> Result<()> {
    let worker = Workshop::new(toolchain, sandbox, state.into(), false).probe(WALL)?;
    let mut command = sandbox::command(&worker.program);
    command.arg(harness::CONFINED).stdout(Stdio::null()).stderr(Stdio::null());
    let reach = toolchain.worker_reach(&worker.program);
    // Without calls it ends at once.
    let status = sandbox.spawn(&mut command, BOUNDS, &reach)?.wait()?;
    ensure!(status.success(), "a worker does not start in the sandbox: {status}");
    Ok(())
}

/// Whether an error is of the moment: too many open files, a full disk.
fn is_passing(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|cause| cause.downcast_ref()).any(is_machines)
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}
