//! `GET /activities`: what a person has to do with cases.

use axum::{Json, extract::State};
use contract::{
    Activity, CaseQuery, Problem,
    activity::{ACTIVITY_CASES_MAX, ActivityPart},
};
use sea_orm::FromQueryResult;

use super::{
    filters::Asking,
    list::summaries,
    record::{CaseRow, select},
};
use crate::{
    accounts::Viewer,
    app::App,
    http::ApiError,
    store::{Parameters, Sql, Store, StoreError},
};

#[derive(FromQueryResult)]
struct Count {
    cases: i64,
}

/// Read one’s activities
///
/// Every part, the most pressing first, with its count and its first cases: unread ones,
/// then those updated last. `GET /cases?activity=` lists all of a part.
#[utoipa::path(get, path = "/activities", tag = "cases", responses(
    (status = 200, body = Vec<ActivityPart>),
    (status = 401, body = Problem, description = "`sign_in_required`"),
))]
pub async fn read_activities(
    State(app): State<App>,
    viewer: Viewer,
) -> Result<Json<Vec<ActivityPart>>, ApiError> {
    let asking = Asking::of(&app, &viewer);
    let mut parts = Vec::new();
    for activity in Activity::ALL {
        parts.push(part(&app.store, &asking, activity).await?);
    }
    Ok(Json(parts))
}

async fn part(store: &Store, asking: &Asking<'_>, activity: Activity) -> Result<ActivityPart, StoreError> {
    let query = CaseQuery::of(activity);
    let mut parameters = Parameters::default();
    let source = asking.source(&query, &mut parameters);
    let conditions = asking.conditions(&query, &mut parameters).join(" AND ");
    let sql = format!("SELECT COUNT(*) AS cases FROM {source} WHERE {conditions}");
    let count = store.reader().row::<Count>(&sql, parameters.0.clone()).await?;
    let unread = asking.unread(&mut parameters);
    let sql = format!(
        "{} WHERE {conditions} ORDER BY CASE WHEN {unread} THEN 0 ELSE 1 END, c.updated_at DESC, \
         c.number DESC LIMIT {ACTIVITY_CASES_MAX}",
        select(&source)
    );
    let rows = store.reader().rows::<CaseRow>(&sql, parameters.0).await?;
    Ok(ActivityPart {
        activity,
        count: count.and_then(|row| u64::try_from(row.cases).ok()).unwrap_or_default(),
        cases: summaries(store, asking, &rows).await?,
    })
}
