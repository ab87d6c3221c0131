use proptest::prelude::*;

use super::*;
use crate::report::json::{Case, Exercise, HiddenCases, Json, Mismatch, Number};
use crate::report::sample;

fn few() -> Document {
    Json::default().document(&sample::few())
}

fn found(was: &Document, is: &Document) -> Vec<Difference> {
    differences(was, is).expect("documents are JSON")
}

fn value(key: &str, was: &str, is: &str) -> Change {
    Change::Value { key: key.into(), was: Some(was.into()), is: Some(is.into()) }
}

#[test]
fn circumstances_come_first_and_results_by_their_place() {
    let (was, mut is) = (few(), few());
    is.exercises[2].cases[0].verdict = "passed".into();
    is.exercises[2].cases[0].mismatch = None;
    is.exercises[2].cases[0].actual = Some("1".into());
    is.exercises[2].score = Number(10.0);
    is.score = Number(22.5);
    is.isolation = "process".into();
    is.submission.hash = "77".into();
    let found = found(&was, &is);
    assert_eq!(found[0].change, value("submission.hash", "5b", "77"));
    assert!(found[0].is_submission() && found[0].meaning().is_some());
    assert_eq!(found[1].change, value("isolation", "full", "process"));
    assert_eq!(found[2].change, value("score", "14.5", "22.5"));
    assert_eq!((&found[2].place, found[2].meaning()), (&Place::Report, None));
    assert_eq!(found[3].change, value("score", "2", "10"));
    assert_eq!(found[3].place, Place::Exercise("softmax".into()));
    assert_eq!(found[4].change, value("verdict", "wrong value", "passed"));
    let place = Place::Case("softmax".into(), "two rows of five scores".into());
    assert!(found[4..].iter().all(|it| it.place == place));
    let keys = found[4..].iter().map(|it| match &it.change {
        Change::Value { key, is, .. } => (key.as_str(), is.is_some()),
        other => panic!("{other:?}"),
    });
    assert_eq!(
        keys.collect::<Vec<_>>(),
        [("verdict", true), ("actual", true), ("mismatch", false)]
    );
}

#[test]
fn parts_that_are_there_in_one_only_are_named_once() {
    let (mut was, mut is) = (few(), few());
    let case = was.exercises[0].cases.remove(0);
    let exercise = is.exercises.remove(1);
    let (exercise, case) =
        (Place::Exercise(exercise.name), Place::Case("sigmoid".into(), case.name));
    assert_eq!(
        found(&was, &is),
        [
            Difference { place: case, change: Change::New },
            Difference { place: exercise, change: Change::Gone },
        ]
    );
}

#[test]
fn times_names_and_words_are_not_compared() {
    let (was, mut is) = (few(), few());
    is.duration_ms = None;
    is.submission.id = "bob".into();
    is.exercises[0].diagnostics = None;
    is.exercises[1].cases[0].duration_ms = None;
    is.exercises[1].cases[1].message = Some("other words".into());
    is.exercises[1].cases[1].stdout = Some("0x7ffe".into());
    assert_eq!(found(&was, &is), []);
}

/// Names of which many are the same.
fn name() -> impl Strategy<Value = String> {
    "[ab,\" \u{202e}]{0,2}"
}

fn number() -> impl Strategy<Value = Number> {
    prop_oneof![(-9..9_i32).prop_map(f64::from), -1e6..1e6].prop_map(Number)
}

fn mismatch() -> impl Strategy<Value = Mismatch> {
    let maybe = || prop::option::of(number());
    let worst = prop::collection::vec(0..9_usize, 0..3);
    (0..9_usize, maybe(), maybe(), worst, name()).prop_map(
        |(wrong, max_abs, max_rel, worst, tolerance)| Mismatch {
            wrong,
            total: 9,
            max_abs,
            max_rel,
            worst,
            tolerance,
        },
    )
}

fn case() -> impl Strategy<Value = Case> {
    let maybe = || prop::option::of(name());
    let args = prop::option::of(prop::collection::vec(name(), 0..3));
    let texts = [maybe(), maybe(), maybe(), maybe(), maybe(), maybe()];
    (name(), name(), any::<bool>(), args, texts, prop::option::of(mismatch())).prop_map(
        |(name, verdict, hidden, args, texts, mismatch)| {
            let [expected, actual, mistake, feedback, message, stdout] = texts;
            let (function, kind, weight, duration_ms) = ("f".into(), "case".into(), 1, None);
            Case {
                name,
                function,
                kind,
                verdict,
                weight,
                hidden,
                args,
                expected,
                actual,
                mismatch,
                mistake,
                feedback,
                message,
                stdout,
                duration_ms,
            }
        },
    )
}

fn exercise() -> impl Strategy<Value = Exercise> {
    let hidden_cases = prop::option::of((0..9_usize, 0..9_usize));
    let follow_through = prop::collection::vec(name(), 0..2);
    let cases = prop::collection::vec(case(), 0..4);
    (name(), number(), name(), follow_through, hidden_cases, cases).prop_map(
        |(name, score, verdict, follow_through, hidden_cases, cases)| Exercise {
            name,
            title: "Any".into(),
            score,
            points: Number(10.0),
            verdict,
            diagnostics: None,
            follow_through,
            hidden_cases: hidden_cases.map(|(count, passed)| HiddenCases { count, passed }),
            cases,
        },
    )
}

fn document() -> impl Strategy<Value = Document> {
    let exercises = prop::collection::vec(exercise(), 0..4);
    let samples = [sample::few(), sample::half_done(), sample::with_hidden_cases()];
    let samples = samples.map(|report| Json::default().document(&report)).to_vec();
    prop_oneof![
        3 => exercises.prop_map(|exercises| Document { exercises, ..few() }),
        1 => prop::sample::select(samples),
    ]
}

/// The places of all that is no object and no list with something in it.
fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            entries.iter().for_each(|(key, value)| leaves(value, &format!("{path}/{key}"), found));
        }
        Value::Array(items) if !items.is_empty() => {
            let numbered = items.iter().enumerate();
            numbered.for_each(|(place, value)| leaves(value, &format!("{path}/{place}"), found));
        }
        _ => found.push(path.to_owned()),
    }
}

/// Another value of the same kind.
fn changed(value: &Value) -> Value {
    match value {
        Value::Bool(it) => (!it).into(),
        Value::String(it) => format!("{it}\u{200b}").into(),
        Value::Number(it) => match it.as_u64() {
            Some(it) => (it + 1).into(),
            None => (it.as_f64().unwrap() * 1.5).into(),
        },
        other => other.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_document_differs_in_nothing_from_itself(document in document()) {
        prop_assert_eq!(found(&document, &document), []);
        // Nor after it was written and read.
        let text = serde_json::to_string(&document).unwrap();
        prop_assert_eq!(found(&document, &serde_json::from_str(&text).unwrap()), []);
    }

    #[test]
    fn a_change_is_found_from_both_sides(
        document in document(),
        choice in any::<prop::sample::Index>(),
    ) {
        let value = serde_json::to_value(&document).unwrap();
        let mut paths = Vec::new();
        leaves(&value, "", &mut paths);
        // Only this one can be read.
        paths.retain(|path| path != "/version");
        let path = choice.get(&paths);
        let mut other = value.clone();
        let leaf = other.pointer_mut(path).unwrap();
        *leaf = changed(leaf);
        let is_changed = other != value;
        let other: Document = serde_json::from_value(other).unwrap();
        let ignored = ["/duration_ms", "/id", "/message", "/stdout", "/diagnostics"];
        let is_ignored = !is_changed || ignored.iter().any(|key| path.ends_with(key));
        let there = found(&document, &other);
        prop_assert_eq!(there.is_empty(), is_ignored, "{}: {:?}", path, there);
        prop_assert_eq!(found(&other, &document).len(), there.len());
    }

    #[test]
    fn no_two_documents_are_too_strange_to_compare(one in document(), other in document()) {
        let there = found(&one, &other);
        prop_assert_eq!(there.is_empty(), found(&other, &one).is_empty());
    }
}
