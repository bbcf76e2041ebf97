//! Says that the backend is gone, for as long as it is.

use leptos::prelude::*;
use ui::{Button, Glyph, Icon};

use crate::remote::{Remote, connection::Reconnection};

/// The banner below the top bar.
#[component]
pub fn ConnectionBanner() -> impl IntoView {
    let remote = Remote::here();
    let reconnection = expect_context::<Reconnection>();
    ui::shown(move || {
        (!remote.reachable.get()).then(|| {
            view! {
                <div class="offline" role="alert">
                    <Glyph icon=Icon::Offline/>
                    <p>{texts::shell::cannot_reach()}</p>
                    <Button press=move |_| reconnection.retry()>{texts::shell::retry_now()}</Button>
                </div>
            }
        })
    })
}
