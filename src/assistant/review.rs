//! Everything once more, before it is sent.

use contract::catalogue::{Answer, Kind, Question};
use leptos::{ev::SubmitEvent, prelude::*};
use ui::{
    Banner, Button, Look, Tone,
    time::{calendar_day, exact_words},
};

use super::{
    filing::Filing,
    place::Place,
    step::StepHeading,
    submit::{call_off, submit},
};
use crate::local::{Delivery, outbox::refusal};

/// All answers, with a way back to each step, and the button that files the case.
#[component]
pub fn Review() -> impl IntoView {
    let filing = Filing::here();
    // Going back to change something calls a waiting attempt off.
    on_cleanup(move || call_off(filing));
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        submit(filing);
    };
    let pending =
        Signal::derive(move || filing.waiting.get() || filing.delivery.get().with(Delivery::is_under_way));
    let places = filing.places.get_untracked();
    let corrects = filing.draft.with_untracked(|draft| draft.corrects.is_some());
    view! {
        <form class="step review" on:submit=send novalidate=true>
            <StepHeading title=texts::assistant::review().to_owned()/>
            {on_behalf(filing, &places)}
            {places.iter().filter_map(|place| section(filing, place)).collect_view()}
            {files(filing, &places)}
            {ui::shown(move || {
                filing.waiting.get().then(|| view! {
                    <p class="quiet" role="status">{texts::files::filed_when_here()}</p>
                })
            })}
            {ui::dynamic(move || standing(filing, filing.delivery.get().get()))}
            <div class="step-buttons">
                <Button press=move |_| filing.turn(false)>{texts::assistant::back()}</Button>
                <Button look=Look::Primary submits=true pending=pending>
                    {if corrects { texts::assistant::save_corrections() } else { texts::assistant::submit() }}
                </Button>
            </div>
        </form>
    }
    .into_any()
}

fn standing(filing: Filing, delivery: Delivery) -> AnyView {
    match delivery {
        Delivery::Idle => ().into_any(),
        Delivery::Held | Delivery::Sending => quietly(texts::delivery::sending()),
        Delivery::SignedOut => quietly(texts::delivery::sent_when_signed_in()),
        Delivery::Waiting => view! {
            <Banner tone=Tone::Warning live=true>
                <p>{texts::assistant::will_be_sent_when_online()}</p>
                <Button press=move |_| filing.pause.with_value(|pause| pause.wake())>
                    {texts::shell::retry_now()}
                </Button>
            </Banner>
        }
        .into_any(),
        Delivery::Refused(error) => {
            view! { <Banner tone=Tone::Danger live=true><p>{refusal(&error)}</p></Banner> }.into_any()
        }
    }
}

fn quietly(said: &'static str) -> AnyView {
    view! { <p class="quiet" role="status">{said}</p> }.into_any()
}

/// Whose case it is to be, where that is somebody else.
fn on_behalf(filing: Filing, places: &[Place]) -> Option<AnyView> {
    let requester = untrack(|| filing.requester())?;
    let title = texts::assistant::for_whom().to_owned();
    let answer = line(texts::assistant::colleague().to_owned(), vec![requester.name], false);
    Some(part(title, filing.url(places.first()?), answer))
}

/// The files that go along, where there are any.
fn files(filing: Filing, places: &[Place]) -> Option<AnyView> {
    let url = filing.url(places.iter().rev().nth(1)?);
    let shown = move || {
        let names =
            filing.tray.files.with(|files| files.iter().map(|file| file.name.clone()).collect::<Vec<_>>());
        let title = texts::files::attachments().to_owned();
        (!names.is_empty()).then(|| part(title.clone(), url.clone(), line(title, names, false)))
    };
    Some(ui::shown(shown).into_any())
}

fn section(filing: Filing, place: &Place) -> Option<AnyView> {
    let title = place.title();
    let answers = match place {
        Place::Review => return None,
        Place::Organisation => {
            let name = filing.membership().map(|m| m.organisation.name).unwrap_or_default();
            line(title.clone(), vec![name], false)
        }
        Place::Step(title) => {
            let questions = untrack(|| filing.questions(title));
            questions.into_iter().map(|question| answer(filing, &question)).collect_view().into_any()
        }
    };
    Some(part(title, filing.url(place), answers))
}

/// Some answers under a heading, with the way back to where they are given.
fn part(title: String, url: String, answers: AnyView) -> AnyView {
    let edit = texts::assistant::edit(&title);
    view! {
        <section class="review-part">
            <div class="section-head">
                <h3 dir="auto">{title}</h3>
                <a href=url>{edit}</a>
            </div>
            <dl>{answers}</dl>
        </section>
    }
    .into_any()
}

fn answer(filing: Filing, question: &Question) -> AnyView {
    let given = filing.answer(&question.id).filter(|answer| !answer.is_empty());
    let words = given.map(|answer| words(question, &answer)).unwrap_or_default();
    line(question.label.clone(), words, question.kind == Kind::LongText)
}

fn words(question: &Question, answer: &Answer) -> Vec<String> {
    let words = question.words(answer).into_iter().filter(|line| !line.trim().is_empty());
    match question.kind {
        Kind::DateTime | Kind::DateTimeRange => words.map(|at| exact_words(&at)).collect(),
        Kind::Date => words.map(|day| day.parse().map_or(day, calendar_day)).collect(),
        _ => words.collect(),
    }
}

fn line(label: String, words: Vec<String>, long: bool) -> AnyView {
    let said = if words.is_empty() {
        view! { <p class="quiet">{texts::assistant::not_answered()}</p> }.into_any()
    } else {
        words.into_iter().map(|line| view! { <p dir="auto">{line}</p> }).collect_view().into_any()
    };
    view! {
        <div class="answer" class:answer-long=long>
            <dt dir="auto">{label}</dt>
            <dd>{said}</dd>
        </div>
    }
    .into_any()
}
