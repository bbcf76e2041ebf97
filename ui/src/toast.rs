//! A sentence shown for a moment, perhaps with something to do about it.

use std::{sync::Arc, time::Duration};

use leptos::{
    ev::{FocusEvent, KeyboardEvent},
    html,
    prelude::*,
};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

use crate::{
    announce::Announcements,
    icon::{Glyph, Icon},
};

/// A toast that is shown.
#[derive(Clone)]
pub(crate) struct Toast {
    /// How long it stays.
    pub time: Duration,
    /// What it shows. Built by whoever shows it, so that a program without offers has
    /// no code for them.
    pub view: ViewFn,
}

/// Words alone. They are said in the announcer's live region (`role=status`).
pub(crate) fn words(text: String) -> AnyView {
    view! { <p class="toast" aria-hidden="true">{text}</p> }.into_any()
}

/// Words with something to do about them; the live region holds no controls, so that
/// they are not read out with it.
pub(crate) fn offer(
    here: Announcements,
    text: String,
    label: String,
    press: Arc<dyn Fn() + Send + Sync>,
) -> AnyView {
    let element = NodeRef::<html::Div>::new();
    let before = StoredValue::new_local(None::<HtmlElement>);
    let within = move |event: &FocusEvent| {
        let other = event.related_target().and_then(|other| other.dyn_into::<Node>().ok());
        // Chromium says that the focus leaves also when the toast is gone already.
        let toast = element.try_get_untracked().flatten();
        let within = toast.is_some_and(|toast| toast.contains(other.as_ref()) && other.is_some());
        (within, other)
    };
    let enter = move |event: FocusEvent| {
        here.hold();
        if let (false, other) = within(&event) {
            before.set_value(other.and_then(|other| other.dyn_into().ok()));
        }
    };
    let leave = move |event: FocusEvent| {
        if !within(&event).0 {
            here.release();
        }
    };
    // The focus goes back to where it came from.
    let dismiss = move || {
        if let Some(before) = before.get_value() {
            let _focused = before.focus();
        }
        here.dismiss();
    };
    let act = move |_| {
        dismiss();
        press();
    };
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            dismiss();
        }
    };
    let name = text.clone();
    view! {
        <div
            class="toast toast-offer"
            role="region"
            aria-label=name
            node_ref=element
            on:mouseenter=move |_| here.hold()
            on:mouseleave=move |_| here.release()
            on:focusin=enter
            on:focusout=leave
            on:keydown=escape
        >
            <span>{text}</span>
            <button type="button" class="toast-action" on:click=act>
                {label}
            </button>
            <button type="button" class="toast-close" aria-label=texts::ui::close() on:click=move |_| dismiss()>
                <Glyph icon=Icon::Cross/>
            </button>
        </div>
    }
    .into_any()
}
