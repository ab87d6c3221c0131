//! The command line. The comments here are the help texts.

#[cfg(feature = "class")]
use std::num::NonZero;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

#[cfg(feature = "class")]
use crate::class::shard::Wanted;

/// Grades the exercises and says what to do next.
#[derive(Debug, Parser)]
#[command(
    name = "grader",
    bin_name = "cargo grade",
    version,
    after_help = "Without a command it grades everything: `cargo grade` is `cargo grade run`.\n\
                  Exit codes: 0 graded, 1 below --fail-under or not as verified, 2 wrong usage, \
                  course or fixture, 3 the grader failed."
)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// How to grade when no command is given.
    #[command(flatten)]
    pub run: RunArgs,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Grade the exercises
    Run(RunArgs),
    /// Grade again whenever a file is saved, and show the exercise you work on
    Watch,
    /// List the exercises with their state and points
    List {
        /// Show how the score rose instead, where the course keeps it
        #[arg(long)]
        history: bool,
    },
    /// Show an exercise: what to do, where, and its lesson
    Show {
        /// The exercise
        name: String,
    },
    /// Give a hint, one more each time
    Hint {
        /// The exercise
        name: String,
        /// Give all hints at once
        #[arg(long)]
        all: bool,
    },
    /// Begin an exercise again: your file is kept as a backup
    Reset {
        /// The exercise
        name: String,
    },
    /// Time the loops beside the vectorised functions, compiled with optimisation
    Speed(SpeedArgs),
    /// For instructors: make the files of a new exercise and add it to the course
    New {
        /// The exercise's name, as in mean_of_rows
        name: String,
        /// The section that it is added to; the last by default
        #[arg(long, value_name = "TITLE")]
        section: Option<String>,
    },
    /// For instructors: let the reference say what cases expect that do not say it yet
    Record {
        /// The exercise
        name: String,
        /// Record in the fixture of this folder, whose cases are hidden
        #[arg(long, value_name = "DIR")]
        fixtures: Option<PathBuf>,
        /// Record every value without asking
        #[arg(long)]
        yes: bool,
    },
    /// For instructors: grade again what a JSON report is about, and show what differs
    Verify(VerifyArgs),
    /// For instructors: check the course, its fixtures, references, stubs and mistakes
    Check(CheckArgs),
    /// For instructors: grade every submission in a folder, and go on where an earlier run stopped
    #[cfg(feature = "class")]
    Batch(BatchArgs),
    /// For instructors: make a gradebook of the results of a class
    #[cfg(feature = "class")]
    Gradebook(GradebookArgs),
    /// Print a JSON Schema, by which editors complete and check a file
    Schema {
        /// What it describes
        of: Described,
    },
    /// Print a script that completes commands in your shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// How to grade.
#[derive(Debug, Args, Default)]
pub struct RunArgs {
    /// The exercises to grade; all of them by default
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
    /// Grade the reference solutions
    #[arg(long, conflicts_with = "submission")]
    pub solutions: bool,
    /// Grade the files in this folder, or in this .zip or .tar.gz
    #[arg(long, value_name = "PATH")]
    pub submission: Option<PathBuf>,
    /// Add the cases of the fixtures in this folder; they are hidden
    #[arg(long, value_name = "DIR")]
    pub fixtures: Vec<PathBuf>,
    /// The form of the report; several pairs of --format and --output are allowed
    #[arg(long, value_enum)]
    pub format: Vec<Format>,
    /// Where the report goes: a file, or - for the screen; the first goes with the first --format
    #[arg(long, value_name = "FILE")]
    pub output: Vec<PathBuf>,
    /// Exit with code 1 if the score is below this many percent
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    pub fail_under: Option<Percent>,
    /// Use this seed in place of the course's
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Show hidden cases
    #[arg(long)]
    pub reveal: bool,
    /// Leave out times: two reports of the same submission are then the same in every byte
    #[arg(long)]
    pub no_times: bool,
    /// Show every case, also those that pass
    #[arg(long, short, conflicts_with = "quiet")]
    pub verbose: bool,
    /// Show the total only
    #[arg(long, short)]
    pub quiet: bool,
}

/// What to time.
#[derive(Debug, Args)]
pub struct SpeedArgs {
    /// The exercise; all that have a loop and a vectorised form by default
    pub name: Option<String>,
    /// The form of the report; several pairs of --format and --output are allowed
    #[arg(long, value_enum)]
    pub format: Vec<SpeedFormat>,
    /// Where the report goes: a file, or - for the screen; the first goes with the first --format
    #[arg(long, value_name = "FILE")]
    pub output: Vec<PathBuf>,
}

/// What to verify.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The report, as --format json wrote it
    pub report: PathBuf,
    /// Grade the files in this folder, or in this .zip or .tar.gz; the exercises by default
    #[arg(long, value_name = "PATH")]
    pub submission: Option<PathBuf>,
    /// Add the cases of the fixtures in this folder, as the report was made with them
    #[arg(long, value_name = "DIR")]
    pub fixtures: Vec<PathBuf>,
    /// Show hidden cases, as the report does
    #[arg(long)]
    pub reveal: bool,
}

/// How to check a course.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Add the cases of the fixtures in this folder; they are hidden
    #[arg(long, value_name = "DIR")]
    pub fixtures: Vec<PathBuf>,
    /// Change the references in small ways, one at a time, and see whether a case notices
    #[arg(long, conflicts_with = "verbose")]
    pub mutants: bool,
    /// Show which cases catch each mistake
    #[arg(long, short)]
    pub verbose: bool,
}

/// How to grade a class.
#[cfg(feature = "class")]
#[derive(Debug, Args)]
#[command(after_help = "\
A submission is a folder, a .zip or a .tar.gz; names as Canvas, Moodle and Gradescope export them tell \
who handed it in. What has been graded already is graded again only if it, the course or the grader \
has changed, so the same command goes on after an interruption.\n\
Exit codes: 0 graded, 2 wrong usage, course or fixture, 3 the grader failed for some: run it again.")]
pub struct BatchArgs {
    /// The folder with the submissions
    pub submissions: PathBuf,
    /// The folder for the results: a record and a page of each submission
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// How many submissions are graded at once; by default half as many again as there are cores, since
    /// each has to wait now and then
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZero<usize>>,
    /// Add the cases of the fixtures in this folder; they are hidden
    #[arg(long, value_name = "DIR")]
    pub fixtures: Vec<PathBuf>,
    /// Make the students' seeds from this one in place of the course's
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Give all students the same generated inputs; by default each has inputs of their own
    #[arg(long)]
    pub same_seed: bool,
    /// Show hidden cases in the records; the students' pages never show them
    #[arg(long)]
    pub reveal: bool,
    /// Grade only part I of N, with I from 1 to N; auto or auto/N is the part of this task of a job array
    #[arg(long, value_name = "I/N")]
    pub shard: Option<Wanted>,
    /// Grade with at most N tasks of a Slurm job array, each of which grades --jobs submissions at once,
    /// one by default
    #[arg(long, value_name = "N", conflicts_with_all = ["shard", "json_progress"])]
    pub slurm: Option<NonZero<u32>>,
    /// Use fewer tasks than N where each would have less than so many seconds of work
    #[arg(long, value_name = "N", requires = "slurm", default_value = "30")]
    pub task_seconds: NonZero<u32>,
    /// An option for sbatch: --sbatch=--time=30:00, --sbatch=--mem=4G, --sbatch=--partition=short
    #[arg(long, value_name = "OPTION", requires = "slurm", allow_hyphen_values = true)]
    pub sbatch: Vec<String>,
    /// Print what happens to standard output, one JSON object a line
    #[arg(long)]
    pub json_progress: bool,
    /// How often to try again what the grader failed to do
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub retry_errors: u32,
    /// Grade also where learner code can only be kept in processes, not in a kernel sandbox
    #[arg(long)]
    pub allow_process_isolation: bool,
}

/// How to make a gradebook.
#[cfg(feature = "class")]
#[derive(Debug, Args)]
pub struct GradebookArgs {
    /// The folder of results, as `batch` made it
    pub results: PathBuf,
    /// The form of the gradebook; several pairs of --format and --output are allowed
    #[arg(long, value_enum)]
    pub format: Vec<GradebookFormat>,
    /// Where it goes: a file, or - for the screen; the first goes with the first --format
    #[arg(long, value_name = "FILE")]
    pub output: Vec<PathBuf>,
    /// Who is in the class: a CSV file with a header, as the README says
    #[arg(long, value_name = "FILE")]
    pub roster: Option<PathBuf>,
    /// What is shown of a student with several attempts
    #[arg(long, value_enum, default_value = "best")]
    pub attempts: ShownAttempts,
    /// What the assignment is called in Canvas or Moodle; the course's title by default
    #[arg(long, value_name = "TITLE")]
    pub assignment: Option<String>,
    /// Compare the submissions, which are in this folder, and show which are similar
    #[arg(long, value_name = "SUBMISSIONS")]
    pub similar: Option<PathBuf>,
    /// Make it although shards or submissions are missing
    #[arg(long)]
    pub incomplete: bool,
}

/// The form of a gradebook.
#[cfg(feature = "class")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GradebookFormat {
    /// For people: the class at a glance
    Terminal,
    /// For spreadsheets: a row a student
    Csv,
    /// For Canvas to import
    Canvas,
    /// For Moodle to import
    Moodle,
    /// For programs
    Json,
    /// For a browser: one page; write it into the folder of results, whose pages it links
    Html,
}

/// What is shown of a student with several attempts.
#[cfg(feature = "class")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ShownAttempts {
    /// The one with the highest score
    Best,
    /// The last one
    Last,
    /// All of them
    Every,
}

/// The form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, on a terminal or piped
    Terminal,
    /// For programs: the report of which every other format is made
    Json,
    /// For a browser: one page with tables and plots, that needs nothing else
    Html,
    /// Markdown, for a comment
    Markdown,
    /// For GitHub Actions: the report in the log, annotations, and the step's summary
    Github,
    /// JUnit's XML, for GitLab, Jenkins and others
    Junit,
    /// The Test Anything Protocol, version 13
    Tap,
    /// What does not compile, for code scanning and editors
    Sarif,
    /// Gradescope's results.json
    Gradescope,
    /// Classroom 50's result.json; whose it is says the environment, as its runner sets it
    Classroom50,
    /// The result of a runner of GitHub Classroom's
    Classroom,
    /// Exercism's results.json
    Exercism,
    /// PrairieLearn's results.json
    #[value(name = "prairielearn")]
    PrairieLearn,
}

/// The form of a report of times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SpeedFormat {
    /// For people, on a terminal or piped
    Terminal,
    /// For programs
    Json,
    /// For a browser: one page that needs nothing else
    Html,
}

/// What has a JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Described {
    /// fixtures/NAME.toml or fixtures/NAME.json
    Fixture,
    /// A file with hidden cases
    Overlay,
    /// fixtures/course.toml
    Course,
    /// The report of --format json
    Report,
    /// The gradebook of --format json
    #[cfg(feature = "class")]
    Gradebook,
}

/// A percentage, exact, from 0 to 100.
pub type Percent = crate::course::Points;

fn percent(text: &str) -> Result<Percent, String> {
    let wrong = || format!("{text:?} is not a percentage from 0 to 100, such as 60 or 62.5");
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.len() <= 9 && part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return Err(wrong());
    }
    let number: i128 = format!("{whole}{fraction}").parse().map_err(|_| wrong())?;
    let unit = 10_i128.pow(u32::try_from(fraction.len()).map_err(|_| wrong())?);
    let percent = Percent::new(number, unit);
    if percent > Percent::from_integer(100) { Err(wrong()) } else { Ok(percent) }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_percentage_is_exact() {
        assert_eq!(percent("62.5"), Ok(Percent::new(125, 2)));
        assert_eq!(percent("100"), Ok(Percent::from_integer(100)));
        for wrong in ["", "100.1", "-1", "+1", "1e2", "nan", "5,5", ".5", "60%"] {
            assert!(percent(wrong).is_err(), "{wrong}");
        }
    }
}
