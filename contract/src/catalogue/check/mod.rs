//! Mistakes a catalogue can have beyond its form.

mod case_type;
mod condition;
mod filing;
mod question;

use std::collections::BTreeSet;

use super::{Catalogue, Place};

/// One mistake of a catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where.
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl Catalogue {
    /// Every mistake of the catalogue as it is written, before it is
    /// [completed](Self::complete); none in a good one.
    #[must_use]
    pub fn check(&self) -> Vec<Mistake> {
        let mut mistakes = Mistakes(Vec::new());
        let top = Place::top();
        mistakes.check_id(&top, &self.id);
        for (index, notice) in self.notices.iter().enumerate() {
            let place = top.key("notices").entry(index);
            mistakes.check_words(&place, [("text", &*notice.text)]);
            if notice.when.is_some() {
                let hint = "take its `when` away, or put the notice into the types it is for";
                mistakes.add(&place.key("when"), "a notice of the whole catalogue is always shown", hint);
            }
        }
        for (index, article) in self.articles.iter().enumerate() {
            mistakes.check_link(&top.key("articles").entry(index), &article.title, &article.url);
        }
        mistakes.check_types(self);
        mistakes.check_closing(self);
        mistakes.0
    }
}

struct Mistakes(Vec<Mistake>);

impl Mistakes {
    fn add(&mut self, place: &Place, message: impl Into<String>, hint: impl Into<String>) {
        self.0.push(Mistake { place: place.clone(), message: message.into(), hint: hint.into() });
    }

    fn check_id(&mut self, place: &Place, id: &str) {
        let plain = id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if id.is_empty() || id.len() > 60 || !plain {
            let message = format!("“{id}” cannot be an id");
            self.add(&place.key("id"), message, "use up to 60 lower-case letters, digits and hyphens");
        }
    }

    /// Words people are to read.
    fn check_words<'a>(&mut self, place: &Place, words: impl IntoIterator<Item = (&'static str, &'a str)>) {
        for (key, _) in words.into_iter().filter(|(_, text)| text.trim().is_empty()) {
            self.add(&place.key(key), format!("the {key} is empty"), "write what people are to read");
        }
    }

    fn check_types(&mut self, catalogue: &Catalogue) {
        let types = Place::top().key("types");
        if catalogue.types.is_empty() {
            self.add(&types, "there is no case type", "add a [[types]] table");
        }
        let mut ids = BTreeSet::new();
        for (index, case_type) in catalogue.types.iter().enumerate() {
            let place = types.named(index, &case_type.id);
            if !ids.insert(case_type.id.as_str()) {
                let message = format!("another type has the id “{}”", case_type.id);
                self.add(&place.key("id"), message, "give each type an id of its own");
            }
            self.check_type(&place, case_type, catalogue);
        }
    }

    /// The closing questions, each once, whatever the number of types that ask it.
    fn check_closing(&mut self, catalogue: &Catalogue) {
        let mut ids = BTreeSet::new();
        for (index, question) in catalogue.closing.iter().enumerate() {
            let place = Place::top().key("closing").named(index, &question.id);
            if !ids.insert(question.id.as_str()) {
                let message = format!("another closing question has the id “{}”", question.id);
                self.add(&place.key("id"), message, "give it an id of its own");
            }
            self.check_question(&place, question);
            let told = catalogue.types.iter().filter(|case_type| case_type.closes_with(question)).find_map(
                |case_type| {
                    let earlier: Vec<_> =
                        case_type.questions().chain(case_type.closing(&catalogue.closing[..index])).collect();
                    let mut of_type = Self(Vec::new());
                    of_type.check_condition(&place, question.when.as_ref(), &earlier);
                    Some(of_type.0).filter(|mistakes| !mistakes.is_empty())
                },
            );
            self.0.extend(told.into_iter().flatten());
        }
    }
}
