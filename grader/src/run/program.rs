//! The program of a worker, and how it is started.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::zygote::Zygotes;
use crate::course::Limits;
use crate::sandbox::{self, Bounds, Ends, Isolation, Process, Reach, Sandbox, Zygote};

/// The largest file a worker may write, in bytes: it has no business with files.
const FILE: u64 = 0;

/// The program that serves calls, and how it is run.
#[derive(Debug)]
pub struct Program<'a> {
    /// Where it is.
    pub path: &'a Path,
    /// An argument for it: which of its variants it is to be, where it has some.
    pub variant: Option<&'a str>,
    /// The folder that it runs in.
    pub folder: PathBuf,
    /// What it is started in.
    pub sandbox: &'a Sandbox,
    /// What it must reach to start.
    pub reach: Reach,
    /// What a call and a worker may use.
    pub limits: Limits,
    /// Where it is loaded already, if it is.
    pub zygote: Option<&'a Zygote>,
}

impl<'a> Program<'a> {
    /// The same, forked off one of these where it is among them.
    #[must_use]
    pub fn forked_off(self, zygotes: &'a Zygotes) -> Self {
        Self { zygote: zygotes.of(&self), ..self }
    }

    /// Starts it for one run, in which it serves calls through these pipes.
    pub(super) fn start(&self, patience: Duration) -> io::Result<(Process, Ends)> {
        if let Some(zygote) = self.zygote {
            let (streams, ends) = sandbox::pipes()?;
            if let Ok(forked) = zygote.fork(&streams, patience) {
                return Ok((Process::Forked(forked), ends));
            }
            // It may have failed for what a learner did. So the program starts as if there were
            // none, with pipes of which none has an end.
        }
        let (streams, ends) = sandbox::pipes()?;
        let mut command = self.command(self.is_confined().then_some(harness::CONFINED));
        streams.give_to(&mut command);
        let child = self.sandbox.spawn(&mut command, self.bounds(), &self.reach)?;
        Ok((Process::Spawned(child), ends))
    }

    /// Starts it for many runs.
    pub(super) fn zygote(&self) -> io::Result<Zygote> {
        let command = self.command(Some(harness::ZYGOTE));
        self.sandbox.zygote(command, self.bounds(), &self.reach)
    }

    fn command(&self, role: Option<&str>) -> Command {
        let mut command = sandbox::command(self.path);
        sandbox::anonymous(&mut command);
        command.args(role).args(self.variant).current_dir(&self.folder);
        command
    }

    fn bounds(&self) -> Bounds {
        Bounds { cpu: self.limits.total, memory: self.limits.memory, file: FILE }
    }

    /// Whether it runs in the kernel sandbox.
    pub(super) fn is_confined(&self) -> bool {
        *self.sandbox.isolation() == Isolation::Full
    }
}
