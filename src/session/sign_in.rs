//! The sign-in page. It stands in place of the page asked for, at its address, so
//! that afterwards one is where one wanted to be.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_query_map},
};
use ui::{Glyph, Icon};

use super::{
    demo_accounts::DemoAccounts,
    forgotten::forgotten,
    form::{Attempt, SignInForm},
    join::join,
    new_password::new_password,
};
use crate::{
    remote::{
        Remote,
        portal::{Settings, product_name},
    },
    routes::{FORGOTTEN, INVITATION, LINK, Route},
    shell::Page,
};

/// The sign-in page; by its parameters another way into one's account.
pub fn sign_in_page() -> AnyView {
    let (parameters, location) = (use_query_map(), use_location());
    let (remote, navigate) = (Remote::here(), use_navigate());
    // Who is signed in has nothing to do here but with a link.
    let way = ui::memo(move || {
        let (link, forgot) = parameters.with(|all| (all.get(LINK), all.get(FORGOTTEN).is_some()));
        let invitation = parameters.with(|all| all.get(INVITATION));
        let inside = remote.standing.with(|standing| standing.session().is_some());
        let here = location.pathname.with(|path| Route::parse(path) == Route::SignIn);
        match (link, invitation) {
            (Some(token), _) => Way::Link(token),
            (None, Some(token)) => Way::Invitation(token),
            _ if inside && here => Way::Home,
            _ if forgot => Way::Forgotten,
            _ => Way::SignIn,
        }
    });
    ui::watch(move || {
        if way.get() == Way::Home {
            let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
            navigate(&Route::Home.to_string(), options);
        }
    });
    ui::dynamic(move || match way.get() {
        Way::Link(token) => new_password(token),
        Way::Invitation(token) => join(token),
        Way::Forgotten => forgotten(),
        Way::SignIn => sign_in(),
        Way::Home => ().into_any(),
    })
}

/// Where the address of the sign-in page leads.
#[derive(Clone, PartialEq)]
enum Way {
    /// In, by address and password.
    SignIn,
    /// To another password, by mail.
    Forgotten,
    /// To another password, by the link of a mail.
    Link(String),
    /// Into an organisation, by the link of a mail.
    Invitation(String),
    /// Home, as one is in.
    Home,
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
