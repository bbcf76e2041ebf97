//! Forms that begin with this case: new cases, and its own answers.

use contract::Status;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use ui::MenuItem;

use crate::{
    cases::record::{open_case::OpenCase, with_record},
    routes::{CORRECTS, FOLLOWS, LIKE, earlier_url},
};

/// What the menu offers: a case like this one and, once it is closed, what comes after it.
#[component]
pub fn FileAgain() -> impl IntoView {
    let open = expect_context::<OpenCase>();
    let closed = with_record(open, |record| record.summary.status == Status::Closed);
    let file = begin(open);
    view! {
        <MenuItem press=move |()| file(LIKE)>{texts::record::file_similar()}</MenuItem>
        {ui::shown(move || {
            (closed.get() == Some(true)).then(|| view! {
                <MenuItem press=move |()| file(FOLLOWS)>{texts::record::file_follow_up()}</MenuItem>
            })
        })}
    }
    .into_any()
}

/// Leads to the form whose answers are this case's.
pub fn correct_answers() -> AnyView {
    let correct = begin(expect_context());
    view! { <MenuItem press=move |()| correct(CORRECTS)>{texts::record::correct_answers()}</MenuItem> }
        .into_any()
}

/// Leads to the form of the case's type, which the address says how to begin.
fn begin(open: OpenCase) -> impl Fn(&str) + Copy + Send + Sync + 'static {
    let navigate = StoredValue::new(use_navigate());
    move |name: &str| {
        let type_id = open.record.value.with_untracked(|r| r.as_ref().map(|r| r.summary.type_id.clone()));
        if let Some(type_id) = type_id {
            let url = earlier_url(&type_id, name, open.number);
            navigate.with_value(|navigate| navigate(&url, Default::default()));
        }
    }
}
