//! Inviting people: a dialog that takes any number of addresses.

use contract::{FieldError, ProblemCode, member::NewInvitations, people::MembershipRole};
use leptos::{prelude::*, task::spawn_local};
use ui::{
    Banner, Button, ChoiceCard, ChoiceKind, Control, Dialog, Icon, Look, Tone,
    addresses::{Addresses, addresses},
    field::{grouped, labelled},
};
use uuid::Uuid;

use super::{Here, role_label};
use crate::remote::{RemoteError, members};

const EMAILS: &str = "invited-emails";

/// What the dialog's parts share.
#[derive(Clone, Copy)]
struct Inviting {
    here: Here,
    open: RwSignal<bool>,
    emails: Addresses,
    role: RwSignal<MembershipRole>,
    mistake: RwSignal<Option<String>>,
    error: RwSignal<Option<String>>,
    pending: RwSignal<bool>,
    /// What was sent last, and under which key, so that a second try invites nobody twice.
    sent: StoredValue<Option<(NewInvitations, String)>>,
}

/// The button, and the dialog it opens. What was typed stays if it is closed.
pub fn invite(here: Here) -> AnyView {
    let inviting = Inviting {
        here,
        open: RwSignal::new(false),
        emails: Addresses {
            chosen: RwSignal::new(Vec::new()),
            typed: RwSignal::new(String::new()),
            people: Signal::stored(Vec::new()),
            pending: Signal::stored(false),
            open: RwSignal::new(false),
        },
        role: RwSignal::new(MembershipRole::User),
        mistake: RwSignal::new(None),
        error: RwSignal::new(None),
        pending: RwSignal::new(false),
        sent: StoredValue::new(None),
    };
    view! {
        <Button look=Look::Primary icon=Icon::Plus press=move |_| inviting.open.set(true)>{texts::people::invite()}</Button>
        <Dialog open=inviting.open id="invite" title=texts::people::invite_people().to_owned()>
            {form(inviting)}
        </Dialog>
    }
    .into_any()
}

fn form(here: Inviting) -> AnyView {
    let help = Some(texts::people::invite_help().to_owned());
    let label = texts::people::addresses().to_owned();
    let field = labelled(EMAILS, label, help, false, here.mistake.into(), move |tied: Control| {
        addresses(tied, here.emails)
    });
    let roles = grouped(
        "invited-role",
        texts::people::what_they_are().to_owned(),
        None,
        false,
        Signal::stored(None),
        move |tied| {
            view! { <div class="choices">{MembershipRole::ALL.map(|role| card(here, &tied, role)).collect_view()}</div> }.into_any()
        },
    );
    view! {
        <div class="preferences">
            {ui::shown(move || {
                here.error.get().map(|text| view! { <Banner tone=Tone::Danger live=true>{text}</Banner> })
            })}
            {field}
            {roles}
            <div class="dialog-buttons">
                <Button press=move |_| here.open.set(false)>{texts::record::cancel()}</Button>
                <Button look=Look::Primary pending=here.pending press=move |_| here.send()>
                    {texts::people::send_invitations()}
                </Button>
            </div>
        </div>
    }
    .into_any()
}

fn card(here: Inviting, tied: &Control, role: MembershipRole) -> AnyView {
    let help = match role {
        MembershipRole::User => texts::people::user_help(),
        MembershipRole::Administrator => texts::people::administrator_help(),
        MembershipRole::Partner => texts::people::partner_help(),
    };
    view! {
        <ChoiceCard
            kind=ChoiceKind::One
            group="invited-role".to_owned()
            title=role_label(role).to_owned()
            help=Some(help.to_owned())
            describedby=tied.describedby
            chosen=Signal::derive(move || here.role.get() == role)
            choose=move |chosen: bool| if chosen { here.role.set(role) }
        />
    }
    .into_any()
}

impl Inviting {
    fn send(self) {
        let new =
            NewInvitations { emails: untrack(|| self.emails.entered()), role: self.role.get_untracked() };
        self.error.set(None);
        self.show(&new, &new.validate().err().unwrap_or_default());
        if self.mistake.with_untracked(Option::is_some) || self.pending.get_untracked() {
            return;
        }
        let before = self.sent.get_value().filter(|(sent, _)| *sent == new);
        let (new, key) = before.unwrap_or_else(|| (new, Uuid::new_v4().to_string()));
        self.sent.set_value(Some((new.clone(), key.clone())));
        self.pending.set(true);
        let Here { remote, organisation, voice, .. } = self.here;
        spawn_local(async move {
            let answer = members::invite(remote, organisation, &new, &key).await;
            if self.pending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(invited) => {
                    self.open.set(false);
                    self.emails.chosen.set(Vec::new());
                    self.emails.typed.set(String::new());
                    self.sent.set_value(None);
                    voice.toast(texts::people::invitations_sent(invited.len() as u64));
                    self.here.ask();
                }
                Err(error) => self.fail(&new, &error),
            }
        });
    }

    fn fail(self, new: &NewInvitations, error: &RemoteError) {
        match error.problem() {
            Some(problem) if problem.code == ProblemCode::InvalidFields => {
                // What is tried again after that is another request.
                self.sent.set_value(None);
                self.show(new, &problem.errors);
            }
            _ => self.error.set(Some(error.to_string())),
        }
    }

    /// Shows mistakes at the field, each with the address that it is about.
    fn show(self, new: &NewInvitations, mistakes: &[FieldError]) {
        let said = mistakes.iter().map(|mistake| {
            let place =
                mistake.pointer.strip_prefix("/emails/").and_then(|place| place.parse::<usize>().ok());
            match place.and_then(|place| new.emails.get(place)) {
                Some(email) => format!("{email}: {}", mistake.message),
                None => mistake.message.clone(),
            }
        });
        let said = said.collect::<Vec<_>>().join(" ");
        self.mistake.set(Some(said).filter(|said| !said.is_empty()));
        if !mistakes.is_empty() {
            ui::focus(EMAILS);
        }
    }
}
