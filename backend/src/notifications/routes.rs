//! `/notifications`: what one was told of.

use axum::{
    Json,
    extract::{Path, Query, State},
};
use contract::{
    CaseNumber, Notification, Page, Problem, UnreadCount,
    limits::UNREAD_MAX,
    notification::{SeenNotifications, shortened},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::choices;
use crate::{
    accounts::Viewer,
    app::App,
    cases::timeline,
    http::{ApiError, JsonBody, Speech, page_limit},
    live::Signal,
    store::{Parameters, Sql, StoreError, id},
};

/// What one is told of is for people signed in.
pub fn closed_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(count))
        .routes(routes!(mark, unmark))
        .routes(routes!(choices::read, choices::choose))
}

/// Which page of them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    cursor: Option<Uuid>,
    limit: Option<u32>,
}

#[derive(FromQueryResult)]
struct Row {
    notification_id: String,
    number: i64,
    subject: String,
    mark: Option<String>,
    #[sea_orm(nested)]
    entry: timeline::Row,
}

impl Row {
    fn notification(self) -> Result<Notification, StoreError> {
        Ok(Notification {
            id: id(&self.notification_id)?,
            number: CaseNumber(self.number),
            subject: self.subject,
            entry: shortened(timeline::entry(&self.entry)?),
            read: self.mark.is_some(),
        })
    }
}

#[derive(FromQueryResult)]
struct Count {
    unread: i64,
}

/// That the notification `n` of the case `c` and the entry `e` is the viewer's, and that they
/// still see both.
fn theirs(viewer: &Viewer, parameters: &mut Parameters) -> String {
    let public = if viewer.person.support { "" } else { " AND NOT e.internal" };
    let me = parameters.add(viewer.person.id.to_string());
    format!("n.person_id = {me} AND {}{public}", viewer.sees_sql(parameters))
}

async fn unread(connection: &impl ConnectionTrait, viewer: &Viewer) -> Result<UnreadCount, StoreError> {
    let mut parameters = Parameters::default();
    let theirs = theirs(viewer, &mut parameters);
    let sql = format!(
        "SELECT COUNT(*) AS unread FROM (SELECT 1 AS one FROM notifications n JOIN cases c ON c.id = n.case_id \
         JOIN entries e ON e.id = n.entry_id WHERE {theirs} AND n.mark IS NULL LIMIT {UNREAD_MAX}) counted"
    );
    let row = connection.row::<Count>(&sql, parameters.0).await?;
    Ok(UnreadCount { unread: row.and_then(|row| u64::try_from(row.unread).ok()).unwrap_or_default() })
}

/// Read what one was told of
///
/// The newest first; of cases one still sees.
#[utoipa::path(get, path = "/notifications", tag = "notifications", params(
    ("cursor" = Option<Uuid>, Query, description = "Where the last page ended, as it said in `next`"),
    ("limit" = Option<u32>, Query, description = "How many"),
), responses(
    (status = 200, body = Page<Notification>),
    (status = 400, body = Problem, description = "`malformed_request`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
))]
async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Query(asked): Query<Asked>,
) -> Result<Json<Page<Notification>>, ApiError> {
    let limit = page_limit(asked.limit)?;
    let mut parameters = Parameters::default();
    let mut condition = theirs(&viewer, &mut parameters);
    if let Some(cursor) = asked.cursor {
        let (cursor, me) = (parameters.add(cursor.to_string()), parameters.add(viewer.person.id.to_string()));
        condition.push_str(&format!(
            " AND (n.created_at, n.id) < (SELECT l.created_at, l.id FROM notifications l \
             WHERE l.id = {cursor} AND l.person_id = {me})"
        ));
    }
    let select = timeline::select(", n.id AS notification_id, n.mark, c.number, c.subject");
    let sql = format!(
        "{select} JOIN notifications n ON n.entry_id = e.id JOIN cases c ON c.id = n.case_id \
         WHERE {condition} ORDER BY n.created_at DESC, n.id DESC LIMIT {}",
        limit + 1
    );
    let mut rows = app.store.reader().rows::<Row>(&sql, parameters.0).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|row| row.notification_id.clone());
    let items = rows.into_iter().map(Row::notification).collect::<Result<_, _>>()?;
    Ok(Json(Page { items, next }))
}

/// Read how many one has not seen
#[utoipa::path(get, path = "/notifications/unread", tag = "notifications", responses(
    (status = 200, body = UnreadCount),
    (status = 401, body = Problem, description = "`sign_in_required`"),
))]
async fn count(State(app): State<App>, viewer: Viewer) -> Result<Json<UnreadCount>, ApiError> {
    Ok(Json(unread(app.store.reader(), &viewer).await?))
}

/// Say what one has seen
///
/// Under an id of one’s own making, by which it can be taken back. Doing it again does nothing.
#[utoipa::path(put, path = "/notifications/marks/{mark}", tag = "notifications", request_body = SeenNotifications, params(
    ("mark" = Uuid, Path, description = "An id made for this"),
), responses(
    (status = 200, body = UnreadCount),
    (status = 400, body = Problem, description = "`malformed_body`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 422, body = Problem, description = "`invalid_fields`"),
))]
async fn mark(
    State(app): State<App>,
    viewer: Viewer,
    Path(mark): Path<Uuid>,
    speech: Speech,
    JsonBody(seen): JsonBody<SeenNotifications>,
) -> Result<Json<UnreadCount>, ApiError> {
    speech.speak(|| seen.validate()).map_err(ApiError::invalid)?;
    let mut parameters = Parameters::default();
    let values = [mark.to_string(), viewer.person.id.to_string()].map(|value| parameters.add(value));
    let [mark, me] = values;
    let mut sql = format!("UPDATE notifications SET mark = {mark} WHERE person_id = {me} AND mark IS NULL");
    if let Some(ids) = seen.ids {
        let ids = parameters.add_all(ids.iter().map(Uuid::to_string));
        sql.push_str(&format!(" AND id IN ({ids})"));
    }
    change(&app, &viewer, &sql, parameters).await
}

/// Take back that one has seen something
#[utoipa::path(delete, path = "/notifications/marks/{mark}", tag = "notifications", params(
    ("mark" = Uuid, Path, description = "The id under which it was said"),
), responses(
    (status = 200, body = UnreadCount),
    (status = 401, body = Problem, description = "`sign_in_required`"),
))]
async fn unmark(
    State(app): State<App>,
    viewer: Viewer,
    Path(mark): Path<Uuid>,
) -> Result<Json<UnreadCount>, ApiError> {
    let mut parameters = Parameters::default();
    let [mark, me] = [mark.to_string(), viewer.person.id.to_string()].map(|value| parameters.add(value));
    let sql = format!("UPDATE notifications SET mark = NULL WHERE person_id = {me} AND mark = {mark}");
    change(&app, &viewer, &sql, parameters).await
}

/// Changes what the viewer has seen, and tells their other pages.
async fn change(
    app: &App,
    viewer: &Viewer,
    sql: &str,
    parameters: Parameters,
) -> Result<Json<UnreadCount>, ApiError> {
    let mut transaction = app.store.begin().await?;
    if transaction.run(sql, parameters.0).await? > 0 {
        let person = viewer.person.id;
        transaction.announce(&Signal::NotificationsChanged { person }, app.clock.now())?;
    }
    let unread = unread(&*transaction, viewer).await?;
    transaction.commit().await?;
    Ok(Json(unread))
}
