//! What became of an exercise, in the words of every format.

use super::decimal::Hundredths;
use super::visible::Visible;
use crate::course::Points;
use crate::grade::{ExerciseReport, ExerciseVerdict, Report, Verdict};

/// What the mark before an exercise says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Every case passed.
    Passed,
    /// Nothing is wrong, but something is still to be written.
    Open,
    /// Something is wrong.
    Failed,
}

impl State {
    /// The state of an exercise, as far as the reader may know it.
    pub fn of(exercise: &ExerciseReport, visible: &Visible<'_>) -> Self {
        match exercise.verdict {
            ExerciseVerdict::Passed => Self::Passed,
            ExerciseVerdict::NotImplemented | ExerciseVerdict::Blocked => Self::Open,
            ExerciseVerdict::Failed if only_unwritten(visible) => Self::Open,
            ExerciseVerdict::Failed | ExerciseVerdict::DidNotCompile => Self::Failed,
        }
    }
}

/// Whether all that is missing are functions that nobody has written yet.
fn only_unwritten(visible: &Visible<'_>) -> bool {
    let mut missed = visible.cases.iter().filter(|case| case.verdict != Verdict::Passed).peekable();
    missed.peek().is_some() && missed.all(|case| case.verdict == Verdict::NotImplemented)
}

/// What became of an exercise that did not pass, in few words.
pub fn words(exercise: &ExerciseReport, visible: &Visible<'_>) -> String {
    match exercise.verdict {
        ExerciseVerdict::Passed => String::new(),
        ExerciseVerdict::NotImplemented if visible.lacks_file() => {
            "not implemented: there is no file".into()
        }
        ExerciseVerdict::Failed if only_unwritten(visible) => {
            format!("not implemented: {}", visible.unwritten().join(", "))
        }
        ExerciseVerdict::Failed => {
            let mut words: Vec<&str> = Vec::new();
            for case in visible.cases.iter().filter(|case| case.verdict != Verdict::Passed) {
                if !words.contains(&case.verdict.word()) {
                    words.push(case.verdict.word());
                }
            }
            if words.is_empty() { "failed".into() } else { words.join(", ") }
        }
        verdict => verdict.to_string(),
    }
}

/// What a submission earned: "41.5 of 140 points (29.64 %)".
pub fn total(report: &Report) -> String {
    let (score, points) = (report.score(), report.points());
    let percent = Hundredths::of(report.percent(), Points::from_integer(100));
    let score = Hundredths::of(score, points);
    format!("{score} of {} points ({percent} %)", Hundredths::whole(points))
}

/// The total and, on lines of their own, which references stood in for what.
pub fn summary(report: &Report) -> String {
    let mut lines = vec![total(report)];
    for exercise in report.exercises() {
        let sentences = stand_ins(exercise, report).into_iter();
        lines.extend(sentences.map(|sentence| format!("{}: {sentence}", exercise.name)));
    }
    lines.join("\n")
}

/// Which references stood in for what the exercise calls, and why, each in a sentence.
pub fn stand_ins(exercise: &ExerciseReport, report: &Report) -> Vec<String> {
    let sentence = |name: &String| {
        let dependency = report.exercises().find(|other| other.name == *name);
        let why = match dependency.map(|it| it.verdict) {
            Some(ExerciseVerdict::DidNotCompile) => "does not compile",
            Some(ExerciseVerdict::NotImplemented) => "is not written yet",
            Some(ExerciseVerdict::Failed) => "fails",
            _ => "does not compile or fails",
        };
        format!("graded on the reference {name}, since yours {why}")
    };
    exercise.on_reference.iter().map(sentence).collect()
}
