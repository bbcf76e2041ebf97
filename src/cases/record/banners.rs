//! What the case waits for, and the answer to a proposed solution.

use contract::{Action, Status};
use leptos::prelude::*;
use ui::{Banner, Button, Icon, Look, Tone};

use super::{actions::TextDialog, open_case::OpenCase, with_record};
use crate::{
    local::{Outbox, Outgoing},
    remote::session::Account,
};

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

#[component]
fn Proposal() -> impl IntoView {
    let open = expect_context::<OpenCase>();
    let outbox = Outbox::here();
    let rejecting = RwSignal::new(false);
    let busy = outbox.busy(open.number);
    let answer = move |action: Action, text: String| {
        if let Some(version) = open.record.value.with_untracked(|r| r.as_ref().map(|r| r.version)) {
            outbox.send(Outgoing::new(open.number, version, action, text));
        }
    };
    view! {
        <Banner tone=Tone::Good>
            <p>
                <strong>{texts::record::support_proposed_solution()}</strong>
                " "
                {texts::record::accepting_closes()}
            </p>
            <Button
                look=Look::Primary
                icon=Icon::Check
                pending=busy
                press=move |_| answer(Action::AcceptSolution, String::new())
            >
                {texts::record::accept_solution()}
            </Button>
            <Button icon=Icon::Cross pending=busy press=move |_| rejecting.set(true)>
                {texts::record::reject_solution()}
            </Button>
        </Banner>
        <TextDialog
            open=rejecting
            id="reject"
            title=texts::record::reject_the_solution()
            label=texts::record::reason()
            required=true
            confirm=texts::record::reject_solution()
            look=Look::Primary
            done=move |text| answer(Action::RejectSolution, text)
        />
    }
    .into_any()
}
