//! How a text will look, beside the area it is written in.

use contract::markdown::Block;
use leptos::{ev::KeyboardEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::Editor;
use crate::{
    banner::{Banner, Tone},
    button::Button,
    erased,
    markdown::Markdown,
    skeleton::Skeleton,
};

/// Who tells how a text will look.
#[derive(Clone, Copy)]
pub struct Preview {
    /// Asked for the look of a text.
    pub ask: Callback<String>,
    /// How the text that was asked for last will look; what was known before stays meanwhile.
    pub body: Signal<Option<Vec<Block>>>,
    /// Whether the answer is on its way.
    pub pending: Signal<bool>,
    /// Why there is none.
    pub error: Signal<Option<String>>,
}

/// Whether the keys for it are pressed: Ctrl or ⌘, Shift, P.
pub fn pressed(event: &KeyboardEvent) -> bool {
    (event.ctrl_key() || event.meta_key())
        && event.shift_key()
        && !event.alt_key()
        && event.key().eq_ignore_ascii_case("p")
}

/// Shows what was hidden, and moves the focus there.
pub fn toggle(editor: Editor) {
    if editor.previewing.get_untracked() {
        editor.previewing.set(false);
        focus_later(move || editor.area.get_untracked().map(|area| (*area).clone().unchecked_into()));
    } else {
        show(editor);
        focus_panel(editor);
    }
}

fn focus_panel(editor: Editor) {
    let area = editor.area.get_untracked();
    let id = area.map(|area| part(&area.id(), "preview")).unwrap_or_default();
    focus_later(move || document().get_element_by_id(&id)?.dyn_into().ok());
}

fn show(editor: Editor) {
    editor.previewing.set(true);
    if let Some(preview) = editor.preview {
        preview.ask.run(editor.text.get_untracked());
    }
}

/// What was hidden takes no focus before it is shown.
fn focus_later(element: impl Fn() -> Option<HtmlElement> + 'static) {
    request_animation_frame(move || {
        if let Some(element) = element() {
            let _focused = element.focus();
        }
    });
}

fn part(id: &str, part: &str) -> String {
    format!("{id}-{part}")
}

/// The two tabs.
pub fn tabs(id: &str, editor: Editor) -> AnyView {
    let previewing = editor.previewing;
    let (write_id, look_id) = (part(id, "write-tab"), part(id, "preview-tab"));
    let ids = StoredValue::new([write_id.clone(), look_id.clone()]);
    let choose = move |preview: bool| if preview { show(editor) } else { previewing.set(false) };
    let steer = move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "ArrowLeft" | "ArrowRight" | "Home" | "End") {
            event.prevent_default();
            let preview = match event.key().as_str() {
                "Home" => false,
                "End" => true,
                _ => !previewing.get_untracked(),
            };
            choose(preview);
            let id = ids.with_value(|ids| ids[usize::from(preview)].clone());
            focus_later(move || document().get_element_by_id(&id)?.dyn_into().ok());
        }
    };
    let tab = |tab_id: String, panel: String, preview: bool, title: &'static str| {
        let chosen = move || previewing.get() == preview;
        view! {
            <button
                type="button"
                class="tab"
                role="tab"
                id=tab_id
                aria-controls=panel
                aria-selected=Signal::derive(move || if chosen() { "true" } else { "false" })
                aria-keyshortcuts="Control+Shift+P"
                tabindex=Signal::derive(move || if chosen() { "0" } else { "-1" })
                on:click=move |_| choose(preview)
            >
                {title}
            </button>
        }
    };
    view! {
        <div class="tab-list" role="tablist" aria-label=texts::editor::views() on:keydown=steer>
            {tab(write_id, part(id, "write"), false, texts::editor::write())}
            {tab(look_id, part(id, "preview"), true, texts::editor::preview())}
        </div>
    }
    .into_any()
}

/// The two panels; the one that is hidden keeps what it holds.
pub fn panels(id: &str, editor: Editor, written: AnyView) -> AnyView {
    let Some(preview) = editor.preview else { return written };
    let previewing = editor.previewing;
    view! {
        <div role="tabpanel" id=part(id, "write") aria-labelledby=part(id, "write-tab") hidden=previewing>
            {written}
        </div>
        <div
            class="editor-preview"
            role="tabpanel"
            id=part(id, "preview")
            aria-labelledby=part(id, "preview-tab")
            tabindex="0"
            hidden=Signal::derive(move || !previewing.get())
            aria-busy=Signal::derive(move || preview.pending.get().then_some("true"))
        >
            {erased::shown(move || previewing.get().then(|| look(editor, preview)))}
        </div>
    }
    .into_any()
}

fn look(editor: Editor, preview: Preview) -> AnyView {
    if let Some(error) = preview.error.get() {
        // The button that has the focus goes.
        let again = move |_| {
            preview.ask.run(editor.text.get_untracked());
            focus_panel(editor);
        };
        return view! {
            <Banner tone=Tone::Danger live=true>
                <p>{error}</p>
                <Button press=again>{texts::shell::try_again()}</Button>
            </Banner>
        }
        .into_any();
    }
    match preview.body.get() {
        None => view! { <Skeleton lines=2 label=texts::editor::loading_preview()/> }.into_any(),
        Some(body) if body.is_empty() => {
            view! { <p class="quiet">{texts::editor::nothing_to_preview()}</p> }.into_any()
        }
        Some(body) => view! { <Markdown body=body/> }.into_any(),
    }
}
