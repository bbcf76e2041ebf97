//! One case: what was asked, what was said, and what can be done now.

mod actions;
mod banners;
mod closed;
mod editing;
mod entry;
mod eta_history;
mod facts;
mod history;
mod message_menu;
mod on_its_way;
mod open_case;
mod people;
mod quoting;
mod reference;
mod saving;
mod submission;
mod survey;
mod tabs;
mod thread;

use contract::{CaseNumber, CaseRecord, CaseSummary, ProblemCode};
use leptos::prelude::*;
use ui::{Skeleton, StatusMark, markdown::Reader};

pub(super) use actions::has_dialog;
pub use actions::{ask_from_afar, keep_returned};
pub use on_its_way::OnItsWay;
pub(super) use open_case::OpenCase;
pub(super) use quoting::{Quoted, Quoting};

use self::{
    actions::{ActionBar, ActionDialog, Asked, ask_as_the_address_says},
    banners::{EscalationBanner, StateBanner},
    closed::ClosedSummary,
    editing::Editing,
    facts::Facts,
    history::{History, HistoryDialog},
    people::Watching,
    submission::Submission,
    tabs::CaseTabs,
    thread::Timeline,
};
use super::{
    attachments::{Viewer, ViewerDialog},
    composer::Composer,
};
use crate::{
    attaching::Tray,
    local::Outbox,
    remote::{Remote, live::Live, session::Account},
    routes::Route,
    shell::{Failure, NotFound, Page},
};

/// The page of a case.
pub fn case_page(number: CaseNumber) -> AnyView {
    let open = OpenCase::open(Remote::here(), Live::here(), Outbox::here(), number);
    provide_context(open);
    provide_context(Asked::of(number, open.record));
    // An address may ask for an action, such as a mail's.
    ask_as_the_address_says();
    provide_context(Watching::of(open));
    provide_context(Reader(Account::here().id()));
    provide_context(Tray::open(format!("{}/{number}", Account::here().id())));
    Viewer::provide();
    Quoting::provide();
    History::provide();
    Editing::provide(open);
    let missing = ui::memo(move || {
        open.record.error.with(|error| error.as_ref().and_then(|error| error.code()))
            == Some(ProblemCode::NotFound)
    });
    let shown = move || if missing.get() { view! { <NotFound/> }.into_any() } else { present(open) };
    ui::dynamic(shown)
}

fn present(open: OpenCase) -> AnyView {
    let title = Signal::derive(move || {
        open.summary.with(|s| match s {
            Some(summary) => format!("{}: {}", summary.number, summary.subject),
            None => open.number.to_string(),
        })
    });
    let failed = move || {
        let error = open.record.error.get()?;
        let nothing = open.record.value.with(Option::is_none);
        nothing.then(|| view! { <Failure error=error retry=move |()| open.refresh()/> })
    };
    let known = ui::memo(move || open.record.value.with(Option::is_some));
    view! {
        <Page title=title class="case">
            <header class="case-head">
                <p class="case-way">
                    <a href=Route::Cases.to_string()>{texts::cases::our_cases()}</a>
                    <span aria-hidden="true">"/"</span>
                    <span dir="auto">{open.number.to_string()}</span>
                </p>
                {ui::shown(move || open.summary.get().map(headline))}
                {ui::shown(move || known.get().then(|| view! { <ActionBar/> }))}
            </header>
            {failed}
            {ui::dynamic(move || match known.get() {
                true => body(),
                false if open.record.error.with(Option::is_none) => {
                    view! { <Skeleton lines=8 label=texts::record::loading_case()/> }.into_any()
                }
                false => ().into_any(),
            })}
        </Page>
    }
    .into_any()
}

fn headline(summary: CaseSummary) -> AnyView {
    view! {
        <h1 dir="auto">{summary.subject}</h1>
        <p class="case-status">
            <span data-testid="status">
                <StatusMark status=summary.status/>
            </span>
        </p>
    }
    .into_any()
}

fn body() -> AnyView {
    view! {
        <div class="case-body">
            <Facts/>
            <div class="case-main">
                <ClosedSummary/>
                <Submission/>
                <CaseTabs/>
                <HistoryDialog/>
            </div>
        </div>
        <ActionDialog/>
        <ViewerDialog/>
    }
    .into_any()
}

/// What was said, and what can be said now.
fn conversation() -> AnyView {
    view! {
        <Timeline/>
        <EscalationBanner/>
        <StateBanner/>
        <Composer/>
    }
    .into_any()
}

/// What the parts of the page need of the record.
fn with_record<T: PartialEq + Send + Sync + 'static>(
    open: OpenCase,
    read: impl Fn(&CaseRecord) -> T + Send + Sync + 'static,
) -> Memo<Option<T>> {
    ui::memo(move || open.record.value.with(|record| record.as_ref().map(&read)))
}
