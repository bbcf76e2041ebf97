//! What the case waits for, and the answer to a proposed solution.

use contract::{Action, Status};
use leptos::prelude::*;
use ui::{Banner, Button, Icon, Look, Markdown, Tone};

use super::{actions::Asked, open_case::OpenCase, with_record};
use crate::{local::Outbox, remote::session::Account};

/// Stands between the conversation and the reply box when the customer is asked for something.
#[component]
pub fn StateBanner() -> impl IntoView {
    let open = expect_context::<OpenCase>();
    let support = Account::here().is_support();
    let state = with_record(open, |record| {
        let can_answer = record.actions.contains(&Action::AcceptSolution);
        (record.summary.status, can_answer, record.actions.contains(&Action::Reply))
    });
    ui::dynamic(move || match state.get() {
        Some((Status::SolutionProposed, true, _)) => view! { <Proposal/> }.into_any(),
        Some((Status::SolutionProposed, false, _)) if !support => view! {
            <Banner tone=Tone::Good>
                <p>{texts::record::support_proposed_solution()} " " {texts::record::requester_decides()}</p>
            </Banner>
        }
        .into_any(),
        Some((Status::WaitingForCustomer, _, true)) if !support => view! {
            <Banner tone=Tone::Warning>
                <p>
                    <strong>{texts::record::support_needs_something()}</strong>
                    " "
                    {texts::record::reply_below()}
                </p>
            </Banner>
        }
        .into_any(),
        _ => ().into_any(),
    })
}

/// The solution itself, so that nobody has to look for it, and the two ways to answer.
#[component]
fn Proposal() -> impl IntoView {
    let open = expect_context::<OpenCase>();
    let asked = Asked::here();
    let busy = Outbox::here().busy(open.number);
    let solution = with_record(open, |record| record.solution_body().map(<[_]>::to_vec));
    view! {
        <Banner tone=Tone::Good>
            <p>
                <strong>{texts::record::support_proposed_solution()}</strong>
                " "
                {texts::record::accepting_closes()}
            </p>
            {ui::shown(move || {
                solution.get().flatten().map(|body| view! {
                    <div class="proposed">
                        <Markdown body=body/>
                    </div>
                })
            })}
            <Button
                look=Look::Primary
                icon=Icon::Check
                pending=busy
                press=move |_| asked.ask(Action::AcceptSolution)
            >
                {texts::record::accept_solution()}
            </Button>
            <Button icon=Icon::Cross pending=busy press=move |_| asked.ask(Action::RejectSolution)>
                {texts::record::reject_solution()}
            </Button>
        </Banner>
    }
    .into_any()
}

/// What the escalation waits for, where that is the customer.
#[component]
pub fn EscalationBanner() -> impl IntoView {
    let open = expect_context::<OpenCase>();
    let asked = Asked::here();
    let busy = Outbox::here().busy(open.number);
    let waits = with_record(open, |record| record.actions.contains(&Action::AcceptEscalationSolution));
    ui::shown(move || {
        (waits.get() == Some(true)).then(|| {
            view! {
                <Banner tone=Tone::Warning>
                    <p>
                        <strong>{texts::record::escalation_end_proposed()}</strong>
                        " "
                        {texts::record::escalation_end_help()}
                    </p>
                    <Button
                        look=Look::Primary
                        pending=busy
                        press=move |_| asked.ask(Action::AcceptEscalationSolution)
                    >
                        {texts::actions::accept_end()}
                    </Button>
                    <Button pending=busy press=move |_| asked.ask(Action::RejectEscalationSolution)>
                        {texts::actions::reject_end()}
                    </Button>
                </Banner>
            }
        })
    })
}
