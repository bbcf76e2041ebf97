//! One file, shown above the page.

use contract::{
    CaseNumber,
    attachment::{AttachedFile, View},
};
use leptos::{ev::KeyboardEvent, prelude::*};
use ui::{Button, Dialog, Glyph, Icon};

use super::shown::shown;
use crate::{cases::record::OpenCase, remote::attachments::download_url};

/// What is shown, and what can be shown beside it; a context of the page.
#[derive(Clone, Copy)]
pub struct Viewer {
    file: RwSignal<Option<AttachedFile>>,
    among: RwSignal<Vec<AttachedFile>>,
}

impl Viewer {
    /// Gives the page one.
    pub fn provide() {
        provide_context(Self { file: RwSignal::new(None), among: RwSignal::new(Vec::new()) });
    }

    /// The page's.
    pub fn here() -> Self {
        expect_context()
    }

    /// Shows a file; those of its neighbours that can be shown are a key away.
    pub fn show(self, file: &AttachedFile, among: &[AttachedFile]) {
        self.among.set(among.iter().filter(|file| file.kind.view() != View::None).cloned().collect());
        self.file.set(Some(file.clone()));
    }

    /// The file so many places on, or back.
    fn beside(self, steps: isize) -> Option<AttachedFile> {
        let file = self.file.get()?;
        self.among.with(|among| {
            let at = among.iter().position(|known| known.id == file.id)?;
            among.get(at.checked_add_signed(steps)?).cloned()
        })
    }

    fn step(self, steps: isize) {
        if let Some(next) = untrack(|| self.beside(steps)) {
            self.file.set(Some(next));
        }
    }
}

/// The page's dialog for files.
#[component]
pub fn ViewerDialog() -> impl IntoView {
    let viewer = Viewer::here();
    let number = expect_context::<OpenCase>().number;
    let open = RwSignal::new(false);
    // Going on to another file opens nothing anew, and leaves the focus where it is.
    let any = ui::memo(move || viewer.file.with(Option::is_some));
    ui::watch(move || open.set(any.get()));
    ui::watch(move || {
        if !open.get() && viewer.file.with_untracked(Option::is_some) {
            viewer.file.set(None);
        }
    });
    let title = Signal::derive(move || {
        viewer.file.with(|file| file.as_ref().map(|file| file.name.clone()).unwrap_or_default())
    });
    // Page keys only: the arrows scroll what is shown.
    let keys = move |event: KeyboardEvent| {
        let steps = match event.key().as_str() {
            "PageUp" => -1,
            "PageDown" => 1,
            _ => return,
        };
        event.prevent_default();
        viewer.step(steps);
    };
    view! {
        <div class="viewer" on:keydown=keys>
            <Dialog open=open id="viewer" title=title named=true>
                <div class="viewer-room">
                    {ui::shown(move || viewer.file.get().map(|file| shown(number, &file)))}
                </div>
                {foot(number, viewer, open)}
            </Dialog>
        </div>
    }
    .into_any()
}

fn foot(number: CaseNumber, viewer: Viewer, open: RwSignal<bool>) -> AnyView {
    let several = move || viewer.among.with(|among| among.len() > 1);
    let download = move || {
        viewer.file.get().map(|file| {
            view! {
                <a class="button" href=download_url(number, file.id) download=file.name rel="external">
                    {texts::files::download()}
                </a>
            }
        })
    };
    view! {
        <div class="dialog-buttons viewer-foot">
            {ui::shown(move || {
                several().then(|| view! {
                    <span class="viewer-ways">
                        {way(viewer, -1, Icon::Back, texts::files::previous())}
                        {way(viewer, 1, Icon::Forward, texts::files::next())}
                    </span>
                })
            })}
            {ui::shown(download)}
            <Button press=move |_| open.set(false)>{texts::ui::close()}</Button>
        </div>
    }
    .into_any()
}

fn way(viewer: Viewer, steps: isize, icon: Icon, label: &'static str) -> AnyView {
    view! {
        <button
            type="button"
            class="icon-button"
            aria-label=label
            aria-disabled=move || viewer.beside(steps).is_none().to_string()
            on:click=move |_| viewer.step(steps)
        >
            <Glyph icon=icon/>
        </button>
    }
    .into_any()
}
