//! Case types: what they say, their steps and notices.

use super::Mistakes;
use crate::{
    catalogue::{CaseType, Catalogue, Deflection, ICONS, Notice, Place, Question},
    field::is_web_address,
    portal::Link,
};

impl Mistakes {
    pub(super) fn check_type(&mut self, place: &Place, case_type: &CaseType, catalogue: &Catalogue) {
        self.check_id(place, &case_type.id);
        let words = [
            ("title", &case_type.title),
            ("description", &case_type.description),
            ("queue", &case_type.queue),
        ];
        let processing_time = case_type.processing_time.iter().map(|text| ("processing_time", text));
        self.check_words(place, words.into_iter().chain(processing_time).map(|(key, text)| (key, &**text)));
        if !ICONS.contains(&case_type.icon.as_str()) {
            let message = format!("there is no icon “{}”", case_type.icon);
            self.add(&place.key("icon"), message, format!("use one of {}", ICONS.join(", ")));
        }
        self.check_without(place, case_type, catalogue);
        match &case_type.deflection {
            Some(deflection) => self.check_deflection(&place.key("deflection"), deflection, catalogue),
            None => self.check_filing(place, case_type, catalogue),
        }
        self.check_steps(place, case_type, catalogue);
    }

    pub(super) fn check_notice(&mut self, place: &Place, notice: &Notice, earlier: &[&Question]) {
        self.check_words(place, [("text", &*notice.text)]);
        self.check_condition(place, notice.when.as_ref(), earlier);
    }

    fn check_without(&mut self, place: &Place, case_type: &CaseType, catalogue: &Catalogue) {
        for (index, id) in case_type.without.iter().enumerate() {
            if catalogue.closing.iter().all(|question| question.id != *id) {
                let message = format!("there is no closing question “{id}”");
                let known: Vec<_> = catalogue.closing.iter().map(|question| question.id.as_str()).collect();
                let hint = match known.is_empty() {
                    true => "take it away: the catalogue has no closing questions".to_owned(),
                    false => format!("use some of {}", known.join(", ")),
                };
                self.add(&place.key("without").entry(index), message, hint);
            }
        }
    }

    /// An address with its title.
    pub(super) fn check_link(&mut self, place: &Place, title: &str, url: &str) {
        self.check_words(place, [("title", title)]);
        if !is_web_address(url) {
            let message = format!("“{url}” is no web address");
            self.add(&place.key("url"), message, "write it in full, starting with https://");
        }
    }

    fn check_deflection(&mut self, place: &Place, deflection: &Deflection, catalogue: &Catalogue) {
        let Link { title, url } = &deflection.community;
        self.check_link(&place.key("community"), title, url);
        let onward = catalogue.case_type(&deflection.leads_to);
        if onward.is_none_or(|onward| onward.deflection.is_some()) {
            let message = format!("there is no type “{}” that files a case", deflection.leads_to);
            self.add(&place.key("leads_to"), message, "name a type without a deflection");
        }
    }

    fn check_steps(&mut self, place: &Place, case_type: &CaseType, catalogue: &Catalogue) {
        let mut earlier: Vec<&Question> = Vec::new();
        for (index, step) in case_type.steps.iter().enumerate() {
            let place = place.key("steps").entry(index);
            self.check_words(&place, [("title", &*step.title)]);
            // The portal's addresses tell steps by their titles.
            if case_type.steps[..index].iter().any(|other| other.title == step.title) {
                let message = format!("another step of this type is called “{}”", step.title);
                self.add(&place.key("title"), message, "give each step a title of its own");
            }
            let last = index + 1 == case_type.steps.len();
            let closed = last && case_type.closing(&catalogue.closing).next().is_some();
            if step.questions.is_empty() && !closed {
                self.add(&place, "a step without questions", "give it questions, or take it away");
            }
            self.check_condition(&place, step.when.as_ref(), &earlier);
            for (index, question) in step.questions.iter().enumerate() {
                let place = place.key("questions").named(index, &question.id);
                self.check_own_id(&place, question, case_type, catalogue, &earlier);
                self.check_condition(&place, question.when.as_ref(), &earlier);
                self.check_question(&place, question);
                earlier.push(question);
            }
        }
        earlier.extend(case_type.closing(&catalogue.closing));
        for (index, notice) in case_type.notices.iter().enumerate() {
            self.check_notice(&place.key("notices").entry(index), notice, &earlier);
        }
    }

    fn check_own_id(
        &mut self,
        place: &Place,
        question: &Question,
        case_type: &CaseType,
        catalogue: &Catalogue,
        earlier: &[&Question],
    ) {
        let id = &question.id;
        if earlier.iter().any(|other| other.id == *id) {
            let message = format!("another question of this type has the id “{id}”");
            self.add(&place.key("id"), message, "give it an id of its own");
        }
        if case_type.closing(&catalogue.closing).any(|closing| closing.id == *id) {
            let hint = format!("give it another id, or leave the closing one out: without = [\"{id}\"]");
            self.add(&place.key("id"), format!("“{id}” is also a closing question"), hint);
        }
    }
}
