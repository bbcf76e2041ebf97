//! Status and priority: always a word, a shape and a colour.

use contract::{Priority, Status};
use leptos::prelude::*;

use crate::icon::{Glyph, Icon};

const fn status_icon(status: Status) -> Icon {
    match status {
        Status::Received => Icon::Inbox,
        Status::Diagnosis => Icon::Magnifier,
        Status::WaitingForCustomer => Icon::Reply,
        Status::WaitingForSupport => Icon::Support,
        Status::SolutionProposed => Icon::Bulb,
        Status::Closed => Icon::Closed,
    }
}

/// A case's status.
#[component]
pub fn StatusMark(
    /// The status.
    status: Status,
) -> impl IntoView {
    view! {
        <span class="mark" data-status=status.key()>
            <Glyph icon=status_icon(status)/>
            <span title=status.label()>{status.label()}</span>
        </span>
    }
    .into_any()
}

/// Support's rank of a case, as bars that fill.
#[component]
pub fn PriorityMark(
    /// The priority.
    priority: Priority,
) -> impl IntoView {
    view! {
        <span class="rank" data-priority=priority.key()>
            {priority.label()}
        </span>
    }
    .into_any()
}
