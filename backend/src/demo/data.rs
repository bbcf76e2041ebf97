//! The demo files, read.

use contract::{Action, Status, catalogue::Answers, people::MembershipRole};
use serde::{Deserialize, de::DeserializeOwned};

const ORGANISATIONS: &str = include_str!("../../../demo/organisations.toml");
const PEOPLE: &str = include_str!("../../../demo/people.toml");

/// The scenario files, by case type.
const SCENARIOS: [(&str, &str); 10] = [
    ("problem", include_str!("../../../demo/scenarios/problem.toml")),
    ("alumio", include_str!("../../../demo/scenarios/alumio.toml")),
    ("change-request", include_str!("../../../demo/scenarios/change-request.toml")),
    ("ci", include_str!("../../../demo/scenarios/ci.toml")),
    ("go-live", include_str!("../../../demo/scenarios/go-live.toml")),
    ("acp", include_str!("../../../demo/scenarios/acp.toml")),
    ("services", include_str!("../../../demo/scenarios/services.toml")),
    ("upgrader", include_str!("../../../demo/scenarios/upgrader.toml")),
    ("high-traffic", include_str!("../../../demo/scenarios/high-traffic.toml")),
    ("emergency", include_str!("../../../demo/scenarios/emergency.toml")),
];

/// A demo file is wrong.
#[derive(Debug, thiserror::Error)]
pub enum DemoDataError {
    /// A file cannot be read.
    #[error("demo/{file}: {source}")]
    File {
        /// Which.
        file: String,
        /// Where and why.
        source: Box<toml::de::Error>,
    },
    /// A scenario's answers do not fit its type.
    #[error("demo/scenarios/{type_id}.toml, “{subject}”: {problem}")]
    Scenario {
        /// The case type.
        type_id: String,
        /// The scenario's first subject.
        subject: String,
        /// What does not fit.
        problem: String,
    },
}

/// Everything in `demo/`.
#[derive(Clone, Debug)]
pub struct DemoData {
    /// The customer organisations.
    pub organisations: Vec<Organisation>,
    /// The accounts.
    pub people: Vec<Person>,
    /// The scenarios with their case types.
    pub scenarios: Vec<(String, Scenario)>,
}

/// A customer organisation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Its name within the files; with `.example` its domain.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Its environments.
    pub environments: Vec<String>,
}

/// An account.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Its name within the files.
    pub id: String,
    /// The address to sign in with.
    pub email: String,
    /// Display name.
    pub name: String,
    /// Whether they belong to the support team.
    pub support: bool,
    /// Where they belong.
    #[serde(default)]
    pub memberships: Vec<Membership>,
    /// What the account shows; accounts with this are offered at sign-in.
    pub demo: Option<String>,
}

/// A place in an organisation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Membership {
    /// The organisation's name within the files.
    pub organisation: String,
    /// What the person is there.
    pub role: MembershipRole,
}

/// A case and what became of it, with placeholders.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Subjects to take turns with.
    pub subjects: Vec<String>,
    /// Organisations it fits; all, if empty.
    #[serde(default)]
    pub organisations: Vec<String>,
    /// The answers.
    pub answers: Answers,
    /// Where it ends.
    pub end: Status,
    /// What happened.
    #[serde(default)]
    pub thread: Vec<Happening>,
}

/// One thing that happened.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Happening {
    /// Who did it.
    pub by: By,
    /// What.
    #[serde(rename = "do")]
    pub action: Action,
    /// How long after the one before: `10m`, `3h`, `2d`.
    pub after: String,
    /// The text that goes with it.
    pub text: Option<String>,
}

/// Who does something in a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The requester.
    Customer,
    /// Someone else of the organisation.
    Colleague,
    /// An analyst, the same throughout.
    Support,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Organisations {
    organisations: Vec<Organisation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct People {
    people: Vec<Person>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenarios {
    scenarios: Vec<Scenario>,
}

impl DemoData {
    /// Reads the files compiled in.
    ///
    /// # Errors
    /// One of them is wrong.
    pub fn read() -> Result<Self, DemoDataError> {
        let mut scenarios = Vec::new();
        for (type_id, text) in SCENARIOS {
            let file: Scenarios = parse(&format!("scenarios/{type_id}.toml"), text)?;
            scenarios.extend(file.scenarios.into_iter().map(|scenario| (type_id.to_owned(), scenario)));
        }
        let organisations: Organisations = parse("organisations.toml", ORGANISATIONS)?;
        let people: People = parse("people.toml", PEOPLE)?;
        Ok(Self { organisations: organisations.organisations, people: people.people, scenarios })
    }
}

fn parse<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, DemoDataError> {
    toml::from_str(text)
        .map_err(|source| DemoDataError::File { file: file.to_owned(), source: Box::new(source) })
}
