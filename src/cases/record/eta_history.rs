//! What support said, and when, about the day on which the case may be solved.

use contract::case::EtaChange;
use leptos::prelude::*;
use ui::{Details, Moment};

use super::{open_case::OpenCase, with_record};

/// All of it, newest first, where support changed its mind.
#[component]
pub fn EtaHistory() -> impl IntoView {
    let open = expect_context::<OpenCase>();
    let etas = with_record(open, |record| record.etas.clone());
    ui::shown(move || {
        let etas = etas.get().filter(|etas| etas.len() > 1)?;
        Some(view! {
            <Details summary=texts::record::eta_history()>
                <ol class="eta-history">{etas.into_iter().rev().map(said).collect_view()}</ol>
            </Details>
        })
    })
}

fn said(change: EtaChange) -> AnyView {
    let day = match change.to {
        Some(day) => ui::time::day(day),
        None => texts::record::eta_taken_back().into_any(),
    };
    view! {
        <li>
            {day} " "
            <span class="quiet">
                <span dir="auto">{change.by.name}</span> ", " <Moment at=change.at/>
            </span>
        </li>
    }
    .into_any()
}
