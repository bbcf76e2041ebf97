//! What was sent for this case and is not yet answered.

use contract::{Action, CaseNumber};
use leptos::prelude::*;
use ui::{Banner, Button, Look, Tone};

use crate::local::{
    Delivery, Outbox,
    outbox::{Item, refusal},
};

/// What is on its way to a case.
#[component]
pub fn OnItsWay(
    /// Which case.
    number: CaseNumber,
) -> impl IntoView {
    let outbox = Outbox::here();
    let mine = move || {
        outbox.items.with(|items| {
            items.iter().filter(|item| item.outgoing.number == number).cloned().collect::<Vec<_>>()
        })
    };
    view! {
        <For each=mine key=|item| item.outgoing.key.clone() let(item)>
            <Pending item=item/>
        </For>
    }
    .into_any()
}

fn words(action: Action) -> &'static str {
    match action {
        Action::Reply => texts::record::your_reply(),
        Action::ReplyAndClose => texts::record::your_closing_reply(),
        Action::AddNote => texts::record::your_note(),
        Action::PickUp => texts::record::picking_up(),
        Action::RequestInformation => texts::record::your_question(),
        Action::ProposeSolution => texts::record::your_solution(),
        Action::AcceptSolution => texts::record::accepting(),
        Action::RejectSolution => texts::record::rejecting(),
        Action::Close => texts::record::closing(),
        Action::RequestPriorityReview => texts::record::asking_for_review(),
        Action::Escalate => texts::record::escalating(),
        // The rest is done by buttons that say so themselves.
        _ => texts::record::your_change(),
    }
}

#[component]
fn Pending(item: Item) -> impl IntoView {
    let text = item.outgoing.text.clone();
    let files = item.outgoing.attachments.iter().map(|file| file.name.clone()).collect::<Vec<_>>().join(", ");
    let action = item.outgoing.action;
    let delivery = item.delivery.clone();
    view! {
        <article class="message message-pending" aria-label=words(action)>
            <div class="message-card">
                <header>
                    <strong>{words(action)}</strong>
                </header>
                {(!text.is_empty()).then(|| view! { <p class="pending-text" dir="auto">{text}</p> })}
                {(!files.is_empty()).then(|| view! { <p class="quiet" dir="auto">{files}</p> })}
                {ui::dynamic(move || state(&item, delivery.get()))}
            </div>
        </article>
    }
    .into_any()
}

fn state(item: &Item, delivery: Delivery) -> AnyView {
    let outbox = Outbox::here();
    let item = StoredValue::new(item.clone());
    let retry = move |_| item.with_value(|item| outbox.retry(item));
    let edit = move |_| item.with_value(|item| outbox.edit(item));
    let discard = move |_| item.with_value(|item| outbox.take_out(item));
    match delivery {
        Delivery::Held if item.with_value(Item::can_be_undone) => view! {
            <p class="held">
                <span class="quiet">{texts::delivery::sending()}</span>
                <Button look=Look::Quiet press=edit>{texts::delivery::undo()}</Button>
            </p>
        }
        .into_any(),
        Delivery::Idle | Delivery::Held | Delivery::Sending => {
            view! { <p class="quiet" role="status">{texts::delivery::sending()}</p> }.into_any()
        }
        Delivery::SignedOut => {
            view! { <p class="quiet" role="status">{texts::delivery::sent_when_signed_in()}</p> }.into_any()
        }
        Delivery::Waiting => view! {
            <Banner tone=Tone::Warning live=true>
                <p>{texts::record::sent_when_online()}</p>
                <Button press=retry>{texts::record::retry_now()}</Button>
                <Button press=edit>{texts::record::edit()}</Button>
                <Button press=discard>{texts::record::discard()}</Button>
            </Banner>
        }
        .into_any(),
        Delivery::Refused(error) => view! {
            <Banner tone=Tone::Danger live=true>
                <p>{refusal(&error)}</p>
                <Button press=edit>{texts::record::edit()}</Button>
                <Button press=discard>{texts::record::discard()}</Button>
            </Banner>
        }
        .into_any(),
    }
}
