//! The case was filed.

use contract::{CaseRecord, catalogue::Receipt};
use leptos::{html, prelude::*};
use ui::{Glyph, Icon};

use crate::{routes::Route, shell::Page};

/// Its number, and what happens next.
pub fn received(record: CaseRecord) -> AnyView {
    let number = record.summary.number;
    let title = texts::assistant::case_received(number);
    let heading = NodeRef::<html::H1>::new();
    ui::watch(move || {
        if let Some(heading) = heading.get() {
            window().scroll_to_with_x_and_y(0.0, 0.0);
            let _focused = heading.focus();
        }
    });
    let next = match record.receipt {
        Receipt::Case => texts::assistant::support_looks_next(),
        Receipt::ChangeRequest => texts::assistant::support_checks_change(),
        Receipt::Emergency => texts::assistant::people_on_call_alerted(),
    };
    let time = record.processing_time.map(|time| view! { <p>{texts::assistant::usually_takes(time)}</p> });
    view! {
        <Page title=Signal::stored(title.clone()) class="received">
            <div class="received-card">
                <Glyph icon=Icon::Check/>
                <h1 tabindex="-1" node_ref=heading>
                    {title}
                </h1>
                <p dir="auto" class="received-subject">
                    {record.summary.subject}
                </p>
                <p>{next}</p>
                {time}
                <p class="empty-ways">
                    <a class="button button-primary" href=Route::Case(number).to_string()>
                        {texts::assistant::open_the_case()}
                    </a>
                    <a class="button" href=Route::Home.to_string()>
                        {texts::shell::go_home()}
                    </a>
                </p>
            </div>
        </Page>
    }
    .into_any()
}
