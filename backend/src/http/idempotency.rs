//! Creating once, however often it is asked.
//!
//! The key, the fingerprint of the request and the answer are kept in the
//! transaction that does the work: after a crash either both are there or neither.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Json,
    extract::FromRequestParts,
    http::{HeaderName, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use contract::{ProblemCode, limits::IDEMPOTENCY_KEY_MAX};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{etag::etag, problem::ApiError};
use crate::store::{Sql, StoreError, Transaction, to_micros};

/// The header that carries the key.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// A request's idempotency key: 1 to 100 visible ASCII characters.
pub struct IdempotencyKey {
    key: String,
    /// Method and path: one key serves one operation.
    operation: String,
}

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let key =
            parts.headers.get(&IDEMPOTENCY_KEY).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let valid =
            (1..=IDEMPOTENCY_KEY_MAX).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic());
        if valid {
            return Ok(Self {
                key: key.to_owned(),
                operation: format!("{} {}", parts.method, parts.uri.path()),
            });
        }
        let detail = format!(
            "Send an Idempotency-Key header of 1 to {IDEMPOTENCY_KEY_MAX} visible ASCII characters, such as a new UUID."
        );
        Err(ApiError::new(ProblemCode::IdempotencyKeyMissing, detail))
    }
}

impl IdempotencyKey {
    /// The key of one of several things that are done under this one. No header can hold
    /// it, as it has a blank.
    #[must_use]
    pub fn part(&self, name: &str) -> Self {
        Self { key: format!("{} {name}", self.key), operation: self.operation.clone() }
    }
}

/// An answer that can be given again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StoredResponse {
    status: u16,
    body: serde_json::Value,
    version: Option<i64>,
    location: Option<String>,
}

impl StoredResponse {
    /// An answer with a body.
    ///
    /// # Errors
    /// The body cannot be written as JSON.
    pub fn new(status: StatusCode, body: &impl Serialize) -> Result<Self, StoreError> {
        Ok(Self { status: status.as_u16(), body: serde_json::to_value(body)?, version: None, location: None })
    }

    /// With the `ETag` of a version.
    #[must_use]
    pub fn version(self, version: i64) -> Self {
        Self { version: Some(version), ..self }
    }

    /// With a `Location`.
    #[must_use]
    pub fn location(self, location: String) -> Self {
        Self { location: Some(location), ..self }
    }
}

impl IntoResponse for StoredResponse {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        let mut response = (status, Json(self.body)).into_response();
        if let Some(version) = self.version {
            response.headers_mut().insert(header::ETAG, etag(version));
        }
        if let Some(location) = self.location.and_then(|location| HeaderValue::from_str(&location).ok()) {
            response.headers_mut().insert(header::LOCATION, location);
        }
        response
    }
}

/// The keys being worked on in this process.
#[derive(Clone, Default)]
pub struct Running(Arc<Mutex<HashSet<(Uuid, String)>>>);

/// A key held by one request; let go on drop.
pub struct Attempt {
    running: Running,
    person: Uuid,
    key: String,
}

impl Drop for Attempt {
    fn drop(&mut self) {
        let held = (self.person, std::mem::take(&mut self.key));
        self.running.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&held);
    }
}

/// What became of a key so far.
pub enum Begun {
    /// Never seen: do the work, then [`Attempt::finish`].
    Fresh,
    /// Done before: give this answer again.
    Done(StoredResponse),
}

#[derive(FromQueryResult)]
struct Kept {
    fingerprint: String,
    answer: Option<String>,
}

impl Running {
    /// Takes hold of a key for this process.
    ///
    /// # Errors
    /// 409 `still_running` while another request holds it.
    pub fn hold(&self, person: Uuid, key: &IdempotencyKey) -> Result<Attempt, ApiError> {
        let fresh = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert((person, key.key.clone()));
        if fresh {
            return Ok(Attempt { running: self.clone(), person, key: key.key.clone() });
        }
        let detail = "The first request with this key is still running. Ask again in a moment.";
        Err(ApiError::new(ProblemCode::StillRunning, detail))
    }
}

impl Attempt {
    /// Looks the key up and, where it is new, reserves it in the transaction.
    /// Another process that works on the same key is waited for.
    ///
    /// # Errors
    /// 422 `key_reused` when the key stands for another request.
    pub async fn begin(
        &self,
        transaction: &Transaction,
        key: &IdempotencyKey,
        body: &(impl Serialize + Sync),
        now: DateTime<Utc>,
    ) -> Result<Begun, ApiError> {
        let fingerprint = fingerprint(&key.operation, body)?;
        let person = self.person.to_string();
        let sql = "INSERT INTO idempotency_keys (person_id, key, fingerprint, created_at) \
                   VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
        let values = [
            person.clone().into(),
            self.key.clone().into(),
            fingerprint.clone().into(),
            to_micros(now).into(),
        ];
        if transaction.run(sql, values).await? == 1 {
            return Ok(Begun::Fresh);
        }
        let sql = "SELECT fingerprint, answer FROM idempotency_keys WHERE person_id = $1 AND key = $2";
        let kept = transaction.row::<Kept>(sql, [person.into(), self.key.clone().into()]).await?;
        match kept {
            Some(Kept { fingerprint: known, answer: Some(answer) }) if known == fingerprint => {
                Ok(Begun::Done(serde_json::from_str(&answer).map_err(StoreError::from)?))
            }
            _ => {
                let detail =
                    "This Idempotency-Key was used for another request. Make a new key for a new request.";
                Err(ApiError::new(ProblemCode::KeyReused, detail))
            }
        }
    }

    /// Keeps the answer with the work.
    ///
    /// # Errors
    /// The database refused.
    pub async fn finish(&self, transaction: &Transaction, answer: &StoredResponse) -> Result<(), StoreError> {
        let sql = "UPDATE idempotency_keys SET answer = $1 WHERE person_id = $2 AND key = $3";
        let answer = serde_json::to_string(answer)?;
        transaction
            .run(sql, [answer.into(), self.person.to_string().into(), self.key.clone().into()])
            .await?;
        Ok(())
    }
}

fn fingerprint(operation: &str, body: &impl Serialize) -> Result<String, StoreError> {
    let mut hash = Sha256::new();
    hash.update(operation);
    hash.update([0]);
    hash.update(serde_json::to_vec(body)?);
    Ok(format!("{:x}", hash.finalize()))
}
