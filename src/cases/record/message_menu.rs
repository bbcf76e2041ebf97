//! What can be done with a message.

use chrono::Utc;
use contract::{
    Entry,
    thread::{Content, Purpose, may_edit},
};
use leptos::{ev::PointerEvent, prelude::*};
use ui::{Announcements, Glyph, Icon, Menu, MenuItem};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{
    editing::Editing,
    history::History,
    quoting::{Quoting, selected_in},
};
use crate::{cases::record::OpenCase, remote::session::Account};

/// The class of the buttons that open these menus.
pub const OPENER: &str = "message-menu";

/// The menu of a message.
pub fn message_menu(entry: Entry) -> AnyView {
    let id = format!("entry-{}", entry.id);
    let label = texts::record::options_of_message(&entry.author.name);
    // Pressing the button may end the selection.
    let selected = StoredValue::new(None::<String>);
    let note_selection = {
        let id = id.clone();
        move |event: PointerEvent| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if target.is_some_and(|target| matches!(target.closest(&format!(".{OPENER}")), Ok(Some(_)))) {
                selected.set_value(selected_in(&id));
            }
        }
    };
    let face = view! {
        <Glyph icon=Icon::Dots/>
        <span class="unseen">{label}</span>
    };
    let (entry, id) = (StoredValue::new(entry), StoredValue::new(id));
    view! {
        <span class="message-tools" on:pointerdown=note_selection>
            <Menu class=OPENER face=face.into_any()>
                {items(entry, id, selected)}
            </Menu>
        </span>
    }
    .into_any()
}

fn items(
    entry: StoredValue<Entry>,
    id: StoredValue<String>,
    selected: StoredValue<Option<String>>,
) -> AnyView {
    let (open, quoting, announcements) =
        (expect_context::<OpenCase>(), Quoting::here(), Announcements::here());
    let (editing, history, me) = (Editing::here(), expect_context::<History>(), Account::here().id());
    let may_quote = open.record.value.with_untracked(|record| {
        record.as_ref().is_some_and(|record| record.actions.contains(&contract::Action::Reply))
    });
    let quote = move |()| {
        entry.with_value(|entry| {
            let Content::Message { source, purpose, .. } = &entry.content else { return };
            let part = id.with_value(|id| selected.get_value().or_else(|| selected_in(id)));
            let said = part.as_deref().unwrap_or(source);
            quoting.quote(&entry.author.name, said, *purpose == Purpose::Note);
        });
    };
    let copy = move |()| {
        let location = window().location();
        let page = location.origin().and_then(|origin| Ok(origin + &location.pathname()?));
        let link = format!("{}#{}", page.unwrap_or_default(), id.get_value());
        ui::markdown::copy_text(&link, announcements);
    };
    let may_change = entry.with_value(|entry| may_edit(entry, me, Utc::now()));
    let was_changed = entry.with_value(|entry| entry.content.revision() > 0);
    view! {
        {may_quote.then(|| view! { <MenuItem press=quote>{texts::record::quote()}</MenuItem> })}
        <MenuItem press=copy>{texts::record::copy_link()}</MenuItem>
        {may_change.then(|| {
            let edit = move |()| entry.with_value(|entry| editing.start(entry));
            view! { <MenuItem press=edit>{texts::record::edit()}</MenuItem> }
        })}
        {was_changed.then(|| {
            let show = move |()| history.show(entry.with_value(|entry| entry.id));
            view! { <MenuItem press=show>{texts::record::show_history()}</MenuItem> }
        })}
    }
    .into_any()
}
