//! What the organisation sets: who sees its cases, and who follows every new one.

use contract::{
    ProblemCode,
    member::{Policy, Visibility},
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use ui::{
    Banner, Button, ChoiceCard, ChoiceKind, Look, Skeleton, Tone,
    addresses::{Addresses, addresses},
    field::{grouped, labelled},
};

use super::Here;
use crate::{
    remote::{Fetched, RemoteError, members, people::colleagues_as_typed},
    shell::Failure,
};

const WATCHERS: &str = "default-watchers";

/// What the form's parts share.
#[derive(Clone, Copy)]
struct Setting {
    here: Here,
    kept: Fetched<Policy>,
    visibility: RwSignal<Visibility>,
    watchers: Addresses,
    mistake: RwSignal<Option<String>>,
    error: RwSignal<Option<String>>,
    pending: RwSignal<bool>,
}

/// The tab.
pub fn panel(here: Here) -> AnyView {
    let typed = RwSignal::new(String::new());
    let wanted = Signal::derive(move || Some((here.organisation, typed.get().trim().to_owned())));
    let found = colleagues_as_typed(here.remote, wanted);
    let people = Signal::derive(move || {
        let people = found.value.get().unwrap_or_default();
        let entry = |one: contract::people::Colleague| ui::Entry {
            note: Some(one.email.clone()),
            ..ui::Entry::new(one.email, one.person.name)
        };
        people.into_iter().map(entry).collect()
    });
    let setting = Setting {
        here,
        kept: Fetched::new(None),
        visibility: RwSignal::new(Visibility::Organisation),
        watchers: Addresses {
            chosen: RwSignal::new(Vec::new()),
            typed,
            people,
            pending: found.pending.into(),
            open: RwSignal::new(false),
        },
        mistake: RwSignal::new(None),
        error: RwSignal::new(None),
        pending: RwSignal::new(false),
    };
    setting.ask();
    let known = ui::memo(move || setting.kept.value.with(Option::is_some));
    ui::dynamic(move || match (known.get(), setting.kept.error.get()) {
        (true, _) => {
            if let Some(kept) = setting.kept.value.get_untracked() {
                setting.visibility.set(kept.visibility);
                setting.watchers.chosen.set(kept.default_watchers);
            }
            form(setting)
        }
        (false, Some(error)) => view! { <Failure error=error retry=move |()| setting.ask()/> }.into_any(),
        (false, None) => view! { <Skeleton lines=4 label=texts::people::loading_policy()/> }.into_any(),
    })
}

fn form(here: Setting) -> AnyView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        here.save();
    };
    let who = texts::people::who_sees_cases().to_owned();
    let visibility = grouped("visibility", who, None, false, Signal::stored(None), move |_| {
        let cards = [
            (Visibility::Organisation, texts::people::all_see(), texts::people::all_see_help()),
            (Visibility::Own, texts::people::own_see(), texts::people::own_see_help()),
        ]
        .map(|(value, title, help)| {
            view! {
                <ChoiceCard
                    kind=ChoiceKind::One
                    group="visibility".to_owned()
                    title=title.to_owned()
                    help=Some(help.to_owned())
                    chosen=Signal::derive(move || here.visibility.get() == value)
                    choose=move |chosen: bool| if chosen { here.visibility.set(value) }
                />
            }
        })
        .collect_view();
        view! { <div class="choices">{cards}</div> }.into_any()
    });
    let (label, help) = (texts::people::default_watchers(), texts::people::default_watchers_help());
    let watchers =
        labelled(WATCHERS, label.to_owned(), Some(help.to_owned()), true, here.mistake.into(), move |tied| {
            addresses(tied, here.watchers)
        });
    view! {
        <form class="people-policy" on:submit=submit novalidate=true>
            {ui::shown(move || {
                here.error.get().map(|text| view! { <Banner tone=Tone::Danger live=true>{text}</Banner> })
            })}
            {visibility}
            {watchers}
            <div>
                <Button look=Look::Primary submits=true pending=here.pending>{texts::people::save()}</Button>
            </div>
        </form>
    }
    .into_any()
}

impl Setting {
    fn ask(self) {
        self.kept.ask(Box::pin(members::policy(self.here.remote, self.here.organisation)));
    }

    fn save(self) {
        let default_watchers = untrack(|| self.watchers.entered());
        let policy = Policy { visibility: self.visibility.get_untracked(), default_watchers };
        self.error.set(None);
        let mistakes = policy.validate().err();
        self.mistake.set(mistakes.and_then(|mistakes| Some(mistakes.first()?.message.clone())));
        if self.mistake.with_untracked(Option::is_some) {
            ui::focus(WATCHERS);
        }
        if self.mistake.with_untracked(Option::is_some) || self.pending.get_untracked() {
            return;
        }
        self.pending.set(true);
        let Here { remote, organisation, voice, .. } = self.here;
        spawn_local(async move {
            let answer = members::set_policy(remote, organisation, &policy).await;
            if self.pending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(kept) => {
                    self.watchers.typed.set(String::new());
                    self.watchers.chosen.set(kept.default_watchers);
                    voice.toast(texts::people::policy_saved());
                }
                Err(error) => self.fail(&error),
            }
        });
    }

    fn fail(self, error: &RemoteError) {
        let problem = error.problem().filter(|problem| problem.code == ProblemCode::InvalidFields);
        match problem.and_then(|problem| problem.errors.first()) {
            Some(mistake) => {
                self.mistake.set(Some(mistake.message.clone()));
                ui::focus(WATCHERS);
            }
            None => self.error.set(Some(error.to_string())),
        }
    }
}
