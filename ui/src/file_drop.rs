//! Files, chosen or dropped.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};

use crate::{
    field::Control,
    icon::{Glyph, Icon},
};

/// Which files are taken.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// The `accept` attribute; empty for files of any kind.
    pub types: String,
    /// The kinds in words, such as "Images and PDF".
    pub kinds: String,
    /// How many bytes one may have.
    pub most: u64,
}

/// A native file control as large as the zone that shows it: whatever is dropped on it
/// or chosen goes to `take`. It only says what is accepted; whoever takes must check.
pub fn file_drop(
    tied: Control,
    accepted: Accepted,
    disabled: Signal<bool>,
    take: Callback<Vec<File>>,
) -> AnyView {
    let over = RwSignal::new(false);
    let note = format!("{}-accepted", tied.id);
    let described = note.clone();
    let before = tied.describedby;
    let describedby = Signal::derive(move || match before.get() {
        Some(others) => Some(format!("{others} {described}")),
        None => Some(described.clone()),
    });
    let change = move |event: web_sys::Event| {
        over.set(false);
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        let files: Vec<File> = input
            .files()
            .map(|list| (0..list.length()).filter_map(|at| list.get(at)).collect())
            .unwrap_or_default();
        // So that the same file can be given again.
        input.set_value("");
        if !files.is_empty() {
            take.run(files);
        }
    };
    let invitation = move || match over.get() {
        true => view! { <strong>{texts::ui::drop_files()}</strong> }.into_any(),
        false => view! {
            <strong>{texts::ui::choose_files()}</strong>
            <span class="file-drop-or">{texts::ui::or_drop_them()}</span>
        }
        .into_any(),
    };
    view! {
        <div class="file-drop" class:file-drop-over=over>
            <input
                type="file"
                multiple=true
                accept=(!accepted.types.is_empty()).then_some(accepted.types)
                id=tied.id
                disabled=disabled
                aria-required=tied.required
                aria-describedby=describedby
                aria-invalid=tied.invalid
                on:change=change
                on:dragenter=move |_| over.set(!disabled.get_untracked())
                on:dragleave=move |_| over.set(false)
                on:drop=move |_| over.set(false)
            />
            <Glyph icon=Icon::Up/>
            <span class="file-drop-text">
                <span>{crate::erased::dynamic(invitation)}</span>
                <span class="quiet" id=note>{texts::ui::accepted(accepted.kinds, size(accepted.most))}</span>
            </span>
        </div>
    }
    .into_any()
}

/// A file's size in words.
#[must_use]
pub fn size(bytes: u64) -> String {
    const KILO: u64 = 1_024;
    const MEGA: u64 = KILO * KILO;
    match bytes {
        // What is not empty is not "0 KB".
        0..MEGA => texts::ui::kilobytes(bytes.div_ceil(KILO)),
        _ => texts::ui::megabytes(bytes.div_ceil(MEGA)),
    }
}
