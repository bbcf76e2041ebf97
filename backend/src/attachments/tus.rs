//! `/uploads`: tus 1.0.0 with the extensions creation, expiration and termination.

use axum::{
    body::Bytes,
    extract::{FromRequestParts, Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use contract::{
    Problem, ProblemCode,
    attachment::{FILE_MAX, check_claim, clean_name, tus},
};

use super::uploads::{self, Upload, refused};
use crate::{
    accounts::Viewer,
    app::App,
    http::{ApiError, Speech},
};

const MAX_SIZE: HeaderName = HeaderName::from_static("tus-max-size");
const EXTENSION: HeaderName = HeaderName::from_static("tus-extension");
const VERSIONS: HeaderName = HeaderName::from_static("tus-version");
const RESUMABLE: HeaderName = HeaderName::from_static(tus::RESUMABLE);
const SPOKEN: HeaderValue = HeaderValue::from_static(tus::VERSION);

/// That the client speaks our version of tus.
pub struct Tus;

impl<S: Send + Sync> FromRequestParts<S> for Tus {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        if parts.headers.get(RESUMABLE) == Some(&SPOKEN) {
            return Ok(Self);
        }
        let detail = "Send the header Tus-Resumable: 1.0.0.";
        let error = ApiError::new(ProblemCode::TusVersionUnsupported, detail);
        Err(([(VERSIONS, SPOKEN)], error).into_response())
    }
}

fn number(headers: &HeaderMap, name: &str) -> Result<u64, ApiError> {
    let value = headers.get(name).and_then(|value| value.to_str().ok()).and_then(|value| value.parse().ok());
    let detail = || format!("Send the header {name} with a number of bytes.");
    value.ok_or_else(|| ApiError::new(ProblemCode::MalformedRequest, detail()))
}

/// How an upload stands, as headers.
fn standing(upload: &Upload) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(RESUMABLE, SPOKEN);
    headers.insert(HeaderName::from_static(tus::OFFSET), HeaderValue::from(upload.arrived()));
    headers.insert(HeaderName::from_static(tus::LENGTH), HeaderValue::from(upload.size()));
    // As HTTP writes dates (RFC 9110, 5.6.7).
    let expires = upload.expires().format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    if let Ok(expires) = HeaderValue::from_str(&expires) {
        headers.insert(HeaderName::from_static(tus::EXPIRES), expires);
    }
    headers
}

/// Ask what uploads can do
#[utoipa::path(options, path = "/uploads", tag = "attachments", responses(
    (status = 204, description = "In the headers Tus-Version, Tus-Extension and Tus-Max-Size"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
))]
pub async fn describe_uploads(_: Viewer) -> Response {
    let most = HeaderValue::from(FILE_MAX);
    let extensions = HeaderValue::from_static("creation,expiration,termination");
    let headers = [(RESUMABLE, SPOKEN), (VERSIONS, SPOKEN), (EXTENSION, extensions), (MAX_SIZE, most)];
    (StatusCode::NO_CONTENT, headers).into_response()
}

/// Begin to upload a file
///
/// What is not sent with anything within a day is forgotten.
#[utoipa::path(post, path = "/uploads", tag = "attachments", params(
    ("Tus-Resumable" = String, Header, description = "`1.0.0`"),
    ("Upload-Length" = u64, Header, description = "Bytes of the whole file"),
    ("Upload-Metadata" = String, Header, description = "`filename` and the name in Base64"),
), responses(
    (status = 201, description = "Its address in `Location`", headers(("Location" = String), ("Upload-Expires" = String))),
    (status = 400, body = Problem, description = "`malformed_request`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 412, body = Problem, description = "`tus_version_unsupported`"),
    (status = 422, body = Problem, description = "`invalid_fields` at `/filename` or `/length`"),
    (status = 429, body = Problem, description = "`too_many_requests`: too much is uploaded and not sent"),
))]
pub async fn begin_upload(
    State(app): State<App>,
    viewer: Viewer,
    _: Tus,
    speech: Speech,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let size = number(&headers, tus::LENGTH)?;
    let name = headers.get(tus::METADATA).and_then(|value| tus::name_in(value.to_str().ok()?));
    let name = name.ok_or_else(|| {
        ApiError::new(ProblemCode::MalformedRequest, "Send the header Upload-Metadata with the filename.")
    })?;
    let name = clean_name(&name);
    let kind = check_claim(&name, size).map_err(|refusal| refused(refusal, speech))?;
    let upload = uploads::begin(&app, viewer.person.id, &name, kind, size).await?;
    let location = format!("/api/v1/uploads/{}", upload.id);
    Ok((StatusCode::CREATED, standing(&upload), [(header::LOCATION, location)]).into_response())
}

/// Ask how much of a file has arrived
#[utoipa::path(head, path = "/uploads/{id}", tag = "attachments", params(
    ("id" = String, Path, description = "The upload's id"),
    ("Tus-Resumable" = String, Header, description = "`1.0.0`"),
), responses(
    (status = 200, description = "In the header Upload-Offset", headers(("Upload-Offset" = u64), ("Upload-Length" = u64))),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`"),
    (status = 412, body = Problem, description = "`tus_version_unsupported`"),
))]
pub async fn read_upload(
    State(app): State<App>,
    viewer: Viewer,
    _: Tus,
    speech: Speech,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let upload = Upload::find(app.store.reader(), viewer.person.id, &id).await?;
    let upload = uploads::finish(&app, upload, speech).await?;
    Ok((StatusCode::OK, standing(&upload)).into_response())
}

/// Send a piece of a file
///
/// The file is checked with its first piece and with its last one.
#[utoipa::path(patch, path = "/uploads/{id}", tag = "attachments", params(
    ("id" = String, Path, description = "The upload's id"),
    ("Tus-Resumable" = String, Header, description = "`1.0.0`"),
    ("Upload-Offset" = u64, Header, description = "How many bytes had arrived"),
), request_body(content_type = "application/offset+octet-stream", content = Vec<u8>), responses(
    (status = 204, description = "In the header Upload-Offset", headers(("Upload-Offset" = u64))),
    (status = 400, body = Problem, description = "`malformed_request`"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`"),
    (status = 409, body = Problem, description = "`upload_offset_mismatch`: ask for the offset"),
    (status = 412, body = Problem, description = "`tus_version_unsupported`"),
    (status = 413, body = Problem, description = "`body_too_large`: more than 4 MB, or than the file has"),
    (status = 415, body = Problem, description = "`unsupported_media_type`"),
    (status = 422, body = Problem, description = "`invalid_fields` at `/content`"),
))]
pub async fn append_to_upload(
    State(app): State<App>,
    viewer: Viewer,
    _: Tus,
    speech: Speech,
    Path(id): Path<String>,
    headers: HeaderMap,
    piece: Bytes,
) -> Result<Response, ApiError> {
    if headers.get(header::CONTENT_TYPE).is_none_or(|kind| kind != tus::PIECE) {
        let detail = format!("Send pieces with the header Content-Type: {}.", tus::PIECE);
        return Err(ApiError::new(ProblemCode::UnsupportedMediaType, detail));
    }
    let at = number(&headers, tus::OFFSET)?;
    let upload = Upload::find(app.store.reader(), viewer.person.id, &id).await?;
    if at != upload.arrived() {
        return Err(out_of_step());
    }
    if upload.arrived() + piece.len() as u64 > upload.size() {
        return Err(ApiError::new(ProblemCode::BodyTooLarge, "Send no more than the file has."));
    }
    // Without a byte it only makes whole what was cut off before.
    let upload = match piece.is_empty() {
        true => Some(uploads::finish(&app, upload, speech).await?),
        false => uploads::append(&app, upload, piece, speech).await?,
    };
    let upload = upload.ok_or_else(out_of_step)?;
    Ok((StatusCode::NO_CONTENT, standing(&upload)).into_response())
}

fn out_of_step() -> ApiError {
    let detail = "More or less of the file has arrived. Ask for the offset, and go on from there.";
    ApiError::new(ProblemCode::UploadOffsetMismatch, detail)
}

/// Take an upload back
#[utoipa::path(delete, path = "/uploads/{id}", tag = "attachments", params(
    ("id" = String, Path, description = "The upload's id"),
    ("Tus-Resumable" = String, Header, description = "`1.0.0`"),
), responses(
    (status = 204, description = "It is forgotten"),
    (status = 401, body = Problem, description = "`sign_in_required`"),
    (status = 404, body = Problem, description = "`not_found`"),
    (status = 412, body = Problem, description = "`tus_version_unsupported`"),
))]
pub async fn give_up_upload(
    State(app): State<App>,
    viewer: Viewer,
    _: Tus,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let upload = Upload::find(app.store.reader(), viewer.person.id, &id).await?;
    uploads::give_up(&app, &upload).await?;
    Ok((StatusCode::NO_CONTENT, [(RESUMABLE, SPOKEN)]).into_response())
}
