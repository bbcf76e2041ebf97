//! What may answer the matter already, while its subject is written.

use contract::{
    CaseSummary,
    catalogue::{Answer, Article, reserved},
    markdown::safe_href,
};
use leptos::prelude::*;
use ui::{Glyph, Icon, StatusMark};

use super::filing::Filing;
use crate::{
    remote::{Remote, cases::similar, typed::as_typed},
    routes::Route,
};

/// Fewest characters of a subject that are looked for.
const ENOUGH: usize = 5;
/// Most articles shown.
const ARTICLES: usize = 3;

/// Similar cases and help articles. They stand aside: nothing waits for them.
#[component]
pub fn Suggestions() -> impl IntoView {
    let filing = Filing::here();
    let remote = Remote::here();
    let subject = ui::memo(move || filing.draft.with(|draft| subject(draft.answers.get(reserved::SUBJECT))));
    let found = as_typed(subject.into(), move |subject: String| {
        Box::pin(async move { similar(remote, &subject).await })
    });
    let articles = ui::memo(move || {
        let typed = subject.get().unwrap_or_default();
        filing.catalogue.with_value(|catalogue| {
            let articles = catalogue.articles_about(&typed).into_iter();
            articles.filter(|article| safe_href(&article.url)).take(ARTICLES).cloned().collect::<Vec<_>>()
        })
    });
    let count = ui::memo(move || {
        let cases = found.value.with(|found| found.as_ref().map_or(0, Vec::len));
        u64::try_from(cases + articles.with(Vec::len)).unwrap_or_default()
    });
    view! {
        <p class="unseen" role="status">
            {ui::shown(move || (count.get() > 0).then(|| texts::assistant::suggestions(count.get())))}
        </p>
        {ui::shown(move || {
            let cases = found.value.get().unwrap_or_default();
            let articles = articles.get();
            (!cases.is_empty() || !articles.is_empty()).then(|| {
                view! {
                    <aside class="suggestions" aria-labelledby="suggestions-title">
                        <h3 id="suggestions-title">{texts::assistant::known_already()}</h3>
                        <ul>
                            {cases.iter().map(case).collect_view()}
                            {articles.into_iter().map(article).collect_view()}
                        </ul>
                    </aside>
                }
            })
        })}
    }
    .into_any()
}

fn subject(answer: Option<&Answer>) -> Option<String> {
    let subject = answer?.text()?.trim();
    let length = subject.chars().count();
    (ENOUGH..=contract::limits::SEARCH_MAX).contains(&length).then(|| subject.to_owned())
}

fn case(case: &CaseSummary) -> AnyView {
    let status = view! { <StatusMark status=case.status/> }.into_any();
    let title = format!("{} {}", case.number, case.subject);
    elsewhere(Route::Case(case.number).to_string(), Icon::Inbox, title, status)
}

fn article(article: Article) -> AnyView {
    elsewhere(article.url, Icon::Bulb, article.title, ().into_any())
}

/// A link that leaves the form where it is.
fn elsewhere(href: String, icon: Icon, title: String, mark: AnyView) -> AnyView {
    view! {
        <li>
            <a href=href target="_blank" rel="noopener noreferrer">
                <Glyph icon=icon/>
                <span dir="auto">{title}</span>
                <span class="unseen">{texts::assistant::opens_in_new_tab()}</span>
            </a>
            {mark}
        </li>
    }
    .into_any()
}
