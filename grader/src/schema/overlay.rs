//! Fixtures of other folders, whose cases are hidden.

use schemars::{JsonSchema, Schema, json_schema};

use super::fixture::Fixture;

/// Hidden cases for the exercise of the same name. Title and points are the exercise's.
#[derive(JsonSchema)]
#[schemars(transform = without_exercise)]
pub struct Overlay(Fixture);

/// Leaves out what an overlay cannot say of its exercise, and asks for something that judges.
fn without_exercise(schema: &mut Schema) {
    let judges = ["case", "generated", "property", "rules"];
    schema.remove("required");
    schema.insert("anyOf".into(), judges.map(|key| json_schema!({ "required": [key] })).into());
    if let Some(properties) = schema.get_mut("properties").and_then(|it| it.as_object_mut()) {
        properties.retain(|key, _| !["limits", "mistake"].contains(&key.as_str()));
    }
}
