//! The conversation on the page.

use leptos::prelude::*;
use ui::{Button, Glyph, Icon, Skeleton};

use super::{
    load::Edge,
    places::LINE,
    state::Thread,
    tools::Tools,
    window::{BEFORE, BEHIND},
};
use crate::{
    cases::record::{entry::EntryView, on_its_way::OnItsWay, open_case::OpenCase},
    remote::stretch::Item,
    shell::Failure,
};

/// What was said and what happened, oldest first.
#[component]
pub fn Timeline() -> impl IntoView {
    let open = expect_context::<OpenCase>();
    let thread = open.thread;
    thread.follow();
    let loading = move || !thread.loaded.get() && thread.error.with(Option::is_none);
    let failed = move || {
        let error = thread.error.get()?;
        Some(view! { <Failure error=error retry=move |()| thread.try_again()/> })
    };
    view! {
        <section class="conversation" aria-labelledby="conversation-title">
            <h2 id="conversation-title">{texts::record::conversation()}</h2>
            <Tools thread=thread/>
            {ui::shown(move || {
                let partly = thread.stretch.with(|stretch| stretch.earlier + stretch.later > 0);
                partly.then(|| view! { <p class="thread-partly">{texts::thread::printed_in_part()}</p> })
            })}
            {entries(thread)}
            {ui::shown(move || {
                loading().then(|| view! { <Skeleton lines=3 label=texts::record::loading_conversation()/> })
            })}
            {ui::shown(failed)}
            <OnItsWay number=open.number/>
            {arrived(thread)}
        </section>
    }
    .into_any()
}

fn entries(thread: Thread) -> AnyView {
    let rooms = ui::memo(move || thread.rooms());
    let on_page = move || {
        let range = thread.range();
        thread.stretch.with(|stretch| stretch.items.get(range).unwrap_or_default().to_vec())
    };
    view! {
        <div class="thread">
            {room(thread, BEFORE, Edge::Start, Signal::derive(move || rooms.get().0))}
            <For each=on_page key=|item: &Item| (item.entry.id, item.revision) let(item)>
                {entry(thread, &item)}
            </For>
            {room(thread, BEHIND, Edge::End, Signal::derive(move || rooms.get().1))}
        </div>
    }
    .into_any()
}

fn entry(thread: Thread, item: &Item) -> AnyView {
    let position = item.position();
    let line = move || {
        (thread.unread.get() == Some(position)).then(|| {
            view! { <p class="thread-line" id=LINE tabindex="-1">{texts::thread::new_since()}</p> }
        })
    };
    view! {
        {ui::shown(line)}
        <EntryView entry=(*item.entry).clone() target=thread.target/>
    }
    .into_any()
}

/// The room of entries that are not on the page, with a way to those not loaded: they
/// come by themselves to whoever scrolls, and not everyone does.
fn room(thread: Thread, id: &'static str, edge: Edge, height: Signal<f64>) -> AnyView {
    let count = move || {
        thread.stretch.with(|stretch| match edge {
            Edge::Start => stretch.earlier,
            Edge::End => stretch.later,
        })
    };
    let more = move || {
        let count = count();
        (count > 0).then(|| {
            let words = match edge {
                Edge::Start => texts::record::show_earlier(count),
                Edge::End => texts::thread::show_later(count),
            };
            view! {
                <Button pending=thread.growing press=move |_| thread.grow(edge)>
                    {words}
                </Button>
            }
        })
    };
    view! {
        <div class="thread-room" id=id style:height=move || format!("{:.0}px", height.get())>
            {ui::shown(more)}
        </div>
    }
    .into_any()
}

/// Says that there is something new below, and leads there.
fn arrived(thread: Thread) -> AnyView {
    ui::shown(move || {
        let count = thread.arrived.get();
        (count > 0).then(|| {
            view! {
                <button type="button" class="button button-primary thread-arrived" on:click=move |_| thread.to_last()>
                    {texts::thread::new_messages(count)}
                    <Glyph icon=Icon::Down/>
                </button>
            }
        })
    })
}
