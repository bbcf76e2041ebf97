//! Following the case, from the menu.

use contract::Action;
use leptos::prelude::*;
use ui::MenuItem;

use crate::cases::record::{open_case::OpenCase, people::Watching, with_record};

/// What the menu offers to whoever does not follow the case, or does.
#[component]
pub fn Following() -> impl IntoView {
    let open = expect_context::<OpenCase>();
    let watching = Watching::here();
    let can = move |action: Action| open.may(action);
    let muted = with_record(open, |record| record.muted).get().unwrap_or_default();
    let mute = if muted { texts::record::unmute() } else { texts::record::mute() };
    view! {
        {can(Action::Watch).then(|| view! {
            <MenuItem press=move |()| watching.watch()>{texts::record::watch()}</MenuItem>
        })}
        {can(Action::StopWatching).then(|| view! {
            <MenuItem press=move |()| watching.stop()>{texts::record::stop_watching()}</MenuItem>
        })}
        {can(Action::AddWatchers).then(|| view! {
            <MenuItem press=move |()| watching.adding.set(true)>{texts::record::add_watchers()}</MenuItem>
        })}
        <MenuItem press=move |()| watching.mute(!muted)>{mute}</MenuItem>
    }
    .into_any()
}
