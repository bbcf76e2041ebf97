//! Which draft the address wants.

use contract::catalogue::{Carried, CaseType};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use web_sys::UrlSearchParams;

use crate::routes::{CORRECTS, DRAFT, FOLLOWS, LIKE, Route, STEP};

/// What the address wants.
#[derive(Clone, Debug, PartialEq)]
pub enum Wanted {
    /// The draft of an id.
    Draft(String),
    /// The draft touched last, at a step, or where there is none a fresh one.
    Newest {
        /// The step, empty for the first.
        step: String,
    },
    /// A fresh one with these answers, by question.
    Filled(Vec<(String, String)>),
    /// A fresh one with the answers of the case of a number.
    Earlier(String, Carried),
}

/// What the address wants of a type. While another page is being shown the address is
/// no longer this one's.
pub fn in_address(case_type: StoredValue<CaseType>) -> Memo<Wanted> {
    let location = use_location();
    Memo::new(move |before: Option<&Wanted>| {
        let here = location.pathname.with(|path| Route::parse(path));
        let mine = case_type.with_value(|case_type| here == Route::Assistant(case_type.id.clone()));
        match before {
            Some(before) if !mine => before.clone(),
            _ => location.search.with(|search| case_type.with_value(|case_type| read(case_type, search))),
        }
    })
}

/// The address's own words come before questions of the same id. The router's reading
/// of them would undo escapes twice.
fn read(case_type: &CaseType, search: &str) -> Wanted {
    let said = UrlSearchParams::new_with_str(search).ok();
    let word = |name: &str| said.as_ref()?.get(name).filter(|value| !value.is_empty());
    if let Some(id) = word(DRAFT).filter(|id| id.bytes().all(|byte| byte.is_ascii_alphanumeric())) {
        return Wanted::Draft(id);
    }
    if let Some(number) = word(LIKE) {
        return Wanted::Earlier(number, Carried::Similar);
    }
    if let Some(number) = word(FOLLOWS) {
        return Wanted::Earlier(number, Carried::FollowUp);
    }
    if let Some(number) = word(CORRECTS) {
        return Wanted::Earlier(number, Carried::Correction);
    }
    let filled = case_type
        .questions()
        .filter(|question| ![DRAFT, STEP, LIKE, FOLLOWS, CORRECTS].contains(&question.id.as_str()));
    let filled: Vec<_> =
        filled.filter_map(|question| Some((question.id.clone(), word(&question.id)?))).collect();
    if filled.is_empty() {
        Wanted::Newest { step: word(STEP).unwrap_or_default() }
    } else {
        Wanted::Filled(filled)
    }
}

#[cfg(test)]
mod tests {
    use contract::catalogue::Catalogue;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    const CATALOGUE: &str = r#"{
        "id": "x",
        "types": [{
            "id": "problem", "title": "x", "description": "x", "icon": "bug", "queue": "x",
            "steps": [{ "title": "x", "questions": [
                { "id": "subject", "kind": "text", "label": "x" },
                { "id": "step", "kind": "text", "label": "x" }
            ] }]
        }]
    }"#;

    fn wanted(search: &str) -> Wanted {
        let catalogue: Catalogue = serde_json::from_str(CATALOGUE).unwrap();
        read(&catalogue.types[0], search)
    }

    #[wasm_bindgen_test]
    fn an_address_says_which_draft_it_wants() {
        assert_eq!(wanted("draft=3f2a9c1e&step=2&subject=x"), Wanted::Draft("3f2a9c1e".to_owned()));
        assert_eq!(wanted("like=CS-000123"), Wanted::Earlier("CS-000123".to_owned(), Carried::Similar));
        assert_eq!(wanted("follows=CS-000123"), Wanted::Earlier("CS-000123".to_owned(), Carried::FollowUp));
        assert_eq!(wanted("colour=red&step=2"), Wanted::Newest { step: "2".to_owned() });
        assert_eq!(wanted("draft=../x"), Wanted::Newest { step: String::new() });
        let filled = vec![("subject".to_owned(), "50% & more %41".to_owned())];
        assert_eq!(wanted("subject=50%25+%26%20more+%2541&colour=red"), Wanted::Filled(filled));
    }
}
