//! The people of an organisation, and those on a case.

use contract::{
    CaseNumber,
    people::{Colleague, OnCase},
};
use leptos::prelude::Signal;
use uuid::Uuid;

use super::{Fetched, Remote, RemoteError, request::Request, typed::as_typed};

/// The people of an organisation that fit what is typed; `None` looks for nobody.
pub fn colleagues_as_typed(
    remote: Remote,
    wanted: Signal<Option<(Uuid, String)>>,
) -> Fetched<Vec<Colleague>> {
    as_typed(wanted, move |(organisation, search)| {
        Box::pin(async move { colleagues(remote, organisation, &search).await })
    })
}

/// The people of one of one's own organisations whose name or address a search fits.
async fn colleagues(remote: Remote, organisation: Uuid, search: &str) -> Result<Vec<Colleague>, RemoteError> {
    let search = String::from(js_sys::encode_uri_component(search));
    Request::get(format!("/organisations/{organisation}/people?q={search}")).read(remote).await
}

/// The people on a case, who can be mentioned there.
pub async fn on_case(remote: Remote, number: CaseNumber) -> Result<Vec<OnCase>, RemoteError> {
    Request::get(format!("/cases/{number}/people")).read(remote).await
}
