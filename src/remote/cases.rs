//! Cases.

use std::fmt::Write as _;

use contract::{
    CaseNumber, CaseQuery, CaseRecord, CaseSummary, Entry, NewCase, Page, TakeAction, case::CaseCounts,
};

use super::{Remote, RemoteError, request::Request};

/// A page of a list.
pub async fn list(
    remote: Remote,
    query: &CaseQuery,
    cursor: Option<&str>,
    limit: usize,
) -> Result<Page<CaseSummary>, RemoteError> {
    let path = list_path(query, cursor, limit);
    Request::get(path).read(remote).await
}

/// How many cases match a search, by status.
pub async fn counts(remote: Remote, search: &str) -> Result<CaseCounts, RemoteError> {
    let mut path = String::from("/cases/counts");
    if !search.is_empty() {
        path.push_str("?q=");
        path.push_str(&escape(search));
    }
    Request::get(path).read(remote).await
}

/// Files a case.
pub async fn file(remote: Remote, case: &NewCase, key: &str) -> Result<CaseRecord, RemoteError> {
    Request::post("/cases", case).key(key).read(remote).await
}

/// Cases like one about to be filed, the likeliest first.
pub async fn similar(remote: Remote, subject: &str) -> Result<Vec<CaseSummary>, RemoteError> {
    Request::get(format!("/cases/similar?q={}", escape(subject))).read(remote).await
}

/// One case.
pub async fn record(remote: Remote, number: CaseNumber) -> Result<CaseRecord, RemoteError> {
    Request::get(format!("/cases/{number}")).read(remote).await
}

/// A page of a case's timeline, oldest first.
pub async fn timeline(
    remote: Remote,
    number: CaseNumber,
    cursor: Option<&str>,
) -> Result<Page<Entry>, RemoteError> {
    let mut path = format!("/cases/{number}/timeline?limit={}", contract::limits::PAGE_MAX);
    if let Some(cursor) = cursor {
        path.push_str("&cursor=");
        path.push_str(&escape(cursor));
    }
    Request::get(path).read(remote).await
}

/// Does something to the case as it was at `version`.
pub async fn act(
    remote: Remote,
    number: CaseNumber,
    version: i64,
    action: &TakeAction,
    key: &str,
) -> Result<(), RemoteError> {
    let path = format!("/cases/{number}/actions");
    Request::post(path, action).if_version(version).key(key).outlasting().send(remote).await.map(|_| ())
}

fn list_path(query: &CaseQuery, cursor: Option<&str>, limit: usize) -> String {
    let mut path = format!("/cases?limit={limit}");
    let cursor = cursor.map(|cursor| ("cursor", cursor.to_owned()));
    for (name, value) in query.parameters().into_iter().chain(cursor) {
        // Writing to a string cannot fail.
        let _written = write!(path, "&{name}={}", escape(&value));
    }
    path
}

fn escape(value: &str) -> String {
    js_sys::encode_uri_component(value).into()
}
