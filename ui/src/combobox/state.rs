//! What a combobox shows at the moment, and what keys do to it.

use leptos::{ev::KeyboardEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::Offer;

/// A combobox that stands on the page.
#[derive(Clone, Copy)]
pub struct State {
    pub offer: Offer,
    pub active: RwSignal<Option<usize>>,
    pub id: StoredValue<String>,
}

impl State {
    /// The id of a part of it.
    pub fn part(self, part: &str) -> String {
        self.id.with_value(|id| format!("{id}-{part}"))
    }

    /// An option's id.
    pub fn option_id(self, index: usize) -> String {
        self.part(&index.to_string())
    }

    /// Hides the list.
    pub fn close(self) {
        self.offer.open.set(false);
        self.active.set(None);
    }

    /// Makes an option the active one and brings it into view.
    fn aim(self, index: usize) {
        self.offer.open.set(true);
        self.active.set(Some(index));
        let id = self.option_id(index);
        // Just opened, the list has no options yet.
        request_animation_frame(move || {
            if let Some(option) = document().get_element_by_id(&id) {
                let options = ScrollIntoViewOptions::new();
                options.set_block(ScrollLogicalPosition::Nearest);
                option.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    }

    /// Takes an option.
    pub fn choose(self, index: usize) {
        if let Some(entry) = self.offer.entries.with_untracked(|entries| entries.get(index).cloned()) {
            self.close();
            self.offer.typed.set(entry.title.clone());
            self.offer.take.run(entry);
        }
    }

    /// What there is to choose from, in words; nothing while it is closed.
    pub fn said(self) -> String {
        let count = self.offer.entries.with(Vec::len);
        match (self.offer.open.get(), self.offer.pending.get()) {
            (false, _) => String::new(),
            (true, true) => texts::ui::searching().to_owned(),
            (true, false) if count == 0 => texts::ui::nothing_found().to_owned(),
            (true, false) => texts::ui::options_found(u64::try_from(count).unwrap_or_default()),
        }
    }

    /// Does what a key means.
    pub fn steer(self, event: &KeyboardEvent) {
        // Keys that choose a character in an input method are not ours.
        if event.is_composing() {
            return;
        }
        let last = self.offer.entries.with_untracked(Vec::len).checked_sub(1);
        let active = self.active.get_untracked();
        match (event.key().as_str(), active, last) {
            ("ArrowDown" | "ArrowUp", _, None) => self.offer.open.set(true),
            ("ArrowDown", Some(at), Some(last)) if at < last => self.aim(at + 1),
            ("ArrowDown", _, Some(_)) => self.aim(0),
            ("ArrowUp", Some(at), Some(_)) if at > 0 => self.aim(at - 1),
            ("ArrowUp", _, Some(last)) => self.aim(last),
            // Without an active option these move in the text.
            ("Home", Some(_), _) => self.aim(0),
            ("End", Some(_), Some(last)) => self.aim(last),
            ("Enter", Some(at), _) => self.choose(at),
            ("Escape", ..) if self.offer.open.get_untracked() => self.close(),
            ("Escape", ..) if !self.offer.typed.with_untracked(String::is_empty) => self.clear(event),
            _ => return,
        }
        event.prevent_default();
    }

    fn clear(self, event: &KeyboardEvent) {
        if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
            input.set_value("");
        }
        self.offer.typed.set(String::new());
    }
}
