//! Giving the bytes of a file.

use std::ops::Range;

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use contract::{
    ProblemCode,
    attachment::{Attachment, FileKind},
};
use http_range_header::parse_range_header;

use super::{
    decode::as_utf8,
    headers::{of_file, saved_as, shown_as, tag},
};
use crate::{app::App, http::ApiError};

/// A file to be saved; a part of it where a part was asked for (RFC 9110, 14), so that a
/// download that broke off goes on.
///
/// # Errors
/// The store refused.
pub async fn saved(app: &App, asked: &HeaderMap, attachment: &Attachment) -> Result<Response, ApiError> {
    let file = &attachment.file;
    let mut headers = of_file(&attachment.sha256);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.extend(saved_as(&file.name));
    let (status, range) = match part(asked, attachment) {
        Part::Whole => (StatusCode::OK, None),
        Part::Of(range) => (StatusCode::PARTIAL_CONTENT, Some(range)),
        Part::Outside => {
            let detail = format!("Ask for a part of its {} bytes.", file.size);
            return Err(ApiError::new(ProblemCode::RangeOutside, detail));
        }
    };
    let length = range.as_ref().map_or(file.size, |range| range.end - range.start);
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    if let Some(range) = &range {
        let words = format!("bytes {}-{}/{}", range.start, range.end - 1, file.size);
        headers.insert(header::CONTENT_RANGE, value(&words));
    }
    let bytes = app.files.get(&file.id.to_string(), range).await?;
    Ok((status, headers, Body::from_stream(bytes.into_stream())).into_response())
}

/// A file to be shown; 404 where it is of no kind that is.
///
/// # Errors
/// The store refused.
pub async fn shown(app: &App, asked: &HeaderMap, attachment: &Attachment) -> Result<Response, ApiError> {
    let file = &attachment.file;
    let media_type = shown_as(file.kind).ok_or_else(ApiError::not_found)?;
    let mut headers = of_file(&attachment.sha256);
    if asked.get(header::IF_NONE_MATCH) == tag(&attachment.sha256).as_ref() {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    let bytes = app.files.get(&file.id.to_string(), None).await?;
    if matches!(file.kind, FileKind::Txt | FileKind::Csv) {
        return Ok((headers, as_utf8(&app.files.all_of(bytes).await?)).into_response());
    }
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(file.size));
    Ok((headers, Body::from_stream(bytes.into_stream())).into_response())
}

enum Part {
    Whole,
    Of(Range<u64>),
    Outside,
}

/// Which part is asked for. Several are answered with the whole, which is allowed.
fn part(asked: &HeaderMap, attachment: &Attachment) -> Part {
    let unchanged =
        asked.get(header::IF_RANGE).is_none_or(|tagged| Some(tagged) == tag(&attachment.sha256).as_ref());
    let range = asked.get(header::RANGE).and_then(|range| range.to_str().ok()).filter(|_| unchanged);
    let Some(parsed) = range.and_then(|range| parse_range_header(range).ok()) else { return Part::Whole };
    match parsed.validate(attachment.file.size).as_deref() {
        Ok([range]) => Part::Of(*range.start()..range.end() + 1),
        Ok(_) => Part::Whole,
        Err(_) => Part::Outside,
    }
}

/// Digits and ASCII words are always a header's value.
fn value(words: &str) -> HeaderValue {
    HeaderValue::from_str(words).unwrap_or(HeaderValue::from_static(""))
}
