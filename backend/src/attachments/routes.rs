//! `/cases/{number}/attachments`.

use axum::{
    Json,
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use contract::{
    Problem, ProblemCode,
    attachment::{ArchiveListing, Attachment, FileKind, PIECE_MAX},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    archive, download,
    files::{self, FileRow},
    tus,
};
use crate::{accounts::Viewer, app::App, cases::CaseRow, http::ApiError};

/// Files are for people signed in.
pub fn closed_routes() -> OpenApiRouter<App> {
    let most = usize::try_from(PIECE_MAX).unwrap_or(usize::MAX);
    let pieces = OpenApiRouter::new()
        .routes(routes!(tus::read_upload, tus::append_to_upload, tus::give_up_upload))
        .layer(axum::extract::DefaultBodyLimit::max(most));
    OpenApiRouter::new()
        .routes(routes!(list_attachments))
        .routes(routes!(download_attachment))
        .routes(routes!(view_attachment))
        .routes(routes!(list_archive))
        .routes(routes!(tus::describe_uploads, tus::begin_upload))
        .merge(pieces)
}

/// List a case's files
///
/// The newest first. Those of notes are for support only.
#[utoipa::path(get, path = "/cases/{number}/attachments", tag = "attachments", params(
    ("number" = String, Path, description = "Such as CS-000123"),
), responses(
    (status = 200, body = Vec<Attachment>),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`"),
))]
async fn list_attachments(
    State(app): State<App>,
    viewer: Viewer,
    Path(number): Path<String>,
) -> Result<Json<Vec<Attachment>>, ApiError> {
    let case = CaseRow::find(app.store.reader(), &viewer, &number, "").await?;
    Ok(Json(files::all(app.store.reader(), &case.id, viewer.person.support).await?))
}

/// Download a file
///
/// A part of it with `Range`.
#[utoipa::path(get, path = "/cases/{number}/attachments/{id}", tag = "attachments", params(
    ("number" = String, Path, description = "Such as CS-000123"),
    ("id" = String, Path, description = "The file's id"),
    ("Range" = Option<String>, Header, description = "Such as `bytes=1048576-`"),
), responses(
    (status = 200, content_type = "application/octet-stream", description = "Its bytes",
        headers(("ETag" = String, description = "The checksum"), ("Content-Disposition" = String))),
    (status = 206, content_type = "application/octet-stream", description = "A part of its bytes"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`"),
    (status = 416, body = Problem, description = "`range_outside`"),
))]
async fn download_attachment(
    State(app): State<App>,
    viewer: Viewer,
    Path((number, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    download::saved(&app, &headers, &find(&app, &viewer, &number, &id).await?).await
}

/// View a file
///
/// Pictures and PDF as they are, texts and tables as text in UTF-8.
#[utoipa::path(get, path = "/cases/{number}/attachments/{id}/view", tag = "attachments", params(
    ("number" = String, Path, description = "Such as CS-000123"),
    ("id" = String, Path, description = "The file's id"),
), responses(
    (status = 200, content_type = "application/octet-stream", description = "Its bytes, as image/…, application/pdf or text/plain",
        headers(("ETag" = String, description = "The checksum"))),
    (status = 304, description = "Unchanged since `If-None-Match`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`, or nothing that can be shown"),
))]
async fn view_attachment(
    State(app): State<App>,
    viewer: Viewer,
    Path((number, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    download::shown(&app, &headers, &find(&app, &viewer, &number, &id).await?).await
}

/// List what is in an archive
///
/// Of ZIP and tar, without unpacking.
#[utoipa::path(get, path = "/cases/{number}/attachments/{id}/contents", tag = "attachments", params(
    ("number" = String, Path, description = "Such as CS-000123"),
    ("id" = String, Path, description = "The file's id"),
), responses(
    (status = 200, body = ArchiveListing),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`, or no archive"),
))]
async fn list_archive(
    State(app): State<App>,
    viewer: Viewer,
    Path((number, id)): Path<(String, String)>,
) -> Result<Json<ArchiveListing>, ApiError> {
    let attachment = find(&app, &viewer, &number, &id).await?;
    let kind = attachment.file.kind;
    if !matches!(kind, FileKind::Zip | FileKind::Tar) {
        return Err(ApiError::not_found());
    }
    let bytes = app.files.get(&attachment.file.id.to_string(), None).await?;
    let bytes = app.files.all_of(bytes).await?;
    let listed = tokio::task::spawn_blocking(move || archive::list(kind, &bytes)).await.ok().flatten();
    listed
        .map(Json)
        .ok_or_else(|| ApiError::new(ProblemCode::Internal, "This archive cannot be read any more."))
}

/// The file of an id, where case and file exist for the viewer.
async fn find(app: &App, viewer: &Viewer, number: &str, id: &str) -> Result<Attachment, ApiError> {
    let case = CaseRow::find(app.store.reader(), viewer, number, "").await?;
    let row = FileRow::find(app.store.reader(), &case.id, id, viewer.person.support).await?;
    Ok(row.ok_or_else(ApiError::not_found)?.attachment()?)
}
