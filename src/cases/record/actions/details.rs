//! The fields of what goes with an action beside its text.

use contract::{Action, ActionDetails, FieldError, JiraTicket, Priority, lifecycle::DetailRule};
use leptos::prelude::*;
use ui::{
    Control, Entry,
    date_time::day,
    field::labelled,
    input::{Line, line},
    select,
};

/// The fields that an action asks for.
pub fn detail_fields(
    action: Action,
    details: RwSignal<ActionDetails>,
    errors: RwSignal<Vec<FieldError>>,
) -> AnyView {
    match action.detail_rule() {
        DetailRule::None => ().into_any(),
        DetailRule::Priority => priority(details, errors),
        DetailRule::Eta => eta(details, errors),
        DetailRule::JiraTicket => ticket(details, errors),
    }
}

fn error_at(errors: RwSignal<Vec<FieldError>>, pointer: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || {
        errors.with(|errors| errors.iter().find(|e| e.pointer == pointer).map(|e| e.message.clone()))
    })
}

fn priority(details: RwSignal<ActionDetails>, errors: RwSignal<Vec<FieldError>>) -> AnyView {
    let entries: Vec<_> = Priority::ALL.iter().map(|one| Entry::new(one.key(), one.label())).collect();
    let value = Signal::derive(move || {
        details.with(|details| details.priority.map(Priority::key).unwrap_or_default().to_owned())
    });
    let take = Callback::new(move |key: String| {
        details.update(|details| details.priority = Priority::from_key(&key));
    });
    let control =
        move |tied: Control| select(tied, Signal::stored(entries), Some(texts::ui::choose()), value, take);
    let error = error_at(errors, "/details/priority");
    labelled("act-priority", texts::cases::priority().to_owned(), None, false, error, control)
}

fn eta(details: RwSignal<ActionDetails>, errors: RwSignal<Vec<FieldError>>) -> AnyView {
    let begins = details.with_untracked(|details| details.eta).map(|day| day.to_string());
    let take = Callback::new(move |typed: String| {
        details.update(|details| details.eta = typed.parse().ok());
    });
    let help = Some(texts::actions::eta_empty().to_owned());
    let error = error_at(errors, "/details/eta");
    labelled("act-eta", texts::record::eta().to_owned(), help, true, error, move |tied| {
        day(tied, begins.unwrap_or_default(), take)
    })
}

fn ticket(details: RwSignal<ActionDetails>, errors: RwSignal<Vec<FieldError>>) -> AnyView {
    let fields = RwSignal::new(details.with_untracked(|details| {
        let ticket = details.jira.clone();
        ticket.map_or_else(Default::default, |ticket| {
            [ticket.key, ticket.url.unwrap_or_default(), ticket.status.unwrap_or_default()]
        })
    }));
    // All empty takes the ticket away.
    let set = move |at: usize, typed: String| {
        fields.update(|fields| fields[at] = typed);
        let [key, url, status] = fields.get_untracked();
        let empty = [&key, &url, &status].iter().all(|field| field.trim().is_empty());
        let ticket = JiraTicket { key, url: Some(url), status: Some(status) };
        details.update(|details| details.jira = (!empty).then_some(ticket));
    };
    let field =
        move |at: usize, id: &'static str, label: &'static str, pointer: &'static str, kind: &'static str| {
            let value = Signal::derive(move || fields.with(|fields| fields[at].clone()));
            let take = Callback::new(move |typed| set(at, typed));
            labelled(id, label.to_owned(), None, at > 0, error_at(errors, pointer), move |tied| {
                line(tied, Line::of(kind), value, take)
            })
        };
    view! {
        {field(0, "act-jira-key", texts::actions::ticket_key(), "/details/jira/key", "text")}
        {field(1, "act-jira-url", texts::actions::ticket_url(), "/details/jira/url", "url")}
        {field(2, "act-jira-status", texts::actions::ticket_status(), "/details/jira/status", "text")}
    }
    .into_any()
}
