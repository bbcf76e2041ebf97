//! On whose behalf an administrator files.

use contract::people::{Colleague, PersonRef};
use leptos::prelude::*;
use ui::{
    ChoiceCard, ChoiceKind, Control, Entry, Offer, combobox,
    field::{grouped, labelled},
};

use super::{colleagues::found, filing::Filing};
use crate::remote::session::Account;

/// The field's id, and the place of its mistakes among those of the questions.
pub const REQUESTER: &str = "requester";
/// Where the backend says that something is wrong with it.
pub const POINTER: &str = "/requester";

impl Filing {
    /// Whether the person may file for others of the organisation chosen.
    pub fn may_file_for_others(self) -> bool {
        if self.draft.with(|draft| draft.corrects.is_some()) {
            return false;
        }
        self.membership().is_some_and(|membership| membership.role.files_for_others())
    }

    /// Whether it is clear whose case it is; says so at the field where it is not.
    pub fn check_requester(self) -> bool {
        let missing = untrack(|| self.may_file_for_others())
            && self.draft.with_untracked(|draft| draft.on_behalf && draft.requester.is_none());
        self.errors.update(|errors| {
            errors.remove(POINTER);
            if missing {
                errors.insert(POINTER.to_owned(), texts::assistant::choose_colleague().to_owned());
            }
        });
        if missing {
            self.told.set(true);
        }
        !missing
    }

    /// Whose case it is to be, where that is somebody else.
    pub fn requester(self) -> Option<PersonRef> {
        let chosen = self.draft.with(|draft| draft.requester.clone().filter(|_| draft.on_behalf));
        chosen.filter(|_| self.may_file_for_others())
    }
}

/// The choice, for administrators; nothing for others.
#[component]
pub fn Behalf() -> impl IntoView {
    let filing = Filing::here();
    let offered = ui::memo(move || filing.may_file_for_others());
    ui::shown(move || offered.get().then(|| choice(filing)))
}

fn choice(filing: Filing) -> AnyView {
    let mine = Account::here().0.person.name.clone();
    let on_behalf = ui::memo(move || filing.draft.with(|draft| draft.on_behalf));
    let cards = move |control: Control| {
        let card = |title: String, behalf: bool| {
            view! {
                <ChoiceCard
                    kind=ChoiceKind::One
                    group="behalf".to_owned()
                    title=title
                    describedby=control.describedby
                    chosen=Signal::derive(move || on_behalf.get() == behalf)
                    choose=move |_| filing.draft.update(|draft| draft.on_behalf = behalf)
                />
            }
        };
        view! {
            <div class="choices choices-short">
                {card(texts::assistant::mine(mine), false)} {card(texts::assistant::a_colleagues().to_owned(), true)}
            </div>
            {ui::shown(move || on_behalf.get().then(|| colleague(filing)))}
        }
        .into_any()
    };
    let legend = texts::assistant::whose_case().to_owned();
    grouped("behalf", legend, None, false, Signal::stored(None), cards)
}

/// The search for the colleague.
fn colleague(filing: Filing) -> AnyView {
    let name = filing.draft.with_untracked(|draft| draft.requester.as_ref().map(|p| p.name.clone()));
    let typed = RwSignal::new(name.unwrap_or_default());
    let found = found(filing, typed);
    let people = Signal::derive(move || {
        let people = found.value.get().unwrap_or_default();
        people.into_iter().filter(Colleague::may_be_filed_for).collect::<Vec<_>>()
    });
    let entries = Signal::derive(move || {
        let entry = |one: Colleague| Entry {
            note: Some(one.email),
            ..Entry::new(one.person.id.to_string(), one.person.name)
        };
        people.get().into_iter().map(entry).collect()
    });
    let take = Callback::new(move |entry: Entry| {
        let chosen = people.get_untracked().into_iter().find(|one| one.person.id.to_string() == entry.value);
        filing.draft.update(|draft| draft.requester = chosen.map(|one| one.person));
        filing.errors.update(|errors| drop(errors.remove(POINTER)));
    });
    // Typing on means somebody else.
    ui::watch(move || {
        let typed = typed.get();
        let other =
            filing.draft.with_untracked(|draft| draft.requester.as_ref().is_some_and(|p| p.name != typed));
        if other {
            filing.draft.update(|draft| draft.requester = None);
        }
    });
    let error = Signal::derive(move || filing.errors.with(|errors| errors.get(POINTER).cloned()));
    let label = texts::assistant::colleague().to_owned();
    let help = Some(texts::assistant::colleague_help().to_owned());
    labelled(REQUESTER, label, help, false, error, move |tied| {
        combobox(
            tied,
            Offer { typed, entries, pending: found.pending.into(), open: RwSignal::new(false), take },
        )
    })
}
