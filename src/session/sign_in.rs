//! The sign-in page. It stands in place of the page asked for, at its address, so
//! that afterwards one is where one wanted to be.

use leptos::prelude::*;
use ui::{Glyph, Icon};

use super::{
    demo_accounts::DemoAccounts,
    form::{Attempt, SignInForm},
};
use crate::{
    remote::{
        Remote,
        portal::{Settings, product_name},
    },
    shell::Page,
};

/// The sign-in page.
pub fn sign_in_page() -> AnyView {
    let attempt = Attempt::new(Remote::here());
    let settings = expect_context::<Settings>();
    let product = move || product_name(settings);
    view! {
        <Page title=Signal::stored(texts::session::sign_in().to_owned()) class="sign-in">
            <div class="sign-in-card">
                <Glyph icon=Icon::Casement/>
                <h1>{move || texts::session::sign_in_to(product())}</h1>
                <p class="quiet">{texts::session::what_for()}</p>
                <SignInForm attempt=attempt/>
            </div>
            <DemoAccounts attempt=attempt/>
        </Page>
    }
    .into_any()
}
