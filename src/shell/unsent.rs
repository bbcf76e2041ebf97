//! Cases begun and not yet filed, each with the way back to it.

use std::sync::Arc;

use contract::catalogue::Catalogue;
use leptos::{html, prelude::*, task::spawn_local};
use ui::{Announcements, Button, Glyph, Icon, Look, Moment};
use uuid::Uuid;

use super::Main;
use crate::{
    local::{FormDraft, form_drafts},
    remote::{Fetched, session::Account},
    routes::draft_url,
};

/// How many are shown until all are asked for.
const SHOWN: usize = 5;

/// A draft with what the catalogue says of its type.
#[derive(Clone, PartialEq)]
struct Row {
    icon: Icon,
    title: String,
    draft: FormDraft,
}

/// The drafts of a person.
#[derive(Clone, Copy)]
struct Unsent {
    drafts: RwSignal<Vec<FormDraft>>,
    all: RwSignal<bool>,
    heading: NodeRef<html::H2>,
    person: Uuid,
    announcements: Announcements,
    main: Main,
}

/// A list of the drafts, where there are any.
#[component]
pub fn UnsentDrafts(
    /// The catalogue that their types are of.
    fetched: Fetched<Arc<Catalogue>>,
) -> impl IntoView {
    let unsent = Unsent {
        drafts: RwSignal::new(Vec::new()),
        all: RwSignal::new(false),
        heading: NodeRef::new(),
        person: Account::here().id(),
        announcements: Announcements::here(),
        main: expect_context(),
    };
    spawn_local(async move {
        let drafts = form_drafts::all(unsent.person).await;
        unsent.drafts.try_set(drafts);
    });
    let rows = ui::memo(move || {
        fetched.value.with(|catalogue| catalogue.as_ref().map(|known| unsent.rows(known)).unwrap_or_default())
    });
    let any = ui::memo(move || rows.with(|rows| !rows.is_empty()));
    ui::shown(move || {
        any.get().then(|| {
            view! {
                <section class="recent" aria-labelledby="unsent-title">
                    <h2 id="unsent-title" tabindex="-1" node_ref=unsent.heading>
                        {texts::drafts::continue_where_you_left_off()}
                    </h2>
                    {ui::dynamic(move || list(unsent, rows.get()))}
                </section>
            }
        })
    })
}

fn list(unsent: Unsent, mut rows: Vec<Row>) -> AnyView {
    let count = rows.len();
    let more = count > SHOWN && !unsent.all.get();
    if more {
        rows.truncate(SHOWN);
    }
    let show_all = move |_| {
        unsent.all.set(true);
        unsent.focus();
    };
    view! {
        <ul class="recent-list unsent">{rows.into_iter().map(|row| line(unsent, row)).collect_view()}</ul>
        {more.then(|| view! {
            <Button look=Look::Quiet press=show_all>{texts::drafts::show_all(count)}</Button>
        })}
    }
    .into_any()
}

fn line(unsent: Unsent, Row { icon, title, draft }: Row) -> AnyView {
    let href = draft_url(&draft.type_id, &draft.id);
    let subject = draft.subject().map(str::to_owned);
    let name = subject.clone().unwrap_or_else(|| title.clone());
    let touched = draft.touched;
    let link = match subject {
        Some(subject) => view! { <a href=href dir="auto">{subject}</a> }.into_any(),
        None => view! { <a href=href>{texts::drafts::no_subject_yet()}</a> }.into_any(),
    };
    view! {
        <li>
            <Glyph icon=icon/>
            <span class="unsent-type" dir="auto">{title}</span>
            {link}
            <Moment at=touched/>
            <Button look=Look::Quiet press=move |_| unsent.discard(draft.clone())>
                {texts::record::discard()} " "
                <span class="unseen" dir="auto">{name}</span>
            </Button>
        </li>
    }
    .into_any()
}

impl Unsent {
    /// Drafts of types that are offered no more wait until they are again.
    fn rows(self, catalogue: &Catalogue) -> Vec<Row> {
        let drafts = self.drafts.read();
        let rows = drafts.iter().filter_map(|draft| {
            let of = catalogue.case_type(&draft.type_id)?;
            Some(Row { icon: Icon::named(&of.icon), title: of.title.clone(), draft: draft.clone() })
        });
        rows.collect()
    }

    fn discard(self, draft: FormDraft) {
        form_drafts::forget(&draft, self.person);
        self.focus();
        self.drafts.update(|drafts| drafts.retain(|known| *known != draft));
        let undo = move || self.restore(draft.clone());
        self.announcements.toast_with(texts::drafts::discarded(), texts::drafts::undo(), undo);
    }

    /// Keeps a draft again. The list may be gone by then.
    fn restore(self, draft: FormDraft) {
        self.drafts.try_update(|drafts| {
            let at = drafts.partition_point(|known| known.touched > draft.touched);
            drafts.insert(at, draft.clone());
        });
        spawn_local(async move { form_drafts::keep(&draft, self.person).await });
    }

    /// What had the focus goes; the list's heading has it then, or the page if the
    /// list goes, too.
    fn focus(self) {
        match self.heading.get_untracked() {
            Some(heading) if self.drafts.with_untracked(Vec::len) > 1 => drop(heading.focus()),
            _ => self.main.focus(),
        }
    }
}
