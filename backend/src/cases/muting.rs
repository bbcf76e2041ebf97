//! Being told nothing more of a case.

use axum::extract::{Path, State};
use contract::{CaseRecord, Problem};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::{
    change::{Changed, changed},
    record::CaseRow,
};
use crate::{
    accounts::Viewer,
    app::App,
    http::ApiError,
    store::{Sql, StoreError},
};

#[derive(FromQueryResult)]
struct Muted {
    muted: bool,
}

/// Whether somebody is told nothing of a case.
///
/// # Errors
/// The database refused.
pub async fn is_muted(
    connection: &impl ConnectionTrait,
    case_id: &str,
    person: Uuid,
) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM mutes WHERE person_id = $1 AND case_id = $2) AS muted";
    let row = connection.row::<Muted>(sql, [person.to_string().into(), case_id.into()]).await?;
    Ok(row.is_some_and(|row| row.muted))
}

/// Mute a case
///
/// From then on one is told nothing of it, neither in the portal nor by mail. Doing it again
/// does nothing.
#[utoipa::path(put, path = "/cases/{number}/mute", tag = "cases", params(
    ("number" = String, Path, description = "Such as CS-000123"),
), responses(
    (status = 200, body = CaseRecord, headers(("ETag" = String))),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`"),
))]
pub async fn mute(
    State(app): State<App>,
    viewer: Viewer,
    Path(number): Path<String>,
) -> Result<Changed, ApiError> {
    let sql = "INSERT INTO mutes (person_id, case_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    set(&app, &viewer, &number, sql).await
}

/// Mute a case no longer
#[utoipa::path(delete, path = "/cases/{number}/mute", tag = "cases", params(
    ("number" = String, Path, description = "Such as CS-000123"),
), responses(
    (status = 200, body = CaseRecord, headers(("ETag" = String))),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`"),
))]
pub async fn unmute(
    State(app): State<App>,
    viewer: Viewer,
    Path(number): Path<String>,
) -> Result<Changed, ApiError> {
    set(&app, &viewer, &number, "DELETE FROM mutes WHERE person_id = $1 AND case_id = $2").await
}

async fn set(app: &App, viewer: &Viewer, number: &str, sql: &str) -> Result<Changed, ApiError> {
    let transaction = app.store.begin().await?;
    let case = CaseRow::find(&*transaction, viewer, number, "").await?;
    transaction.run(sql, [viewer.person.id.to_string().into(), case.id.clone().into()]).await?;
    changed(app, transaction, viewer, &case).await
}
