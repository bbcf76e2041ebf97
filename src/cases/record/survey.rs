//! How it went, asked once in the summary of a closed case.

use contract::{
    Action, SurveyState,
    survey::{GRADES, NewSurvey, SurveyAnswer},
};
use leptos::prelude::*;
use ui::{
    Announcements, Button, Look,
    field::{grouped, labelled},
    input::area_of,
};

use super::{open_case::OpenCase, saving::Saving, with_record};
use crate::{
    local::Draft,
    remote::{cases, session::Account},
    routes::SURVEY,
};

/// The survey, or what was answered.
#[component]
pub fn Survey() -> impl IntoView {
    let open = expect_context::<OpenCase>();
    let state =
        with_record(open, |record| (record.actions.contains(&Action::AnswerSurvey), record.survey.clone()));
    ui::shown(move || match state.get()? {
        (true, _) => Some(form(open)),
        (false, SurveyState::Answered { answer, .. }) => Some(answered(answer)),
        (false, SurveyState::Skipped) => {
            Some(view! { <p class="quiet">{texts::survey::skipped()}</p> }.into_any())
        }
        (false, SurveyState::None | SurveyState::Open) => None,
    })
}

fn answered(answer: SurveyAnswer) -> AnyView {
    let most = *GRADES.end();
    view! {
        <dl class="survey-answer">
            <div class="fact">
                <dt>{texts::survey::effort()}</dt>
                <dd>{texts::survey::of(answer.effort, most)}</dd>
            </div>
            <div class="fact">
                <dt>{texts::survey::satisfaction()}</dt>
                <dd>{texts::survey::of(answer.satisfaction, most)}</dd>
            </div>
            {answer.comment.map(|comment| view! {
                <div class="fact">
                    <dt>{texts::survey::comment()}</dt>
                    <dd class="survey-comment" dir="auto">{comment}</dd>
                </div>
            })}
        </dl>
    }
    .into_any()
}

/// The grades given so far, by their field's name.
type Grades = RwSignal<[Option<u8>; 2]>;

const FIELDS: [&str; 2] = ["effort", "satisfaction"];

fn form(open: OpenCase) -> AnyView {
    let saving = Saving::of(open);
    let comment = RwSignal::new(String::new());
    let grades: Grades = RwSignal::new([None; 2]);
    let missing = RwSignal::new(false);
    let draft = kept(open, grades, comment);
    let voice = Announcements::here();
    let send = move |survey: NewSurvey| {
        saving.ask(
            move |remote| {
                Box::pin(async move { cases::survey(remote, open.number, &survey).await.map(Some) })
            },
            move || {
                draft.finish();
                voice.toast(texts::survey::thanks());
                ui::focus("closed-title");
            },
        );
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let [Some(effort), Some(satisfaction)] = grades.get_untracked() else {
            missing.set(true);
            let first = grades.with_untracked(|grades| grades.iter().position(Option::is_none));
            ui::focus(FIELDS[first.unwrap_or_default()]);
            return;
        };
        let answer = SurveyAnswer { effort, satisfaction, comment: Some(comment.get_untracked()) };
        match NewSurvey::Answer(answer).validate() {
            Ok(survey) => send(survey),
            Err(mistakes) => saving.error.set(mistakes.into_iter().next().map(|mistake| mistake.message)),
        }
    };
    land_here();
    view! {
        <form class="survey" id=SURVEY tabindex="-1" aria-labelledby="survey-title" on:submit=submit novalidate=true>
            <h3 id="survey-title">{texts::survey::title()}</h3>
            {grade(0, texts::survey::effort(), (texts::survey::very_hard(), texts::survey::very_easy()), grades, missing)}
            {grade(
                1,
                texts::survey::satisfaction(),
                (texts::survey::not_at_all(), texts::survey::very()),
                grades,
                missing,
            )}
            {labelled(
                "survey-comment",
                texts::survey::comment().to_owned(),
                None,
                true,
                saving.error.into(),
                move |tied| area_of(tied, "3", comment),
            )}
            <div class="survey-buttons">
                <Button look=Look::Primary submits=true pending=saving.pending>
                    {texts::survey::send()}
                </Button>
                <Button look=Look::Quiet pending=saving.pending press=move |_| send(NewSurvey::Skip)>
                    {texts::survey::skip()}
                </Button>
            </div>
        </form>
    }
    .into_any()
}

/// A mail's link leads to the survey itself.
fn land_here() {
    let wanted = window().location().hash().is_ok_and(|hash| hash.trim_start_matches('#') == SURVEY);
    if wanted {
        request_animation_frame(|| {
            if let Some(form) = document().get_element_by_id(SURVEY) {
                form.scroll_into_view();
            }
            ui::focus(SURVEY);
        });
    }
}

/// Grades and comment as one draft: `45 and what one would like to add`.
fn kept(open: OpenCase, grades: Grades, comment: RwSignal<String>) -> Draft {
    let key = format!("draft/{}/{}/{SURVEY}", Account::here().id(), open.number);
    let written = Signal::derive(move || {
        let digits: String =
            grades.get().iter().map(|grade| grade.map_or('0', |grade| (b'0' + grade).into())).collect();
        let comment = comment.get();
        if digits == "00" && comment.is_empty() { String::new() } else { format!("{digits}{comment}") }
    });
    Draft::keep(key, written, move |kept| {
        let mut letters = kept.chars();
        let mut grade =
            || letters.next().and_then(|c| c.to_digit(10)).and_then(|digit| u8::try_from(digit).ok());
        let first = [grade(), grade()].map(|grade| grade.filter(|grade| GRADES.contains(grade)));
        grades.set(first);
        comment.set(letters.collect());
    })
}

fn grade(
    at: usize,
    legend: &'static str,
    ends: (&'static str, &'static str),
    grades: Grades,
    missing: RwSignal<bool>,
) -> AnyView {
    let id = FIELDS[at];
    let error = Signal::derive(move || {
        (missing.get() && grades.with(|grades| grades[at].is_none()))
            .then(|| texts::mistakes::choose_one().to_owned())
    });
    let (least, most) = ends;
    let option = move |value: u8| {
        let words = match value {
            value if value == *GRADES.start() => Some(least),
            value if value == *GRADES.end() => Some(most),
            _ => None,
        };
        view! {
            <label class="grade">
                <input
                    type="radio"
                    name=id
                    prop:checked=Signal::derive(move || grades.with(|grades| grades[at] == Some(value)))
                    on:change=move |_| grades.update(|grades| grades[at] = Some(value))
                />
                <span class="grade-number">{value}</span>
                {words.map(|words| view! { <span class="grade-words">{words}</span> })}
            </label>
        }
    };
    grouped(id, legend.to_owned(), None, false, error, move |_| {
        view! { <div class="grades">{GRADES.map(option).collect_view()}</div> }.into_any()
    })
}
