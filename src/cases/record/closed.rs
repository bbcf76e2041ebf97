//! How a closed case ended, in one calm piece: the outcome, the solution, the survey,
//! and what may come after it.

use chrono::{DateTime, Utc};
use contract::{Action, CaseRecord, case::Outcome, markdown::Block};
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
    at: Option<DateTime<Utc>>,
    solution: Option<Vec<Block>>,
    may_reopen: bool,
    /// Where a follow-up is filed, by those who file cases.
    follow_up: Option<String>,
}

impl Ending {
    fn of(record: &CaseRecord, support: bool) -> Option<Self> {
        let follow_up = || earlier_url(&record.summary.type_id, FOLLOWS, record.summary.number);
        Some(Self {
            outcome: record.outcome.clone()?,
            at: record.closed_at,
            solution: record.solution_body().map(<[_]>::to_vec),
            may_reopen: record.actions.contains(&Action::Reply),
            follow_up: (!support).then(follow_up),
        })
    }
}

/// The summary, once the case is closed.
#[component]
pub fn ClosedSummary() -> impl IntoView {
    let open = expect_context::<OpenCase>();
    let support = Account::here().is_support();
    let ending = with_record(open, move |record| Ending::of(record, support));
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
    let Ending { outcome, at, solution, may_reopen, follow_up } = ending;
    let accepted = outcome.accepted;
    let how = if accepted { texts::record::ended_accepted() } else { texts::record::ended_closed() };
    view! {
        <p>
            <strong dir="auto">{outcome.by.name}</strong>
            " "
            {how}
            " "
            {at.map(|at| view! { <Moment at=at/> })}
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
        {follow_up.map(|follow_up| view! {
            <p class="closed-next">
                {may_reopen.then(texts::record::reply_to_reopen)}
                " "
                <a href=follow_up>{texts::record::file_follow_up()}</a>
            </p>
        })}
    }
    .into_any()
}
