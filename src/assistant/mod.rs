//! The Case Assistant: asks a case type's questions and files the case.

mod beginning;
mod behalf;
mod choices;
mod colleagues;
mod control;
mod correction;
mod deflection;
mod files;
mod filing;
mod opening;
mod organisation;
mod origin;
mod picker;
mod place;
mod question;
mod received;
mod renewal;
mod review;
mod step;
mod stepper;
mod submit;
mod suggestions;
mod times;
mod wanted;

use std::sync::Arc;

use contract::catalogue::{CaseType, Catalogue, Receipt};
use leptos::prelude::*;
use ui::{EmptyState, Glyph, Icon, Skeleton};

pub use picker::picker_page;

use self::{filing::Filing, place::Place};
use crate::{
    attaching::DropAnywhere,
    remote::{Remote, RemoteError, catalogue, session::Account},
    routes::Route,
    shell::{Failure, NotFound, Page},
};

/// The assistant for a type.
pub fn page(type_id: String) -> AnyView {
    let remote = Remote::here();
    let fetched = catalogue::fetch(remote);
    let retry = move |()| fetched.ask(Box::pin(catalogue::catalogue(remote)));
    // A newer catalogue must not take the form away while it is being filled in.
    let first = Memo::new(move |before: Option<&Option<Arc<Catalogue>>>| {
        before.cloned().flatten().or_else(|| fetched.value.get())
    });
    // An answer to a later question, or none, must not take it away either.
    let shown = move || match first.get() {
        Some(catalogue) => for_type(&catalogue, &type_id),
        None => view! {
            <Page title=Signal::stored(texts::shell::create_a_case().to_owned())>
                {ui::dynamic(move || not_yet(fetched.error.get(), retry))}
            </Page>
        }
        .into_any(),
    };
    ui::dynamic(shown)
}

/// What stands there until the catalogue does.
fn not_yet(error: Option<RemoteError>, retry: impl Fn(()) + Send + Sync + 'static) -> AnyView {
    match error {
        Some(error) => view! { <Failure error=error retry=retry/> }.into_any(),
        None => view! { <Skeleton lines=8 label=texts::assistant::loading_questions()/> }.into_any(),
    }
}

fn for_type(catalogue: &Arc<Catalogue>, type_id: &str) -> AnyView {
    let Some(case_type) = catalogue.case_type(type_id) else { return view! { <NotFound/> }.into_any() };
    if case_type.deflection.is_none()
        && let Some(reason) = refusal(&Account::here(), case_type)
    {
        return refused(case_type.title.clone(), reason);
    }
    let (catalogue, of) = (catalogue.clone(), case_type.clone());
    opening::opened(case_type.clone(), move |draft| {
        let filing = Filing::begin(catalogue.clone(), of.clone(), draft);
        provide_context(filing);
        match &of.deflection {
            Some(deflection) => deflection::page(filing, deflection),
            None => assistant(filing),
        }
    })
}

/// Why this person cannot file this type at all.
fn refusal(account: &Account, case_type: &CaseType) -> Option<&'static str> {
    if account.is_support() {
        Some(texts::assistant::customers_file_cases())
    } else if !case_type.audience.admits(account.is_only_partner()) {
        Some(texts::assistant::only_customer_can_file_ask_them())
    } else {
        None
    }
}

fn refused(title: String, reason: &'static str) -> AnyView {
    view! {
        <Page title=Signal::stored(title.clone())>
            <h1 dir="auto">{title}</h1>
            <EmptyState icon=Icon::Warning title=texts::assistant::cannot_file()>
                <p>{reason}</p>
                <a class="button" href=Route::NewCase.to_string()>
                    {texts::assistant::choose_something_else()}
                </a>
            </EmptyState>
        </Page>
    }
    .into_any()
}

fn assistant(filing: Filing) -> AnyView {
    let shown = move || {
        if let Some(record) = filing.received.get() {
            return received::received(record);
        }
        let form = ui::dynamic(move || {
            if filing.ready.get() {
                view! {
                    {origin::origin(filing)}
                    {renewal::notice(filing)}
                    {stepper::stepper(filing)}
                    <PlaceView/>
                    <DropAnywhere tray=filing.tray/>
                }
                .into_any()
            } else {
                view! { <Skeleton lines=8 label=texts::assistant::loading_draft()/> }.into_any()
            }
        });
        filing.case_type.with_value(|case_type| in_page(case_type, form))
    };
    ui::dynamic(shown)
}

/// The page of a type, with the way back to the others.
fn in_page(case_type: &CaseType, content: AnyView) -> AnyView {
    let (title, emergency) = (case_type.title.clone(), case_type.receipt == Receipt::Emergency);
    view! {
        <Page
            title=Signal::stored(title.clone())
            class=if emergency { "assistant assistant-emergency" } else { "assistant" }
        >
            <p class="case-way">
                <a href=Route::NewCase.to_string()>{texts::shell::create_a_case()}</a>
            </p>
            <h1 dir="auto">{emergency.then(|| view! { <Glyph icon=Icon::Alarm/> })} {title}</h1>
            {content}
        </Page>
    }
    .into_any()
}

#[component]
fn PlaceView() -> impl IntoView {
    let filing = Filing::here();
    ui::dynamic(move || match filing.place.get() {
        Place::Organisation => view! { <organisation::OrganisationStep/> }.into_any(),
        Place::Step(title) => step::step(title),
        Place::Review => view! { <review::Review/> }.into_any(),
    })
}
