//! One thing the person was told of.

use contract::{Notification, thread::Content};
use leptos::prelude::*;
use ui::{Glyph, Icon, Moment, happened};

use super::{Here, listed::Place};
use crate::routes::{Route, entry_url};

/// What was done, as a link to it, below its day and its case.
pub fn item(here: Here, place: Place) -> AnyView {
    let Place { notification, day, begins_case } = place;
    let read = notification.read;
    let url = entry_url(notification.number, notification.entry.id);
    let case = begins_case.then(|| case(&notification));
    view! {
        <li class="told" class:told-unread=!read>
            {day.map(|day| view! { <h2 class="told-day">{day.label()}</h2> })}
            {case}
            <div class="told-row">
                <a class="told-what" href=url>
                    {what(&notification)}
                </a>
                {(!read).then(|| view! { <span class="activity-new">{texts::activities::new()}</span> })}
                <Moment at=notification.entry.at/>
                {(!read).then(|| mark(here, &notification))}
            </div>
        </li>
    }
    .into_any()
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

fn mark(here: Here, notification: &Notification) -> AnyView {
    let (id, number) = (notification.id, notification.number);
    view! {
        <button
            type="button"
            class="button button-quiet told-mark"
            on:click=move |_| {
                here.mark(Some(vec![id]));
                ui::focus("main");
            }
        >
            <Glyph icon=Icon::Check/>
            <span class="unseen">{texts::notifications::mark_one(number)}</span>
        </button>
    }
    .into_any()
}
