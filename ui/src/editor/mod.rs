//! A text with formatting: the area it is written in, buttons and keys for Markdown,
//! people to mention, and how it will look.
//!
//! What a key or a button does to a text is decided by functions of the text alone
//! ([`marks`], [`lines`], [`words`]); the browser makes the change, so that it can undo it.

mod area;
mod caret;
pub mod change;
pub mod lines;
pub mod marks;
mod naming;
mod preview;
mod toolbar;
pub mod words;

use leptos::{
    ev::{ClipboardEvent, KeyboardEvent},
    html,
    prelude::*,
};

pub use naming::People;
pub use preview::Preview;

use self::{
    area::{Held, perform},
    naming::Naming,
    toolbar::{Tool, toolbar},
};
use crate::field::Control;

/// A text being written.
#[derive(Clone, Copy)]
pub struct Editor {
    /// What is written.
    pub text: RwSignal<String>,
    preview: Option<Preview>,
    people: Option<People>,
    /// Whether the preview is shown.
    pub previewing: RwSignal<bool>,
    area: NodeRef<html::Textarea>,
}

impl Editor {
    /// An editor of a text.
    #[must_use]
    pub fn of(text: RwSignal<String>) -> Self {
        Self { text, preview: None, people: None, previewing: RwSignal::new(false), area: NodeRef::new() }
    }

    /// With a view of how the text will look.
    #[must_use]
    pub fn previewed(self, preview: Preview) -> Self {
        Self { preview: Some(preview), ..self }
    }

    /// With people to mention.
    #[must_use]
    pub fn naming(self, people: People) -> Self {
        Self { people: Some(people), ..self }
    }

    /// Moves the focus into the text, at its end.
    pub fn focus(self) {
        self.insert(|text| change::Change::typed(text.len()..text.len(), ""));
    }

    /// Puts words at the end, as if typed, and moves the focus there.
    pub fn append(self, words: &str) {
        let words = words.to_owned();
        self.insert(move |text| words::append(text, &words));
    }

    fn insert(self, change: impl Fn(&str) -> change::Change + 'static) {
        self.previewing.set(false);
        // What was hidden takes no focus before it is shown again.
        request_animation_frame(move || {
            if let Some(area) = self.area.try_get_untracked().flatten() {
                perform(&area, &change(&area.value()));
                area.scroll_into_view_with_bool(false);
            }
        });
    }
}

/// The area of a text, with everything around it.
pub fn editor(tied: Control, rows: &'static str, editor: Editor) -> AnyView {
    let naming = Naming::of(&tied.id, editor.people);
    let id = tied.id.clone();
    let keys = move |event: KeyboardEvent| {
        if preview::pressed(&event) && editor.preview.is_some() {
            event.prevent_default();
            preview::toggle(editor);
        }
    };
    view! {
        <div class="editor" on:keydown=keys>
            <div class="editor-head">
                {editor.preview.map(|_| preview::tabs(&id, editor))}
                <div hidden=editor.previewing>{toolbar(editor.area, &id, naming.is_offered())}</div>
            </div>
            {preview::panels(&id, editor, written(tied, rows, editor, naming))}
        </div>
    }
    .into_any()
}

fn written(tied: Control, rows: &'static str, editor: Editor, naming: Naming) -> AnyView {
    let look = move || {
        if let Some(area) = editor.area.get_untracked() {
            naming.look(&area);
        }
    };
    let typed = move |event| {
        editor.text.set(event_target_value(&event));
        look();
    };
    view! {
        <div class="editor-text">
            <textarea
                class="input"
                rows=rows
                id=tied.id
                dir="auto"
                aria-required=tied.required
                aria-describedby=tied.describedby
                aria-invalid=tied.invalid
                aria-autocomplete=naming.is_offered().then_some("list")
                aria-controls=naming.list()
                aria-activedescendant=naming.active()
                node_ref=editor.area
                prop:value=editor.text
                on:input=typed
                on:click=move |_| look()
                on:blur=move |_| naming.close()
                on:keydown=move |event| key(editor, naming, &event)
                on:paste=move |event| paste(editor, &event)
            ></textarea>
            {naming.view(editor.area)}
        </div>
    }
    .into_any()
}

fn key(editor: Editor, naming: Naming, event: &KeyboardEvent) {
    let Some(area) = editor.area.get_untracked() else { return };
    // Keys that choose a character in an input method are not ours.
    if event.is_composing() || naming.steer(&area, event) {
        return;
    }
    if matches!(event.key().as_str(), "ArrowLeft" | "ArrowRight" | "Home" | "End") {
        // The caret leaves the name.
        naming.close();
    }
    if let Some(tool) = Tool::pressed(event) {
        event.prevent_default();
        tool.act(&area);
        return;
    }
    let modified = event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key();
    if event.key() == "Enter" && !modified {
        let held = Held::by(&area);
        if let Some(change) = held.caret().and_then(|caret| lines::enter(held.text(), caret)) {
            event.prevent_default();
            perform(&area, &change);
        }
    }
}

/// An address pasted over words makes them a link.
fn paste(editor: Editor, event: &ClipboardEvent) {
    let Some(area) = editor.area.get_untracked() else { return };
    let pasted = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
    let held = Held::by(&area);
    if let Some(change) = marks::paste_link(held.passage(), &pasted) {
        event.prevent_default();
        perform(&area, &change);
    }
}
