//! The one function all requests go through.

use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

use contract::{Problem, problem::MEDIA_TYPE};
use gloo_net::http::{Method, RequestBuilder, Response};
use js_sys::{Object, Reflect};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::JsCast;
use web_sys::{AbortController, AbortSignal};

use super::{Remote, RemoteError};

/// After this long without an answer a request counts as lost.
const PATIENCE: Duration = Duration::from_secs(30);
/// Longest body, in bytes, of a request that may outlast its page: browsers take 64 KiB for
/// all of them together (the Fetch standard, `keepalive`).
const OUTLASTING_MAX: usize = 48 * 1024;

/// A request under way. It stands by itself, so that whatever waits for one does not
/// hold the code of all it does.
type Sending = Pin<Box<dyn Future<Output = Result<(u16, String), RemoteError>>>>;

/// A request to the backend.
pub(super) struct Request {
    method: Method,
    path: String,
    body: Option<String>,
    key: Option<String>,
    version: Option<i64>,
    outlasting: bool,
}

impl Request {
    fn new(method: Method, path: impl Into<String>) -> Self {
        Self { method, path: path.into(), body: None, key: None, version: None, outlasting: false }
    }

    /// Asks for something.
    pub fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    /// Sends something.
    pub fn post(path: impl Into<String>, body: &impl Serialize) -> Self {
        Self::with_body(Method::POST, path, body)
    }

    /// Puts something in place of what was there.
    pub fn put(path: impl Into<String>, body: &impl Serialize) -> Self {
        Self::with_body(Method::PUT, path, body)
    }

    /// Changes a part of something.
    pub fn patch(path: impl Into<String>, body: &impl Serialize) -> Self {
        Self::with_body(Method::PATCH, path, body)
    }

    fn with_body(method: Method, path: impl Into<String>, body: &impl Serialize) -> Self {
        // The contract's types always serialise; an empty body would be refused.
        let body = serde_json::to_string(body).ok();
        Self { body, ..Self::new(method, path) }
    }

    /// Takes something away.
    pub fn delete(path: impl Into<String>) -> Self {
        Self::new(Method::DELETE, path)
    }

    /// With an idempotency key.
    pub fn key(mut self, key: &str) -> Self {
        self.key = Some(key.to_owned());
        self
    }

    /// Only if the thing still has this version.
    pub fn if_version(mut self, version: i64) -> Self {
        self.version = Some(version);
        self
    }

    /// To be brought to its end even if the page goes meanwhile, unless it is too large.
    pub fn outlasting(self) -> Self {
        let small = self.body.as_ref().is_none_or(|body| body.len() <= OUTLASTING_MAX);
        Self { outlasting: small, ..self }
    }

    /// Sends it and reads the answer.
    pub async fn read<T: DeserializeOwned>(self, remote: Remote) -> Result<T, RemoteError> {
        let (status, text) = self.send(remote).await?;
        serde_json::from_str(&text).map_err(|_| RemoteError::Unreadable(status))
    }

    /// Sends it; answers the status and the body. Notes whether the backend was
    /// reached and whether the session still stands.
    pub fn send(self, remote: Remote) -> Sending {
        Box::pin(async move {
            let answer = self.exchange().await;
            note(remote, answer.as_ref().err());
            answer
        })
    }

    async fn exchange(self) -> Result<(u16, String), RemoteError> {
        let patience = Patience::start();
        let signal = patience.signal();
        let mut builder = RequestBuilder::new(&format!("/api/v1{}", self.path))
            .method(self.method)
            .abort_signal(signal.as_ref())
            .header("accept", "application/json")
            .header("accept-language", &texts::spoken().tag);
        if let Some(key) = &self.key {
            builder = builder.header("idempotency-key", key);
        }
        if let Some(version) = self.version {
            builder = builder.header("if-match", &format!("\"{version}\""));
        }
        let request = match self.body {
            Some(body) => builder.header("content-type", "application/json").body(body),
            None => builder.build(),
        };
        let response = match request {
            Ok(request) if self.outlasting => {
                kept_alive(request).send().await.map_err(|_| RemoteError::Offline)?
            }
            Ok(request) => request.send().await.map_err(|_| RemoteError::Offline)?,
            Err(_) => return Err(RemoteError::Offline),
        };
        let status = response.status();
        if response.ok() {
            let text = response.text().await.map_err(|_| RemoteError::Offline)?;
            return Ok((status, text));
        }
        Err(failure(&response).await)
    }
}

/// Notes whether the backend was reached and whether the session still stands.
pub(super) fn note(remote: Remote, error: Option<&RemoteError>) {
    let unreachable = error.is_some_and(RemoteError::is_unreachable);
    if remote.reachable.try_get_untracked() == Some(unreachable) {
        remote.reachable.set(!unreachable);
    }
    if error.is_some_and(RemoteError::is_signed_out) {
        remote.expire();
    }
}

/// The request, which goes on when its page is gone.
fn kept_alive(request: gloo_net::http::Request) -> gloo_net::http::Request {
    let options = Object::new();
    // A browser that does not know it sends the request all the same.
    let _known = Reflect::set(&options, &"keepalive".into(), &true.into());
    let request = web_sys::Request::from(request);
    match web_sys::Request::new_with_request_and_init(&request, options.unchecked_ref()) {
        Ok(alive) => alive.into(),
        Err(_) => request.into(),
    }
}

/// What an answer that is none means.
pub(super) async fn failure(response: &Response) -> RemoteError {
    let headers = response.headers();
    let is_problem = headers.get("content-type").is_some_and(|kind| kind.starts_with(MEDIA_TYPE));
    let retry_after = headers.get("retry-after").and_then(|seconds| seconds.parse().ok());
    let problem = match response.text().await {
        Ok(text) if is_problem => serde_json::from_str::<Problem>(&text).ok(),
        _ => None,
    };
    match problem {
        Some(problem) => RemoteError::Problem { problem: Arc::new(problem), retry_after },
        None => RemoteError::Unreadable(response.status()),
    }
}

/// Ends a request that takes too long, or whose answer nobody waits for any more.
pub(super) struct Patience {
    controller: Option<AbortController>,
    timer: Option<TimeoutHandle>,
}

impl Patience {
    pub fn start() -> Self {
        let controller = AbortController::new().ok();
        let abort = controller.clone();
        let timer = set_timeout_with_handle(
            move || {
                if let Some(controller) = abort {
                    controller.abort();
                }
            },
            PATIENCE,
        );
        Self { controller, timer: timer.ok() }
    }

    /// What ends the request.
    pub fn signal(&self) -> Option<AbortSignal> {
        self.controller.as_ref().map(AbortController::signal)
    }
}

impl Drop for Patience {
    fn drop(&mut self) {
        if let Some(timer) = self.timer {
            timer.clear();
        }
        // Does nothing to a request that has its answer.
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }
}
