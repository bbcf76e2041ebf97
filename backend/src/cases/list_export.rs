//! `GET /cases/export`: what a list shows, as a file. It is made a page at a time, so
//! that its length does not matter.

use axum::{
    body::Body,
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use chrono::SecondsFormat;
use contract::{CaseQuery, CaseSummary, Impact, Problem};
use futures_util::stream;
use utoipa::ToSchema;

use super::{
    filters::Asking,
    list::{self, ListRequest},
    routes::{Parameters, malformed},
};
use crate::{
    accounts::Viewer, app::App, attachments::saved_as, export::table, http::ApiError, store::StoreError,
};

/// What kind of file.
#[derive(Clone, Copy, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Format {
    /// A table (RFC 4180) in UTF-8 with a mark that says so, as spreadsheets want it.
    Csv,
    /// An array of what the list answers.
    Json,
}

/// The columns of the table.
const COLUMNS: [&str; 11] = [
    "number",
    "subject",
    "status",
    "type",
    "priority",
    "impact",
    "environment",
    "organisation",
    "requester",
    "created",
    "updated",
];

/// Export a list
///
/// Everything that the list shows, in its order, not only a page.
#[utoipa::path(get, path = "/cases/export", tag = "cases", params(
    ("format" = Format, Query, description = "`csv` or `json`; the other parameters are the list’s"),
), responses(
    (status = 200, description = "The file", content(
        (String = "text/csv"), (Vec<CaseSummary> = "application/json"),
    )),
    (status = 400, body = Problem, description = "`malformed_request`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
))]
pub async fn export_list(
    State(app): State<App>,
    viewer: Viewer,
    Query(parameters): Parameters,
) -> Result<Response, ApiError> {
    let (formats, others): (Vec<_>, Vec<_>) = parameters.into_iter().partition(|(name, _)| name == "format");
    let (format, media_type, ending) = match formats.first().map(|(_, value)| value.as_str()) {
        Some("csv") => (Format::Csv, table::MEDIA_TYPE, "csv"),
        Some("json") => (Format::Json, "application/json", "json"),
        _ => return Err(malformed("format takes csv or json")),
    };
    let query = ListRequest::read(&others).map_err(malformed)?.query;
    let name = saved_as(&format!("cases {}.{ending}", app.clock.now().date_naive()));
    let media_type = (header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    let headers = [media_type].into_iter().chain(name).collect::<HeaderMap>();
    Ok((headers, body(app, viewer, query, format)).into_response())
}

/// Where the file is.
enum Place {
    /// Before its first page.
    Start,
    /// Before the page of a cursor.
    Page(String),
    /// All is written.
    End,
}

fn body(app: App, viewer: Viewer, query: CaseQuery, format: Format) -> Body {
    let asked = (app, viewer, query);
    Body::from_stream(stream::try_unfold((Place::Start, asked), move |(place, asked)| async move {
        let (first, cursor) = match place {
            Place::Start => (true, None),
            Place::Page(cursor) => (false, Some(cursor)),
            Place::End => return Ok(None),
        };
        let (app, viewer, query) = &asked;
        let request = ListRequest::following(query, cursor.as_deref());
        let page = list::list(&app.store, &Asking::of(app, viewer), request).await?;
        let written = match format {
            Format::Csv => table::written(first.then_some(&COLUMNS), page.items.iter().map(cells))?,
            Format::Json => array(&page.items, first, page.next.is_none())?,
        };
        let next = page.next.map_or(Place::End, Place::Page);
        Ok::<_, StoreError>(Some((written, (next, asked))))
    }))
}

fn cells(case: &CaseSummary) -> [String; 11] {
    let moment = |at: chrono::DateTime<chrono::Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    [
        case.number.to_string(),
        case.subject.clone(),
        case.status.key().to_owned(),
        case.type_title.clone(),
        case.priority.key().to_owned(),
        case.impact.map(Impact::key).unwrap_or_default().to_owned(),
        case.environment.clone().unwrap_or_default(),
        case.organisation.name.clone(),
        case.requester.name.clone(),
        moment(case.created_at),
        moment(case.updated_at),
    ]
}

/// A piece of the array.
fn array(cases: &[CaseSummary], first: bool, last: bool) -> Result<Vec<u8>, StoreError> {
    let mut written = if first { b"[".to_vec() } else { Vec::new() };
    for (index, case) in cases.iter().enumerate() {
        if !first || index > 0 {
            written.push(b',');
        }
        written.push(b'\n');
        serde_json::to_writer(&mut written, case)?;
    }
    if last {
        written.extend(b"\n]\n");
    }
    Ok(written)
}
