//! `/views`: lists that people keep under a name.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use contract::{
    FieldError, Problem,
    field::FieldCode,
    limits::VIEWS_MAX,
    saved_view::{NewView, SavedView},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    accounts::Viewer,
    app::App,
    http::{ApiError, JsonBody, Speech},
    store::{Parameters, Sql, StoreError, id},
};

/// Views are for people signed in.
pub fn closed_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, save)).routes(routes!(take_away))
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    person_id: String,
    organisation_id: Option<String>,
    name: String,
    parameters: String,
}

#[derive(FromQueryResult)]
struct Count {
    views: i64,
}

impl Row {
    fn view(&self, viewer: &Viewer) -> Result<SavedView, StoreError> {
        let shared = self.organisation_id.as_ref();
        Ok(SavedView {
            id: id(&self.id)?,
            name: self.name.clone(),
            parameters: serde_json::from_str(&self.parameters)?,
            shared: shared.is_some(),
            mine: match shared {
                Some(organisation) => viewer.administers().any(|known| known.id.to_string() == *organisation),
                None => self.person_id == viewer.person.id.to_string(),
            },
        })
    }
}

/// The condition on the views `v` that the viewer has.
fn has(viewer: &Viewer, parameters: &mut Parameters) -> String {
    let me = parameters.add(viewer.person.id.to_string());
    let places = parameters.add_all(viewer.places.iter().map(|place| place.organisation.id.to_string()));
    let shared =
        if places.is_empty() { String::new() } else { format!(" OR v.organisation_id IN ({places})") };
    format!("((v.organisation_id IS NULL AND v.person_id = {me}){shared})")
}

/// List one’s views
///
/// One’s own and those shared by the administrators of one’s organisations, by name.
#[utoipa::path(get, path = "/views", tag = "cases", responses(
    (status = 200, body = Vec<SavedView>),
    (status = 401, body = Problem, description = "`sign_in_required`"),
))]
async fn list(State(app): State<App>, viewer: Viewer) -> Result<Json<Vec<SavedView>>, ApiError> {
    let mut parameters = Parameters::default();
    let has = has(&viewer, &mut parameters);
    let sql = format!("SELECT v.* FROM saved_views v WHERE {has} ORDER BY v.name, v.id");
    let rows = app.store.reader().rows::<Row>(&sql, parameters.0).await?;
    Ok(Json(rows.iter().map(|row| row.view(&viewer)).collect::<Result<_, _>>()?))
}

/// Keep a list under a name
///
/// What had the name before is replaced: among one’s own, or among those shared with the
/// organisation. Whoever administers several shares with the first by name.
#[utoipa::path(put, path = "/views", tag = "cases", request_body = NewView, responses(
    (status = 200, body = SavedView),
    (status = 400, body = Problem, description = "`malformed_body`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 422, body = Problem, description = "`invalid_fields`"),
))]
async fn save(
    State(app): State<App>,
    viewer: Viewer,
    speech: Speech,
    JsonBody(view): JsonBody<NewView>,
) -> Result<Json<SavedView>, ApiError> {
    let view = speech.speak(|| view.validate()).map_err(ApiError::invalid)?;
    let organisation = viewer.administers().next().filter(|_| view.shared);
    if view.shared && organisation.is_none() {
        let message = speech.speak(texts::mistakes::share_as_administrator);
        let error = FieldError::new("/shared", FieldCode::AdministratorsOnly, message);
        return Err(ApiError::invalid(vec![error]));
    }
    let transaction = app.store.begin().await?;
    let (person, organisation) =
        (viewer.person.id.to_string(), organisation.map(|known| known.id.to_string()));
    let unique = match organisation {
        Some(_) => "(organisation_id, name) WHERE organisation_id IS NOT NULL",
        None => "(person_id, name) WHERE organisation_id IS NULL",
    };
    let sql = format!(
        "INSERT INTO saved_views (id, person_id, organisation_id, name, parameters) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT {unique} DO UPDATE SET parameters = excluded.parameters, person_id = excluded.person_id \
         RETURNING *"
    );
    let values = [
        Uuid::now_v7().to_string().into(),
        person.clone().into(),
        organisation.clone().into(),
        view.name.into(),
        serde_json::to_string(&view.parameters).map_err(StoreError::from)?.into(),
    ];
    let row = transaction.row::<Row>(&sql, values).await?.ok_or_else(ApiError::not_found)?;
    if count(&*transaction, &person, organisation.as_deref()).await? > VIEWS_MAX as i64 {
        let message = speech.speak(|| texts::mistakes::views_at_most(VIEWS_MAX));
        return Err(ApiError::invalid(vec![FieldError::new("/name", FieldCode::TooMany, message)]));
    }
    transaction.commit().await?;
    Ok(Json(row.view(&viewer)?))
}

async fn count(
    connection: &impl ConnectionTrait,
    person: &str,
    organisation: Option<&str>,
) -> Result<i64, StoreError> {
    let (whose, value) = match organisation {
        Some(organisation) => ("organisation_id = $1", organisation),
        None => ("organisation_id IS NULL AND person_id = $1", person),
    };
    let sql = format!("SELECT COUNT(*) AS views FROM saved_views WHERE {whose}");
    Ok(connection.row::<Count>(&sql, [value.to_owned().into()]).await?.map_or(0, |row| row.views))
}

/// Take a view away
///
/// One’s own, or one shared with an organisation that one administers.
#[utoipa::path(delete, path = "/views/{id}", tag = "cases", params(
    ("id" = Uuid, Path, description = "The view’s id"),
), responses(
    (status = 204, description = "It is gone"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`"),
))]
async fn take_away(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let transaction = app.store.begin().await?;
    let sql = "SELECT v.* FROM saved_views v WHERE v.id = $1";
    let row = transaction.row::<Row>(sql, [id.into()]).await?.ok_or_else(ApiError::not_found)?;
    if !row.view(&viewer)?.mine {
        return Err(ApiError::not_found());
    }
    transaction.run("DELETE FROM saved_views WHERE id = $1", [row.id.into()]).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
