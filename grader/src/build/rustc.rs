//! One call of rustc, within bounds.

use std::io::{self, Read};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::linker::Linker;
use super::shared_harness::LAZY_BINDING;
use crate::build::Toolchain;
use crate::diagnostic::{self, Diagnostic};
use crate::interrupt;
use crate::sandbox::{self, Bounds, Processes, Reach, Sandbox, Signal};

/// Memory for rustc and the linker, in bytes: several times what the course needs.
const MEMORY: u64 = 4 << 30;

/// The largest file they may write, in bytes: a worker has about one million.
const FILE: u64 = 32 << 20;

/// How much of rustc's messages is read, in bytes: 50 kB of source can make a gigabyte of them.
const MESSAGES: u64 = 1 << 20;

/// What rustc is to make.
#[derive(Debug, Clone, Copy)]
pub enum Product {
    /// A program that serves calls.
    Worker,
    /// A library that a worker is linked to.
    Library,
}

/// How a call of rustc ended.
#[derive(Debug)]
pub enum Compiled {
    /// It wrote what it was asked for.
    Done,
    /// It reported errors.
    Failed {
        /// The errors.
        errors: Vec<Diagnostic>,
        /// The messages that they were read from, cut to a bound.
        messages: Vec<u8>,
    },
    /// It died, in these words.
    Died(String),
    /// It was killed, and not by the grader.
    Killed,
    /// It ran out of time.
    TimedOut,
}

/// One call of rustc.
#[derive(Debug)]
pub struct Rustc<'a> {
    /// The compiler and the libraries.
    pub toolchain: &'a Toolchain,
    /// What it is started in.
    pub sandbox: &'a Sandbox,
    /// Where it runs, reads its sources and writes.
    pub folder: &'a Path,
    /// Kept between calls to make the next one faster.
    pub incremental: Option<&'a Path>,
    /// Further libraries, by crate name.
    pub libraries: &'a [(String, std::path::PathBuf)],
    /// How long it may take.
    pub wall: Duration,
}

impl Rustc<'_> {
    /// Compiles the root file `source` into `output`, both in the folder.
    ///
    /// # Errors
    ///
    /// If rustc cannot be started, or the grader is told to stop.
    pub fn compile(
        &self,
        name: &str,
        source: &str,
        output: &str,
        product: Product,
    ) -> io::Result<Compiled> {
        let linker = Linker::find();
        let mut command = self.command(&linker);
        command.args(["--crate-name", name, "-o", output]).arg(source);
        command.args(match product {
            Product::Worker => ["--crate-type", "bin"],
            Product::Library => ["--crate-type", "rlib"],
        });
        let bounds = Bounds { cpu: self.wall * 2, memory: MEMORY, file: FILE };
        let mut child = self.sandbox.spawn(&mut command, bounds, &self.reach(linker))?;
        let stderr = child.stderr.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let (sender, messages) = mpsc::channel();
        thread::Builder::new().name("rustc messages".into()).spawn(move || {
            // Nobody listens any more after a time-out.
            _ = sender.send(bounded(stderr));
        })?;
        // The pipe is closed when rustc has ended: its exit code stands by then.
        let messages = interrupt::receive(&messages, self.wall, &mut || Ok(()));
        let status = sandbox::kill(&mut child)?;
        Ok(match messages? {
            Err(_) => Compiled::TimedOut,
            Ok(_) if status.success() => Compiled::Done,
            Ok(messages) => failed(status, messages),
        })
    }

    /// The compiler, the linker and the libraries to read, and its own folder to write.
    fn reach(&self, linker: Linker) -> Reach {
        let mut read = linker.folders;
        read.extend([&self.toolchain.sysroot, &self.toolchain.libraries].map(Clone::clone));
        read.extend(self.libraries.iter().map(|(_, file)| file.clone()));
        Reach {
            read,
            write: vec![self.folder.into(), "/dev/null".into()],
            processes: Processes::Any,
        }
    }

    fn command(&self, linker: &Linker) -> Command {
        let mut command = sandbox::command(&self.toolchain.rustc);
        command
            .current_dir(self.folder)
            .args(["--edition", "2024", "-Awarnings", "-Cdebuginfo=0", "-Cpanic=unwind"])
            .args(self.toolchain.profile.flags())
            .args(["--error-format=json", "--json=diagnostic-rendered-ansi"])
            .arg("--diagnostic-width=100")
            .arg("-L")
            .arg(joined("dependency=", &self.toolchain.libraries))
            .arg("--extern")
            .arg(joined("harness=", &self.toolchain.harness))
            .arg("--extern")
            .arg(joined("ndarray=", &self.toolchain.ndarray))
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        if self.toolchain.profile.is_shared() {
            command.arg("-Cprefer-dynamic").args(LAZY_BINDING);
            // Where the worker finds the shared libraries.
            for folder in [&self.toolchain.libraries, &self.toolchain.standard] {
                command.arg(joined("-Clink-arg=-Wl,-rpath,", folder));
            }
        }
        command.env("PATH", &linker.path).env("TMPDIR", self.folder);
        for (name, file) in self.libraries {
            command.arg("--extern").arg(joined(&format!("{name}="), file));
        }
        if let Some(incremental) = self.incremental {
            // By default an incremental crate has very many units, each a file to link.
            command.arg(joined("-Cincremental=", incremental)).arg("-Ccodegen-units=16");
        } else {
            // More would share the work among cores, but there is more of it then.
            command.arg("-Ccodegen-units=1");
        }
        command
    }
}

/// How a call of rustc ended that did not write what it was asked for.
fn failed(status: ExitStatus, messages: Vec<u8>) -> Compiled {
    match sandbox::signal(status) {
        None => Compiled::Failed { errors: diagnostic::parse(&messages), messages },
        Some(Signal::Kill) => Compiled::Killed,
        Some(Signal::FileSize) => {
            Compiled::Died(format!("rustc wrote a file of more than {} MiB", FILE >> 20))
        }
        Some(Signal::CpuTime) => Compiled::Died("rustc used up its CPU time".into()),
        Some(_) => Compiled::Died(
            "rustc crashed, as it does when it runs out of memory or the code nests too deeply"
                .into(),
        ),
    }
}

/// An argument of which a path is a part.
pub fn joined(prefix: &str, path: &Path) -> std::ffi::OsString {
    let mut joined = std::ffi::OsString::from(prefix);
    joined.push(path);
    joined
}

/// Reads a stream to its end and keeps the beginning.
fn bounded(mut stream: impl Read) -> Vec<u8> {
    let mut kept = Vec::new();
    // An unreadable rest is a shorter message, nothing worse.
    _ = stream.by_ref().take(MESSAGES).read_to_end(&mut kept);
    _ = io::copy(&mut stream, &mut io::sink());
    kept
}
