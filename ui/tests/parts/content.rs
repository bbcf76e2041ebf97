//! What parts show.

use contract::markdown::{Block, Inline};
use leptos::prelude::*;
use ui::{Markdown, StatusMark, field::labelled, icon::Icon};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use super::support::{find, show};

fn text(text: &str) -> Inline {
    Inline::Text { text: text.to_owned() }
}

#[wasm_bindgen_test]
fn html_in_a_message_stays_text() {
    let nasty = "<img src=x onerror=boom()><script>boom()</script>";
    let place = show(move || {
        let body = vec![
            Block::Paragraph { children: vec![text(nasty)] },
            Block::Code { language: Some(nasty.to_owned()), text: nasty.to_owned() },
        ];
        view! { <Markdown body=body/> }
    });
    assert!(place.query_selector("img, script").unwrap().is_none());
    assert_eq!(find(&place, "p").text_content().unwrap(), nasty);
    assert_eq!(find(&place, "pre code").text_content().unwrap(), nasty);
}

#[wasm_bindgen_test]
fn only_safe_addresses_become_links() {
    let link = |href: &str| Inline::Link { href: href.to_owned(), children: vec![text(href)] };
    let hrefs = ["javascript:alert(1)", "data:text/html,x", "https://example.com/a", "mailto:a@b.example"];
    let children = hrefs.map(link).to_vec();
    let place = show(move || view! { <Markdown body=vec![Block::Paragraph { children }]/> });
    let links = place.query_selector_all("a").unwrap();
    let found: Vec<_> = (0..links.length())
        .map(|i| links.get(i).unwrap().unchecked_into::<Element>().get_attribute("href").unwrap())
        .collect();
    assert_eq!(found, ["https://example.com/a", "mailto:a@b.example"]);
    assert_eq!(find(&place, "a").get_attribute("rel").unwrap(), "noopener noreferrer nofollow");
    assert!(place.text_content().unwrap().contains("javascript:alert(1)"));
}

#[wasm_bindgen_test]
fn right_to_left_text_takes_its_own_direction() {
    let place =
        show(|| view! { <Markdown body=vec![Block::Paragraph { children: vec![text("שלום עולם")] }]/> });
    assert_eq!(find(&place, "p").get_attribute("dir").unwrap(), "auto");
}

#[wasm_bindgen_test]
async fn a_field_ties_its_help_and_its_error_to_the_control() {
    let error = RwSignal::new(None::<String>);
    let place = show(move || {
        labelled(
            "given",
            "Name".to_owned(),
            Some("As in your passport".to_owned()),
            false,
            error.into(),
            |tied| {
                view! {
                    <input
                        id=tied.id
                        aria-describedby=move || tied.describedby.get()
                        aria-invalid=move || tied.invalid.get()
                    />
                }
                .into_any()
            },
        )
    });
    let input = find(&place, "input");
    assert_eq!(find(&place, "label").get_attribute("for").unwrap(), input.id());
    assert_eq!(described(&place, &input), "As in your passport");
    assert_eq!(input.get_attribute("aria-invalid"), None);

    error.set(Some("Enter your name.".to_owned()));
    leptos::task::tick().await;
    assert_eq!(described(&place, &input), "Enter your name. As in your passport");
    assert_eq!(input.get_attribute("aria-invalid").unwrap(), "true");
}

/// What a screen reader reads after the name.
fn described(place: &Element, input: &Element) -> String {
    let ids = input.get_attribute("aria-describedby").unwrap();
    let texts = ids.split(' ').map(|id| find(place, &format!("#{id}")).text_content().unwrap());
    texts.collect::<Vec<_>>().join(" ")
}

#[wasm_bindgen_test]
fn a_status_is_a_word_a_shape_and_a_colour() {
    let status = contract::Status::WaitingForCustomer;
    let place = show(move || view! { <StatusMark status=status/> });
    let mark = find(&place, ".mark");
    assert_eq!(mark.text_content().unwrap(), "Waiting for customer");
    assert_eq!(mark.get_attribute("data-status").unwrap(), "waiting_for_customer");
    assert_eq!(find(&place, "use").get_attribute("href").unwrap(), "#i-reply");
}

#[wasm_bindgen_test]
fn every_icon_is_in_the_sprite() {
    let sprite = include_str!("../../../index.html");
    for icon in Icon::ALL {
        assert!(sprite.contains(&format!("<symbol id=\"i-{}\"", icon.name())), "{}", icon.name());
    }
    assert_eq!(Icon::named("bug"), Icon::Bug);
    assert_eq!(Icon::named("no such icon"), Icon::Ticket);
}

#[wasm_bindgen_test]
fn moments_keep_their_instant_between_zones() {
    let utc = "2026-03-01T09:30:00Z";
    let local = ui::time::utc_to_local(utc).unwrap();
    assert_eq!(local.len(), "2026-03-01T09:30".len());
    assert_eq!(ui::time::local_to_utc(&local).unwrap(), utc);
    assert_eq!(ui::time::local_to_utc("half a date"), None);
}
