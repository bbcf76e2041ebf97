//! The OpenAPI document.

use std::{fs, path::Path};

use casement_backend::http::openapi;
use contract::ProblemCode;
use serde_json::Value;

use crate::{
    default_deny::operations,
    harness::{Portal, on_both},
};

on_both!(the_document_is_served);

fn document() -> Value {
    serde_json::to_value(openapi::document()).expect("JSON")
}

#[test]
fn the_committed_document_is_the_present_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/openapi.json");
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == openapi::as_text().expect("JSON"),
        "docs/openapi.json is out of date: cargo run -p casement-backend -- openapi > docs/openapi.json"
    );
}

#[test]
fn every_problem_code_is_listed() {
    let document = document();
    let listed =
        document["components"]["schemas"]["ProblemCode"]["enum"].as_array().expect("an enum").clone();
    let codes: Vec<_> = ProblemCode::ALL.map(|code| serde_json::to_value(code).expect("JSON")).to_vec();
    assert_eq!(listed, codes);
}

/// Calls `with` for every reference in a document.
fn references(value: &Value, with: &mut impl FnMut(&str)) {
    match value {
        Value::Object(fields) => {
            if let Some(reference) = fields.get("$ref").and_then(Value::as_str) {
                with(reference);
            }
            fields.values().for_each(|field| references(field, with));
        }
        Value::Array(entries) => entries.iter().for_each(|entry| references(entry, with)),
        _ => {}
    }
}

#[test]
fn every_schema_resolves() {
    let document = document();
    let mut count = 0;
    references(&document, &mut |reference| {
        count += 1;
        let pointer = reference.strip_prefix('#').expect("references stay within the document");
        assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
    });
    assert!(count > 50, "{count} references");
}

#[test]
fn every_operation_is_described() {
    let document = document();
    for operation in operations(&document) {
        let pointer = format!(
            "/paths/{}/{}",
            format!("/api/v1{}", operation.path).replace('~', "~0").replace('/', "~1"),
            operation.method.as_str().to_lowercase()
        );
        let described = document.pointer(&pointer).expect("the operation");
        for field in ["summary", "operationId", "tags"] {
            assert!(described.get(field).is_some(), "{operation:?} has no {field}");
        }
        let answers = described["responses"].as_object().expect("answers");
        assert!(answers.keys().any(|status| status.starts_with('2')), "{operation:?} never succeeds");
        for (status, answer) in answers {
            let body = answer.get("content").is_some();
            // Of an upload the headers say all.
            let begun = operation.path == "/uploads" && status == "201";
            let bare = begun || ["204", "304"].contains(&status.as_str());
            assert_ne!(body, bare, "{operation:?} {status}");
        }
    }
}

async fn the_document_is_served(portal: Portal) {
    let served: Value = portal.anonymous().get("/openapi.json").await.ok();
    assert_eq!(served, document());
}
