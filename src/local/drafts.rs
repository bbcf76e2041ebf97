//! Drafts: text that survives a reload, a crash and the end of a session.

use std::time::Duration;

use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};

use super::store;

/// A draft is kept at the latest this long after a key was pressed.
const DELAY: Duration = Duration::from_millis(300);

/// A text that is kept while it is written.
#[derive(Clone, Copy)]
pub struct Draft {
    /// Whether what was kept before is known, and restored.
    pub ready: RwSignal<bool>,
    key: StoredValue<String>,
    text: Signal<String>,
    timer: StoredValue<Option<TimeoutHandle>>,
    kept: StoredValue<Kept>,
}

/// What is known of what is kept.
#[derive(Clone, PartialEq)]
enum Kept {
    /// Nothing yet: the browser is being asked.
    Unknown,
    /// This.
    Text(String),
    /// What the draft was for is done: nothing is kept any more.
    Done,
}

impl Draft {
    /// Keeps what `text` says under `key` until the present owner goes. What was
    /// kept before goes to `restore` first, unless something was written by then.
    pub fn keep(key: String, text: Signal<String>, restore: impl Fn(String) + 'static) -> Self {
        let draft = Self {
            ready: RwSignal::new(false),
            key: StoredValue::new(key.clone()),
            text,
            timer: StoredValue::new(None),
            kept: StoredValue::new(Kept::Unknown),
        };
        let untouched = text.get_untracked();
        spawn_local(async move {
            let kept = store::get(&key).await.unwrap_or_default();
            if draft.kept.try_set_value(Kept::Text(kept.clone())).is_some() {
                return;
            }
            if !kept.is_empty() && text.try_get_untracked().is_some_and(|text| text == untouched) {
                restore(kept);
            } else {
                draft.schedule();
            }
            draft.ready.try_set(true);
        });
        ui::watch(move || {
            text.track();
            draft.schedule();
        });
        let leaving = window_event_listener(ev::pagehide, move |_| draft.save_by(store::put_leaving));
        on_cleanup(move || {
            leaving.remove();
            draft.save();
        });
        draft
    }

    /// Forgets the draft at once: it is on its way.
    pub fn wipe(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        self.kept.try_set_value(Kept::Text(String::new()));
        self.key.try_with_value(|key| store::put_now(key, None));
    }

    /// Forgets the draft for good: what it was for is done.
    pub fn finish(self) {
        self.wipe();
        self.kept.try_set_value(Kept::Done);
    }

    fn schedule(self) {
        if self.timer.try_with_value(Option::is_some) == Some(true) {
            return;
        }
        let timer = set_timeout_with_handle(
            move || {
                self.timer.try_set_value(None);
                spawn_local(self.write());
            },
            DELAY,
        );
        self.timer.try_set_value(timer.ok());
    }

    /// Keeps it now.
    pub fn save(self) {
        self.save_by(store::put_now);
    }

    fn save_by(self, put: fn(&str, Option<&str>)) {
        if let Some((key, text, before)) = self.unsaved() {
            put(&key, (!text.is_empty()).then_some(&text));
            self.note(&before, text);
        }
    }

    /// Keeps it, and counts it as kept once it is: should the page go before, it is
    /// kept again.
    async fn write(self) {
        match self.unsaved() {
            Some((_, _, Kept::Unknown)) => self.save(),
            Some((key, text, before)) => {
                store::put(&key, (!text.is_empty()).then_some(&text)).await;
                self.note(&before, text);
            }
            None => {}
        }
    }

    /// The key, the text, and what is known to be kept instead of it.
    fn unsaved(self) -> Option<(String, String, Kept)> {
        let (text, kept) = (self.text.try_get_untracked()?, self.kept.try_get_value()?);
        let is_new = match &kept {
            // What was typed before the browser has answered is not lost to a reload.
            Kept::Unknown => !text.is_empty(),
            Kept::Text(kept) => text != *kept,
            Kept::Done => false,
        };
        is_new.then(|| Some((self.key.try_get_value()?, text, kept)))?
    }

    /// Notes what is kept, unless the browser is still being asked or more happened meanwhile.
    fn note(self, before: &Kept, text: String) {
        self.kept.try_update_value(|kept| {
            if kept == before && *kept != Kept::Unknown {
                *kept = Kept::Text(text);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    use super::store;

    wasm_bindgen_test_configure!(run_in_browser);

    #[wasm_bindgen_test]
    async fn a_text_written_before_the_store_is_open_is_kept_all_the_same() {
        store::put_now("draft/carla/one", Some("typed at once"));
        assert_eq!(store::get("draft/carla/one").await.as_deref(), Some("typed at once"));
        store::put("draft/carla/one", None).await;
        assert_eq!(store::get("draft/carla/one").await, None);
    }

    #[wasm_bindgen_test]
    async fn a_text_written_on_leaving_is_found_even_where_the_browser_dropped_it() {
        store::put_leaving("draft/emil/one", Some("typed last"));
        store::put_leaving("draft/emil/two", Some("typed last, too"));
        assert_eq!(store::keys("draft/emil/").await, ["draft/emil/one", "draft/emil/two"]);
        assert_eq!(store::get("draft/emil/one").await.as_deref(), Some("typed last"));
        store::put("draft/emil/one", None).await;
        store::put_now("draft/emil/two", None);
        assert_eq!(store::keys("draft/emil/").await, [""; 0]);
    }

    #[wasm_bindgen_test]
    async fn what_was_put_aside_does_not_come_back_over_what_was_kept_later() {
        crate::local::settings::keep("casement-late/draft/dora/one", "Hel");
        store::put("draft/dora/one", Some("Hello")).await;
        assert_eq!(store::get("draft/dora/one").await.as_deref(), Some("Hello"));
        crate::local::settings::keep("casement-late/draft/dora/one", "Hel");
        store::put("draft/dora/one", None).await;
        assert_eq!(store::get("draft/dora/one").await, None);
    }

    #[wasm_bindgen_test]
    async fn a_text_is_kept_by_its_key_until_forgotten() {
        store::put("draft/anna/one", Some("half a sentence, \u{1f600} and \u{5e9}\u{5dc}")).await;
        store::put("draft/berta/one", Some("somebody else's")).await;
        assert_eq!(
            store::get("draft/anna/one").await.as_deref(),
            Some("half a sentence, \u{1f600} and \u{5e9}\u{5dc}")
        );
        assert_eq!(store::keys("draft/anna/").await, ["draft/anna/one"]);
        store::put("draft/anna/one", None).await;
        assert_eq!(store::get("draft/anna/one").await, None);
        assert_eq!(store::get("draft/berta/one").await.as_deref(), Some("somebody else's"));
        store::put("draft/berta/one", None).await;
    }
}
