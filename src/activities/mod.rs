//! My activities: what one has to do with cases, and acting on them from here.

mod needs_me;
mod part;
mod row;

use contract::{
    Action, Activity, CaseNumber,
    activity::{ACTIVITY_CASES_MAX, ActivityPart},
};
use leptos::prelude::*;
use ui::{EmptyState, Icon, Skeleton};

pub use needs_me::NeedsMe;

use self::part::part;
use crate::{
    cases::{ask_from_afar, keep_returned},
    local::Outbox,
    remote::{Fetched, Remote, activities, live::Live, session::Account},
    routes::Route,
    shell::{Failure, Page},
};

/// The parts, kept fresh, and the action asked about.
#[derive(Clone, Copy)]
struct Activities {
    parts: Fetched<Vec<ActivityPart>>,
    asked: RwSignal<Option<(CaseNumber, Action)>>,
    remote: Remote,
}

impl Activities {
    /// Asks for them now and whenever something happened.
    fn start() -> Self {
        let here = Self { parts: Fetched::new(None), asked: RwSignal::new(None), remote: Remote::here() };
        here.ask();
        Live::here().listen(move |_| here.ask());
        let (outbox, me) = (Outbox::here(), Account::here().id());
        outbox.listen(move |_| here.ask());
        outbox.listen_returned(move |item| {
            keep_returned(me, &item.outgoing);
            here.asked.set(Some((item.outgoing.number, item.outgoing.action)));
        });
        here
    }

    fn ask(self) {
        self.parts.ask(Box::pin(activities::read(self.remote)));
    }

    /// How many cases a part has, once that is known.
    fn count(self, activity: Activity) -> Option<u64> {
        self.part(activity, |part| part.count)
    }

    fn part<T>(self, activity: Activity, read: impl FnOnce(&ActivityPart) -> T) -> Option<T> {
        self.parts.value.with(|parts| parts.as_ref()?.iter().find(|part| part.activity == activity).map(read))
    }

    /// The dialog for the action asked about.
    fn dialog(self) -> AnyView {
        ui::dynamic(move || match self.asked.get() {
            Some((number, action)) => ask_from_afar(number, action, move || {
                self.asked.try_set(None);
            }),
            None => ().into_any(),
        })
    }
}

/// The page.
pub fn page() -> AnyView {
    let here = Activities::start();
    let state = ui::memo(move || {
        let none =
            here.parts.value.with(|parts| parts.as_ref().map(|p| p.iter().all(|part| part.count == 0)));
        (none, here.parts.error.with(Option::is_some))
    });
    view! {
        <Page title=Signal::stored(texts::shell::my_activities().to_owned())>
            <h1>{texts::shell::my_activities()}</h1>
            {ui::dynamic(move || match state.get() {
                (None, false) => view! { <Skeleton lines=8 label=texts::activities::loading()/> }.into_any(),
                (None, true) => failure(here),
                (Some(true), _) => nothing(),
                (Some(false), _) => parts(here),
            })}
            {here.dialog()}
        </Page>
    }
    .into_any()
}

fn failure(here: Activities) -> AnyView {
    ui::shown(move || {
        here.parts.error.get().map(|error| view! { <Failure error=error retry=move |()| here.ask()/> })
    })
}

fn nothing() -> AnyView {
    view! {
        <EmptyState icon=Icon::Inbox title=texts::activities::nothing_yet()>
            <p>{texts::activities::what_comes_here()}</p>
            <a class="button button-primary" href=Route::NewCase.to_string()>
                {texts::shell::create_a_case()}
            </a>
        </EmptyState>
    }
    .into_any()
}

fn parts(here: Activities) -> AnyView {
    view! {
        <nav class="activity-counts" aria-label=texts::activities::parts()>
            {Activity::ALL.map(|activity| tally(here, activity)).collect_view()}
        </nav>
        {Activity::ALL.map(|activity| part(here, activity, ACTIVITY_CASES_MAX)).collect_view()}
    }
    .into_any()
}

/// How many there are of a part, as a link to it.
fn tally(here: Activities, activity: Activity) -> AnyView {
    let count = move || here.count(activity).unwrap_or_default();
    view! {
        <a
            class="activity-count"
            class:activity-none=move || count() == 0
            data-activity=activity.key()
            href=format!("#{}", activity.key())
        >
            <strong>{count}</strong>
            <span>{activity.label()}</span>
        </a>
    }
    .into_any()
}
