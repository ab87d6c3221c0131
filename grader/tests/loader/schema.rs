//! The schema that editors check fixtures by says what the loader says.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::test_course::TestCourse;

/// The schema.
const SCHEMA: &str = include_str!("../../schema/fixture.schema.json");

/// Fixtures in which every key stands.
const COMPLETE: [&str; 2] =
    [include_str!("schema/complete.toml"), include_str!("schema/trials.toml")];

/// Fixtures that are wrong. For the schema `grader/schema/validate.py` sees to it.
const BROKEN: &str = include_str!("schema/broken.toml");

/// Two numbers as `np.save` writes them.
const CAT: &[u8] = b"\x93NUMPY\x01\x00\x3a\x00\
    {'descr': '<f8', 'fortran_order': True, 'shape': (2,)}   \n\0\0\0\0\0\0\0\0\0\0\0\0\0\0\xf0?";

/// A key that nothing has, and that is like none.
const UNKNOWN: &str = "zzzzzzzzzzzz";

/// What only the course limits. The loader knows these keys well enough to say so.
const COURSE_LIMITS: [&str; 2] = ["compile", "total"];

/// The keys of tables, by where these stand: `case[]`, `case[].tolerance`, `rules.*`.
type Keys = BTreeMap<String, BTreeSet<String>>;

/// A course with this fixture and a data file.
fn course(file: &str, fixture: &str) -> TestCourse {
    TestCourse::new().file(file, fixture).file("cat.npy", CAT)
}

#[test]
fn complete_fixtures_are_right() {
    for fixture in COMPLETE {
        if let Err(problems) = course("softmax.toml", fixture).load() {
            panic!("{problems}");
        }
    }
}

#[test]
fn broken_fixtures_have_one_problem() {
    let broken: toml::Table = BROKEN.parse().unwrap();
    for broken in broken["broken"].as_array().unwrap() {
        let fixture = broken["fixture"].as_str().unwrap();
        let problems = course("softmax.toml", fixture).problems();
        assert!(problems.contains("\n1 problem in"), "{}: {problems}", broken["name"]);
    }
}

#[test]
fn the_loader_and_the_schema_know_the_same_keys() {
    let mut described = Keys::new();
    describe(&serde_json::from_str(SCHEMA).unwrap(), "", &mut described);
    let (mut known, mut used) = (Keys::new(), Keys::new());
    for fixture in COMPLETE {
        let fixture: Value = toml::from_str(fixture).unwrap();
        for (pointer, keys) in tables(&fixture, "") {
            let listed = listed(&fixture, &pointer);
            // Where a fixture gives names of its own there is nothing to list.
            if !listed.is_empty() {
                known.entry(place(&pointer)).or_default().extend(listed);
                used.entry(place(&pointer)).or_default().extend(keys);
            }
        }
    }
    known.get_mut("limits").unwrap().retain(|key| !COURSE_LIMITS.contains(&key.as_str()));
    assert_eq!(known, described, "the loader and the schema");
    assert_eq!(known, used, "the loader and the complete fixtures");
}

/// Collects the keys that a schema describes.
fn describe(schema: &Value, place: &str, keys: &mut Keys) {
    for (key, schema) in schema["properties"].as_object().into_iter().flatten() {
        keys.entry(place.into()).or_default().insert(key.clone());
        describe(schema, &inside(place, key), keys);
    }
    for schema in schema["anyOf"].as_array().into_iter().flatten() {
        describe(schema, place, keys);
    }
    for (keyword, place) in
        [("items", format!("{place}[]")), ("additionalProperties", inside(place, "*"))]
    {
        if schema[keyword].is_object() {
            describe(&schema[keyword], &place, keys);
        }
    }
}

/// The tables in a fixture, each with the pointer to it and its keys.
fn tables(value: &Value, pointer: &str) -> Vec<(String, Vec<String>)> {
    match value {
        Value::Object(table) => {
            let own = (pointer.to_owned(), table.keys().cloned().collect());
            let inner = table.iter().flat_map(|(key, it)| tables(it, &format!("{pointer}/{key}")));
            [own].into_iter().chain(inner).collect()
        }
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items.flat_map(|(index, it)| tables(it, &format!("{pointer}/{index}"))).collect()
        }
        _ => Vec::new(),
    }
}

/// The keys that the loader lists when the table at a pointer has one that it does not know.
fn listed(fixture: &Value, pointer: &str) -> Vec<String> {
    let mut fixture = fixture.clone();
    fixture.pointer_mut(pointer).unwrap()[UNKNOWN] = json!(0);
    let problems = course("softmax.json", &fixture.to_string()).problems();
    let keys = problems.lines().find_map(|line| line.split_once("the keys here are "));
    let keys = keys.into_iter().flat_map(|(_, keys)| keys.split(", "));
    keys.map(|key| key.trim_matches('`').to_owned()).collect()
}

/// The place that a pointer leads to.
fn place(pointer: &str) -> String {
    let steps = pointer.split('/').skip(1);
    steps.fold(String::new(), |place, step| {
        if step.parse::<usize>().is_ok() {
            format!("{place}[]")
        } else {
            inside(&place, if place == "rules" { "*" } else { step })
        }
    })
}

fn inside(place: &str, key: &str) -> String {
    if place.is_empty() { key.to_owned() } else { format!("{place}.{key}") }
}
