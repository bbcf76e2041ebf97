//! Who is invited and has not come yet.

use contract::member::Invitation;
use leptos::{prelude::*, task::spawn_local};
use ui::{Clock, Look, Moment};
use uuid::Uuid;

use super::{Here, role_label};
use crate::remote::members;

/// The list; nothing while nobody is invited.
pub fn section(here: Here) -> AnyView {
    let invited = ui::memo(move || {
        here.members
            .value
            .with(|known| known.as_ref().map(|known| known.invitations.clone()).unwrap_or_default())
    });
    let any = ui::memo(move || invited.with(|invited| !invited.is_empty()));
    ui::shown(move || any.get().then(|| list(here, invited)))
}

fn list(here: Here, invited: Memo<Vec<Invitation>>) -> AnyView {
    view! {
        <section class="people-part" aria-labelledby="people-invited">
            <h2 id="people-invited" tabindex="-1">{texts::people::invited()}</h2>
            <ul class="people-list">
                <For each=move || invited.get() key=|invitation| (invitation.id, invitation.role, invitation.at) let(invitation)>
                    {entry(here, invitation)}
                </For>
            </ul>
        </section>
    }
    .into_any()
}

fn entry(here: Here, invitation: Invitation) -> AnyView {
    let Invitation { id, email, role, by, at, expires_at } = invitation;
    let over = expires_at <= Clock::start().now();
    let until = if over { texts::people::expired() } else { texts::people::expires() };
    let pending = RwSignal::new(false);
    let (again, withdraw) = (texts::people::send_again_to(&email), texts::people::withdraw_of(&email));
    let said = StoredValue::new(email.clone());
    let send = move |_| act(here, pending, id, Deed::SendAgain, said.get_value());
    let take_back = move |_| act(here, pending, id, Deed::Withdraw, said.get_value());
    view! {
        <li>
            <div class="people-who">
                <strong dir="auto">{email}</strong>
                " "
                <span class="tag">{role_label(role)}</span>
                <p class="quiet">
                    {texts::people::invited_by()} " " <span dir="auto">{by.name}</span> " " <Moment at=at/> " · " {until}
                    " " <Moment at=expires_at/>
                </p>
            </div>
            <div class="people-deeds">
                <button type="button" class=Look::Plain.class() class:button-pending=pending aria-label=again on:click=send>
                    {texts::people::send_again()}
                </button>
                <button type="button" class=Look::Quiet.class() class:button-pending=pending aria-label=withdraw on:click=take_back>
                    {texts::people::withdraw()}
                </button>
            </div>
        </li>
    }
    .into_any()
}

/// What can be done about an invitation. Whoever withdraws one by mistake invites anew.
#[derive(Clone, Copy)]
enum Deed {
    SendAgain,
    Withdraw,
}

fn act(here: Here, pending: RwSignal<bool>, id: Uuid, deed: Deed, email: String) {
    if pending.get_untracked() {
        return;
    }
    pending.set(true);
    let Here { remote, organisation, voice, .. } = here;
    spawn_local(async move {
        let answer = match deed {
            Deed::SendAgain => members::send_again(remote, organisation, id).await,
            Deed::Withdraw => members::withdraw(remote, organisation, id).await,
        };
        // The list may have gone meanwhile.
        let _gone = pending.try_set(false);
        match (answer, deed) {
            (Ok(()), Deed::SendAgain) => voice.toast(texts::people::sent_again(&email)),
            (Ok(()), Deed::Withdraw) => {
                voice.toast(texts::people::withdrawn(&email));
                // The button goes with its entry.
                ui::focus("people-members");
            }
            (Err(error), _) => voice.toast(error.to_string()),
        }
        if here.members.value.try_get_untracked().is_some() {
            here.ask();
        }
    });
}
