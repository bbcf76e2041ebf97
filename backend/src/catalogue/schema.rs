//! The form of a catalogue file, as a JSON Schema made from the types. Editors help
//! by it, and the check finds mistakes of form by it.

use contract::catalogue::{Catalogue, ICONS};
use serde_json::{Map, Value, json};
use utoipa::{PartialSchema, ToSchema};

/// The schema (JSON Schema, draft 2020-12).
///
/// # Errors
/// It cannot be written as JSON.
pub fn schema() -> Result<Value, serde_json::Error> {
    let mut named = Vec::new();
    <Catalogue as ToSchema>::schemas(&mut named);
    let mut parts = Map::new();
    for (name, part) in named {
        parts.insert(name, tidy(serde_json::to_value(part)?));
    }
    let mut schema = tidy(serde_json::to_value(Catalogue::schema())?);
    // The backend fills it in.
    if let Some(properties) = schema["properties"].as_object_mut() {
        properties.remove("version");
    }
    parts["CaseType"]["properties"]["icon"]["enum"] = json!(ICONS);
    // These are told apart by their keys: another key makes another condition.
    for alternative in parts["Condition"]["oneOf"].as_array_mut().into_iter().flatten() {
        alternative["additionalProperties"] = json!(false);
    }
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("A catalogue of Casement's case types");
    schema["$defs"] = Value::Object(parts);
    Ok(schema)
}

/// The schema as it is committed: JSON, indented, with a line end.
///
/// # Errors
/// See [`schema`].
pub fn as_text() -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(&schema()?)? + "\n")
}

/// A schema of OpenAPI as one of TOML, which has no null: what may be null is what
/// may be absent.
fn tidy(schema: Value) -> Value {
    match schema {
        Value::Object(entries) => untangled(entries.into_iter().map(tidy_entry).collect()),
        Value::Array(entries) => entries.into_iter().map(tidy).collect(),
        other => other,
    }
}

fn tidy_entry((key, value): (String, Value)) -> (String, Value) {
    let value = match (key.as_str(), value) {
        ("$ref", Value::String(target)) => json!(target.replace("#/components/schemas/", "#/$defs/")),
        ("type", Value::Array(kinds)) => kinds.into_iter().find(|kind| kind != "null").unwrap_or(Value::Null),
        ("oneOf", Value::Array(alternatives)) => {
            alternatives.into_iter().filter(|one| one["type"] != "null").map(tidy).collect()
        }
        (_, value) => tidy(value),
    };
    (key, value)
}

/// One alternative is none.
fn untangled(mut schema: Map<String, Value>) -> Value {
    if let Some([Value::Object(only)]) = schema.get("oneOf").and_then(Value::as_array).map(Vec::as_slice) {
        let only = only.clone();
        schema.remove("oneOf");
        schema.extend(only);
    }
    Value::Object(schema)
}
