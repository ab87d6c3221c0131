//! What the loader makes of fixtures that are right, in TOML and in JSON.

use std::fs;
use std::path::Path;

use grader::course::{Case, Check, Course, Message};
use grader::course::{NanPolicy, Precision};
use harness::Value;
use ndarray::{ArrayD, array};
use ndarray_npy::WriteNpyExt;
use num_rational::Ratio;

use crate::test_course;

const COURSE: &str = r#"
version = 1
title = "Test"
seed = 18446744073709551615
tolerance = { rel = 1e-3 }
limits = { wall = "1.5 s", memory = "1 GiB" }

[[section]]
title = "All"
exercises = ["exercise"]
"#;

/// A course with one fixture, as TOML or as JSON.
fn write(folder: &Path, file: &str, cases: &str) {
    let fixture = if file.ends_with(".toml") {
        format!("title = \"Exercise\"\npoints = 2.35\n{cases}")
    } else {
        format!("{{ \"title\": \"Exercise\", \"points\": 2.35, {cases} }}")
    };
    fs::write(folder.join("course.toml"), COURSE).unwrap();
    fs::write(folder.join(file), fixture).unwrap();
}

#[track_caller]
fn load(folder: &Path) -> Course {
    test_course::load(folder, &[]).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The only argument of a case, which must be the same in TOML and in JSON.
#[track_caller]
fn value(toml: &str, json: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "exercise.toml",
        &format!("[[case]]\nname = \"a\"\nshape = []\nargs = [{toml}]"),
    );
    let from_toml = load(folder.path()).exercises[0].cases[0].args.clone();
    fs::remove_file(folder.path().join("exercise.toml")).unwrap();
    write(
        folder.path(),
        "exercise.json",
        &format!("\"case\": [{{ \"name\": \"a\", \"shape\": [], \"args\": [{json}] }}]"),
    );
    let from_json = load(folder.path()).exercises[0].cases[0].args.clone();
    // NaN differs from itself, but not in print.
    assert_eq!(format!("{from_toml:?}"), format!("{from_json:?}"));
    assert_eq!(from_toml.len(), 1);
    from_toml.into_iter().next().unwrap()
}

#[track_caller]
fn same(text: &str, expected: Value) {
    assert_eq!(value(text, text), expected);
}

/// The cases of a TOML fixture.
#[track_caller]
fn cases(fixture: &str) -> Vec<Case> {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "exercise.toml", fixture);
    load(folder.path()).exercises.remove(0).cases
}

#[test]
fn scalars() {
    same("true", Value::Bool(true));
    same("-9223372036854775808", Value::Int(i64::MIN));
    same("3.0", Value::Float(3.0));
    same("1e-300", Value::Float(1e-300));
    same("0.1", Value::Float(0.1));
    same("\"é\\n\"", Value::Text("é\n".into()));
    assert_eq!(value("inf", "\"inf\""), Value::Float(f64::INFINITY));
    assert_eq!(value("-inf", "\"-inf\""), Value::Float(f64::NEG_INFINITY));
    assert!(matches!(value("nan", "\"nan\""), Value::Float(x) if x.is_nan()));
}

#[test]
fn arrays() {
    same("[1, 2, 3]", Value::IntArray(array![1, 2, 3].into_dyn()));
    same("[[1, 2.5], [3, 4]]", Value::Array(array![[1.0, 2.5], [3.0, 4.0]].into_dyn()));
    same("[[true], [false]]", Value::BoolArray(array![[true], [false]].into_dyn()));
    same("[[[1], [2]]]", Value::IntArray(array![[[1], [2]]].into_dyn()));
    let infinite = value("[1.0, inf]", "[1.0, \"inf\"]");
    assert_eq!(infinite, Value::Array(array![1.0, f64::INFINITY].into_dyn()));
}

#[test]
fn empty_arrays() {
    let zeros = |shape: &[usize]| Value::Array(ArrayD::zeros(shape));
    same("[]", zeros(&[0]));
    same("[[], []]", zeros(&[2, 0]));
    let filled = "{ shape = [0, 2], fill = 0.0 }";
    assert_eq!(value(filled, "{ \"shape\": [0, 2], \"fill\": 0.0 }"), zeros(&[0, 2]));
}

#[test]
fn filled_arrays() {
    let filled = value("{ shape = [2], fill = 7 }", "{ \"shape\": [2], \"fill\": 7 }");
    assert_eq!(filled, Value::IntArray(array![7, 7].into_dyn()));
    let filled =
        value("{ shape = [1, 1], fill = inf }", "{ \"shape\": [1, 1], \"fill\": \"inf\" }");
    assert_eq!(filled, Value::Array(array![[f64::INFINITY]].into_dyn()));
    let filled = value("{ shape = [], fill = true }", "{ \"shape\": [], \"fill\": true }");
    assert_eq!(filled, Value::BoolArray(ndarray::arr0(true).into_dyn()));
}

#[test]
fn lists_are_tuples_and_texts() {
    let text = |text: &str| Value::Text(text.into());
    same("[\"a\", \"b\"]", Value::List(vec![text("a"), text("b")]));
    same("[1, \"b\"]", Value::List(vec![Value::Int(1), text("b")]));
    same("[1, true]", Value::List(vec![Value::Int(1), Value::Bool(true)]));
    let vector = Value::IntArray(array![1, 2].into_dyn());
    same("[[1, 2], 3.5]", Value::List(vec![vector, Value::Float(3.5)]));
}

#[test]
fn data_files_in_either_order_and_any_number_type() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| fs::File::create(folder.path().join(name)).unwrap();
    let column_major = array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]].reversed_axes();
    assert!(!column_major.is_standard_layout());
    column_major.write_npy(file("f8.npy")).unwrap();
    array![1.5_f32].write_npy(file("f4.npy")).unwrap();
    array![[-1_i64]].write_npy(file("i8.npy")).unwrap();
    array![-2_i32].write_npy(file("i4.npy")).unwrap();
    ndarray::arr0(255_u8).write_npy(file("u1.npy")).unwrap();
    array![true, false].write_npy(file("b1.npy")).unwrap();
    let names = ["f8", "f4", "i8", "i4", "u1", "b1"];
    let args = names.map(|name| format!("{{ npy = \"{name}.npy\" }}")).join(", ");
    let case = format!("[[case]]\nname = \"a\"\nshape = []\nargs = [{args}]");
    write(folder.path(), "exercise.toml", &case);
    let args = load(folder.path()).exercises.remove(0).cases.remove(0).args;
    let Value::Array(first) = &args[0] else { panic!("{args:?}") };
    assert!(first.is_standard_layout());
    assert_eq!(
        args,
        [
            Value::Array(array![[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]].into_dyn()),
            Value::Array(array![1.5].into_dyn()),
            Value::IntArray(array![[-1]].into_dyn()),
            Value::IntArray(array![-2].into_dyn()),
            Value::IntArray(ndarray::arr0(255).into_dyn()),
            Value::BoolArray(array![true, false].into_dyn()),
        ]
    );
}

#[test]
fn every_check() {
    let cases = cases(
        r#"
        function = "f"
        [[case]]
        name = "expected"
        expected = [1.5]
        [[case]]
        name = "shape"
        function = "g"
        shape = [18, 1]
        weight = 3
        feedback = "Turn it."
        source = "The notebook"
        [[case]]
        name = "panics"
        panics = true
        [[case]]
        name = "errors"
        errors = "too short"
        "#,
    );
    let Check::Value { expected, .. } = &cases[0].check else { panic!("{cases:?}") };
    assert_eq!(expected, &Value::Array(array![1.5].into_dyn()));
    assert!(matches!(&cases[1].check, Check::Shape(shape) if shape == &[18, 1]));
    assert!(matches!(&cases[2].check, Check::Panics(Message::Any)));
    let Check::Errors(message) = &cases[3].check else { panic!("{cases:?}") };
    assert_eq!(message, &Message::Contains("too short".into()));
    let functions: Vec<_> = cases.iter().map(|case| case.function.as_str()).collect();
    assert_eq!(functions, ["f", "g", "f", "f"]);
    assert_eq!((cases[0].weight, cases[1].weight), (1, 3));
    assert_eq!(cases[1].feedback.as_deref(), Some("Turn it."));
    assert_eq!(cases[1].source.as_deref(), Some("The notebook"));
}

#[test]
fn tolerances_are_inherited() {
    let cases = cases(
        r#"
        [tolerance]
        abs = 0.5
        [[case]]
        name = "inherits both"
        expected = 1
        [[case]]
        name = "sets one"
        expected = 1
        tolerance = { rel = 0 }
        nan = "differs"
        [[case]]
        name = "ulps alone"
        expected = 1
        ulps = 4
        "#,
    );
    let bounds: Vec<_> = cases
        .iter()
        .map(|case| match &case.check {
            Check::Value { tolerance, .. } => {
                assert_eq!(tolerance.precision, Precision::Exact);
                (tolerance.rel, tolerance.abs, tolerance.ulps, tolerance.nan)
            }
            check => panic!("{check:?}"),
        })
        .collect();
    assert_eq!(
        bounds,
        [
            (1e-3, 0.5, None, NanPolicy::Equal),
            (0.0, 0.5, None, NanPolicy::Differs),
            (0.0, 0.0, Some(4), NanPolicy::Equal),
        ]
    );
}

#[test]
fn the_manifest_and_the_exercise() {
    let folder = tempfile::tempdir().unwrap();
    let case = "hints = [\"a\", \"b\"]\nlimits = { output = \"1 kB\" }\n[[case]]\nname = \"a\"\nexpected = 1";
    write(folder.path(), "exercise.toml", case);
    let course = load(folder.path());
    assert_eq!(
        (course.title.as_str(), course.seed, course.follow_through),
        ("Test", u64::MAX, true)
    );
    assert_eq!(course.sections[0].exercises, ["exercise"]);
    let exercise = course.exercise("exercise").unwrap();
    assert_eq!(exercise.points, Ratio::new(47, 20));
    assert_eq!(exercise.cases[0].function, "exercise");
    assert_eq!(exercise.path, folder.path().join("exercise.toml"));
    assert_eq!(exercise.limits.wall.as_millis(), 1500);
    assert_eq!((exercise.limits.memory, exercise.limits.output), (1 << 30, 1000));
    assert_eq!(course.limits.output, 64 << 10);
    let error = course.exercise("exercice").unwrap_err();
    assert_eq!(error.to_string(), "no exercise is called `exercice`; did you mean `exercise`?");
    assert_eq!(course.exercise("dot").unwrap_err().to_string(), "no exercise is called `dot`");
}

#[test]
fn overlays_add_hidden_cases_in_order() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "exercise.toml", "function = \"f\"\n[[case]]\nname = \"a\"\nexpected = 1");
    let overlays = ["second", "first"].map(|name| folder.path().join(name));
    for overlay in &overlays {
        fs::create_dir(overlay).unwrap();
        let case = "tolerance = { abs = 9 }\n[[case]]\nname = \"a\"\nexpected = 1\nweight = 2";
        fs::write(overlay.join("exercise.toml"), case).unwrap();
    }
    let course = test_course::load(folder.path(), &overlays).unwrap();
    let cases = &course.exercises[0].cases;
    let facts: Vec<_> = cases
        .iter()
        .map(|case| {
            let Check::Value { tolerance, .. } = &case.check else { panic!("{case:?}") };
            (case.function.as_str(), case.hidden, tolerance.rel, tolerance.abs)
        })
        .collect();
    assert_eq!(facts, [("f", false, 1e-3, 1e-12), ("f", true, 1e-3, 9.0), ("f", true, 1e-3, 9.0)]);
    assert_ne!(course.hash, load(folder.path()).hash);
}

#[test]
fn the_hash_depends_on_content_and_not_on_the_place() {
    let case = "[[case]]\nname = \"a\"\nexpected = 1";
    let folders = [(); 3].map(|()| tempfile::tempdir().unwrap());
    write(folders[0].path(), "exercise.toml", case);
    write(folders[1].path(), "exercise.toml", case);
    write(folders[2].path(), "exercise.toml", &format!("{case} "));
    let hashes = folders.each_ref().map(|folder| load(folder.path()).hash);
    assert_eq!(hashes[0].len(), 64);
    assert_eq!(hashes[0], hashes[1]);
    assert_ne!(hashes[0], hashes[2]);
}

#[test]
fn byte_order_marks_and_crlf_are_fine() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "exercise.toml", "");
    let fixture =
        "\u{feff}title = \"a\"\r\npoints = 1\r\n[[case]]\r\nname = \"a\"\r\nexpected = 1\r\n";
    fs::write(folder.path().join("exercise.toml"), fixture).unwrap();
    assert_eq!(load(folder.path()).exercises[0].title, "a");
}
