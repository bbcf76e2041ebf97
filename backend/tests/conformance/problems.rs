//! Bad input, and how it is answered. That every error is a proper problem is
//! checked by the harness, for every answer of every test.

use contract::{FieldError, NewCase, ProblemCode, limits::BODY_MAX};
use reqwest::{Method, header};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::harness::{Answer, Client, Draft, Portal, fresh_key, on_both};

on_both!(
    bodies_that_are_not_json,
    bodies_of_another_media_type,
    bodies_of_another_shape,
    unknown_fields_are_named,
    nested_without_end,
    large_bodies_are_refused,
    fifty_megabytes_leave_the_server_standing,
    unknown_addresses_and_methods,
    query_parameters_that_cannot_be_read,
    forged_cursors,
    broken_http,
);

async fn post_raw(client: &Client, path: &str, body: impl Into<reqwest::Body>) -> Answer {
    let request = client.request(Method::POST, path).header("idempotency-key", fresh_key());
    client.send(request.header(header::CONTENT_TYPE, "application/json").body(body)).await
}

async fn bodies_that_are_not_json(portal: Portal) {
    let client = portal.customer().await;
    for body in ["", "{", "nonsense", "{\"type\": }", "\u{feff}{}", "{} {}", "{'type': 1}"] {
        let problem = post_raw(&client, "/cases", body).await.problem(ProblemCode::MalformedBody);
        assert!(problem.detail.contains("line"), "{problem:?}");
    }
    post_raw(&client, "/cases", vec![b'{', 0xff, 0xfe]).await.problem(ProblemCode::MalformedBody);
    post_raw(&client, "/cases", "{\"type\": \"\\ud800\"}").await.problem(ProblemCode::MalformedBody);
}

async fn bodies_of_another_media_type(portal: Portal) {
    let client = portal.customer().await;
    let body = serde_json::to_string(&Draft::problem("Sent as a form")).expect("JSON");
    for media_type in [
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
        Some("multipart/form-data"),
        Some(""),
        None,
    ] {
        let mut request = client.request(Method::POST, "/cases").header("idempotency-key", fresh_key());
        if let Some(media_type) = media_type {
            request = request.header(header::CONTENT_TYPE, media_type);
        }
        let problem =
            client.send(request.body(body.clone())).await.problem(ProblemCode::UnsupportedMediaType);
        assert!(problem.detail.contains("application/json"), "{problem:?}");
    }
    let request = client.request(Method::POST, "/cases").header("idempotency-key", fresh_key());
    let request = request.header(header::CONTENT_TYPE, "application/json; charset=utf-8").body(body);
    client.send(request).await.expect(201);
}

async fn bodies_of_another_shape(portal: Portal) {
    let client = portal.customer().await;
    client.file(&Draft::problem("Something to write to")).await;
    for body in [json!(null), json!([]), json!("text"), json!({}), json!({ "type": 1, "answers": {} })] {
        client.post("/cases", &body).await.problem(ProblemCode::MalformedBody);
    }
    for answer in [json!(null), json!([1]), json!({}), json!({ "from": 1, "to": 2 }), json!([["x"]])] {
        let draft = Draft::problem("An answer of no kind").with("subject", answer);
        client.post("/cases", &draft).await.problem(ProblemCode::MalformedBody);
    }
    for body in
        [json!({}), json!({ "body": 1 }), json!({ "body": "x", "internal": "yes" }), json!({ "body": null })]
    {
        client.post("/cases/CS-000001/messages", &body).await.problem(ProblemCode::MalformedBody);
    }
    for body in [json!({}), json!({ "action": "explode" }), json!({ "action": "close", "message": [] })] {
        let request = client.action_request("CS-000001", &body).header(header::IF_MATCH, "\"1\"");
        client.send(request).await.problem(ProblemCode::MalformedBody);
    }
    let request = client.request(Method::POST, "/session").json(&json!({ "email": "a@b.example" }));
    client.send(request).await.problem(ProblemCode::MalformedBody);
}

async fn unknown_fields_are_named(portal: Portal) {
    let client = portal.customer().await;
    let mut draft = serde_json::to_value(Draft::problem("With something more")).expect("JSON");
    draft["priority"] = json!("urgent");
    let problem = client.post("/cases", &draft).await.problem(ProblemCode::MalformedBody);
    assert!(problem.detail.contains("priority"), "{problem:?}");
    // A name of any length is not echoed at any length.
    let body = json!({ "body": "x", "n".repeat(100_000): 1 });
    client.post("/cases/CS-000001/messages", &body).await.problem(ProblemCode::MalformedBody);
    client.file(&Draft::problem("Something to write to")).await;
    let body = json!({ "body": "x", "author": "someone else" });
    let problem = client.post("/cases/CS-000001/messages", &body).await.problem(ProblemCode::MalformedBody);
    assert!(problem.detail.contains("author"), "{problem:?}");
    let body = json!({ "email": "customer@acme.test", "password": "x", "support": true });
    let request = client.request(Method::POST, "/session").json(&body);
    let problem = client.send(request).await.problem(ProblemCode::MalformedBody);
    assert!(problem.detail.contains("support"), "{problem:?}");
}

async fn nested_without_end(portal: Portal) {
    let client = portal.customer().await;
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        for depth in [200, 100_000] {
            let deep = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            post_raw(&client, "/cases", deep.clone()).await.problem(ProblemCode::MalformedBody);
            let answer = format!("{{\"type\":\"problem\",\"answers\":{{\"subject\":{deep}}}}}");
            post_raw(&client, "/cases", answer).await.problem(ProblemCode::MalformedBody);
        }
    }
}

async fn large_bodies_are_refused(portal: Portal) {
    let client = portal.customer().await;
    let padding = |length: usize| format!("{{\"type\":\"{}\",\"answers\":{{}}}}", "x".repeat(length - 24));
    assert!(serde_json::from_str::<NewCase>(&padding(100)).is_ok());
    let problem = post_raw(&client, "/cases", padding(BODY_MAX + 1)).await.problem(ProblemCode::BodyTooLarge);
    assert!(problem.detail.contains("1024 KiB"), "{problem:?}");
    // A body just as large as allowed is read.
    post_raw(&client, "/cases", padding(BODY_MAX)).await.problem(ProblemCode::InvalidFields);
}

/// Written by hand: the server answers and hangs up before it has read all, and
/// what a client makes of that differs.
async fn fifty_megabytes_leave_the_server_standing(portal: Portal) {
    let client = portal.customer().await;
    let address = client.base.strip_prefix("http://").expect("an address");
    for chunked in [false, true] {
        let mut socket = TcpStream::connect(address).await.expect("a connection");
        let length = 50_000_000;
        let framing = if chunked {
            "Transfer-Encoding: chunked".to_owned()
        } else {
            format!("Content-Length: {length}")
        };
        let head = format!(
            "POST /api/v1/cases HTTP/1.1\r\nHost: {address}\r\nCookie: {}\r\nIdempotency-Key: {}\r\n\
             Content-Type: application/json\r\n{framing}\r\n\r\n",
            client.cookie.as_deref().expect("a cookie"),
            fresh_key(),
        );
        socket.write_all(head.as_bytes()).await.expect("the head is taken");
        let (mut reader, mut writer) = socket.split();
        let write = async {
            let piece = vec![b' '; 64 * 1024];
            for _ in 0..length / piece.len() {
                let size = format!("{:x}\r\n", piece.len());
                let parts: [&[u8]; 3] =
                    if chunked { [size.as_bytes(), &piece, b"\r\n"] } else { [b"", &piece, b""] };
                for part in parts {
                    if writer.write_all(part).await.is_err() {
                        return;
                    }
                }
            }
        };
        let read = async {
            let mut answer = Vec::new();
            // The connection may be reset after the answer.
            let _ = reader.read_to_end(&mut answer).await;
            String::from_utf8_lossy(&answer).into_owned()
        };
        let ((), answer) = tokio::join!(write, read);
        assert!(answer.starts_with("HTTP/1.1 413"), "chunked: {chunked}: {answer}");
        assert!(answer.contains("\"body_too_large\""), "{answer}");
    }
    client.session().await;
    client.file(&Draft::problem("The server is up")).await;
}

async fn unknown_addresses_and_methods(portal: Portal) {
    let client = portal.customer().await;
    for path in ["/nothing", "/cases/CS-000001/nothing", "/cases/", "/CASES", "/%00", "/%ff"] {
        client.get(path).await.problem(ProblemCode::NotFound);
    }
    for (method, path) in [
        (Method::PUT, "/cases"),
        (Method::DELETE, "/cases/CS-000001"),
        (Method::PATCH, "/cases"),
        (Method::GET, "/cases/CS-000001/messages"),
        (Method::POST, "/portal"),
        (Method::PUT, "/session"),
    ] {
        let answer = client.send(client.request(method, path)).await;
        assert!(answer.header("allow").is_some_and(|allowed| !allowed.is_empty()), "{path}: {answer:?}");
        answer.problem(ProblemCode::MethodNotAllowed);
    }
}

async fn query_parameters_that_cannot_be_read(portal: Portal) {
    let client = portal.customer().await;
    client.file(&Draft::problem("Something to read")).await;
    let long = format!("/cases?q={}", "x".repeat(201));
    for (path, word) in [
        ("/cases?status=open", "received, diagnosis"),
        ("/cases?status=received,open", "open"),
        ("/cases?sort=rank", "-updated, updated"),
        ("/cases?sort=", "sort takes"),
        (&long, "200 characters"),
        ("/cases?limit=0", "1 to 100"),
        ("/cases?limit=101", "1 to 100"),
        ("/cases?limit=-1", "1 to 100"),
        ("/cases?limit=ten", "1 to 100"),
        ("/cases?limit=", "1 to 100"),
        ("/cases?cursor=nonsense", "cursor"),
        ("/cases?cursor=", "cursor"),
        ("/cases?page=2", "page"),
        ("/cases/counts?status=received", "status"),
        ("/cases/counts?limit=5", "limit"),
        ("/cases/CS-000001/timeline?cursor=x", "cursor"),
        ("/cases/CS-000001/timeline?limit=0", "1 to 100"),
        ("/cases/CS-000001/timeline?sort=newest", "sort"),
    ] {
        let problem = client.get(path).await.problem(ProblemCode::MalformedRequest);
        assert!(problem.detail.contains(word), "{path}: {}", problem.detail);
    }
    // Bytes that are no UTF-8 are searched for as what they are: nothing.
    client.get("/cases?q=%ff%fe").await.expect(200);
    client.get("/cases?q=%00").await.expect(200);
}

/// A cursor is opaque, but anyone can write one.
async fn forged_cursors(portal: Portal) {
    let client = portal.customer().await;
    client.file(&Draft::problem("Something to list")).await;
    let forge = |value: Value| base64_url(&value.to_string());
    for (sort, cursor) in [
        ("subject", json!({ "sort": "subject", "key": 5, "number": 1 })),
        ("subject", json!({ "sort": "subject", "key": "nul\0", "number": 1 })),
        ("-updated", json!({ "sort": "-updated", "key": "text", "number": 1 })),
        ("priority", json!({ "sort": "priority", "key": "1", "number": 1 })),
        ("status", json!({ "sort": "status", "key": null, "number": 1 })),
        ("status", json!({ "sort": "status", "key": [1], "number": 1 })),
        ("created", json!({ "sort": "created", "key": 1, "number": "1" })),
        ("created", json!({ "sort": "updated", "key": 1, "number": 1 })),
    ] {
        let path = format!("/cases?sort={sort}&cursor={}", forge(cursor));
        client.get(&path).await.problem(ProblemCode::MalformedRequest);
    }
    // One that is well formed only leads to another place of the same list.
    let far = json!({ "sort": "created", "key": i64::MAX, "number": i64::MAX });
    assert!(client.cases(&format!("sort=created&cursor={}", forge(far))).await.items.is_empty());
}

fn base64_url(text: &str) -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    URL_SAFE_NO_PAD.encode(text)
}

/// Requests that are hardly HTTP are refused, and the next is answered.
async fn broken_http(portal: Portal) {
    let client = portal.customer().await;
    let address = client.base.strip_prefix("http://").expect("an address");
    for request in [
        "nonsense\r\n\r\n".to_owned(),
        "GET /api/v1/portal HTTP/9.9\r\n\r\n".to_owned(),
        format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "a".repeat(100_000)),
        format!("GET /api/v1/portal HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "a".repeat(600_000)),
    ] {
        let mut socket = TcpStream::connect(address).await.expect("a connection");
        // It may hang up while we write.
        let _ = socket.write_all(request.as_bytes()).await;
        let _ = socket.shutdown().await;
        let mut answer = Vec::new();
        let _ = socket.read_to_end(&mut answer).await;
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    }
    client.session().await;
    let errors: Vec<FieldError> =
        client.post("/cases", &Draft::problem("")).await.problem(ProblemCode::InvalidFields).errors;
    assert_eq!(errors.len(), 1);
}
