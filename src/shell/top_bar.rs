//! The bar at the top.

use leptos::prelude::*;
use ui::{Glyph, Icon};

use super::account_menu::AccountMenu;
use crate::{
    remote::{
        Remote,
        portal::{Settings, product_name},
    },
    routes::Route,
};

/// Product, navigation, account.
#[component]
pub fn TopBar(
    /// The page shown.
    route: Memo<Route>,
) -> impl IntoView {
    let remote = Remote::here();
    let settings = expect_context::<Settings>();
    let product = move || product_name(settings);
    let session = ui::memo(move || remote.standing.with(|standing| standing.session().cloned()));
    let signed_in = move || {
        session.get().map(|session| {
            view! {
                <nav class="bar-nav" aria-label="Main">
                    <NavLink route=route to=Route::Home icon=Icon::Home label="Home"/>
                    <NavLink route=route to=Route::Cases icon=Icon::List label="Our cases"/>
                </nav>
                <a class="button button-primary bar-create" href=Route::NewCase.to_string()>
                    <Glyph icon=Icon::Plus/>
                    <span>"Create a case"</span>
                </a>
                <AccountMenu session=session/>
            }
        })
    };
    view! {
        <header class="bar">
            <a class="skip" href="#main" rel="external">
                "Skip to content"
            </a>
            <a class="bar-brand" href=Route::Home.to_string() aria-label=Signal::derive(move || format!("{} start page", product()))>
                <Glyph icon=Icon::Casement/>
                <span>{product}</span>
            </a>
            {signed_in}
        </header>
    }
}

#[component]
fn NavLink(route: Memo<Route>, to: Route, icon: Icon, label: &'static str) -> impl IntoView {
    let href = to.to_string();
    let current = move || (route.get() == to).then_some("page");
    view! {
        <a class="bar-link" href=href aria-current=current>
            <Glyph icon=icon/>
            <span>{label}</span>
        </a>
    }
}
