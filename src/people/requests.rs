//! Which partners want to work for the organisation.

use contract::partnership::PartnershipRequest;
use leptos::{prelude::*, task::spawn_local};
use ui::{Look, Moment, avatar};
use uuid::Uuid;

use super::Here;
use crate::remote::members;

/// The list; nothing while nobody asks.
pub fn section(here: Here) -> AnyView {
    let asking = ui::memo(move || {
        here.members
            .value
            .with(|known| known.as_ref().map(|known| known.requests.clone()).unwrap_or_default())
    });
    let any = ui::memo(move || asking.with(|asking| !asking.is_empty()));
    ui::shown(move || {
        any.get().then(|| {
            view! {
                <section class="people-part" aria-labelledby="people-asking">
                    <h2 id="people-asking">{texts::people::want_to_work()}</h2>
                    <ul class="people-list">
                        <For each=move || asking.get() key=|request| (request.id, request.at) let(request)>
                            {entry(here, request)}
                        </For>
                    </ul>
                </section>
            }
        })
    })
}

fn entry(here: Here, request: PartnershipRequest) -> AnyView {
    let PartnershipRequest { id, person, email, note, at } = request;
    let (name, pending) = (person.name, RwSignal::new(false));
    let (approve, decline) = (texts::people::approve_of(&name), texts::people::decline_of(&name));
    let said = StoredValue::new(name.clone());
    let answer = move |approve| move |_| decide(here, pending, id, approve, said.get_value());
    view! {
        <li>
            {avatar(&name, false)}
            <div class="people-who">
                <strong dir="auto">{name}</strong>
                <p class="quiet"><span dir="auto">{email}</span> " · " {texts::people::asked()} " " <Moment at=at/></p>
                {(!note.is_empty()).then(|| view! { <p class="people-note" dir="auto">{note}</p> })}
            </div>
            <div class="people-deeds">
                <button type="button" class=Look::Primary.class() class:button-pending=pending aria-label=approve on:click=answer(true)>
                    {texts::people::approve()}
                </button>
                <button type="button" class=Look::Plain.class() class:button-pending=pending aria-label=decline on:click=answer(false)>
                    {texts::people::decline()}
                </button>
            </div>
        </li>
    }
    .into_any()
}

/// Answers. Both can be changed later: a partner is taken out, and asks again.
fn decide(here: Here, pending: RwSignal<bool>, id: Uuid, approve: bool, name: String) {
    if pending.get_untracked() {
        return;
    }
    pending.set(true);
    let Here { remote, organisation, voice, .. } = here;
    spawn_local(async move {
        let answer = members::decide(remote, organisation, id, approve).await;
        // The list may have gone meanwhile.
        let _gone = pending.try_set(false);
        match answer {
            Ok(()) => {
                let said =
                    if approve { texts::people::approved(&name) } else { texts::people::declined(&name) };
                voice.toast(said);
                // The button goes with its entry.
                ui::focus("people-members");
            }
            Err(error) => voice.toast(error.to_string()),
        }
        if here.members.value.try_get_untracked().is_some() {
            here.ask();
        }
    });
}
