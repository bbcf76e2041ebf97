//! A page of questions.

use contract::catalogue::{Notice, Question, Tone as NoticeTone};
use leptos::{ev::SubmitEvent, html, prelude::*};
use ui::{Button, Glyph, Icon, Look};
use wasm_bindgen::JsCast;

use super::{
    behalf::{Behalf, POINTER, REQUESTER},
    files::FilesField,
    filing::Filing,
    place::Place,
    question::QuestionView,
};

/// The step of a title.
pub fn step(title: String) -> AnyView {
    let filing = Filing::here();
    let questions = {
        let title = title.clone();
        ui::memo(move || filing.questions(&title))
    };
    let last = is_last(filing);
    // Those who choose the organisation first choose the person there.
    let first = filing.places.with_untracked(|places| places.first() == Some(&Place::Step(title.clone())));
    let next = move |event: SubmitEvent| {
        event.prevent_default();
        let answered = filing.check(&questions.get_untracked());
        // All that is wrong is told at once.
        let clear = !first || filing.check_requester();
        if answered && clear {
            filing.turn(true);
        }
    };
    frame(
        title,
        view! {
            <Notices/>
            <ErrorSummary questions=questions/>
            {first.then(|| view! { <Behalf/> })}
            <For each=move || questions.get() key=|question| question.id.clone() let(question)>
                <QuestionView question=question/>
            </For>
            {ui::shown(move || last.get().then(|| view! { <FilesField/> }))}
        }
        .into_any(),
        next,
    )
}

/// Whether the page shown is the last one before the review.
fn is_last(filing: Filing) -> Memo<bool> {
    ui::memo(move || {
        let place = filing.place.get();
        filing.places.with(|places| places.iter().rev().nth(1) == Some(&place))
    })
}

/// A step's heading, its form, and the buttons below.
pub fn frame(title: String, content: AnyView, next: impl Fn(SubmitEvent) + 'static) -> AnyView {
    let filing = Filing::here();
    let first = filing.places.with_untracked(|p| p.first() == Some(&filing.place.get_untracked()));
    let last = is_last(filing);
    view! {
        <form class="step" on:submit=next novalidate=true>
            <StepHeading title=title/>
            {content}
            <div class="step-buttons">
                {(!first).then(|| view! {
                    <Button press=move |_| filing.turn(false)>{texts::assistant::back()}</Button>
                })}
                <Button look=Look::Primary submits=true>
                    {ui::dynamic(move || {
                        if last.get() { texts::assistant::review() } else { texts::assistant::next() }
                    })}
                </Button>
            </div>
        </form>
    }
    .into_any()
}

/// A step's heading. It takes the focus when one comes from another step, so that
/// screen readers begin there; when one comes from another page, the page has it.
#[component]
pub fn StepHeading(title: String) -> impl IntoView {
    let heading = NodeRef::<html::H2>::new();
    let came = document().active_element().is_some_and(|element| element.matches("#main *") == Ok(true));
    ui::watch(move || {
        if let Some(heading) = heading.get()
            && came
        {
            let _focused = heading.focus();
        }
    });
    view! { <h2 tabindex="-1" node_ref=heading dir="auto">{title}</h2> }.into_any()
}

/// What to know before answering: everything at first, later only what warns or
/// what an answer brought up.
#[component]
pub fn Notices() -> impl IntoView {
    let filing = Filing::here();
    let first = move || {
        filing.places.with(|places| places.iter().find(|place| matches!(place, Place::Step(_))).cloned())
            == Some(filing.place.get())
    };
    let apply = ui::memo(move || {
        let answers = filing.draft.with(|draft| draft.answers.clone());
        let all = first();
        let of_all = filing.catalogue.with_value(|catalogue| catalogue.notices.clone());
        let of_type = filing.case_type.with_value(|t| t.notices(&answers).cloned().collect::<Vec<_>>());
        let of_type = of_type.into_iter().filter(|notice| all || notice.when.is_some());
        let of_all = of_all.into_iter().filter(|notice| all || notice.tone == NoticeTone::Warning);
        of_type.chain(of_all).collect::<Vec<_>>()
    });
    ui::shown(move || {
        let apply = apply.get();
        (!apply.is_empty())
            .then(|| view! { <ul class="notices">{apply.into_iter().map(notice).collect_view()}</ul> })
    })
}

fn notice(notice: Notice) -> AnyView {
    let (class, icon) = match notice.tone {
        NoticeTone::Info => ("notice", Icon::Info),
        NoticeTone::Warning => ("notice notice-warning", Icon::Warning),
    };
    view! {
        <li class=class>
            <Glyph icon=icon/>
            <p dir="auto">{notice.text}</p>
        </li>
    }
    .into_any()
}

/// What is wrong on this page, with links to the fields.
#[component]
fn ErrorSummary(questions: Memo<Vec<Question>>) -> impl IntoView {
    let filing = Filing::here();
    let mistakes = ui::memo(move || {
        if !filing.told.get() {
            return Vec::new();
        }
        let errors = filing.errors.read();
        let requester = errors
            .get(POINTER)
            .map(|message| (REQUESTER.to_owned(), texts::assistant::colleague().to_owned(), message.clone()));
        questions.with(|questions| {
            let of_questions = questions.iter().filter_map(|question| {
                let message = errors.get(&question.id)?.clone();
                Some((format!("q-{}", question.id), question.label.clone(), message))
            });
            requester.into_iter().chain(of_questions).collect()
        })
    });
    let element = NodeRef::<html::Div>::new();
    Effect::new(move |before: Option<bool>| {
        let any = !mistakes.with(Vec::is_empty);
        if any
            && before == Some(false)
            && let Some(element) = element.get_untracked()
        {
            let _focused = element.focus();
        }
        any
    });
    view! {
        <div class="error-summary" tabindex="-1" node_ref=element role="alert" hidden=Signal::derive(move || mistakes.with(Vec::is_empty))>
            <p>
                <strong>{texts::assistant::some_answers_need_attention()}</strong>
            </p>
            <ul>{ui::dynamic(move || mistakes.get().into_iter().map(mistake_link).collect_view())}</ul>
        </div>
    }
    .into_any()
}

fn mistake_link((target, label, message): (String, String, String)) -> AnyView {
    let href = format!("#{target}");
    let jump = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        let field = document().get_element_by_id(&target);
        if let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _focused = field.focus();
        }
    };
    view! {
        <li>
            <a href=href on:click=jump dir="auto">
                {label}
            </a>
            {texts::assistant::what_is_wrong(message)}
        </li>
    }
    .into_any()
}
