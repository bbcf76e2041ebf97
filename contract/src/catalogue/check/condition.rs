//! Conditions: whether they can hold.

use super::Mistakes;
use crate::catalogue::{Condition, Kind, Place, Question};

impl Mistakes {
    /// Checks the `when` of what stands at a place, after the `earlier` questions.
    pub(super) fn check_condition(&mut self, place: &Place, when: Option<&Condition>, earlier: &[&Question]) {
        let place = place.key("when");
        for (id, values) in when.into_iter().flat_map(Condition::mentions) {
            let Some(question) = earlier.iter().find(|question| question.id == id) else {
                let message = format!("the condition names “{id}”, which is not asked before");
                self.add(&place, message, "name a question that stands further up");
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
                self.add(&place, message, format!("ask whether it is answered: {{ answered = \"{id}\" }}"));
                continue;
            }
            for value in values.into_iter().filter(|value| !can_say(question, value)) {
                let message = format!("“{id}” can never say “{value}”");
                self.add(&place, message, format!("compare with one of {}", sayable(question)));
            }
        }
    }
}

fn can_say(question: &Question, value: &str) -> bool {
    match question.kind {
        Kind::Choice | Kind::Choices => question.option(value).is_some(),
        Kind::YesNo | Kind::Acknowledgement => matches!(value, "yes" | "no"),
        _ => true,
    }
}

fn sayable(question: &Question) -> String {
    match question.kind {
        Kind::Choice | Kind::Choices => {
            question.options.iter().map(|option| option.value.as_str()).collect::<Vec<_>>().join(", ")
        }
        _ => "yes, no".to_owned(),
    }
}
