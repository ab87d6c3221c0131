//! Makes the schemas, and compares them with those that are kept.

use std::env;
use std::fs;
use std::path::Path;

use schemars::generate::{Contract, SchemaSettings};
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

use super::course::Course;
use super::fixture::Fixture;
use super::overlay::Overlay;
use crate::report::json::Document;

/// The schema of a type, as draft 7: the last that all editors know.
fn schema<T: JsonSchema>(contract: Contract) -> String {
    let settings = SchemaSettings::draft07().with(|settings| {
        // Editors lose what is said of a key beside a reference.
        settings.inline_subschemas = true;
        settings.contract = contract;
    });
    let settings = settings.with_transform(RecursiveTransform(plain));
    let schema = settings.into_generator().into_root_schema_for::<T>();
    serde_json::to_string_pretty(&schema).unwrap() + "\n"
}

/// Takes Rust out of a schema: what is left out is not null, and numbers have no width.
fn plain(schema: &mut Schema) {
    schema.remove("format");
    if let Some([kind, Value::String(null)]) = list(schema, "type")
        && null == "null"
    {
        let kind = kind.clone();
        schema.insert("type".into(), kind);
    }
    if let Some([words @ .., Value::Null]) = list(schema, "enum") {
        let words = words.to_vec();
        schema.insert("enum".into(), words.into());
    }
    if let Some([Value::Object(present), null]) = list(schema, "anyOf")
        && *null == json!({ "type": "null" })
    {
        let present = present.clone();
        schema.remove("anyOf");
        for (keyword, value) in present {
            schema.ensure_object().entry(keyword).or_insert(value);
        }
    }
}

fn list<'a>(schema: &'a Schema, keyword: &str) -> Option<&'a [Value]> {
    schema.get(keyword)?.as_array().map(Vec::as_slice)
}

/// Compares a schema with the one that is kept, or keeps it.
#[track_caller]
fn check(name: &str, kept: &str, made: &str) {
    let path = format!("grader/schema/{name}.schema.json");
    if env::var_os("UPDATE_SCHEMAS").is_some() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        fs::write(root.join(path), made).unwrap();
    } else {
        let update = "UPDATE_SCHEMAS=1 cargo test -p grader schema";
        assert!(kept == made, "{path} is out of date; `{update}` writes it anew");
    }
}

#[test]
fn the_schema_of_fixtures_is_kept() {
    check("fixture", super::FIXTURE, &schema::<Fixture>(Contract::Deserialize));
}

#[test]
fn the_schema_of_overlays_is_kept() {
    check("overlay", super::OVERLAY, &schema::<Overlay>(Contract::Deserialize));
}

#[test]
fn the_schema_of_the_course_is_kept() {
    check("course", super::COURSE, &schema::<Course>(Contract::Deserialize));
}

#[test]
fn the_schema_of_the_report_is_kept() {
    check("report", super::REPORT, &schema::<Document>(Contract::Serialize));
}

#[cfg(feature = "class")]
#[test]
fn the_schema_of_the_gradebook_is_kept() {
    let made = schema::<crate::gradebook::Gradebook>(Contract::Serialize);
    check("gradebook", super::GRADEBOOK, &made);
}
