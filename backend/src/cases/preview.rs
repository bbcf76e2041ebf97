//! How a message will look.

use axum::{
    Json,
    extract::{Path, State},
};
use contract::{NewMessage, Problem, markdown::Block};

use super::{CaseRow, people};
use crate::{
    accounts::Viewer,
    app::App,
    http::{ApiError, JsonBody, Speech},
};

/// Look at a message before it is sent
///
/// Answers its tree and keeps nothing. An empty text is an empty tree.
#[utoipa::path(post, path = "/cases/{number}/preview", tag = "cases", request_body = NewMessage, params(
    ("number" = String, Path, description = "Such as CS-000123"),
), responses(
    (status = 200, body = Vec<Block>),
    (status = 400, body = Problem, description = "`malformed_body`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`"),
    (status = 422, body = Problem, description = "`invalid_fields`"),
))]
pub async fn preview_message(
    State(app): State<App>,
    viewer: Viewer,
    Path(number): Path<String>,
    speech: Speech,
    JsonBody(message): JsonBody<NewMessage>,
) -> Result<Json<Vec<Block>>, ApiError> {
    let case = CaseRow::find(app.store.reader(), &viewer, &number, "").await?;
    if message.body.trim().is_empty() {
        return Ok(Json(Vec::new()));
    }
    let message = speech.speak(|| message.validate()).map_err(ApiError::invalid)?;
    let note = message.internal && viewer.person.support;
    Ok(Json(people::parse(app.store.reader(), &case, note, &message.body).await?))
}
