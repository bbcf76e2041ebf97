//! What a type that files a case must ask.

use super::Mistakes;
use crate::catalogue::{
    CaseType, Catalogue, Kind, Place, Question, Receipt,
    reserved::{DESIRED_DATE, IMPACT, SUBJECT},
};

impl Mistakes {
    pub(super) fn check_filing(&mut self, place: &Place, case_type: &CaseType, catalogue: &Catalogue) {
        let asked: Vec<_> = placed(place, case_type, catalogue);
        self.check_subject(place, &asked);
        if let Some(last) = case_type.steps.len().checked_sub(1)
            && case_type.steps[last].when.is_some()
        {
            let place = place.key("steps").entry(last).key("when");
            let hint = "closing questions belong to it: take its `when` away, or put it further up";
            self.add(&place, "the last step is not always asked", hint);
        }
        if case_type.impact.is_some()
            && let Some((at, _)) = asked.iter().find(|(_, question)| question.id == IMPACT)
        {
            let hint = "take away this question, or the type's own `impact`";
            self.add(at, "the impact is asked though the type fixes it", hint);
        }
        if case_type.receipt == Receipt::Emergency {
            self.check_emergency(place, &asked);
        }
    }

    fn check_subject(&mut self, place: &Place, asked: &[(Place, &Question)]) {
        match asked.iter().find(|(_, question)| question.id == SUBJECT) {
            None => {
                let hint = format!("add a required question of kind text with the id “{SUBJECT}”");
                self.add(place, "the subject is not asked", hint);
            }
            Some((at, subject)) => {
                if subject.when.is_some() {
                    self.add(&at.key("when"), "the subject is not always asked", "take its `when` away");
                }
                if !subject.required {
                    self.add(&at.key("required"), "the subject need not be answered", "set required = true");
                }
            }
        }
    }

    /// Somebody is rung up at night: who files has to mean it, and to be reachable.
    fn check_emergency(&mut self, place: &Place, asked: &[(Place, &Question)]) {
        for (kind, message) in [
            (Kind::Acknowledgement, "an emergency that nobody has to confirm"),
            (Kind::Phone, "an emergency without a telephone number"),
        ] {
            if !asked.iter().any(|(_, question)| question.kind == kind && question.required) {
                let hint = format!("add a required question of kind {}", kind.name());
                self.add(place, message, hint);
            }
        }
        if let Some((at, _)) = asked.iter().find(|(_, question)| question.id == DESIRED_DATE) {
            let hint = match at.is_within(place) {
                true => "take this question away".to_owned(),
                false => format!("leave it out: without = [\"{DESIRED_DATE}\"]"),
            };
            let at = if at.is_within(place) { at } else { place };
            self.add(at, "an emergency is for now, yet a desired date is asked", hint);
        }
    }
}

/// The questions of a type, closing ones too, each with its place.
fn placed<'a>(
    place: &Place,
    case_type: &'a CaseType,
    catalogue: &'a Catalogue,
) -> Vec<(Place, &'a Question)> {
    let mut placed = Vec::new();
    for (index, step) in case_type.steps.iter().enumerate() {
        let questions = place.key("steps").entry(index).key("questions");
        placed.extend(step.questions.iter().enumerate().map(|(i, own)| (questions.named(i, &own.id), own)));
    }
    let closing = Place::top().key("closing");
    let kept = catalogue.closing.iter().enumerate().filter(|(_, question)| case_type.closes_with(question));
    placed.extend(kept.map(|(index, question)| (closing.named(index, &question.id), question)));
    placed
}
