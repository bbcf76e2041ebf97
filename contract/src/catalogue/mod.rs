//! The catalogue of case types: data, and the engine that asks and checks it.
//!
//! A catalogue is a TOML file (see `docs/catalogue.md`). The engine is the same
//! in the browser and in the backend: [`CaseType::asked`] says which questions
//! are asked given the answers so far, [`CaseType::validate`] checks and cleans
//! a whole submission.

mod answer;
mod article;
mod check;
mod condition;
mod icons;
mod pattern;
mod place;
mod prefill;
mod question;
mod reserved_ids;
mod validate;

use serde::{Deserialize, Serialize};

use crate::{Impact, portal::Link};

pub use answer::{Answer, Answers};
pub use article::Article;
pub use check::Mistake;
pub use condition::Condition;
pub use icons::ICONS;
pub use pattern::Pattern;
pub use place::{Part, Place};
pub use prefill::Carried;
pub use question::{Choice, Effect, Format, Kind, LeadTime, Question};
pub use reserved_ids::reserved;
pub use validate::{Asking, Submission, Warning};

/// All case types of an installation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// Short name, stored with each case.
    pub id: String,
    /// Fingerprint of the file; filled in by the backend, stored with each case.
    #[serde(default)]
    pub version: String,
    /// Notices shown on every form.
    #[serde(default)]
    pub notices: Vec<Notice>,
    /// Help articles to offer while a subject or a question is written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub articles: Vec<Article>,
    /// The types, in the order they are offered.
    pub types: Vec<CaseType>,
    /// Questions asked at the end of every type that files a case.
    #[serde(default)]
    pub closing: Vec<Question>,
}

/// One type of case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CaseType {
    /// Stable id, part of addresses: letters, digits and hyphens.
    pub id: String,
    /// What a tile says.
    pub title: String,
    /// One or two sentences on when to choose it.
    pub description: String,
    /// The name of an icon in the portal's sprite.
    pub icon: String,
    /// Who gets it.
    pub queue: String,
    /// Which receipt is sent.
    #[serde(default)]
    pub receipt: Receipt,
    /// Who may file it.
    #[serde(default)]
    pub audience: Audience,
    /// The impact, where the type decides it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact: Option<Impact>,
    /// How long such cases usually take, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub processing_time: Option<String>,
    /// Whether its cases end with the question how it went; absent: yes.
    #[serde(default = "asked_unless_said", skip_serializing_if = "is_asked")]
    pub survey: bool,
    /// Where the type leads instead of filing a case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deflection: Option<Deflection>,
    /// Closing questions of the catalogue this type leaves out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<String>,
    /// Notices shown above its form.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Notice>,
    /// The questions, step by step.
    #[serde(default)]
    pub steps: Vec<Step>,
}

const fn asked_unless_said() -> bool {
    true
}

/// By reference, as serde hands it over.
const fn is_asked(survey: &bool) -> bool {
    *survey
}

/// The kinds of receipt (the seeds' mail subjects).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Receipt {
    /// "Case Receipt".
    #[default]
    Case,
    /// "Change Request Receipt".
    ChangeRequest,
    /// "Emergency {STATUS}".
    Emergency,
}

/// Who may file a type or choose an option.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Anyone who may file at all.
    #[default]
    Everyone,
    /// Customers, not partners (contract reasons, as the seeds say).
    Customers,
}

/// A type that answers instead of filing: it shows where help is and leads on to
/// another type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Deflection {
    /// Where to ask others.
    pub community: Link,
    /// The type to go on to, with what was typed.
    pub leads_to: String,
}

/// Something to know before answering.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// How pressing it is.
    #[serde(default)]
    pub tone: Tone,
    /// Plain text.
    pub text: String,
    /// When to show it; always, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
}

/// How pressing a notice is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// Good to know.
    #[default]
    Info,
    /// To be read before going on.
    Warning,
}

/// Questions asked together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The step's heading.
    pub title: String,
    /// When the step is asked; always, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// Its questions.
    pub questions: Vec<Question>,
}

impl Catalogue {
    /// The type of an id.
    #[must_use]
    pub fn case_type(&self, id: &str) -> Option<&CaseType> {
        self.types.iter().find(|case_type| case_type.id == id)
    }

    /// The catalogue with its closing questions put into every type that files a
    /// case: the form in which both sides use it.
    #[must_use]
    pub fn complete(mut self) -> Self {
        let closing = std::mem::take(&mut self.closing);
        for case_type in &mut self.types {
            let questions: Vec<_> = case_type.closing(&closing).cloned().collect();
            case_type.without.clear();
            if let Some(last) = case_type.steps.last_mut() {
                last.questions.extend(questions);
            }
        }
        self
    }
}

impl Audience {
    /// Whether it holds those who file as a partner, or those who do not.
    #[must_use]
    pub fn admits(self, partner: bool) -> bool {
        !(partner && self == Self::Customers)
    }
}

impl CaseType {
    /// Every question of every step.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.steps.iter().flat_map(|step| &step.questions)
    }

    /// Those of a catalogue's closing questions that this type asks.
    fn closing<'a>(&self, closing: &'a [Question]) -> impl Iterator<Item = &'a Question> {
        closing.iter().filter(|question| self.closes_with(question))
    }

    fn closes_with(&self, question: &Question) -> bool {
        self.deflection.is_none() && !self.without.contains(&question.id)
    }

    /// The steps and their questions that are asked, given the answers so far.
    /// Answers to questions that are not asked count as absent, so that a hidden
    /// answer can never show another question.
    #[must_use]
    pub fn asked(&self, answers: &Answers) -> Vec<(&Step, Vec<&Question>)> {
        self.walk(answers).0
    }

    /// The notices that apply, given the answers so far.
    pub fn notices(&self, answers: &Answers) -> impl Iterator<Item = &Notice> {
        let (_, seen) = self.walk(answers);
        self.notices.iter().filter(move |notice| notice.when.as_ref().is_none_or(|when| when.holds(&seen)))
    }

    /// The answers to what is asked: what a form sends. A form keeps the others too,
    /// in case their questions are asked again.
    #[must_use]
    pub fn heard(&self, answers: &Answers) -> Answers {
        self.walk(answers).1
    }

    /// What is asked, and the answers to just that.
    fn walk(&self, answers: &Answers) -> (Vec<(&Step, Vec<&Question>)>, Answers) {
        let mut seen = Answers::new();
        let mut asked = Vec::new();
        for step in &self.steps {
            if !step.when.as_ref().is_none_or(|when| when.holds(&seen)) {
                continue;
            }
            let mut questions = Vec::new();
            for question in &step.questions {
                if question.when.as_ref().is_none_or(|when| when.holds(&seen)) {
                    questions.push(question);
                    if let Some(answer) = answers.get(&question.id).filter(|answer| !answer.is_empty()) {
                        seen.insert(question.id.clone(), answer.clone());
                    }
                }
            }
            if !questions.is_empty() {
                asked.push((step, questions));
            }
        }
        (asked, seen)
    }
}
