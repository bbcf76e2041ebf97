//! The command palette: pages, actions and cases by a few letters.

use contract::CaseQuery;
use leptos::{ev::KeyboardEvent, html, prelude::*};
use leptos_router::hooks::use_navigate;
use ui::Glyph;

use super::commands::{Command, Deed, fixed};
use crate::{
    remote::{Fetched, Remote, RemoteError, cases, catalogue, typed::as_typed},
    shell::Overlay,
};

/// How many cases are offered.
const CASES: usize = 6;

/// The palette's field and list (ARIA 1.2, editable combobox with list).
#[component]
pub fn Palette(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let chosen = RwSignal::new(0_usize);
    let found = found(typed);
    let commands = commands(typed, found);
    let run = runner(open);
    let run_chosen = move || {
        if let Some(command) = commands.with_untracked(|all| all.get(chosen.get_untracked()).cloned()) {
            run.run(command.deed);
        }
    };
    let steer = move |event: KeyboardEvent| {
        let count = commands.with_untracked(Vec::len);
        let at = chosen.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => chosen.set((at + 1) % count.max(1)),
            "ArrowUp" => chosen.set((at + count.max(1) - 1) % count.max(1)),
            "Enter" if !event.is_composing() => run_chosen(),
            _ => return,
        }
        event.prevent_default();
    };
    let field = NodeRef::<html::Input>::new();
    ui::watch(move || {
        if let Some(field) = field.get() {
            let _focused = field.focus();
        }
    });
    let count = ui::memo(move || commands.with(Vec::len));
    view! {
        <div class="palette">
            <input
                class="input"
                type="text"
                role="combobox"
                node_ref=field
                aria-label=texts::palette::what()
                aria-expanded="true"
                aria-controls="palette-list"
                aria-autocomplete="list"
                aria-activedescendant=Signal::derive(move || (count.get() > 0).then(|| option_id(chosen.get())))
                placeholder=texts::palette::what()
                autocomplete="off"
                dir="auto"
                on:input=move |event| {
                    chosen.set(0);
                    typed.set(event_target_value(&event));
                }
                on:keydown=steer
            />
            <ul id="palette-list" role="listbox" aria-label=texts::palette::title()>
                {ui::dynamic(move || {
                    let all = commands.get();
                    all.into_iter().enumerate().map(|(index, command)| option(index, command, chosen, run)).collect_view()
                })}
            </ul>
            <p class="quiet" role="status">
                {ui::dynamic(move || texts::palette::offered(count.get() as u64))}
            </p>
        </div>
    }
    .into_any()
}

fn option_id(index: usize) -> String {
    format!("palette-{index}")
}

fn option(index: usize, command: Command, chosen: RwSignal<usize>, run: Callback<Deed>) -> AnyView {
    let Command { icon, title, note, deed } = command;
    let selected = Signal::derive(move || if chosen.get() == index { "true" } else { "false" });
    view! {
        <li
            id=option_id(index)
            role="option"
            aria-selected=selected
            on:pointermove=move |_| chosen.set(index)
            on:click=move |_| run.run(deed.clone())
        >
            <Glyph icon=icon/>
            <span dir="auto" title=title>{title.clone()}</span>
            <span class="quiet" dir="auto">{note}</span>
        </li>
    }
    .into_any()
}

/// Cases that match what is typed; the newest while nothing is.
fn found(typed: RwSignal<String>) -> Fetched<Vec<Command>> {
    let remote = Remote::here();
    as_typed(Signal::derive(move || Some(typed.get())), move |typed| Box::pin(search(remote, typed)))
}

async fn search(remote: Remote, typed: String) -> Result<Vec<Command>, RemoteError> {
    let query = CaseQuery { search: typed.trim().to_owned(), ..CaseQuery::default() };
    let page = cases::list(remote, &query, None, CASES).await?;
    Ok(page.items.into_iter().map(Command::case).collect())
}

/// What is offered: pages and actions whose words match, then cases.
fn commands(typed: RwSignal<String>, found: Fetched<Vec<Command>>) -> Memo<Vec<Command>> {
    let catalogue = catalogue::fetch(Remote::here());
    let administers = Remote::here().administers();
    ui::memo(move || {
        let typed = typed.get();
        let cases = found.value.get().unwrap_or_default();
        let fixed = fixed(catalogue.value.get().as_deref(), administers);
        fixed.into_iter().filter(|command| command.matches(&typed)).chain(cases).collect()
    })
}

/// Closes the palette and does what was chosen.
fn runner(open: RwSignal<bool>) -> Callback<Deed> {
    let overlay = Overlay::here();
    let navigate = use_navigate();
    Callback::new(move |deed: Deed| {
        open.set(false);
        match deed {
            Deed::Go(route) => navigate(&route.to_string(), Default::default()),
            // Once this one is closed.
            Deed::Open(next) => request_animation_frame(move || overlay.set(Some(next))),
            Deed::Look(theme) => theme.choose(),
        }
    })
}
