//! Finding a text in the conversation.

use contract::{find::Needle, limits::SEARCH_MAX, reading::Found};
use leptos::{
    ev::{KeyboardEvent, SubmitEvent},
    html,
    prelude::*,
};
use ui::{Glyph, Icon};

use super::{highlight, screen, state::Thread};
use crate::remote::{Fetched, cases, typed::as_typed};

/// What is searched for, and what was found.
#[derive(Clone, Copy)]
pub struct Finder {
    /// Whether somebody searches.
    pub open: RwSignal<bool>,
    thread: Thread,
    typed: RwSignal<String>,
    found: Fetched<Found>,
    /// Which of the messages found is shown.
    at: RwSignal<Option<usize>>,
}

impl Finder {
    /// Nothing yet.
    pub fn new(thread: Thread) -> Self {
        let (open, typed) = (RwSignal::new(false), RwSignal::new(String::new()));
        let wanted = Signal::derive(move || {
            let text = typed.with(|text| text.trim().to_owned());
            (open.get() && !text.is_empty()).then_some(text)
        });
        let (remote, number) = (thread.remote, thread.number);
        let found = as_typed(wanted, move |text: String| {
            Box::pin(async move { cases::found(remote, number, &text).await })
        });
        let finder = Self { open, thread, typed, found, at: RwSignal::new(None) };
        finder.follow();
        finder
    }

    /// Goes to the first message found, and marks what is on the page.
    fn follow(self) {
        let Self { thread, found, open, typed, at } = self;
        ui::watch(move || {
            let start = found.value.with(|found| {
                let hits = &found.as_ref()?.hits;
                let from = thread.on_screen_position().unwrap_or(i64::MAX);
                let next = hits.iter().position(|hit| hit.position >= from);
                next.or_else(|| hits.len().checked_sub(1))
            });
            self.show(start);
        });
        ui::watch(move || {
            let needle = if open.get() { typed.with(|text| Needle::new(text)) } else { Needle::default() };
            thread.needle.set_value(needle);
            let shown = at.get().and_then(|at| found.value.with(|f| Some(f.as_ref()?.hits.get(at)?.id)));
            thread.span.track();
            thread.stretch.track();
            // Once what is to be marked is on the page.
            request_animation_frame(move || {
                thread.needle.try_with_value(|needle| highlight::mark(needle, shown));
            });
        });
        on_cleanup(|| highlight::mark(&Needle::default(), None));
    }

    fn show(self, at: Option<usize>) {
        self.at.set(at);
        let hit = at.and_then(|at| self.found.value.with_untracked(|f| Some(f.as_ref()?.hits.get(at)?.id)));
        if let Some(id) = hit {
            self.thread.to_found(id);
        }
    }

    /// Goes on to the next message found or, backwards, to the one before; from the last
    /// to the first.
    fn step(self, backwards: bool) {
        let count = self.found.value.with_untracked(|found| found.as_ref().map_or(0, |f| f.hits.len()));
        if count > 0 {
            let at = self.at.get_untracked().unwrap_or_default();
            let next = if backwards { at + count - 1 } else { at + 1 };
            self.show(Some(next % count));
        }
    }

    /// Opens it, or closes it.
    pub fn toggle(self) {
        if self.open.get_untracked() { self.close() } else { self.open.set(true) }
    }

    /// Closes it; reading goes on at the message found.
    fn close(self) {
        let shown = self
            .at
            .get_untracked()
            .and_then(|at| self.found.value.with_untracked(|f| Some(f.as_ref()?.hits.get(at)?.id)));
        self.open.set(false);
        let element =
            shown.and_then(screen::entry).or_else(|| document().get_element_by_id("thread-find-open"));
        if let Some(element) = element {
            screen::focus(&element);
        }
    }

    /// How many were found, and which is shown.
    fn words(self) -> String {
        if self.typed.with(|text| text.trim().is_empty()) {
            return String::new();
        }
        if let Some(error) = self.found.error.get() {
            return error.to_string();
        }
        let at = self.at.get().map_or(0, |at| at + 1);
        self.found.value.with(|found| match found {
            None => String::new(),
            Some(found) if found.hits.is_empty() => texts::thread::nothing_found().to_owned(),
            Some(found) if found.more => texts::thread::found_of_more(at, found.hits.len()),
            Some(found) => texts::thread::found_of(at, found.hits.len()),
        })
    }
}

/// The field, the count, and the ways to what was found.
#[component]
pub fn FindBar(
    /// What is searched for.
    finder: Finder,
) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    ui::watch(move || {
        if let Some(field) = field.get() {
            // Fails only for an element out of the page.
            let _focused = field.focus();
            field.select();
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        finder.step(false);
    };
    let keys = move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" => {
            event.prevent_default();
            finder.close();
        }
        "Enter" if event.shift_key() => {
            event.prevent_default();
            finder.step(true);
        }
        _ => {}
    };
    view! {
        <form class="thread-find" role="search" aria-label=texts::thread::find() on:submit=submit on:keydown=keys>
            <input
                class="input"
                type="text"
                inputmode="search"
                enterkeyhint="next"
                autocomplete="off"
                dir="auto"
                aria-label=texts::thread::find()
                maxlength=SEARCH_MAX.to_string()
                node_ref=field
                prop:value=finder.typed
                on:input=move |event| finder.typed.set(event_target_value(&event))
            />
            <span class="thread-count" role="status">{move || finder.words()}</span>
            {way(Icon::Up, texts::thread::previous_found(), move || finder.step(true))}
            {way(Icon::Down, texts::thread::next_found(), move || finder.step(false))}
            {way(Icon::Cross, texts::thread::close_find(), move || finder.close())}
        </form>
    }
    .into_any()
}

fn way(icon: Icon, label: &'static str, press: impl Fn() + 'static) -> AnyView {
    view! {
        <button type="button" class="button button-quiet" title=label aria-label=label on:click=move |_| press()>
            <Glyph icon=icon/>
        </button>
    }
    .into_any()
}
