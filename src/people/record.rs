//! What was done in the organisation, the newest first.

use contract::{
    audit::{Act, AuditEntry},
    member::Visibility,
};
use leptos::{prelude::*, task::spawn_local};
use ui::{Button, EmptyState, Icon, Moment, Skeleton};

use super::Here;
use crate::{
    remote::{RemoteError, members},
    routes::Route,
    shell::Failure,
};

/// What is shown so far.
#[derive(Clone, Copy)]
struct Shown {
    here: Here,
    items: RwSignal<Option<Vec<AuditEntry>>>,
    next: RwSignal<Option<String>>,
    error: RwSignal<Option<RemoteError>>,
    pending: RwSignal<bool>,
}

/// The tab.
pub fn panel(here: Here) -> AnyView {
    let shown = Shown {
        here,
        items: RwSignal::new(None),
        next: RwSignal::new(None),
        error: RwSignal::new(None),
        pending: RwSignal::new(false),
    };
    shown.grow();
    let any = ui::memo(move || shown.items.with(|items| items.as_ref().map(|items| !items.is_empty())));
    let failure =
        move || shown.error.get().map(|error| view! { <Failure error=error retry=move |()| shown.grow()/> });
    view! {
        {ui::dynamic(move || match any.get() {
            Some(true) => list(shown),
            Some(false) => nothing(),
            None if shown.error.with(Option::is_some) => ().into_any(),
            None => view! { <Skeleton lines=6 label=texts::people::loading_record()/> }.into_any(),
        })}
        {ui::shown(failure)}
    }
    .into_any()
}

fn nothing() -> AnyView {
    view! {
        <EmptyState icon=Icon::List title=texts::people::nothing_done()>
            <p>{texts::people::what_is_recorded()}</p>
        </EmptyState>
    }
    .into_any()
}

fn list(shown: Shown) -> AnyView {
    let more = ui::memo(move || shown.next.with(Option::is_some));
    view! {
        <ol class="people-list">
            <For each=move || shown.items.get().unwrap_or_default() key=|entry| entry.id let(entry)>
                {item(entry)}
            </For>
        </ol>
        {ui::shown(move || {
            more.get().then(|| {
                view! {
                    <Button pending=shown.pending press=move |_| shown.grow()>{texts::cases::load_more()}</Button>
                }
            })
        })}
    }
    .into_any()
}

fn item(entry: AuditEntry) -> AnyView {
    let case = entry.case.map(|number| {
        view! { " " <a href=Route::Case(number).to_string() dir="auto">{number.to_string()}</a> }
    });
    let words = words(&entry);
    let who = entry.actor.map(|actor| view! { <strong dir="auto">{actor.name}</strong> " " });
    view! {
        <li>
            <div class="people-who">
                {who}
                <span dir="auto">{words}</span>
                {case}
                <p class="quiet">
                    <Moment at=entry.at/>
                    {entry.from.map(|from| format!(" · {}", texts::people::from(&from)))}
                </p>
            </div>
        </li>
    }
    .into_any()
}

/// What was done, behind the name of who did it.
fn words(entry: &AuditEntry) -> String {
    let person = entry.person.as_ref().map(|person| person.name.as_str()).unwrap_or_default();
    let other = entry.other.as_ref().map(|person| person.name.as_str()).unwrap_or_default();
    let text = entry.text.as_deref().unwrap_or(texts::people::no_longer_known());
    match entry.act {
        Act::Invited => texts::people::did_invite(text),
        Act::InvitationSentAgain => texts::people::did_send_again(text),
        Act::InvitationWithdrawn => texts::people::did_withdraw(text),
        Act::Joined => texts::people::did_join().to_owned(),
        Act::Promoted => texts::people::did_promote(person),
        Act::Demoted => texts::people::did_demote(person),
        Act::Deactivated => texts::people::did_deactivate(person),
        Act::Reactivated => texts::people::did_reactivate(person),
        Act::HandedOver => {
            texts::people::did_hand_over(entry.count.unwrap_or_default().into(), person, other)
        }
        Act::PartnershipAsked => texts::people::did_ask().to_owned(),
        Act::PartnershipApproved => texts::people::did_approve(person),
        Act::PartnershipDeclined => texts::people::did_decline(person),
        Act::PartnershipLeft => texts::people::did_leave().to_owned(),
        Act::VisibilityChanged if text == Visibility::Own.key() => texts::people::did_set_own().to_owned(),
        Act::VisibilityChanged => texts::people::did_set_all().to_owned(),
        Act::DefaultWatchersChanged if text.is_empty() => texts::people::did_take_watchers().to_owned(),
        Act::DefaultWatchersChanged => texts::people::did_set_watchers(text),
        Act::FiledOnBehalf => texts::people::did_file_for(person),
        Act::SignedIn => texts::people::did_sign_in().to_owned(),
        Act::SecondFactorOn => texts::people::did_switch_on().to_owned(),
        Act::SecondFactorOff => texts::people::did_switch_off().to_owned(),
        Act::RecoveryCodesMade => texts::people::did_make_codes().to_owned(),
        Act::AccountDeleted => texts::people::did_delete_account().to_owned(),
        Act::TokenMade => texts::people::did_make_token(text),
        Act::TokenRevoked => texts::people::did_revoke_token(text),
        Act::PasswordChanged | Act::PasswordReset => texts::people::did_change_password().to_owned(),
    }
}

impl Shown {
    /// Asks for the next page.
    fn grow(self) {
        if self.pending.get_untracked() {
            return;
        }
        self.pending.set(true);
        self.error.set(None);
        let Here { remote, organisation, .. } = self.here;
        let cursor = self.next.get_untracked();
        spawn_local(async move {
            let answer = members::audit(remote, organisation, cursor.as_deref()).await;
            if self.pending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(page) => {
                    self.next.set(page.next);
                    self.items.update(|items| items.get_or_insert_default().extend(page.items));
                }
                Err(error) => self.error.set(Some(error)),
            }
        });
    }
}
