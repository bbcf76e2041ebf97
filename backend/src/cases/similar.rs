//! Cases like one that is about to be filed.

use axum::{
    Json,
    extract::{Query, State},
};
use contract::{
    CaseSummary, Problem, ProblemCode,
    limits::{SEARCH_MAX, SIMILAR_MAX},
    words::{shared, telling},
};
use sea_orm::FromQueryResult;
use serde::Deserialize;

use super::{
    record::{CASES, CaseRow, select},
    search,
};
use crate::{
    accounts::Viewer,
    app::App,
    http::ApiError,
    store::{Parameters, Sql, Store, StoreError},
};

/// How many of the likeliest texts are looked at.
const LOOKED_AT: i64 = 40;

/// What the case is to be about.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    q: String,
}

/// Find cases like one about to be filed
///
/// The likeliest first, at most five: of those the viewer may see, the ones that share
/// two telling words with it, or its only one.
#[utoipa::path(get, path = "/cases/similar", tag = "cases", params(
    ("q" = String, Query, description = "The subject as far as it is written"),
), responses(
    (status = 200, body = Vec<CaseSummary>),
    (status = 400, body = Problem, description = "`malformed_request`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
))]
pub async fn similar_cases(
    State(app): State<App>,
    viewer: Viewer,
    about: Result<Query<About>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<Vec<CaseSummary>>, ApiError> {
    let about = about.ok().filter(|Query(about)| about.q.chars().count() <= SEARCH_MAX);
    let Query(About { q }) = about.ok_or_else(|| {
        let detail = format!("Correct the address: it takes “q”, of at most {SEARCH_MAX} characters.");
        ApiError::new(ProblemCode::MalformedRequest, detail)
    })?;
    Ok(Json(similar(&app.store, &viewer, &q).await?))
}

#[derive(FromQueryResult)]
struct Row {
    case_id: String,
    words: String,
}

async fn similar(store: &Store, viewer: &Viewer, subject: &str) -> Result<Vec<CaseSummary>, StoreError> {
    let telling = telling(subject);
    if telling.is_empty() {
        return Ok(Vec::new());
    }
    let mut parameters = Parameters::default();
    let likely = search::likely(&telling, store.database(), &mut parameters);
    let sees = viewer.sees_sql(&mut parameters);
    let sql = format!(
        "SELECT s.case_id, s.words FROM ({likely}) s JOIN cases c ON c.id = s.case_id \
         WHERE {sees} ORDER BY s.likeness, c.number DESC LIMIT {LOOKED_AT}"
    );
    let rows = store.reader().rows::<Row>(&sql, parameters.0).await?;
    let mut ranked: Vec<(usize, String)> = Vec::new();
    for row in rows {
        let shared = shared(&telling, &row.words);
        if shared >= telling.len().min(2) && ranked.iter().all(|(_, id)| *id != row.case_id) {
            ranked.push((shared, row.case_id));
        }
    }
    ranked.sort_by_key(|(shared, _)| std::cmp::Reverse(*shared));
    let mut summaries = Vec::new();
    for (_, id) in ranked.into_iter().take(SIMILAR_MAX) {
        let case =
            store.reader().row::<CaseRow>(&format!("{} WHERE c.id = $1", select(CASES)), [id.into()]).await?;
        summaries.extend(case.map(|case| case.summary()).transpose()?);
    }
    Ok(summaries)
}
