//! One entry of the timeline.

use contract::{
    Entry,
    thread::{Content, Mailed, Purpose},
};
use leptos::prelude::*;
use ui::{Glyph, Icon, Markdown, Moment, avatar, happened};
use uuid::Uuid;

use super::{OpenCase, editing::editable, history::edited_mark, message_menu::message_menu};
use crate::cases::attachments::attached;

/// A message, or a quiet line for an event.
#[component]
pub fn EntryView(
    /// The entry.
    entry: Entry,
    /// The entry that the address points at.
    target: RwSignal<Option<Uuid>>,
) -> impl IntoView {
    let id = entry.id;
    let aimed = Signal::derive(move || target.get() == Some(id));
    match happened(&entry.content, &entry.author) {
        Some((icon, words)) => event(entry, aimed, icon, words),
        None => message(entry, aimed),
    }
}

/// The mark of a message's purpose: its name in the style sheet, its words, its icon.
fn mark(purpose: Purpose) -> Option<(&'static str, &'static str, Icon)> {
    let (key, icon) = match purpose {
        Purpose::Reply => return None,
        Purpose::Note => ("note", Icon::Note),
        Purpose::InformationRequest => ("question", Icon::Question),
        Purpose::Solution => ("solution", Icon::Bulb),
        Purpose::Acceptance => ("solution", Icon::Check),
        Purpose::Rejection => ("rejection", Icon::Cross),
        Purpose::ClosingNote => ("closing", Icon::Closed),
        Purpose::PriorityReview => ("question", Icon::Rank),
        Purpose::Escalation => ("rejection", Icon::Alarm),
        Purpose::Explanation => ("closing", Icon::Info),
    };
    purpose.label().map(|label| (key, label, icon))
}

fn message(entry: Entry, aimed: Signal<bool>) -> AnyView {
    let (menu, text) = (message_menu(entry.clone()), editable(entry.clone()));
    let Entry { id, at, author, content, .. } = entry;
    let Content::Message { purpose, edited, mailed, attachments, .. } = content else { return ().into_any() };
    let files = attached(expect_context::<OpenCase>().number, &attachments);
    let words = mark(purpose);
    let name = author.name;
    let label = texts::record::message_from(&name);
    view! {
        <article
            class="message"
            class:message-support=author.support
            class:aimed=aimed
            data-purpose=words.map(|(key, ..)| key)
            id=format!("entry-{id}")
            tabindex="-1"
            aria-label=label
        >
            {avatar(&name, author.support)}
            <div class="message-card">
                <header>
                    <strong dir="auto">{name}</strong>
                    {author.support.then(|| view! { <span class="tag">{texts::record::support()}</span> })}
                    <a class="message-time" href=format!("#entry-{id}")>
                        <Moment at=at/>
                    </a>
                    {mailed.is_some().then(|| view! { <span class="message-way">{texts::record::by_mail()}</span> })}
                    {edited.map(|_| edited_mark(id))}
                    {words.map(|(_, label, icon)| {
                        view! {
                            <span class="message-purpose">
                                <Glyph icon=icon/>
                                {label}
                            </span>
                        }
                    })}
                    {menu}
                </header>
                {text}
                {mailed.and_then(quoted)}
                {files}
            </div>
        </article>
    }
    .into_any()
}

/// What a mail quoted, folded away.
fn quoted(Mailed { quoted }: Mailed) -> Option<impl IntoView> {
    (!quoted.is_empty()).then(|| {
        view! {
            <details class="quoted">
                <summary>{texts::record::quoted()}</summary>
                <Markdown body=quoted/>
            </details>
        }
    })
}

fn event(entry: Entry, aimed: Signal<bool>, icon: Icon, words: AnyView) -> AnyView {
    let files = match &entry.content {
        Content::Attached { attachments } => attached(expect_context::<OpenCase>().number, attachments),
        _ => None,
    };
    view! {
        <div class="event" class:aimed=aimed id=format!("entry-{}", entry.id) tabindex="-1">
            <p>
                <Glyph icon=icon/>
                <span>
                    <strong dir="auto">{entry.author.name}</strong>
                    " "
                    {words}
                    " "
                </span>
                <Moment at=entry.at/>
            </p>
            {files}
        </div>
    }
    .into_any()
}
