//! A type that shows where help is, and leads on to one that files a case.

use contract::{
    catalogue::{Answer, CaseType, Deflection},
    markdown::safe_href,
    portal::Link,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;
use ui::{Button, Glyph, Icon, Look, Skeleton};

use super::{filing::Filing, in_page, origin::origin, place::Place, question::QuestionView, step::Notices};
use crate::{
    local::{FormDraft, form_drafts},
    remote::session::Account,
    routes::draft_url,
};

/// The page of such a type: its questions, and what may already answer them.
pub fn page(filing: Filing, deflection: &Deflection) -> AnyView {
    let onward = filing.catalogue.with_value(|catalogue| catalogue.case_type(&deflection.leads_to).cloned());
    let best = move || {
        let typed = filing
            .draft
            .with(|draft| draft.answers.values().filter_map(Answer::text).collect::<Vec<_>>().join(" "));
        filing.catalogue.with_value(|catalogue| {
            let articles = catalogue.articles_best_first(&typed).into_iter();
            articles.map(|found| article(found.title.clone(), found.url.clone())).collect_view()
        })
    };
    let Link { title: community, url: community_url } = deflection.community.clone();
    let content = view! {
        <Notices/>
        {ui::dynamic(move || questions(filing))}
        <section aria-labelledby="articles-title">
            <h2 id="articles-title">{texts::assistant::may_answer_it()}</h2>
            <ul class="articles">{best} {article(community, community_url)}</ul>
        </section>
        {onward.map(|onward| view! { <Onward to=onward/> })}
    };
    filing.case_type.with_value(|case_type| in_page(case_type, content.into_any()))
}

fn questions(filing: Filing) -> AnyView {
    if !filing.ready.get() {
        return view! { <Skeleton lines=4 label=texts::assistant::loading_draft()/> }.into_any();
    }
    let titles = filing.places.get_untracked().into_iter().filter_map(|place| match place {
        Place::Step(title) => Some(title),
        Place::Organisation | Place::Review => None,
    });
    let questions = titles.flat_map(|title| untrack(|| filing.questions(&title)));
    view! {
        {origin(filing)}
        {questions.map(|question| view! { <QuestionView question=question/> }).collect_view()}
    }
    .into_any()
}

fn article(title: String, url: String) -> AnyView {
    if !safe_href(&url) {
        return ().into_any();
    }
    view! {
        <li>
            <a href=url target="_blank" rel="noopener noreferrer">
                <span dir="auto">{title}</span>
                <Glyph icon=Icon::External/>
                <span class="unseen">{texts::assistant::opens_in_new_tab()}</span>
            </a>
        </li>
    }
    .into_any()
}

/// The way on, with what was typed.
#[component]
fn Onward(to: CaseType) -> impl IntoView {
    let filing = Filing::here();
    let person = Account::here().id();
    let navigate = use_navigate();
    let title = to.title.clone();
    let go = move |_| {
        let navigate = navigate.clone();
        let draft = FormDraft { answers: filing.answers(), ..FormDraft::begin(&to.id) };
        spawn_local(async move {
            form_drafts::keep(&draft, person).await;
            filing.kept.finish();
            navigate(&draft_url(&draft.type_id, &draft.id), Default::default());
        });
    };
    view! {
        <div class="onward">
            <p>{texts::assistant::still_no_answer()}</p>
            <Button look=Look::Primary press=go>
                <span dir="auto">{title}</span>
            </Button>
        </div>
    }
    .into_any()
}
