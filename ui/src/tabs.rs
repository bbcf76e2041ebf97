//! Several panels in one place.

use leptos::{ev::KeyboardEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::{badge::short, erased};

/// One panel's tab.
#[derive(Clone)]
pub struct Tab {
    /// What the program knows it by, such as a word of the address.
    pub key: String,
    /// Its title.
    pub title: String,
    /// How much is in it, where that is worth a number.
    pub count: Signal<Option<u64>>,
}

impl Tab {
    /// A tab without a number.
    #[must_use]
    pub fn new(key: impl Into<String>, title: impl Into<String>) -> Self {
        Self { key: key.into(), title: title.into(), count: Signal::stored(None) }
    }

    /// A tab with a number.
    #[must_use]
    pub fn counted(self, count: Signal<Option<u64>>) -> Self {
        Self { count, ..self }
    }
}

/// Tabs and the panel of the selected one. Whoever holds `selected` — the address, a
/// signal — changes it when told by `select`. Arrow keys, Home and End select.
#[component]
pub fn Tabs(
    /// Its own id, unique on the page.
    #[prop(into)]
    id: String,
    /// What the tabs are of, for screen readers.
    #[prop(into)]
    label: String,
    /// The tabs; they do not change.
    tabs: Vec<Tab>,
    /// The key of the selected one; if none has it, the first.
    selected: Signal<String>,
    /// Takes the key of the one to select.
    select: Callback<String>,
    /// What stands in the panel of a key; built when its tab is selected.
    panel: Callback<String, AnyView>,
) -> impl IntoView {
    let keys = StoredValue::new(tabs.iter().map(|tab| tab.key.clone()).collect::<Vec<_>>());
    let id = StoredValue::new(id);
    let at = erased::memo(move || {
        selected
            .with(|selected| keys.with_value(|keys| keys.iter().position(|key| key == selected)))
            .unwrap_or_default()
    });
    let key_at = move |index: usize| keys.with_value(|keys| keys.get(index).cloned().unwrap_or_default());
    let move_to = move |index: usize| {
        select.run(key_at(index));
        let tab = document().get_element_by_id(&tab_id(id, index));
        if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
            let _focused = tab.focus();
        }
    };
    let steer = move |event: KeyboardEvent| {
        if let Some(next) = step(&event, at.get_untracked(), keys.with_value(Vec::len)) {
            event.prevent_default();
            move_to(next);
        }
    };
    let heads =
        tabs.into_iter().enumerate().map(|(index, tab)| head(id, index, tab, at, select)).collect_view();
    view! {
        <div class="tabs">
            <div class="tab-list" role="tablist" aria-label=label on:keydown=steer>
                {heads}
            </div>
            <div
                class="tab-panel"
                role="tabpanel"
                id=panel_id(id)
                tabindex="0"
                aria-labelledby=Signal::derive(move || tab_id(id, at.get()))
            >
                {erased::dynamic(move || panel.run(key_at(at.get())))}
            </div>
        </div>
    }
    .into_any()
}

fn tab_id(id: StoredValue<String>, index: usize) -> String {
    id.with_value(|id| format!("{id}-tab-{index}"))
}

fn panel_id(id: StoredValue<String>) -> String {
    id.with_value(|id| format!("{id}-panel"))
}

fn head(
    id: StoredValue<String>,
    index: usize,
    tab: Tab,
    at: Memo<usize>,
    select: Callback<String>,
) -> AnyView {
    let Tab { key, title, count } = tab;
    let chosen = move || at.get() == index;
    let number = move || count.get().map(|count| view! { <span class="tab-count">{short(count)}</span> });
    view! {
        <button
            type="button"
            class="tab"
            role="tab"
            id=tab_id(id, index)
            aria-controls=panel_id(id)
            aria-selected=Signal::derive(move || if chosen() { "true" } else { "false" })
            tabindex=Signal::derive(move || if chosen() { "0" } else { "-1" })
            on:click=move |_| select.run(key.clone())
        >
            <span dir="auto">{title}</span>
            " "
            {erased::shown(number)}
        </button>
    }
    .into_any()
}

/// Where a key leads. In right-to-left text the next tab is to the left.
fn step(event: &KeyboardEvent, at: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    let reversed =
        document().document_element().is_some_and(|root| root.get_attribute("dir").as_deref() == Some("rtl"));
    let forward = match event.key().as_str() {
        "Home" => return Some(0),
        "End" => return Some(last),
        "ArrowRight" => !reversed,
        "ArrowLeft" => reversed,
        _ => return None,
    };
    Some(match (forward, at) {
        (true, at) if at < last => at + 1,
        (true, _) => 0,
        (false, 0) => last,
        (false, at) => at - 1,
    })
}
