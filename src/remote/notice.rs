//! What support tells everybody.

use contract::notice::{NewNotice, NoticeBoard};

use super::{Remote, RemoteError, request::Request};

/// What stands now.
pub async fn read(remote: Remote) -> Result<NoticeBoard, RemoteError> {
    Request::get("/notice".to_owned()).read(remote).await
}

/// Posts a notice in place of what stood at `version`.
pub async fn post(remote: Remote, version: i64, notice: &NewNotice) -> Result<NoticeBoard, RemoteError> {
    Request::put("/notice", notice).if_version(version).read(remote).await
}

/// Takes back what stood at `version`.
pub async fn take_back(remote: Remote, version: i64) -> Result<NoticeBoard, RemoteError> {
    Request::delete("/notice").if_version(version).read(remote).await
}
