//! The people of an organisation, as its members find them.

use axum::{
    Json,
    extract::{Path, Query, State},
};
use contract::{
    Problem, ProblemCode,
    limits::COLLEAGUES_MAX,
    people::{Colleague, MembershipRole, PersonRef},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Deserialize;
use uuid::Uuid;

use super::Viewer;
use crate::{
    app::App,
    http::ApiError,
    store::{Sql, StoreError, id},
};

#[derive(FromQueryResult)]
struct Row {
    id: String,
    name: String,
    email: String,
    role: String,
}

const SELECT: &str = "SELECT p.id, p.name, p.email, m.role FROM memberships m \
                      JOIN people p ON p.id = m.person_id WHERE m.organisation_id = $1 AND p.active";

fn colleague_of(row: Row) -> Result<Colleague, StoreError> {
    let role = MembershipRole::from_key(&row.role)
        .ok_or_else(|| StoreError::Unreadable(format!("the role “{}”", row.role)))?;
    let person = PersonRef { id: id(&row.id)?, name: row.name, support: false };
    Ok(Colleague { person, email: row.email, role })
}

/// The active member of an organisation with an id.
///
/// # Errors
/// The database refused.
pub async fn colleague(
    connection: &impl ConnectionTrait,
    organisation: Uuid,
    person: Uuid,
) -> Result<Option<Colleague>, StoreError> {
    let sql = format!("{SELECT} AND p.id = $2");
    let values = [organisation.to_string().into(), person.to_string().into()];
    connection.row::<Row>(&sql, values).await?.map(colleague_of).transpose()
}

/// The active member of an organisation with an address, which is in lower case.
///
/// # Errors
/// The database refused.
pub async fn member_by_email(
    connection: &impl ConnectionTrait,
    organisation: Uuid,
    email: &str,
) -> Result<Option<Uuid>, StoreError> {
    let sql = format!("{SELECT} AND p.email = $2");
    let values = [organisation.to_string().into(), email.into()];
    connection.row::<Row>(&sql, values).await?.map(|row| id(&row.id)).transpose()
}

/// What to look for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// Words that begin words of the name or the address.
    #[serde(default)]
    q: String,
}

/// Find people of an organisation
///
/// Active members of an organisation of one's own, by name; at most twenty.
#[utoipa::path(get, path = "/organisations/{id}/people", tag = "people", params(
    ("id" = Uuid, Path, description = "The organisation"),
    ("q" = Option<String>, Query, description = "Words that begin words of the name or the address; all, if absent"),
), responses(
    (status = 200, body = Vec<Colleague>),
    (status = 400, body = Problem, description = "`malformed_request`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`: no organisation of the viewer's"),
))]
pub async fn list_colleagues(
    State(app): State<App>,
    viewer: Viewer,
    Path(organisation): Path<String>,
    search: Result<Query<Search>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<Vec<Colleague>>, ApiError> {
    let Query(Search { q }) = search.map_err(|_| {
        ApiError::new(ProblemCode::MalformedRequest, "Correct the address: the only parameter is “q”, once.")
    })?;
    let place = organisation.parse().ok().and_then(|organisation| viewer.place(organisation));
    let place = place.ok_or_else(ApiError::not_found)?;
    let sql = format!("{SELECT} ORDER BY p.name, p.email");
    // Compared here: the databases do not agree on what lower case is.
    let rows = app.store.reader().rows::<Row>(&sql, [place.organisation.id.to_string().into()]).await?;
    let found = rows.into_iter().filter(|row| finds(&q, row)).take(COLLEAGUES_MAX).map(colleague_of);
    Ok(Json(found.collect::<Result<_, _>>()?))
}

/// Whether each word looked for begins a word of the name or the address, or the address.
fn finds(search: &str, row: &Row) -> bool {
    let text = format!("{} {}", row.name, row.email).to_lowercase();
    let begins = |word: &str| {
        text.split_whitespace().any(|known| known.starts_with(word))
            || text.split(|c: char| !c.is_alphanumeric()).any(|known| known.starts_with(word))
    };
    search.to_lowercase().split_whitespace().all(begins)
}

#[cfg(test)]
mod tests {
    use super::{Row, finds};

    #[test]
    fn people_are_found_by_the_beginnings_of_their_words() {
        let text = str::to_owned;
        let row = Row {
            id: text(""),
            name: text("Jörg van Hartleb"),
            email: text("j.hartleb@nordwerk.example"),
            role: text("user"),
        };
        for found in ["", " ", "jö", "HART jörg", "van", "nordw", "j.hartleb@", "example"] {
            assert!(finds(found, &row), "{found}");
        }
        for other in ["artleb", "jörg x", "hartleb@j", "jorg"] {
            assert!(!finds(other, &row), "{other}");
        }
    }
}
