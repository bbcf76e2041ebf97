//! Acting on a case that is not open, such as from a list.

use contract::{Action, CaseNumber};
use leptos::prelude::*;
use ui::Announcements;

use super::{ActionDialog, Asked};
use crate::remote::{Fetched, Remote, cases};

/// Asks more about an action once the case is here; `done` when that is over, for
/// whatever reason.
pub fn ask_from_afar(number: CaseNumber, action: Action, done: impl Fn() + Copy + 'static) -> AnyView {
    let record = Fetched::new(None);
    let asked = Asked::of(number, record);
    let announcements = Announcements::here();
    provide_context(asked);
    record.ask(Box::pin(cases::record(Remote::here(), number)));
    let begun = StoredValue::new(false);
    ui::watch(move || {
        let allowed = record.value.with(|case| case.as_ref().map(|case| case.actions.contains(&action)));
        match allowed.or_else(|| record.error.with(|error| error.is_some().then_some(false))) {
            None => {}
            Some(_) if begun.get_value() => {}
            Some(true) => {
                begun.set_value(true);
                asked.ask(action);
            }
            Some(false) => {
                announcements.say(texts::activities::cannot_be_done_now().to_owned());
                done();
            }
        }
    });
    ui::watch(move || {
        if asked.action.with(Option::is_none) && begun.get_value() {
            done();
        }
    });
    view! { <ActionDialog/> }.into_any()
}
