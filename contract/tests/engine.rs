//! The catalogue engine, mostly on the catalogues that are shipped, with answers of all sorts.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

mod shipped;

use std::{collections::BTreeSet, fmt, sync::LazyLock};

use chrono::{DateTime, Utc};
use contract::{
    FieldError,
    catalogue::{Answer, Answers, Asking, Audience, CaseType, Catalogue, Format, Kind, Question, Submission},
    field::FieldCode,
};
use proptest::prelude::*;

/// Every type that is shipped, and one with longer chains of conditions.
static TYPES: LazyLock<Vec<CaseType>> = LazyLock::new(|| {
    let chains = ("chains".to_owned(), toml::from_str::<Catalogue>(CHAINS).unwrap());
    assert_eq!(chains.1.check(), []);
    shipped::shipped().into_iter().chain([chains]).flat_map(|(_, catalogue)| catalogue.types).collect()
});

/// Questions that hang on questions that hang on questions, across steps, with
/// every sort of condition.
const CHAINS: &str = r#"
id = "chains"
[[types]]
id = "chains"
title = "Chains"
description = "Chains."
icon = "link"
queue = "Support"
notices = [
    { text = "c", when = { question = "c", one-of = ["x", "y"] } },
    { text = "not c", when = { not = { answered = "c" } } },
]
[[types.steps]]
title = "One"
questions = [
    { id = "subject", kind = "text", label = "Subject", required = true },
    { id = "a", kind = "yes-no", label = "A" },
    { id = "b", kind = "yes-no", label = "B", when = { question = "a", is = "yes" } },
    { id = "c", kind = "choices", label = "C", when = { question = "b", is = "yes" }, options = [
        { value = "x", title = "X" },
        { value = "y", title = "Y", audience = "customers" },
        { value = "z", title = "Z" },
    ] },
    { id = "d", kind = "text", label = "D", when = { question = "c", is = "x" } },
]
[[types.steps]]
title = "Two"
when = { any = [{ question = "b", is = "no" }, { answered = "d" }] }
questions = [
    { id = "e", kind = "environment", label = "E" },
    { id = "f", kind = "emails", label = "F", required = true, when = { not = { answered = "e" } } },
]
[[types.steps]]
title = "Three"
when = { all = [{ answered = "f" }, { not = { question = "e", is = "Staging" } }] }
questions = [{ id = "g", kind = "number", label = "G" }]
[[types.steps]]
title = "Four"
questions = [
    { id = "h", kind = "date-time-range", label = "H", when = { not = { any = [{ answered = "g" }, { answered = "c" }] } } },
]
"#;

static ENVIRONMENTS: LazyLock<Vec<String>> =
    LazyLock::new(|| ["Production", "Staging", "Load test"].map(str::to_owned).to_vec());

fn now() -> DateTime<Utc> {
    "2026-03-02T13:30:00.250Z".parse().unwrap()
}

fn customer() -> Asking<'static> {
    Asking { now: now(), environments: &ENVIRONMENTS, partner: false }
}

fn partner() -> Asking<'static> {
    Asking { partner: true, ..customer() }
}

fn text(strategy: impl Strategy<Value = String> + 'static) -> BoxedStrategy<Answer> {
    strategy.prop_map(Answer::Text).boxed()
}

fn list(strategy: impl Strategy<Value = String> + 'static) -> BoxedStrategy<Answer> {
    prop::collection::vec(strategy, 1..6).prop_map(Answer::List).boxed()
}

fn moment() -> impl Strategy<Value = String> {
    (2027..2100, 1..=12, 1..=28, 0..24, 0..60, 0..1000, prop::sample::select(vec!["Z", "+05:45", "-09:00"]))
        .prop_map(|(y, m, d, h, min, ms, zone)| format!("{y}-{m:02}-{d:02}T{h:02}:{min:02}:07.{ms:03}{zone}"))
}

fn email() -> &'static str {
    "[a-z]{1,8}[.+]?[a-z0-9]{1,4}@[a-z]{1,6}\\.example"
}

/// Answers a question takes, in forms that still have to be cleaned.
fn good(question: &Question) -> BoxedStrategy<Answer> {
    let values: Vec<_> = question.options.iter().map(|option| option.value.clone()).collect();
    match question.kind {
        Kind::Text | Kind::LongText => match question.format {
            Some(Format::LettersAndDigits) => text("[A-Za-z0-9]{1,20}"),
            Some(Format::Hostname) => text(" ?[a-z0-9]{1,9}(\\.[a-z]{2,5}){1,2}"),
            Some(Format::IpAddress) => text("(10\\.1\\.[0-9]\\.[1-9]|2001:db8::[1-9a-f]{1,4}) ?"),
            Some(Format::SshPublicKey) => {
                text("ssh-(rsa|ed25519) AAAA[A-Za-z0-9+/]{8,99} [a-z]{1,9}@[a-z]{1,9}")
            }
            None => text("[a-zäé\u{5d0}🚀*`]{20}([ \t\r\n]{1,4}[\\PC\u{0}]{1,8}){0,3}[a-z][ \n]?"),
        },
        Kind::Choice => text(prop::sample::select(values)),
        Kind::Choices => list(prop::sample::select(values)),
        Kind::Email => text(format!(" ?{}\n?", email()).prop_regex()),
        Kind::Emails => list(format!(" ?{} ?", email()).prop_regex()),
        Kind::Url => text(" ?https?://[a-z]{1,9}\\.example(:[0-9]{2,4})?/[a-zA-Z0-9/?=&]{0,30} ?"),
        Kind::Date => text("20[3-9][0-9]-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8]) ?"),
        Kind::DateTime => text(moment()),
        Kind::DateTimeRange => (moment(), moment())
            .prop_filter("one moment twice", |(a, b)| instant(a).timestamp() != instant(b).timestamp())
            .prop_map(|(a, b)| {
                let (from, to) = if instant(&a) < instant(&b) { (a, b) } else { (b, a) };
                Answer::Range { from, to }
            })
            .boxed(),
        Kind::Number => {
            let (least, most) = (question.min.unwrap_or(-1e6), question.max.unwrap_or(1e6));
            let number =
                (0..=1000_u32).prop_map(move |n| (least + (most - least) * f64::from(n) / 1000.0).round());
            prop_oneof![
                number.clone().prop_map(Answer::Number),
                number.prop_map(|number| Answer::Text(format!(" {number} "))),
            ]
            .boxed()
        }
        Kind::Phone => text(" ?\\+[1-9]([0-9] ?){7,13}"),
        Kind::CidrList => list("(10\\.[0-9]\\.0\\.0/0?[89]|2001:(db8|DB8|0db8)::/3[0-2]) ?"),
        Kind::Environment => text(prop::sample::select(ENVIRONMENTS.clone())),
        Kind::YesNo => any::<bool>().prop_map(Answer::Flag).boxed(),
        Kind::Acknowledgement => Just(Answer::Flag(true)).boxed(),
        Kind::File | Kind::Secret => Just(Answer::Text("none".to_owned())).boxed(),
    }
}

/// A regular expression put together at run time, as a strategy.
trait PropRegex {
    fn prop_regex(self) -> prop::string::RegexGeneratorStrategy<String>;
}

impl PropRegex for String {
    fn prop_regex(self) -> prop::string::RegexGeneratorStrategy<String> {
        prop::string::string_regex(&self).unwrap()
    }
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Anything that can arrive, options and near misses of them among it.
fn any_answer(question: &Question) -> BoxedStrategy<Answer> {
    let mut words: Vec<_> = question.options.iter().map(|option| option.value.clone()).collect();
    words.extend(ENVIRONMENTS.iter().cloned());
    words.extend(
        ["yes", "no", "", "2026-03-02", "+262142-12-31", "9999-12-31T23:59:59-20:00"].map(str::to_owned),
    );
    words.extend(["a@b.example", "10.0.0.0/8", "10.0.0.0/08", "3.0", "NaN"].map(str::to_owned));
    let word = prop_oneof![
        4 => ("[ \n]?", prop::sample::select(words), " ?").prop_map(|(a, word, b)| format!("{a}{word}{b}")),
        1 => any::<String>(),
    ]
    .boxed();
    prop_oneof![
        any::<bool>().prop_map(Answer::Flag),
        any::<f64>().prop_map(Answer::Number),
        word.clone().prop_map(Answer::Text),
        prop::collection::vec(word.clone(), 0..4).prop_map(Answer::List),
        (word.clone(), word).prop_map(|(from, to)| Answer::Range { from, to }),
    ]
    .boxed()
}

/// A type, known by its id where a test fails.
#[derive(Clone, Copy)]
struct Of(&'static CaseType);

impl fmt::Debug for Of {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.id)
    }
}

/// A type and an answer to each of its questions that `answer` has one for.
fn answered(
    answer: impl Fn(&Question) -> BoxedStrategy<Option<Answer>>,
) -> impl Strategy<Value = (Of, Answers)> {
    let of_types: Vec<_> = TYPES
        .iter()
        .map(|case_type| {
            let answers: Vec<_> = case_type
                .questions()
                .map(|question| {
                    let id = question.id.clone();
                    answer(question).prop_map(move |answer| answer.map(|answer| (id.clone(), answer))).boxed()
                })
                .collect();
            answers
                .prop_map(move |answers| (Of(case_type), answers.into_iter().flatten().collect::<Answers>()))
                .boxed()
        })
        .collect();
    prop::strategy::Union::new(of_types)
}

/// Good answers to every question, asked or not.
fn well_answered() -> impl Strategy<Value = (Of, Answers)> {
    answered(|question| {
        let answer = good(question);
        if question.required {
            answer.prop_map(Some).boxed()
        } else {
            prop::option::weighted(0.7, answer).boxed()
        }
    })
}

/// Some good answers, some bad, some none.
fn badly_answered() -> impl Strategy<Value = (Of, Answers)> {
    answered(|question| {
        let answer = prop_oneof![3 => good(question), 1 => any_answer(question)];
        prop::option::weighted(0.8, answer).boxed()
    })
}

fn asked<'a>(case_type: &'a CaseType, answers: &Answers) -> Vec<&'a str> {
    let steps = case_type.asked(answers);
    steps.into_iter().flat_map(|(_, questions)| questions).map(|question| question.id.as_str()).collect()
}

/// What a form sends of its answers, and what comes of it.
fn sent(case_type: &CaseType, answers: &Answers, asking: Asking<'_>) -> Result<Submission, Vec<FieldError>> {
    case_type.validate(&case_type.heard(answers), asking)
}

fn notices(case_type: &CaseType, answers: &Answers) -> Vec<String> {
    case_type.notices(answers).map(|notice| notice.text.clone()).collect()
}

fn hidden(case_type: &CaseType, answers: &Answers) -> BTreeSet<String> {
    let asked = asked(case_type, answers);
    answers.keys().filter(|id| !asked.contains(&id.as_str())).cloned().collect()
}

fn has_customers_only(case_type: &CaseType, answers: &Answers) -> bool {
    case_type.questions().any(|question| {
        let only = |value: &str| question.option(value).is_some_and(|o| o.audience == Audience::Customers);
        question.options.iter().any(|option| {
            only(&option.value) && answers.get(&question.id).is_some_and(|answer| answer.says(&option.value))
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Whoever answers everything well can file every type.
    #[test]
    fn good_answers_are_taken((Of(case_type), answers) in well_answered()) {
        let submission = sent(case_type, &answers, customer());
        prop_assert!(submission.is_ok(), "{}: {:#?}", case_type.id, submission);
        let stored = submission.unwrap().answers;
        let expected: BTreeSet<_> = asked(case_type, &answers).into_iter().filter(|id| answers.contains_key(*id)).collect();
        prop_assert_eq!(stored.keys().map(String::as_str).collect::<BTreeSet<_>>(), expected);
    }

    #[test]
    fn cleaned_answers_pass_again_unchanged((Of(case_type), answers) in badly_answered()) {
        if let Ok(submission) = sent(case_type, &answers, customer()) {
            prop_assert_eq!(asked(case_type, &submission.answers), asked(case_type, &answers));
            prop_assert_eq!(notices(case_type, &submission.answers), notices(case_type, &answers));
            prop_assert_eq!(sent(case_type, &submission.answers, customer()), Ok(submission));
        }
    }

    #[test]
    fn cleaned_good_answers_pass_again_unchanged((Of(case_type), answers) in well_answered()) {
        let submission = sent(case_type, &answers, customer()).unwrap();
        prop_assert_eq!(asked(case_type, &submission.answers), asked(case_type, &answers));
        prop_assert_eq!(sent(case_type, &submission.answers, customer()), Ok(submission));
    }

    /// What the browser accepts the backend accepts: JSON changes nothing.
    #[test]
    fn travelling_changes_nothing((Of(case_type), answers) in well_answered()) {
        let json = serde_json::to_string(&answers).unwrap();
        let arrived: Answers = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(sent(case_type, &arrived, customer()), sent(case_type, &answers, customer()));
    }

    #[test]
    fn hidden_answers_neither_leak_nor_matter(
        (Of(case_type), answers) in badly_answered(),
        other in any::<String>(),
        flag in any::<bool>(),
    ) {
        let hidden = hidden(case_type, &answers);
        let outcome = sent(case_type, &answers, customer());
        if let Ok(submission) = &outcome {
            prop_assert!(hidden.iter().all(|id| !submission.answers.contains_key(id)));
            prop_assert!(submission.warnings.iter().all(|warning| !hidden.contains(&warning.question)));
        }
        let mut changed = answers.clone();
        for id in &hidden {
            changed.insert(id.clone(), if flag { Answer::Flag(true) } else { Answer::Text(other.clone()) });
        }
        let mut dropped = answers.clone();
        dropped.retain(|id, _| !hidden.contains(id));
        for answers_2 in [&changed, &dropped] {
            prop_assert_eq!(asked(case_type, answers_2), asked(case_type, &answers));
            prop_assert_eq!(notices(case_type, answers_2), notices(case_type, &answers));
            prop_assert_eq!(&sent(case_type, answers_2, customer()), &outcome);
        }
    }

    /// Another choice and back again: everything is as it was.
    #[test]
    fn hiding_and_showing_loses_nothing(
        (Of(case_type), answers) in well_answered(),
        which in any::<prop::sample::Index>(),
        option in any::<prop::sample::Index>(),
    ) {
        let choices: Vec<_> = case_type.questions().filter(|question| question.kind == Kind::Choice).collect();
        prop_assume!(!choices.is_empty());
        let question = choices[which.index(choices.len())];
        let before = sent(case_type, &answers, customer()).unwrap();
        let mut there = answers;
        let value = question.options[option.index(question.options.len())].value.clone();
        let first = there.insert(question.id.clone(), Answer::Text(value));
        let between = there.clone();
        prop_assert!(sent(case_type, &there, customer()).is_ok());
        prop_assert_eq!(&there, &between);
        match first {
            Some(first) => there.insert(question.id.clone(), first),
            None => there.remove(&question.id),
        };
        prop_assert_eq!(sent(case_type, &there, customer()), Ok(before));
    }

    /// Whether a question is asked depends on what was asked before it, and on nothing else.
    #[test]
    fn conditions_only_look_back((Of(case_type), answers) in badly_answered()) {
        let all = asked(case_type, &answers);
        let mut earlier = Answers::new();
        for question in case_type.questions() {
            let so_far = asked(case_type, &earlier);
            prop_assert_eq!(
                so_far.contains(&question.id.as_str()),
                all.contains(&question.id.as_str()),
                "{} of {}", question.id, case_type.id
            );
            if let Some(answer) = answers.get(&question.id) {
                earlier.insert(question.id.clone(), answer.clone());
            }
        }
    }

    #[test]
    fn what_is_asked_is_in_order_and_once((Of(case_type), answers) in badly_answered()) {
        let asked = asked(case_type, &answers);
        let order: Vec<_> = case_type.questions().map(|q| q.id.as_str()).filter(|id| asked.contains(id)).collect();
        prop_assert_eq!(asked, order);
        prop_assert!(case_type.asked(&answers).iter().all(|(_, questions)| !questions.is_empty()));
    }

    /// What is hidden cannot be sent: a form says only what it asks.
    #[test]
    fn hidden_answers_are_refused((Of(case_type), answers) in well_answered()) {
        let hidden: Vec<_> = hidden(case_type, &answers).iter().map(|id| format!("/answers/{id}")).collect();
        let refused = case_type.validate(&answers, customer()).err().unwrap_or_default();
        prop_assert!(refused.iter().all(|error| error.code == FieldCode::NotAsked), "{:?}", refused);
        prop_assert_eq!(refused.into_iter().map(|error| error.pointer).collect::<Vec<_>>(), hidden);
    }

    #[test]
    fn unknown_questions_are_refused((Of(case_type), answers) in well_answered(), id in "[a-z~/]{0,6}[A-Z]") {
        let mut answers = case_type.heard(&answers);
        answers.insert(id.clone(), Answer::Text("x".to_owned()));
        let errors = case_type.validate(&answers, customer()).unwrap_err();
        let pointer = format!("/answers/{}", id.replace('~', "~0").replace('/', "~1"));
        prop_assert_eq!(errors.len(), 1, "{:?}", errors);
        prop_assert_eq!((&errors[0].pointer, errors[0].code), (&pointer, FieldCode::NotAsked));
    }

    #[test]
    fn each_field_has_one_mistake_at_most((Of(case_type), answers) in badly_answered()) {
        if let Err(errors) = sent(case_type, &answers, customer()) {
            let asked = asked(case_type, &answers);
            let mut left = asked.iter().map(|id| format!("/answers/{id}"));
            for error in &errors {
                prop_assert!(left.any(|pointer| pointer == error.pointer), "out of order: {:?}", errors);
            }
        }
    }

    #[test]
    fn partners_are_refused_what_only_customers_may((Of(case_type), answers) in well_answered()) {
        let refused = sent(case_type, &answers, partner());
        let mut reachable = answers.clone();
        let hidden = hidden(case_type, &answers);
        reachable.retain(|id, _| !hidden.contains(id));
        if has_customers_only(case_type, &reachable) {
            let errors = refused.unwrap_err();
            prop_assert!(errors.iter().all(|error| error.code == FieldCode::CustomersOnly), "{:?}", errors);
        } else {
            prop_assert_eq!(refused, sent(case_type, &answers, customer()));
        }
    }

    #[test]
    fn a_required_answer_left_out_is_missed(
        (Of(case_type), answers) in well_answered(),
        which in any::<prop::sample::Index>(),
    ) {
        let asked = asked(case_type, &answers);
        let required: Vec<_> =
            case_type.questions().filter(|q| q.required && asked.contains(&q.id.as_str())).collect();
        let question = required[which.index(required.len())];
        let mut fewer = answers.clone();
        fewer.remove(&question.id);
        let errors = sent(case_type, &fewer, customer()).unwrap_err();
        let pointer = format!("/answers/{}", question.id);
        prop_assert!(
            errors.iter().any(|error| error.pointer == pointer && error.code == FieldCode::Required),
            "{}: {:?}", question.id, errors
        );
    }

    #[test]
    fn an_empty_answer_is_none((Of(case_type), answers) in well_answered(), blank in "[ \t\r\n\u{a0}]{0,3}") {
        let asked = asked(case_type, &answers);
        let mut padded = answers.clone();
        for question in case_type.questions().filter(|q| asked.contains(&q.id.as_str())) {
            padded.entry(question.id.clone()).or_insert_with(|| match question.kind {
                Kind::Choices | Kind::Emails | Kind::CidrList => Answer::List(vec![blank.clone()]),
                Kind::DateTimeRange => Answer::Range { from: blank.clone(), to: String::new() },
                _ => Answer::Text(blank.clone()),
            });
        }
        prop_assert_eq!(sent(case_type, &padded, customer()), sent(case_type, &answers, customer()));
    }
}
