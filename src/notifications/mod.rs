//! What the person was told of: the count in the bar, and the page.

mod browser;
mod choices;
mod item;
mod listed;

use contract::{Page as Answered, live::LiveEvent};
use leptos::{prelude::*, task::spawn_local};
use ui::{Announcements, Button, Clock, EmptyState, Icon, Look, Skeleton};
use uuid::Uuid;

use self::{
    item::item,
    listed::{Listed, places},
};
use crate::{
    remote::{Fetched, Remote, RemoteError, live::Live, notifications},
    shell::{Failure, Page},
};

/// Keeps the count in the bar and in the browser's title true.
pub fn follow() -> AnyView {
    let remote = Remote::here();
    let counted = Fetched::new(None);
    let ask = move || counted.ask(Box::pin(notifications::unread(remote)));
    ask();
    Live::here().listen(move |event| {
        if is_of_notifications(event) {
            ask();
        }
        if let LiveEvent::CaseChanged { number, told: true, .. } = event {
            browser::tell(remote, *number);
        }
    });
    ui::watch(move || {
        if let Some(count) = counted.value.get() {
            remote.unread.set(count.unread);
        }
    });
    ().into_any()
}

fn is_of_notifications(event: &LiveEvent) -> bool {
    match event {
        LiveEvent::CaseChanged { told, .. } => *told,
        LiveEvent::CaseRead { .. } | LiveEvent::NotificationsChanged | LiveEvent::Reload => true,
        LiveEvent::NoticeChanged | LiveEvent::Hello => false,
    }
}

/// What the page's parts share.
#[derive(Clone, Copy)]
struct Here {
    listed: Fetched<Listed>,
    /// How many pages are shown.
    pages: RwSignal<usize>,
    remote: Remote,
    announcements: Announcements,
}

/// The page.
pub fn page() -> AnyView {
    let here = Here {
        listed: Fetched::new(None),
        pages: RwSignal::new(1),
        remote: Remote::here(),
        announcements: Announcements::here(),
    };
    here.ask();
    Live::here().listen(move |event| {
        if is_of_notifications(event) {
            here.ask();
        }
    });
    let state = ui::memo(move || {
        let any = here.listed.value.with(|listed| listed.as_ref().map(|listed| !listed.items.is_empty()));
        (any, here.listed.error.with(Option::is_some))
    });
    view! {
        <Page title=Signal::stored(texts::shell::notifications().to_owned())>
            <div class="section-head">
                <h1>{texts::shell::notifications()}</h1>
                {mark_all(here)}
                {choices::choices()}
            </div>
            {ui::dynamic(move || match state.get() {
                (Some(true), _) => list(here),
                (Some(false), _) => nothing(),
                (None, true) => failure(here),
                (None, false) => view! { <Skeleton lines=8 label=texts::notifications::loading()/> }.into_any(),
            })}
        </Page>
    }
    .into_any()
}

fn mark_all(here: Here) -> AnyView {
    let any = ui::memo(move || here.remote.unread.get() > 0);
    ui::shown(move || {
        any.get().then(|| {
            view! {
                <Button look=Look::Quiet press=move |_| here.mark(None)>{texts::notifications::mark_all()}</Button>
            }
        })
    })
}

fn list(here: Here) -> AnyView {
    let clock = Clock::start();
    let each = move || here.listed.value.with(|listed| places(listed.as_ref(), clock.now()));
    let more = ui::memo(move || here.listed.value.with(|listed| listed.as_ref().is_some_and(|l| l.more)));
    view! {
        <ol class="told-list">
            <For
                each=each
                key=|place| (place.notification.id, place.day, place.begins_case)
                let(place)
            >
                {item(here, place)}
            </For>
        </ol>
        {ui::shown(move || {
            more.get().then(|| {
                view! {
                    <Button pending=here.listed.pending press=move |_| here.grow()>{texts::cases::load_more()}</Button>
                }
            })
        })}
        {failure(here)}
    }
    .into_any()
}

fn failure(here: Here) -> AnyView {
    ui::shown(move || {
        here.listed.error.get().map(|error| view! { <Failure error=error retry=move |()| here.ask()/> })
    })
}

fn nothing() -> AnyView {
    view! {
        <EmptyState icon=Icon::Bell title=texts::notifications::nothing_yet()>
            <p>{texts::notifications::what_comes_here()}</p>
        </EmptyState>
    }
    .into_any()
}

impl Here {
    /// Asks for what is shown, unless the page has gone.
    fn ask(self) {
        if let Some(pages) = self.pages.try_get_untracked() {
            self.listed.ask(Box::pin(read(self.remote, pages)));
        }
    }

    /// Whether the person has not seen one that is listed.
    fn is_unread(self, id: Uuid) -> bool {
        self.listed.value.with(|listed| {
            let items = listed.as_ref().map(|listed| listed.items.as_slice()).unwrap_or_default();
            items.iter().any(|known| known.id == id && !known.read)
        })
    }

    fn grow(self) {
        self.pages.update(|pages| *pages += 1);
        self.ask();
    }

    /// Marks some as seen, or all, and offers to take it back.
    fn mark(self, ids: Option<Vec<Uuid>>) {
        let (mark, all) = (Uuid::new_v4(), ids.is_none());
        spawn_local(async move {
            match notifications::mark(self.remote, mark, ids).await {
                Ok(count) => {
                    self.remote.unread.set(count.unread);
                    self.ask();
                    if all {
                        let undo = move || self.unmark(mark);
                        let text = texts::notifications::all_marked();
                        self.announcements.toast_with(text, texts::drafts::undo(), undo);
                        ui::focus("main");
                    }
                }
                Err(error) => self.announcements.toast(error.to_string()),
            }
        });
    }

    fn unmark(self, mark: Uuid) {
        spawn_local(async move {
            match notifications::unmark(self.remote, mark).await {
                Ok(count) => {
                    self.remote.unread.set(count.unread);
                    self.ask();
                }
                Err(error) => self.announcements.toast(error.to_string()),
            }
        });
    }
}

/// The first pages, as one.
async fn read(remote: Remote, pages: usize) -> Result<Listed, RemoteError> {
    let mut items = Vec::new();
    let mut cursor = None;
    for _ in 0..pages {
        let Answered { items: further, next } = notifications::list(remote, cursor.as_deref()).await?;
        items.extend(further);
        cursor = next;
        if cursor.is_none() {
            break;
        }
    }
    Ok(Listed { items, more: cursor.is_some() })
}
