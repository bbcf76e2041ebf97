//! One thing the person was told of.

use contract::{CaseNumber, Notification, thread::Content};
use leptos::prelude::*;
use ui::{Glyph, Icon, Moment, happened};
use uuid::Uuid;

use super::{Here, listed::Place};
use crate::routes::{Route, entry_url};

/// What was done, as a link to it, below its day and its case.
pub fn item(here: Here, place: Place) -> AnyView {
    let Place { notification, day, begins_case } = place;
    let (id, number) = (notification.id, notification.number);
    let unread = ui::memo(move || here.is_unread(id));
    let url = entry_url(number, notification.entry.id);
    let case = begins_case.then(|| case(&notification));
    view! {
        <li class="told" class:told-unread=unread>
            {day.map(|day| view! { <h2 class="told-day">{day.view()}</h2> })}
            {case}
            <div class="told-row">
                <a class="told-what" id=link_id(id) href=url>
                    {what(&notification)}
                </a>
                {ui::shown(move || {
                    unread.get().then(|| view! { <span class="activity-new">{texts::activities::new()}</span> })
                })}
                <Moment at=notification.entry.at/>
                {ui::shown(move || unread.get().then(|| mark(here, id, number)))}
            </div>
        </li>
    }
    .into_any()
}

fn link_id(id: Uuid) -> String {
    format!("told-{id}")
}

fn case(notification: &Notification) -> AnyView {
    view! {
        <h3 class="told-case">
            <a href=Route::Case(notification.number).to_string() dir="auto">
                {notification.subject.clone()}
            </a>
            <span class="quiet" dir="auto">
                {notification.number.to_string()}
            </span>
        </h3>
    }
    .into_any()
}

/// Who did what.
fn what(notification: &Notification) -> AnyView {
    let entry = &notification.entry;
    let name = view! { <strong dir="auto">{entry.author.name.clone()}</strong> };
    let (icon, words) = match (&entry.content, happened(&entry.content, &entry.author)) {
        (Content::Message { source, .. }, _) => {
            (Icon::Reply, view! { <span dir="auto">{source.clone()}</span> }.into_any())
        }
        (_, Some(told)) => told,
        (_, None) => (Icon::Reply, ().into_any()),
    };
    view! {
        <Glyph icon=icon/>
        <span>{name} " " {words}</span>
    }
    .into_any()
}

/// The way to mark it; once it is marked the way is gone, and the focus with what it was of.
fn mark(here: Here, id: Uuid, number: CaseNumber) -> AnyView {
    let press = move |_| {
        here.mark(Some(vec![id]));
        ui::focus(&link_id(id));
    };
    view! {
        <button type="button" class="button button-quiet" on:click=press>
            <Glyph icon=Icon::Check/>
            <span class="unseen">{texts::notifications::mark_one(number)}</span>
        </button>
    }
    .into_any()
}
