//! The people of an organisation.

use contract::people::Colleague;
use uuid::Uuid;

use super::{Remote, RemoteError, request::Request};

/// The people of one of one's own organisations whose name or address a search fits.
pub async fn colleagues(
    remote: Remote,
    organisation: Uuid,
    search: &str,
) -> Result<Vec<Colleague>, RemoteError> {
    let search = String::from(js_sys::encode_uri_component(search));
    Request::get(format!("/organisations/{organisation}/people?q={search}")).read(remote).await
}
