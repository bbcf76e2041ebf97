//! The files of a case.

use contract::{
    CaseNumber,
    attachment::{ArchiveListing, Attachment},
};
use gloo_net::http::RequestBuilder;
use uuid::Uuid;
use web_sys::Blob;

use super::{
    Remote, RemoteError,
    request::{Patience, Request, failure, note},
};

/// Every file of a case, the newest first.
pub async fn list(remote: Remote, number: CaseNumber) -> Result<Vec<Attachment>, RemoteError> {
    Request::get(format!("/cases/{number}/attachments")).read(remote).await
}

/// What is in an archive.
pub async fn contents(remote: Remote, number: CaseNumber, id: Uuid) -> Result<ArchiveListing, RemoteError> {
    Request::get(format!("/cases/{number}/attachments/{id}/contents")).read(remote).await
}

/// A text, as UTF-8.
pub async fn text(remote: Remote, number: CaseNumber, id: Uuid) -> Result<String, RemoteError> {
    let (_, text) = Request::get(format!("/cases/{number}/attachments/{id}/view")).send(remote).await?;
    Ok(text)
}

/// A file to be shown by the browser itself.
pub async fn blob(remote: Remote, number: CaseNumber, id: Uuid) -> Result<Blob, RemoteError> {
    let patience = Patience::start();
    let request = RequestBuilder::new(&view_url(number, id)).abort_signal(patience.signal().as_ref());
    let answer = match request.send().await {
        Ok(answer) if answer.ok() => read(&answer).await,
        Ok(answer) => Err(failure(&answer).await),
        Err(_) => Err(RemoteError::Offline),
    };
    note(remote, answer.as_ref().err());
    answer
}

async fn read(answer: &gloo_net::http::Response) -> Result<Blob, RemoteError> {
    let bytes = answer.binary().await.map_err(|_| RemoteError::Offline)?;
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes.as_slice()));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(&answer.headers().get("content-type").unwrap_or_default());
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options);
    blob.map_err(|_| RemoteError::Unreadable(answer.status()))
}

/// Where an image is.
pub fn view_url(number: CaseNumber, id: Uuid) -> String {
    format!("{}/view", download_url(number, id))
}

/// Where a file is downloaded from.
pub fn download_url(number: CaseNumber, id: Uuid) -> String {
    format!("/api/v1/cases/{number}/attachments/{id}")
}
