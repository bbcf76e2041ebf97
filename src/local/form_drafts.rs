//! What is kept of a form until it is filed.

use std::collections::BTreeSet;

use contract::{
    NewCase,
    catalogue::{Answer, Answers},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A form being filled in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FormDraft {
    /// The organisation it is for.
    pub organisation: Option<Uuid>,
    /// The answers so far, those to questions no longer asked among them.
    pub answers: Answers,
    /// The warnings that were read.
    #[serde(default)]
    pub read: BTreeSet<String>,
    /// The last attempt to file it, whose answer may have been lost.
    #[serde(default)]
    pub attempt: Option<SentCase>,
}

/// A case that was sent, with its idempotency key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SentCase {
    /// The key.
    pub key: String,
    /// What was sent.
    pub case: NewCase,
}

impl FormDraft {
    /// Where a person's draft for a type is kept.
    pub fn store_key(person: Uuid, type_id: &str) -> String {
        format!("draft/{person}/new/{type_id}")
    }

    /// As it is kept; empty where there is nothing worth keeping.
    pub fn to_text(&self) -> String {
        let worth = self.answers.values().any(|answer| !answer.is_empty()) || self.attempt.is_some();
        if worth { serde_json::to_string(self).unwrap_or_default() } else { String::new() }
    }

    /// Reads what was kept.
    pub fn from_text(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// The attempt for a case: that of before if it was the same, so that
    /// sending it again cannot file it twice.
    pub fn attempt_for(&self, case: NewCase) -> SentCase {
        match &self.attempt {
            Some(attempt) if attempt.case == case => attempt.clone(),
            _ => SentCase { key: Uuid::new_v4().to_string(), case },
        }
    }

    /// Sets an answer.
    pub fn answer(&mut self, question: &str, answer: Answer) {
        self.answers.insert(question.to_owned(), answer);
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn case(subject: &str) -> NewCase {
        let answers = Answers::from([("subject".to_owned(), Answer::Text(subject.to_owned()))]);
        NewCase { type_id: "problem".to_owned(), organisation: None, answers }
    }

    #[wasm_bindgen_test]
    fn the_same_case_keeps_its_key_and_another_gets_its_own() {
        let mut draft = FormDraft::default();
        let first = draft.attempt_for(case("Checkout fails"));
        draft.attempt = Some(first.clone());
        assert_eq!(draft.attempt_for(case("Checkout fails")).key, first.key);
        assert_ne!(draft.attempt_for(case("Checkout is slow")).key, first.key);
    }

    #[wasm_bindgen_test]
    fn a_draft_survives_being_kept() {
        let mut draft = FormDraft::default();
        assert_eq!(draft.to_text(), "");
        draft.answer("subject", Answer::Text("Half a sent".to_owned()));
        draft.answer("dates", Answer::Range { from: "2026-03-01T00:00:00Z".to_owned(), to: String::new() });
        draft.attempt = Some(draft.attempt_for(case("x")));
        assert_eq!(FormDraft::from_text(&draft.to_text()), draft);
    }
}
