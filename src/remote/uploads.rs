//! Bringing files to the backend in pieces (tus 1.0.0), so that what has arrived need
//! not be sent again.

use contract::{ProblemCode, attachment::tus};
use gloo_net::http::{Method, RequestBuilder, Response};
use uuid::Uuid;
use web_sys::Blob;

use super::{
    Remote, RemoteError,
    request::{Patience, failure, note},
};

const PATH: &str = "/api/v1/uploads";

/// Begins to upload a file of `size` bytes; answers the upload's id.
pub async fn begin(remote: Remote, name: &str, size: u64) -> Result<Uuid, RemoteError> {
    let answer = exchange(remote, Method::POST, PATH.to_owned(), |request| {
        request.header(tus::LENGTH, &size.to_string()).header(tus::METADATA, &tus::metadata(name)).build()
    });
    let answer = answer.await?;
    let location = answer.headers().get("location").unwrap_or_default();
    let id = location.rsplit('/').next().and_then(|id| id.parse().ok());
    id.ok_or(RemoteError::Unreadable(answer.status()))
}

/// How many bytes of it have arrived; none where there is no such upload any more.
pub async fn arrived(remote: Remote, id: Uuid) -> Result<Option<u64>, RemoteError> {
    let answer = exchange(remote, Method::HEAD, address(id), |request| request.build()).await;
    match answer {
        Ok(answer) => offset(&answer).map(Some),
        // An answer to HEAD has no body that could say more (RFC 9110, 9.3.2).
        Err(RemoteError::Unreadable(404 | 410)) => Ok(None),
        Err(RemoteError::Unreadable(401)) => {
            remote.expire();
            Err(signed_out())
        }
        Err(error) => Err(error),
    }
}

/// Sends the next piece; answers how many bytes have arrived with it.
pub async fn append(remote: Remote, id: Uuid, at: u64, piece: &Blob) -> Result<u64, RemoteError> {
    let answer = exchange(remote, Method::PATCH, address(id), |request| {
        request.header(tus::OFFSET, &at.to_string()).header("content-type", tus::PIECE).body(piece.clone())
    });
    offset(&answer.await?)
}

/// Takes an upload back. What the backend does not hear of it forgets by itself.
pub async fn give_up(remote: Remote, id: Uuid) {
    let _answer = exchange(remote, Method::DELETE, address(id), |request| request.build()).await;
}

fn address(id: Uuid) -> String {
    format!("{PATH}/{id}")
}

fn offset(answer: &Response) -> Result<u64, RemoteError> {
    let offset = answer.headers().get(tus::OFFSET).and_then(|offset| offset.parse().ok());
    offset.ok_or(RemoteError::Unreadable(answer.status()))
}

fn signed_out() -> RemoteError {
    let problem = contract::Problem::new(ProblemCode::SignInRequired, "");
    RemoteError::Problem { problem: std::sync::Arc::new(problem), retry_after: None }
}

async fn exchange(
    remote: Remote,
    method: Method,
    address: String,
    complete: impl FnOnce(RequestBuilder) -> Result<gloo_net::http::Request, gloo_net::Error>,
) -> Result<Response, RemoteError> {
    let patience = Patience::start();
    let builder = RequestBuilder::new(&address)
        .method(method)
        .abort_signal(patience.signal().as_ref())
        .header("accept-language", &texts::spoken().tag)
        .header(tus::RESUMABLE, tus::VERSION);
    let answer = match complete(builder) {
        Ok(request) => match request.send().await {
            Ok(answer) if answer.ok() => Ok(answer),
            Ok(answer) => Err(failure(&answer).await),
            Err(_) => Err(RemoteError::Offline),
        },
        Err(_) => Err(RemoteError::Offline),
    };
    note(remote, answer.as_ref().err());
    answer
}
