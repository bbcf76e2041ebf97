//! Changing a message soon after it was sent. What it said before is kept.

use axum::{
    Json,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use contract::{
    Action, Entry, Problem, ProblemCode,
    thread::{Content, EDITABLE_FOR, EditMessage, Edited, Purpose, Revision, may_edit},
};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{
    CaseRow, people, search,
    signals::{announce, touch_noticed},
    timeline,
};
use crate::{
    accounts::Viewer,
    app::App,
    attachments::findable,
    http::{ApiError, IfMatch, JsonBody, Speech, etag},
    store::{Sql, StoreError, Transaction, from_micros, to_micros},
};

/// Edit a message
///
/// One's own, within five minutes of sending it. Sent again, the same text changes nothing.
#[utoipa::path(put, path = "/cases/{number}/messages/{id}", tag = "cases", request_body = EditMessage, params(
    ("number" = String, Path, description = "Such as CS-000123"),
    ("id" = String, Path, description = "The entry's id"),
    ("If-Match" = String, Header, description = "How often it was edited, in quotes: `\"0\"` before the first time"),
), responses(
    (status = 200, body = Entry, headers(("ETag" = String))),
    (status = 400, body = Problem, description = "`malformed_body`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 403, body = Problem, description = "`forbidden`: somebody else's"),
    (status = 404, body = Problem, description = "`not_found`"),
    (status = 409, body = Problem, description = "`action_not_allowed`: the five minutes are over"),
    (status = 412, body = Problem, description = "`changed_meanwhile`: read it again"),
    (status = 422, body = Problem, description = "`invalid_fields`"),
    (status = 428, body = Problem, description = "`precondition_missing`"),
))]
pub async fn edit_message(
    State(app): State<App>,
    viewer: Viewer,
    Path((number, id)): Path<(String, String)>,
    IfMatch(revision): IfMatch,
    speech: Speech,
    JsonBody(edit): JsonBody<EditMessage>,
) -> Result<Response, ApiError> {
    let mut transaction = app.store.begin().await?;
    let now = app.clock.now();
    let case = CaseRow::find(&*transaction, &viewer, &number, transaction.database().lock()).await?;
    let entry = message(&*transaction, &case, &viewer, &id).await?;
    if entry.author.id != viewer.person.id {
        let detail = "Only its author can edit a message.";
        return Err(ApiError::new(ProblemCode::Forbidden, detail));
    }
    let text = speech.speak(|| edit.validate()).map_err(ApiError::invalid)?;
    if matches!(&entry.content, Content::Message { source, .. } if *source == text) {
        return Ok(answer(&entry));
    }
    if !may_edit(&entry, viewer.person.id, now) {
        let allowed = app.allowed_actions(case.standing(&viewer)?, case.state()?);
        return Err(too_late(allowed));
    }
    if entry.content.revision() != revision {
        return Err(ApiError::changed_meanwhile(&case.record(&*transaction, &app, &viewer).await?));
    }
    let entry = change(&mut transaction, &case, entry, text, now).await?;
    transaction.commit().await?;
    Ok(answer(&entry))
}

fn too_late(allowed: Vec<Action>) -> ApiError {
    let minutes = EDITABLE_FOR.num_minutes();
    let detail = format!("A message can be edited for {minutes} minutes. Write a new one instead.");
    Problem { allowed: Some(allowed), ..Problem::new(ProblemCode::ActionNotAllowed, detail) }.into()
}

fn answer(entry: &Entry) -> Response {
    ([(header::ETAG, etag(entry.content.revision()))], Json(entry)).into_response()
}

/// The message of an id, where it exists for the viewer.
async fn message(
    connection: &impl ConnectionTrait,
    case: &CaseRow,
    viewer: &Viewer,
    id: &str,
) -> Result<Entry, ApiError> {
    let id = id.parse().map_err(|_| ApiError::not_found())?;
    let entry = timeline::entry_of(connection, &case.id, id, viewer.person.support).await?;
    let is_message = |entry: &Entry| matches!(entry.content, Content::Message { .. });
    entry.filter(is_message).ok_or_else(ApiError::not_found)
}

/// Puts a text in the place of the present one: the entry, the words, a signal. Of a note
/// customers notice nothing.
async fn change(
    transaction: &mut Transaction,
    case: &CaseRow,
    entry: Entry,
    text: String,
    at: DateTime<Utc>,
) -> Result<Entry, StoreError> {
    let times = entry.content.revision();
    let Content::Message { purpose, attachments, mailed, .. } = entry.content.clone() else {
        return Ok(entry);
    };
    let (id, internal) = (entry.id.to_string(), purpose == Purpose::Note);
    let sql = "INSERT INTO earlier_texts (entry_id, edit, content, written_at) \
               SELECT id, $1, content, $2 FROM entries WHERE id = $3";
    let written = to_micros(written_at(&entry));
    transaction.run(sql, [times.into(), written.into(), id.clone().into()]).await?;
    let body = people::parse(&**transaction, case, internal, &text).await?;
    search::change(transaction, &case.id, &id, internal, &findable(&text, &attachments)).await?;
    let edited = Some(Edited { times: times + 1, at });
    let content = Content::Message { purpose, source: text, body, edited, mailed, attachments };
    let sql = "UPDATE entries SET content = $1 WHERE id = $2";
    transaction.run(sql, [serde_json::to_string(&content)?.into(), id.into()]).await?;
    if internal {
        announce(transaction, case, case.version(), true, at).await?;
    } else {
        touch_noticed(transaction, case, case.last_position, at).await?;
    }
    Ok(Entry { content, ..entry })
}

/// When the present text was written.
fn written_at(entry: &Entry) -> DateTime<Utc> {
    match entry.content {
        Content::Message { edited: Some(edited), .. } => edited.at,
        _ => entry.at,
    }
}

#[derive(FromQueryResult)]
struct Row {
    content: String,
    written_at: i64,
}

/// Read what a message said before
///
/// Every text it has had, the oldest first; the last one is the present one.
#[utoipa::path(get, path = "/cases/{number}/messages/{id}/history", tag = "cases", params(
    ("number" = String, Path, description = "Such as CS-000123"),
    ("id" = String, Path, description = "The entry's id"),
), responses(
    (status = 200, body = Vec<Revision>),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`"),
))]
pub async fn message_history(
    State(app): State<App>,
    viewer: Viewer,
    Path((number, id)): Path<(String, String)>,
) -> Result<Json<Vec<Revision>>, ApiError> {
    let case = CaseRow::find(app.store.reader(), &viewer, &number, "").await?;
    let entry = message(app.store.reader(), &case, &viewer, &id).await?;
    let sql = "SELECT content, written_at FROM earlier_texts WHERE entry_id = $1 AND edit < $2 ORDER BY edit";
    let values = [entry.id.to_string().into(), entry.content.revision().into()];
    let rows = app.store.reader().rows::<Row>(sql, values).await?;
    let earlier = rows.into_iter().map(|row| {
        let content = serde_json::from_str(&row.content).map_err(StoreError::from)?;
        Ok((content, from_micros(row.written_at)))
    });
    let texts: Vec<(Content, DateTime<Utc>)> = earlier.collect::<Result<_, StoreError>>()?;
    let present = (entry.content.clone(), written_at(&entry));
    Ok(Json(texts.into_iter().chain([present]).filter_map(revision).collect()))
}

fn revision((content, at): (Content, DateTime<Utc>)) -> Option<Revision> {
    match content {
        Content::Message { source, body, .. } => Some(Revision { at, source, body }),
        _ => None,
    }
}
