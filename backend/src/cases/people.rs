//! Who is on a case, and so can be spoken to in what is written there.

use axum::{
    Json,
    extract::{Path, State},
};
use contract::{
    Problem,
    markdown::Block,
    mention,
    people::{OnCase, PersonRef},
};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{CaseRow, record::person};
use crate::{
    accounts::Viewer,
    app::App,
    http::ApiError,
    markdown,
    store::{Sql, StoreError},
};

#[derive(FromQueryResult)]
struct Row {
    id: String,
    name: String,
    support: bool,
    only_in_notes: bool,
}

/// The active people on a case, by name: whose it is, who filed it, who follows it, and
/// who wrote or did something there. With `notes` also those of support who only wrote
/// notes: customers do not know of them.
///
/// # Errors
/// The database refused, or a stored id is none.
pub async fn on(
    connection: &impl ConnectionTrait,
    case: &CaseRow,
    notes: bool,
) -> Result<Vec<OnCase>, StoreError> {
    let known = "p.id IN ($1, $2) OR p.id IN (SELECT author_id FROM entries WHERE case_id = $3 AND NOT internal) \
                 OR p.id IN (SELECT person_id FROM watchers WHERE case_id = $3 AND person_id IS NOT NULL)";
    let noted = if notes { " OR p.id IN (SELECT author_id FROM entries WHERE case_id = $3)" } else { "" };
    let sql = format!(
        "SELECT p.id, p.name, p.support, NOT ({known}) AS only_in_notes FROM people p \
         WHERE p.active AND ({known}{noted}) ORDER BY p.name, p.id"
    );
    let values = [case.requester_id.clone(), case.filer_id.clone(), case.id.clone()].map(Into::into);
    let rows = connection.rows::<Row>(&sql, values).await?;
    rows.into_iter()
        .map(|row| {
            let person = person(&row.id, &row.name, row.support)?;
            Ok(OnCase { person, only_in_notes: row.only_in_notes })
        })
        .collect()
}

/// A text of the case as a tree, with those it mentions. In a note all of them can be
/// mentioned, elsewhere only those whom everybody on the case knows to be there.
///
/// # Errors
/// The database refused, or a stored id is none.
pub async fn parse(
    connection: &impl ConnectionTrait,
    case: &CaseRow,
    note: bool,
    text: &str,
) -> Result<Vec<Block>, StoreError> {
    let people: Vec<PersonRef> = match text.contains('@') {
        true => on(connection, case, note).await?.into_iter().map(|known| known.person).collect(),
        false => Vec::new(),
    };
    Ok(mention::resolve(markdown::parse(text), &people))
}

/// List the people on a case
///
/// Those who can be mentioned in a message: `@` and their full name.
#[utoipa::path(get, path = "/cases/{number}/people", tag = "cases", params(
    ("number" = String, Path, description = "Such as CS-000123"),
), responses(
    (status = 200, body = Vec<OnCase>),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`"),
))]
pub async fn people_on_case(
    State(app): State<App>,
    viewer: Viewer,
    Path(number): Path<String>,
) -> Result<Json<Vec<OnCase>>, ApiError> {
    let case = CaseRow::find(app.store.reader(), &viewer, &number, "").await?;
    Ok(Json(on(app.store.reader(), &case, viewer.person.support).await?))
}
