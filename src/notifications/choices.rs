//! Choosing what to be told of, where and how often: a dialog on the page.

use contract::notification::{Channel, MailPace, NotificationChoices, Topic};
use leptos::{ev, prelude::*, task::spawn_local};
use ui::{Banner, Button, ChoiceCard, ChoiceKind, Dialog, Look, Skeleton, Tone};

use super::browser;
use crate::{
    remote::{Fetched, Remote, RemoteError, notifications},
    shell::Failure,
};

/// What the dialog's parts share.
#[derive(Clone, Copy)]
struct Choosing {
    remote: Remote,
    kept: Fetched<NotificationChoices>,
    /// What is shown, kept or not.
    chosen: RwSignal<NotificationChoices>,
    /// How keeping it went, if it was tried.
    outcome: RwSignal<Option<Result<(), RemoteError>>>,
}

/// The button, and the dialog it opens.
pub fn choices() -> AnyView {
    let open = RwSignal::new(false);
    view! {
        <Button press=move |_| open.set(true)>{texts::notifications::choices()}</Button>
        <Dialog open=open id="notification-choices" title=texts::notifications::choices().to_owned()>
            {form(open)}
        </Dialog>
    }
    .into_any()
}

fn form(open: RwSignal<bool>) -> AnyView {
    let here = Choosing {
        remote: Remote::here(),
        kept: Fetched::new(None),
        chosen: RwSignal::new(NotificationChoices::default()),
        outcome: RwSignal::new(None),
    };
    here.ask();
    let state =
        ui::memo(move || (here.kept.value.with(Option::is_some), here.kept.error.with(Option::is_some)));
    view! {
        <div class="preferences">
            <p class="quiet">{texts::notifications::choices_explained()}</p>
            {ui::dynamic(move || match state.get() {
                (true, _) => {
                    here.chosen.set(here.kept.value.get_untracked().unwrap_or_default());
                    fields(here)
                }
                (false, true) => failure(here),
                (false, false) => {
                    view! { <Skeleton lines=6 label=texts::notifications::loading_choices()/> }.into_any()
                }
            })}
            {in_the_browser()}
            <div class="dialog-buttons">
                <Button look=Look::Primary press=move |_| open.set(false)>{texts::preferences::done()}</Button>
            </div>
        </div>
    }
    .into_any()
}

fn failure(here: Choosing) -> AnyView {
    ui::shown(move || {
        here.kept.error.get().map(|error| view! { <Failure error=error retry=move |()| here.ask()/> })
    })
}

fn fields(here: Choosing) -> AnyView {
    let topics = Topic::ALL.into_iter().map(|topic| {
        let (id, chosen) = (format!("told-of-{topic:?}"), here.chosen.get_untracked().channel(topic));
        let options = Channel::ALL.map(|channel| (channel.label(), channel == chosen));
        select(id, topic.label(), None, &options, move |index| {
            if let Some(channel) = Channel::ALL.get(index) {
                here.choose(here.chosen.get_untracked().with(topic, *channel));
            }
        })
    });
    let pace = here.chosen.get_untracked().pace;
    let paces = MailPace::ALL.map(|known| (known.label(), known == pace));
    let help = Some(texts::notifications::pace_help());
    let pace = select("mail-pace".to_owned(), texts::notifications::pace(), help, &paces, move |index| {
        if let Some(pace) = MailPace::ALL.get(index) {
            here.choose(NotificationChoices { pace: *pace, ..here.chosen.get_untracked() });
        }
    });
    view! {
        {topics.collect_view()}
        {pace}
        <div role="status">
            {ui::shown(move || {
                here.outcome.get().map(|outcome| match outcome {
                    Ok(()) => view! { <p class="quiet">{texts::notifications::saved()}</p> }.into_any(),
                    Err(error) => {
                        let retry = move |()| here.choose(here.chosen.get_untracked());
                        view! { <Failure error=error retry=retry/> }.into_any()
                    }
                })
            })}
        </div>
    }
    .into_any()
}

/// A choice of one among a few; says which by its place.
fn select(
    id: String,
    label: &'static str,
    help: Option<&'static str>,
    options: &[(&'static str, bool)],
    choose: impl Fn(usize) + 'static,
) -> AnyView {
    let help_id = help.map(|_| format!("{id}-help"));
    let options: Vec<_> = options
        .iter()
        .enumerate()
        .map(|(place, (label, selected))| {
            view! {
                <option value=place.to_string() selected=*selected>
                    {*label}
                </option>
            }
        })
        .collect();
    let change = move |event: ev::Event| {
        if let Ok(place) = event_target_value(&event).parse() {
            choose(place);
        }
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            {help.map(|help| view! { <p class="quiet" id=help_id.clone()>{help}</p> })}
            <select class="input" id=id aria-describedby=help_id on:change=change>
                {options}
            </select>
        </div>
    }
    .into_any()
}

/// Notifications of the browser's own. It asks for leave only once this is chosen.
fn in_the_browser() -> AnyView {
    if !browser::is_able() {
        return ().into_any();
    }
    let (on, refused) = (RwSignal::new(browser::is_on()), RwSignal::new(false));
    let choose = move |wanted: bool| {
        refused.set(false);
        if !wanted {
            browser::switch_off();
            on.set(false);
            return;
        }
        spawn_local(async move {
            let allowed = browser::switch_on().await;
            // The dialog may have gone meanwhile.
            let _gone = on.try_set(allowed);
            let _gone = refused.try_set(!allowed);
        });
    };
    view! {
        <ChoiceCard
            kind=ChoiceKind::Many
            group="browser-notifications".to_owned()
            title=texts::notifications::in_the_browser().to_owned()
            help=Some(texts::notifications::in_the_browser_help().to_owned())
            chosen=on
            choose=choose
        />
        {ui::shown(move || {
            refused.get().then(|| {
                view! {
                    <Banner tone=Tone::Warning live=true>
                        <p>{texts::notifications::browser_refused()}</p>
                    </Banner>
                }
            })
        })}
    }
    .into_any()
}

impl Choosing {
    fn ask(self) {
        self.kept.ask(Box::pin(notifications::choices(self.remote)));
    }

    /// Shows a choice and keeps it.
    fn choose(self, choices: NotificationChoices) {
        self.chosen.set(choices);
        self.outcome.set(None);
        spawn_local(async move {
            let outcome = notifications::choose(self.remote, &choices).await;
            // Only the newest counts, and the dialog may have gone.
            if self.chosen.try_get_untracked() == Some(choices) {
                let _gone = self.outcome.try_set(Some(outcome));
            }
        });
    }
}
