//! Who belongs to the organisation, and what can be changed about that.

use chrono::{DateTime, Utc};
use contract::{
    CaseQuery,
    case_filter::{Field, Filter},
    limits::SEARCH_MAX,
    member::{Member, MemberChange, Seats},
    people::MembershipRole,
};
use leptos::prelude::*;
use ui::{Button, EmptyState, Glyph, Icon, Menu, MenuItem, Moment, Skeleton, avatar};
use uuid::Uuid;

use super::{
    Here,
    changing::{Changing, Wish},
    invitations, inviting, requests, role_label,
};
use crate::{routes::cases_url, shell::Failure};

/// How many are shown at once, and more each time that is asked for.
const AT_ONCE: usize = 50;

/// The tab.
pub fn panel(here: Here) -> AnyView {
    let known = ui::memo(move || here.members.value.with(Option::is_some));
    ui::dynamic(move || match (known.get(), here.members.error.get()) {
        (true, error) => view! {
            {error.map(|error| view! { <Failure error=error retry=move |()| here.ask()/> })}
            {people(here)}
        }
        .into_any(),
        (false, Some(error)) => view! { <Failure error=error retry=move |()| here.ask()/> }.into_any(),
        (false, None) => view! { <Skeleton lines=6 label=texts::people::loading()/> }.into_any(),
    })
}

fn people(here: Here) -> AnyView {
    let changing = Changing::new(here);
    let (search, shown) = (RwSignal::new(String::new()), RwSignal::new(AT_ONCE));
    let found = ui::memo(move || {
        let search = search.get();
        here.members.value.with(|known| {
            let members = known.iter().flat_map(|known| &known.members);
            members.filter(|member| finds(&search, member)).cloned().collect::<Vec<_>>()
        })
    });
    let count = ui::memo(move || found.with(Vec::len));
    let find = move |event| {
        search.set(event_target_value(&event));
        shown.set(AT_ONCE);
        here.voice.say(texts::people::found(found.with(|found| found.len() as u64)));
    };
    let visible = move || found.with(|found| found.iter().take(shown.get()).cloned().collect::<Vec<_>>());
    view! {
        <div class="people-head">
            <p class="quiet">{ui::dynamic(move || seats(here))}</p>
            {inviting::invite(here)}
        </div>
        {requests::section(here)}
        {invitations::section(here)}
        <section class="people-part" aria-labelledby="people-members">
            <h2 id="people-members" tabindex="-1">{texts::people::members()}</h2>
            <input
                class="input"
                type="search"
                maxlength=SEARCH_MAX.to_string()
                aria-label=texts::people::find()
                placeholder=texts::people::find()
                on:input=find
            />
            <ul class="people-list">
                <For each=visible key=key let(member)>
                    {entry(here, changing, member)}
                </For>
            </ul>
            {ui::shown(move || {
                (count.get() == 0).then(|| {
                    view! {
                        <EmptyState icon=Icon::Search title=texts::people::nobody_found()>
                            <p>{texts::people::try_other_words()}</p>
                        </EmptyState>
                    }
                })
            })}
            {ui::shown(move || {
                (count.get() > shown.get()).then(|| {
                    let more = move |_| shown.update(|shown| *shown += AT_ONCE);
                    view! { <Button press=more>{texts::cases::load_more()}</Button> }
                })
            })}
        </section>
        {changing.dialog()}
    }
    .into_any()
}

type Key = (Uuid, MembershipRole, bool, u32, Option<DateTime<Utc>>);

/// What of somebody can change while they are shown.
fn key(member: &Member) -> Key {
    (member.person.id, member.role, member.active, member.open_cases, member.seen)
}

/// How many seats are used.
fn seats(here: Here) -> AnyView {
    let seats = here.members.value.with(|known| known.as_ref().map(|known| known.seats));
    match seats {
        Some(Seats { used, allowed: Some(allowed) }) => texts::people::seats_of(allowed, used).into_any(),
        Some(Seats { used, allowed: None }) => texts::people::seats(used.into()).into_any(),
        None => ().into_any(),
    }
}

/// Whether each word looked for is in the name or the address.
fn finds(search: &str, member: &Member) -> bool {
    let text = format!("{} {}", member.person.name, member.email).to_lowercase();
    search.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

fn entry(here: Here, changing: Changing, member: Member) -> AnyView {
    let (name, gone) = (member.person.name.clone(), !member.active);
    let tag = match (member.active, member.role) {
        (false, _) => Some(texts::people::deactivated()),
        (true, MembershipRole::User) => None,
        (true, role) => Some(role_label(role)),
    };
    let seen = match (member.active, member.seen) {
        (false, _) => view! { {texts::people::left()} " " <Moment at=member.since/> }.into_any(),
        (true, Some(at)) => view! { {texts::people::here_last()} " " <Moment at=at/> }.into_any(),
        (true, None) => texts::people::never_here().into_any(),
    };
    let me =
        (member.person.id == here.me).then(|| view! { " " <span class="tag">{texts::people::you()}</span> });
    view! {
        <li class:people-gone=gone>
            {avatar(&name, false)}
            <div class="people-who">
                <strong dir="auto">{name}</strong>
                {tag.map(|tag| view! { " " <span class="tag">{tag}</span> })}
                {me}
                <p class="quiet"><span dir="auto">{member.email.clone()}</span> " · " {seen} {open_cases(&member)}</p>
            </div>
            {menu(changing, member)}
        </li>
    }
    .into_any()
}

fn open_cases(member: &Member) -> AnyView {
    if member.open_cases == 0 {
        return ().into_any();
    }
    let requester = Filter { field: Field::Requester, value: member.person.id.to_string() };
    let href = cases_url(&CaseQuery { filters: vec![requester], ..CaseQuery::default() });
    view! { " · " <a href=href>{texts::people::open_cases(member.open_cases.into())}</a> }.into_any()
}

fn menu(changing: Changing, member: Member) -> AnyView {
    let wishes = wishes(&member);
    let name = member.person.name.clone();
    let face = view! {
        <Glyph icon=Icon::Dots/>
        <span class="unseen">{texts::people::actions_for(&name)}</span>
    };
    let items = move || {
        let member = member.clone();
        let item = move |wish: Wish| {
            let member = member.clone();
            let press = move |()| changing.begin(member.clone(), wish);
            view! { <MenuItem press=press>{wish.label()}</MenuItem> }
        };
        wishes.iter().copied().map(item).collect_view()
    };
    view! { <Menu class="button button-quiet" face=face.into_any()>{items()}</Menu> }.into_any()
}

/// What can be done about somebody.
fn wishes(member: &Member) -> Vec<Wish> {
    let changes = MemberChange::ALL.into_iter().filter(|change| change.applies(member.role, member.active));
    let hand_over = (member.open_cases > 0).then_some(Wish::HandOver);
    changes.map(Wish::Change).chain(hand_over).collect()
}

#[cfg(test)]
mod tests {
    use contract::people::PersonRef;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn member(role: MembershipRole, active: bool, open_cases: u32) -> Member {
        Member {
            person: PersonRef { id: Uuid::nil(), name: "Jörg van Hartleb".to_owned(), support: false },
            email: "j.hartleb@nordwerk.example".to_owned(),
            role,
            active,
            since: DateTime::UNIX_EPOCH,
            seen: None,
            open_cases,
        }
    }

    #[wasm_bindgen_test]
    fn people_are_found_by_parts_of_name_and_address() {
        let jorg = member(MembershipRole::User, true, 0);
        for found in ["", "jÖr", "leb hart", "@nordwerk"] {
            assert!(finds(found, &jorg), "{found}");
        }
        assert!(!finds("jörg zz", &jorg));
    }

    #[wasm_bindgen_test]
    fn only_what_is_possible_is_offered() {
        use MemberChange::{Deactivate, Demote, Promote, Reactivate};
        use MembershipRole::{Administrator, Partner, User};
        let offered = |role, active, open| wishes(&member(role, active, open));
        assert_eq!(offered(User, true, 0), [Wish::Change(Promote), Wish::Change(Deactivate)]);
        assert_eq!(
            offered(Administrator, true, 2),
            [Wish::Change(Demote), Wish::Change(Deactivate), Wish::HandOver]
        );
        assert_eq!(offered(Partner, true, 0), [Wish::Change(Deactivate)]);
        assert_eq!(offered(User, false, 1), [Wish::Change(Reactivate), Wish::HandOver]);
    }
}
