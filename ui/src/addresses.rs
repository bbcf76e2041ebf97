//! Several e-mail addresses: those of people who can be searched for, and any other.

use std::time::Duration;

use leptos::{ev::KeyboardEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::{
    combobox::{Offer, combobox},
    entry::Entry,
    erased,
    field::Control,
    icon::{Glyph, Icon},
};

/// What parts one address from the next where several are typed or pasted.
const PARTERS: [char; 4] = [',', ';', '\n', '\t'];

/// A press lasts no longer than this.
const AFTER_PRESS: Duration = Duration::from_millis(300);

/// The addresses chosen, the text being typed, and who can be offered for it.
#[derive(Clone, Copy)]
pub struct Addresses {
    /// The addresses so far.
    pub chosen: RwSignal<Vec<String>>,
    /// What is typed and not yet one of them. Whoever holds it looks for people by it.
    pub typed: RwSignal<String>,
    /// People whose addresses can be taken: the address as value, the name as title.
    pub people: Signal<Vec<Entry>>,
    /// Whether other people are on their way.
    pub pending: Signal<bool>,
    /// Whether the people are shown.
    pub open: RwSignal<bool>,
}

impl Addresses {
    /// Everything entered, what is still being typed among it, so that nothing is lost.
    #[must_use]
    pub fn entered(self) -> Vec<String> {
        let typed = self.typed.get().trim().to_owned();
        let mut entered = self.chosen.get();
        if !typed.is_empty() && !entered.contains(&typed) {
            entered.push(typed);
        }
        entered
    }

    /// Takes addresses in, each once.
    fn take(self, added: &str) {
        let added = added.split(PARTERS).map(str::trim).filter(|address| !address.is_empty());
        self.chosen.update(|chosen| {
            for address in added {
                if !chosen.iter().any(|known| known.eq_ignore_ascii_case(address)) {
                    chosen.push(address.to_owned());
                }
            }
        });
        self.typed.set(String::new());
        self.open.set(false);
    }

    fn take_typed(self) {
        let typed = self.typed.get_untracked();
        if !typed.trim().is_empty() {
            self.take(&typed);
        }
    }

    /// Takes what is typed once the press is over that took the focus away: the chip it
    /// becomes moves what stands below, and the press must not miss its button.
    fn take_typed_soon(self, field: String) {
        set_timeout(
            move || {
                let back = document().active_element().is_some_and(|active| active.id() == field);
                if !back && self.typed.try_get_untracked().is_some() {
                    self.take_typed();
                }
            },
            AFTER_PRESS,
        );
    }

    fn steer(self, event: &KeyboardEvent) {
        // Taken by the list already, or part of a character.
        if event.default_prevented() || event.is_composing() {
            return;
        }
        let empty = self.typed.with_untracked(String::is_empty);
        match event.key().as_str() {
            "Enter" | "," | ";" if !empty => {
                event.prevent_default();
                self.take_typed();
            }
            "Backspace" if empty => self.chosen.update(|chosen| drop(chosen.pop())),
            _ => {}
        }
    }

    /// What can be taken now: people not chosen yet, or the very address typed.
    fn entries(self) -> Vec<Entry> {
        let chosen = self.chosen.get();
        let typed = self.typed.get().trim().to_owned();
        let mut entries = self.people.get();
        let known = entries.iter().any(|entry| entry.value.eq_ignore_ascii_case(&typed));
        entries.retain(|entry| !chosen.contains(&entry.value));
        if typed.contains('@') && !known {
            entries.push(Entry {
                note: Some(texts::ui::add_address().to_owned()),
                ..Entry::new(&typed, &typed)
            });
        }
        entries
    }
}

/// The addresses as chips, and a field that adds to them: Enter or a comma takes what
/// is typed, Backspace in the empty field takes the last one back.
pub fn addresses(tied: Control, addresses: Addresses) -> AnyView {
    let entries = erased::memo(move || addresses.entries());
    let take = Callback::new(move |entry: Entry| addresses.take(&entry.value));
    erased::watch(move || match addresses.typed.get() {
        // Nothing is looked for any more: the list would only be in the way.
        typed if typed.is_empty() => addresses.open.set(false),
        // Several pasted at once.
        typed if typed.contains(PARTERS) => addresses.take_typed(),
        _ => {}
    });
    let (id, field) = (tied.id.clone(), tied.id.clone());
    let Addresses { typed, pending, open, .. } = addresses;
    let offer = Offer { typed, entries: entries.into(), pending, open, take };
    view! {
        <div
            class="addresses"
            on:keydown=move |event| addresses.steer(&event)
            on:focusout=move |_| addresses.take_typed_soon(field.clone())
        >
            {erased::shown(move || {
                let chosen = addresses.chosen.get();
                (!chosen.is_empty()).then(|| chips(addresses, chosen, &id))
            })}
            {combobox(tied, offer)}
        </div>
    }
    .into_any()
}

fn chips(addresses: Addresses, chosen: Vec<String>, field: &str) -> AnyView {
    let chip = |address: String| {
        let remove = texts::ui::remove(&address);
        let (gone, field) = (address.clone(), field.to_owned());
        let press = move |_| {
            addresses.chosen.update(|chosen| chosen.retain(|address| *address != gone));
            // The button that had the focus is gone.
            let field = document().get_element_by_id(&field);
            if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
                let _focused = field.focus();
            }
        };
        view! {
            <li>
                <button type="button" class="filter-chip" aria-label=remove on:click=press>
                    <span dir="auto">{address}</span>
                    <Glyph icon=Icon::Cross/>
                </button>
            </li>
        }
    };
    view! { <ul class="address-chips">{chosen.into_iter().map(chip).collect_view()}</ul> }.into_any()
}
