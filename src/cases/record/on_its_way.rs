//! What was sent for this case and is not yet answered.

use contract::Action;
use leptos::prelude::*;
use ui::{Banner, Button, Tone};

use super::open_case::OpenCase;
use crate::local::{
    Delivery, Outbox,
    outbox::{Item, refusal},
};

/// Texts on their way, where they will stand.
#[component]
pub fn OnItsWay() -> impl IntoView {
    let open = expect_context::<OpenCase>();
    let outbox = Outbox::here();
    let mine = move || {
        outbox.items.with(|items| {
            items.iter().filter(|item| item.outgoing.number == open.number).cloned().collect::<Vec<_>>()
        })
    };
    view! {
        <For each=mine key=|item| item.outgoing.key.clone() let(item)>
            <Pending item=item/>
        </For>
    }
    .into_any()
}

const fn words(action: Action) -> &'static str {
    match action {
        Action::Reply => "Your reply",
        Action::ReplyAndClose => "Your reply, closing the case",
        Action::AddNote => "Your note",
        Action::PickUp => "Picking the case up",
        Action::RequestInformation => "Your question",
        Action::ProposeSolution => "Your proposed solution",
        Action::AcceptSolution => "Accepting the solution",
        Action::RejectSolution => "Rejecting the solution",
        Action::Close => "Closing the case",
    }
}

#[component]
fn Pending(item: Item) -> impl IntoView {
    let text = item.outgoing.text.clone();
    let action = item.outgoing.action;
    let delivery = item.delivery.clone();
    view! {
        <article class="message message-pending" aria-label=words(action)>
            <div class="message-card">
                <header>
                    <strong>{words(action)}</strong>
                </header>
                {(!text.is_empty()).then(|| view! { <p class="pending-text" dir="auto">{text}</p> })}
                {ui::dynamic(move || state(&item, delivery.get()))}
            </div>
        </article>
    }
    .into_any()
}

fn state(item: &Item, delivery: Delivery) -> AnyView {
    let outbox = Outbox::here();
    let item = StoredValue::new(item.clone());
    let discard = move |_| item.with_value(|item| outbox.take_out(item));
    match delivery {
        Delivery::Idle | Delivery::Sending => {
            view! { <p class="quiet" role="status">"Sending…"</p> }.into_any()
        }
        Delivery::SignedOut => {
            view! { <p class="quiet" role="status">"Will be sent when you have signed in again"</p> }
                .into_any()
        }
        Delivery::Waiting => view! {
            <Banner tone=Tone::Warning live=true>
                <p>"Will be sent when you’re back online"</p>
                <Button press=move |_| item.with_value(|item| outbox.retry(item))>"Retry now"</Button>
                <Button press=move |_| item.with_value(|item| outbox.edit(item))>"Edit"</Button>
                <Button press=discard>"Discard"</Button>
            </Banner>
        }
        .into_any(),
        Delivery::Refused(error) => view! {
            <Banner tone=Tone::Danger live=true>
                <p>{refusal(&error)}</p>
                <Button press=move |_| item.with_value(|item| outbox.edit(item))>"Edit"</Button>
                <Button press=discard>"Discard"</Button>
            </Banner>
        }
        .into_any(),
    }
}
