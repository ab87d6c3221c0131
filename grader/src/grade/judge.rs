//! The verdict on one call.

use harness::Value;
use harness::wire::CallOutcome;

use super::report::Delivered;
use super::verdict::Verdict;
use crate::compare::{Mismatch, compare, shape_text};
use crate::course::{Check, Message};
use crate::paths;
use crate::run::{Death, Observed};
use crate::signature::ResultKind;

/// How many characters of a learner's message are kept. No report shows as many, and a panic may
/// print an array of millions.
const KEPT: usize = 16 << 10;

/// What a call came to.
#[derive(Debug, Clone)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// One sentence on what happened; empty if the case passed.
    pub message: String,
    /// What came, if the call came back.
    pub delivered: Option<Delivered>,
    /// Where it differs from what was wanted.
    pub mismatch: Option<Mismatch>,
}

impl Judgement {
    /// The verdict on a call whose check holds.
    #[must_use]
    pub fn passed() -> Self {
        Self::without_result(Verdict::Passed, "")
    }

    /// A verdict on a call that did not come back, or was not made.
    #[must_use]
    pub fn without_result(verdict: Verdict, message: impl Into<String>) -> Self {
        Self { verdict, message: message.into(), delivered: None, mismatch: None }
    }

    /// Whether a case's feedback, which is about wrong results, is to the point: a call that did not
    /// come back has none.
    #[must_use]
    pub fn speaks_of_results(&self) -> bool {
        matches!(self.delivered, Some(Delivered::Value(_) | Delivered::Error(_)))
    }
}

/// Judges what a call did. `wanted` is the kind of value that the reference returns, if known.
#[must_use]
pub fn judge(
    check: &Check,
    observed: &Observed,
    wanted: &dyn Fn() -> Option<ResultKind>,
) -> Judgement {
    match observed {
        Observed::Replied(outcome) => judge_outcome(check, outcome, wanted),
        Observed::Died(death) => Judgement::without_result(verdict_of(death), death.to_string()),
        Observed::NeverStarted(death) => {
            let message = format!("the process ended before the first call: {death}");
            Judgement::without_result(Verdict::Crashed, message)
        }
        Observed::NotMade(death) => Judgement::without_result(
            verdict_of(death),
            format!("not called any more after three calls like this: {death}"),
        ),
    }
}

/// The value that a call returned.
#[must_use]
pub fn returned(observed: &Observed) -> Option<&Value> {
    match observed {
        Observed::Replied(CallOutcome::Returned(value)) => Some(value),
        _ => None,
    }
}

/// Judges a call that returned no value, whatever is asked of it.
#[must_use]
pub fn judge_failure(observed: &Observed) -> Judgement {
    // Nothing has no shape.
    judge(&Check::Shape(Vec::new()), observed, &|| None)
}

fn verdict_of(death: &Death) -> Verdict {
    match death {
        Death::TimedOut(_) | Death::TotalTime(_) => Verdict::TimedOut,
        Death::OutOfMemory => Verdict::OutOfMemory,
        Death::StackOverflow => Verdict::StackOverflow,
        Death::Crashed(_) => Verdict::Crashed,
    }
}

fn judge_outcome(
    check: &Check,
    outcome: &CallOutcome,
    wanted: &dyn Fn() -> Option<ResultKind>,
) -> Judgement {
    match outcome {
        CallOutcome::Returned(value) => {
            let (verdict, message, mismatch) = judge_value(check, value, wanted);
            let delivered = Some(Delivered::Value(value.clone()));
            Judgement { verdict, message, delivered, mismatch }
        }
        CallOutcome::Failed(error) => {
            let (verdict, message) = match check {
                Check::Errors(message) => {
                    judge_message(message, error, Verdict::WrongValue, "error")
                }
                _ => (Verdict::WrongValue, format!("returned an error: {}", kept(error))),
            };
            let delivered = Some(Delivered::Error(kept(error)));
            Judgement { verdict, message, delivered, mismatch: None }
        }
        CallOutcome::Panicked { message: panic, location } => {
            let (verdict, message) = match check {
                _ if outcome.is_placeholder() => (Verdict::NotImplemented, kept(panic)),
                Check::Panics(message) => judge_message(message, panic, Verdict::Panicked, "panic"),
                _ => (Verdict::Panicked, kept(panic)),
            };
            let location = location.as_deref().map(|it| paths::shorten(&kept(it)));
            let delivered = Some(Delivered::Panic { message: kept(panic), location });
            Judgement { verdict, message, delivered, mismatch: None }
        }
        CallOutcome::Refused(problem) => {
            Judgement::without_result(Verdict::WrongType, kept(problem))
        }
    }
}

/// The beginning of a learner's message.
fn kept(text: &str) -> String {
    text.chars().take(KEPT).collect()
}

/// Judges the text of a panic or an error that was wanted.
fn judge_message(
    wanted: &Message,
    text: &str,
    otherwise: Verdict,
    what: &str,
) -> (Verdict, String) {
    match wanted {
        Message::Any => (Verdict::Passed, String::new()),
        Message::Contains(part) if text.contains(part) => (Verdict::Passed, String::new()),
        Message::Contains(part) => {
            (otherwise, format!("the {what} should say {part:?}, it says {:?}", kept(text)))
        }
    }
}

fn judge_value(
    check: &Check,
    value: &Value,
    wanted: &dyn Fn() -> Option<ResultKind>,
) -> (Verdict, String, Option<Mismatch>) {
    let outcome = match check {
        Check::Value { expected, tolerance } => match wanted().filter(|kind| !fits(value, *kind)) {
            Some(kind) => {
                Err(Mismatch::Kind { actual: value.describe(), expected: describe(kind) })
            }
            None => compare(value, expected, tolerance),
        },
        Check::Shape(expected) => match shape(value) {
            Some(actual) if actual == expected => Ok(()),
            Some(actual) => {
                Err(Mismatch::Shape { actual: actual.to_vec(), expected: expected.clone() })
            }
            None => Err(Mismatch::Kind {
                actual: value.describe(),
                expected: format!("an array of shape {}", shape_text(expected)),
            }),
        },
        Check::Panics(_) => return (Verdict::WrongValue, "it should panic".into(), None),
        Check::Errors(_) => {
            return (Verdict::WrongValue, "it should return an error".into(), None);
        }
    };
    match outcome {
        Ok(()) => (Verdict::Passed, String::new(), None),
        Err(mismatch) => {
            let verdict = match mismatch.innermost() {
                Mismatch::Kind { .. } => Verdict::WrongType,
                Mismatch::Shape { .. } | Mismatch::Length { .. } => Verdict::WrongShape,
                Mismatch::Values(_) | Mismatch::Text { .. } | Mismatch::Item { .. } => {
                    Verdict::WrongValue
                }
            };
            (verdict, mismatch.to_string(), Some(mismatch))
        }
    }
}

/// The shape of a value, that of a number being `()`.
fn shape(value: &Value) -> Option<&[usize]> {
    match value {
        Value::Float(_) | Value::Int(_) => Some(&[]),
        other => other.shape(),
    }
}

/// Whether a value is of the kind that the reference returns.
fn fits(value: &Value, kind: ResultKind) -> bool {
    let dimension = |found: usize, wanted: Option<usize>| wanted.is_none_or(|it| it == found);
    match (value, kind) {
        (Value::Float(_), ResultKind::Float)
        | (Value::Int(_), ResultKind::Int)
        | (Value::Bool(_), ResultKind::Bool)
        | (Value::Text(_), ResultKind::Text) => true,
        (Value::Array(array), ResultKind::FloatArray(wanted)) => dimension(array.ndim(), wanted),
        (Value::IntArray(array), ResultKind::IntArray(wanted)) => dimension(array.ndim(), wanted),
        (Value::BoolArray(array), ResultKind::BoolArray(wanted)) => dimension(array.ndim(), wanted),
        // Whether `Option::None` is right is for comparing to say.
        (Value::List(_), ResultKind::List) | (Value::None, _) => true,
        _ => false,
    }
}

/// What is wanted, in the words of [`Value::describe`].
fn describe(kind: ResultKind) -> String {
    let array = |dimensions: Option<usize>, of: &str| match dimensions {
        Some(dimensions) => format!("a {dimensions}-d array of {of}"),
        None => format!("an array of {of}"),
    };
    match kind {
        ResultKind::Float => "a float".into(),
        ResultKind::Int => "an integer".into(),
        ResultKind::Bool => "a bool".into(),
        ResultKind::Text => "a string".into(),
        ResultKind::List => "a list".into(),
        ResultKind::FloatArray(dimensions) => array(dimensions, "floats"),
        ResultKind::IntArray(dimensions) => array(dimensions, "integers"),
        ResultKind::BoolArray(dimensions) => array(dimensions, "bools"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(check: Check, outcome: CallOutcome) -> Judgement {
        judge(&check, &Observed::Replied(outcome), &|| None)
    }

    #[test]
    fn a_message_without_end_is_read_to_its_end_but_not_kept() {
        let long = format!("{}the end", "\u{1}".repeat(1 << 20));
        let panicked =
            || CallOutcome::Panicked { message: long.clone(), location: Some(long.clone()) };
        let says = |part: &str| Message::Contains(part.into());
        let right = judged(Check::Panics(says("the end")), panicked());
        assert_eq!(right.verdict, Verdict::Passed);
        for (check, outcome) in [
            (Check::Panics(says("the beginning")), panicked()),
            (Check::Errors(says("the beginning")), panicked()),
            (Check::Errors(says("the beginning")), CallOutcome::Failed(long.clone())),
            (Check::Panics(Message::Any), CallOutcome::Failed(long.clone())),
            (Check::Panics(Message::Any), CallOutcome::Refused(long.clone())),
        ] {
            let wrong = judged(check, outcome);
            assert_ne!(wrong.verdict, Verdict::Passed);
            // Quoted, every character is as long as `\u{1}`.
            assert!(format!("{wrong:?}").len() < 20 * KEPT);
        }
    }
}
