//! `batch --slurm`: grade a class with the tasks of a Slurm job array, one shard each.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::{IsTerminal, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf, absolute};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use indicatif::ProgressBar;

use super::{Failure, complain, screen, spinner};
use crate::build::Toolchain;
use crate::class::intake::Class;
use crate::class::manifest::Manifest;
use crate::class::record::Record;
use crate::cli::BatchArgs;
use crate::exit_code::Exit;
use crate::interrupt;
use crate::report::plural;
use crate::workspace::Workspace;

/// What a submission of this course takes on one core, at the least: how many seconds of work a task
/// has is reckoned from it, so that it has more rather than less. SCALE.md says how it is measured.
const COST: Duration = Duration::from_millis(100);

/// How often a task is submitted again that did not do all of its shard.
const RETRIES: u32 = 2;

/// How often Slurm is asked what still runs: more often is a burden to whoever shares it.
const TICK: Duration = Duration::from_secs(2);

/// How often a line is printed where there is no terminal.
const LINES: Duration = Duration::from_secs(10);

/// Where in the folder of results the tasks' own words are, `I-of-N.log`.
const LOGS: &str = "logs";

/// Grades a class by a job array of at most `tasks` tasks.
pub fn grade(args: &BatchArgs, class: &Class, tasks: NonZero<u32>) -> Result<Exit, Failure> {
    let workspace = Workspace::find().map_err(Failure::Usage)?;
    // Else each task would build the harness.
    spinner::during("Preparing", || Toolchain::find(&workspace))?;
    let array = Array::of(args, class, tasks, &workspace)?;
    Ok(array.grade(args)?)
}

/// A job array.
struct Array<'a> {
    class: &'a Class,
    /// How many shards there are.
    count: u32,
    /// The folder of results.
    results: PathBuf,
    /// What each task runs: the shard is appended.
    command: String,
    /// The options for sbatch.
    options: Vec<String>,
}

impl<'a> Array<'a> {
    fn of(
        args: &BatchArgs,
        class: &'a Class,
        tasks: NonZero<u32>,
        workspace: &Workspace,
    ) -> Result<Self> {
        let submissions = class.entries.len();
        let jobs = args.jobs.map_or(1, NonZero::get);
        let least = args.task_seconds;
        let count = tasks.get().min(worthwhile(submissions, jobs, least));
        if count < tasks.get() {
            complain(&format!(
                "{} in place of {tasks}: {} would give each task less than {least} s of work \
                 (--task-seconds)",
                plural(count as usize, "task"),
                plural(submissions, "submission"),
            ));
        }
        // Where tasks run, relative paths may mean something else.
        let full = |path: &Path| {
            absolute(path).with_context(|| format!("failed to find {}", path.display()))
        };
        let results = full(&args.out)?;
        let grader = std::env::current_exe().context("failed to find the grader's program")?;
        let mut words = vec![quoted(&grader)?, "batch".into(), quoted(full(&args.submissions)?)?];
        words.extend(["--out".into(), quoted(&results)?, "--jobs".into(), jobs.to_string()]);
        for fixtures in &args.fixtures {
            words.extend(["--fixtures".into(), quoted(full(fixtures)?)?]);
        }
        words.extend(args.seed.map(|seed| format!("--seed {seed}")));
        words.push(format!("--retry-errors {}", args.retry_errors));
        for (is_given, option) in [
            (args.same_seed, "--same-seed"),
            (args.reveal, "--reveal"),
            (args.allow_process_isolation, "--allow-process-isolation"),
        ] {
            words.extend(is_given.then(|| option.to_owned()));
        }
        let log = results.join(LOGS).join(format!("%a-of-{count}.log"));
        let mut options = vec![
            "--parsable".to_owned(),
            "--job-name=grader".into(),
            format!("--cpus-per-task={jobs}"),
            format!("--chdir={}", workspace.root().display()),
            format!("--output={}", log.display()),
        ];
        options.extend(args.sbatch.iter().cloned());
        Ok(Self { class, count, results, command: words.join(" "), options })
    }

    /// Submits the array, waits, and submits again what was not done.
    fn grade(&self, args: &BatchArgs) -> Result<Exit> {
        let logs = self.results.join(LOGS);
        fs::create_dir_all(&logs).with_context(|| format!("failed to make {}", logs.display()))?;
        let start = Instant::now();
        let progress = Progress::new(self.class.entries.len());
        let mut waiting: BTreeSet<u32> = (1..=self.count).collect();
        // What an earlier run has done says nothing of this one, in which a task may never start.
        let failed = || format!("failed to write to {}", self.results.display());
        Manifest::clear(&self.results).with_context(failed)?;
        for attempt in 0..=RETRIES {
            let job = self.submit(&waiting)?;
            progress.say(&format!("Slurm's job {job} has {}", plural(waiting.len(), "task")));
            while let running @ 1.. = running(&job)? {
                progress.show(self.graded()?, running);
                thread::sleep(TICK);
                if let Some(signal) = interrupt::signal() {
                    output(Command::new("scancel").arg(&job))?;
                    progress.say("The tasks finish what runs; the same command goes on later.");
                    return Ok(Exit::Interrupted(signal));
                }
            }
            let manifests = Manifest::all(&self.results)
                .with_context(|| format!("failed to read {}", self.results.display()))?;
            for done in manifests.iter().filter(|it| it.of == self.count && it.done) {
                waiting.remove(&done.shard);
            }
            if waiting.is_empty() {
                break;
            }
            if attempt < RETRIES {
                let these: Vec<String> = waiting.iter().map(ToString::to_string).collect();
                progress.say(&format!("Not done, and submitted again: task {}", these.join(", ")));
            }
        }
        drop(progress);
        for shard in &waiting {
            let log = logs.join(format!("{shard}-of-{}.log", self.count));
            let said = fs::read_to_string(&log).unwrap_or_default();
            let last = said.trim_end().lines().next_back().unwrap_or("it said nothing");
            complain(&format!("shard {shard}/{} is not done: {last}", self.count));
        }
        let out = args.out.display();
        let next = if waiting.is_empty() {
            format!("next: cargo grade gradebook {out}")
        } else {
            format!("the same command tries again; the logs are in {}", logs.display())
        };
        let text = format!(
            "{} of {} submissions have a record after {} s.\nThe results are in {out}; {next}\n",
            self.graded()?,
            self.class.entries.len(),
            start.elapsed().as_secs(),
        );
        screen::print(text.as_bytes())?;
        Ok(if waiting.is_empty() { Exit::Success } else { Exit::GraderError })
    }

    /// Submits a task for each of these shards.
    fn submit(&self, shards: &BTreeSet<u32>) -> Result<String> {
        let list: Vec<String> = shards.iter().map(ToString::to_string).collect();
        let mut sbatch = Command::new("sbatch");
        sbatch.args(&self.options).arg(format!("--array={}", list.join(",")));
        sbatch.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = sbatch.spawn().context(
            "failed to run sbatch; --slurm is for a machine from which Slurm takes jobs",
        )?;
        // Not `--shard auto`: when only some are submitted again, Slurm counts only those.
        let script = format!(
            "#!/bin/sh\nexec {} --shard \"$SLURM_ARRAY_TASK_ID/{}\"\n",
            self.command, self.count
        );
        if let Some(mut stdin) = child.stdin.take() {
            // A refusal says more than a pipe that is closed early.
            _ = stdin.write_all(script.as_bytes());
        }
        let output = child.wait_with_output().context("failed to wait for sbatch")?;
        if !output.status.success() {
            bail!("sbatch failed: {}", String::from_utf8_lossy(&output.stderr).trim());
        }
        // A federation's cluster is named behind the number.
        let printed = String::from_utf8_lossy(&output.stdout);
        let job = printed.trim().split(';').next().unwrap_or_default();
        if job.is_empty() || !job.chars().all(|c| c.is_ascii_digit()) {
            bail!("sbatch printed {printed:?} in place of a job's number");
        }
        Ok(job.to_owned())
    }

    /// How many submissions have a record.
    fn graded(&self) -> Result<usize> {
        let ids: BTreeSet<String> = Record::ids(&self.results)
            .with_context(|| format!("failed to read {}", self.results.display()))?
            .into_iter()
            .collect();
        Ok(self.class.entries.iter().filter(|entry| ids.contains(&entry.id)).count())
    }
}

/// How many tasks are worth submitting, if each is to work for so many seconds at the least: Slurm needs
/// some to start one.
fn worthwhile(submissions: usize, jobs: usize, seconds: NonZero<u32>) -> u32 {
    let task = Duration::from_secs(seconds.get().into()).as_millis() * jobs as u128;
    let tasks = submissions as u128 * COST.as_millis() / task;
    u32::try_from(tasks).unwrap_or(u32::MAX).max(1)
}

/// How many tasks of a job have not ended.
fn running(job: &str) -> Result<usize> {
    let mut squeue = Command::new("squeue");
    squeue.args(["--noheader", "--array", "--format=%K", "--job", job]);
    match output(&mut squeue) {
        Ok(list) => Ok(list.lines().count()),
        // Slurm forgets a job some minutes after its end.
        Err(error) if error.to_string().contains("Invalid job id") => Ok(0),
        Err(error) => Err(error),
    }
}

/// What one of Slurm's programs prints.
fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("failed to run {command:?}"))?;
    if !output.status.success() {
        bail!("{command:?} failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A word for the shell.
fn quoted(word: impl AsRef<OsStr>) -> Result<String> {
    let word = word.as_ref();
    let text = word.to_str().with_context(|| format!("{} is no UTF-8", word.display()))?;
    Ok(screen::quoted(text))
}

/// What is seen while the tasks run.
struct Progress {
    bar: Option<ProgressBar>,
    last: std::cell::Cell<Instant>,
    submissions: usize,
}

impl Progress {
    fn new(submissions: usize) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| screen::bar(submissions));
        Self { bar, last: Instant::now().into(), submissions }
    }

    fn show(&self, graded: usize, running: usize) {
        let running = format!("{} not over", plural(running, "task"));
        if let Some(bar) = &self.bar {
            bar.set_position(graded as u64);
            bar.set_message(running);
        } else if self.last.get().elapsed() > LINES {
            self.last.set(Instant::now());
            complain(&format!("{graded}/{} {running}", self.submissions));
        }
    }

    fn say(&self, text: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| complain(text)),
            None => complain(text),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_has_half_a_minute_of_work_or_what_is_asked_for() {
        let tasks = |submissions, jobs, seconds| {
            worthwhile(submissions, jobs, NonZero::new(seconds).unwrap())
        };
        assert_eq!([0, 1, 299, 599].map(|submissions| tasks(submissions, 1, 30)), [1; 4]);
        assert_eq!(tasks(600, 1, 30), 2);
        assert_eq!(tasks(1_000_000, 1, 30), 3333);
        assert_eq!(tasks(1_000_000, 4, 30), 833, "a task with four cores needs four times as many");
        assert_eq!(tasks(100, 1, 2), 5);
        assert_eq!(tasks(usize::MAX, 1, 1), u32::MAX);
    }

    #[test]
    fn words_reach_the_tasks_as_they_are() {
        for word in ["plain", "two words", "it's", "$HOME `id` \"x\" \\"] {
            let mut shell = Command::new("sh");
            shell.arg("-c").arg(format!("printf %s {}", quoted(word).unwrap()));
            assert_eq!(output(&mut shell).unwrap(), word);
        }
    }
}
