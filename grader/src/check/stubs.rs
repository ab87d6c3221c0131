//! Whether what learners are handed out is a stub: the reference without its bodies.

use std::collections::BTreeMap;
use std::iter;
use std::path::Path;
use std::sync::Arc;

use anyhow::Result;

use super::functions::Functions;
use super::references::cases;
use super::{Checking, Findings};
use crate::course::{Exercise, Origin, Source, Span, shown};
use crate::grade::{ExerciseVerdict, Verdict};
use crate::report::plain;
use crate::signature::signature;
use crate::stub::stub;

/// Compares the stubs with the references, and grades them.
pub fn check(
    checking: &Checking<'_>,
    references: &BTreeMap<&str, Functions>,
    findings: &mut Findings,
) -> Result<()> {
    let report = checking.grade_cases(checking.stubs)?;
    for (exercise, report) in checking.course.exercises.iter().zip(report.exercises()) {
        let path = checking.workspace.exercises().join(format!("{}.rs", exercise.name));
        let Some(file) = checking.stubs.file(&exercise.name) else {
            let help = format!("`cargo grade reset {}` makes it from the reference", exercise.name);
            findings.error(path, format!("{} has no stub", shown(&exercise.name)), help);
            continue;
        };
        let text = file.text.as_deref().unwrap_or_default();
        if report.verdict == ExerciseVerdict::DidNotCompile {
            let message = format!("the stub of {} does not compile", shown(&exercise.name));
            findings.error(path, message, plain(&report.diagnostics.to_string()));
        } else if let Some(reference) = references.get(&*exercise.name)
            && let Some(Ok(original)) = checking.references.file(&exercise.name).map(|it| &it.text)
            && compare(exercise, &path, (text, original), reference, findings)
        {
            let passed = cases(exercise, report).filter(|(_, it)| it.verdict == Verdict::Passed);
            for (case, _) in passed {
                let message = format!("the stub passes {}", shown(&case.name));
                let help = format!("nothing in {} may earn points", report.path);
                findings.error(&case.origin, message, help);
            }
        }
    }
    Ok(())
}

/// Compares a stub with its reference; whether its functions are as they should be.
fn compare(
    exercise: &Exercise,
    path: &Path,
    (text, original): (&str, &str),
    reference: &Functions,
    findings: &mut Findings,
) -> bool {
    let Ok(made) = stub(original) else { return true };
    if text == made {
        return true;
    }
    let reset = format!("`cargo grade reset {}` makes it from the reference", exercise.name);
    let functions = Functions::of(text).unwrap_or_default();
    let mut is_stub = true;
    for (name, wanted) in &reference.top {
        let Some(function) = functions.top.get(name) else {
            let message = format!("the stub has no public function {}", shown(name));
            findings.error(path.to_owned(), message, reset.clone());
            is_stub = false;
            continue;
        };
        let origin = function.origin(path, text);
        if !function.has_types_of(wanted) {
            let message = format!("{} has other types than in the reference", shown(name));
            let wanted = signature(original, name).map(|it| format!("there it is `{}`", it.text));
            findings.error(&origin, message, wanted.unwrap_or_default());
            is_stub = false;
        } else if !function.is_todo {
            let message = format!("the body of {} is not `todo!()`", shown(name));
            findings.error(&origin, message, reset.clone());
            is_stub = false;
        }
    }
    if is_stub {
        let message = "this is not as in the reference, of which the stub is made";
        findings.warning(&first_difference(path, text, &made), message, reset);
    }
    is_stub
}

/// The first line of a text that another text does not have there.
fn first_difference(path: &Path, text: &str, other: &str) -> Origin {
    let pairs = text.split_inclusive('\n').zip(other.lines().map(Some).chain(iter::repeat(None)));
    let alike = pairs.take_while(|(line, other)| Some(line.trim_end_matches('\n')) == *other);
    let start: usize = alike.map(|(line, _)| line.len()).sum();
    let end = start + text[start..].lines().next().map_or(0, str::len);
    let source = Source::new(path.to_owned(), text.to_owned());
    Origin::new(&Arc::new(source), Span { start, end })
}
