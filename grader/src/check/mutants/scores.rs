//! What became of the mutants, and how it is shown.

use std::fmt::Write;
use std::path::PathBuf;

use colored::Colorize;

use super::Original;
use super::mark::Mark;
use super::mutant::{Mutant, line};
use crate::course::{Problem, Source, Span};

/// What became of the mutants of a course.
#[derive(Debug, Default)]
pub struct Scores {
    tallies: Vec<Tally>,
    survivors: Vec<Survivor>,
    problems: Vec<Problem>,
}

/// How many mutants an exercise has.
#[derive(Debug, Default)]
struct Tally {
    exercise: String,
    mutants: usize,
    caught: usize,
    /// Those that no case can tell from the reference, as it says.
    equivalent: usize,
}

/// A mutant that no case tells from the reference.
#[derive(Debug)]
struct Survivor {
    /// The reference and the line.
    place: String,
    kind: &'static str,
    diff: Vec<String>,
    /// How it is marked if no case can tell it from the reference.
    mark: String,
}

impl Scores {
    /// Adds a reference; `is_caught` says which of its mutants lost points.
    pub(super) fn add(
        &mut self,
        original: &Original<'_>,
        path: &str,
        is_caught: impl Fn(&Mutant) -> bool,
    ) {
        let Original { exercise, text, mutants } = original;
        let survivors: Vec<&Mutant> = mutants.iter().filter(|it| !is_caught(it)).collect();
        let marks = Mark::all(text);
        let is_marked = |mutant: &Mutant| marks.iter().any(|mark| mark.covers(mutant, text));
        let (equivalent, unmarked): (Vec<&Mutant>, Vec<&Mutant>) =
            survivors.iter().partition(|it| is_marked(it));
        for mark in &marks {
            let (problem, help) = match &mark.texts {
                Err(problem) => (*problem, HOW_TO_MARK),
                Ok(_) if survivors.iter().any(|it| mark.covers(it, text)) => continue,
                Ok(_) => {
                    ("no such mutant survives", "remove this mark, or put it above its statement")
                }
            };
            self.problems.push(about(path, text, mark, problem, help));
        }
        self.survivors.extend(unmarked.into_iter().map(|mutant| Survivor {
            place: format!("{path}:{}", line(text, mutant.range.start)),
            kind: mutant.kind,
            diff: mutant.diff(text),
            mark: Mark::of(mutant, text),
        }));
        self.tallies.push(Tally {
            exercise: exercise.name.clone(),
            mutants: mutants.len(),
            caught: mutants.len() - survivors.len(),
            equivalent: equivalent.len(),
        });
    }

    /// Adds a reference of which there are no mutants to speak of, or a folder of them. Grading the
    /// `names` shows more.
    pub(super) fn unfit(&mut self, path: &str, why: &str, names: &str) {
        let command = ["cargo grade run", names, "--solutions"];
        let command = command.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        self.problems.push(Problem {
            path: path.into(),
            place: None,
            key: None,
            message: why.into(),
            help: Some(format!("see `{}`", command.join(" "))),
        });
    }

    /// Whether every mutant is caught or rightly marked.
    #[must_use]
    pub fn are_perfect(&self) -> bool {
        self.survivors.is_empty() && self.problems.is_empty()
    }

    /// The scores, and what there is to do; problems in colour if `styled`.
    #[must_use]
    pub fn render(&self, styled: bool) -> String {
        let mut text = self.table();
        for survivor in &self.survivors {
            let Survivor { place, kind, diff, mark } = survivor;
            _ = writeln!(text, "\n{}: {kind}", place.bold());
            for line in diff {
                let line = match line.chars().next() {
                    Some('-') => line.red(),
                    Some('+') => line.green(),
                    _ => line.cyan(),
                };
                _ = writeln!(text, "{line}");
            }
            _ = writeln!(text, "no case tells this from the reference");
            _ = writeln!(text, "add one that does or, if none can, write above the statement");
            _ = writeln!(text, "    {mark} REASON");
        }
        for problem in &self.problems {
            _ = writeln!(text, "\n{}", problem.render(styled));
        }
        text
    }

    /// The scores of the exercises and of all together; empty if there are none.
    fn table(&self) -> String {
        if self.tallies.is_empty() {
            return String::new();
        }
        let names = self.tallies.iter().map(|it| it.exercise.len());
        let width = names.max().unwrap_or_default().max(HEADING.len());
        let mut text = format!("{HEADING:width$}  mutants  caught  equivalent  score\n");
        let sum = |count: fn(&Tally) -> usize| self.tallies.iter().map(count).sum();
        let total = Tally {
            exercise: "total".into(),
            mutants: sum(|it| it.mutants),
            caught: sum(|it| it.caught),
            equivalent: sum(|it| it.equivalent),
        };
        for tally in self.tallies.iter().chain([&total]) {
            let Tally { exercise, mutants, caught, equivalent } = tally;
            let counts = format!("{mutants:7}  {caught:6}  {equivalent:10}");
            let score = format!("{:3} %", tally.percent());
            let score = if tally.is_perfect() { score.green() } else { score.red() };
            _ = writeln!(text, "{exercise:width$}  {counts}  {score}");
        }
        text
    }
}

/// What is above the names of the exercises.
const HEADING: &str = "exercise";

/// What is said to whoever has not marked a mutant rightly.
const HOW_TO_MARK: &str = "write // equivalent: `ORIGINAL` -> `REPLACEMENT`: REASON";

impl Tally {
    /// The share of the mutants that can be caught that are, rounded down.
    fn percent(&self) -> usize {
        (self.caught * 100).checked_div(self.mutants - self.equivalent).unwrap_or(100)
    }

    fn is_perfect(&self) -> bool {
        self.caught + self.equivalent == self.mutants
    }
}

/// What is wrong with a mark.
fn about(path: &str, text: &str, mark: &Mark, message: &str, help: &str) -> Problem {
    let source = Source::new(PathBuf::from(path), text.to_owned());
    let span = Span { start: mark.range.start, end: mark.range.end };
    Problem {
        place: Some(source.place(span)),
        path: source.path,
        key: None,
        message: message.into(),
        help: Some(help.into()),
    }
}
