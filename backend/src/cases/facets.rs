//! `GET /cases/facets`: what a person can narrow lists to.

use axum::{Json, extract::State};
use contract::{
    Problem,
    case_filter::{Facets, TypeRef},
};
use sea_orm::FromQueryResult;

use super::record::person;
use crate::{
    accounts::Viewer,
    app::App,
    http::ApiError,
    store::{Parameters, Sql, Store, StoreError},
};

/// Most of each that are answered.
const MOST: usize = 200;

#[derive(FromQueryResult)]
struct TypeRow {
    id: String,
    title: String,
}

#[derive(FromQueryResult)]
struct EnvironmentRow {
    name: String,
}

#[derive(FromQueryResult)]
struct PersonRow {
    id: String,
    name: String,
    support: bool,
}

/// Read what lists can be narrowed to
///
/// The types, environments and people of the cases one may see; at most 200 of each.
#[utoipa::path(get, path = "/cases/facets", tag = "cases", responses(
    (status = 200, body = Facets),
    (status = 401, body = Problem, description = "`sign_in_required`"),
))]
pub async fn read_facets(State(app): State<App>, viewer: Viewer) -> Result<Json<Facets>, ApiError> {
    Ok(Json(facets(&app.store, &viewer).await?))
}

async fn facets(store: &Store, viewer: &Viewer) -> Result<Facets, StoreError> {
    let mut parameters = Parameters::default();
    let sees = viewer.sees_sql(&mut parameters);
    let types = format!(
        "SELECT c.type_id AS id, MAX(c.type_title) AS title FROM cases c WHERE {sees} \
         GROUP BY c.type_id ORDER BY title, id LIMIT {MOST}"
    );
    let environments = format!(
        "SELECT DISTINCT c.environment AS name FROM cases c WHERE {sees} AND c.environment IS NOT NULL \
         ORDER BY name LIMIT {MOST}"
    );
    let people = format!(
        "SELECT p.id, p.name, p.support FROM people p WHERE p.id IN \
         (SELECT c.requester_id FROM cases c WHERE {sees} UNION SELECT c.filer_id FROM cases c WHERE {sees}) \
         ORDER BY p.name, p.id LIMIT {MOST}"
    );
    let reader = store.reader();
    let types = reader.rows::<TypeRow>(&types, parameters.0.clone()).await?;
    let environments = reader.rows::<EnvironmentRow>(&environments, parameters.0.clone()).await?;
    let people = reader.rows::<PersonRow>(&people, parameters.0).await?;
    Ok(Facets {
        types: types.into_iter().map(|row| TypeRef { id: row.id, title: row.title }).collect(),
        environments: environments.into_iter().map(|row| row.name).collect(),
        people: people.iter().map(|row| person(&row.id, &row.name, row.support)).collect::<Result<_, _>>()?,
    })
}
