//! What stands for something that is missing or cannot be used.

use serde_json::{Map, Value, json};

use super::form::{required, resolve};

/// A value of the schema's form; the check says nothing more about it.
pub(super) fn stand_in(document: &Value, schema: &Value) -> Value {
    let schema = resolve(document, schema);
    match schema["type"].as_str() {
        Some("object") => {
            let part = |key: &str| (key.to_owned(), stand_in(document, &schema["properties"][key]));
            Value::Object(required(schema).map(part).collect())
        }
        Some("array") => json!([]),
        Some("boolean") => json!(false),
        Some("integer" | "number") => json!(0),
        _ => schema["enum"].get(0).cloned().unwrap_or_else(|| json!("?")),
    }
}

/// The kind of a question whose own cannot be read: one that may have what it has,
/// and that conditions may compare with.
pub(super) fn kind_of(question: &Map<String, Value>) -> Value {
    json!(if question.contains_key("options") { "choice" } else { "environment" })
}
