//! Whatever the files of a course hold, the loader says so and never panics.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use grader::course::Course;
use harness::wire::Call;
use proptest::prelude::*;

use super::test_course::TestCourse;

const FIXTURE: &str = r#"
title = "Softmax"
points = 2.5
summary = "Turn each row into probabilities."
depends = ["dot"]
hints = ["One.", 'Two.']
limits = { wall = "1 s" }

[tolerance]
rel = 1e-7

[[case]]
name = "first"
args = [[[9, 2.5, -0x1], [nan, +inf, 1_0]], { shape = [0, 2], fill = 0 }, { npy = "cat.npy" }]
printed = """
[[1.5 2.5]
 [3.5 4.5]]
"""
digits = 2

[[case]]
name = "second"
args = [["a", true], [[]], 1979-05-27]
expected = [[1, 2], [3, 4]]
ulps = 4
case.tolerance.abs = 3
"#;

const JSON: &str = r#"{
  "title": "Softmax", "points": 2.5, "depends": ["dot"], "tolerance": { "rel": 1e-7 },
  "case": [
    { "name": "a\u0020\n", "args": [[[1, 2], [3.5, "nan"]], { "npy": "cat.npy" }], "expected": null },
    { "name": "b", "printed": "[1.5\n 2.5]", "digits": 1, "nan": "equal" }
  ]
}"#;

const NPY: &[u8] = b"\x93NUMPY\x01\x00\x3a\x00{'descr': '<f8', 'fortran_order': True, 'shape': (1, 1)}  \n\0\0\0\0\0\0\0\0";

/// What a mutation writes into a file: what has a meaning somewhere, and what has none anywhere.
const SCRAPS: &[&str] = &[
    "\"",
    "\"\"\"",
    "'''",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    ",",
    ".",
    "#",
    "\\",
    "\r",
    "\r\n",
    "\0",
    "\u{1b}[2J",
    "\u{9b}2J",
    "\u{202e}",
    "é",
    "🦀",
    "\u{feff}",
    "nan",
    "-",
    "99999999999999999999",
    "1e999",
    "true",
    "null",
    "name = 1\n",
    "[[case]]\n",
    "[case]\n",
    "[a.b.c]\n",
    "shape = [4294967295, 9]",
    "\\u0000",
    "\\ud800",
    "...",
    "(((((",
    "[{[{[{",
    "''",
    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
];

/// Loads a course of these files, in a folder that is used again, and shows what is wrong.
fn load(folder: &Path, files: &[(&str, &[u8])]) {
    let course = "version = 1\ntitle = \"Test\"\n[[section]]\ntitle = \"All\"\nexercises = [\"softmax\", \"dot\"]\n";
    let dot = "title = \"Dot\"\npoints = 1\n[[case]]\nname = \"a\"\nexpected = 1\n";
    for (name, content) in [("course.toml", course.as_bytes()), ("dot.toml", dot.as_bytes())] {
        fs::write(folder.join(name), content).unwrap();
    }
    for (name, content) in files {
        fs::write(folder.join(name), content).unwrap();
    }
    if let Err(problems) = Course::load(folder, &[folder.to_owned()]) {
        assert!(!problems.is_empty());
        let text = problems.to_string();
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
    }
}

/// A text with some scraps written into it and some parts cut out.
fn mutated(original: &'static [u8]) -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), 0_usize..12, prop::sample::select(SCRAPS));
    prop::collection::vec(change, 1..6).prop_map(move |changes| {
        let mut text = original.to_vec();
        for (at, cut, scrap) in changes {
            let start = at.index(text.len() + 1);
            let end = (start + cut).min(text.len());
            text.splice(start..end, scrap.bytes());
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_toml(fixture in mutated(FIXTURE.as_bytes())) {
        let folder = tempfile::tempdir().unwrap();
        load(folder.path(), &[("softmax.toml", &fixture), ("cat.npy", NPY)]);
    }

    #[test]
    fn mutated_json(fixture in mutated(JSON.as_bytes())) {
        let folder = tempfile::tempdir().unwrap();
        load(folder.path(), &[("softmax.json", &fixture), ("cat.npy", NPY)]);
    }

    #[test]
    fn mutated_data(npy in mutated(NPY)) {
        let folder = tempfile::tempdir().unwrap();
        load(folder.path(), &[("softmax.toml", FIXTURE.as_bytes()), ("cat.npy", &npy)]);
    }

    #[test]
    fn garbage(text in "(?s).{0,200}", bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let folder = tempfile::tempdir().unwrap();
        load(folder.path(), &[("softmax.toml", text.as_bytes()), ("course.toml", &bytes)]);
        load(folder.path(), &[("softmax.toml", &bytes), ("dot.json", text.as_bytes())]);
    }
}

#[test]
fn deep_nesting_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        load(folder.path(), &[("softmax.json", deep.as_bytes())]);
        load(folder.path(), &[("softmax.toml", format!("a = {deep}").as_bytes())]);
    }
    let header = format!("{{'descr': {}", "{".repeat(4000));
    let mut npy = b"\x93NUMPY\x01\x00".to_vec();
    npy.extend(u16::try_from(header.len()).unwrap().to_le_bytes());
    npy.extend(header.bytes());
    load(folder.path(), &[("softmax.toml", FIXTURE.as_bytes()), ("cat.npy", &npy)]);
}

#[test]
fn what_is_nested_too_deeply_for_a_worker_is_refused() {
    for item in ["1", "\"a\""] {
        let nested = |depth| {
            let (open, close) = ("[".repeat(depth), "]".repeat(depth));
            let case = format!("name = \"a\"\nargs = [{open}{item}{close}]\nexpected = 1");
            TestCourse::softmax(&format!("[[case]]\n{case}"))
        };
        let args = nested(32).load().unwrap().exercises[0].cases[0].args.clone();
        let call = Call { id: 1, marker: 2, function: "softmax".into(), args };
        assert_eq!(Call::decode(&call.encode()), Ok(call));
        let problems = nested(33).problems();
        assert!(problems.contains("lists are nested at most 32 deep"), "{problems}");
    }
}

#[test]
fn many_problems_are_counted_and_not_all_shown() {
    let folder = tempfile::tempdir().unwrap();
    let fixture = "[[case]]\nname = 1\n".repeat(5000);
    load(folder.path(), &[("softmax.toml", fixture.as_bytes())]);
    let problems = Course::load(folder.path(), &[]).unwrap_err();
    assert_eq!(problems.iter().count(), 100);
    assert!(problems.len() > 5000);
    assert!(problems.to_string().ends_with("problems in the course; the first 100 are shown"));
}

#[test]
fn problems_on_one_long_line_take_no_longer_than_others() {
    let fixture = format!("{{{}\"b\": 1}}", "\"a\": 1, ".repeat(200_000));
    let course = TestCourse::new().file("softmax.json", fixture);
    let start = Instant::now();
    assert_eq!(course.load().unwrap_err().len(), 199_999);
    // A tenth of it is usual; to look for the place of each would be three times as long.
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

#[test]
fn the_course_of_this_repository_is_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures");
    let course = Course::load(&folder, &[]).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(course.exercises.len(), 14);
}
