//! Whom a partner works for, and asks to work for.

use contract::{
    FieldError, ProblemCode,
    limits::{ORGANISATION_NAME_MAX, PARTNERSHIP_NOTE_MAX},
    partnership::{AskPartnership, AskedPartnership},
    people::{OrganisationRef, Session},
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use ui::{
    Announcements, Banner, Button, Control, Dialog, Look, Moment, Skeleton, Tone,
    field::{labelled, mistake_at},
    input::{Line, area, line},
};
use uuid::Uuid;

use crate::{
    remote::{Fetched, Remote, RemoteError, account, connection::check, session::Account},
    shell::Failure,
};

const ORGANISATION: &str = "asked-organisation";
const NOTE: &str = "asked-note";

/// What the section's parts share.
#[derive(Clone, Copy)]
struct Working {
    remote: Remote,
    asked: Fetched<Vec<AskedPartnership>>,
    voice: Announcements,
    organisation: RwSignal<String>,
    note: RwSignal<String>,
    mistakes: RwSignal<Vec<FieldError>>,
    error: RwSignal<Option<String>>,
    pending: RwSignal<bool>,
    /// Whom one is about to work for no longer.
    leaving: StoredValue<Option<OrganisationRef>>,
    confirming: RwSignal<bool>,
}

/// The section, for partners, and for whoever works for nobody.
pub fn section(session: &Session) -> AnyView {
    let account = Account::here();
    if account.is_support() || !(session.memberships.is_empty() || account.is_only_partner()) {
        return ().into_any();
    }
    let here = Working {
        remote: Remote::here(),
        asked: Fetched::new(None),
        voice: Announcements::here(),
        organisation: RwSignal::new(String::new()),
        note: RwSignal::new(String::new()),
        mistakes: RwSignal::new(Vec::new()),
        error: RwSignal::new(None),
        pending: RwSignal::new(false),
        leaving: StoredValue::new(None),
        confirming: RwSignal::new(false),
    };
    here.ask();
    let places = session.memberships.iter().map(|place| working_for(here, place.organisation.clone()));
    view! {
        <section class="account-part" aria-labelledby="account-partner">
            <h2 id="account-partner" tabindex="-1">{texts::account::works_for()}</h2>
            <ul class="account-sessions">
                {places.collect_view()}
                {ui::dynamic(move || {
                    let asked = here.asked.value.get().unwrap_or_default();
                    asked.into_iter().map(|one| waiting(here, one)).collect_view().into_any()
                })}
            </ul>
            {ui::dynamic(move || match (here.asked.value.with(Option::is_some), here.asked.error.get()) {
                (_, Some(error)) => view! { <Failure error=error retry=move |()| here.ask()/> }.into_any(),
                (false, None) => view! { <Skeleton lines=1 label=texts::account::loading_asked()/> }.into_any(),
                (true, None) => ().into_any(),
            })}
            {form(here)}
            <Dialog open=here.confirming id="stop-working" title=texts::account::stop_working().to_owned()>
                {here.leaving.get_value().map(|organisation| confirm(here, &organisation))}
            </Dialog>
        </section>
    }
    .into_any()
}

fn working_for(here: Working, organisation: OrganisationRef) -> AnyView {
    let name = organisation.name.clone();
    let label = texts::account::stop_working_for(&name);
    let organisation = StoredValue::new(organisation);
    let press = move |_| {
        here.leaving.set_value(Some(organisation.get_value()));
        here.error.set(None);
        here.confirming.set(true);
    };
    view! {
        <li>
            <strong dir="auto">{name}</strong>
            <button type="button" class=Look::Plain.class() aria-label=label on:click=press>
                {texts::account::stop_working()}
            </button>
        </li>
    }
    .into_any()
}

fn waiting(here: Working, one: AskedPartnership) -> AnyView {
    let AskedPartnership { id, organisation, at } = one;
    let label = texts::account::take_back_of(&organisation);
    view! {
        <li>
            <div>
                <span dir="auto">{organisation}</span>
                " "
                <span class="tag">{texts::account::waiting_for_answer()}</span>
                <p class="quiet">{texts::account::asked()} " " <Moment at=at/></p>
            </div>
            <button type="button" class=Look::Plain.class() aria-label=label on:click=move |_| here.take_back(id)>
                {texts::account::take_back()}
            </button>
        </li>
    }
    .into_any()
}

fn form(here: Working) -> AnyView {
    let at = |pointer| mistake_at(here.mistakes, pointer);
    let name = move |tied: Control| {
        let take = move |typed: String| {
            here.organisation.set(typed.chars().take(ORGANISATION_NAME_MAX).collect());
        };
        line(
            tied,
            Line { autocomplete: "off", ..Line::of("text") },
            here.organisation.into(),
            Callback::new(take),
        )
    };
    let note = move |tied: Control| {
        let take = move |typed: String| here.note.set(typed.chars().take(PARTNERSHIP_NOTE_MAX).collect());
        area(tied, "3", here.note.into(), Callback::new(take))
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        here.send();
    };
    let (label, help) = (texts::account::ask_for(), texts::account::ask_for_help());
    view! {
        <form class="account-form" on:submit=submit novalidate=true>
            {ui::shown(move || {
                let text = here.error.get().filter(|_| !here.confirming.get());
                text.map(|text| view! { <Banner tone=Tone::Danger live=true>{text}</Banner> })
            })}
            {labelled(ORGANISATION, label.to_owned(), Some(help.to_owned()), false, at("/organisation"), name)}
            {labelled(NOTE, texts::account::ask_note().to_owned(), None, true, at("/note"), note)}
            <div>
                <Button submits=true pending=here.pending>{texts::account::ask()}</Button>
            </div>
        </form>
    }
    .into_any()
}

fn confirm(here: Working, organisation: &OrganisationRef) -> AnyView {
    let (id, name) = (organisation.id, StoredValue::new(organisation.name.clone()));
    view! {
        <div class="preferences">
            {ui::shown(move || {
                here.error.get().map(|text| view! { <Banner tone=Tone::Danger live=true>{text}</Banner> })
            })}
            <p>{texts::account::stop_explained(&organisation.name)}</p>
            <div class="dialog-buttons">
                <Button press=move |_| here.confirming.set(false)>{texts::record::cancel()}</Button>
                <Button look=Look::Danger pending=here.pending press=move |_| here.leave(id, name.get_value())>
                    {texts::account::stop_working()}
                </Button>
            </div>
        </div>
    }
    .into_any()
}

impl Working {
    fn ask(self) {
        self.asked.ask(Box::pin(account::asked_partnerships(self.remote)));
    }

    fn send(self) {
        let wish = AskPartnership {
            organisation: self.organisation.get_untracked(),
            note: self.note.get_untracked(),
        };
        self.error.set(None);
        self.show(wish.validate().err().unwrap_or_default());
        if self.pending.get_untracked() || self.mistakes.with_untracked(|mistakes| !mistakes.is_empty()) {
            return;
        }
        self.pending.set(true);
        spawn_local(async move {
            let answer = account::ask_partnership(self.remote, &wish).await;
            if self.pending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(all) => {
                    self.organisation.set(String::new());
                    self.note.set(String::new());
                    self.asked.value.set(Some(all));
                    self.voice.toast(texts::account::asked_now(&wish.organisation));
                }
                Err(error) => self.fail(&error),
            }
        });
    }

    fn take_back(self, id: Uuid) {
        spawn_local(async move {
            match account::take_back_partnership(self.remote, id).await {
                Ok(()) => self.voice.toast(texts::account::taken_back()),
                Err(error) => self.voice.toast(error.to_string()),
            }
            ui::focus("account-partner");
            if self.asked.value.try_get_untracked().is_some() {
                self.ask();
            }
        });
    }

    fn leave(self, organisation: Uuid, name: String) {
        self.pending.set(true);
        self.error.set(None);
        spawn_local(async move {
            let answer = account::leave(self.remote, organisation).await;
            if self.pending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(()) => {
                    self.confirming.set(false);
                    self.voice.toast(texts::account::stopped_working(&name));
                    // The pages are built anew for who one is now.
                    check(self.remote).await;
                }
                Err(error) => self.error.set(Some(error.to_string())),
            }
        });
    }

    fn fail(self, error: &RemoteError) {
        match error.problem() {
            Some(problem) if problem.code == ProblemCode::InvalidFields => self.show(problem.errors.clone()),
            _ => self.error.set(Some(error.to_string())),
        }
    }

    /// Shows mistakes, and moves the focus to the first.
    fn show(self, mistakes: Vec<FieldError>) {
        if let Some(first) = mistakes.first() {
            ui::focus(if first.pointer == "/note" { NOTE } else { ORGANISATION });
        }
        self.mistakes.set(mistakes);
    }
}
