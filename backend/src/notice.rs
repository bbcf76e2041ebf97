//! `/notice`: what support tells everybody.
//!
//! What was posted and taken back is kept; the last of it stands.

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use contract::{
    Problem, ProblemCode,
    notice::{NewNotice, Notice, NoticeBoard, NoticeTone},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    accounts::Viewer,
    app::App,
    http::{ApiError, IfMatch, JsonBody, Speech, etag},
    live::Signal,
    store::{Sql, StoreError, from_micros, to_micros},
};

/// The notice is for people signed in.
pub fn closed_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(read, post, take_back))
}

#[derive(FromQueryResult)]
struct Row {
    version: i64,
    tone: Option<String>,
    text: Option<String>,
    until_at: Option<i64>,
    created_at: i64,
}

impl Row {
    fn notice(self, now: DateTime<Utc>) -> Option<Notice> {
        let until = self.until_at.map(from_micros);
        Some(Notice {
            tone: NoticeTone::from_key(&self.tone?)?,
            text: self.text?,
            since: from_micros(self.created_at),
            until,
        })
        .filter(|_| until.is_none_or(|until| until > now))
    }
}

async fn board(connection: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<NoticeBoard, StoreError> {
    let sql = "SELECT version, tone, text, until_at, created_at FROM notices ORDER BY version DESC LIMIT 1";
    let row = connection.row::<Row>(sql, []).await?;
    let version = row.as_ref().map_or(0, |row| row.version);
    Ok(NoticeBoard { version, notice: row.and_then(|row| row.notice(now)) })
}

fn answer(board: NoticeBoard) -> Response {
    ([(header::ETAG, etag(board.version))], Json(board)).into_response()
}

/// Read the notice
///
/// What support tells everybody now, if anything.
#[utoipa::path(get, path = "/notice", tag = "portal", responses(
    (status = 200, body = NoticeBoard, headers(("ETag" = String, description = "The version"))),
    (status = 401, body = Problem, description = "`sign_in_required`"),
))]
async fn read(State(app): State<App>, _viewer: Viewer) -> Result<Response, ApiError> {
    Ok(answer(board(app.store.reader(), app.clock.now()).await?))
}

/// Post a notice
///
/// For support; in place of what stands.
#[utoipa::path(put, path = "/notice", tag = "portal", request_body = NewNotice, params(
    ("If-Match" = String, Header, description = "The notice’s ETag as it was read"),
), responses(
    (status = 200, body = NoticeBoard, headers(("ETag" = String))),
    (status = 400, body = Problem, description = "`malformed_body`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 403, body = Problem, description = "`forbidden`"),
    (status = 412, body = Problem, description = "`changed_meanwhile` with `current`"),
    (status = 422, body = Problem, description = "`invalid_fields`"),
    (status = 428, body = Problem, description = "`precondition_missing`"),
))]
async fn post(
    State(app): State<App>,
    viewer: Viewer,
    IfMatch(version): IfMatch,
    speech: Speech,
    JsonBody(notice): JsonBody<NewNotice>,
) -> Result<Response, ApiError> {
    for_support(&viewer)?;
    let now = app.clock.now();
    let notice = speech.speak(|| notice.validate(now)).map_err(ApiError::invalid)?;
    Ok(answer(put(&app, &viewer, version, Some(notice)).await?))
}

/// Take the notice back
///
/// For support.
#[utoipa::path(delete, path = "/notice", tag = "portal", params(
    ("If-Match" = String, Header, description = "The notice’s ETag as it was read"),
), responses(
    (status = 200, body = NoticeBoard, headers(("ETag" = String))),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 403, body = Problem, description = "`forbidden`"),
    (status = 412, body = Problem, description = "`changed_meanwhile` with `current`"),
    (status = 428, body = Problem, description = "`precondition_missing`"),
))]
async fn take_back(
    State(app): State<App>,
    viewer: Viewer,
    IfMatch(version): IfMatch,
) -> Result<Response, ApiError> {
    for_support(&viewer)?;
    Ok(answer(put(&app, &viewer, version, None).await?))
}

fn for_support(viewer: &Viewer) -> Result<(), ApiError> {
    if viewer.person.support {
        return Ok(());
    }
    Err(ApiError::new(ProblemCode::Forbidden, "Only support posts notices."))
}

/// Puts something, or nothing, in place of what stood at a version.
async fn put(
    app: &App,
    viewer: &Viewer,
    version: i64,
    notice: Option<NewNotice>,
) -> Result<NoticeBoard, ApiError> {
    let now = app.clock.now();
    let mut transaction = app.store.begin().await?;
    let stands = board(&*transaction, now).await?.version == version;
    let sql = "INSERT INTO notices (version, tone, text, until_at, person_id, created_at) \
               VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    let values = [
        (version + 1).into(),
        notice.as_ref().map(|notice| notice.tone.key().to_owned()).into(),
        notice.as_ref().map(|notice| notice.text.clone()).into(),
        notice.as_ref().and_then(|notice| notice.until).map(to_micros).into(),
        viewer.person.id.to_string().into(),
        to_micros(now).into(),
    ];
    // Of two that were posted on one version, one is first.
    if !stands || transaction.run(sql, values).await? == 0 {
        let detail = "Somebody of support changed the notice meanwhile. Look at it and try again.";
        return Err(ApiError::changed(&board(app.store.reader(), now).await?, detail));
    }
    transaction.announce(&Signal::NoticeChanged {}, now)?;
    let board = board(&*transaction, now).await?;
    transaction.commit().await?;
    Ok(board)
}
