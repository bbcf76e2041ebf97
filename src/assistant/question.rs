//! One question: its field by kind, its error, and its warning.

use contract::catalogue::{Kind, Question, Warning, reserved};
use leptos::prelude::*;
use ui::{
    Banner, ChoiceCard, ChoiceKind, Control, Tone,
    field::{grouped, labelled},
};

use super::{choices, control, filing::Filing, suggestions::Suggestions, times};

/// A question.
#[component]
pub fn QuestionView(question: Question) -> impl IntoView {
    let filing = Filing::here();
    let id = format!("q-{}", question.id);
    let error = {
        let id = question.id.clone();
        Signal::derive(move || filing.errors.with(|errors| errors.get(&id).cloned()))
    };
    let subject = question.id == reserved::SUBJECT;
    let warned = question.clone();
    let warning = ui::memo(move || filing.warning(&warned));
    let (label, help, optional) = (question.label.clone(), question.help.clone(), !question.required);
    let field = match question.kind {
        Kind::Choice | Kind::Choices | Kind::YesNo | Kind::DateTimeRange => {
            grouped(&id, label, help, optional, error, move |tied| group(filing, question, &tied))
        }
        Kind::Acknowledgement => {
            grouped(&id, texts::assistant::please_confirm().to_owned(), help, false, error, move |tied| {
                choices::acknowledgement(filing, question, &tied)
            })
        }
        Kind::File | Kind::Secret => view! {
            <Banner tone=Tone::Info>
                <p>
                    <strong dir="auto">{label}</strong>
                </p>
                <p>{texts::assistant::no_files_or_secrets()}</p>
            </Banner>
        }
        .into_any(),
        _ => {
            labelled(&id, label, help, optional, error, move |tied| control::control(filing, question, tied))
        }
    };
    view! {
        {field}
        {subject.then(|| view! { <Suggestions/> })}
        {ui::shown(move || warning.get().map(|warning| caution(filing, warning)))}
    }
    .into_any()
}

fn group(filing: Filing, question: Question, tied: &Control) -> AnyView {
    match question.kind {
        Kind::DateTimeRange => times::range(filing, question, tied),
        Kind::YesNo => choices::yes_no(filing, &question, tied),
        _ => choices::options(filing, question, tied),
    }
}

/// A warning, and the word that it was read.
fn caution(filing: Filing, warning: Warning) -> AnyView {
    let Warning { question, text } = warning;
    let (known, group) = (text.clone(), format!("read-{question}"));
    let said = text.clone();
    let choose = move |read: bool| {
        filing.draft.update(|draft| {
            let _changed = if read { draft.read.insert(text.clone()) } else { draft.read.remove(&text) };
        });
        if read {
            filing.errors.update(|errors| drop(errors.remove(&question)));
        }
    };
    view! {
        <Banner tone=Tone::Warning>
            <p dir="auto">{said}</p>
            <ChoiceCard
                kind=ChoiceKind::Many
                group=group
                title=texts::assistant::have_read().to_owned()
                help=None
                chosen=Signal::derive(move || filing.draft.with(|draft| draft.read.contains(&known)))
                choose=choose
            />
        </Banner>
    }
    .into_any()
}
