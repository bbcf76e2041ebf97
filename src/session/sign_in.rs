//! The sign-in page. It stands in place of the page asked for, at its address, so
//! that afterwards one is where one wanted to be.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{Glyph, Icon};

use super::{
    demo_accounts::DemoAccounts,
    forgotten::forgotten,
    form::{Attempt, SignInForm},
    new_password::new_password,
};
use crate::{
    remote::{
        Remote,
        portal::{Settings, product_name},
    },
    routes::{FORGOTTEN, LINK, Route},
    shell::Page,
};

/// The sign-in page; by its parameters another way into one's account.
pub fn sign_in_page() -> AnyView {
    let parameters = use_query_map();
    let way = ui::memo(move || parameters.with(|all| (all.get(LINK), all.get(FORGOTTEN).is_some())));
    ui::dynamic(move || match way.get() {
        (Some(token), _) => new_password(token),
        (None, true) => forgotten(),
        (None, false) => sign_in(),
    })
}

fn sign_in() -> AnyView {
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
                <p>
                    <a href=format!("{}?{FORGOTTEN}", Route::SignIn)>{texts::account::forgot()}</a>
                </p>
            </div>
            <DemoAccounts attempt=attempt/>
        </Page>
    }
    .into_any()
}
