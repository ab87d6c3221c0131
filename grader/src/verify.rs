//! Verifying: a report beside one of the same submission that was made anew.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::report::json::Document;

/// What the results depend on, by its key, and what it means that it is another one. The first is
/// told first.
const CIRCUMSTANCES: [(&str, &str); 7] = [
    (SUBMISSION, "This is not the submission that was graded: it has other files."),
    (
        "course.hash",
        "The course or its fixtures were others. A report that was made with --fixtures needs the \
         same folders here, in the same order, and one with --reveal needs that, too.",
    ),
    ("course.title", "The course had another title."),
    ("provenance.grader", "Another version of the grader may judge otherwise."),
    ("provenance.grader_hash", "A grader made from other sources may judge otherwise."),
    ("provenance.rustc", "Another compiler may take or refuse other code."),
    ("isolation", "With another isolation, code that touches the machine may do something else."),
];

/// What tells submissions from each other.
const SUBMISSION: &str = "submission.hash";

/// Keys that are not compared: times, names, and what may be worded otherwise for the same code.
const IGNORED: [&str; 5] = ["duration_ms", "submission.id", "message", "stdout", "diagnostics"];

/// Keys with an object, which is compared key by key. Other objects are compared as a whole.
const GROUPS: [&str; 3] = ["course", "submission", "provenance"];

/// Keys with a list of parts that have names.
const PARTS: [&str; 2] = ["exercises", "cases"];

/// Two reports differ in one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where.
    pub place: Place,
    /// In what.
    pub change: Change,
}

/// Where two reports differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In what is said of the whole.
    Report,
    /// In an exercise, by name.
    Exercise(String),
    /// In a case, by the names of exercise and case.
    Case(String, String),
}

/// In what two reports differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Only the report has it.
    Gone,
    /// Only the new one has it.
    New,
    /// A key has another value.
    Value {
        /// The key; one in an object is `object.key`.
        key: String,
        /// What the report says, if it has the key.
        was: Option<String>,
        /// What the new one says, if it has the key.
        is: Option<String>,
    },
}

impl Place {
    /// The part of this name in it.
    fn inner(&self, name: &str) -> Self {
        match self {
            Self::Report => Self::Exercise(name.into()),
            Self::Exercise(exercise) | Self::Case(exercise, _) => {
                Self::Case(exercise.clone(), name.into())
            }
        }
    }
}

impl Difference {
    /// Where it stands among the circumstances that results depend on, if it is one.
    fn rank(&self) -> Option<usize> {
        match (&self.place, &self.change) {
            (Place::Report, Change::Value { key, .. }) => {
                CIRCUMSTANCES.iter().position(|(name, _)| name == key)
            }
            _ => None,
        }
    }

    /// What it means, if results depend on it.
    #[must_use]
    pub fn meaning(&self) -> Option<&'static str> {
        self.rank().map(|rank| CIRCUMSTANCES[rank].1)
    }

    /// Whether other files were graded.
    #[must_use]
    pub fn is_submission(&self) -> bool {
        matches!(&self.change, Change::Value { key, .. } if key == SUBMISSION)
    }
}

/// In what two reports differ: first what results depend on, then the results. Exercises and cases
/// are told by their names.
///
/// Times are not compared, nor what may be worded otherwise for the same code: messages, what was
/// printed, what rustc said, and the submission's name.
///
/// # Errors
///
/// If a report cannot be written as JSON.
pub fn differences(was: &Document, is: &Document) -> serde_json::Result<Vec<Difference>> {
    let (was, is) = (serde_json::to_value(was)?, serde_json::to_value(is)?);
    let mut found = Vec::new();
    compare(&Place::Report, &was, &is, &mut found);
    // Those that are none keep their order behind them.
    found.sort_by_key(|difference| difference.rank().unwrap_or(usize::MAX));
    Ok(found)
}

/// Compares what is said of the same place, and of the parts of it.
fn compare(place: &Place, was: &Value, is: &Value, found: &mut Vec<Difference>) {
    let (mut old, mut new) = (texts(was), texts(is));
    let mut keys: Vec<String> = old.keys().chain(new.keys()).cloned().collect();
    // What came of it first.
    keys.sort_by_key(|key| (!["score", "verdict"].contains(&key.as_str()), key.clone()));
    keys.dedup();
    for key in keys {
        let (was, is) = (old.remove(&key), new.remove(&key));
        if was != is {
            let change = Change::Value { key, was, is };
            found.push(Difference { place: place.clone(), change });
        }
    }
    let (old, mut new) = (parts(was), parts(is));
    for (name, was) in old {
        let inner = place.inner(name.0);
        match new.iter().position(|(other, _)| *other == name) {
            Some(index) => compare(&inner, was, new.remove(index).1, found),
            None => found.push(Difference { place: inner, change: Change::Gone }),
        }
    }
    for ((name, _), _) in new {
        found.push(Difference { place: place.inner(name), change: Change::New });
    }
}

/// What is said of a place itself, as text by key.
fn texts(value: &Value) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for (key, value) in value.as_object().into_iter().flatten() {
        if GROUPS.contains(&key.as_str()) {
            let inner = value.as_object().into_iter().flatten();
            texts.extend(inner.map(|(name, value)| (format!("{key}.{name}"), text(value))));
        } else {
            texts.insert(key.clone(), text(value));
        }
    }
    texts.retain(|key, _| !IGNORED.contains(&key.as_str()) && !PARTS.contains(&key.as_str()));
    texts
}

/// A value as text: a string as it is, anything else as JSON.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The parts of an object by their names. Of parts that share one the second has the number 1.
fn parts(value: &Value) -> Vec<((&str, usize), &Value)> {
    let items = PARTS.iter().filter_map(|key| value.get(key)?.as_array()).flatten();
    let mut numbers = BTreeMap::new();
    let named = items.map(|item| {
        let name = item.get("name").and_then(Value::as_str).unwrap_or_default();
        let next: &mut usize = numbers.entry(name).or_default();
        *next += 1;
        ((name, *next - 1), item)
    });
    named.collect()
}
