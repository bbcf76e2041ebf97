//! Whatever nobody opened is closed.

use casement_backend::http::openapi;
use contract::ProblemCode;
use reqwest::{Method, header};
use serde_json::{Value, json};

use crate::harness::{Answer, Client, Draft, Portal, fresh_key, on_both};

on_both!(only_known_operations_are_open, for_strangers_a_case_does_not_exist);

/// The operations that need no session. Whoever adds one here has thought about it.
const OPEN: [(&str, &str); 10] = [
    ("POST", "/account/links"),
    ("GET", "/account/links/{token}"),
    ("POST", "/account/links/{token}"),
    ("GET", "/following/{token}"),
    ("POST", "/following/{token}"),
    ("GET", "/invitations/{token}"),
    ("POST", "/invitations/{token}"),
    ("GET", "/portal"),
    ("GET", "/portal/logo"),
    ("POST", "/session"),
];

/// An operation of the document.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its method.
    pub method: Method,
    /// Its path below `/api/v1`, with parameters in braces.
    pub path: String,
}

/// All operations of the document.
pub fn operations(document: &Value) -> Vec<Operation> {
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for method in item.as_object().expect("operations").keys() {
            if let Ok(method) = method.to_uppercase().parse::<Method>()
                && ["GET", "POST", "PUT", "PATCH", "DELETE"].contains(&method.as_str())
            {
                let path = path.strip_prefix("/api/v1").expect("everything is below /api/v1").to_owned();
                operations.push(Operation { method, path });
            }
        }
    }
    operations
}

async fn ask(client: &Client, operation: &Operation, number: &str, body: &Value) -> Answer {
    let request = client.request(operation.method.clone(), &operation.path.replace("{number}", number));
    let request = request.header("idempotency-key", fresh_key()).header(header::IF_MATCH, "\"1\"");
    client.send(if operation.method == Method::GET { request } else { request.json(body) }).await
}

async fn only_known_operations_are_open(portal: Portal) {
    let case = portal.customer().await.file(&Draft::problem("Behind the door")).await;
    let document = serde_json::to_value(openapi::document()).expect("JSON");
    let operations = operations(&document);
    assert!(operations.len() >= 12, "{operations:?}");
    let anonymous = portal.anonymous();
    for operation in &operations {
        let open = OPEN.contains(&(operation.method.as_str(), &operation.path));
        let answer = ask(&anonymous, operation, &case.summary.number.to_string(), &json!({})).await;
        assert_eq!(answer.status == 401, !open, "{operation:?} is answered {}", answer.body);
        if !open {
            answer.problem(ProblemCode::SignInRequired);
        }
    }
    for (method, path) in OPEN {
        let known = |own: &Operation| own.method == method && own.path == path;
        assert!(operations.iter().any(known), "{method} {path} is gone: take it off the list");
    }
}

async fn for_strangers_a_case_does_not_exist(portal: Portal) {
    let case = portal.customer().await.file(&Draft::problem("Acme's own")).await;
    let (theirs, never) = (case.summary.number.to_string(), "CS-004711");
    let document = serde_json::to_value(openapi::document()).expect("JSON");
    let about_cases: Vec<_> =
        operations(&document).into_iter().filter(|operation| operation.path.contains("{number}")).collect();
    assert!(about_cases.len() >= 4);
    let outsider = portal.sign_in("nobody@nowhere.test").await;
    for client in [portal.stranger().await, outsider] {
        for operation in &about_cases {
            for body in [
                json!({}),
                json!({ "body": "Let me in" }),
                json!({ "body": "Let me in", "internal": true }),
                json!({ "action": "close" }),
                json!({ "action": "close", "message": "x" }),
            ] {
                let theirs = ask(&client, operation, &theirs, &body).await;
                let never = ask(&client, operation, never, &body).await;
                assert_eq!(theirs.face(), never.face(), "{operation:?}");
                assert!(theirs.status == 404 || theirs.status == 400, "{operation:?}: {}", theirs.body);
            }
            // With a body the operation takes, it is 404 and nothing else.
            ask(&client, operation, &theirs, &fitting(operation)).await.problem(ProblemCode::NotFound);
        }
        for number in
            ["CS-1", "CS-0000001", "cs-000001", "CS-000000", "1", "CS-99999999999999999999", "%00", "💥"]
        {
            client.get(&format!("/cases/{number}")).await.problem(ProblemCode::NotFound);
        }
    }
    assert_eq!(portal.customer().await.timeline(&theirs).await.len(), 1);
}

/// A body that an operation on a case takes.
fn fitting(operation: &Operation) -> Value {
    match operation.path.rsplit('/').next() {
        Some("actions") => json!({ "action": "close" }),
        Some("answers") => json!({ "answers": {} }),
        Some("survey") => json!("skip"),
        Some("read") => json!({ "position": 1 }),
        Some("{number}") => json!({ "internal_reference": null }),
        _ => json!({ "body": "Let me in" }),
    }
}
