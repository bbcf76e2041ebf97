//! What a new form begins with.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

mod shipped;

use std::sync::LazyLock;

use contract::{
    case::AskedAnswer,
    catalogue::{Answer, Answers, Asking, Carried, CaseType, Catalogue, Kind},
    field::FieldCode,
};
use proptest::prelude::*;

/// One question of every kind.
const KINDS: &str = r#"
id = "kinds"
[[types]]
id = "kinds"
title = "Kinds"
description = "Kinds."
icon = "bug"
queue = "Support"
[[types.steps]]
title = "All"
questions = [
    { id = "subject", kind = "text", label = "Subject", required = true, min_length = 5 },
    { id = "long", kind = "long-text", label = "Long" },
    { id = "one", kind = "choice", label = "One", options = [
        { value = "a", title = "A" }, { value = "b", title = "B", audience = "customers" },
    ] },
    { id = "several", kind = "choices", label = "Several", options = [
        { value = "x", title = "X" }, { value = "y", title = "Y" }, { value = "z", title = "Z" },
    ] },
    { id = "mail", kind = "email", label = "Mail" },
    { id = "mails", kind = "emails", label = "Mails" },
    { id = "address", kind = "url", label = "Address" },
    { id = "day", kind = "date", label = "Day" },
    { id = "moment", kind = "date-time", label = "Moment" },
    { id = "range", kind = "date-time-range", label = "Range" },
    { id = "count", kind = "number", label = "Count", max = 10 },
    { id = "phone", kind = "phone", label = "Phone" },
    { id = "networks", kind = "cidr-list", label = "Networks" },
    { id = "environment", kind = "environment", label = "Environment" },
    { id = "file", kind = "file", label = "File" },
    { id = "secret", kind = "secret", label = "Secret" },
    { id = "sure", kind = "yes-no", label = "Sure?" },
    { id = "confirmed", kind = "acknowledgement", label = "I have read it", required = true },
]
"#;

static KIND: LazyLock<CaseType> =
    LazyLock::new(|| toml::from_str::<Catalogue>(KINDS).unwrap().types.remove(0));

static TYPES: LazyLock<Vec<CaseType>> = LazyLock::new(|| {
    let shipped = shipped::shipped().into_iter().flat_map(|(_, catalogue)| catalogue.types);
    shipped.chain([KIND.clone()]).collect()
});

static ENVIRONMENTS: LazyLock<Vec<String>> =
    LazyLock::new(|| ["Production", "Staging"].map(str::to_owned).to_vec());

fn customer() -> Asking<'static> {
    Asking { now: "2026-03-02T13:30:00Z".parse().unwrap(), environments: &ENVIRONMENTS, partner: false }
}

fn partner() -> Asking<'static> {
    Asking { partner: true, ..customer() }
}

fn prefilled(pairs: &[(&str, &str)]) -> Answers {
    KIND.prefilled(pairs.iter().copied(), customer())
}

fn text(text: &str) -> Answer {
    Answer::Text(text.to_owned())
}

fn list(entries: &[&str]) -> Answer {
    Answer::List(entries.iter().map(|entry| (*entry).to_owned()).collect())
}

#[test]
fn an_address_answers_every_kind_that_can_be_written_down() {
    let range =
        Answer::Range { from: "2026-04-01T08:00:00Z".to_owned(), to: "2026-04-01T10:00:00Z".to_owned() };
    let expected = [
        ("subject", "Checkout fails, 50% of it & more", text("Checkout fails, 50% of it & more")),
        ("long", "One\nTwo", text("One\nTwo")),
        ("one", "a", text("a")),
        ("several", "x,z", list(&["x", "z"])),
        ("mail", "ops@acme.example", text("ops@acme.example")),
        ("mails", "a@acme.example, b@acme.example", list(&["a@acme.example", "b@acme.example"])),
        ("address", "https://acme.example/?a=b", text("https://acme.example/?a=b")),
        ("day", "2026-04-01", text("2026-04-01")),
        ("moment", "2026-04-01T10:00:00+02:00", text("2026-04-01T08:00:00Z")),
        ("range", "2026-04-01T08:00:00Z/2026-04-01T10:00:00Z", range),
        ("count", "3", Answer::Number(3.0)),
        ("phone", "+49 30 1234567", text("+49 30 1234567")),
        ("networks", "10.0.0.0/8,2001:db8::/32", list(&["10.0.0.0/8", "2001:db8::/32"])),
        ("environment", "Production", text("Production")),
        ("sure", "no", Answer::Flag(false)),
    ];
    let pairs: Vec<_> = expected.iter().map(|(name, written, _)| (*name, *written)).collect();
    let answers = expected.iter().map(|(name, _, answer)| ((*name).to_owned(), answer.clone()));
    assert_eq!(prefilled(&pairs), answers.collect::<Answers>());
}

#[test]
fn what_is_no_answer_is_left_out() {
    let nonsense = [
        ("colour", "red"),
        ("subject", "  "),
        ("one", "c"),
        ("several", "u,v"),
        ("day", "tomorrow"),
        ("moment", "2026-04-01T08:00"),
        ("range", "2026-04-01T08:00:00Z"),
        ("range", "2026-04-01T10:00:00Z/2026-04-01T08:00:00Z"),
        ("count", "many"),
        ("count", "NaN"),
        ("count", "1e999"),
        ("environment", "Moon"),
        ("file", "passwd"),
        ("secret", "hunter2"),
        ("sure", "maybe"),
        ("confirmed", "yes"),
    ];
    for pair in nonsense {
        assert_eq!(prefilled(&[pair]), Answers::new(), "{pair:?}");
    }
}

#[test]
fn of_several_choices_those_that_are_none_are_left_out() {
    assert_eq!(prefilled(&[("several", "x, moon,y,x")]).get("several"), Some(&list(&["x", "y"])));
}

#[test]
fn what_can_be_mended_in_the_form_is_taken() {
    let written = [("subject", "Oh"), ("mail", "nobody"), ("count", "11")];
    assert_eq!(prefilled(&written).len(), 3);
}

#[test]
fn partners_are_not_given_what_only_customers_may_choose() {
    assert_eq!(prefilled(&[("one", "b")]).get("one"), Some(&text("b")));
    assert_eq!(KIND.prefilled([("one", "b")], partner()), Answers::new());
}

fn asked(question: &str, kind: Kind, answer: Answer) -> AskedAnswer {
    let label = question.to_owned();
    AskedAnswer { question: question.to_owned(), label, kind, answer, words: Vec::new(), body: Vec::new() }
}

/// What was once answered, to today's questions and to others.
fn submission() -> Vec<AskedAnswer> {
    vec![
        asked("subject", Kind::Text, text("Checkout fails")),
        asked("long", Kind::LongText, text("At length")),
        asked("one", Kind::Choice, text("gone")),
        asked("several", Kind::Choices, list(&["x", "gone"])),
        asked("mail", Kind::Text, text("once a text")),
        asked("day", Kind::Date, text("2026-01-01")),
        asked("moment", Kind::DateTime, text("2026-01-01T08:00:00Z")),
        asked("environment", Kind::Environment, text("Production")),
        asked("sure", Kind::YesNo, Answer::Flag(true)),
        asked("confirmed", Kind::Acknowledgement, Answer::Flag(true)),
        asked("no-longer-asked", Kind::Text, text("x")),
    ]
}

#[test]
fn a_similar_case_begins_with_what_still_holds() {
    let answers = KIND.carried_over(&submission(), Carried::Similar, customer());
    let expected = [
        ("subject", text("Checkout fails")),
        ("long", text("At length")),
        ("several", list(&["x"])),
        ("environment", text("Production")),
        ("sure", Answer::Flag(true)),
    ];
    assert_eq!(answers, expected.map(|(id, answer)| (id.to_owned(), answer)).into());
}

#[test]
fn a_follow_up_begins_without_what_was_told_at_length() {
    let similar = KIND.carried_over(&submission(), Carried::Similar, customer());
    let follow_up = KIND.carried_over(&submission(), Carried::FollowUp, customer());
    assert_eq!(similar.keys().filter(|id| !follow_up.contains_key(*id)).collect::<Vec<_>>(), ["long"]);
}

/// A type, and names and values that an address may hold: its own, near misses, anything.
fn addresses() -> impl Strategy<Value = (usize, Vec<(String, String)>)> {
    (0..TYPES.len()).prop_flat_map(|index| {
        let questions: Vec<_> = TYPES[index].questions().collect();
        let ids: Vec<_> = questions.iter().map(|question| question.id.clone()).collect();
        let mut words: Vec<_> = questions
            .iter()
            .flat_map(|question| &question.options)
            .map(|option| option.value.clone())
            .collect();
        let others =
            ["yes", "no", "", ",", "/", "-0", "inf", "Production", "2026-03-02", "a@b.example", "\0"];
        words.extend(others.map(str::to_owned));
        words.extend(["2026-03-02T00:00:00Z/2026-03-03T00:00:00Z", "+262142-12-31"].map(str::to_owned));
        let name = prop_oneof![9 => prop::sample::select(ids), 1 => any::<String>()];
        let word = prop_oneof![3 => prop::sample::select(words), 1 => any::<String>()];
        let value = prop::collection::vec(word, 1..4).prop_map(|words| words.join(","));
        (Just(index), prop::collection::vec((name, value), 0..12))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_address_gives_only_answers_that_the_form_can_show((index, pairs) in addresses()) {
        let case_type = &TYPES[index];
        let pairs = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let answers = case_type.prefilled(pairs, partner());
        for (id, answer) in &answers {
            let question = case_type.questions().find(|question| question.id == *id).unwrap();
            prop_assert!(!answer.is_empty());
            prop_assert!(!matches!(question.kind, Kind::Acknowledgement | Kind::File | Kind::Secret));
            match answer {
                Answer::Text(value) if question.kind == Kind::Choice => {
                    prop_assert!(question.option(value).is_some_and(|option| answer.says(&option.value)));
                }
                Answer::List(values) if question.kind == Kind::Choices => {
                    prop_assert!(values.iter().all(|value| question.option(value).is_some()));
                }
                _ => {}
            }
        }
        // Kept as JSON, it is read again as it was.
        let kept = serde_json::to_string(&answers).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Answers>(&kept).unwrap(), &answers);
        let sent = case_type.heard(&answers);
        let refused = case_type.validate(&sent, partner()).err().unwrap_or_default();
        for code in [FieldCode::UnknownOption, FieldCode::CustomersOnly, FieldCode::NotAsked] {
            prop_assert!(refused.iter().all(|error| error.code != code), "{:?}", refused);
        }
    }

    #[test]
    fn what_is_carried_over_is_carried_over_again((index, pairs) in addresses(), alike in any::<bool>()) {
        let case_type = &TYPES[index];
        let carried = if alike { Carried::Similar } else { Carried::FollowUp };
        let pairs = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let filed = |answers: &Answers| -> Vec<AskedAnswer> {
            let asked_ones = case_type.questions().filter_map(|question| {
                Some(asked(&question.id, question.kind, answers.get(&question.id)?.clone()))
            });
            asked_ones.collect()
        };
        let first = case_type.carried_over(&filed(&case_type.prefilled(pairs, customer())), carried, customer());
        let second = case_type.carried_over(&filed(&first), carried, customer());
        prop_assert_eq!(second, first);
    }
}
