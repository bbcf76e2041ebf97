//! Changing what a text area holds, so that the browser can undo it.

use wasm_bindgen::JsCast;
use web_sys::{Event, EventInit, HtmlDocument, HtmlTextAreaElement};

use super::change::{Change, Passage, to_bytes, to_units};

/// What an area holds and what is selected in it.
pub struct Held {
    text: String,
    from: usize,
    to: usize,
}

impl Held {
    /// What it holds now.
    pub fn by(area: &HtmlTextAreaElement) -> Self {
        let text = area.value();
        let from = to_bytes(&text, area.selection_start().ok().flatten().unwrap_or_default());
        let to = to_bytes(&text, area.selection_end().ok().flatten().unwrap_or_default());
        Self { from, to: to.max(from), text }
    }

    /// As a passage.
    pub fn passage(&self) -> Passage<'_> {
        Passage { text: &self.text, from: self.from, to: self.to }
    }

    /// Where the caret is, unless something is selected.
    pub fn caret(&self) -> Option<usize> {
        (self.from == self.to).then_some(self.from)
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Makes a change where the person writes. Only the browser's own command for it keeps
/// what can be undone; a browser without it loses that, and no more.
pub fn perform(area: &HtmlTextAreaElement, change: &Change) {
    let text = area.value();
    let (from, to) = (to_units(&text, change.replace.start), to_units(&text, change.replace.end));
    // An area out of the page takes no focus, and needs none.
    let _focused = area.focus();
    select(area, from, to);
    let is_nothing = from == to && change.insert.is_empty();
    if !is_nothing && !command(&change.insert) {
        let _replaced = area.set_range_text_with_start_and_end(&change.insert, from, to);
        tell(area);
    }
    let after = change.apply(&text);
    select(area, to_units(&after, change.select.start), to_units(&after, change.select.end));
}

fn select(area: &HtmlTextAreaElement, from: u32, to: u32) {
    // Fails for no area.
    let _selected = area.set_selection_range(from, to);
}

fn command(insert: &str) -> bool {
    let Ok(document) = leptos::prelude::document().dyn_into::<HtmlDocument>() else { return false };
    let name = if insert.is_empty() { "delete" } else { "insertText" };
    document.exec_command_with_show_ui_and_value(name, false, insert) == Ok(true)
}

fn tell(area: &HtmlTextAreaElement) {
    let init = EventInit::new();
    init.set_bubbles(true);
    if let Ok(event) = Event::new_with_event_init_dict("input", &init) {
        let _told = area.dispatch_event(&event);
    }
}
