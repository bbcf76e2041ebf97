//! The bar at the top.

use leptos::prelude::*;
use ui::{Glyph, Icon};

use super::{Overlay, account_menu::account_menu, branding::logo, create_menu::create_menu};
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
    let overlay = Overlay::here();
    let product = move || product_name(settings);
    let session = ui::memo(move || remote.standing.with(|standing| standing.session().cloned()));
    let signed_in = move || {
        session.get().map(|session| {
            // Support has no cases of its own.
            let activities = (!session.person.support).then(|| {
                view! { <NavLink route=route to=Route::Activities icon=Icon::Inbox label=texts::shell::my_activities()/> }
            });
            view! {
                <nav class="bar-nav" aria-label=texts::shell::main_navigation()>
                    <NavLink route=route to=Route::Home icon=Icon::Home label=texts::shell::home()/>
                    {activities}
                    <NavLink route=route to=Route::Cases icon=Icon::List label=texts::shell::our_cases()/>
                    <NavLink route=route to=Route::Notifications icon=Icon::Bell label=texts::shell::notifications()/>
                </nav>
                <button
                    type="button"
                    class="bar-search"
                    aria-keyshortcuts="Control+K Meta+K"
                    on:click=move |_| overlay.set(Some(Overlay::Palette))
                >
                    <Glyph icon=Icon::Search/>
                    <span title=texts::palette::open()>{texts::palette::open()}</span>
                    <kbd aria-hidden="true">"Ctrl K"</kbd>
                </button>
                <div class="bar-create">
                    <a class="button button-primary" href=Route::NewCase.to_string()>
                        <Glyph icon=Icon::Plus/>
                        <span>{texts::shell::create_a_case()}</span>
                    </a>
                    {create_menu()}
                </div>
                {account_menu(&session.person)}
            }
        })
    };
    view! {
        <header class="bar">
            <a class="skip" href="#main" rel="external">
                {texts::shell::skip_to_content()}
            </a>
            <a class="bar-brand" href=Route::Home.to_string() aria-label=Signal::derive(move || texts::shell::start_page(product()))>
                {logo(settings)}
                <span dir="auto">{product}</span>
            </a>
            {signed_in}
        </header>
    }
}

#[component]
fn NavLink(route: Memo<Route>, to: Route, icon: Icon, label: &'static str) -> impl IntoView {
    let href = to.to_string();
    let unread = Remote::here().unread;
    let count = (to == Route::Notifications).then(|| {
        ui::shown(move || {
            let count = unread.get();
            (count > 0).then(|| view! { <b class="bar-count" title=texts::shell::unread(count)>{count}</b> })
        })
    });
    let current = move || (route.get() == to).then_some("page");
    view! {
        <a class="bar-link" href=href aria-current=current>
            <Glyph icon=icon/>
            <span>{label}</span>
            {count}
        </a>
    }
}
