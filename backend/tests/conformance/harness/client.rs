//! A browser's side: requests with a session.

use std::sync::atomic::{AtomicU64, Ordering};

use contract::{
    Action, CaseRecord, CaseSummary, Entry, Page, TimelinePage,
    case::CaseCounts,
    people::{Credentials, Session},
    reading::ReadMark,
};
use reqwest::{Method, RequestBuilder, header};
use serde::Serialize;
use serde_json::{Value, json};

use super::{Answer, Draft, Events};

static KEYS: AtomicU64 = AtomicU64::new(0);

/// An idempotency key never used before.
pub fn fresh_key() -> String {
    format!("key-{}-{}", std::process::id(), KEYS.fetch_add(1, Ordering::Relaxed))
}

/// Somebody at a browser; anonymous without a cookie.
#[derive(Clone)]
pub struct Client {
    /// What sends.
    pub http: reqwest::Client,
    /// Such as `http://127.0.0.1:4711`.
    pub base: String,
    /// `name=token`.
    pub cookie: Option<String>,
    /// A token of a program's.
    pub bearer: Option<String>,
}

impl Client {
    /// Somebody who has not signed in.
    pub fn anonymous(base: impl Into<String>) -> Self {
        // The second time there is one already.
        let _chosen = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder().no_proxy().build().expect("a client");
        Self { http, base: base.into(), cookie: None, bearer: None }
    }

    /// The same person, served at another address.
    pub fn at(&self, base: impl Into<String>) -> Self {
        Self { base: base.into(), ..self.clone() }
    }

    /// A request below `/api/v1`, with the session.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}/api/v1{path}", self.base));
        let request = match &self.cookie {
            Some(cookie) => request.header(header::COOKIE, cookie),
            None => request,
        };
        match &self.bearer {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Sends a request.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        Answer::read(request.send().await.expect("the server answers")).await
    }

    /// `GET`.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// `DELETE`.
    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path)).await
    }

    /// `PUT`.
    pub async fn put(&self, path: &str, body: &(impl Serialize + Sync)) -> Answer {
        self.send(self.request(Method::PUT, path).json(body)).await
    }

    /// `PATCH` with a body.
    pub async fn patch(&self, path: &str, body: &(impl Serialize + Sync)) -> Answer {
        self.send(self.request(Method::PATCH, path).json(body)).await
    }

    /// `POST` with a new idempotency key.
    pub async fn post(&self, path: &str, body: &(impl Serialize + Sync)) -> Answer {
        self.post_as(path, &fresh_key(), body).await
    }

    /// `POST` with an idempotency key.
    pub async fn post_as(&self, path: &str, key: &str, body: &(impl Serialize + Sync)) -> Answer {
        self.send(self.request(Method::POST, path).header("idempotency-key", key).json(body)).await
    }

    /// Signs in; the cookie is kept as a browser would.
    pub async fn try_sign_in(&mut self, email: &str, password: &str) -> Answer {
        let credentials = Credentials { email: email.to_owned(), password: password.to_owned(), code: None };
        let answer = self.send(self.request(Method::POST, "/session").json(&credentials)).await;
        if let Some(cookie) = answer.header("set-cookie") {
            self.cookie = cookie.split(';').next().map(str::to_owned);
        }
        answer
    }

    /// Who is signed in.
    pub async fn session(&self) -> Session {
        self.get("/session").await.ok()
    }

    /// Files a case.
    pub async fn file(&self, draft: &Draft) -> CaseRecord {
        self.post("/cases", draft).await.expect(201).json()
    }

    /// A case.
    pub async fn case(&self, number: &str) -> CaseRecord {
        self.get(&format!("/cases/{number}")).await.ok()
    }

    /// A list of cases.
    pub async fn cases(&self, query: &str) -> Page<CaseSummary> {
        self.get(&format!("/cases?{query}")).await.ok()
    }

    /// The numbers of the cases a search finds, sorted.
    pub async fn find(&self, search: &str) -> Vec<String> {
        let request = self.request(Method::GET, "/cases").query(&[("q", search), ("sort", "created")]);
        let page: Page<CaseSummary> = self.send(request).await.ok();
        let mut numbers: Vec<_> = page.items.iter().map(|case| case.number.to_string()).collect();
        numbers.sort();
        numbers
    }

    /// How many cases a search finds.
    pub async fn counts(&self, search: &str) -> CaseCounts {
        self.send(self.request(Method::GET, "/cases/counts").query(&[("q", search)])).await.ok()
    }

    /// A case's whole timeline.
    pub async fn timeline(&self, number: &str) -> Vec<Entry> {
        let page: Page<Entry> = self.get(&format!("/cases/{number}/timeline?limit=100")).await.ok();
        assert_eq!(page.next, None, "the timeline is longer than a page");
        page.items
    }

    /// A page of a case's timeline.
    pub async fn page(&self, number: &str, query: &str) -> TimelinePage {
        self.get(&format!("/cases/{number}/timeline?{query}")).await.ok()
    }

    /// Says how far one has read; answers how far that is.
    pub async fn read_up_to(&self, number: &str, position: i64) -> i64 {
        let mark = ReadMark { position };
        let mark: ReadMark = self.put(&format!("/cases/{number}/read"), &mark).await.ok();
        mark.position
    }

    /// Tries to write a message.
    pub async fn try_reply(&self, number: &str, text: &str) -> Answer {
        self.post(&format!("/cases/{number}/messages"), &json!({ "body": text })).await
    }

    /// Writes a message.
    pub async fn reply(&self, number: &str, text: &str) -> Entry {
        self.try_reply(number, text).await.expect(201).json()
    }

    /// Tries to write a note.
    pub async fn try_note(&self, number: &str, text: &str) -> Answer {
        self.post(&format!("/cases/{number}/messages"), &json!({ "body": text, "internal": true })).await
    }

    /// Tries an action on the case as it is now.
    pub async fn try_act(&self, number: &str, action: Action, message: Option<&str>) -> Answer {
        let tag = self.get(&format!("/cases/{number}")).await.expect(200).etag().to_owned();
        self.act_on(number, &tag, action, message).await
    }

    /// Tries an action on the case as it was at an `ETag`.
    pub async fn act_on(&self, number: &str, tag: &str, action: Action, message: Option<&str>) -> Answer {
        let body = match message {
            Some(message) => json!({ "action": action, "message": message }),
            None => json!({ "action": action }),
        };
        self.send(self.action_request(number, &body).header(header::IF_MATCH, tag)).await
    }

    /// A request for an action, without `If-Match`.
    pub fn action_request(&self, number: &str, body: &Value) -> RequestBuilder {
        let request = self.request(Method::POST, &format!("/cases/{number}/actions"));
        request.header("idempotency-key", fresh_key()).json(body)
    }

    /// Acts.
    pub async fn act(&self, number: &str, action: Action, message: Option<&str>) -> CaseRecord {
        self.try_act(number, action, message).await.expect(200).json()
    }

    /// Opens the live stream.
    pub async fn listen(&self, after: Option<i64>) -> Events {
        let request = self.request(Method::GET, "/events");
        let request = match after {
            Some(id) => request.header("last-event-id", id),
            None => request,
        };
        let response = request.send().await.expect("the server answers");
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Events::new(response)
    }
}
