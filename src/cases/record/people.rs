//! Who follows the case: the list, and letting people follow it.

use contract::{Action, CaseNumber, CaseRecord, Watcher, people::Colleague};
use leptos::prelude::*;
use ui::{
    Announcements, Banner, Button, Dialog, Entry, Glyph, Icon, Look, Tone,
    addresses::{Addresses, addresses},
    field::labelled,
};

use super::{open_case::OpenCase, saving::Saving, with_record};
use crate::remote::{Fetched, Remote, RemoteError, cases, people::colleagues_as_typed, session::Account};

/// Following the case, and letting others follow it.
#[derive(Clone, Copy)]
pub struct Watching {
    /// Whether the dialog is open that adds watchers.
    pub adding: RwSignal<bool>,
    case: OpenCase,
    saving: Saving,
    me: StoredValue<String>,
}

impl Watching {
    /// Of the open case; provide it as a context.
    pub fn of(case: OpenCase) -> Self {
        let me = StoredValue::new(Account::here().id().to_string());
        Self { adding: RwSignal::new(false), case, saving: Saving::of(case), me }
    }

    /// The page's.
    pub fn here() -> Self {
        expect_context()
    }

    /// Follows the case.
    pub fn watch(self) {
        let (number, me, voice) = (self.case.number, self.me.get_value(), Announcements::here());
        self.saving.ask(
            |remote| Box::pin(async move { cases::add_watcher(remote, number, &me).await.map(Some) }),
            move || voice.toast(texts::record::now_watching()),
        );
    }

    /// Follows it no longer.
    pub fn stop(self) {
        self.remove(self.me.get_value(), texts::record::no_longer_watching().to_owned());
    }

    /// Wants to be told nothing of the case, or something again.
    pub fn mute(self, muted: bool) {
        let (number, voice) = (self.case.number, Announcements::here());
        let said = if muted { texts::record::now_muted() } else { texts::record::no_longer_muted() };
        self.saving.ask(
            move |remote| Box::pin(async move { cases::mute(remote, number, muted).await.map(Some) }),
            move || voice.toast(said),
        );
    }

    fn remove(self, who: String, said: String) {
        let (number, voice) = (self.case.number, Announcements::here());
        self.saving.ask(
            |remote| Box::pin(async move { cases::remove_watcher(remote, number, &who).await }),
            move || voice.toast(said),
        );
    }
}

/// The watchers, with what can be done about them.
#[component]
pub fn Watchers() -> impl IntoView {
    let (open, watching) = (expect_context::<OpenCase>(), Watching::here());
    let watchers = with_record(open, |record| record.watchers.clone());
    let can = move |action: Action| open.may(action);
    let list = move || {
        let watchers = watchers.get().unwrap_or_default();
        if watchers.is_empty() {
            return view! { <p class="quiet">{texts::record::nobody_watches()}</p> }.into_any();
        }
        let may_remove = can(Action::RemoveWatchers);
        let entry = |watcher: &Watcher| entry(watching, watcher, may_remove);
        view! { <ul class="watcher-list">{watchers.iter().map(entry).collect_view()}</ul> }.into_any()
    };
    let muted = with_record(open, |record| record.muted);
    let follow = move || {
        if can(Action::Watch) {
            let press = move |_| watching.watch();
            Some(view! { <Button icon=Icon::Eye press=press>{texts::record::watch()}</Button> }.into_any())
        } else if can(Action::StopWatching) {
            let press = move |_| watching.stop();
            Some(
                view! { <Button icon=Icon::Eye press=press>{texts::record::stop_watching()}</Button> }
                    .into_any(),
            )
        } else {
            None
        }
    };
    view! {
        <section class="watchers" aria-labelledby="watchers-title">
            <h2 id="watchers-title" tabindex="-1">{texts::record::watchers()}</h2>
            {ui::dynamic(list)}
            {ui::shown(move || {
                watching.saving.error.get().map(|error| {
                    view! { <Banner tone=Tone::Danger live=true><p>{error}</p></Banner> }
                })
            })}
            {ui::shown(move || {
                muted.get().unwrap_or_default().then(|| {
                    view! { <p class="quiet">{texts::record::muted()}</p> }
                })
            })}
            <div class="watcher-buttons">
                {ui::shown(follow)}
                {ui::shown(move || {
                    let muted = muted.get()?;
                    let label = if muted { texts::record::unmute() } else { texts::record::mute() };
                    let press = move |_| watching.mute(!muted);
                    Some(view! { <Button icon=Icon::Bell press=press>{label}</Button> })
                })}
                {ui::shown(move || {
                    can(Action::AddWatchers).then(|| {
                        let press = move |_| watching.adding.set(true);
                        view! { <Button icon=Icon::Plus press=press>{texts::record::add_watchers()}</Button> }
                    })
                })}
            </div>
            <AddWatchers/>
        </section>
    }
    .into_any()
}

fn entry(watching: Watching, watcher: &Watcher, may_remove: bool) -> AnyView {
    let (who, address) = match watcher {
        Watcher::Person(person) => (person.id.to_string(), false),
        Watcher::Address(address) => (address.clone(), true),
    };
    let name = watcher.label().to_owned();
    let remove = may_remove.then(|| {
        let (label, said) = (texts::ui::remove(&name), texts::record::watcher_removed(&name));
        let press = move |_| {
            watching.remove(who.clone(), said.clone());
            // The button goes with its entry.
            ui::focus("watchers-title");
        };
        view! {
            <button type="button" class="icon-button" aria-label=label on:click=press>
                <Glyph icon=Icon::Cross/>
            </button>
        }
    });
    view! {
        <li>
            <span dir="auto">{name}</span>
            {address.then(|| view! { " " <span class="quiet">{texts::record::mail_only()}</span> })}
            {remove}
        </li>
    }
    .into_any()
}

#[component]
fn AddWatchers() -> impl IntoView {
    let watching = Watching::here();
    view! {
        <Dialog open=watching.adding id="add-watchers" title=texts::record::add_watchers()>
            {add_form(watching)}
        </Dialog>
    }
    .into_any()
}

fn add_form(watching: Watching) -> AnyView {
    let (case, saving) = (watching.case, Saving::of(watching.case));
    let chosen = RwSignal::new(Vec::<String>::new());
    let typed = RwSignal::new(String::new());
    let found = found(case, typed);
    let people = Signal::derive(move || {
        let people = found.value.get().unwrap_or_default();
        people
            .into_iter()
            .map(|one| Entry { note: Some(one.email.clone()), ..Entry::new(one.email, one.person.name) })
            .collect()
    });
    let field =
        Addresses { chosen, typed, people, pending: found.pending.into(), open: RwSignal::new(false) };
    let voice = Announcements::here();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let wanted = field.entered();
        if wanted.is_empty() {
            saving.error.set(Some(texts::mistakes::enter_emails().to_owned()));
            ui::focus("watcher-addresses");
            return;
        }
        let number = case.number;
        saving.ask(
            move |remote| Box::pin(add_all(remote, number, chosen, wanted)),
            move || {
                watching.adding.set(false);
                voice.toast(texts::record::watchers_added());
            },
        );
    };
    let help = Some(texts::record::watchers_help().to_owned());
    view! {
        <form on:submit=submit novalidate=true>
            {labelled(
                "watcher-addresses",
                texts::record::who_should_follow().to_owned(),
                help,
                false,
                saving.error.into(),
                move |tied| addresses(tied, field),
            )}
            <div class="dialog-buttons">
                <Button press=move |_| watching.adding.set(false)>{texts::record::cancel()}</Button>
                <Button look=Look::Primary submits=true pending=saving.pending>
                    {texts::record::add_watchers()}
                </Button>
            </div>
        </form>
    }
    .into_any()
}

/// Adds one after the other; those that are added need not be entered again where
/// another is refused.
async fn add_all(
    remote: Remote,
    number: CaseNumber,
    chosen: RwSignal<Vec<String>>,
    wanted: Vec<String>,
) -> Result<Option<CaseRecord>, RemoteError> {
    let mut record = None;
    for address in wanted {
        record = Some(cases::add_watcher(remote, number, &address).await?);
        chosen.try_update(|chosen| chosen.retain(|known| *known != address));
    }
    Ok(record)
}

/// The colleagues that fit what is typed.
fn found(case: OpenCase, typed: RwSignal<String>) -> Fetched<Vec<Colleague>> {
    let organisation = with_record(case, |record| record.summary.organisation.id);
    let support = Account::here().is_support();
    // Support looks up nobody: it belongs to none of the organisations.
    let wanted = Signal::derive(move || {
        let typed = typed.get().trim().to_owned();
        organisation.get().filter(|_| !support).map(|organisation| (organisation, typed))
    });
    colleagues_as_typed(Remote::here(), wanted)
}
