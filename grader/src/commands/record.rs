//! `record`: what the reference returns becomes the expected value of cases that have none.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Error, anyhow};
use harness::Value;

use super::questions::{Answer, Questions};
use super::run::Request;
use super::{Failure, complain, exercise, references, screen};
use crate::authoring::add_expected;
use crate::compare::compare;
use crate::course::{Course, NanPolicy, Precision, Tolerance, literal};
use crate::draft::Draft;
use crate::exit_code::Exit;
use crate::grade::{CaseReport, Delivered, ExerciseReport, ExerciseVerdict, Verdict};
use crate::report::{array, plain};
use crate::workspace::Workspace;

/// How many elements are written out at most.
const MOST: usize = 1000;

/// How much of an argument is shown, in characters.
const SHOWN: usize = 60;

/// Asks the reference of an exercise for the values that its cases lack, in the course or in an
/// overlay, and writes into the fixture those that are wanted.
pub fn record(name: &str, overlay: Option<&Path>, yes: bool) -> Result<Exit, Failure> {
    let workspace = Workspace::find().map_err(Failure::Usage)?;
    let overlays: Vec<PathBuf> = overlay.map(Path::to_owned).into_iter().collect();
    let mut course = Course::load_unfinished(&workspace.fixtures(), &overlays)?;
    let path = fixture(&course, name, overlay)?;
    let file = workspace.display(&path);
    if !keep_unjudged(&mut course, name, overlay.is_some()) {
        let nothing = format!("Every case in {file} says what is right: nothing to record.\n");
        screen::print(nothing.as_bytes())?;
        return Ok(Exit::Success);
    }
    let before = fs::read_to_string(&path)
        .with_context(|| format!("failed to read {file}: a value can be added to TOML only"))
        .map_err(Failure::Usage)?;
    let add = |values: &[(&str, &Value)]| {
        let after = add_expected(&before, values);
        after.with_context(|| format!("failed to edit {file}")).map_err(Failure::Usage)
    };
    // Whether it can be edited is known before anyone is asked.
    add(&[])?;
    let questions = if yes { None } else { Some(questions()?) };
    let report = ask_reference(workspace.clone(), course, name)?;
    let Choice { values, incomplete } = Choice::of(&report.cases, questions)?;
    if !values.is_empty() {
        let after = add(&values)?;
        if !is_still(&path, &before) {
            let changed =
                anyhow!("{file} was changed meanwhile and is left as it is: record again");
            return Err(Failure::Usage(changed));
        }
        let written = Draft::of(path.clone()).and_then(|mut draft| {
            draft.write(after.as_bytes())?;
            draft.replace()
        });
        written.with_context(|| format!("failed to write {file}"))?;
    }
    let count = match values.len() {
        1 => "1 value".to_owned(),
        count => format!("{count} values"),
    };
    screen::print(format!("{count} recorded in {file}.\n").as_bytes())?;
    Ok(if incomplete { Exit::Usage } else { Exit::Success })
}

/// Whether a file has the text that it had: it may stand open in an editor while questions wait.
fn is_still(path: &Path, before: &str) -> bool {
    fs::read_to_string(path).is_ok_and(|text| text == before)
}

/// The fixture that is written to.
fn fixture(course: &Course, name: &str, overlay: Option<&Path>) -> Result<PathBuf, Failure> {
    let own = &exercise(course, name)?.path;
    let path = overlay.map_or(own.clone(), |folder| folder.join(format!("{name}.toml")));
    if path.extension().is_some_and(|it| it == "toml") {
        return Ok(path);
    }
    Err(Failure::Usage(anyhow!(
        "{} is JSON, which `record` does not write: write the fixture in TOML, or `expected` by hand",
        path.display()
    )))
}

/// Leaves of the exercise only the cases without a value, hidden ones or the others; false if there
/// are none.
fn keep_unjudged(course: &mut Course, name: &str, hidden: bool) -> bool {
    // What it uses need not be run.
    course.follow_through = false;
    let mut any = false;
    for exercise in course.exercises.iter_mut().filter(|exercise| exercise.name == name) {
        exercise.cases.retain(|case| case.hidden == hidden && !case.is_judged());
        exercise.trials.clear();
        exercise.rules.clear();
        any |= !exercise.cases.is_empty();
    }
    any
}

/// Whoever is asked.
fn questions() -> Result<Questions, Failure> {
    let none = || anyhow!("there is no terminal to ask on; --yes records without asking");
    Questions::begin()?.ok_or_else(|| Failure::Usage(none()))
}

/// Calls the reference with the arguments of the cases.
fn ask_reference(
    workspace: Workspace,
    course: Course,
    name: &str,
) -> Result<ExerciseReport, Failure> {
    let references = references(&workspace)?;
    let missing = || anyhow!("there are no references in {}", workspace.solutions().display());
    let submission = references.ok_or_else(|| Failure::Usage(missing()))?;
    let names = vec![name.to_owned()];
    let request = Request {
        workspace,
        course,
        names,
        submission,
        references: None,
        own: false,
        warnings: Vec::new(),
    };
    let report = request.grade()?;
    let exercise = report.sections.into_iter().flat_map(|it| it.exercises).next();
    let exercise = exercise.with_context(|| format!("{name} was not graded"))?;
    if matches!(exercise.verdict, ExerciseVerdict::DidNotCompile | ExerciseVerdict::Blocked) {
        complain(&exercise.diagnostics.to_string());
        let error = anyhow!("the reference of {name} does not compile");
        return Err(Failure::Usage(error));
    }
    Ok(exercise)
}

/// What is to be recorded.
#[derive(Debug, Default)]
struct Choice<'a> {
    /// The values, by the names of their cases.
    values: Vec<(&'a str, &'a Value)>,
    /// Whether the reference has none for some case.
    incomplete: bool,
}

impl<'a> Choice<'a> {
    /// Shows what the reference returned for each case, and asks whether to take it. If there is
    /// nobody to ask, all is taken.
    fn of(cases: &'a [CaseReport], mut questions: Option<Questions>) -> Result<Self, Error> {
        let mut choice = Self::default();
        for case in cases {
            say(&format!("{}\n  {}\n", case.name, call(case)))?;
            let value = match value(case) {
                Ok(value) => value,
                Err(reason) => {
                    choice.incomplete = true;
                    say(&format!("  left out: {}\n\n", reason.replace('\n', "\n  ")))?;
                    continue;
                }
            };
            let before = "  expected = ";
            say(&format!("{before}{}\n", literal::write(value, before).unwrap_or_default()))?;
            let answer = match &questions {
                Some(questions) => questions.ask("record?")?,
                None => Answer::Yes,
            };
            screen::print(b"\n")?;
            match answer {
                Answer::Yes => {}
                Answer::All => questions = None,
                Answer::No => continue,
                Answer::Quit => break,
            }
            choice.values.push((case.name.as_str(), value));
        }
        Ok(choice)
    }
}

/// The value that the reference returned, or why there is none to write.
fn value(case: &CaseReport) -> Result<&Value, String> {
    let CaseReport { verdict, message, .. } = case;
    let value = match &case.delivered {
        Some(Delivered::Value(value)) => value,
        Some(Delivered::Error(_)) => {
            return Err(format!("it {message}; if it should, write `errors = true`"));
        }
        Some(Delivered::Panic { .. }) if *verdict == Verdict::Panicked => {
            return Err(format!("it panicked: {message}; if it should, write `panics = true`"));
        }
        _ => return Err(format!("{verdict}: {message}")),
    };
    let count = elements(value);
    if count > MOST {
        return Err(format!(
            "it has {count} elements, and {MOST} are written at most: take a smaller case, \
             `shape = […]` or `expected = {{ npy = \"….npy\" }}`"
        ));
    }
    let exact = Tolerance {
        abs: 0.0,
        rel: 0.0,
        ulps: None,
        precision: Precision::Exact,
        nan: NanPolicy::Equal,
    };
    let back = literal::write(value, "").and_then(|text| literal::read(&text));
    if back.is_some_and(|back| compare(value, &back, &exact).is_ok()) {
        Ok(value)
    } else {
        Err(format!("no fixture can hold {}", array::one_line(value, SHOWN)))
    }
}

/// How many numbers, texts and bools a value has.
fn elements(value: &Value) -> usize {
    match value {
        Value::List(items) => items.iter().map(elements).sum(),
        _ => value.shape().map_or(1, |shape| shape.iter().product()),
    }
}

fn call(case: &CaseReport) -> String {
    let args: Vec<_> = case.args.iter().map(|arg| array::one_line(arg, SHOWN)).collect();
    format!("{}({})", case.function, args.join(", "))
}

/// Prints what may hold text of a fixture.
fn say(text: &str) -> Result<(), Error> {
    screen::print(plain(text).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_was_changed_or_removed_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("softmax.toml");
        fs::write(&path, "title = \"Softmax\"\n").unwrap();
        assert!(is_still(&path, "title = \"Softmax\"\n"));
        fs::write(&path, "title = \"Softmax!\"\n").unwrap();
        assert!(!is_still(&path, "title = \"Softmax\"\n"));
        fs::remove_file(&path).unwrap();
        assert!(!is_still(&path, ""));
    }
}
