//! Ways in for files: a button, a field to drop them on, the clipboard, the whole page.

use contract::attachment::{FILE_MAX, FileKind};
use leptos::{ev, prelude::*};
use ui::{Accepted, Control, file_drop};
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DataTransfer, Element, File, FileList, FilePropertyBag, HtmlInputElement};

use super::tray::Tray;

/// The paper clip. Not in the page's sprite: only pages with files need it.
const CLIP: &str =
    "M12.8 7.6l-5 5a3.1 3.1 0 0 1-4.4-4.4l5.4-5.4a2.1 2.1 0 0 1 3 3l-5.3 5.3a1 1 0 0 1-1.5-1.5l4.8-4.7";

/// A button that lets files be chosen.
#[component]
pub fn AttachButton(
    /// Where they go.
    tray: Tray,
) -> impl IntoView {
    let chosen = move |event: web_sys::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        let files = listed(input.files());
        // So that the same file can be chosen again.
        input.set_value("");
        tray.take(files);
    };
    view! {
        <label class="button button-quiet attach-button">
            <input type="file" class="unseen" multiple=true on:change=chosen/>
            <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
                <path d=CLIP></path>
            </svg>
            {texts::files::attach()}
        </label>
    }
    .into_any()
}

/// A field to choose files or drop them on.
pub fn attach_field(tied: Control, tray: Tray) -> AnyView {
    // What is refused can be put into an archive, so the browser hides no file.
    let accepted = Accepted { types: String::new(), kinds: FileKind::EXTENSIONS.join(" "), most: FILE_MAX };
    file_drop(tied, accepted, Signal::stored(false), Callback::new(move |files| tray.take(files)))
}

/// Takes files pasted or dropped anywhere on the page. Left to the browser, a dropped file
/// would take the place of the page.
#[component]
pub fn DropAnywhere(
    /// Where they go.
    tray: Tray,
) -> impl IntoView {
    let above = RwSignal::new(false);
    listen(tray, above);
    view! { <p class="drop-here" hidden=move || !above.get() aria-hidden="true">{texts::files::drop_to_attach()}</p> }
        .into_any()
}

/// Listens until the present owner goes; `above` says whether files are above the page.
fn listen(tray: Tray, above: RwSignal<bool>) {
    let over = window_event_listener(ev::dragover, move |event| {
        let files = event.data_transfer().is_some_and(|data| has_files(&data));
        if files && !is_file_field(&event) {
            event.prevent_default();
        }
        if above.try_get_untracked() != Some(files) {
            above.try_set(files);
        }
    });
    let left = window_event_listener(ev::dragleave, move |event| {
        // It has left the page where there is nothing to go on to.
        if event.related_target().is_none() {
            above.try_set(false);
        }
    });
    let dropped = window_event_listener(ev::drop, move |event| {
        above.try_set(false);
        let Some(data) = event.data_transfer().filter(has_files) else { return };
        if !is_file_field(&event) {
            event.prevent_default();
            tray.take(listed(data.files()));
        }
    });
    let pasted = window_event_listener(ev::paste, move |event| paste(tray, &event));
    on_cleanup(move || {
        over.remove();
        left.remove();
        dropped.remove();
        pasted.remove();
    });
}

/// Where text is pasted that has a picture of itself beside it, the text is meant.
fn paste(tray: Tray, event: &ClipboardEvent) {
    let Some(data) = event.clipboard_data() else { return };
    let text = data.get_data("text/plain").unwrap_or_default();
    let files = listed(data.files());
    if text.is_empty() && !files.is_empty() && !event.default_prevented() {
        event.prevent_default();
        tray.take(files.into_iter().map(named).collect());
    }
}

/// Every screenshot comes as `image.png`; they are told apart by their time.
fn named(file: File) -> File {
    if file.name() != "image.png" {
        return file;
    }
    let now = js_sys::Date::new_0();
    let name = format!(
        "screenshot {}-{:02}-{:02} {:02}.{:02}.{:02}.png",
        now.get_full_year(),
        now.get_month() + 1,
        now.get_date(),
        now.get_hours(),
        now.get_minutes(),
        now.get_seconds()
    );
    let options = FilePropertyBag::new();
    options.set_type(&file.type_());
    let parts = js_sys::Array::of1(&file);
    File::new_with_blob_sequence_and_options(&parts, &name, &options).unwrap_or(file)
}

fn listed(list: Option<FileList>) -> Vec<File> {
    list.map(|list| (0..list.length()).filter_map(|at| list.get(at)).collect()).unwrap_or_default()
}

fn has_files(data: &DataTransfer) -> bool {
    data.types().includes(&"Files".into(), 0)
}

/// Fields for files take what is dropped on them by themselves.
fn is_file_field(event: &web_sys::DragEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| matches!(target.closest("input[type=file]"), Ok(Some(_))))
}
