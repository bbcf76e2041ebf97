//! One question: whether what it says fits its kind.

use super::Mistakes;
use crate::catalogue::{Kind, Place, Question, reserved::IMPACT, reserved_ids::reserved_kind};

impl Mistakes {
    /// What can be said of a question by itself.
    pub(super) fn check_question(&mut self, place: &Place, question: &Question) {
        self.check_id(place, &question.id);
        let help = question.help.iter().map(|text| ("help", &**text));
        self.check_words(place, help.chain([("label", &*question.label)]));
        self.check_kind(place, question);
        self.check_options(place, question);
        self.check_text(place, question);
        self.check_pattern(place, question);
        self.check_number(place, question);
        self.check_time(place, question);
    }

    fn check_kind(&mut self, place: &Place, question: &Question) {
        let kind = question.kind;
        let at = place.key("kind");
        if let Some(expected) = reserved_kind(&question.id).filter(|expected| *expected != kind) {
            let message =
                format!("“{}” must be of kind {}, not {}", question.id, expected.name(), kind.name());
            self.add(&at, message, "change the kind, or choose another id");
        }
        if matches!(kind, Kind::File | Kind::Secret) {
            self.add(&at, "the backend does not take files or secrets yet", "ask for it in another way");
        }
        if kind == Kind::Acknowledgement && !question.required {
            let message = "an acknowledgement that need not be given";
            self.add(&place.key("required"), message, "set required = true");
        }
    }

    fn check_options(&mut self, place: &Place, question: &Question) {
        let options = place.key("options");
        let choice = matches!(question.kind, Kind::Choice | Kind::Choices);
        if choice && question.options.is_empty() {
            self.add(&options, "there is nothing to choose from", "give it options");
        }
        if !choice && !question.options.is_empty() {
            let hint = "give options to choice and choices only";
            self.add(&options, "this kind takes no options", hint);
        }
        for (index, option) in question.options.iter().enumerate() {
            let place = options.entry(index);
            let help = option.help.iter().map(|text| ("help", &**text));
            self.check_words(&place, help.chain([("value", &*option.value), ("title", &*option.title)]));
            if question.options[..index].iter().any(|other| other.value == option.value) {
                let message = format!("another option has the value “{}”", option.value);
                self.add(&place.key("value"), message, "give each option a value of its own");
            }
            if question.id == IMPACT && crate::Impact::from_key(&option.value).is_none() {
                let message = format!("“{}” is no impact", option.value);
                self.add(&place.key("value"), message, "use p1, p2, p3 and p4");
            }
        }
    }

    fn check_text(&mut self, place: &Place, question: &Question) {
        let words = matches!(question.kind, Kind::Text | Kind::LongText);
        let lengths = [("min_length", question.min_length), ("max_length", question.max_length)];
        for (key, _) in lengths.into_iter().filter(|(_, length)| !words && length.is_some()) {
            let hint = format!("use {key} with text and long-text only");
            self.add(&place.key(key), "this kind has no length", hint);
        }
        if question.min_length.zip(question.max_length).is_some_and(|(min, max)| min > max) {
            self.add(&place.key("min_length"), "min_length is above max_length", "swap or correct them");
        }
        if question.kind != Kind::Text && question.format.is_some() {
            self.add(&place.key("format"), "this kind has no format", "use format with text only");
        }
    }

    fn check_pattern(&mut self, place: &Place, question: &Question) {
        let Some(pattern) = &question.pattern else { return };
        let place = place.key("pattern");
        if question.kind != Kind::Text {
            self.add(&place, "this kind has no pattern", "use pattern with text only");
        }
        self.check_words(&place, [("demand", &*pattern.demand)]);
        if let Some(fault) = pattern.fault() {
            let message = format!("“{}” is no regular expression we take: {fault}", pattern.regex);
            self.add(&place.key("regex"), message, "write one such as \"SO-[0-9]{6}\"");
        }
    }

    fn check_number(&mut self, place: &Place, question: &Question) {
        let bounds = [("min", question.min), ("max", question.max)];
        for (key, _) in
            bounds.into_iter().filter(|(_, bound)| question.kind != Kind::Number && bound.is_some())
        {
            self.add(&place.key(key), "this kind has no range", format!("use {key} with number only"));
        }
        if question.min.zip(question.max).is_some_and(|(min, max)| min > max) {
            self.add(&place.key("min"), "min is above max", "swap or correct them");
        }
    }

    fn check_time(&mut self, place: &Place, question: &Question) {
        let time = matches!(question.kind, Kind::Date | Kind::DateTime | Kind::DateTimeRange);
        let lead_time = place.key("lead_time");
        if !time && question.future {
            let hint = "use future with dates and times only";
            self.add(&place.key("future"), "this kind is no time", hint);
        }
        if !time && question.lead_time.is_some() {
            self.add(&lead_time, "this kind is no time", "use lead_time with dates and times only");
        }
        if let Some(lead) = &question.lead_time {
            self.check_words(&lead_time, [("text", &*lead.text)]);
        }
    }
}
