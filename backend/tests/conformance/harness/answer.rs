//! An answer, with what every answer must keep to.

use contract::{Problem, ProblemCode, problem::MEDIA_TYPE};
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Words of programs, not of people: none may reach an answer.
const RAW_WORDS: [&str; 14] = [
    "panicked",
    "sqlx",
    "SQLITE",
    "DbErr",
    "serde",
    "variant",
    "enum ",
    "struct ",
    "Error(",
    "::",
    "SELECT ",
    "constraint",
    "unwrap",
    "backtrace",
];

/// An answer, read whole.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: String,
}

impl Answer {
    /// Reads a response; an error among them must be a proper problem.
    pub async fn read(response: reqwest::Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.text().await.expect("the body arrives whole and is UTF-8");
        let answer = Self { status, headers, body };
        assert!(answer.header("x-request-id").is_some_and(|id| id.len() == 36), "no request id: {answer:?}");
        if status >= 400 {
            answer.check_problem();
        }
        answer
    }

    /// A header's text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The `ETag`.
    #[track_caller]
    pub fn etag(&self) -> &str {
        self.header("etag").expect("an ETag")
    }

    /// The answer, which must have this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }

    /// The body as a type of the contract.
    #[track_caller]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The body of a success.
    #[track_caller]
    pub fn ok<T: DeserializeOwned>(self) -> T {
        assert!((200..300).contains(&self.status), "{} {}", self.status, self.body);
        self.json()
    }

    /// The problem, which must have this code.
    #[track_caller]
    pub fn problem(self, code: ProblemCode) -> Problem {
        assert!(self.status >= 400, "{code:?} was expected, not {} {}", self.status, self.body);
        let problem: Problem = self.json();
        assert_eq!(problem.code, code, "{}", self.body);
        problem
    }

    /// What two answers must share to look the same to whoever asked: everything
    /// but the request's id and the time.
    pub fn face(&self) -> (u16, Vec<(String, String)>, String) {
        let mut headers: Vec<_> = self
            .headers
            .iter()
            .filter(|(name, _)| !["x-request-id", "date"].contains(&name.as_str()))
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        headers.sort();
        let body = self.header("x-request-id").map_or_else(String::new, |id| self.body.replace(id, "…"));
        (self.status, headers, body)
    }

    fn check_problem(&self) {
        assert_eq!(self.header(CONTENT_TYPE.as_str()), Some(MEDIA_TYPE), "{self:?}");
        let problem: Problem = self.json();
        assert_eq!(problem.status, self.status, "{self:?}");
        assert_eq!(problem.code.status(), self.status, "{self:?}");
        assert_eq!(problem.title, problem.code.title(), "{self:?}");
        assert_eq!(Some(problem.request_id.as_str()), self.header("x-request-id"), "{self:?}");
        assert!(problem.detail.ends_with('.'), "the detail is no sentence: {self:?}");
        assert!(problem.detail.chars().count() < 500, "nobody reads a detail that long: {self:?}");
        let object: Value = self.json();
        let told = format!("{} {}", problem.detail, object["errors"]);
        let raw: Vec<_> = RAW_WORDS.iter().filter(|word| told.contains(**word)).collect();
        assert!(raw.is_empty(), "raw words {raw:?}: {self:?}");
        for error in &problem.errors {
            assert!(error.pointer.starts_with('/'), "{self:?}");
            assert!(!error.message.is_empty(), "{self:?}");
        }
        assert_eq!(problem.allowed.is_some(), problem.code == ProblemCode::ActionNotAllowed, "{self:?}");
        assert_eq!(problem.current.is_some(), problem.code == ProblemCode::ChangedMeanwhile, "{self:?}");
        assert_eq!(problem.errors.is_empty(), problem.code != ProblemCode::InvalidFields, "{self:?}");
    }
}
