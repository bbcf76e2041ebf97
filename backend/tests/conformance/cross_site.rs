//! Changes come from the portal's own pages only.

use casement_backend::http::openapi;
use contract::ProblemCode;
use reqwest::{Method, RequestBuilder, StatusCode, header};
use serde_json::json;

use crate::{
    default_deny::operations,
    harness::{Client, Draft, PASSWORD, Portal, fresh_key, on_both},
};

on_both!(
    other_sites_change_nothing,
    own_pages_and_programs_may_change,
    reading_is_not_changing,
    other_sites_cannot_sign_in,
);

/// Every operation that changes something, with a body that would do.
fn changes(client: &Client) -> Vec<(String, Box<dyn Fn() -> RequestBuilder + '_>)> {
    let document = serde_json::to_value(openapi::document()).expect("JSON");
    let changing = operations(&document).into_iter().filter(|operation| operation.method != Method::GET);
    changing
        .map(|operation| {
            let name = format!("{} {}", operation.method, operation.path);
            let path = operation.path.replace("{number}", "CS-000001");
            let request: Box<dyn Fn() -> RequestBuilder> = Box::new(move || {
                let request = client.request(operation.method.clone(), &path);
                request
                    .header("idempotency-key", fresh_key())
                    .header(header::IF_MATCH, "\"1\"")
                    .json(&json!({}))
            });
            (name, request)
        })
        .collect()
}

async fn other_sites_change_nothing(portal: Portal) {
    let client = portal.customer().await;
    client.file(&Draft::problem("Untouched by others")).await;
    let changes = changes(&client);
    assert!(changes.len() >= 5, "sign in, sign out, file, write, act");
    for (name, request) in &changes {
        for (header, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.example"),
            ("origin", "null"),
        ] {
            let answer = client.send(request().header(header, value)).await;
            assert_eq!(answer.status, 403, "{name} with {header}: {value} is answered {}", answer.body);
            answer.problem(ProblemCode::CrossSite);
        }
    }
    client.session().await;
    assert_eq!(client.timeline("CS-000001").await.len(), 1);
}

async fn own_pages_and_programs_may_change(portal: Portal) {
    let client = portal.customer().await;
    let file = || {
        let request = client.request(Method::POST, "/cases").header("idempotency-key", fresh_key());
        request.json(&Draft::problem("From a page of our own"))
    };
    let own = portal.server.base.clone();
    for (header, value) in
        [("sec-fetch-site", "same-origin"), ("sec-fetch-site", "none"), ("origin", own.as_str())]
    {
        client.send(file().header(header, value)).await.expect(201);
    }
    client.send(file()).await.expect(201);
}

async fn reading_is_not_changing(portal: Portal) {
    let client = portal.customer().await;
    for path in ["/session", "/cases", "/portal"] {
        let request = client.request(Method::GET, path).header("sec-fetch-site", "cross-site");
        client.send(request.header("origin", "https://evil.example")).await.expect(200);
    }
}

async fn other_sites_cannot_sign_in(portal: Portal) {
    let client = portal.anonymous();
    let body = json!({ "email": "customer@acme.test", "password": PASSWORD });
    let request = client.request(Method::POST, "/session").json(&body);
    let answer = client.send(request.header("sec-fetch-site", "cross-site")).await;
    assert_eq!(answer.header("set-cookie"), None);
    answer.problem(ProblemCode::CrossSite);
    // The answer allows no other origin to read it.
    let request = client.request(Method::OPTIONS, "/session").header("origin", "https://evil.example");
    let answer = client.send(request.header("access-control-request-method", "POST")).await;
    assert_ne!(answer.status, StatusCode::OK.as_u16());
    assert_eq!(answer.header("access-control-allow-origin"), None);
}
