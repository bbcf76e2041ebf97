//! Questions answered by choosing.

use contract::{
    catalogue::{Answer, Kind, Question},
    people::MembershipRole,
};
use leptos::prelude::*;
use ui::{ChoiceCard, ChoiceKind, Control};

use super::filing::Filing;

/// One or several of the question's options.
pub fn options(filing: Filing, question: Question, tied: &Control) -> AnyView {
    let kind = if question.kind == Kind::Choice { ChoiceKind::One } else { ChoiceKind::Many };
    let partner = filing.membership().is_some_and(|m| m.role == MembershipRole::Partner);
    let question = StoredValue::new(question);
    let offered = question.with_value(|q| q.options.clone());
    let group = question.with_value(|q| format!("q-{}", q.id));
    let short = offered.len() > 3 && offered.iter().all(|option| option.help.is_none());
    let cards = offered.into_iter().map(|option| {
        let barred = !option.audience.admits(partner);
        let reason = barred.then(|| texts::assistant::only_customer_can_request().to_owned());
        let value = StoredValue::new(option.value);
        let chosen = Signal::derive(move || {
            filing.draft.with(|draft| {
                let answer = question.with_value(|q| draft.answers.get(&q.id).cloned());
                answer.is_some_and(|answer| value.with_value(|value| answer.says(value)))
            })
        });
        let choose =
            move |on: bool| question.with_value(|q| filing.set(q, changed(filing, q, value.get_value(), on)));
        view! {
            <ChoiceCard
                kind=kind
                group=group.clone()
                title=option.title
                help=reason.or(option.help)
                disabled=barred
                describedby=tied.describedby
                chosen=chosen
                choose=choose
            />
        }
    });
    view! {
        <div class="choices" class:choices-short=short>
            {cards.collect_view()}
        </div>
    }
    .into_any()
}

fn changed(filing: Filing, question: &Question, value: String, on: bool) -> Answer {
    if question.kind == Kind::Choice {
        return Answer::Text(value);
    }
    let mut values = match filing.answer(&question.id) {
        Some(Answer::List(values)) => values,
        _ => Vec::new(),
    };
    values.retain(|known| *known != value);
    if on {
        values.push(value);
    }
    Answer::List(values)
}

/// Yes or no.
pub fn yes_no(filing: Filing, question: &Question, tied: &Control) -> AnyView {
    let question = StoredValue::new(question.clone());
    let group = question.with_value(|q| format!("q-{}", q.id));
    let cards = [(true, texts::answers::yes()), (false, texts::answers::no())].map(|(flag, title)| {
        let chosen = Signal::derive(move || said(filing, question) == Some(flag));
        view! {
            <ChoiceCard
                kind=ChoiceKind::One
                group=group.clone()
                title=title.to_owned()
                help=None
                describedby=tied.describedby
                chosen=chosen
                choose=move |_| question.with_value(|q| filing.set(q, Answer::Flag(flag)))
            />
        }
    });
    view! { <div class="choices choices-short">{cards.collect_view()}</div> }.into_any()
}

/// A statement to confirm.
pub fn acknowledgement(filing: Filing, question: Question, tied: &Control) -> AnyView {
    let question = StoredValue::new(question);
    view! {
        <ChoiceCard
            kind=ChoiceKind::Many
            group=question.with_value(|q| format!("q-{}", q.id))
            title=question.with_value(|q| q.label.clone())
            help=None
            describedby=tied.describedby
            chosen=Signal::derive(move || said(filing, question) == Some(true))
            choose=move |on: bool| question.with_value(|q| filing.set(q, Answer::Flag(on)))
        />
    }
    .into_any()
}

fn said(filing: Filing, question: StoredValue<Question>) -> Option<bool> {
    filing.draft.with(|draft| match question.with_value(|q| draft.answers.get(&q.id).cloned()) {
        Some(Answer::Flag(flag)) => Some(flag),
        _ => None,
    })
}
