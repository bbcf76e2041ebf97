//! Doing one thing to several cases.

use std::collections::BTreeSet;

use contract::{
    CaseNumber,
    bulk::{BulkDeed, BulkOutcome, BulkRequest},
    limits::BULK_MAX,
};
use leptos::{prelude::*, task::spawn_local};
use ui::{Announcements, Banner, Button, Dialog, Look, Tone};
use uuid::Uuid;

use super::Arranged;
use crate::remote::{Remote, RemoteError, cases, session::Account};

/// What is being done, and what became of it.
#[derive(Clone, Copy)]
struct Doing {
    here: Arranged,
    remote: Remote,
    announcements: Announcements,
    pending: RwSignal<bool>,
    error: RwSignal<Option<RemoteError>>,
    /// The cases that stayed as they were.
    left: RwSignal<Vec<CaseNumber>>,
    /// What was last asked for and is not answered, with its idempotency key: asked for
    /// again, it is done once.
    unanswered: StoredValue<Option<(BulkRequest, String)>>,
}

/// What to do with the rows chosen, while rows are chosen.
pub fn bar(here: Arranged) -> AnyView {
    let doing = Doing {
        here,
        remote: Remote::here(),
        announcements: Announcements::here(),
        pending: RwSignal::new(false),
        error: RwSignal::new(None),
        left: RwSignal::new(Vec::new()),
        unanswered: StoredValue::new(None),
    };
    ui::shown(move || here.listing.choosing.get().then(|| content(doing)))
}

fn content(doing: Doing) -> AnyView {
    let here = doing.here;
    let closing = RwSignal::new(false);
    let count = ui::memo(move || here.chosen.with(|chosen| chosen.len() as u64));
    let none = ui::memo(move || count.get() == 0);
    let deed = move |deed: BulkDeed, label: &'static str| {
        view! {
            <Button pending=doing.pending press=move |_| doing.carry_out(deed)>
                {label}
            </Button>
        }
        .into_any()
    };
    let follow = (!Account::here().is_support()).then(|| deed(BulkDeed::Watch, texts::arranging::follow()));
    let mark_read = deed(BulkDeed::MarkRead, texts::arranging::mark_read());
    view! {
        <div class="choosing" role="group" aria-label=texts::arranging::with_chosen()>
            <p role="status">{move || texts::arranging::chosen(count.get())}</p>
            <Button look=Look::Quiet press=move |_| doing.choose_shown(none.get_untracked())>
                {move || if none.get() { texts::arranging::choose_all() } else { texts::arranging::choose_none() }}
            </Button>
            <fieldset class="choosing-deeds" disabled=none>
                {mark_read} {follow}
                <Button pending=doing.pending press=move |_| closing.set(true)>
                    {texts::arranging::close()}
                </Button>
            </fieldset>
            <Button look=Look::Quiet press=move |_| here.listing.choosing.set(false)>
                {texts::arranging::stop_choosing()}
            </Button>
        </div>
        {ui::shown(move || {
            (count.get() == BULK_MAX as u64).then(|| {
                view! { <Banner>{texts::arranging::most(BULK_MAX)}</Banner> }
            })
        })}
        {ui::shown(move || {
            let error = doing.error.get()?;
            Some(view! { <Banner tone=Tone::Danger live=true>{error.to_string()}</Banner> })
        })}
        {ui::shown(move || {
            let left = doing.left.get();
            (!left.is_empty()).then(|| {
                let numbers = left.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                let text = texts::arranging::not_done(left.len() as u64, numbers);
                view! { <Banner tone=Tone::Warning live=true>{text}</Banner> }
            })
        })}
        {confirmation(doing, closing, count)}
    }
    .into_any()
}

/// Asks before cases are closed.
fn confirmation(doing: Doing, open: RwSignal<bool>, count: Memo<u64>) -> AnyView {
    let title = Signal::derive(move || texts::arranging::close_chosen(count.get()));
    let close = move |_| {
        open.set(false);
        doing.carry_out(BulkDeed::Close);
    };
    view! {
        <Dialog open=open title=title id="close-chosen">
            <p>{texts::arranging::closing_tells()}</p>
            <div class="dialog-buttons">
                <Button press=move |_| open.set(false)>{texts::arranging::keep_open()}</Button>
                <Button look=Look::Danger press=close>
                    {texts::arranging::close()}
                </Button>
            </div>
        </Dialog>
    }
    .into_any()
}

impl Doing {
    /// Chooses the rows shown, as many as may be, or none.
    fn choose_shown(self, all: bool) {
        let shown = self
            .here
            .listing
            .rows
            .with_untracked(|rows| rows.iter().map(|row| row.number).take(BULK_MAX).collect());
        self.here.chosen.set(if all { shown } else { BTreeSet::new() });
    }

    fn carry_out(self, deed: BulkDeed) {
        let numbers: Vec<_> = self.here.chosen.with_untracked(|chosen| chosen.iter().copied().collect());
        let request = BulkRequest { numbers, deed };
        let known = self.unanswered.get_value().filter(|(unanswered, _)| *unanswered == request);
        let (request, key) = known.unwrap_or_else(|| (request, Uuid::new_v4().to_string()));
        self.unanswered.set_value(Some((request.clone(), key.clone())));
        self.pending.set(true);
        self.error.set(None);
        self.left.set(Vec::new());
        spawn_local(async move {
            let answer = cases::do_to_several(self.remote, &request, &key).await;
            if self.pending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(outcomes) => self.note(&outcomes),
                Err(error) => self.error.set(Some(error)),
            }
        });
    }

    /// Those done are chosen no longer.
    fn note(self, outcomes: &[BulkOutcome]) {
        self.unanswered.set_value(None);
        let (done, left): (Vec<BulkOutcome>, Vec<BulkOutcome>) =
            outcomes.iter().copied().partition(|outcome| outcome.done);
        self.here.chosen.update(|chosen| {
            for outcome in &done {
                chosen.remove(&outcome.number);
            }
        });
        if !done.is_empty() {
            self.announcements.toast(texts::arranging::done(done.len() as u64));
        }
        self.left.set(left.iter().map(|outcome| outcome.number).collect());
        self.here.listing.show_own();
    }
}
