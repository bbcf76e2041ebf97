//! What happened, with its icon; the name of who did it stands before.

use contract::{happening::Happening, people::PersonRef, thread::Content};
use leptos::prelude::*;

use crate::{Icon, time::calendar_day};

/// The icon and the words of an event; nothing for a message.
#[must_use]
pub fn happened(content: &Content, author: &PersonRef) -> Option<(Icon, AnyView)> {
    let Happening { words, of } = content.happened(author, calendar_day)?;
    let of = of.map(|of| view! { " " <span dir="auto">{of}</span> });
    Some((icon(content), view! { {words} {of} }.into_any()))
}

const fn icon(content: &Content) -> Icon {
    match content {
        Content::Message { .. } => Icon::Reply,
        Content::Filed => Icon::Inbox,
        Content::StatusChanged { to, .. } if to.is_open() => Icon::Forward,
        Content::StatusChanged { .. } => Icon::Closed,
        Content::PriorityChanged { .. } | Content::PriorityReview { .. } => Icon::Rank,
        Content::EscalationChanged { .. } => Icon::Alarm,
        Content::EtaChanged { .. } => Icon::Clock,
        Content::JiraTicketChanged { .. } => Icon::Link,
        Content::WatcherAdded { .. } | Content::WatcherRemoved { .. } => Icon::Eye,
        Content::AnswersChanged { .. } => Icon::Edit,
        Content::RequesterChanged { .. } => Icon::Forward,
        Content::Attached { .. } => Icon::Copy,
    }
}
