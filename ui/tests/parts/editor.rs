//! The editor in a real browser.

use contract::{
    markdown::{Block, Inline},
    people::PersonRef,
};
use leptos::prelude::*;
use ui::{Editor, Markdown, editor, editor::People, field::labelled, markdown::Reader};
use uuid::Uuid;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, HtmlTextAreaElement};

use super::support::{count, find, press, settled, show, words};

fn person(id: u128, name: &str) -> PersonRef {
    PersonRef { id: Uuid::from_u128(id), name: name.to_owned(), support: id == 2 }
}

fn shown(id: &'static str, text: RwSignal<String>) -> (Element, HtmlTextAreaElement) {
    let place = show(move || {
        let people = People {
            known: Signal::stored(vec![person(1, "Jana Vogel"), person(2, "Ruth Okafor")]),
            pending: Signal::stored(false),
            wanted: Callback::new(|()| {}),
        };
        let writing = Editor::of(text).naming(people);
        labelled(id, "Reply".to_owned(), None, false, Signal::stored(None), move |tied| {
            editor(tied, "4", writing)
        })
    });
    let area = find(&place, "textarea").unchecked_into::<HtmlTextAreaElement>();
    (place, area)
}

fn tool(place: &Element, name: &str) -> HtmlElement {
    find(place, &format!("[role=toolbar] [aria-label='{name}']")).unchecked_into()
}

#[wasm_bindgen_test]
async fn buttons_change_the_text_so_that_it_can_be_undone() {
    let text = RwSignal::new("some words".to_owned());
    let (place, area) = shown("undoable", text);
    settled().await;
    area.focus().unwrap();
    area.set_selection_range(5, 10).unwrap();
    tool(&place, "Bold").click();
    assert_eq!(text.get_untracked(), "some **words**");
    assert_eq!((area.selection_start().unwrap(), area.selection_end().unwrap()), (Some(7), Some(12)));
    settled().await;
    let page = document().unchecked_into::<web_sys::HtmlDocument>();
    assert!(page.exec_command("undo").unwrap());
    assert_eq!((area.value(), text.get_untracked()), ("some words".to_owned(), "some words".to_owned()));
}

#[wasm_bindgen_test]
async fn the_toolbar_is_one_stop_and_arrows_move_in_it() {
    let (place, _) = shown("stops", RwSignal::new(String::new()));
    assert_eq!(count(&place, ".tool[tabindex='0']"), 1);
    let bold = tool(&place, "Bold");
    bold.focus().unwrap();
    assert!(!press(&bold, "ArrowRight"));
    settled().await;
    assert_eq!(document().active_element().unwrap().get_attribute("aria-label").unwrap(), "Italic");
    assert!(!press(&document().active_element().unwrap(), "End"));
    settled().await;
    assert_eq!(document().active_element().unwrap().get_attribute("aria-label").unwrap(), "Mention somebody");
    assert_eq!(count(&place, ".tool[tabindex='0']"), 1);
}

#[wasm_bindgen_test]
async fn people_are_offered_while_their_name_is_typed() {
    let text = RwSignal::new("Hello ".to_owned());
    let (place, area) = shown("naming", text);
    settled().await;
    area.focus().unwrap();
    area.set_selection_range(6, 6).unwrap();
    tool(&place, "Mention somebody").click();
    settled().await;
    assert_eq!(count(&place, "[role=option]"), 2);
    assert_eq!(area.get_attribute("aria-activedescendant").unwrap(), "naming-person-0");
    assert!(!press(&area, "ArrowDown"));
    settled().await;
    assert_eq!(area.get_attribute("aria-activedescendant").unwrap(), "naming-person-1");
    assert!(!press(&area, "Enter"));
    settled().await;
    assert_eq!(text.get_untracked(), "Hello @Ruth Okafor ");
    assert_eq!(count(&place, "[role=option]"), 0);
    // Without a list the keys are the text's again.
    assert!(press(&area, "ArrowDown"));
}

#[wasm_bindgen_test]
async fn tab_and_plain_keys_are_left_alone() {
    let (_, area) = shown("alone", RwSignal::new("- one".to_owned()));
    settled().await;
    area.focus().unwrap();
    area.set_selection_range(5, 5).unwrap();
    assert!(press(&area, "Tab"));
    assert!(press(&area, "a"));
    assert!(!press(&area, "Enter"));
    assert_eq!(area.value(), "- one\n- ");
}

#[wasm_bindgen_test]
fn a_mention_of_the_reader_stands_out() {
    let place = show(|| {
        provide_context(Reader(Uuid::from_u128(1)));
        let mention = |id, name| Inline::Mention { person: person(id, name) };
        let children = vec![mention(1, "Jana Vogel"), mention(2, "<b>Ruth</b>")];
        view! { <Markdown body=vec![Block::Paragraph { children }]/> }
    });
    assert_eq!(count(&place, ".mention"), 2);
    assert_eq!(words(&find(&place, ".mention-own")), "@Jana Vogel");
    assert_eq!(words(&find(&place, ".mention:not(.mention-own)")), "@<b>Ruth</b>");
    assert_eq!(count(&place, "b"), 0);
}
