//! Which organisation a case is for.

use contract::people::{Membership, MembershipRole};
use leptos::{ev::SubmitEvent, prelude::*};
use ui::{ChoiceCard, ChoiceKind, Control, field::grouped};

use super::{behalf::Behalf, filing::Filing, step::frame};

const GROUP: &str = "organisation";

/// The choice, for people who work for several.
#[component]
pub fn OrganisationStep() -> impl IntoView {
    let filing = Filing::here();
    let error = RwSignal::new(None::<String>);
    let next = move |event: SubmitEvent| {
        event.prevent_default();
        if filing.draft.with_untracked(|draft| draft.organisation.is_some()) {
            if filing.check_requester() {
                filing.turn(true);
            }
        } else {
            error.set(Some(texts::assistant::choose_organisation().to_owned()));
        }
    };
    let memberships = filing.memberships.get_value();
    let cards = move |control: Control| {
        memberships.into_iter().map(|membership| card(filing, membership, &control)).collect_view().into_any()
    };
    let legend = texts::assistant::which_organisation().to_owned();
    let field = grouped(GROUP, legend, None, false, error.into(), cards);
    let fields = view! {
        {field}
        <Behalf/>
    };
    frame(texts::assistant::organisation().to_owned(), fields.into_any(), next)
}

fn card(filing: Filing, membership: Membership, control: &Control) -> AnyView {
    let Membership { organisation, role, environments } = membership;
    let id = organisation.id;
    let audience = filing.case_type.with_value(|case_type| case_type.audience);
    let barred = !audience.admits(role == MembershipRole::Partner);
    let help = barred.then(|| texts::assistant::only_customer_can_file().to_owned());
    let choose = move |_| {
        filing.draft.update(|draft| {
            if draft.organisation.replace(id) != Some(id) {
                // Another organisation has other people, too.
                draft.requester = None;
            }
            // Another organisation has other environments.
            if let Some(contract::catalogue::Answer::Text(chosen)) = draft.answers.get("environment")
                && !environments.contains(chosen)
            {
                draft.answers.remove("environment");
            }
        });
    };
    view! {
        <ChoiceCard
            kind=ChoiceKind::One
            group=GROUP.to_owned()
            title=organisation.name
            help=help
            disabled=barred
            describedby=control.describedby
            chosen=Signal::derive(move || filing.draft.with(|draft| draft.organisation == Some(id)))
            choose=choose
        />
    }
    .into_any()
}
