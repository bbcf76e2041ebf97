//! A native dialog.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

/// A modal dialog. The browser keeps the focus inside, gives it back on closing,
/// and closes on Escape; a dialog that `stays` cannot be left that way.
#[component]
pub fn Dialog(
    /// Whether it is open; set to false when the person closes it.
    open: RwSignal<bool>,
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// Whether its heading is a name that a person gave, of whatever direction.
    #[prop(optional)]
    named: bool,
    /// Its own id, unique on the page.
    #[prop(into)]
    id: String,
    /// Whether Escape does nothing.
    #[prop(optional)]
    stays: bool,
    /// What it holds; built when it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    crate::erased::watch(move || {
        let Some(dialog) = element.get() else { return };
        if open.get() && !dialog.open() {
            // Fails only for an element out of the page, which has nothing to show.
            let _shown = dialog.show_modal();
        } else if !open.get() && dialog.open() {
            dialog.close();
            restore_caret();
        }
    });
    let title_id = format!("{id}-title");
    let labelled = title_id.clone();
    let content = move || {
        open.get().then(|| {
            view! {
                <h2 id=title_id.clone() dir=named.then_some("auto")>{title}</h2>
                {children()}
            }
        })
    };
    view! {
        <dialog
            id=id
            class="dialog"
            aria-labelledby=labelled
            node_ref=element
            on:cancel=move |event: web_sys::Event| if stays { event.prevent_default() }
            on:close=move |_| open.set(false)
        >
            {content}
        </dialog>
    }
}

/// The browser gives the focus back to the control that had it, but Chromium without
/// the caret: what is typed then goes nowhere.
fn restore_caret() {
    let active =
        document().active_element().and_then(|active| active.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(active) = active {
        let _blurred = active.blur();
        let _focused = active.focus();
    }
}
