//! The demo data: valid for the catalogue and for the life cycle under every filling.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may stop at the first surprise"
)]

mod shipped;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use chrono::{DateTime, Duration, Utc};
use contract::{
    Action, Status,
    catalogue::{Answer, Answers, Asking, CaseType},
    field::{FieldCode, is_email},
    lifecycle::{CaseState, Reopening, Role, Standing, TextRule, next_state},
    limits::SUBJECT_MAX,
    people::MembershipRole,
    thread::valid_text,
};
use serde::Deserialize;
use shipped::{catalogue, root};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Organisations {
    organisations: Vec<Organisation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Organisation {
    id: String,
    name: String,
    environments: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct People {
    people: Vec<Person>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Person {
    id: String,
    email: String,
    name: String,
    support: bool,
    memberships: Vec<Membership>,
    demo: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Membership {
    organisation: String,
    role: MembershipRole,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenarios {
    scenarios: Vec<Scenario>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    subjects: Vec<String>,
    #[serde(default)]
    organisations: Vec<String>,
    answers: Answers,
    end: Status,
    #[serde(default)]
    thread: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    by: By,
    #[serde(rename = "do")]
    action: Action,
    after: String,
    text: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum By {
    Support,
    Customer,
    Colleague,
}

impl By {
    fn standing(self) -> Standing {
        let (role, own) = match self {
            Self::Support => (Role::Analyst, false),
            Self::Customer => (Role::Customer, true),
            Self::Colleague => (Role::Customer, false),
        };
        Standing { role, requester: own, filer: own, watcher: false }
    }
}

fn read<T: serde::de::DeserializeOwned>(path: &str) -> T {
    let text = fs::read_to_string(root(path)).unwrap();
    toml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn organisations() -> Vec<Organisation> {
    read::<Organisations>("demo/organisations.toml").organisations
}

fn people() -> Vec<Person> {
    read::<People>("demo/people.toml").people
}

/// Every scenario with its case type's id and a name to point at it by.
fn scenarios() -> Vec<(String, String, Scenario)> {
    let mut files: Vec<_> =
        fs::read_dir(root("demo/scenarios")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
        .iter()
        .flat_map(|file| {
            let id = file.file_stem().unwrap().to_str().unwrap().to_owned();
            let scenarios = read::<Scenarios>(&format!("demo/scenarios/{id}.toml")).scenarios;
            scenarios.into_iter().enumerate().map(move |(index, scenario)| {
                let place = format!("{id} {}, “{}”", index + 1, scenario.subjects[0]);
                (id.clone(), place, scenario)
            })
        })
        .collect()
}

fn filed_at() -> DateTime<Utc> {
    "2026-03-02T13:30:00Z".parse().unwrap()
}

/// One way to fill placeholders; `variant` turns every wheel.
struct Filling<'a> {
    organisation: &'a Organisation,
    environment: &'a str,
    variant: usize,
}

impl Filling<'_> {
    fn fill(&self, text: &str) -> String {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            match after.split_once('}').and_then(|(name, after)| Some((self.value(name)?, after))) {
                Some((value, after)) => {
                    filled.push_str(&value);
                    rest = after;
                }
                None => {
                    filled.push('{');
                    rest = after;
                }
            }
        }
        filled + rest
    }

    fn value(&self, name: &str) -> Option<String> {
        if let Some(variants) = name.strip_prefix("one of: ") {
            let variants: Vec<_> = variants.split(" | ").map(str::trim).collect();
            assert!(variants.len() > 1 && !variants.contains(&""), "odd choice: {name}");
            return Some(variants[self.variant % variants.len()].to_owned());
        }
        if let Some(time) = name.strip_prefix("in ") {
            let (days, clock) = time.split_once(" days")?;
            let day = filed_at().date_naive() + Duration::days(days.parse().ok()?);
            return match clock.strip_prefix(" at ") {
                Some(clock) => Some(format!("{day}T{clock}:00Z")),
                None => clock.is_empty().then(|| day.to_string()),
            };
        }
        Some(match name {
            "customer" => ["Jörg", "Agnieszka", "Jana"][self.variant % 3].to_owned(),
            "agent" => ["Ruth", "Henrik", "Amina"][self.variant % 3].to_owned(),
            "environment" => self.environment.to_owned(),
            "organisation" => self.organisation.name.clone(),
            "domain" => format!("{}.example", self.organisation.id),
            "n" => (2 + self.variant % 8).to_string(),
            "hex" => "3fa90c17".to_owned(),
            "date" => "2026-03-01".to_owned(),
            _ => return None,
        })
    }

    fn answer(&self, answer: &Answer) -> Answer {
        match answer {
            Answer::Text(text) => Answer::Text(self.fill(text)),
            Answer::List(entries) => Answer::List(entries.iter().map(|entry| self.fill(entry)).collect()),
            Answer::Range { from, to } => Answer::Range { from: self.fill(from), to: self.fill(to) },
            Answer::Flag(_) | Answer::Number(_) => answer.clone(),
        }
    }
}

/// Runs `check` with every organisation and environment a scenario allows.
fn with_fillings(scenario: &Scenario, mut check: impl FnMut(&Filling<'_>)) {
    let organisations = organisations();
    let suited = |organisation: &&Organisation| {
        scenario.organisations.is_empty() || scenario.organisations.contains(&organisation.id)
    };
    let mut variant = 0;
    for organisation in organisations.iter().filter(suited) {
        for environment in &organisation.environments {
            check(&Filling { organisation, environment, variant });
            variant += 1;
        }
    }
    assert!(variant > 0, "no organisation suits");
}

fn answers(scenario: &Scenario, subject: &str, filling: &Filling<'_>) -> Answers {
    let filled = scenario.answers.iter().map(|(id, answer)| (id.clone(), filling.answer(answer)));
    filled.chain([("subject".to_owned(), Answer::Text(filling.fill(subject)))]).collect()
}

/// A placeholder that nobody fills is a slip of the pen: braces around small
/// letters and blanks do not occur in the code people paste.
fn assert_filled(text: &str, place: &str) {
    for piece in text.split('{').skip(1) {
        if let Some((name, _)) = piece.split_once('}') {
            let slip = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || " :|-".contains(c));
            assert!(!slip || name.starts_with(' '), "{place}: “{{{name}}}” is no placeholder");
        }
    }
}

fn assert_harmless(text: &str, place: &str) {
    let lower = text.to_lowercase();
    for secret in ["password=", "password:", "private key-", "akia", "bearer ", "secret=", "token="] {
        assert!(!lower.contains(secret), "{place}: looks like a secret ({secret})");
    }
    assert!(!lower.contains("lorem ipsum"), "{place}");
}

#[test]
fn organisations_and_people_belong_together() {
    let organisations = organisations();
    let people = people();
    assert_eq!(organisations.len(), 3);
    assert!(organisations.iter().all(|organisation| (2..=4).contains(&organisation.environments.len())));
    let ids: BTreeSet<_> = people.iter().map(|person| &person.id).collect();
    let emails: BTreeSet<_> = people.iter().map(|person| &person.email).collect();
    assert_eq!((ids.len(), emails.len()), (people.len(), people.len()));
    for person in &people {
        assert!(is_email(&person.email) && !person.name.is_empty(), "{}", person.email);
        assert_eq!(person.support, person.memberships.is_empty(), "{}", person.email);
        for membership in &person.memberships {
            assert!(organisations.iter().any(|organisation| organisation.id == membership.organisation));
        }
    }
    for organisation in &organisations {
        let count = |role| {
            let member = |m: &Membership| m.organisation == organisation.id && m.role == role;
            people.iter().filter(|person| person.memberships.iter().any(member)).count()
        };
        assert!(count(MembershipRole::Administrator) >= 1, "{}", organisation.id);
        assert!(count(MembershipRole::User) >= 2, "a colleague is needed at {}", organisation.id);
    }
}

#[test]
fn four_accounts_are_offered() {
    let people = people();
    let offered: Vec<_> =
        people.iter().filter(|person| person.demo.is_some()).map(|p| p.email.as_str()).collect();
    let expected =
        ["customer@acme.example", "admin@acme.example", "partner@agency.example", "analyst@support.example"];
    assert_eq!(offered, expected);
    let roles = |email: &str| {
        let person = people.iter().find(|person| person.email == email).unwrap();
        person.memberships.iter().map(|membership| membership.role).collect::<Vec<_>>()
    };
    assert_eq!(roles(expected[0]), [MembershipRole::User]);
    assert_eq!(roles(expected[1]), [MembershipRole::Administrator]);
    assert_eq!(roles(expected[2]), [MembershipRole::Partner, MembershipRole::Partner]);
    assert!(roles(expected[3]).is_empty());
    assert_eq!(people.iter().filter(|person| person.support).count(), 3);
}

#[test]
fn every_type_that_files_cases_has_scenarios() {
    let catalogue = catalogue("spryker");
    let filing: BTreeSet<_> =
        catalogue.types.iter().filter(|t| t.deflection.is_none()).map(|t| t.id.clone()).collect();
    let present: BTreeSet<_> = scenarios().into_iter().map(|(id, _, _)| id).collect();
    assert_eq!(present, filing);
}

#[test]
fn every_sub_type_occurs() {
    let catalogue = catalogue("spryker");
    let scenarios = scenarios();
    for (id, question) in [("alumio", "request"), ("change-request", "change"), ("ci", "part")] {
        let question = catalogue.case_type(id).unwrap().questions().find(|q| q.id == question).unwrap();
        for option in &question.options {
            let occurs = scenarios.iter().any(|(of, _, scenario)| {
                of == id && scenario.answers.get(&question.id).is_some_and(|a| a.says(&option.value))
            });
            assert!(occurs, "{id}: nobody asks for {}", option.value);
        }
    }
}

#[test]
fn answers_are_valid_under_every_filling() {
    let catalogue = catalogue("spryker");
    for (id, place, scenario) in scenarios() {
        let case_type = catalogue.case_type(&id).unwrap();
        assert!((3..=6).contains(&scenario.subjects.len()), "{place}: three to six subjects");
        assert!(!scenario.answers.contains_key("subject"), "{place}: the subject stands in `subjects`");
        for subject in &scenario.subjects {
            with_fillings(&scenario, |filling| {
                let answers = answers(&scenario, subject, filling);
                assert_valid(case_type, &answers, filling.organisation, &place);
            });
        }
    }
}

fn assert_valid(case_type: &CaseType, answers: &Answers, organisation: &Organisation, place: &str) {
    let asking = |partner| Asking { now: filed_at(), environments: &organisation.environments, partner };
    let submission =
        case_type.validate(answers, asking(false)).unwrap_or_else(|errors| panic!("{place}: {errors:#?}"));
    let kept: BTreeSet<_> = submission.answers.keys().collect();
    assert_eq!(kept, answers.keys().collect(), "{place}: some answers are not asked for");
    if let Err(errors) = case_type.validate(answers, asking(true)) {
        assert!(errors.iter().all(|error| error.code == FieldCode::CustomersOnly), "{place}: {errors:#?}");
    }
    for (id, answer) in &submission.answers {
        let question = case_type.questions().find(|question| question.id == *id).unwrap();
        for words in question.words(answer) {
            assert_filled(&words, place);
            assert_harmless(&words, place);
        }
    }
    let subject = answers["subject"].text().unwrap();
    assert!(subject.chars().count() <= SUBJECT_MAX, "{place}");
}

#[test]
fn threads_follow_the_life_cycle() {
    for (_, place, scenario) in scenarios() {
        assert!(scenario.thread.len() <= 14, "{place}: at most fourteen entries");
        let mut at = filed_at();
        let mut case = CaseState::filed(None, false);
        for (index, step) in scenario.thread.iter().enumerate() {
            let place = format!("{place}, entry {}", index + 1);
            at += duration(&step.after, &place);
            let colleague_replies = step.by != By::Colleague || step.action == Action::Reply;
            assert!(colleague_replies, "{place}: a colleague can only reply");
            case = next_state(step.action, step.by.standing(), case, Reopening::Always, at)
                .unwrap_or_else(|| panic!("{place}: {:?} is not possible in {:?}", step.action, case.status));
            check_text(step, &scenario, &place);
        }
        assert_eq!(case.status, scenario.end, "{place}");
        assert!(at - filed_at() < Duration::days(60), "{place}: takes too long");
    }
}

fn check_text(step: &Step, scenario: &Scenario, place: &str) {
    match (step.action.text_rule(step.by.standing().role), &step.text) {
        (TextRule::None, Some(_)) => panic!("{place}: takes no text"),
        (TextRule::Required, None) => panic!("{place}: needs a text"),
        _ => {}
    }
    if let Some(text) = &step.text {
        with_fillings(scenario, |filling| {
            let text = filling.fill(text);
            valid_text(&text, "/text").unwrap_or_else(|error| panic!("{place}: {}", error.message));
            assert_filled(&text, place);
            assert_harmless(&text, place);
        });
    }
}

fn duration(text: &str, place: &str) -> Duration {
    let (number, unit) = text.split_at(text.len() - 1);
    let number: i64 = number.parse().unwrap_or_else(|_| panic!("{place}: {text}"));
    assert!(number > 0, "{place}: {text}");
    match unit {
        "m" => Duration::minutes(number),
        "h" => Duration::hours(number),
        "d" => Duration::days(number),
        _ => panic!("{place}: {text}"),
    }
}

#[test]
fn there_are_enough_of_each_status() {
    let scenarios = scenarios();
    let mut ends: BTreeMap<Status, usize> = BTreeMap::new();
    for (_, _, scenario) in &scenarios {
        *ends.entry(scenario.end).or_default() += 1;
    }
    let all = scenarios.len();
    println!("{all} scenarios: {ends:?}");
    assert!((60..=75).contains(&all), "{all}");
    assert!(Status::ALL.iter().all(|status| ends.get(status).is_some_and(|count| *count >= 5)), "{ends:?}");
    let closed = ends[&Status::Closed] * 100 / all;
    assert!((40..=50).contains(&closed), "{closed} % closed");
}
