//! The cases that moved last.

use contract::{CaseQuery, CaseSummary};
use leptos::prelude::*;
use ui::{EmptyState, Icon, Moment, Skeleton, StatusMark};

use crate::{
    remote::{Fetched, Remote, RemoteError, cases, live::Live},
    routes::Route,
    shell::Failure,
};

/// How many are shown.
const SHOWN: usize = 5;

/// The newest few cases.
#[component]
pub fn RecentCases() -> impl IntoView {
    let remote = Remote::here();
    let cached = remote.cache.try_update_value(|cache| cache.lists.get(&CaseQuery::default())).flatten();
    let fetched = Fetched::new(cached.map(|page| page.items.into_iter().take(SHOWN).collect::<Vec<_>>()));
    let ask = move || fetched.ask(Box::pin(newest(remote)));
    ask();
    Live::here().listen(move |_| ask());
    ui::dynamic(move || match (fetched.value.get(), fetched.error.get()) {
        (Some(cases), _) if cases.is_empty() => view! {
            <EmptyState icon=Icon::Ticket title=texts::cases::no_cases_yet()>
                <p>{texts::home::first_case()}</p>
            </EmptyState>
        }
        .into_any(),
        (Some(cases), _) => {
            view! { <ul class="recent-list">{cases.into_iter().map(line).collect_view()}</ul> }.into_any()
        }
        (None, Some(error)) => view! { <Failure error=error retry=move |()| ask()/> }.into_any(),
        (None, None) => {
            view! { <Skeleton lines=SHOWN label=texts::home::loading_recent_cases()/> }.into_any()
        }
    })
}

async fn newest(remote: Remote) -> Result<Vec<CaseSummary>, RemoteError> {
    cases::list(remote, &CaseQuery::default(), None, SHOWN).await.map(|page| page.items)
}

fn line(case: CaseSummary) -> AnyView {
    view! {
        <li>
            <span class="recent-number" dir="auto">{case.number.to_string()}</span>
            <a href=Route::Case(case.number).to_string() dir="auto">
                {case.subject}
            </a>
            <StatusMark status=case.status/>
            <Moment at=case.updated_at/>
        </li>
    }
    .into_any()
}
