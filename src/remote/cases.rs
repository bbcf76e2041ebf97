//! Cases.

use std::fmt::Write as _;

use contract::{
    CaseNumber, CaseQuery, CaseRecord, CaseSummary, NewCase, Page, Sort, TakeAction, TimelinePage,
    TimelineQuery,
    bulk::{BulkOutcome, BulkRequest},
    case::{CaseChange, CaseCounts, NewAnswers},
    case_filter::Facets,
    reading::{Found, ReadMark},
    search::Snippet,
    survey::NewSurvey,
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

/// How many cases match a query but for its statuses, by status.
pub async fn counts(remote: Remote, query: &CaseQuery) -> Result<CaseCounts, RemoteError> {
    let query =
        CaseQuery { statuses: Vec::new(), sort: Sort::default(), columns: Vec::new(), ..query.clone() };
    Request::get(with_parameters("/cases/counts".to_owned(), query.parameters())).read(remote).await
}

/// What lists can be narrowed to.
pub async fn facets(remote: Remote) -> Result<Facets, RemoteError> {
    Request::get("/cases/facets".to_owned()).read(remote).await
}

/// Where a list is exported from, as `csv` or `json`.
pub fn list_export_url(query: &CaseQuery, format: &'static str) -> String {
    let format = [("format", format.to_owned())];
    with_parameters("/api/v1/cases/export".to_owned(), format.into_iter().chain(query.parameters()))
}

/// What stands around what a search found in cases.
pub async fn snippets(
    remote: Remote,
    search: &str,
    numbers: &[CaseNumber],
) -> Result<Vec<Snippet>, RemoteError> {
    let numbers = numbers.iter().map(|number| ("number", number.to_string()));
    let parameters = std::iter::once(("q", search.to_owned())).chain(numbers);
    Request::get(with_parameters("/cases/snippets".to_owned(), parameters)).read(remote).await
}

/// Does one thing to several cases.
pub async fn do_to_several(
    remote: Remote,
    request: &BulkRequest,
    key: &str,
) -> Result<Vec<BulkOutcome>, RemoteError> {
    Request::post("/cases/bulk", request).key(key).read(remote).await
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

/// A page of a case's timeline.
pub async fn timeline(
    remote: Remote,
    number: CaseNumber,
    query: &TimelineQuery,
) -> Result<TimelinePage, RemoteError> {
    Request::get(with_parameters(format!("/cases/{number}/timeline"), query.parameters())).read(remote).await
}

/// The messages of a case that hold a text.
pub async fn found(remote: Remote, number: CaseNumber, text: &str) -> Result<Found, RemoteError> {
    Request::get(format!("/cases/{number}/timeline/found?q={}", escape(text))).read(remote).await
}

/// Says how far the case was read.
pub async fn read_up_to(remote: Remote, number: CaseNumber, position: i64) -> Result<ReadMark, RemoteError> {
    Request::put(format!("/cases/{number}/read"), &ReadMark { position }).read(remote).await
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

/// Changes the customer's own reference of the case as it was at `version`.
pub async fn change(
    remote: Remote,
    number: CaseNumber,
    version: i64,
    change: &CaseChange,
) -> Result<CaseRecord, RemoteError> {
    Request::patch(format!("/cases/{number}"), change).if_version(version).read(remote).await
}

/// Corrects the answers of the case as it was at `version`.
pub async fn correct(
    remote: Remote,
    number: CaseNumber,
    version: i64,
    answers: &NewAnswers,
) -> Result<CaseRecord, RemoteError> {
    Request::put(format!("/cases/{number}/answers"), answers).if_version(version).read(remote).await
}

/// Says how it went.
pub async fn survey(
    remote: Remote,
    number: CaseNumber,
    survey: &NewSurvey,
) -> Result<CaseRecord, RemoteError> {
    Request::put(format!("/cases/{number}/survey"), survey).read(remote).await
}

/// Lets someone follow a case: a person's id or an address.
pub async fn add_watcher(remote: Remote, number: CaseNumber, who: &str) -> Result<CaseRecord, RemoteError> {
    Request::put(format!("/cases/{number}/watchers/{}", escape(who)), &()).read(remote).await
}

/// Mutes a case, or no longer.
pub async fn mute(remote: Remote, number: CaseNumber, muted: bool) -> Result<CaseRecord, RemoteError> {
    let path = format!("/cases/{number}/mute");
    let request = if muted { Request::put(path, &()) } else { Request::delete(path) };
    request.read(remote).await
}

/// Lets someone follow it no longer. Nothing where the case is no longer one's own to see.
pub async fn remove_watcher(
    remote: Remote,
    number: CaseNumber,
    who: &str,
) -> Result<Option<CaseRecord>, RemoteError> {
    let request = Request::delete(format!("/cases/{number}/watchers/{}", escape(who)));
    let (status, text) = request.send(remote).await?;
    if text.is_empty() {
        return Ok(None);
    }
    serde_json::from_str(&text).map(Some).map_err(|_| RemoteError::Unreadable(status))
}

/// Where a case is exported from, in the language spoken.
pub fn export_url(number: CaseNumber) -> String {
    format!("/api/v1/cases/{number}/export?lang={}", texts::spoken().tag)
}

fn list_path(query: &CaseQuery, cursor: Option<&str>, limit: usize) -> String {
    let limit = [("limit", limit.to_string())];
    let cursor = cursor.map(|cursor| ("cursor", cursor.to_owned()));
    with_parameters("/cases".to_owned(), limit.into_iter().chain(query.parameters()).chain(cursor))
}

fn with_parameters(mut path: String, parameters: impl IntoIterator<Item = (&'static str, String)>) -> String {
    for (index, (name, value)) in parameters.into_iter().enumerate() {
        let sign = if index == 0 { '?' } else { '&' };
        // Writing to a string cannot fail.
        let _written = write!(path, "{sign}{name}={}", escape(&value));
    }
    path
}

fn escape(value: &str) -> String {
    js_sys::encode_uri_component(value).into()
}
