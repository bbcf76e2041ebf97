//! Changing what somebody is, and giving their cases away: confirmed in a dialog.

use contract::{
    ProblemCode,
    member::{Member, MemberChange},
    people::MembershipRole,
};
use leptos::{prelude::*, task::spawn_local};
use ui::{Banner, Button, Dialog, Entry, Look, Tone, field::labelled};

use super::Here;
use crate::remote::{RemoteError, members};

/// What an administrator wants to do about somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// They are to be something else.
    Change(MemberChange),
    /// Somebody else is to have their open cases.
    HandOver,
}

impl Wish {
    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Change(MemberChange::Promote) => texts::people::promote(),
            Self::Change(MemberChange::Demote) => texts::people::demote(),
            Self::Change(MemberChange::Deactivate) => texts::people::deactivate(),
            Self::Change(MemberChange::Reactivate) => texts::people::reactivate(),
            Self::HandOver => texts::people::hand_over(),
        }
    }

    /// What comes of it.
    fn explained(self, member: &Member) -> String {
        let name = &member.person.name;
        match self {
            Self::Change(MemberChange::Promote) => texts::people::promote_explained(name),
            Self::Change(MemberChange::Demote) => texts::people::demote_explained(name),
            Self::Change(MemberChange::Deactivate) if member.role == MembershipRole::Partner => {
                texts::people::end_partnership_explained(name)
            }
            Self::Change(MemberChange::Deactivate) => texts::people::deactivate_explained(name),
            Self::Change(MemberChange::Reactivate) => texts::people::reactivate_explained(name),
            Self::HandOver => texts::people::hand_over_explained(member.open_cases.into(), name),
        }
    }

    /// What is said once it is done.
    fn done(self, member: &Member) -> String {
        let name = &member.person.name;
        match self {
            Self::Change(MemberChange::Promote) => texts::people::promoted(name),
            Self::Change(MemberChange::Demote) => texts::people::demoted(name),
            Self::Change(MemberChange::Deactivate) => texts::people::deactivated_now(name),
            Self::Change(MemberChange::Reactivate) => texts::people::reactivated(name),
            Self::HandOver => texts::people::handed_over(name),
        }
    }

    /// Whether somebody can, or must, be chosen to have the open cases.
    fn gives_cases(self, member: &Member) -> bool {
        member.open_cases > 0 && matches!(self, Self::HandOver | Self::Change(MemberChange::Deactivate))
    }
}

/// The dialog, and what it is about.
#[derive(Clone, Copy)]
pub struct Changing {
    here: Here,
    open: RwSignal<bool>,
    about: StoredValue<Option<(Member, Wish)>>,
    /// The id of who is to have the open cases; empty for nobody.
    to: RwSignal<String>,
    mistake: RwSignal<Option<String>>,
    error: RwSignal<Option<String>>,
    pending: RwSignal<bool>,
}

impl Changing {
    /// Nothing yet.
    pub fn new(here: Here) -> Self {
        Self {
            here,
            open: RwSignal::new(false),
            about: StoredValue::new(None),
            to: RwSignal::new(String::new()),
            mistake: RwSignal::new(None),
            error: RwSignal::new(None),
            pending: RwSignal::new(false),
        }
    }

    /// Asks whether it is really wanted.
    pub fn begin(self, member: Member, wish: Wish) {
        self.about.set_value(Some((member, wish)));
        self.to.set(String::new());
        self.mistake.set(None);
        self.error.set(None);
        self.open.set(true);
    }

    /// The dialog.
    pub fn dialog(self) -> AnyView {
        let title = Signal::derive(move || {
            self.open.track();
            self.about
                .with_value(|about| about.as_ref().map(|(_, wish)| wish.label().to_owned()))
                .unwrap_or_default()
        });
        view! {
            <Dialog open=self.open id="change-member" title=title>
                {self.about.get_value().map(|(member, wish)| self.content(member, wish))}
            </Dialog>
        }
        .into_any()
    }

    fn content(self, member: Member, wish: Wish) -> AnyView {
        let look = match wish {
            Wish::Change(MemberChange::Deactivate) => Look::Danger,
            _ => Look::Primary,
        };
        let gives = wish.gives_cases(&member).then(|| self.receiver(&member, wish));
        view! {
            <div class="preferences">
                {ui::shown(move || {
                    self.error.get().map(|text| view! { <Banner tone=Tone::Danger live=true>{text}</Banner> })
                })}
                <p>{wish.explained(&member)}</p>
                {gives}
                <div class="dialog-buttons">
                    <Button press=move |_| self.open.set(false)>{texts::record::cancel()}</Button>
                    <Button look=look pending=self.pending press=move |_| self.carry_out(member.clone(), wish)>
                        {wish.label()}
                    </Button>
                </div>
            </div>
        }
        .into_any()
    }

    /// The choice of who is to have the open cases.
    fn receiver(self, member: &Member, wish: Wish) -> AnyView {
        let from = member.person.id;
        let others = self.here.members.value.with_untracked(|known| {
            let all = known.iter().flat_map(|known| &known.members);
            let fits = |other: &&Member| {
                other.active && other.role != MembershipRole::Partner && other.person.id != from
            };
            let entry = |other: &Member| Entry::new(other.person.id.to_string(), other.person.name.clone());
            all.filter(fits).map(entry).collect::<Vec<_>>()
        });
        let (blank, optional) = match wish {
            Wish::HandOver => (texts::people::choose_somebody(), false),
            Wish::Change(_) => (texts::people::leave_cases(), true),
        };
        let label = texts::people::who_has_cases(member.open_cases.into());
        let take = Callback::new(move |id| self.to.set(id));
        labelled(RECEIVER, label, None, optional, self.mistake.into(), move |tied| {
            ui::select(tied, Signal::stored(others), Some(blank), self.to.into(), take)
        })
    }

    fn carry_out(self, member: Member, wish: Wish) {
        let to = self.to.get_untracked().parse().ok();
        self.mistake
            .set((wish == Wish::HandOver && to.is_none()).then(|| texts::mistakes::choose_one().to_owned()));
        self.error.set(None);
        if self.mistake.with_untracked(Option::is_some) {
            ui::focus(RECEIVER);
            return;
        }
        self.pending.set(true);
        let Here { remote, organisation, voice, .. } = self.here;
        spawn_local(async move {
            let person = member.person.id;
            let mut answer = Ok(());
            if let Some(to) = to {
                answer = members::hand_over(remote, organisation, person, to).await.map(drop);
            }
            if let (Wish::Change(change), Ok(())) = (wish, &answer) {
                answer = members::change(remote, organisation, person, change).await.map(drop);
            }
            if self.pending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(()) => {
                    self.open.set(false);
                    voice.toast(wish.done(&member));
                    // The menu goes with its entry.
                    ui::focus("people-members");
                }
                Err(error) => self.fail(&error),
            }
            self.here.ask();
        });
    }

    fn fail(self, error: &RemoteError) {
        let field = error.problem().filter(|problem| problem.code == ProblemCode::InvalidFields);
        let at = |pointer| {
            field.and_then(|problem| problem.error_at(pointer)).map(|mistake| mistake.message.clone())
        };
        self.mistake.set(at("/to"));
        let whole = at("/change").or_else(|| at("/to").is_none().then(|| error.to_string()));
        self.error.set(whole);
    }
}

const RECEIVER: &str = "who-has-cases";
