//! Formatted text: the contract's tree as elements.
//!
//! Text becomes text nodes and nothing else, so whatever a message holds stays
//! text. Links are checked again here, should a backend not have.

use contract::{
    markdown::{Block, Inline, safe_href},
    people::PersonRef,
};
use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    announce::Announcements,
    icon::{Glyph, Icon},
};

/// Who reads: where they themselves are mentioned stands out. A context.
#[derive(Clone, Copy, Debug)]
pub struct Reader(pub Uuid);

/// A text's blocks. Each takes its own direction, so that right-to-left text reads right.
#[component]
pub fn Markdown(
    /// The text.
    body: Vec<Block>,
) -> impl IntoView {
    view! { <div class="prose">{blocks(body)}</div> }.into_any()
}

fn blocks(body: Vec<Block>) -> AnyView {
    body.into_iter().map(block).collect_view().into_any()
}

fn block(block: Block) -> AnyView {
    match block {
        Block::Paragraph { children } => view! { <p dir="auto">{inlines(children)}</p> }.into_any(),
        Block::Heading { level, children } => heading(level, children),
        Block::Code { language, text } => code(language, text),
        Block::Quote { children } => {
            view! { <blockquote dir="auto">{blocks(children)}</blockquote> }.into_any()
        }
        Block::List { start, items } => list(start, items),
        Block::Table { head, rows } => table(head, rows),
        Block::Rule => view! { <hr/> }.into_any(),
    }
}

/// Headings of a message stand below those of the page around it.
fn heading(level: u8, children: Vec<Inline>) -> AnyView {
    let text = inlines(children);
    match level {
        0 | 1 => view! { <h3 class="prose-heading" data-level=level dir="auto">{text}</h3> }.into_any(),
        2 => view! { <h4 class="prose-heading" data-level=level dir="auto">{text}</h4> }.into_any(),
        3 => view! { <h5 class="prose-heading" data-level=level dir="auto">{text}</h5> }.into_any(),
        _ => view! { <h6 class="prose-heading" data-level=level dir="auto">{text}</h6> }.into_any(),
    }
}

fn code(language: Option<String>, text: String) -> AnyView {
    let copied = text.clone();
    let announcements = Announcements::here();
    let copy = move |_| copy_text(&copied, announcements);
    view! {
        <figure class="code" dir="ltr">
            <figcaption>
                {language_of(language)}
                <button type="button" class="button button-quiet" aria-label=texts::ui::copy_code() on:click=copy>
                    <Glyph icon=Icon::Copy/>
                    {texts::ui::copy()}
                </button>
            </figcaption>
            <pre tabindex="0">
                <code>{text}</code>
            </pre>
        </figure>
    }
    .into_any()
}

/// The language someone gave the code; without one it is text.
fn language_of(given: Option<String>) -> AnyView {
    match given {
        Some(language) => view! { <span dir="auto">{language}</span> }.into_any(),
        None => view! { <span>{texts::ui::plain_text()}</span> }.into_any(),
    }
}

/// Puts a text on the clipboard and says so.
pub fn copy_text(text: &str, announcements: Announcements) {
    let promise = window().navigator().clipboard().write_text(text);
    leptos::task::spawn_local(async move {
        let done = wasm_bindgen_futures::JsFuture::from(promise).await;
        announcements.toast(if done.is_ok() {
            texts::ui::copied()
        } else {
            texts::ui::copying_not_allowed()
        });
    });
}

fn list(start: Option<u64>, items: Vec<Vec<Block>>) -> AnyView {
    let items =
        items.into_iter().map(|item| view! { <li dir="auto">{item_blocks(item)}</li> }).collect_view();
    match start {
        Some(start) => view! { <ol start=start.to_string()>{items}</ol> }.into_any(),
        None => view! { <ul>{items}</ul> }.into_any(),
    }
}

/// An item of one paragraph needs no paragraph of its own.
fn item_blocks(mut item: Vec<Block>) -> AnyView {
    match item.as_mut_slice() {
        [Block::Paragraph { children }] => inlines(std::mem::take(children)),
        _ => blocks(item),
    }
}

fn table(head: Vec<Vec<Inline>>, rows: Vec<Vec<Vec<Inline>>>) -> AnyView {
    let head = head.into_iter().map(|cell| view! { <th dir="auto">{inlines(cell)}</th> }).collect_view();
    let rows = rows.into_iter().map(row).collect_view();
    view! {
        <div class="prose-table" tabindex="0" role="group" aria-label=texts::ui::table()>
            <table>
                <thead>
                    <tr>{head}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(cells: Vec<Vec<Inline>>) -> AnyView {
    let cells = cells.into_iter().map(|cell| view! { <td dir="auto">{inlines(cell)}</td> }).collect_view();
    view! { <tr>{cells}</tr> }.into_any()
}

fn inlines(children: Vec<Inline>) -> AnyView {
    children.into_iter().map(inline).collect_view().into_any()
}

fn inline(inline: Inline) -> AnyView {
    match inline {
        Inline::Text { text } => text.into_any(),
        Inline::Code { text } => view! { <code>{text}</code> }.into_any(),
        Inline::Emphasis { children } => view! { <em>{inlines(children)}</em> }.into_any(),
        Inline::Strong { children } => view! { <strong>{inlines(children)}</strong> }.into_any(),
        Inline::Strikethrough { children } => view! { <s>{inlines(children)}</s> }.into_any(),
        Inline::Link { href, children } if safe_href(&href) => view! {
            <a href=href target="_blank" rel="noopener noreferrer nofollow">
                {inlines(children)}
            </a>
        }
        .into_any(),
        Inline::Link { children, .. } => inlines(children),
        Inline::Mention { person } => mention(&person),
        Inline::Break => view! { <br/> }.into_any(),
    }
}

fn mention(person: &PersonRef) -> AnyView {
    let own = use_context::<Reader>().is_some_and(|reader| reader.0 == person.id);
    view! {
        <span class="mention" class:mention-own=own dir="auto">
            "@"
            {person.name.clone()}
        </span>
    }
    .into_any()
}
