//! The catalogue of case types.

use std::sync::Arc;

use contract::catalogue::Catalogue;

use leptos::prelude::*;

use super::{Fetched, Remote, RemoteError, connection::on_return, request::Request};

/// Asks for the catalogue and keeps it.
pub async fn catalogue(remote: Remote) -> Result<Arc<Catalogue>, RemoteError> {
    let catalogue: Arc<Catalogue> = Request::get("/catalogue").read(remote).await.map(Arc::new)?;
    remote.cache.try_update_value(|cache| cache.catalogue = Some(catalogue.clone()));
    Ok(catalogue)
}

/// The catalogue for a page: what is known at once, what is new behind it.
pub fn fetch(remote: Remote) -> Fetched<Arc<Catalogue>> {
    let fetched = Fetched::new(remote.cache.with_value(|cache| cache.catalogue.clone()));
    let ask = move || fetched.ask(Box::pin(catalogue(remote)));
    ask();
    on_return(remote, ask);
    fetched
}
