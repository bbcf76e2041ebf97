//! `/notifications/choices`: what one chose to be told of.

use axum::{Json, extract::State};
use contract::{Problem, notification::NotificationChoices};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::{
    accounts::Viewer,
    app::App,
    http::{ApiError, JsonBody},
    store::{Sql, StoreError},
};

#[derive(FromQueryResult)]
struct Row {
    choices: String,
}

/// What somebody chose to be told of.
///
/// # Errors
/// The database refused.
pub async fn choices_of(
    connection: &impl ConnectionTrait,
    person: Uuid,
) -> Result<NotificationChoices, StoreError> {
    let sql = "SELECT choices FROM people WHERE id = $1";
    let row = connection.row::<Row>(sql, [person.to_string().into()]).await?;
    Ok(row.map(|row| serde_json::from_str(&row.choices)).transpose()?.unwrap_or_default())
}

/// Read what one chose to be told of
#[utoipa::path(get, path = "/notifications/choices", tag = "notifications", responses(
    (status = 200, body = NotificationChoices),
    (status = 401, body = Problem, description = "`sign_in_required`"),
))]
pub async fn read(State(app): State<App>, viewer: Viewer) -> Result<Json<NotificationChoices>, ApiError> {
    Ok(Json(choices_of(app.store.reader(), viewer.person.id).await?))
}

/// Choose what to be told of
///
/// The last one wins: there is nothing in it that two tabs could ruin for each other.
#[utoipa::path(put, path = "/notifications/choices", tag = "notifications", request_body = NotificationChoices, responses(
    (status = 200, body = NotificationChoices),
    (status = 400, body = Problem, description = "`malformed_body`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
))]
pub async fn choose(
    State(app): State<App>,
    viewer: Viewer,
    JsonBody(choices): JsonBody<NotificationChoices>,
) -> Result<Json<NotificationChoices>, ApiError> {
    let text = serde_json::to_string(&choices).map_err(StoreError::from)?;
    let transaction = app.store.begin().await?;
    let sql = "UPDATE people SET choices = $1 WHERE id = $2";
    transaction.run(sql, [text.into(), viewer.person.id.to_string().into()]).await?;
    transaction.commit().await?;
    Ok(Json(choices))
}
