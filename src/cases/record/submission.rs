//! The case as it was submitted.

use contract::{
    AskedAnswer,
    catalogue::{Answer, Kind, reserved::SUBJECT},
    markdown::safe_href,
};
use leptos::prelude::*;
use ui::{Markdown, time::exact_words};

use super::{open_case::OpenCase, with_record};

/// Every answer, as it was asked.
#[component]
pub fn Submission() -> impl IntoView {
    let open = expect_context::<OpenCase>();
    let answers = with_record(open, |record| record.submission.clone());
    view! {
        <section class="submission" aria-labelledby="submission-title">
            <h2 id="submission-title">{texts::record::original_submission()}</h2>
            <dl>
                {ui::dynamic(move || {
                    let answers = answers.get().unwrap_or_default();
                    // The subject is the page's heading.
                    let rest = answers.into_iter().filter(|answer| answer.question != SUBJECT);
                    rest.map(answer).collect_view()
                })}
            </dl>
        </section>
    }
    .into_any()
}

fn answer(asked: AskedAnswer) -> AnyView {
    let AskedAnswer { label, kind, answer, words, body, .. } = asked;
    let said = if let Answer::Flag(flag) = answer {
        // In the reader's language, not in that of whoever filed it.
        kind.flag_words(flag).into_any()
    } else if body.is_empty() {
        words.into_iter().map(|line| line_of(kind, line)).collect_view().into_any()
    } else {
        view! { <Markdown body=body/> }.into_any()
    };
    view! {
        <div class="answer" class:answer-long=kind == Kind::LongText>
            <dt dir="auto">{label}</dt>
            <dd dir="auto">{said}</dd>
        </div>
    }
    .into_any()
}

fn line_of(kind: Kind, line: String) -> AnyView {
    match kind {
        Kind::DateTime | Kind::DateTimeRange => view! { <p>{exact_words(&line)}</p> }.into_any(),
        Kind::Url if safe_href(&line) => {
            let href = line.clone();
            view! {
                <p>
                    <a href=href target="_blank" rel="noopener noreferrer nofollow">
                        {line}
                    </a>
                </p>
            }
            .into_any()
        }
        _ => view! { <p>{line}</p> }.into_any(),
    }
}
