//! Where a draft comes from, where that was not just now.

use contract::CaseNumber;
use leptos::prelude::*;
use ui::Moment;

use super::{filing::Filing, opening::Opening};
use crate::routes::Route;

/// That it was begun before, with the way to begin anew, and the case it follows up.
pub fn origin(filing: Filing) -> AnyView {
    let (opening, draft) = (Opening::here(), filing.draft.get_untracked());
    let began = opening.continued(&draft.id).then(|| {
        view! {
            <p class="quiet">
                {texts::assistant::you_began_this()} " " <Moment at=draft.begun/> ". "
                <a href=opening.fresh_url()>{texts::assistant::start_anew()}</a>
            </p>
        }
    });
    view! {
        {began}
        {draft.follows.map(|number| of(texts::assistant::follow_up_to(), number))}
        {draft.corrects.map(|case| of(texts::assistant::corrects(), case.number))}
    }
    .into_any()
}

fn of(words: &'static str, number: CaseNumber) -> AnyView {
    view! {
        <p>
            {words} " "
            <a href=Route::Case(number).to_string() dir="auto">
                {number.to_string()}
            </a>
        </p>
    }
    .into_any()
}
