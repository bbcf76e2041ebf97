//! Cases to file.

use serde::Serialize;
use serde_json::{Map, Value, json};

/// The body of `POST /cases`.
#[derive(Clone, Debug, Serialize)]
pub struct Draft {
    /// The case type.
    #[serde(rename = "type")]
    pub type_id: String,
    /// The organisation it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// The answers.
    pub answers: Map<String, Value>,
}

/// Answers from JSON.
pub fn answers(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(answers) => answers,
        other => panic!("answers are an object, not {other}"),
    }
}

impl Draft {
    /// A complete report of a problem, the Spryker catalogue's first type.
    pub fn problem(subject: &str) -> Self {
        let answers = answers(json!({
            "area": "infrastructure",
            "hosting": "cloud",
            "environment": "Production",
            "subject": subject,
            "component": "queues",
            "description": "Since this morning the import jobs stay in the queue.",
            "expected": "The jobs run within minutes.",
            "first-seen": "2026-03-01T07:30:00Z",
            "frequency": "always",
            "changed": false,
            "workaround": false,
            "impact": "p3",
            "impact-reason": "New products show up a day late.",
        }));
        Self { type_id: "problem".to_owned(), organisation: None, answers }
    }

    /// A complete change request.
    pub fn change(change: &str) -> Self {
        let answers = answers(json!({ "change": change, "subject": "Something to change" }));
        Self { type_id: "change-request".to_owned(), organisation: None, answers }
    }

    /// A complete emergency.
    pub fn emergency() -> Self {
        let answers = answers(json!({
            "risk": "revenue",
            "risk-reason": "Nobody can buy: some 400 orders an hour.",
            "subject": "Checkout is down",
            "environment": "Production",
            "since": "2026-03-02T08:10:00Z",
            "description": "Every order ends with an error.",
            "tried": "Restarted the workers.",
            "phone": "+49 30 1234567",
            "phone-name": "Jana Vogel",
            "acknowledged": true,
        }));
        Self { type_id: "emergency".to_owned(), organisation: None, answers }
    }

    /// For an organisation.
    pub fn of(mut self, organisation: impl Into<String>) -> Self {
        self.organisation = Some(organisation.into());
        self
    }

    /// With another answer.
    pub fn with(mut self, question: &str, answer: impl Into<Value>) -> Self {
        self.answers.insert(question.to_owned(), answer.into());
        self
    }

    /// Without an answer.
    pub fn without(mut self, question: &str) -> Self {
        self.answers.remove(question);
        self
    }
}
