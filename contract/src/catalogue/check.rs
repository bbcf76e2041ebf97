//! Mistakes a catalogue can have beyond its form.

use std::collections::BTreeSet;

use super::{
    CaseType, Catalogue, Condition, Kind, Question,
    reserved::{IMPACT, SUBJECT},
    reserved_ids::reserved_kind,
};
use crate::field::is_web_address;

/// One mistake of a catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where, such as `types.problem.steps[0].area`.
    pub place: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl Catalogue {
    /// Every mistake of the completed catalogue; none in a good one.
    #[must_use]
    pub fn check(&self) -> Vec<Mistake> {
        let mut mistakes = Mistakes(Vec::new());
        if self.types.is_empty() {
            mistakes.add("types", "there is no case type", "add a [[types]] table");
        }
        for (index, article) in self.articles.iter().enumerate() {
            mistakes.check_address(&format!("articles[{index}]"), &article.url);
        }
        let mut ids = BTreeSet::new();
        for case_type in &self.types {
            let place = format!("types.{}", case_type.id);
            mistakes.check_id(&place, &case_type.id);
            if !ids.insert(case_type.id.as_str()) {
                mistakes.add(&place, "another type has this id", "give each type an id of its own");
            }
            match &case_type.deflection {
                Some(deflection) => {
                    mistakes.check_address(&place, &deflection.community.url);
                    let onward = self.case_type(&deflection.leads_to);
                    if onward.is_none_or(|onward| onward.deflection.is_some()) {
                        let message =
                            format!("leads_to names “{}”, which files no case", deflection.leads_to);
                        mistakes.add(&place, message, "name a type that files a case");
                    }
                }
                None => mistakes.check_filing(&place, case_type),
            }
            mistakes.check_steps(&place, case_type);
        }
        mistakes.0
    }
}

struct Mistakes(Vec<Mistake>);

impl Mistakes {
    fn add(&mut self, place: &str, message: impl Into<String>, hint: impl Into<String>) {
        self.0.push(Mistake { place: place.to_owned(), message: message.into(), hint: hint.into() });
    }

    fn check_id(&mut self, place: &str, id: &str) {
        let plain = id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if id.is_empty() || id.len() > 60 || !plain {
            let message = format!("“{id}” cannot be an id");
            self.add(place, message, "use up to 60 lower-case letters, digits and hyphens");
        }
    }

    fn check_address(&mut self, place: &str, url: &str) {
        if !is_web_address(url) {
            self.add(place, format!("“{url}” is no web address"), "start it with https://");
        }
    }

    fn check_filing(&mut self, place: &str, case_type: &CaseType) {
        let subject = case_type.questions().find(|question| question.id == SUBJECT);
        if !subject.is_some_and(|subject| subject.required && subject.when.is_none()) {
            let hint =
                format!("add a required question of kind text with the id “{SUBJECT}” and no condition");
            self.add(place, "the subject is not always asked", hint);
        }
        if case_type.steps.last().is_some_and(|last| last.when.is_some()) {
            let hint = "closing questions belong to it: take its `when` away, or put it further up";
            self.add(place, "the last step is not always asked", hint);
        }
    }

    fn check_steps(&mut self, place: &str, case_type: &CaseType) {
        let mut earlier: Vec<&Question> = Vec::new();
        for (index, step) in case_type.steps.iter().enumerate() {
            let place = format!("{place}.steps[{index}]");
            self.check_condition(&place, step.when.as_ref(), &earlier);
            for question in &step.questions {
                let place = format!("{place}.{}", question.id);
                self.check_id(&place, &question.id);
                if earlier.iter().any(|other| other.id == question.id) {
                    self.add(&place, "another question of this type has this id", "give it an id of its own");
                }
                self.check_condition(&place, question.when.as_ref(), &earlier);
                self.check_question(&place, question);
                earlier.push(question);
            }
        }
        for (index, notice) in case_type.notices.iter().enumerate() {
            self.check_condition(&format!("{place}.notices[{index}]"), notice.when.as_ref(), &earlier);
        }
    }

    fn check_condition(&mut self, place: &str, when: Option<&Condition>, earlier: &[&Question]) {
        for (id, values) in when.into_iter().flat_map(Condition::mentions) {
            let Some(question) = earlier.iter().find(|question| question.id == id) else {
                let message = format!("the condition names “{id}”, which is not asked before");
                self.add(place, message, "name a question that stands earlier in this type");
                continue;
            };
            let exact = matches!(
                question.kind,
                Kind::Choice | Kind::Choices | Kind::YesNo | Kind::Acknowledgement | Kind::Environment
            );
            if !exact && !values.is_empty() {
                // What is typed is cleaned before it is stored: it could say one thing
                // while it is typed and another once it is stored.
                let message = format!("“{id}” is typed freely, so there is nothing to compare with");
                self.add(place, message, "ask whether it is answered, as in { answered = \"…\" }");
                continue;
            }
            for value in values {
                let known = match question.kind {
                    Kind::Choice | Kind::Choices => question.option(value).is_some(),
                    Kind::YesNo | Kind::Acknowledgement => matches!(value, "yes" | "no"),
                    _ => true,
                };
                if !known {
                    let message = format!("“{id}” can never say “{value}”");
                    self.add(place, message, "compare with one of its options (yes or no for yes-no)");
                }
            }
        }
    }

    fn check_question(&mut self, place: &str, question: &Question) {
        let kind = question.kind;
        let choice = matches!(kind, Kind::Choice | Kind::Choices);
        let words = matches!(kind, Kind::Text | Kind::LongText);
        let time = matches!(kind, Kind::Date | Kind::DateTime | Kind::DateTimeRange);
        if let Some(expected) = reserved_kind(&question.id).filter(|expected| *expected != kind) {
            let message = format!("“{}” must be of kind {expected:?}, not {kind:?}", question.id);
            self.add(place, message, "change the kind, or choose another id");
        }
        if question.id == IMPACT
            && question.options.iter().any(|o| crate::Impact::from_key(&o.value).is_none())
        {
            self.add(place, "an impact that is not p1, p2, p3 or p4", "use just these four values");
        }
        if matches!(kind, Kind::File | Kind::Secret) {
            self.add(place, "the backend does not take files or secrets yet", "ask for it in another way");
        }
        if choice == question.options.is_empty() {
            let message =
                if choice { "there is nothing to choose from" } else { "this kind takes no options" };
            self.add(place, message, "give options to choice and choices, and to no other kind");
        }
        let values: BTreeSet<_> = question.options.iter().map(|option| &option.value).collect();
        if values.len() != question.options.len() {
            self.add(place, "two options have the same value", "give each option a value of its own");
        }
        if !words && (question.min_length.is_some() || question.max_length.is_some()) {
            self.add(
                place,
                "this kind has no length",
                "use min_length and max_length with text and long-text only",
            );
        }
        if question.min_length.zip(question.max_length).is_some_and(|(min, max)| min > max) {
            self.add(place, "min_length is above max_length", "swap or correct them");
        }
        if kind != Kind::Number && (question.min.is_some() || question.max.is_some()) {
            self.add(place, "this kind has no range", "use min and max with number only");
        }
        if question.min.zip(question.max).is_some_and(|(min, max)| min > max) {
            self.add(place, "min is above max", "swap or correct them");
        }
        if kind != Kind::Text && question.format.is_some() {
            self.add(place, "this kind has no format", "use format with text only");
        }
        if !time && (question.future || question.lead_time.is_some()) {
            self.add(place, "this kind has no time", "use future and lead_time with dates and times only");
        }
        if kind == Kind::Acknowledgement && !question.required {
            self.add(place, "an acknowledgement that need not be given", "set required = true");
        }
    }
}
