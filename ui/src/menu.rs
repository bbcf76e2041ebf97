//! A button with a menu.

use leptos::{
    ev::{FocusEvent, KeyboardEvent},
    html,
    prelude::*,
};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

/// Lets the items close their menu.
#[derive(Clone, Copy)]
struct MenuState {
    open: RwSignal<bool>,
    opener: NodeRef<html::Button>,
}

impl MenuState {
    fn close(self) {
        self.open.set(false);
        if let Some(opener) = self.opener.get_untracked() {
            // A button that is gone cannot take the focus, and need not.
            let _focused = opener.focus();
        }
    }
}

/// A button that opens a menu of [`MenuItem`]s. Arrow keys, Home and End move,
/// Escape and leaving close.
#[component]
pub fn Menu(
    /// The button's classes.
    #[prop(optional)]
    class: &'static str,
    /// The button's content: its accessible name.
    face: AnyView,
    /// The items; built when the menu opens.
    children: ChildrenFn,
) -> impl IntoView {
    let state = MenuState { open: RwSignal::new(false), opener: NodeRef::new() };
    let frame = NodeRef::<html::Div>::new();
    let list = NodeRef::<html::Div>::new();
    crate::erased::watch(move || {
        if state.open.get()
            && let Some(list) = list.get()
        {
            focus_item(&list, 0);
        }
    });
    let leave = move |event: FocusEvent| {
        let inside = event
            .related_target()
            .and_then(|target| target.dyn_into::<Node>().ok())
            .is_some_and(|target| frame.get_untracked().is_some_and(|f| f.contains(Some(&target))));
        if !inside {
            state.open.set(false);
        }
    };
    let content = move || {
        state.open.get().then(|| {
            provide_context(state);
            view! {
                <div class="menu-list" role="menu" node_ref=list on:keydown=move |e| steer(state, list, &e)>
                    {children()}
                </div>
            }
        })
    };
    view! {
        <div class="menu" node_ref=frame on:focusout=leave>
            <button
                type="button"
                class=class
                aria-haspopup="menu"
                aria-expanded=Signal::derive(move || if state.open.get() { "true" } else { "false" })
                node_ref=state.opener
                on:click=move |_| state.open.update(|open| *open = !*open)
            >
                {face}
            </button>
            {content}
        </div>
    }
}

/// One thing to do.
#[component]
pub fn MenuItem(
    /// What it does.
    #[prop(into)]
    press: Callback<()>,
    /// Its text.
    children: Children,
) -> impl IntoView {
    let state = use_context::<MenuState>();
    let press = move |_| {
        if let Some(state) = state {
            state.close();
        }
        press.run(());
    };
    view! {
        <button type="button" class="menu-item" role="menuitem" tabindex="-1" on:click=press>
            {children()}
        </button>
    }
}

/// A place to go to.
#[component]
pub fn MenuLink(
    /// Its address.
    href: String,
    /// Its element, for whoever moves the focus to it.
    node: NodeRef<html::A>,
    /// Its text.
    children: Children,
) -> impl IntoView {
    let state = use_context::<MenuState>();
    let leave = move |_| {
        if let Some(state) = state {
            state.open.set(false);
        }
    };
    view! {
        <a class="menu-item" role="menuitem" tabindex="-1" href=href node_ref=node on:click=leave>
            {children()}
        </a>
    }
}

fn items(list: &HtmlElement) -> Vec<HtmlElement> {
    let Ok(found) = list.query_selector_all("[role=menuitem]") else { return Vec::new() };
    (0..found.length()).filter_map(|i| found.get(i)?.dyn_into().ok()).collect()
}

fn focus_item(list: &HtmlElement, index: usize) {
    if let Some(item) = items(list).get(index) {
        let _focused = item.focus();
    }
}

fn steer(state: MenuState, list: NodeRef<html::Div>, event: &KeyboardEvent) {
    let Some(list) = list.get_untracked() else { return };
    let items = items(&list);
    let active = document().active_element();
    let at = items.iter().position(|item| Some(item.as_ref()) == active.as_ref()).unwrap_or_default();
    let last = items.len().saturating_sub(1);
    let next = match event.key().as_str() {
        "ArrowDown" if at == last => 0,
        "ArrowDown" => at + 1,
        "ArrowUp" if at == 0 => last,
        "ArrowUp" => at - 1,
        "Home" => 0,
        "End" => last,
        "Escape" => {
            state.close();
            return;
        }
        _ => return,
    };
    event.prevent_default();
    focus_item(&list, next);
}
