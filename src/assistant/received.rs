//! The case was filed.

use contract::{CaseRecord, catalogue::Receipt};
use leptos::{html, prelude::*};
use ui::{Glyph, Icon};

use crate::{routes::Route, shell::Page};

/// Its number, and what happens next.
pub fn received(record: CaseRecord) -> AnyView {
    let number = record.summary.number;
    let title = format!("Case {number} received");
    let heading = NodeRef::<html::H1>::new();
    ui::watch(move || {
        if let Some(heading) = heading.get() {
            window().scroll_to_with_x_and_y(0.0, 0.0);
            let _focused = heading.focus();
        }
    });
    let next = match record.receipt {
        Receipt::Case => "Support looks at it next. You will hear as soon as somebody picks it up.",
        Receipt::ChangeRequest => "Support checks who may ask for the change, then makes it.",
        Receipt::Emergency => "The people on call are being alerted now. Keep your phone at hand.",
    };
    let time = record.processing_time.map(|time| view! { <p>"This usually takes " {time} "."</p> });
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
                        "Open the case"
                    </a>
                    <a class="button" href=Route::Home.to_string()>
                        "Go home"
                    </a>
                </p>
            </div>
        </Page>
    }
    .into_any()
}
