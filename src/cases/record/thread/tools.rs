//! What stands above the conversation while it scrolls: filter, find, and ways to its ends.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use ui::{Glyph, Icon};

use super::{
    find::{FindBar, Finder},
    start::{MESSAGES, ONLY},
    state::Thread,
};
use crate::routes::Route;

/// A conversation of fewer entries is seen at a glance.
const FEW: usize = 8;

/// The tools, where there is something to use them on.
#[component]
pub fn Tools(
    /// The conversation.
    thread: Thread,
) -> impl IntoView {
    let finder = Finder::new(thread);
    let needed = ui::memo(move || {
        let count = thread.stretch.with(|stretch| stretch.earlier + stretch.items.len() + stretch.later);
        count >= FEW || thread.only_messages.get()
    });
    ui::shown(move || {
        needed.get().then(|| {
            view! {
                <div class="thread-tools" role="group" aria-label=texts::thread::tools()>
                    <Filter thread=thread/>
                    <div class="thread-jumps">
                        {jump(Icon::Up, texts::thread::first(), texts::thread::to_first(), move || thread.to_first())}
                        {ui::shown(move || {
                            thread.unread.get().is_some().then(|| {
                                jump(Icon::Inbox, texts::thread::new(), texts::thread::to_new(), move || {
                                    thread.to_unread();
                                })
                            })
                        })}
                        {jump(Icon::Down, texts::thread::last(), texts::thread::to_last(), move || thread.to_last())}
                        <button
                            type="button"
                            class="button button-quiet"
                            id="thread-find-open"
                            title=texts::thread::find()
                            aria-label=texts::thread::find()
                            aria-expanded=Signal::derive(move || if finder.open.get() { "true" } else { "false" })
                            on:click=move |_| finder.toggle()
                        >
                            <Glyph icon=Icon::Search/>
                        </button>
                    </div>
                    {ui::shown(move || finder.open.get().then(|| view! { <FindBar finder=finder/> }))}
                </div>
            }
        })
    })
}

fn jump(icon: Icon, word: &'static str, label: &'static str, press: impl Fn() + 'static) -> AnyView {
    view! {
        <button type="button" class="button button-quiet" title=label aria-label=label on:click=move |_| press()>
            <Glyph icon=icon/>
            <span class="thread-word">{word}</span>
        </button>
    }
    .into_any()
}

/// Everything, or messages only; kept in the address.
#[component]
fn Filter(thread: Thread) -> impl IntoView {
    let navigate = StoredValue::new(use_navigate());
    let choose = move |only: bool| {
        let path = Route::Case(thread.number);
        let url = if only { format!("{path}?{ONLY}={MESSAGES}") } else { path.to_string() };
        let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        navigate.with_value(|navigate| navigate(&url, options));
    };
    let option = move |only: bool, words: &'static str| {
        view! {
            <label class="segment">
                <input
                    type="radio"
                    name="thread-filter"
                    prop:checked=Signal::derive(move || thread.only_messages.get() == only)
                    on:change=move |_| choose(only)
                />
                <span>{words}</span>
            </label>
        }
    };
    view! {
        <fieldset class="segments">
            <legend class="unseen">{texts::thread::shown()}</legend>
            {option(false, texts::thread::all())}
            {option(true, texts::thread::messages_only())}
        </fieldset>
    }
    .into_any()
}
