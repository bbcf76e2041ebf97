//! The gallery: every part in its states, each found by a name.

use std::collections::BTreeSet;

use leptos::prelude::document;
use ui::gallery::gallery;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::support::{count, find, settled, show, words};

fn all(place: &Element, selector: &str) -> Vec<Element> {
    let found = place.query_selector_all(selector).unwrap();
    (0..found.length()).map(|index| found.get(index).unwrap().unchecked_into()).collect()
}

/// Whether a control says what it is for (WCAG 2.2, 4.1.2).
fn is_named(control: &Element) -> bool {
    let said = |name: &str| control.get_attribute(name).is_some_and(|value| !value.trim().is_empty());
    let labelled = |id: String| {
        let label = document().query_selector(&format!("label[for=\"{id}\"]")).unwrap();
        label.is_some_and(|label| !words(&label).is_empty())
    };
    said("aria-label")
        || said("aria-labelledby")
        || said("title")
        || !words(control).is_empty()
        || control.closest("label").unwrap().is_some_and(|label| !words(&label).is_empty())
        || control.get_attribute("id").is_some_and(labelled)
}

#[wasm_bindgen_test]
async fn every_part_is_there_and_named() {
    let place = show(gallery);
    settled().await;
    let links = all(&place, ".gallery-index a");
    assert!(links.len() >= 10, "{}", links.len());
    for link in links {
        let heading = find(&place, &link.get_attribute("href").unwrap());
        let section = heading.closest("section").unwrap().unwrap();
        assert!(count(&section, ".specimen") > 0, "{} is empty", words(&heading));
    }
    let ids: Vec<_> = all(&place, "[id]").iter().map(Element::id).collect();
    let different: BTreeSet<_> = ids.iter().collect();
    assert_eq!(ids.len(), different.len(), "an id stands there twice");
    let controls =
        all(&place, "button, input:not([type=hidden]), select, textarea, [role=tab], [role=menuitem]");
    assert!(controls.len() > 50, "{}", controls.len());
    let unnamed: Vec<_> =
        controls.iter().filter(|control| !is_named(control)).map(Element::outer_html).collect();
    assert!(unnamed.is_empty(), "{unnamed:#?}");
    for picture in all(&place, "svg:not([aria-hidden=true]), [role=img]") {
        assert!(is_named(&picture), "{}", picture.outer_html());
    }
}
