//! The pages of the form, and their words in its address.

use contract::catalogue::CaseType;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{
    local::FormDraft,
    routes::{Route, STEP},
};

/// The address's word for the last page.
const REVIEW: &str = "review";

/// A page of the form.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// The choice of the organisation.
    Organisation,
    /// The step of a title.
    Step(String),
    /// Everything once more.
    Review,
}

impl Place {
    /// Its heading.
    pub fn title(&self) -> String {
        match self {
            Self::Organisation => texts::assistant::organisation().to_owned(),
            Self::Step(title) => title.clone(),
            Self::Review => texts::assistant::review().to_owned(),
        }
    }

    /// Its word in the address: its number among the pages.
    pub fn word(&self, places: &[Self]) -> String {
        let index = places.iter().position(|known| known == self).unwrap_or_default();
        if *self == Self::Review { REVIEW.to_owned() } else { (index + 1).to_string() }
    }
}

/// The pages of a type's form, given what was filled in.
pub fn places(
    case_type: StoredValue<CaseType>,
    draft: RwSignal<FormDraft>,
    several_organisations: bool,
) -> Memo<Vec<Place>> {
    ui::memo(move || {
        let steps = case_type.with_value(|case_type| {
            let asked = draft.with(|draft| {
                let asked = case_type.asked(&draft.answers);
                asked.into_iter().map(|(step, _)| step.title.clone()).collect::<Vec<_>>()
            });
            asked.into_iter().map(Place::Step).collect::<Vec<_>>()
        });
        // A case that is corrected stays where it is.
        let corrects = draft.with(|draft| draft.corrects.is_some());
        let organisation = (several_organisations && !corrects).then_some(Place::Organisation);
        organisation.into_iter().chain(steps).chain([Place::Review]).collect()
    })
}

/// The page that the address names, as near as there is one.
pub fn place_in_address(places: Memo<Vec<Place>>) -> Memo<Place> {
    let location = use_location();
    Memo::new(move |before: Option<&Place>| {
        let mine = location.pathname.with(|path| matches!(Route::parse(path), Route::Assistant(_)));
        if let (false, Some(before)) = (mine, before) {
            return before.clone();
        }
        let word = location.query.with(|query| query.get(STEP)).unwrap_or_default();
        let wanted = if word == REVIEW { usize::MAX } else { word.parse().unwrap_or(1) };
        places.with(|places| {
            let at = wanted.clamp(1, places.len().max(1)) - 1;
            places.get(at).cloned().unwrap_or(Place::Review)
        })
    })
}
