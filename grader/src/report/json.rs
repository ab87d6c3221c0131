//! The JSON report: everything a program may want to know.

mod document;
mod read;
mod speed;
#[cfg(test)]
mod tests;

pub use document::{
    Case, Course, Document, Exercise, HiddenCases, Mismatch, Number, Provenance, Submission,
    VERSION,
};
pub use read::{LARGEST, read};

use serde::Serialize;

use super::decimal::Hundredths;
use super::visible::Visible;
use super::{Exporter, outcome, text, tolerance};
use crate::compare;
use crate::course::Points;
use crate::grade::report::CaseKind;
use crate::grade::{CaseReport, Delivered, ExerciseReport, Report, Verdict, Wanted};

/// How many characters of one value, message and output are kept.
const VALUE: usize = 1 << 10;
const MESSAGE: usize = 4 << 10;
const OUTPUT: usize = 64 << 10;

/// Writes the JSON report, version 1.
#[derive(Debug, Clone, Copy, Default)]
pub struct Json {
    /// Whether hidden cases are shown like others. Otherwise they are counted.
    pub reveal: bool,
}

impl Exporter for Json {
    fn export(&self, report: &Report) -> anyhow::Result<Vec<u8>> {
        pretty(&self.document(report))
    }
}

/// A document in JSON that people may read, too.
pub(super) fn pretty(document: &impl Serialize) -> anyhow::Result<Vec<u8>> {
    let mut json = serde_json::to_vec_pretty(document)?;
    json.push(b'\n');
    Ok(json)
}

impl Json {
    /// The report as the document that is written.
    #[must_use]
    pub fn document(&self, report: &Report) -> Document {
        let (score, points) = (report.score(), report.points());
        Document {
            version: VERSION,
            course: Course {
                title: text::one_line(&report.course.title),
                hash: report.course.hash.clone(),
            },
            submission: Submission {
                id: text::one_line(&report.submission.title),
                hash: report.submission.hash.clone(),
            },
            score: rounded(score, points),
            points: rounded(points, points),
            percent: rounded(report.percent(), Points::from_integer(100)),
            isolation: report.isolation.to_string(),
            provenance: Provenance {
                grader: report.provenance.grader.clone(),
                grader_hash: (report.provenance.grader_hash)(),
                rustc: report.provenance.rustc.clone(),
                seed: report.provenance.seed,
            },
            duration_ms: report
                .duration
                .map(|it| u64::try_from(it.as_millis()).unwrap_or(u64::MAX)),
            exercises: report.exercises().map(|exercise| self.exercise(exercise)).collect(),
        }
    }

    fn exercise(&self, exercise: &ExerciseReport) -> Exercise {
        let Visible { cases, hidden, hidden_passed } = Visible::of(exercise, self.reveal);
        Exercise {
            name: exercise.name.clone(),
            title: text::one_line(&exercise.title),
            score: rounded(exercise.score, exercise.points),
            points: rounded(exercise.points, exercise.points),
            verdict: exercise.verdict.to_string(),
            diagnostics: present(&exercise.diagnostics.to_string(), OUTPUT),
            follow_through: exercise.on_reference.clone(),
            hidden_cases: (hidden > 0)
                .then_some(HiddenCases { count: hidden, passed: hidden_passed }),
            cases: cases.into_iter().map(case).collect(),
        }
    }
}

fn case(case: &CaseReport) -> Case {
    let failed = case.verdict != Verdict::Passed;
    let is_call = case.kind != CaseKind::Rule;
    // Where all inputs are right, none is shown.
    let is_shown = is_call && (failed || case.inputs.is_none());
    let is_known = is_call && !matches!(case.wanted, Wanted::Reference);
    let args = || case.args.iter().map(|arg| outcome::value(arg, VALUE)).collect();
    let mut stdout = present(&case.output, OUTPUT);
    if let Some(stdout) = stdout.as_mut().filter(|_| case.output_cut) {
        stdout.push_str(text::CUT);
    }
    Case {
        name: text::one_line(&case.name),
        function: case.function.clone(),
        kind: case.kind.to_string(),
        verdict: case.verdict.to_string(),
        weight: case.weight,
        hidden: case.hidden,
        args: is_shown.then(args),
        expected: is_known.then(|| outcome::wanted(&case.wanted, VALUE)),
        actual: case.delivered.as_ref().map(|delivered| outcome::delivered(delivered, VALUE)),
        mismatch: mismatch(case),
        mistake: case.mistake.clone(),
        feedback: case.feedback.as_ref().filter(|_| failed).and_then(|it| present(it, MESSAGE)),
        message: present(&message(case), MESSAGE),
        stdout,
        duration_ms: case.duration.map(|duration| Number(duration.as_micros() as f64 / 1000.0)),
    }
}

/// What happened; of a panic also where, and of several inputs for how many.
fn message(case: &CaseReport) -> String {
    let message = match &case.delivered {
        Some(Delivered::Panic { location: Some(location), .. }) if !case.message.is_empty() => {
            format!("{} (at {location})", case.message)
        }
        _ => case.message.clone(),
    };
    match case.inputs {
        Some(inputs) if inputs.failed > 0 => format!("{inputs}: {message}"),
        _ => message,
    }
}

fn mismatch(case: &CaseReport) -> Option<Mismatch> {
    let compare::Mismatch::Values(differences) = case.mismatch.as_ref()?.innermost() else {
        return None;
    };
    let Wanted::Value(_, tolerance) = &case.wanted else {
        return None;
    };
    // JSON has no NaN and no infinity.
    let finite = |number: Option<f64>| number.filter(|it| it.is_finite()).map(Number);
    Some(Mismatch {
        wrong: differences.wrong,
        total: differences.total,
        max_abs: finite(differences.max_abs),
        max_rel: finite(differences.max_rel),
        worst: differences.worst.clone(),
        tolerance: tolerance::brief(tolerance),
    })
}

/// A part of a whole, with two decimals.
#[must_use]
pub fn rounded(part: Points, whole: Points) -> Number {
    Number(Hundredths::of(part, whole).to_f64())
}

/// The text, unless there is none.
fn present(text: &str, max: usize) -> Option<String> {
    let text = text::capped(text::plain(text), max);
    (!text.is_empty()).then_some(text)
}
