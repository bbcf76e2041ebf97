//! An organisation's people, for its administrators: who belongs to it and who is invited,
//! what it sets, and what was done.

mod changing;
mod invitations;
mod inviting;
mod listed;
mod policy;
mod record;
mod requests;

use contract::{
    live::LiveEvent,
    member::Members,
    people::{MembershipRole, OrganisationRef},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use ui::{Announcements, EmptyState, Entry, Icon, Tab, Tabs, field::labelled};
use uuid::Uuid;

use crate::{
    remote::{Fetched, Remote, live::Live, members, session::Account},
    routes::{ORGANISATION, TAB, people_url},
    shell::Page,
};

/// The tabs of the page, as its address names them.
const PEOPLE: &str = "people";
const POLICY: &str = "policy";
const RECORD: &str = "record";

/// What the page's parts share.
#[derive(Clone, Copy)]
struct Here {
    remote: Remote,
    organisation: Uuid,
    /// Who signed in.
    me: Uuid,
    members: Fetched<Members>,
    voice: Announcements,
}

impl Here {
    fn ask(self) {
        self.members.ask(Box::pin(members::list(self.remote, self.organisation)));
    }
}

/// The page.
pub fn page() -> AnyView {
    let account = Account::here();
    let organisations = account.administered();
    let (me, parameters) = (account.id(), use_query_map());
    let known = StoredValue::new(organisations.clone());
    let wanted = ui::memo(move || {
        let wanted = parameters.with(|all| all.get(ORGANISATION));
        known.with_value(|known| {
            let named = known.iter().find(|one| Some(one.id.to_string()) == wanted);
            named.or(known.first()).map(|organisation| organisation.id)
        })
    });
    view! {
        <Page title=Signal::stored(texts::people::title().to_owned())>
            <h1>{texts::people::title()}</h1>
            {(organisations.len() > 1).then(|| which(organisations, wanted))}
            {ui::dynamic(move || match wanted.get() {
                Some(organisation) => of_organisation(organisation, me),
                None => not_an_administrator(),
            })}
        </Page>
    }
    .into_any()
}

fn not_an_administrator() -> AnyView {
    view! {
        <EmptyState icon=Icon::Info title=texts::people::for_administrators()>
            <p>{texts::people::ask_an_administrator()}</p>
        </EmptyState>
    }
    .into_any()
}

/// The choice between several organisations.
fn which(organisations: Vec<OrganisationRef>, wanted: Memo<Option<Uuid>>) -> AnyView {
    let entry = |organisation: OrganisationRef| Entry::new(organisation.id.to_string(), organisation.name);
    let entries: Vec<_> = organisations.into_iter().map(entry).collect();
    let navigate = use_navigate();
    let chosen = Signal::derive(move || wanted.get().map(|id| id.to_string()).unwrap_or_default());
    labelled(
        "people-organisation",
        texts::overview::organisation().to_owned(),
        None,
        false,
        Signal::stored(None),
        move |tied| {
            let go = Callback::new(move |id: String| {
                navigate(&people_url(&[(ORGANISATION, id)]), Default::default());
            });
            ui::select(tied, Signal::stored(entries), None, chosen, go)
        },
    )
}

fn of_organisation(organisation: Uuid, me: Uuid) -> AnyView {
    let here = Here {
        remote: Remote::here(),
        organisation,
        me,
        members: Fetched::new(None),
        voice: Announcements::here(),
    };
    here.ask();
    Live::here().listen(move |event| {
        if matches!(event, LiveEvent::Reload) && here.members.value.try_get_untracked().is_some() {
            here.ask();
        }
    });
    let (parameters, navigate) = (use_query_map(), use_navigate());
    let selected = Signal::derive(move || parameters.with(|all| all.get(TAB)).unwrap_or_default());
    let select = Callback::new(move |tab: String| {
        let several = parameters.with_untracked(|all| all.get(ORGANISATION));
        let mut all: Vec<_> = several.map(|id| (ORGANISATION, id)).into_iter().collect();
        if tab != PEOPLE {
            all.push((TAB, tab));
        }
        let options = leptos_router::NavigateOptions { replace: true, scroll: false, ..Default::default() };
        navigate(&people_url(&all), options);
    });
    let panel = Callback::new(move |tab: String| match tab.as_str() {
        POLICY => policy::panel(here),
        RECORD => record::panel(here),
        _ => listed::panel(here),
    });
    let tabs = vec![
        Tab::new(PEOPLE, texts::people::people()),
        Tab::new(POLICY, texts::people::policy()),
        Tab::new(RECORD, texts::people::record()),
    ];
    view! { <Tabs id="people" label=texts::people::title() tabs=tabs selected=selected select=select panel=panel/> }
        .into_any()
}

/// What somebody is, in a word.
fn role_label(role: MembershipRole) -> &'static str {
    match role {
        MembershipRole::User => texts::people::user(),
        MembershipRole::Administrator => texts::people::administrator(),
        MembershipRole::Partner => texts::people::partner(),
    }
}
