//! A type that shows where help is, and leads on to one that files a case.

use std::sync::Arc;

use contract::{
    catalogue::{Answer, Answers, CaseType, Catalogue, Deflection, Link},
    markdown::safe_href,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;
use ui::{Button, Glyph, Icon, Look, Skeleton};

use super::{filing::Filing, form_draft::FormDraft, place::Place, question::QuestionView, step::Notices};
use crate::{local::drafts, remote::session::Account, routes::Route, shell::Page};

/// The page of such a type: its questions, and what may already answer them.
pub fn page(catalogue: &Arc<Catalogue>, case_type: &CaseType, deflection: &Deflection) -> AnyView {
    let filing = Filing::begin(catalogue.clone(), case_type.clone());
    provide_context(filing);
    let onward = catalogue.case_type(&deflection.leads_to).cloned();
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
    let title = case_type.title.clone();
    view! {
        <Page title=Signal::stored(title.clone()) class="assistant">
            <p class="case-way">
                <a href=Route::NewCase.to_string()>{texts::shell::create_a_case()}</a>
            </p>
            <h1 dir="auto">{title}</h1>
            <Notices/>
            {ui::dynamic(move || questions(filing))}
            <section aria-labelledby="articles-title">
                <h2 id="articles-title">{texts::assistant::may_answer_it()}</h2>
                <ul class="articles">{best} {article(community, community_url)}</ul>
            </section>
            {onward.map(|onward| view! { <Onward to=onward/> })}
        </Page>
    }
    .into_any()
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
    questions.map(|question| view! { <QuestionView question=question/> }).collect_view().into_any()
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
    let url = Route::Assistant(to.id.clone()).to_string();
    let title = to.title.clone();
    let go = move |_| {
        let (key, url, navigate) = (FormDraft::store_key(person, &to.id), url.clone(), navigate.clone());
        let typed = filing.answers();
        spawn_local(async move {
            carry_over(&key, typed).await;
            filing.kept.finish();
            navigate(&url, Default::default());
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

/// Puts the answers into the other form's draft, where it has none of its own.
async fn carry_over(key: &str, typed: Answers) {
    let mut draft = FormDraft::from_text(&drafts::read(key).await);
    for (question, answer) in typed {
        if draft.answers.get(&question).is_none_or(Answer::is_empty) {
            draft.answer(&question, answer);
        }
    }
    drafts::write(key, &draft.to_text()).await;
}
