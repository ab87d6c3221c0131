//! `verify`: grade again what a JSON report is about, and show what differs.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, anyhow};

use super::run::Request;
use super::{Failure, screen};
use crate::cli::{RunArgs, VerifyArgs};
use crate::exit_code::Exit;
use crate::report::json::{self, Document};
use crate::report::{Json, Verification, plural};
use crate::verify::differences;

/// Grades a submission as a report says that it was graded, and shows where the two differ.
pub fn verify(args: &VerifyArgs) -> Result<Exit, Failure> {
    let VerifyArgs { report, submission, fixtures, reveal } = args;
    let was = read(report).map_err(Failure::Usage)?;
    let run = RunArgs {
        submission: submission.clone(),
        fixtures: fixtures.clone(),
        reveal: *reveal,
        ..RunArgs::default()
    };
    let mut request = Request::of(&run)?;
    request.names.retain(|name| was.exercises.iter().any(|exercise| exercise.name == *name));
    if request.names.is_empty() {
        let none = anyhow!("{} has no exercise of this course", report.display());
        return Err(Failure::Usage(none));
    }
    let notes = notes(&was, &request, *reveal);
    request.course.seed = was.provenance.seed;
    // Nothing is remembered of it: it is no run of the learner's.
    request.own = false;
    let is = Json { reveal: *reveal }.document(&request.grade()?);
    let differences = differences(&was, &is).context("failed to compare the reports")?;
    let verification = Verification { differences: &differences, regraded: &is, notes: &notes };
    screen::print(&screen::terminal(&run).verification(&verification))?;
    Ok(if differences.is_empty() { Exit::Success } else { Exit::Differs })
}

/// Reads the report.
fn read(path: &Path) -> Result<Document> {
    let failed = || format!("failed to read the report {}", path.display());
    let mut bytes = Vec::new();
    let file = File::open(path).with_context(failed)?;
    file.take(json::LARGEST + 1).read_to_end(&mut bytes).with_context(failed)?;
    json::read(&bytes).map_err(|what| anyhow!(what)).with_context(failed)
}

/// What is to be known of a report that may well be right.
fn notes(report: &Document, request: &Request, reveal: bool) -> Vec<String> {
    let mut notes = Vec::new();
    let (seed, others) = (report.provenance.seed, request.course.seed);
    if seed != others {
        notes.push(format!(
            "The report was made with --seed {seed}; the course's seed is {others}."
        ));
    }
    let (there, all) = (request.names.len(), request.course.exercises.len());
    if there < all {
        let all = plural(all, "exercise");
        notes.push(format!("The report is about {there} of the course's {all} only."));
    }
    let mut cases = report.exercises.iter().flat_map(|exercise| &exercise.cases);
    if !reveal && cases.any(|case| case.hidden) {
        notes.push("The report shows hidden cases: give --reveal to compare them.".into());
    }
    notes
}
