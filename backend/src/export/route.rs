//! `GET /cases/{number}/export`.

use axum::{
    extract::{Path, Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use contract::{
    Problem,
    export::{CaseExport, ExportedFile},
};
use serde::Deserialize;
use texts::Language;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{archive::archive, document::document};
use crate::{
    accounts::Viewer,
    app::App,
    attachments::{self, saved_as},
    cases::{self, CaseRow},
    http::ApiError,
    store::StoreError,
};

/// Cases are for people signed in.
pub fn closed_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(export_case))
}

/// In which language the document is.
#[derive(Deserialize)]
pub struct Wanted {
    lang: Option<String>,
}

/// Export a case
///
/// A ZIP archive with the case as a document to read, as JSON, and its files. Notes of
/// support are never in it.
#[utoipa::path(get, path = "/cases/{number}/export", tag = "cases", params(
    ("number" = String, Path, description = "Such as CS-000123"),
    ("lang" = Option<String>, Query, description = "The document's language, such as `de`"),
), responses(
    (status = 200, content_type = "application/zip", description = "`case.html`, `case.json` and `attachments/`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`"),
))]
async fn export_case(
    State(app): State<App>,
    viewer: Viewer,
    Path(number): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, ApiError> {
    let case = CaseRow::find(app.store.reader(), &viewer, &number, "").await?;
    let export = collect(&app, &viewer, &case).await?;
    let language = Language::preferred(wanted.lang.as_deref().unwrap_or_default());
    let html = texts::speaking(language, || document(&export, &language.tag));
    let json = serde_json::to_string_pretty(&export).map_err(StoreError::from)?;
    let name = saved_as(&format!("{}.zip", case.number()));
    let media_type = (header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    let headers = [media_type].into_iter().chain(name).collect::<axum::http::HeaderMap>();
    let body = archive(app.files.clone(), export, vec![("case.html", html), ("case.json", json)]);
    Ok((headers, body).into_response())
}

async fn collect(app: &App, viewer: &Viewer, case: &CaseRow) -> Result<CaseExport, StoreError> {
    let reader = app.store.reader();
    let mut record = case.record(reader, app, viewer).await?;
    // Told to support only, and this goes on to anybody.
    record.queue = None;
    let mut files = attachments::all(reader, &case.id, false).await?;
    files.reverse();
    record.attachments = u32::try_from(files.len()).unwrap_or(u32::MAX);
    let named = files.into_iter().zip(1_usize..);
    let attachments = named.map(|(attachment, count)| ExportedFile {
        path: format!("attachments/{count:02} {}", attachment.file.name),
        attachment,
    });
    Ok(CaseExport {
        exported_at: app.clock.now(),
        record,
        timeline: cases::all_entries(reader, &case.id).await?,
        attachments: attachments.collect(),
    })
}
