//! What happened, said to screen readers and shown for a moment.

use std::time::Duration;

use leptos::prelude::*;

/// How long a toast stays.
const TOAST: Duration = Duration::from_secs(6);

/// Says short sentences in a polite live region; a toast shows them as well.
#[derive(Clone, Copy)]
pub struct Announcements {
    said: RwSignal<String>,
    toast: RwSignal<Option<String>>,
}

impl Announcements {
    /// A voice; provide it as a context beside one [`Announcer`].
    #[must_use]
    pub fn new() -> Self {
        Self { said: RwSignal::new(String::new()), toast: RwSignal::new(None) }
    }

    /// The voice of the page.
    #[must_use]
    pub fn here() -> Self {
        use_context().unwrap_or_else(Self::new)
    }

    /// Says it to screen readers only.
    pub fn say(self, text: impl Into<String>) {
        self.said.set(text.into());
    }

    /// Says it and shows it for a few seconds.
    pub fn toast(self, text: impl Into<String>) {
        let text = text.into();
        self.say(text.clone());
        self.toast.set(Some(text.clone()));
        set_timeout(
            move || {
                if self.toast.try_get_untracked().flatten().as_ref() == Some(&text) {
                    self.toast.set(None);
                }
            },
            TOAST,
        );
    }
}

impl Default for Announcements {
    fn default() -> Self {
        Self::new()
    }
}

/// Where announcements appear; one a page.
#[component]
pub fn Announcer() -> impl IntoView {
    let Announcements { said, toast } = Announcements::here();
    view! {
        <div class="unseen" role="status" aria-live="polite">{said}</div>
        {crate::erased::shown(move || toast.get().map(|text| view! { <p class="toast" aria-hidden="true">{text}</p> }))}
    }
}
