//! New cases that begin with this one.

use contract::Status;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use ui::MenuItem;

use super::{open_case::OpenCase, with_record};
use crate::routes::{FOLLOWS, LIKE, earlier_url};

/// What the menu offers: a case like this one and, once it is closed, what comes after it.
#[component]
pub fn FileAgain() -> impl IntoView {
    let open = expect_context::<OpenCase>();
    let closed = with_record(open, |record| record.summary.status == Status::Closed);
    let navigate = StoredValue::new(use_navigate());
    let file = move |name: &str| {
        let type_id = open.record.value.with_untracked(|r| r.as_ref().map(|r| r.summary.type_id.clone()));
        if let Some(type_id) = type_id {
            let url = earlier_url(&type_id, name, open.number);
            navigate.with_value(|navigate| navigate(&url, Default::default()));
        }
    };
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
