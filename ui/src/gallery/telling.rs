//! Parts that tell something.

use chrono::{TimeDelta, Utc};
use contract::{Priority, Status};
use leptos::prelude::*;

use super::{line_of, specimen};
use crate::{
    announce::Announcements,
    avatar::avatar,
    badge::Badge,
    banner::{Banner, Tone},
    button::{Button, Look},
    empty::EmptyState,
    icon::Icon,
    keys::Keys,
    marks::{PriorityMark, StatusMark},
    progress::Progress,
    skeleton::Skeleton,
    time::Moment,
};

/// All of them.
pub fn view() -> AnyView {
    view! {
        {specimen("Status and priority", marks())}
        {specimen("People", people())}
        {specimen("Badge", badges())}
        {specimen("Keys", line_of(vec![keys("Mod+Enter"), keys("g c"), keys("Shift+ArrowDown"), keys("Escape")]))}
        {specimen("Times", times())}
        {specimen("Banner", banners())}
        {specimen("Toast", toasts())}
        {specimen("Progress", progress())}
        {specimen("Loading", view! { <Skeleton lines=4 label="Loading"/> }.into_any())}
        {specimen("Empty", empty())}
    }
    .into_any()
}

fn marks() -> AnyView {
    let statuses = Status::ALL.map(|status| view! { <StatusMark status=status/> }.into_any());
    let ranks = [Priority::Urgent, Priority::High, Priority::Medium, Priority::Low];
    let ranks = ranks.map(|priority| view! { <PriorityMark priority=priority/> }.into_any());
    view! {
        {line_of(statuses.into_iter().collect())}
        {line_of(ranks.into())}
    }
    .into_any()
}

fn people() -> AnyView {
    line_of(vec![
        avatar("Ada Lindqvist", false),
        view! { <span dir="auto">"Ada Lindqvist"</span> }.into_any(),
        avatar("Emil Novák", true),
        view! { <span dir="auto">"Emil Novák"</span> <span class="tag">"Support"</span> }.into_any(),
    ])
}

fn badges() -> AnyView {
    let said = |count: u64| format!("{count} unread");
    let counts =
        [1_u64, 42, 100].map(|count| view! { <Badge count=Signal::stored(count) said=said/> }.into_any());
    let changing = RwSignal::new(2_u64);
    let more = move |_| changing.update(|count| *count += 49);
    let none = move |_| changing.set(0);
    let mut all: Vec<_> = counts.into();
    all.push(
        view! {
            <span>"Notifications " <Badge count=changing said=said/></span>
            <Button press=more>"More"</Button>
            <Button press=none>"None"</Button>
        }
        .into_any(),
    );
    line_of(all)
}

fn keys(press: &'static str) -> AnyView {
    view! { <Keys press=press/> }.into_any()
}

fn times() -> AnyView {
    let before = |minutes| Utc::now() - TimeDelta::minutes(minutes);
    let moments = [0, 3, 200, 1_600, 90_000].map(|minutes| view! { <Moment at=before(minutes)/> }.into_any());
    line_of(moments.into())
}

fn banners() -> AnyView {
    let tones = [
        (Tone::Info, "Support answers within four hours."),
        (Tone::Good, "Support proposes a solution. Does it work?"),
        (Tone::Warning, "This text looks like a password. Send it another way."),
        (Tone::Danger, "The message could not be sent."),
    ];
    let banner = |(tone, words)| {
        view! {
            <Banner tone=tone>
                <p>{words}</p>
                <Button>"Do something"</Button>
            </Banner>
        }
    };
    tones.map(banner).collect_view().into_any()
}

fn toasts() -> AnyView {
    let announcements = Announcements::here();
    let undo = move || announcements.toast("Opened again");
    line_of(vec![
        view! { <Button press=move |_| announcements.toast("Copied")>"A toast"</Button> }.into_any(),
        view! {
            <Button press=move |_| announcements.toast_with("Case closed", "Undo", undo)>"A toast with Undo"</Button>
        }
        .into_any(),
    ])
}

fn progress() -> AnyView {
    view! {
        <Progress id="progress-some" label="checkout-error.har" done=Signal::stored(Some(42))/>
        <Progress
            id="progress-words"
            label="screenshot.png"
            done=Signal::stored(Some(80))
            words=Signal::stored("4 of 5 MB".to_owned())
        />
        <Progress
            id="progress-unknown"
            label="Checking for viruses"
            done=Signal::stored(None)
            words=Signal::stored("Almost done".to_owned())
        />
    }
    .into_any()
}

fn empty() -> AnyView {
    view! {
        <EmptyState icon=Icon::Search title="No case fits">
            <p>"Take a filter away, or search for something else."</p>
            <p class="empty-ways">
                <Button look=Look::Primary>"All cases"</Button>
            </p>
        </EmptyState>
    }
    .into_any()
}
