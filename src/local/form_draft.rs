//! What is kept of a form until it is filed.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use contract::{
    CaseNumber, NewCase,
    catalogue::{Answer, Answers},
    people::PersonRef,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A form being filled in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormDraft {
    /// Tells it from others of its type.
    #[serde(default)]
    pub id: String,
    /// The case type's id.
    #[serde(default)]
    pub type_id: String,
    /// When it was begun.
    #[serde(default = "Utc::now", with = "contract::moment")]
    pub begun: DateTime<Utc>,
    /// When an answer last changed.
    #[serde(default = "Utc::now", with = "contract::moment")]
    pub touched: DateTime<Utc>,
    /// The case that it follows up.
    #[serde(default)]
    pub follows: Option<CaseNumber>,
    /// The case whose answers it corrects, as it was when they were read.
    #[serde(default)]
    pub corrects: Option<Corrected>,
    /// The organisation it is for.
    pub organisation: Option<Uuid>,
    /// Whether it is filed for somebody else.
    #[serde(default)]
    pub on_behalf: bool,
    /// For whom then.
    #[serde(default)]
    pub requester: Option<PersonRef>,
    /// The answers so far, those to questions no longer asked among them.
    pub answers: Answers,
    /// The warnings that were read.
    #[serde(default)]
    pub read: BTreeSet<String>,
    /// The last attempt to file it, whose answer may have been lost.
    #[serde(default)]
    pub attempt: Option<SentCase>,
}

/// A case whose answers are corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrected {
    /// Its number.
    pub number: CaseNumber,
    /// The version that the answers were read from.
    pub version: i64,
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
    /// A fresh one.
    pub fn begin(type_id: &str) -> Self {
        Self::of(type_id, format!("{:08x}", Uuid::new_v4().as_fields().0))
    }

    /// An empty one of an id.
    pub fn of(type_id: &str, id: String) -> Self {
        Self {
            id,
            type_id: type_id.to_owned(),
            begun: Utc::now(),
            touched: Utc::now(),
            follows: None,
            corrects: None,
            organisation: None,
            on_behalf: false,
            requester: None,
            answers: Answers::new(),
            read: BTreeSet::new(),
            attempt: None,
        }
    }

    /// Where it is kept for a person.
    pub fn key(&self, person: Uuid) -> String {
        format!("{}{}/{}", keys_of(person), self.type_id, self.id)
    }

    /// Where the files are kept that go along with it.
    pub fn files_place(&self, person: Uuid) -> String {
        format!("{person}/new/{}/{}", self.type_id, self.id)
    }

    /// Whether there is nothing worth keeping.
    pub fn is_blank(&self) -> bool {
        let answered = self.answers.values().any(|answer| !answer.is_empty());
        !answered && self.attempt.is_none() && self.follows.is_none()
    }

    /// As it is kept; empty where there is nothing worth keeping.
    pub fn to_text(&self) -> String {
        if self.is_blank() { String::new() } else { serde_json::to_string(self).unwrap_or_default() }
    }

    /// Reads what was kept.
    pub fn from_text(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
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
        if self.answers.get(question) != Some(&answer) {
            self.answers.insert(question.to_owned(), answer);
            self.touched = Utc::now();
        }
    }

    /// The subject as typed.
    pub fn subject(&self) -> Option<&str> {
        let typed = self.answers.get(contract::catalogue::reserved::SUBJECT)?.text()?.trim();
        (!typed.is_empty()).then_some(typed)
    }
}

/// What the keys of all drafts of a person begin with.
pub(super) fn keys_of(person: Uuid) -> String {
    format!("draft/{person}/new/")
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn case(subject: &str) -> NewCase {
        let answers = Answers::from([("subject".to_owned(), Answer::Text(subject.to_owned()))]);
        NewCase {
            type_id: "problem".to_owned(),
            organisation: None,
            requester: None,
            follows: None,
            attachments: Vec::new(),
            answers,
        }
    }

    fn draft(subject: &str) -> FormDraft {
        let mut draft = FormDraft::begin("problem");
        draft.answer("subject", Answer::Text(subject.to_owned()));
        draft
    }

    #[wasm_bindgen_test]
    fn the_same_case_keeps_its_key_and_another_gets_its_own() {
        let mut draft = FormDraft::begin("problem");
        let first = draft.attempt_for(case("Checkout fails"));
        draft.attempt = Some(first.clone());
        assert_eq!(draft.attempt_for(case("Checkout fails")).key, first.key);
        assert_ne!(draft.attempt_for(case("Checkout is slow")).key, first.key);
    }

    #[wasm_bindgen_test]
    fn a_draft_survives_being_kept() {
        assert_eq!(FormDraft::begin("problem").to_text(), "");
        let mut draft = draft("Half a sent");
        draft.answer("dates", Answer::Range { from: "2026-03-01T00:00:00Z".to_owned(), to: String::new() });
        draft.attempt = Some(draft.attempt_for(case("x")));
        draft.follows = Some(CaseNumber(123));
        assert_eq!(FormDraft::from_text(&draft.to_text()), Some(draft));
    }

    #[wasm_bindgen_test]
    fn its_text_changes_by_itself_never() {
        let mut draft = draft("Checkout fails");
        let before = draft.to_text();
        draft.answer("subject", Answer::Text("Checkout fails".to_owned()));
        assert_eq!(draft.to_text(), before);
    }
}
