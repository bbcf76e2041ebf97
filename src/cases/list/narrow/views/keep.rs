//! Keeping the list as it is under a name.

use contract::{
    ProblemCode,
    people::MembershipRole,
    saved_view::{NewView, Parameter},
};
use leptos::{prelude::*, task::spawn_local};
use ui::{
    Button,
    field::labelled,
    input::{Line, line},
};

use super::Views;
use crate::remote::{RemoteError, session::Account, views};

/// What is typed, and what became of it.
#[derive(Clone, Copy)]
struct Keeping {
    here: Views,
    name: RwSignal<String>,
    shared: RwSignal<bool>,
    error: RwSignal<Option<String>>,
    pending: RwSignal<bool>,
}

/// A name, and for administrators whether everybody is to have it.
pub fn form(here: Views) -> AnyView {
    let keeping = Keeping {
        here,
        name: RwSignal::new(String::new()),
        shared: RwSignal::new(false),
        error: RwSignal::new(None),
        pending: RwSignal::new(false),
    };
    let account = Account::here();
    let mut memberships = account.0.memberships.iter();
    let administered = memberships.find(|known| known.role == MembershipRole::Administrator);
    let share = administered.map(|membership| {
        view! {
            <label class="views-share">
                <input
                    type="checkbox"
                    prop:checked=keeping.shared
                    on:change=move |event| keeping.shared.set(event_target_checked(&event))
                />
                <span>{texts::views::share_with(&membership.organisation.name)}</span>
            </label>
        }
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        keeping.keep();
    };
    let label = texts::views::keep_as().to_owned();
    let take = Callback::new(move |typed| keeping.name.set(typed));
    view! {
        <form class="views-keep" novalidate on:submit=submit>
            {labelled(NAME, label, None, false, keeping.error.into(), move |control| {
                line(control, LINE, keeping.name.into(), take)
            })}
            {share}
            <Button submits=true pending=keeping.pending>{texts::views::keep()}</Button>
        </form>
    }
    .into_any()
}

/// The id of the name's control.
pub const NAME: &str = "view-name";

/// A name of the person's own making.
const LINE: Line = Line::of("text");

impl Keeping {
    fn keep(self) {
        if self.pending.get_untracked() {
            return;
        }
        let parameters = self.here.listing.query.with_untracked(Parameter::of);
        let view =
            NewView { name: self.name.get_untracked(), parameters, shared: self.shared.get_untracked() };
        let view = match view.validate() {
            Ok(view) => view,
            Err(errors) => {
                self.error.set(errors.into_iter().next().map(|error| error.message));
                return;
            }
        };
        self.error.set(None);
        self.pending.set(true);
        spawn_local(async move {
            let answer = views::save(self.here.remote, &view).await;
            if self.pending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(saved) => {
                    self.name.set(String::new());
                    self.here.announcements.toast(texts::views::kept(saved.name));
                    self.here.ask();
                }
                Err(error) => self.error.set(Some(what_is_wrong(&error))),
            }
        });
    }
}

/// The backend's word on the fields, or why there is none.
fn what_is_wrong(error: &RemoteError) -> String {
    let mistake = error.problem().filter(|problem| problem.code == ProblemCode::InvalidFields);
    let mistake = mistake.and_then(|problem| problem.errors.first());
    mistake.map_or_else(|| error.to_string(), |mistake| mistake.message.clone())
}
