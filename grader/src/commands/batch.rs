//! `batch`: grade every submission of a class.

mod progress;
mod tally;

use std::collections::BTreeSet;
use std::num::NonZero;
use std::panic;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use colored::Colorize;

use super::{Failure, complain, fit, references, screen, slurm, spinner};
use crate::build::{MOST, Toolchain, Workshop};
use crate::class::intake::{Class, Entry};
use crate::class::key::Terms;
use crate::class::manifest::{self, Manifest};
use crate::class::marking::{Became, Marking, without_panic};
use crate::class::record::{self, Record};
use crate::class::shard::Shard;
use crate::cli::BatchArgs;
use crate::course::Course;
use crate::exit_code::Exit;
use crate::grade::{Grading, Programs, References, parallel};
use crate::interrupt;
use crate::sandbox::Isolation;
use crate::workspace::Workspace;
use progress::Progress;
use tally::{Summary, Tally};

/// After so many failures of the grader's in a row the rest would fail, too.
const HOPELESS: usize = 5;

/// How long to wait before it is looked again whether another grader is done with a submission.
const TICK: Duration = Duration::from_millis(100);

/// Grades the submissions of a class that are not graded yet, and says what became of them.
pub fn batch(args: &BatchArgs) -> Result<Exit, Failure> {
    let class = list(args).map_err(Failure::Usage)?;
    if let Some(tasks) = args.slurm {
        return slurm::grade(args, &class, tasks);
    }
    let shard = shard(args).map_err(Failure::Usage)?;
    let workspace = Workspace::find().map_err(Failure::Usage)?;
    let mut course = Course::load(&workspace.fixtures(), &args.fixtures)?;
    course.seed = args.seed.unwrap_or(course.seed);
    let references = references(&workspace)?;
    if let Some(warning) = fit(&mut course, references.as_ref())? {
        complain(&format!("{} {warning}", "warning:".yellow().bold()));
    }
    let toolchain = spinner::during("Preparing", || Toolchain::find(&workspace))?;
    let sandbox = toolchain.sandbox();
    check_isolation(sandbox.isolation(), args).map_err(Failure::Usage)?;
    let workshop = Workshop::new(&toolchain, &sandbox, workspace.state(), false);
    let terms = Terms {
        course: &course,
        references: references.as_ref(),
        rustc: &toolchain.version,
        isolation: sandbox.isolation(),
        same_seed: args.same_seed,
        reveal: args.reveal,
    };
    let marking = Marking {
        hash: terms.hash(),
        terms,
        names: course.exercises.iter().map(|exercise| exercise.name.clone()).collect(),
        toolchain: &toolchain,
        sandbox: &sandbox,
        workshop: &workshop,
        programs: OnceLock::new(),
        results: &args.out,
        retries: args.retry_errors,
    };
    // A folder that cannot be made is found before anything is graded.
    let mut manifest = begun(&class, shard, &marking.hash);
    let failed = || format!("failed to write to {}", args.out.display());
    manifest.write(&args.out).with_context(failed)?;
    record::sweep(&args.out);
    let jobs = args.jobs.map_or_else(usual_jobs, NonZero::get);
    let entries: Vec<&Entry> = class.entries.iter().filter(|it| shard.contains(&it.id)).collect();
    interrupt::be_patient();
    let groups = spinner::during("Reading the submissions", || groups(&marking, &entries, jobs))?;
    if let Some(signal) = interrupt::signal() {
        // Not all were looked at.
        complain("interrupted before anything was graded; the same command begins again");
        return Ok(Exit::Interrupted(signal));
    }
    let to_do = groups.iter().map(Vec::len).sum();
    let tally = Tally::new(shard, entries.len(), to_do);
    let run = Run { marking, progress: Progress::new(args.json_progress, tally) };
    let tally = run.grade(&groups, jobs)?;
    manifest.done = tally.is_done();
    manifest.write(&args.out).with_context(failed)?;
    let gone = gone(&args.out, &class).with_context(failed)?;
    if !args.json_progress {
        let left_out: Vec<String> = class.left_out.iter().map(|(name, _)| name.clone()).collect();
        let missing = manifest::missing(&Manifest::all(&args.out).with_context(failed)?);
        let summary =
            Summary { missing: &missing, tally: &tally, gone: &gone, left_out: &left_out, args };
        screen::print(summary.to_string().as_bytes())?;
    }
    Ok(match interrupt::signal() {
        Some(signal) if tally.left() > 0 => Exit::Interrupted(signal),
        _ if tally.is_done() => Exit::Success,
        _ => Exit::GraderError,
    })
}

/// Lists the submissions.
fn list(args: &BatchArgs) -> Result<Class> {
    let folder = &args.submissions;
    let out = std::path::absolute(&args.out).context("the current folder cannot be read")?;
    let out = out.ancestors().find_map(|folder| folder.canonicalize().ok());
    if out.zip(folder.canonicalize().ok()).is_some_and(|(out, folder)| out.starts_with(folder)) {
        return Err(anyhow!(
            "the results would lie among the submissions; give another folder as --out"
        ));
    }
    let class = Class::list(folder)
        .with_context(|| format!("failed to read the submissions in {}", folder.display()))?;
    if class.entries.is_empty() {
        let hint = "each submission is a folder, a .zip or a .tar.gz in it; `cargo grade run \
                    --submission` grades a single one";
        return Err(anyhow!("there are no submissions in {}: {hint}", folder.display()));
    }
    Ok(class)
}

fn shard(args: &BatchArgs) -> Result<Shard> {
    let variable = |name: &str| std::env::var(name).ok();
    args.shard.map_or(Ok(Shard::WHOLE), |wanted| wanted.shard(variable)).map_err(|why| anyhow!(why))
}

/// Nobody looks on while code runs that nobody has read: it runs in a sandbox, or not at all.
fn check_isolation(isolation: &Isolation, args: &BatchArgs) -> Result<()> {
    match isolation {
        Isolation::Process { lack } if !args.allow_process_isolation => Err(anyhow!(
            "learner code cannot be kept from this machine: {lack}; give \
             --allow-process-isolation to grade all the same"
        )),
        _ => Ok(()),
    }
}

/// How many submissions keep all cores busy: each keeps about two thirds of one.
fn usual_jobs() -> usize {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    (cores * 3).div_ceil(2)
}

fn begun(class: &Class, shard: Shard, hash: &str) -> Manifest {
    let ids = class.entries.iter().map(|entry| entry.id.clone());
    Manifest {
        version: record::VERSION,
        of: shard.count(),
        shard: shard.index(),
        grading: hash.to_owned(),
        submissions: ids.filter(|id| shard.contains(id)).collect(),
        left_out: class.left_out.clone(),
        done: false,
    }
}

/// The submissions that are to be graded. Those that are the same come in one group, and those of
/// which only the seeds differ behind each other: then they are compiled once.
fn groups<'e>(
    marking: &Marking<'_>,
    entries: &[&'e Entry],
    jobs: usize,
) -> Result<Vec<Vec<&'e Entry>>> {
    let look = |entry: &'e Entry| {
        let is_stopped = interrupt::signal().is_some();
        Ok((!is_stopped).then(|| marking.look(entry)).flatten().map(|it| (it, entry)))
    };
    let mut found: Vec<_> =
        parallel::map(jobs, entries.to_vec(), look)?.into_iter().flatten().collect();
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    let groups = found.chunk_by(|(a, _), (b, _)| a == b);
    Ok(groups.map(|group| group.iter().map(|(_, entry)| *entry).collect()).collect())
}

/// How many submissions are compiled together at least, if there are as many: starting rustc takes as
/// long as compiling these.
const LEAST: usize = 4;

/// The groups in bundles, each of which one job compiles together and grades. They get smaller towards the
/// end, so that all jobs end at about the same time.
fn bundles<T>(mut groups: &[T], jobs: usize) -> Vec<&[T]> {
    // A bundle is half of what each of the other jobs could do meanwhile.
    let parts = (2 * (jobs - 1)).max(1);
    // With few submissions each job has some.
    let least = groups.len().div_ceil(jobs).min(LEAST);
    let mut bundles = Vec::new();
    while !groups.is_empty() {
        let count = groups.len().div_ceil(parts).clamp(least, MOST).min(groups.len());
        let (bundle, rest) = groups.split_at(count);
        bundles.push(bundle);
        groups = rest;
    }
    bundles
}

/// The references, compiled and loaded once for all.
fn programs(marking: &Marking<'_>) -> Result<Option<Arc<Programs>>> {
    let Marking { terms, toolchain, sandbox, workshop, .. } = marking;
    let Some(references) = terms.references else { return Ok(None) };
    let grading = Grading {
        course: terms.course,
        names: &marking.names,
        submission: references,
        references: Some(references),
        toolchain,
        sandbox,
        workshop,
        programs: None,
        seed: terms.course.seed,
        threads: 1,
    };
    References::of(&grading).shared().map(|programs| Some(Arc::new(programs)))
}

/// Submissions of earlier runs that are not there any more.
fn gone(results: &Path, class: &Class) -> std::io::Result<Vec<String>> {
    let there: BTreeSet<&str> = class.entries.iter().map(|entry| &*entry.id).collect();
    let mut ids = Record::ids(results)?;
    ids.retain(|id| !there.contains(&**id));
    Ok(ids)
}

/// The grading of what is to be graded.
struct Run<'a> {
    marking: Marking<'a>,
    progress: Progress,
}

impl Run<'_> {
    /// Grades groups of submissions, until all are done or it is told to stop.
    fn grade(self, groups: &[Vec<&Entry>], jobs: usize) -> Result<Tally> {
        if !groups.is_empty() {
            self.progress.during(|| self.grade_with_references(groups, jobs))?;
        }
        Ok(self.progress.finish())
    }

    /// Compiles the references, while others compile the first submissions already.
    fn grade_with_references(&self, groups: &[Vec<&Entry>], jobs: usize) -> Result<()> {
        let Self { marking, progress } = self;
        thread::scope(|scope| {
            let grade = || self.grade_groups(groups, jobs);
            let graded = thread::Builder::new().name("jobs".into()).spawn_scoped(scope, grade)?;
            // On this thread, since what is loaded ends with the thread that loads it.
            let programs = without_panic(|| programs(marking)).inspect_err(|_| progress.stop());
            let (programs, result) = match programs {
                Ok(programs) => (programs, Ok(())),
                Err(error) => (None, Err(error)),
            };
            _ = marking.programs.set(programs);
            let graded = graded.join().unwrap_or_else(|panic| panic::resume_unwind(panic));
            result.and(graded)
        })
    }

    fn grade_groups(&self, groups: &[Vec<&Entry>], jobs: usize) -> Result<()> {
        let Self { marking, progress } = self;
        let claimed =
            parallel::map(jobs, bundles(groups, jobs), |bundle| self.grade_bundle(bundle))?;
        // Whoever has claimed them may have been killed since.
        for entry in claimed.into_iter().flatten() {
            while !progress.is_stopped() {
                match marking.mark(entry, &mut None)? {
                    Became::Claimed => thread::sleep(TICK),
                    became => {
                        progress.end(entry, became);
                        break;
                    }
                }
            }
        }
        Ok(())
    }

    /// Grades groups that are compiled together, and returns those that other graders are at.
    fn grade_bundle<'e>(&self, bundle: &[Vec<&'e Entry>]) -> Result<Vec<&'e Entry>> {
        let Self { marking, progress } = self;
        let mut claimed = Vec::new();
        if progress.is_stopped() {
            return Ok(claimed);
        }
        let firsts: Vec<&Entry> = bundle.iter().filter_map(|it| it.first().copied()).collect();
        let _compiled = marking.compile_together(&firsts);
        // If they cannot be compiled it is told to stop.
        marking.programs.wait();
        for group in bundle {
            let mut last = None;
            for entry in group.iter().copied() {
                if progress.is_stopped() {
                    return Ok(claimed);
                }
                progress.begin(&entry.id);
                match marking.mark(entry, &mut last).inspect_err(|_| progress.stop())? {
                    Became::Claimed => {
                        progress.put_off(&entry.id);
                        claimed.push(entry);
                    }
                    became => progress.end(entry, became),
                }
            }
        }
        Ok(claimed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(groups: usize, jobs: usize) -> Vec<usize> {
        bundles(&vec![(); groups], jobs).into_iter().map(<[()]>::len).collect()
    }

    #[test]
    fn bundles_get_smaller_towards_the_end() {
        assert_eq!(sizes(0, 3), [0; 0]);
        assert_eq!(sizes(5, 3), [2, 2, 1]);
        assert_eq!(sizes(24, 3), [6, 5, 4, 4, 4, 1]);
        assert_eq!(sizes(60, 3), [15, 12, 9, 6, 5, 4, 4, 4, 1]);
        assert_eq!(sizes(100, 1), [16, 16, 16, 16, 16, 16, 4]);
    }
}
