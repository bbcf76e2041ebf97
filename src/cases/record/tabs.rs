//! The two halves of a case: what was said, and the files.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_query_map},
};
use ui::{Tab, Tabs};

use super::{conversation, open_case::OpenCase, with_record};
use crate::{
    attaching::{DropAnywhere, Tray},
    cases::attachments::AttachmentsTab,
    routes::{self, Route},
};

/// The tabs; the address says which is shown.
#[component]
pub fn CaseTabs() -> impl IntoView {
    let (open, navigate, query) = (expect_context::<OpenCase>(), use_navigate(), use_query_map());
    let hash = use_location().hash;
    let selected = Signal::derive(move || {
        // A link to an entry leads to the conversation, whatever else it says.
        let entry = hash.with(|hash| hash.contains("entry-"));
        query.with(|query| query.get(routes::TAB)).filter(|_| !entry).unwrap_or_default()
    });
    let select = Callback::new(move |tab: String| {
        let case = Route::Case(open.number);
        let address = if tab.is_empty() { case.to_string() } else { format!("{case}?{}={tab}", routes::TAB) };
        navigate(&address, NavigateOptions { scroll: false, ..NavigateOptions::default() });
    });
    let count = with_record(open, |record| u64::from(record.attachments));
    let tabs = vec![
        Tab::new("", texts::files::conversation()),
        Tab::new(routes::ATTACHMENTS, texts::files::attachments())
            .counted(Signal::derive(move || count.get().filter(|count| *count > 0))),
    ];
    let tray = expect_context::<Tray>();
    let panel = Callback::new(|tab: String| match tab.as_str() {
        routes::ATTACHMENTS => view! { <AttachmentsTab/> }.into_any(),
        _ => conversation(),
    });
    view! {
        <div class="case-tabs">
            <Tabs
                id="case-tabs"
                label=texts::record::parts_of_case()
                tabs=tabs
                selected=selected
                select=select
                panel=panel
            />
        </div>
        <DropAnywhere tray=tray/>
    }
    .into_any()
}
