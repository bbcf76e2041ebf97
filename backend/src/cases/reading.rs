//! `/cases/{number}/timeline` and `/cases/{number}/read`.

use axum::{
    Json,
    extract::{Path, Query, State},
};
use chrono::{DateTime, Utc};
use contract::{
    Problem, TimelinePage, TimelineQuery,
    find::Needle,
    limits::SEARCH_MAX,
    reading::{Found, ReadMark},
};

use super::{
    find,
    reads::{self, last_seen},
    record::CaseRow,
    routes::{Parameters, malformed},
    timeline_page::{Reader, Shown},
};
use crate::{
    accounts::Viewer,
    app::App,
    http::{ApiError, JsonBody},
    live::Signal,
    notifications::see,
    store::{StoreError, Transaction},
};

/// Read a case's timeline
///
/// Oldest first, from anywhere. Notes are answered to support only, and counted for
/// nobody else. Of `at`, `skip`, `after` and `before` only one is taken; without any the
/// page lies at the beginning.
#[utoipa::path(get, path = "/cases/{number}/timeline", tag = "cases", params(
    ("number" = String, Path, description = "Such as CS-000123"),
    ("at" = Option<String>, Query, description = "`first`, `last`, `unread` (the first entry of others that the \
        reader has not read, else `last`), or the id of an entry, which then stands in the middle"),
    ("skip" = Option<u32>, Query, description = "Leave out so many from the beginning"),
    ("after" = Option<i64>, Query, description = "`next` of the page before, or any position"),
    ("cursor" = Option<i64>, Query, description = "The same, as lists call it"),
    ("before" = Option<i64>, Query, description = "`previous` of the page behind, or any position"),
    ("only" = Option<String>, Query, description = "`messages` leaves events out"),
    ("limit" = Option<u32>, Query, minimum = 1, maximum = 100, description = "Entries; 50 if absent"),
), responses(
    (status = 200, body = TimelinePage),
    (status = 400, body = Problem, description = "`malformed_request`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`: the case, or the entry asked for"),
))]
pub async fn read_timeline(
    State(app): State<App>,
    viewer: Viewer,
    Path(number): Path<String>,
    Query(parameters): Parameters,
) -> Result<Json<TimelinePage>, ApiError> {
    let parameters = parameters.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let query = TimelineQuery::read(parameters).map_err(|error| malformed(error.to_string()))?;
    let connection = app.store.reader();
    let case = CaseRow::find(connection, &viewer, &number, "").await?;
    let shown = Shown { internal: viewer.person.support, only_messages: query.only_messages };
    let reader = Reader { connection, case_id: &case.id, shown, person: viewer.person.id };
    reader.page(query).await?.map(Json).ok_or_else(ApiError::not_found)
}

/// Find a text in a case's messages
///
/// In upper or lower case, wherever it stands within a paragraph; oldest first.
#[utoipa::path(get, path = "/cases/{number}/timeline/found", tag = "cases", params(
    ("number" = String, Path, description = "Such as CS-000123"),
    ("q" = Option<String>, Query, description = "The text, at most 200 characters"),
), responses(
    (status = 200, body = Found),
    (status = 400, body = Problem, description = "`malformed_request`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`"),
))]
pub async fn find_in_timeline(
    State(app): State<App>,
    viewer: Viewer,
    Path(number): Path<String>,
    Query(parameters): Parameters,
) -> Result<Json<Found>, ApiError> {
    let mut needle = Needle::default();
    for (name, value) in &parameters {
        match name.as_str() {
            "q" if value.chars().count() > SEARCH_MAX => {
                return Err(malformed(format!("search for at most {SEARCH_MAX} characters")));
            }
            "q" => needle = Needle::new(value),
            _ => return Err(malformed(format!("there is no parameter “{name}”"))),
        }
    }
    let connection = app.store.reader();
    let case = CaseRow::find(connection, &viewer, &number, "").await?;
    Ok(Json(find::find(connection, &case.id, viewer.person.support, &needle).await?))
}

/// Say how far one has read a case
///
/// Never goes back, and no further than there are entries to see. Answers how far it is now.
#[utoipa::path(put, path = "/cases/{number}/read", tag = "cases", request_body = ReadMark, params(
    ("number" = String, Path, description = "Such as CS-000123"),
), responses(
    (status = 200, body = ReadMark),
    (status = 400, body = Problem, description = "`malformed_body`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`"),
))]
pub async fn mark_read(
    State(app): State<App>,
    viewer: Viewer,
    Path(number): Path<String>,
    JsonBody(mark): JsonBody<ReadMark>,
) -> Result<Json<ReadMark>, ApiError> {
    let mut transaction = app.store.begin().await?;
    let case = CaseRow::find(&*transaction, &viewer, &number, "").await?;
    let position = read_up_to(&mut transaction, &viewer, &case, mark.position, app.clock.now()).await?;
    transaction.commit().await?;
    Ok(Json(ReadMark { position }))
}

/// Notes that the viewer has read up to a position, and tells their other pages; answers
/// how far they have read now.
///
/// # Errors
/// The database refused.
pub async fn read_up_to(
    transaction: &mut Transaction,
    viewer: &Viewer,
    case: &CaseRow,
    position: i64,
    at: DateTime<Utc>,
) -> Result<i64, StoreError> {
    let (me, all) = (viewer.person.id, Shown { internal: viewer.person.support, only_messages: false });
    let position = last_seen(&**transaction, &case.id, all, position).await?;
    let seen = see(transaction, &case.id, me, position).await?;
    if position > 0 && reads::mark(transaction, &case.id, me, position, at).await? || seen {
        transaction.announce(&Signal::CaseRead { number: case.number(), reader: me }, at)?;
    }
    reads::read_to(&**transaction, &case.id, me).await
}
