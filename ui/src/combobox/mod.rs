//! One of a list too long to show, or still to be fetched: typing narrows it.
//!
//! The ARIA 1.2 combobox with a listbox: the focus stays in the text, the active
//! option is named by `aria-activedescendant`.

mod state;

use leptos::prelude::*;

use self::state::State;
use crate::{entry::Entry, erased, field::Control};

/// What a combobox offers, and to whom.
#[derive(Clone, Copy)]
pub struct Offer {
    /// What is typed. Whoever holds it narrows the entries by it; it becomes the
    /// title of what is chosen.
    pub typed: RwSignal<String>,
    /// What can be chosen now.
    pub entries: Signal<Vec<Entry>>,
    /// Whether other entries are on their way.
    pub pending: Signal<bool>,
    /// Whether the list stands open. It opens and closes by itself; whoever holds this
    /// closes it once there is nothing to choose any more.
    pub open: RwSignal<bool>,
    /// Takes what is chosen.
    pub take: Callback<Entry>,
}

/// A text control with a list below it. Arrow keys move in the list, Enter takes the
/// active option, Escape closes the list, then empties the text.
pub fn combobox(tied: Control, offer: Offer) -> AnyView {
    let state = State { offer, active: RwSignal::new(None), id: StoredValue::new(tied.id.clone()) };
    // Other entries: what was active is another one now.
    let mut changed = false;
    erased::watch(move || {
        offer.entries.track();
        if std::mem::replace(&mut changed, true) {
            state.active.set(None);
        }
    });
    let typed = move |event| {
        offer.typed.set(event_target_value(&event));
        state.active.set(None);
        state.offer.open.set(true);
    };
    let list_id = state.part("list");
    let controls = list_id.clone();
    view! {
        <div class="combobox">
            <input
                class="input"
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                id=tied.id
                aria-autocomplete="list"
                aria-controls=controls
                aria-expanded=Signal::derive(move || if state.offer.open.get() { "true" } else { "false" })
                aria-activedescendant=Signal::derive(move || state.active.get().map(|at| state.option_id(at)))
                aria-required=tied.required
                aria-describedby=tied.describedby
                aria-invalid=tied.invalid
                prop:value=offer.typed
                on:input=typed
                on:click=move |_| state.offer.open.set(true)
                on:keydown=move |event| state.steer(&event)
                on:blur=move |_| state.close()
            />
            <crate::Glyph icon=crate::Icon::Chevron/>
            // The pointer does not take the focus from the text.
            <div
                class="combobox-list"
                hidden=Signal::derive(move || !state.offer.open.get())
                on:mousedown=|event| event.prevent_default()
            >
                {note(state)}
                <ul role="listbox" id=list_id aria-labelledby=state.id.get_value() aria-busy=Signal::derive(move || offer.pending.get().then_some("true"))>
                    {erased::shown(move || state.offer.open.get().then(|| options(state)))}
                </ul>
            </div>
            <span class="unseen" role="status">{erased::dynamic(move || state.said())}</span>
        </div>
    }
    .into_any()
}

/// What stands in place of options, or above those of the text before.
fn note(state: State) -> AnyView {
    let Offer { entries, pending, .. } = state.offer;
    erased::shown(move || {
        let words = match pending.get() {
            true => texts::ui::searching(),
            false if entries.with(Vec::is_empty) => texts::ui::nothing_found(),
            false => return None,
        };
        Some(view! { <p class="combobox-note" aria-hidden="true">{words}</p> })
    })
}

fn options(state: State) -> AnyView {
    let entries = state.offer.entries.get().into_iter().enumerate();
    entries.map(|(index, entry)| option(state, index, entry)).collect_view().into_any()
}

fn option(state: State, index: usize, entry: Entry) -> AnyView {
    let active = Signal::derive(move || if state.active.get() == Some(index) { "true" } else { "false" });
    view! {
        <li role="option" id=state.option_id(index) aria-selected=active on:click=move |_| state.choose(index)>
            <span dir="auto">{entry.title}</span>
            {entry.note.map(|note| view! { <span class="combobox-more" dir="auto">{note}</span> })}
        </li>
    }
    .into_any()
}
