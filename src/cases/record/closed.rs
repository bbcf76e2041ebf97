//! How a closed case ended, in one calm piece: the outcome, the solution, the survey,
//! and what may come after it.

use contract::{Action, CaseRecord, case::Outcome, thread::Content};
use leptos::prelude::*;
use ui::{Details, Glyph, Icon, Markdown, Moment};

use super::{open_case::OpenCase, survey::Survey, with_record};
use crate::{
    remote::session::Account,
    routes::{FOLLOWS, earlier_url},
};

/// What the summary tells.
#[derive(Clone, PartialEq)]
struct Ending {
    outcome: Outcome,
    record: CaseRecord,
    support: bool,
}

/// The summary, once the case is closed.
#[component]
pub fn ClosedSummary() -> impl IntoView {
    let open = expect_context::<OpenCase>();
    let support = Account::here().is_support();
    let ending = with_record(open, move |record| {
        record.outcome.clone().map(|outcome| Ending { outcome, record: record.clone(), support })
    });
    let closed = ui::memo(move || ending.with(|ending| matches!(ending, Some(Some(_)))));
    ui::shown(move || {
        closed.get().then(|| {
            view! {
                <section class="closed-summary" aria-labelledby="closed-title">
                    <h2 id="closed-title">
                        <Glyph icon=Icon::Closed/>
                        {texts::record::case_is_closed()}
                    </h2>
                    {ui::shown(move || ending.get().flatten().map(summary))}
                    <Survey/>
                </section>
            }
        })
    })
}

fn summary(ending: Ending) -> AnyView {
    let Ending { outcome, record, support } = ending;
    let accepted = outcome.accepted;
    let how = if accepted { texts::record::ended_accepted() } else { texts::record::ended_closed() };
    let solution = record.solution.and_then(|entry| match entry.content {
        Content::Message { body, .. } => Some(body),
        _ => None,
    });
    let may_reopen = record.actions.contains(&Action::Reply) && !support;
    let follow_up = earlier_url(&record.summary.type_id, FOLLOWS, record.summary.number);
    view! {
        <p>
            <strong dir="auto">{outcome.by.name}</strong>
            " "
            {how}
            " "
            {record.closed_at.map(|at| view! { <Moment at=at/> })}
            "."
        </p>
        {solution.map(|body| {
            let title =
                if accepted { texts::record::accepted_solution_is() } else { texts::record::last_proposed() };
            view! {
                <Details summary=title open=accepted>
                    <Markdown body=body/>
                </Details>
            }
        })}
        {(!support).then(|| view! {
            <p class="closed-next">
                {may_reopen.then(texts::record::reply_to_reopen)}
                " "
                <a href=follow_up>{texts::record::file_follow_up()}</a>
            </p>
        })}
    }
    .into_any()
}
