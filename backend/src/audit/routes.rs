//! Reading the audit log: an organisation's by its administrators, all of it by those who
//! lead support.

use axum::{
    Json,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use chrono::SecondsFormat;
use contract::{
    CaseNumber, Page, Problem, ProblemCode,
    audit::{Act, AuditEntry},
    people::PersonRef,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    accounts::Viewer,
    app::App,
    attachments::saved_as,
    export::table,
    http::{ApiError, page_limit},
    store::{Parameters, Sql, StoreError, from_micros, id},
};

/// The audit log is for people signed in.
pub fn closed_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(read_organisations)).routes(routes!(read_all)).routes(routes!(export))
}

/// Most entries in one file.
const EXPORT_MAX: u32 = 100_000;
/// The columns of the file.
const COLUMNS: [&str; 10] =
    ["at", "act", "organisation", "actor", "person", "other", "case", "text", "count", "from"];

/// Which page of them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    cursor: Option<Uuid>,
    limit: Option<u32>,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    at: i64,
    act: String,
    organisation: Option<String>,
    actor_id: Option<String>,
    actor: Option<String>,
    actor_support: Option<bool>,
    person_id: Option<String>,
    person: Option<String>,
    person_support: Option<bool>,
    other_id: Option<String>,
    other: Option<String>,
    case_number: Option<i64>,
    text: Option<String>,
    count: Option<i64>,
    origin: Option<String>,
}

impl Row {
    fn entry(self) -> Result<AuditEntry, StoreError> {
        Ok(AuditEntry {
            id: id(&self.id)?,
            at: from_micros(self.at),
            act: Act::from_key(&self.act)
                .ok_or_else(|| StoreError::Unreadable(format!("the act “{}”", self.act)))?,
            actor: person(self.actor_id.as_deref(), self.actor, self.actor_support)?,
            person: person(self.person_id.as_deref(), self.person, self.person_support)?,
            other: person(self.other_id.as_deref(), self.other, Some(false))?,
            case: self.case_number.map(CaseNumber),
            text: self.text,
            count: self.count.and_then(|count| u32::try_from(count).ok()),
            from: self.origin,
        })
    }

    fn cells(self) -> [String; 10] {
        let text = Option::unwrap_or_default;
        [
            from_micros(self.at).to_rfc3339_opts(SecondsFormat::Secs, true),
            self.act,
            text(self.organisation),
            text(self.actor),
            text(self.person),
            text(self.other),
            self.case_number.map_or_else(String::new, |number| CaseNumber(number).to_string()),
            text(self.text),
            self.count.map_or_else(String::new, |count| count.to_string()),
            text(self.origin),
        ]
    }
}

fn person(
    person: Option<&str>,
    name: Option<String>,
    support: Option<bool>,
) -> Result<Option<PersonRef>, StoreError> {
    let Some(person) = person else { return Ok(None) };
    let (name, support) = (name.unwrap_or_default(), support.unwrap_or_default());
    Ok(Some(PersonRef { id: id(person)?, name, support }))
}

/// The newest of those with an id in a column, or of all, from behind a cursor.
async fn newest(
    connection: &impl ConnectionTrait,
    of: Option<(&str, Uuid)>,
    cursor: Option<Uuid>,
    limit: u32,
) -> Result<Vec<Row>, StoreError> {
    let mut parameters = Parameters::default();
    let mut conditions = vec!["TRUE".to_owned()];
    if let Some((column, id)) = of {
        conditions.push(format!("{column} = {}", parameters.add(id.to_string())));
    }
    if let Some(cursor) = cursor {
        conditions.push(format!("a.id < {}", parameters.add(cursor.to_string())));
    }
    let sql = format!(
        "SELECT a.*, o.name AS organisation, w.name AS actor, w.support AS actor_support, p.name AS person, \
         p.support AS person_support, n.name AS other FROM audit a \
         LEFT JOIN organisations o ON o.id = a.organisation_id LEFT JOIN people w ON w.id = a.actor_id \
         LEFT JOIN people p ON p.id = a.person_id LEFT JOIN people n ON n.id = a.other_id \
         WHERE {} ORDER BY a.id DESC LIMIT {limit}",
        conditions.join(" AND ")
    );
    connection.rows::<Row>(&sql, parameters.0).await
}

/// What somebody did, the newest first.
///
/// # Errors
/// The database refused.
pub async fn done_by(connection: &impl ConnectionTrait, person: Uuid) -> Result<Vec<AuditEntry>, StoreError> {
    let condition = ("a.actor_id", person);
    let rows = newest(connection, Some(condition), None, EXPORT_MAX).await?;
    rows.into_iter().map(Row::entry).collect()
}

async fn page(app: &App, organisation: Option<Uuid>, asked: &Asked) -> Result<Page<AuditEntry>, ApiError> {
    let limit = page_limit(asked.limit)?;
    let of = organisation.map(|organisation| ("a.organisation_id", organisation));
    let mut rows = newest(app.store.reader(), of, asked.cursor, limit + 1).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|row| row.id.clone());
    let items = rows.into_iter().map(Row::entry).collect::<Result<_, _>>()?;
    Ok(Page { items, next })
}

fn leads(viewer: &Viewer) -> Result<(), ApiError> {
    if viewer.lead {
        return Ok(());
    }
    Err(ApiError::new(ProblemCode::Forbidden, "The audit log is for those who lead support."))
}

/// Read what was done in an organisation
///
/// For its portal administrators; the newest first.
#[utoipa::path(get, path = "/organisations/{id}/audit", tag = "audit", params(
    ("id" = Uuid, Path, description = "The organisation"),
    ("cursor" = Option<Uuid>, Query, description = "Where the last page ended, as it said in `next`"),
    ("limit" = Option<u32>, Query, description = "How many"),
), responses(
    (status = 200, body = Page<AuditEntry>),
    (status = 400, body = Problem, description = "`malformed_request`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 403, body = Problem, description = "`forbidden`"),
    (status = 404, body = Problem, description = "`not_found`"),
))]
async fn read_organisations(
    State(app): State<App>,
    viewer: Viewer,
    Path(organisation): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Json<Page<AuditEntry>>, ApiError> {
    let organisation = viewer.administered(&organisation)?.id;
    Ok(Json(page(&app, Some(organisation), &asked).await?))
}

/// Read what was done
///
/// Everywhere, for those who lead support; the newest first.
#[utoipa::path(get, path = "/audit", tag = "audit", params(
    ("cursor" = Option<Uuid>, Query, description = "Where the last page ended, as it said in `next`"),
    ("limit" = Option<u32>, Query, description = "How many"),
), responses(
    (status = 200, body = Page<AuditEntry>),
    (status = 400, body = Problem, description = "`malformed_request`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 403, body = Problem, description = "`forbidden`"),
))]
async fn read_all(
    State(app): State<App>,
    viewer: Viewer,
    Query(asked): Query<Asked>,
) -> Result<Json<Page<AuditEntry>>, ApiError> {
    leads(&viewer)?;
    Ok(Json(page(&app, None, &asked).await?))
}

/// Export what was done
///
/// As a table (RFC 4180), the newest first, for those who lead support; at most 100 000 rows.
#[utoipa::path(get, path = "/audit/export", tag = "audit", responses(
    (status = 200, body = String, content_type = "text/csv", description = "The table"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 403, body = Problem, description = "`forbidden`"),
))]
async fn export(State(app): State<App>, viewer: Viewer) -> Result<Response, ApiError> {
    leads(&viewer)?;
    let rows = newest(app.store.reader(), None, None, EXPORT_MAX).await?;
    let written = table::written(Some(&COLUMNS), rows.into_iter().map(Row::cells))?;
    let name = saved_as(&format!("audit {}.csv", app.clock.now().date_naive()));
    let media_type = (header::CONTENT_TYPE, HeaderValue::from_static(table::MEDIA_TYPE));
    let headers = [media_type].into_iter().chain(name).collect::<HeaderMap>();
    Ok((headers, written).into_response())
}
