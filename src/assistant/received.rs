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
    let filed_for = (record.filer.id != record.summary.requester.id)
        .then(|| view! { <p dir="auto">{texts::assistant::filed_for(&record.summary.requester.name)}</p> });
    let followers =
        followers(&record).into_iter().map(|name| view! { <li dir="auto">{name}</li> }).collect_view();
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
                {filed_for}
                <p>{next}</p>
                {time}
                <div class="received-followers">
                    <h2>{texts::assistant::who_follows()}</h2>
                    <ul>{followers}</ul>
                </div>
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

/// Who hears of what happens on the case, each once: the requester, those named on the
/// form, and the organisation's administrators.
fn followers(record: &CaseRecord) -> Vec<String> {
    let named = record.watchers.iter().map(|watcher| watcher.label().to_owned());
    let mut followers = vec![record.summary.requester.name.clone()];
    followers.extend(named);
    if let Some(address) = record.additional_contact.as_ref().filter(|address| !followers.contains(address)) {
        followers.push(address.clone());
    }
    followers.push(texts::assistant::administrators_of(&record.summary.organisation.name));
    followers
}
