//! The catalogue's types as tiles.

use std::sync::Arc;

use contract::catalogue::{CaseType, Catalogue};
use leptos::prelude::*;
use ui::{Glyph, Icon, Skeleton};

use super::Failure;
use crate::{
    remote::{Fetched, Remote, catalogue, session::Account},
    routes::Route,
};

/// A tile for each type; those the person cannot file say why.
#[component]
pub fn CaseTypes(
    /// The catalogue they are of.
    fetched: Fetched<Arc<Catalogue>>,
) -> impl IntoView {
    let remote = Remote::here();
    let partner = Account::here().is_only_partner();
    let retry = move |()| fetched.ask(Box::pin(catalogue::catalogue(remote)));
    ui::dynamic(move || match (fetched.value.get(), fetched.error.get()) {
        (Some(catalogue), _) => view! {
            <ul class="tiles">
                {catalogue.types.iter().map(|case_type| tile(case_type, partner)).collect_view()}
            </ul>
        }
        .into_any(),
        (None, Some(error)) => view! { <Failure error=error retry=retry/> }.into_any(),
        (None, None) => view! { <Skeleton lines=8 label=texts::home::loading_kinds_of_case()/> }.into_any(),
    })
}

fn tile(case_type: &CaseType, partner: bool) -> AnyView {
    let text = view! {
        <Glyph icon=Icon::named(&case_type.icon)/>
        <span class="tile-title" dir="auto">{case_type.title.clone()}</span>
        <span class="tile-text" dir="auto">{case_type.description.clone()}</span>
    };
    if !case_type.audience.admits(partner) {
        return view! {
            <li class="tile tile-off">
                {text}
                <span class="tile-reason">
                    {texts::assistant::only_customer_can_file_ask_them()}
                </span>
            </li>
        }
        .into_any();
    }
    let href = Route::Assistant(case_type.id.clone()).to_string();
    view! {
        <li>
            <a class="tile" href=href>
                {text}
            </a>
        </li>
    }
    .into_any()
}
