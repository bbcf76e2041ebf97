//! What else can be done to the case.

mod asking;
mod details;
mod dialog;
mod file_again;
mod following;
mod from_afar;
mod written;

use contract::{Action, CaseNumber, CaseRecord};
use leptos::prelude::*;
use ui::{Button, Glyph, Icon, Look, Menu, MenuItem};
use wasm_bindgen::JsCast;
use web_sys::HtmlAnchorElement;

pub use self::{
    asking::asking,
    dialog::{ActionDialog, ask_as_the_address_says, has_dialog},
    from_afar::ask_from_afar,
    written::keep_returned,
};
use self::{file_again::FileAgain, following::Following};
use super::open_case::OpenCase;
use crate::{
    local::{Outbox, Outgoing},
    remote::{Fetched, cases::export_url, session::Account},
};

/// What the menu asks more about, in its order; the rest stands where it is about.
const OFFERED: [Action; 13] = [
    Action::SetPriority,
    Action::ApprovePriorityReview,
    Action::DeclinePriorityReview,
    Action::RequestPriorityReview,
    Action::SetEta,
    Action::SetJiraTicket,
    Action::Escalate,
    Action::AcknowledgeEscalation,
    Action::ProposeEscalationSolution,
    Action::CloseEscalation,
    Action::CancelEscalation,
    Action::EditAnswers,
    Action::Close,
];

/// What the dialog asks more about.
#[derive(Clone, Copy)]
pub struct Asked {
    /// Of which case.
    pub number: CaseNumber,
    /// The case.
    pub record: Fetched<CaseRecord>,
    /// Which action, while it is asked about.
    pub action: RwSignal<Option<Action>>,
}

impl Asked {
    /// Nothing yet, of a case.
    pub fn of(number: CaseNumber, record: Fetched<CaseRecord>) -> Self {
        Self { number, record, action: RwSignal::new(None) }
    }

    /// The one at hand.
    pub fn here() -> Self {
        expect_context()
    }

    /// Asks more about an action.
    pub fn ask(self, action: Action) {
        self.action.set(Some(action));
    }
}

/// The buttons in the head of the page.
#[component]
pub fn ActionBar() -> impl IntoView {
    let open = expect_context::<OpenCase>();
    let outbox = Outbox::here();
    let can = move |action: Action| open.may(action);
    let busy = outbox.busy(open.number);
    let pick_up = move |_| {
        if let Some(version) = open.record.value.with_untracked(|r| r.as_ref().map(|r| r.version)) {
            outbox.send(Outgoing::new(open.number, version, Action::PickUp, String::new()));
        }
    };
    let support = Account::here().is_support();
    let face = || view! { {texts::record::actions()} <Glyph icon=Icon::Chevron/> }.into_any();
    view! {
        <div class="case-actions">
            {ui::shown(move || {
                can(Action::PickUp).then(|| {
                    view! {
                        <Button look=Look::Primary pending=busy press=pick_up>
                            {texts::record::pick_up()}
                        </Button>
                    }
                })
            })}
            <Menu class="button" face=face()>
                <Following/>
                {OFFERED.into_iter().filter(|action| can(*action)).map(offered).collect_view()}
                {(!support).then(|| view! { <FileAgain/> })}
                <MenuItem press=move |()| open.thread.print()>{texts::record::print()}</MenuItem>
                <MenuItem press=move |()| save(&export_url(open.number))>{texts::record::export()}</MenuItem>
            </Menu>
        </div>
    }
    .into_any()
}

/// Has the browser save what is at an address. The link is in no page: only followed.
fn save(address: &str) {
    let link = document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(link) = link {
        link.set_href(address);
        link.set_download("");
        link.click();
    }
}

fn offered(action: Action) -> AnyView {
    let asked = Asked::here();
    if action == Action::EditAnswers {
        return file_again::correct_answers();
    }
    view! { <MenuItem press=move |()| asked.ask(action)>{asking(action).title}</MenuItem> }.into_any()
}
