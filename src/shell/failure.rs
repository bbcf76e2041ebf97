//! What stands where something could not be loaded.

use leptos::prelude::*;
use ui::{Banner, Button, Tone};

use crate::remote::RemoteError;

/// Says why, and offers to try again.
#[component]
pub fn Failure(
    /// What went wrong.
    error: RemoteError,
    /// Tries again.
    #[prop(into)]
    retry: Callback<()>,
) -> impl IntoView {
    view! {
        <Banner tone=Tone::Danger live=true>
            <p>{error.to_string()}</p>
            <Button press=move |_| retry.run(())>{texts::shell::try_again()}</Button>
        </Banner>
    }
    .into_any()
}
