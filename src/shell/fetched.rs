//! A piece of a page whose code is fetched when it is first shown.

use std::{future::Future, pin::Pin};

use leptos::{prelude::*, task::spawn_local};
use ui::{Banner, Button, Tone};

use super::later_style;
use crate::{language, part::NotFetched};

/// Builds the piece. Building waits until it is shown: what it provides is found by
/// what is built within it, and that is where it is shown.
pub type Build = Box<dyn FnOnce() -> AnyView>;

/// The code on its way.
pub type Fetching = Pin<Box<dyn Future<Output = Result<Build, NotFetched>>>>;

/// Shows a piece once its code is there, and until then what stands for it; where it
/// cannot be fetched, a way on.
pub fn fetched(fetch: impl Fn() -> Fetching + Send + Sync + 'static, meanwhile: fn() -> AnyView) -> AnyView {
    let tries = RwSignal::new(0);
    let built = StoredValue::new_local(None::<Result<Build, NotFetched>>);
    let arrived = RwSignal::new(0);
    ui::watch(move || {
        let turn = tries.get() + 1;
        let piece = fetch();
        later_style::begin();
        language::fetch_rest();
        spawn_local(async move {
            let piece = piece.await;
            let piece = later_style::ready().await.and(piece);
            let piece = language::rest().await.and(piece);
            // The person may have gone on meanwhile.
            built.try_set_value(Some(piece));
            arrived.try_set(turn);
        });
    });
    ui::dynamic(move || {
        arrived.get();
        match built.try_update_value(Option::take).flatten() {
            Some(Ok(build)) => build(),
            Some(Err(error)) => not_fetched(error, tries),
            None => meanwhile(),
        }
    })
}

/// Fetches a piece that is likely to be shown soon. What fails now is fetched again, and
/// said, when it is shown.
pub fn fetch_ahead(piece: Fetching) {
    later_style::begin();
    language::fetch_rest();
    spawn_local(async move { drop(piece.await) });
}

fn not_fetched(error: NotFetched, tries: RwSignal<u32>) -> AnyView {
    view! {
        <Banner tone=Tone::Danger live=true>
            <p>{error.to_string()}</p>
            <Button press=move |_| tries.update(|tries| *tries += 1)>{texts::shell::try_again()}</Button>
        </Banner>
    }
    .into_any()
}
