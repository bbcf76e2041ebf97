//! What needs the person now, on the start page.

use contract::Activity;
use leptos::prelude::*;

use super::{Activities, part::part};

/// How many cases are shown: what one came for stands below.
const SHOWN: usize = 4;

/// The part of what needs them; nothing where nothing does.
#[component]
pub fn NeedsMe() -> impl IntoView {
    let here = Activities::start();
    let any = ui::memo(move || here.count(Activity::NeedsMe).is_some_and(|count| count > 0));
    view! {
        {ui::shown(move || any.get().then(|| part(here, Activity::NeedsMe, SHOWN)))}
        {here.dialog()}
    }
    .into_any()
}
