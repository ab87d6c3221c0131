//! Submissions that are compiled together.

use std::collections::BTreeMap;
use std::fs;
use std::time::SystemTime;

use serde_json::Value;

use super::class::{Class, SMALL, answer};
use crate::project::text;

/// What students hand in, no more than are compiled together.
const DOUBLES: [&str; 13] = [
    "pub fn double(x: f64) -> f64 {\n    println!(\"first of all\");\n    2.0 * x\n}\n",
    "pub fn double(x: f64) -> f64 {\n    println!(\"second of all\");\n    x\n}\n",
    "pub fn double(x: f64) -> f64 {\n    assert_positive(x);\n    2.0 * x\n}\n\
     fn assert_positive(x: f64) {\n    if x < 0.0 { panic!(\"{x} is negative\") }\n}\n",
    "pub fn double(x: f64) -> f64 {\n    let y: i32 = x;\n    2.0 * x\n}\n",
    "pub fn double(x: &str) -> f64 {\n    x.len() as f64\n}\n",
    "use crate::square::square;\npub fn double(x: f64) -> f64 {\n    (square(x + 1.0) - square(x) - 1.0) * 1.0\n}\n",
    "struct Pair(f64, f64);\nimpl From<f64> for Pair {\n    fn from(x: f64) -> Self { Self(x, x) }\n}\n\
     pub fn double(x: f64) -> f64 {\n    let Pair(a, b) = x.into();\n    a + b\n}\n",
    "pub fn double(x: f64) -> f64 {\n    let _ = crate::serve();\n    2.0 * x\n}\n",
    "pub fn double(x: f32) -> f32 {\n    2.0 * x\n}\n",
    "type Number = f64;\npub fn double(x: Number) -> Number {\n    2.0 * x\n}\n",
    "pub fn double(x: f64) -> f64 {\n    let _ = crate::crate::main as fn() -> _;\n    2.0 * x\n}\n",
    // Not what the names of its types make one believe.
    "type String = f64;\npub fn double(x: f64) -> String {\n    2.0 * x\n}\n",
    "pub fn double(x: f64) -> f64 {\n    2.0 * x\n}\n}\n",
];

/// Which of them have an error, and what their other file prints.
const BROKEN: [(usize, &str); 2] = [(3, "left of the fourth"), (12, "left of the last")];

/// A class of these, with a remark at the end of every file.
fn class(remark: &str) -> Class {
    let class = Class::empty();
    for (number, double) in DOUBLES.iter().enumerate() {
        class.file(&format!("s{number:02}/double.rs"), &format!("{double}// {remark}\n"));
        let left = BROKEN.iter().find(|(broken, _)| *broken == number);
        let first = left.map(|(_, text)| format!("println!(\"{text}\");")).unwrap_or_default();
        let square = format!("{}// {number} {remark}\n", answer("square", &first));
        class.file(&format!("s{number:02}/square.rs"), &square);
    }
    class
}

/// The records but for times and hashes.
fn told(class: &Class) -> BTreeMap<String, Value> {
    let mut records = class.timeless();
    for record in records.values_mut() {
        record.as_object_mut().unwrap().remove("key").unwrap();
        record["outcome"]["graded"]["submission"].as_object_mut().unwrap().remove("hash").unwrap();
    }
    records
}

/// Whether some worker has all of these texts in it.
fn is_in_one_worker(texts: &[&str]) -> bool {
    let workers = fs::read_dir(SMALL.path().join("target/grader/cache")).unwrap().flatten();
    workers.filter_map(|entry| fs::read(entry.path().join("worker")).ok()).any(|worker| {
        texts.iter().all(|text| worker.windows(text.len()).any(|it| it == text.as_bytes()))
    })
}

#[test]
fn what_was_compiled_together_is_graded_as_if_it_had_been_compiled_alone() {
    let nonce = SystemTime::UNIX_EPOCH.elapsed().unwrap().as_nanos();
    let (together, alone) = (class(&format!("{nonce} a")), class(&format!("{nonce} b")));
    let output = together.output(&["--jobs", "1"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(is_in_one_worker(&["first of all", "second of all"]));
    for (_, left) in BROKEN {
        assert!(is_in_one_worker(&["first of all", left]), "{left}");
    }
    let output = alone.command(&["--jobs", "1"]).env("GRADER_TEST", "no-joint").output().unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    let (together, alone) = (told(&together), told(&alone));
    for (id, record) in &together {
        assert_eq!(record, &alone[id]);
    }
    assert_eq!(together.len(), DOUBLES.len());
    let verdict = |id: &str| together[id]["outcome"]["graded"]["exercises"][0]["verdict"].clone();
    for id in ["s00", "s08", "s09", "s11"] {
        assert_eq!(verdict(id), "passed", "{id}");
    }
    assert_eq!(verdict("s03"), "did not compile");
    assert_eq!(verdict("s07"), "did not compile");
    assert_eq!(verdict("s10"), "did not compile");
    assert_eq!(verdict("s12"), "did not compile");
    let shown = together["s02"].to_string();
    assert!(
        shown.contains("exercises/src/double.rs:6") || shown.contains("s02/double.rs:6"),
        "{shown}"
    );
    assert!(!together.values().any(|record| record.to_string().contains("part_")));
}
