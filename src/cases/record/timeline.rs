//! What was said and what happened, oldest first.

use contract::Entry;
use leptos::{ev, prelude::*};
use leptos_router::hooks::use_location;
use ui::{Button, Skeleton, Windowed};
use uuid::Uuid;

use super::{entry::EntryView, on_its_way::OnItsWay, open_case::OpenCase};
use crate::shell::Failure;

/// Entries come and go in parts of this many.
const PART: usize = 10;
/// How many of the newest parts stand there at first.
const PARTS_AT_FIRST: usize = 8;
/// A conversation of up to so many entries stands there whole.
const WHOLE: usize = 3 * PART;

/// The conversation.
#[component]
pub fn Timeline() -> impl IntoView {
    let open = expect_context::<OpenCase>();
    let parts = ui::memo(move || open.timeline.with(|t| t.entries.len()).div_ceil(PART));
    let earlier_shown = RwSignal::new(0_usize);
    let target = permalink(open, earlier_shown);
    let printing = printing();
    let first = ui::memo(move || {
        let hidden = parts.get().saturating_sub(PARTS_AT_FIRST + earlier_shown.get());
        if printing.get() { 0 } else { hidden }
    });
    let loading = move || !open.complete.get() && open.timeline_error.with(Option::is_none);
    view! {
        <section class="conversation" aria-labelledby="conversation-title">
            <h2 id="conversation-title">{texts::record::conversation()}</h2>
            {ui::shown(move || {
                (first.get() > 0).then(|| {
                    let more = move |_| earlier_shown.update(|shown| *shown += PARTS_AT_FIRST);
                    view! { <Button press=more>{texts::record::show_earlier(first.get() * PART)}</Button> }
                })
            })}
            <For each=move || first.get()..parts.get() key=|part| *part let(part)>
                <Part part=part target=target printing=printing/>
            </For>
            {ui::shown(move || {
                loading().then(|| view! { <Skeleton lines=3 label=texts::record::loading_conversation()/> })
            })}
            {ui::shown(move || {
                open.timeline_error
                    .get()
                    .map(|error| view! { <Failure error=error retry=move |()| open.refresh()/> })
            })}
            <OnItsWay/>
        </section>
    }
    .into_any()
}

#[component]
fn Part(part: usize, target: RwSignal<Option<Uuid>>, printing: RwSignal<bool>) -> impl IntoView {
    let open = expect_context::<OpenCase>();
    let entries = move || {
        open.timeline.with(|t| t.entries.iter().skip(part * PART).take(PART).cloned().collect::<Vec<Entry>>())
    };
    // The last part is where new entries appear.
    let stays = Signal::derive(move || {
        let count = open.timeline.with(|t| t.entries.len());
        printing.get() || count <= WHOLE || part + 1 == count.div_ceil(PART)
    });
    view! {
        <Windowed stays=stays>
            <For each=entries key=|entry| (entry.id, entry.content.revision()) let(entry)>
                <EntryView entry=entry target=target/>
            </For>
        </Windowed>
    }
    .into_any()
}

/// Whether the page is being printed: paper has all of the conversation.
fn printing() -> RwSignal<bool> {
    let printing = RwSignal::new(false);
    let before = window_event_listener(ev::beforeprint, move |_| printing.set(true));
    let after = window_event_listener(ev::afterprint, move |_| printing.set(false));
    on_cleanup(move || {
        before.remove();
        after.remove();
    });
    printing
}

/// The entry that the address points at; shown and scrolled to once it is here.
fn permalink(open: OpenCase, earlier_shown: RwSignal<usize>) -> RwSignal<Option<Uuid>> {
    let target = RwSignal::new(None);
    let hash = use_location().hash;
    ui::watch(move || {
        let wanted =
            hash.with(|hash| hash.trim_start_matches('#').strip_prefix("entry-")?.parse::<Uuid>().ok());
        if wanted.is_none() || target.get_untracked() == wanted {
            return;
        }
        let found = open.timeline.with(|t| t.entries.iter().position(|entry| Some(entry.id) == wanted));
        let (Some(at), true) = (found, open.complete.get()) else { return };
        let parts = open.timeline.with_untracked(|t| t.entries.len()).div_ceil(PART);
        earlier_shown
            .update(|shown| *shown = (*shown).max((parts - at / PART).saturating_sub(PARTS_AT_FIRST)));
        target.set(wanted);
        request_animation_frame(move || {
            let id = wanted.map(|id| format!("entry-{id}")).unwrap_or_default();
            if let Some(element) = document().get_element_by_id(&id) {
                element.scroll_into_view();
            }
        });
    });
    target
}
