//! Questions: what is asked, in which way, and what a control says of an answer.

use serde::{Deserialize, Serialize};

use super::{Answer, Audience, Condition, Pattern};

/// One question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Stable id, unique within the type: letters, digits and hyphens.
    pub id: String,
    /// What kind of answer it takes.
    pub kind: Kind,
    /// The question, as its label.
    pub label: String,
    /// A hint below the label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Whether it must be answered.
    #[serde(default)]
    pub required: bool,
    /// When it is asked; always, if absent. Names earlier questions only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// What to choose from; for `choice` and `choices`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Choice>,
    /// Fewest characters; for texts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_length: Option<usize>,
    /// Most characters; for texts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<usize>,
    /// Smallest number; for `number`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// Largest number; for `number`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// The form a text must have; for `text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
    /// A form of the catalogue's own that a text must have; for `text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<Pattern>,
    /// Whether a time must lie ahead; for dates and times.
    #[serde(default)]
    pub future: bool,
    /// How far ahead a time should lie; for dates and times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_time: Option<LeadTime>,
}

/// The kinds of question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One line of text.
    Text,
    /// Many lines, Markdown.
    LongText,
    /// One of several options.
    Choice,
    /// Any number of options.
    Choices,
    /// An e-mail address.
    Email,
    /// E-mail addresses.
    Emails,
    /// A web address.
    Url,
    /// A day.
    Date,
    /// A moment, UTC.
    DateTime,
    /// From one moment to a later one, UTC.
    DateTimeRange,
    /// A number.
    Number,
    /// A telephone number.
    Phone,
    /// Network ranges in CIDR notation (RFC 4632).
    CidrList,
    /// One of the organisation's environments.
    Environment,
    /// Uploaded files.
    File,
    /// Something secret, never stored in plain text.
    Secret,
    /// Yes or no.
    YesNo,
    /// A statement that must be confirmed.
    Acknowledgement,
}

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Stable value, stored.
    pub value: String,
    /// What people read.
    pub title: String,
    /// One sentence more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Who may choose it.
    #[serde(default)]
    pub audience: Audience,
}

/// Forms a text can be held to that a [`Pattern`] could not say, or not as clearly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// ASCII letters and digits only.
    LettersAndDigits,
    /// A host name (RFC 1123).
    Hostname,
    /// An IPv4 or IPv6 address.
    IpAddress,
    /// An OpenSSH public key line.
    SshPublicKey,
}

/// How far ahead a time should lie.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LeadTime {
    /// Days from now.
    pub days: u32,
    /// Whether falling short warns or blocks.
    pub effect: Effect,
    /// What to say then.
    pub text: String,
}

/// What falling short of a lead time does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// The person reads it and may go on.
    Warn,
    /// The person must choose another time.
    Block,
}

impl Kind {
    /// Its name in a catalogue file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::LongText => "long-text",
            Self::Choice => "choice",
            Self::Choices => "choices",
            Self::Email => "email",
            Self::Emails => "emails",
            Self::Url => "url",
            Self::Date => "date",
            Self::DateTime => "date-time",
            Self::DateTimeRange => "date-time-range",
            Self::Number => "number",
            Self::Phone => "phone",
            Self::CidrList => "cidr-list",
            Self::Environment => "environment",
            Self::File => "file",
            Self::Secret => "secret",
            Self::YesNo => "yes-no",
            Self::Acknowledgement => "acknowledgement",
        }
    }

    /// What a yes or no to such a question says.
    #[must_use]
    pub fn flag_words(self, flag: bool) -> &'static str {
        match (self, flag) {
            (Self::Acknowledgement, true) => texts::answers::confirmed(),
            (_, true) => texts::answers::yes(),
            (_, false) => texts::answers::no(),
        }
    }
}

impl Question {
    /// The option of a value.
    #[must_use]
    pub fn option(&self, value: &str) -> Option<&Choice> {
        self.options.iter().find(|option| option.value == value)
    }

    /// An answer in words: titles instead of values, one line a list entry.
    #[must_use]
    pub fn words(&self, answer: &Answer) -> Vec<String> {
        let title =
            |value: &String| self.option(value).map_or_else(|| value.clone(), |option| option.title.clone());
        match answer {
            Answer::Flag(flag) => vec![self.kind.flag_words(*flag).to_owned()],
            Answer::Number(number) => vec![number.to_string()],
            Answer::Text(text) => vec![title(text)],
            Answer::List(entries) => entries.iter().map(title).collect(),
            Answer::Range { from, to } => vec![from.clone(), to.clone()],
        }
    }
}
