//! Where crates are compiled, and what is kept of it.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::cache::Cache;
use super::profile::Profile;
use super::rustc::{Compiled, Product, Rustc};
use super::scratch::{self, Scratch};
use super::toolchain::Toolchain;
use super::unit::{ROOT, Unit, library_name, library_root};
use crate::diagnostic::{self, Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::lock;
use crate::sandbox::Sandbox;
use crate::submission::SourceFile;

/// Compiles crates, and remembers by their content what came of it.
#[derive(Debug, Clone)]
pub struct Workshop<'a> {
    toolchain: &'a Toolchain,
    sandbox: &'a Sandbox,
    pub(super) folder: PathBuf,
    pub(super) cache: Arc<Cache>,
    /// What is made of the references, for this submission and others.
    shared: Arc<Cache>,
    /// What the references answered.
    answers: Arc<Cache>,
    /// Whether the next compilation of nearly the same sources is to be fast.
    incremental: bool,
}

/// What came of compiling a worker.
#[derive(Debug)]
pub enum Outcome {
    /// The program, and an argument for it: which of the submissions that were compiled together it is
    /// to be. One that is compiled by itself takes no notice of that.
    Worker(PathBuf, String),
    /// The errors. If rustc died, there is one that says so.
    Errors(Vec<Diagnostic>),
    /// It took longer than this.
    TimedOut(Duration),
}

impl<'a> Workshop<'a> {
    /// A workshop that keeps its things in `folder`.
    #[must_use]
    pub fn new(
        toolchain: &'a Toolchain,
        sandbox: &'a Sandbox,
        folder: PathBuf,
        incremental: bool,
    ) -> Self {
        scratch::sweep(&folder);
        let [cache, answers] = caches(&folder);
        let shared = Arc::clone(&cache);
        Self { toolchain, sandbox, folder, cache, shared, answers, incremental }
    }

    /// This workshop for crates of references. They are compiled apart: what rustc keeps of a crate
    /// for the next time would be in reach of the learner code that is compiled then.
    #[must_use]
    pub fn for_references(&self) -> Self {
        let cache = Arc::clone(&self.shared);
        Self { cache, incremental: false, ..self.clone() }
    }

    /// A workshop with the same things for another submission. What that uses is kept for as long as
    /// it lasts, and what is made of the references for as long as this one does.
    #[must_use]
    #[cfg(feature = "class")]
    pub fn for_submission(&self) -> Self {
        let [cache, answers] = caches(&self.folder);
        Self { cache, answers, incremental: false, ..self.clone() }
    }

    /// How it compiles.
    #[must_use]
    pub fn profile(&self) -> Profile {
        self.toolchain.profile
    }

    /// A folder with nothing in it, for workers to run in.
    ///
    /// # Errors
    ///
    /// If it cannot be made.
    pub fn empty_folder(&self) -> Result<PathBuf> {
        let folder = self.folder.join("empty");
        fs::create_dir_all(&folder)
            .with_context(|| format!("failed to make {}", folder.display()))?;
        Ok(folder)
    }

    /// Compiles a worker, unless the same was compiled before.
    ///
    /// # Errors
    ///
    /// If a file cannot be written or rustc cannot be started: never the learner's fault.
    pub fn worker(&self, unit: &Unit<'_>, wall: Duration) -> Result<Outcome> {
        let (root, _) = unit.root();
        let libraries = libraries(unit);
        let key = self.key(&root, &unit.files, &libraries);
        if let Some(program) = self.cache.find(&key, WORKER) {
            return Ok(Outcome::Worker(program, part_name(&key)));
        }
        if let Some(messages) = self.cache.find(&key, MESSAGES).and_then(|file| fs::read(file).ok())
        {
            return Ok(Outcome::Errors(diagnostic::parse(&messages)));
        }
        if wall.is_zero() {
            return Ok(Outcome::TimedOut(wall));
        }
        let bench = Bench::open(&self.folder, self.incremental)?;
        bench.lay(&unit.folder, &root, &unit.files)?;
        let incremental = self.incremental.then(|| bench.path.join(INCREMENTAL));
        let rustc = Rustc {
            toolchain: self.toolchain,
            sandbox: self.sandbox,
            folder: &bench.path,
            incremental: incremental.as_deref(),
            libraries: &libraries,
            wall,
        };
        let compile = || rustc.compile("worker", ROOT, OUTPUT, Product::Worker).context(START);
        let mut compiled = compile()?;
        if is_killed(&compiled) {
            // Whoever did it, once may be an accident.
            compiled = compile()?;
        }
        match compiled {
            Compiled::Done => {
                let program = self.cache.keep(&key, WORKER, &bench.path.join(OUTPUT))?;
                Ok(Outcome::Worker(program, part_name(&key)))
            }
            Compiled::Failed { errors, messages } => {
                // An error without a place is the linker's or the machine's: it may end otherwise
                // another time.
                if errors.iter().any(|error| !error.places.is_empty()) {
                    let file = bench.path.join(OUTPUT);
                    write(&file, &messages)?;
                    self.cache.keep(&key, MESSAGES, &file)?;
                }
                Ok(Outcome::Errors(errors))
            }
            Compiled::Died(how) => Ok(Outcome::Errors(vec![Diagnostic::nowhere(&how)])),
            Compiled::Killed => Ok(Outcome::Errors(vec![Diagnostic::nowhere(KILLED)])),
            Compiled::TimedOut => Ok(Outcome::TimedOut(wall)),
        }
    }

    /// Whether it is known what comes of compiling a worker.
    #[cfg(feature = "class")]
    pub(super) fn is_known(&self, unit: &Unit<'_>) -> bool {
        let key = self.unit_key(unit);
        [WORKER, MESSAGES].iter().any(|name| self.cache.find(&key, name).is_some())
    }

    /// What a worker is kept under.
    #[cfg(feature = "class")]
    pub(super) fn unit_key(&self, unit: &Unit<'_>) -> String {
        self.key(&unit.root().0, &unit.files, &libraries(unit))
    }

    /// What references answered, if it was remembered under this key.
    #[must_use]
    pub fn recall(&self, key: &str) -> Option<Vec<u8>> {
        fs::read(self.answers.find(key, ANSWERS)?).ok()
    }

    /// Remembers what references answered under a key.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn remember(&self, key: &str, answers: &[u8]) -> Result<()> {
        let scratch = Scratch::open(&self.folder)?;
        let file = scratch.path().join(ANSWERS);
        write(&file, answers)?;
        self.answers.keep(key, ANSWERS, &file).map(drop)
    }

    /// Checks that there is room on the disk: the linker that runs out of it may say nothing of it.
    ///
    /// # Errors
    ///
    /// If there is hardly any.
    pub fn check_space(&self) -> Result<()> {
        #[cfg(unix)]
        if let Ok(disk) = rustix::fs::statvfs(&self.folder) {
            let free = disk.f_bavail.saturating_mul(disk.f_frsize);
            if free < ROOM {
                bail!("the disk with {} is full: {free} bytes are free", self.folder.display());
            }
        }
        Ok(())
    }

    /// Compiles a worker without learner code, which shows whether anything can be compiled.
    ///
    /// # Errors
    ///
    /// If this fails: then nothing that failed before is the learner's fault.
    pub fn probe(&self, wall: Duration) -> Result<TempWorker> {
        let (root, _) = Unit::default().root();
        let bench = Bench::open(&self.folder, false)?;
        bench.lay("none", &root, &[])?;
        match self.compile_once(&bench, "worker", Product::Worker, wall)? {
            Ok(()) => Ok(TempWorker { program: bench.path.join(OUTPUT), _bench: bench }),
            Err(why) => {
                bail!("rustc cannot even compile a program without learner code:\n{why}")
            }
        }
    }

    /// Compiles the library that lends the reference of an exercise, unless it is there.
    ///
    /// # Errors
    ///
    /// As [`Self::worker`], and if the reference does not compile.
    pub fn library(
        &self,
        exercise: &str,
        folder: &str,
        files: &[&SourceFile],
        wall: Duration,
    ) -> Result<PathBuf> {
        let root = library_root(exercise, folder, files.iter().copied());
        let key = self.key(&root, files, &[]);
        let file_name = format!("lib{}.rlib", library_name(exercise));
        if let Some(library) = self.shared.find(&key, &file_name) {
            return Ok(library);
        }
        let bench = Bench::open(&self.folder, false)?;
        bench.lay(folder, &root, files)?;
        match self.compile_once(&bench, &library_name(exercise), Product::Library, wall)? {
            Ok(()) => self.shared.keep(&key, &file_name, &bench.path.join(OUTPUT)),
            Err(why) => bail!("the reference of `{exercise}` does not compile:\n{why}"),
        }
    }

    /// Compiles what lies on a bench, which needs no lent library and will not be compiled again.
    /// `Err` in the inner result says why that did not work.
    fn compile_once(
        &self,
        bench: &Bench,
        name: &str,
        product: Product,
        wall: Duration,
    ) -> Result<Result<(), String>> {
        Ok(match self.rustc(bench, wall).compile(name, ROOT, OUTPUT, product).context(START)? {
            Compiled::Done => Ok(()),
            Compiled::Failed { errors, .. } => {
                Err(errors.iter().collect::<Diagnostics>().to_string())
            }
            Compiled::Died(how) => Err(how),
            Compiled::Killed => Err(KILLED.into()),
            Compiled::TimedOut => Err(format!("rustc was stopped after {wall:?}")),
        })
    }

    /// A call of rustc for what needs no lent library and will not be compiled again.
    pub(super) fn rustc<'b>(&'b self, bench: &'b Bench, wall: Duration) -> Rustc<'b> {
        Rustc {
            toolchain: self.toolchain,
            sandbox: self.sandbox,
            folder: &bench.path,
            incremental: None,
            libraries: &[],
            wall,
        }
    }

    /// Everything that decides what comes of a compilation, hashed.
    pub(super) fn key(
        &self,
        root: &str,
        files: &[&SourceFile],
        libraries: &[(String, PathBuf)],
    ) -> String {
        let mut digest = Digest::default();
        digest.add(self.toolchain.stamp());
        digest.add(root);
        for file in files {
            digest.add(&file.name);
            digest.add(file.text.as_deref().unwrap_or_default());
        }
        for (name, file) in libraries {
            // A library lies in a folder named after its content.
            digest.add(name);
            digest.add(file.display().to_string());
        }
        digest.hex()
    }
}

/// The libraries that lend a worker references, by the names of their crates.
fn libraries(unit: &Unit<'_>) -> Vec<(String, PathBuf)> {
    unit.lent.iter().map(|(name, file)| (library_name(name), file.clone())).collect()
}

/// The name of a submission among those that are compiled together. It tells which one it is, so that
/// no program is taken for one in which this submission has another's place.
pub fn part_name(key: &str) -> String {
    format!("part_{key}")
}

/// What is kept of compilations, and what the references answered.
fn caches(folder: &Path) -> [Arc<Cache>; 2] {
    ["cache", "answers"].map(|name| Arc::new(Cache::new(folder.join(name))))
}

/// Whether rustc, or the linker that it started, was killed, and not by the grader.
fn is_killed(compiled: &Compiled) -> bool {
    match compiled {
        Compiled::Killed => true,
        // So rustc says it of the linker.
        Compiled::Failed { errors, .. } => errors.iter().any(|error| error.says("(SIGKILL)")),
        _ => false,
    }
}

/// What is said when it was not the grader that ended rustc.
const KILLED: &str = "rustc was killed, as it is when the machine runs out of memory";

/// How many bytes a compilation may need on the disk.
#[cfg(unix)]
const ROOM: u64 = 64 << 20;

/// What is said when rustc does not even start.
pub const START: &str = "failed to start rustc";

/// A worker without learner code, removed when this is dropped.
#[derive(Debug)]
pub struct TempWorker {
    /// The program.
    pub program: PathBuf,
    _bench: Bench,
}

/// A folder in which a crate is compiled.
#[derive(Debug)]
pub struct Bench {
    pub(super) path: PathBuf,
    /// Held until the compilation is over: one at a time in a folder that is kept.
    _lock: Option<File>,
    /// Removed when the compilation is over.
    _scratch: Option<Scratch>,
}

/// What the cache keeps of a worker: the program, or what rustc said.
pub const WORKER: &str = "worker";
const MESSAGES: &str = "messages";

/// What is kept of the references' answers.
const ANSWERS: &str = "answers";

/// What rustc writes, in the bench. No folder of a submission has a name with a dot.
pub const OUTPUT: &str = "output.bin";

/// What rustc keeps for the next time, in a bench that lasts.
const INCREMENTAL: &str = "incremental.d";

/// What keeps a second grader out of a bench that lasts.
const LOCK: &str = "bench.lock";

impl Bench {
    /// Opens a bench in `folder`: the one that lasts, or one for this time.
    pub(super) fn open(folder: &Path, lasting: bool) -> Result<Self> {
        if lasting {
            Self::lasting(&folder.join("build"))
        } else {
            let scratch = Scratch::open(folder)?;
            let path = scratch.path().join("bench");
            fs::create_dir(&path).with_context(|| format!("failed to make {}", path.display()))?;
            Ok(Self { path, _lock: None, _scratch: Some(scratch) })
        }
    }

    /// Clears the bench and writes the sources: into the folder `shown`, and the root beside it.
    fn lay(&self, shown: &str, root: &str, files: &[&SourceFile]) -> Result<()> {
        self.clear();
        for file in files {
            let text = file.text.as_deref().unwrap_or_default();
            self.write(&format!("{shown}/{}.rs", file.name), text)?;
        }
        self.write(ROOT, root)
    }

    fn clear(&self) {
        // What an earlier compilation left would be in reach of this one's `include!`.
        for entry in fs::read_dir(&self.path).into_iter().flatten().flatten() {
            let name = entry.file_name();
            if name != INCREMENTAL && name != LOCK {
                _ = fs::remove_dir_all(entry.path()).or_else(|_| fs::remove_file(entry.path()));
            }
        }
    }

    /// Writes a source file, whose path begins in the bench.
    pub(super) fn write(&self, file: &str, text: &str) -> Result<()> {
        let path = self.path.join(file);
        let folder = path.parent().unwrap_or(&self.path);
        fs::create_dir_all(folder)
            .with_context(|| format!("failed to make {}", folder.display()))?;
        write(&path, text.as_bytes())
    }

    fn lasting(path: &Path) -> Result<Self> {
        fs::create_dir_all(path).with_context(|| format!("failed to make {}", path.display()))?;
        Ok(Self { path: path.into(), _lock: Some(lock::take(&path.join(LOCK))?), _scratch: None })
    }
}

fn write(file: &Path, content: &[u8]) -> Result<()> {
    File::create(file)
        .and_then(|mut file| file.write_all(content))
        .with_context(|| format!("failed to write {}", file.display()))
}
