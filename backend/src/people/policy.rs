//! `/organisations/{id}/policy`: what an organisation's administrators set for it.

use axum::{
    Json,
    extract::{Path, State},
};
use contract::{
    Problem,
    audit::Act,
    member::{Policy, Visibility},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::{
    accounts::Viewer,
    app::App,
    audit::Record,
    http::{ApiError, JsonBody, Speech},
    store::{Sql, StoreError},
};

#[derive(FromQueryResult)]
struct Row {
    visibility: String,
    default_watchers: String,
}

async fn policy(connection: &impl ConnectionTrait, organisation: Uuid) -> Result<Policy, StoreError> {
    let sql = "SELECT visibility, default_watchers FROM organisations WHERE id = $1";
    let row = connection.row::<Row>(sql, [organisation.to_string().into()]).await?;
    let row = row.ok_or_else(|| StoreError::Unreadable("an organisation is gone".to_owned()))?;
    Ok(Policy {
        visibility: Visibility::from_key(&row.visibility)
            .ok_or_else(|| StoreError::Unreadable(format!("the visibility “{}”", row.visibility)))?,
        default_watchers: serde_json::from_str(&row.default_watchers)?,
    })
}

/// The addresses that follow every new case of an organisation.
///
/// # Errors
/// The database refused.
pub async fn default_watchers(
    connection: &impl ConnectionTrait,
    organisation: Uuid,
) -> Result<Vec<String>, StoreError> {
    Ok(policy(connection, organisation).await?.default_watchers)
}

/// Read an organisation’s policy
///
/// For its portal administrators.
#[utoipa::path(get, path = "/organisations/{id}/policy", tag = "people", params(
    ("id" = Uuid, Path, description = "The organisation"),
), responses(
    (status = 200, body = Policy),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 403, body = Problem, description = "`forbidden`: one does not administer it"),
    (status = 404, body = Problem, description = "`not_found`: no organisation of the viewer’s"),
))]
pub async fn read_policy(
    State(app): State<App>,
    viewer: Viewer,
    Path(organisation): Path<String>,
) -> Result<Json<Policy>, ApiError> {
    let organisation = viewer.administered(&organisation)?.id;
    Ok(Json(policy(app.store.reader(), organisation).await?))
}

/// Set an organisation’s policy
///
/// For its portal administrators; the last one wins. Who sees its cases changes at once.
#[utoipa::path(put, path = "/organisations/{id}/policy", tag = "people", request_body = Policy, params(
    ("id" = Uuid, Path, description = "The organisation"),
), responses(
    (status = 200, body = Policy),
    (status = 400, body = Problem, description = "`malformed_body`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 403, body = Problem, description = "`forbidden`: one does not administer it"),
    (status = 404, body = Problem, description = "`not_found`: no organisation of the viewer’s"),
    (status = 422, body = Problem, description = "`invalid_fields`"),
))]
pub async fn set_policy(
    State(app): State<App>,
    viewer: Viewer,
    Path(organisation): Path<String>,
    speech: Speech,
    JsonBody(new): JsonBody<Policy>,
) -> Result<Json<Policy>, ApiError> {
    let organisation = viewer.administered(&organisation)?.id;
    let new = speech.speak(|| new.validate()).map_err(ApiError::invalid)?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let before = policy(&*transaction, organisation).await?;
    let sql = "UPDATE organisations SET visibility = $1, default_watchers = $2 WHERE id = $3";
    let watchers = serde_json::to_string(&new.default_watchers).map_err(StoreError::from)?;
    let values = [new.visibility.key().into(), watchers.into(), organisation.to_string().into()];
    transaction.run(sql, values).await?;
    if new.visibility != before.visibility {
        let record = Record::by(&viewer, Act::VisibilityChanged).at(organisation);
        record.saying(new.visibility.key()).keep(&transaction, now).await?;
    }
    if new.default_watchers != before.default_watchers {
        let record = Record::by(&viewer, Act::DefaultWatchersChanged).at(organisation);
        record.saying(new.default_watchers.join(", ")).keep(&transaction, now).await?;
    }
    transaction.commit().await?;
    Ok(Json(new))
}
