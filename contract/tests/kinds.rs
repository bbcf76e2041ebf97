//! What each kind of question takes, as tables: an answer, and what is stored of it
//! or which mistake it is.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use contract::{
    catalogue::{
        Answer, Answers, Asking, CaseType, Catalogue, Condition, Effect, Format, Kind, LeadTime, Question,
    },
    field::{FieldCode, is_email, is_hostname, is_web_address},
    limits::{LIST_MAX, MESSAGE_MAX, SUBJECT_MAX, TEXT_MAX},
};

fn now() -> DateTime<Utc> {
    "2026-03-02T13:30:00.250Z".parse().unwrap()
}

fn question(toml: &str) -> Question {
    toml::from_str(&format!("id = \"it\"\nlabel = \"It\"\n{toml}")).unwrap()
}

fn of_kind(kind: &str) -> Question {
    question(&format!("kind = \"{kind}\""))
}

/// Everything a question can answer: what is stored, nothing, or a mistake.
fn ask(question: &Question, answer: &Answer, partner: bool) -> Result<Option<Answer>, FieldCode> {
    let environments = ["Production".to_owned(), "Load test".to_owned()];
    let asking = Asking { now: now(), environments: &environments, partner };
    let stored = question.validate(Some(answer), asking).map_err(|error| {
        assert_eq!(error.pointer, "/answers/it");
        assert!(error.message.ends_with(['.', ';']), "no sentence: {}", error.message);
        error.code
    })?;
    if let Some(stored) = &stored {
        assert_eq!(question.validate(Some(stored), asking), Ok(Some(stored.clone())), "is cleaned twice");
    }
    Ok(stored)
}

fn text(text: &str) -> Answer {
    Answer::Text(text.to_owned())
}

fn list(entries: &[&str]) -> Answer {
    Answer::List(entries.iter().map(|entry| (*entry).to_owned()).collect())
}

fn range(from: &str, to: &str) -> Answer {
    Answer::Range { from: from.to_owned(), to: to.to_owned() }
}

#[track_caller]
fn stores(question: &Question, given: &Answer, stored: &Answer) {
    assert_eq!(ask(question, given, false), Ok(Some(stored.clone())), "{:?}: {given:?}", question.kind);
}

#[track_caller]
fn refuses(question: &Question, given: &Answer, code: FieldCode) {
    assert_eq!(ask(question, given, false), Err(code), "{:?}: {given:?}", question.kind);
}

const ALL: [&str; 18] = [
    "text",
    "long-text",
    "choice",
    "choices",
    "email",
    "emails",
    "url",
    "date",
    "date-time",
    "date-time-range",
    "number",
    "phone",
    "cidr-list",
    "environment",
    "file",
    "secret",
    "yes-no",
    "acknowledgement",
];

#[test]
fn nothing_is_nothing_for_every_kind() {
    for kind in ALL {
        let mut question = of_kind(kind);
        for nothing in [text(""), text(" \n\t"), list(&[]), list(&["", "  "]), range("", " ")] {
            assert_eq!(ask(&question, &nothing, false), Ok(None), "{kind}: {nothing:?}");
        }
        question.required = true;
        for nothing in [text(""), text("\u{a0}"), list(&[]), list(&[""]), range("", "")] {
            assert_eq!(ask(&question, &nothing, false), Err(FieldCode::Required), "{kind}: {nothing:?}");
        }
    }
}

#[test]
fn an_answer_of_another_kind_is_refused() {
    let shapes = [Answer::Flag(true), Answer::Number(1.0), text("1"), list(&["1"]), range("1", "2")];
    for kind in ALL {
        let question = of_kind(kind);
        let fitting: &[usize] = match question.kind {
            Kind::YesNo | Kind::Acknowledgement => &[0],
            Kind::Number => &[1, 2],
            Kind::Text | Kind::LongText => &[2],
            _ => &[],
        };
        for (index, shape) in shapes.iter().enumerate() {
            let taken = ask(&question, shape, false).is_ok();
            assert_eq!(taken, fitting.contains(&index), "{kind}: {shape:?}");
        }
    }
}

#[test]
fn text_is_one_line() {
    let plain = of_kind("text");
    stores(&plain, &text("  two \t\r\n  words\u{a0} "), &text("two words"));
    stores(&plain, &text("nul\0"), &text("nul\u{fffd}"));
    stores(&plain, &text("مرحبا 👋🏽"), &text("مرحبا 👋🏽"));
    stores(&plain, &text(&"é".repeat(TEXT_MAX)), &text(&"é".repeat(TEXT_MAX)));
    refuses(&plain, &text(&"é".repeat(TEXT_MAX + 1)), FieldCode::TooLong);
    let bounded = question("kind = \"text\"\nmin_length = 3\nmax_length = 5");
    stores(&bounded, &text(" abc "), &text("abc"));
    refuses(&bounded, &text(" a  "), FieldCode::TooShort);
    refuses(&bounded, &text("a b c d"), FieldCode::TooLong);
    stores(&bounded, &text("a   b   c"), &text("a b c"));
    let long = question("kind = \"text\"\nmax_length = 1000");
    stores(&long, &text(&"a".repeat(1000)), &text(&"a".repeat(1000)));
    refuses(&long, &text(&"a".repeat(1001)), FieldCode::TooLong);
}

#[test]
fn a_subject_has_a_bound_of_its_own() {
    let mut subject = of_kind("text");
    subject.id = "subject".to_owned();
    subject.max_length = Some(1000);
    assert_eq!(subject.longest(), SUBJECT_MAX);
}

#[test]
fn long_text_keeps_its_lines() {
    let plain = of_kind("long-text");
    stores(&plain, &text("    code\r\n\r\nmore  \n\n"), &text("    code\n\nmore"));
    stores(&plain, &text(&"字".repeat(MESSAGE_MAX)), &text(&"字".repeat(MESSAGE_MAX)));
    refuses(&plain, &text(&"字".repeat(MESSAGE_MAX + 1)), FieldCode::TooLong);
    let short = question("kind = \"long-text\"\nmin_length = 10");
    refuses(&short, &text("too short"), FieldCode::TooShort);
}

#[test]
fn formats() {
    let table: [(Format, &[&str], &[&str]); 4] = [
        (Format::LettersAndDigits, &["a", "Shop2", "0"], &["a b", "a-b", "ä", "a_b", "٣", "a.b"]),
        (
            Format::Hostname,
            &["localhost", "shop.example", "a-b.shop.example", "1.example", "xn--bcher-kva.example"],
            &[
                "-a.example",
                "a-.example",
                "a..example",
                ".example",
                "a.",
                "a_b.example",
                "bücher.example",
                "https://a",
            ],
        ),
        (
            Format::IpAddress,
            &["203.0.113.7", "0.0.0.0", "2001:db8::1", "::"],
            &[
                "203.0.113",
                "203.0.113.256",
                "203.0.113.07",
                "203.0.113.7/32",
                "2001:db8::g",
                "fe80::1%eth0",
                "[::1]",
            ],
        ),
        (
            Format::SshPublicKey,
            &[
                "ssh-ed25519 AAAAC3Nza name@host",
                "ssh-rsa AAAAB3Nza+/=",
                "ecdsa-sha2-nistp256 AAAAE2Vj a comment",
                "sk-ssh-ed25519@openssh.com AAAAGnNr",
            ],
            &[
                "AAAAC3Nza",
                "ssh-ed25519",
                "ssh-ed25519 BBBB",
                "ssh-ed25519 AAAA!",
                "-----BEGIN OPENSSH PRIVATE KEY-----",
                "rsa AAAAB3Nza",
            ],
        ),
    ];
    for (format, good, bad) in table {
        let mut question = of_kind("text");
        question.format = Some(format);
        for good in good {
            stores(&question, &text(good), &text(good));
        }
        for bad in bad {
            refuses(&question, &text(bad), FieldCode::Malformed);
        }
    }
}

#[test]
fn patterns() {
    let with = |regex: &str| {
        question(&format!("kind = \"text\"\npattern = {{ regex = '{regex}', demand = \"Like this.\" }}"))
    };
    let table: [(&str, &[&str], &[&str]); 6] = [
        ("SO-[0-9]{6}", &["SO-123456"], &["SO-12345", "SO-1234567", "xSO-123456", "so-123456", "SO-١٢٣٤٥٦"]),
        // The whole text counts, whichever alternative comes first.
        ("a|ab", &["a", "ab"], &["b", "abb", "aab"]),
        ("(?i)shop", &["SHOP", "Shop"], &["shops"]),
        // A line's end is no text's end.
        ("(?m)a$", &["a"], &["ab", "a a"]),
        (r"\w+ \w+", &["two words"], &["one", "two  words more"]),
        (".*", &["anything", "字"], &[]),
    ];
    for (regex, good, bad) in table {
        for good in good {
            stores(&with(regex), &text(good), &text(good));
        }
        for bad in bad {
            refuses(&with(regex), &text(bad), FieldCode::Malformed);
        }
    }
    stores(&with("SO-[0-9]"), &text("  SO-1 "), &text("SO-1"));
    let asking = Asking { now: now(), environments: &[], partner: false };
    let error = with("a").validate(Some(&text("b")), asking).unwrap_err();
    assert_eq!(error.message, "Like this.");
    // Optional questions may stay empty; required ones say that they are.
    assert_eq!(ask(&with("a"), &text(" "), false), Ok(None));
    // Both forms hold.
    let mut both = with("[a-z]+.*");
    both.format = Some(Format::Hostname);
    stores(&both, &text("shop.example"), &text("shop.example"));
    refuses(&both, &text("1.example"), FieldCode::Malformed);
    refuses(&both, &text("shop..example"), FieldCode::Malformed);
}

#[test]
fn a_pattern_is_quick_whatever_is_typed() {
    let slow = question(
        "kind = \"text\"\nmax_length = 5000\npattern = { regex = \"(a+)+(a|aa)*b\", demand = \"No.\" }",
    );
    let started = std::time::Instant::now();
    refuses(&slow, &text(&"a".repeat(5000)), FieldCode::Malformed);
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
}

const OPTIONS: &str = "options = [
    { value = \"red\", title = \"Red\" },
    { value = \"gold\", title = \"Gold\", audience = \"customers\" },
]";

#[test]
fn choice() {
    let choice = question(&format!("kind = \"choice\"\n{OPTIONS}"));
    stores(&choice, &text("red"), &text("red"));
    stores(&choice, &text("gold"), &text("gold"));
    for bad in ["blue", "Red", " red", "red,gold"] {
        refuses(&choice, &text(bad), FieldCode::UnknownOption);
    }
    assert_eq!(ask(&choice, &text("red"), true), Ok(Some(text("red"))));
    assert_eq!(ask(&choice, &text("gold"), true), Err(FieldCode::CustomersOnly));
}

#[test]
fn choices() {
    let choices = question(&format!("kind = \"choices\"\n{OPTIONS}"));
    stores(&choices, &list(&["gold", "red", "gold"]), &list(&["gold", "red"]));
    for bad in [&["red", "blue"][..], &[" red"], &["red", ""]] {
        refuses(&choices, &list(bad), FieldCode::UnknownOption);
    }
    assert_eq!(ask(&choices, &list(&["red", "gold"]), true), Err(FieldCode::CustomersOnly));
}

const GOOD_EMAILS: [&str; 8] = [
    "a@b.de",
    "first.last@shop.example",
    "first+tag@shop.example",
    "o'neil@shop.example",
    "#!$%&'*+/=?^_`{|}~-@shop.example",
    "1@1.example",
    "UPPER@SHOP.EXAMPLE",
    "a@xn--bcher-kva.example",
];

const BAD_EMAILS: [&str; 17] = [
    "a",
    "@",
    "a@",
    "@shop.example",
    "a@shop",
    "a@shop.",
    "a@.example",
    "a@shop..example",
    "a@-shop.example",
    "a b@shop.example",
    "a@shop.example, b@shop.example",
    "Name <a@shop.example>",
    "mailto:a@shop.example",
    "a@b@shop.example",
    "ä@shop.example",
    "a@shop.example\r\nBcc: b@shop.example",
    "\"a b\"@shop.example",
];

#[test]
fn email() {
    let email = of_kind("email");
    for good in GOOD_EMAILS {
        assert!(is_email(good), "{good}");
        stores(&email, &text(&format!(" {good}\n")), &text(good));
    }
    for bad in BAD_EMAILS {
        assert!(!is_email(bad), "{bad}");
        refuses(&email, &text(bad), FieldCode::Malformed);
    }
    let long = |local: usize| format!("{}@{}.example", "a".repeat(local), "b".repeat(60));
    assert!(is_email(&long(254 - 69)) && !is_email(&long(255 - 69)));
}

#[test]
fn emails() {
    let emails = of_kind("emails");
    stores(&emails, &list(&[" a@b.de ", "", "c@d.de", "a@b.de"]), &list(&["a@b.de", "c@d.de"]));
    refuses(&emails, &list(&["a@b.de", "nobody"]), FieldCode::Malformed);
    let many = |count: usize| Answer::List((0..count).map(|n| format!("a{n}@b.de")).collect());
    stores(&emails, &many(LIST_MAX), &many(LIST_MAX));
    refuses(&emails, &many(LIST_MAX + 1), FieldCode::TooMany);
}

#[test]
fn url() {
    let url = of_kind("url");
    let good = [
        "https://shop.example",
        "http://shop.example:8080/a/b?c=d&e=%20#f",
        "https://localhost/",
        "https://192.0.2.7/",
        "https://shop.example/a@b:c",
        "https://shop.example/straße",
    ];
    for good in good {
        assert!(is_web_address(good), "{good}");
        stores(&url, &text(&format!(" {good} ")), &text(good));
    }
    let bad = [
        "shop.example",
        "www.shop.example",
        "ftp://shop.example",
        "javascript:alert(1)",
        "https://",
        "https:///path",
        "https://?a",
        "https://shop.example:80a/",
        "https://user@shop.example",
        "https://user:word@shop.example",
        "https://shop.example\\@evil.example",
        "https://shop .example",
        "https://shop.example/a b",
        "https://shop.example/a\u{85}b",
        "//shop.example",
    ];
    for bad in bad {
        assert!(!is_web_address(bad), "{bad}");
        refuses(&url, &text(bad), FieldCode::Malformed);
    }
    refuses(&url, &text(&format!("https://shop.example/{}", "a".repeat(2000))), FieldCode::TooLong);
}

#[test]
fn host_names() {
    assert!(is_hostname(&["a".repeat(63), "example".to_owned()].join(".")));
    assert!(!is_hostname(&["a".repeat(64), "example".to_owned()].join(".")));
    let long = |labels: usize| vec!["abcdefghi"; labels].join(".");
    assert!(is_hostname(&long(25)) && !is_hostname(&long(26)));
}

#[test]
fn date() {
    let date = of_kind("date");
    stores(&date, &text(" 2026-03-31 "), &text("2026-03-31"));
    stores(&date, &text("2024-02-29"), &text("2024-02-29"));
    stores(&date, &text("1999-12-31"), &text("1999-12-31"));
    let bad = [
        "2026-02-29",
        "2026-13-01",
        "31.03.2026",
        "2026-03-31T00:00:00Z",
        "tomorrow",
        "0026-03-31",
        "12026-03-31",
        "+12026-03-31",
        "+262142-12-31",
        "-0001-01-01",
    ];
    for bad in bad {
        refuses(&date, &text(bad), FieldCode::Malformed);
    }
}

#[test]
fn date_time() {
    let moment = of_kind("date-time");
    stores(&moment, &text("2026-03-31T10:00:00+02:00"), &text("2026-03-31T08:00:00Z"));
    stores(&moment, &text(" 2026-03-31T10:00:00.999Z "), &text("2026-03-31T10:00:00Z"));
    let bad = [
        "2026-03-31",
        "2026-03-31T10:00:00",
        "2026-03-31T25:00:00Z",
        "10:00",
        "0026-03-31T10:00:00Z",
        "9999-12-31T23:59:59-23:00",
        "0000-01-01T00:00:00+23:00",
    ];
    for bad in bad {
        refuses(&moment, &text(bad), FieldCode::Malformed);
    }
}

#[test]
fn date_time_range() {
    let period = of_kind("date-time-range");
    stores(
        &period,
        &range("2026-03-31T10:00:00+02:00", "2026-03-31T10:00:00Z"),
        &range("2026-03-31T08:00:00Z", "2026-03-31T10:00:00Z"),
    );
    let ten = "2026-03-31T10:00:00Z";
    refuses(&period, &range(ten, ten), FieldCode::EndsBeforeStart);
    refuses(&period, &range(ten, "2026-03-31T11:00:00+02:00"), FieldCode::EndsBeforeStart);
    refuses(&period, &range(ten, "2026-03-31T10:00:00.9Z"), FieldCode::EndsBeforeStart);
    refuses(&period, &range(ten, ""), FieldCode::Malformed);
    refuses(&period, &range("", ten), FieldCode::Malformed);
}

#[test]
fn the_future_begins_now() {
    let future = |kind: &str| question(&format!("kind = \"{kind}\"\nfuture = true"));
    let day = future("date");
    stores(&day, &text("2026-03-02"), &text("2026-03-02"));
    refuses(&day, &text("2026-03-01"), FieldCode::NotInFuture);
    stores(&day, &text("9999-12-31"), &text("9999-12-31"));
    let moment = future("date-time");
    stores(&moment, &text("2026-03-02T13:30:01Z"), &text("2026-03-02T13:30:01Z"));
    refuses(&moment, &text("2026-03-02T13:30:00Z"), FieldCode::NotInFuture);
    refuses(&moment, &text("2026-03-02T13:30:00.9Z"), FieldCode::NotInFuture);
    let period = future("date-time-range");
    refuses(&period, &range("2026-03-02T13:00:00Z", "2026-03-03T13:00:00Z"), FieldCode::NotInFuture);
}

#[test]
fn lead_times_warn_or_block() {
    let asking = Asking { now: now(), environments: &[], partner: false };
    let lead = |days, effect| Some(LeadTime { days, effect, text: "Too soon.".to_owned() });
    for (given, short) in [("2026-03-04", true), ("2026-03-05", false), ("2026-03-06", false)] {
        let mut day = of_kind("date");
        day.lead_time = lead(3, Effect::Warn);
        stores(&day, &text(given), &text(given));
        assert_eq!(day.warning(&text(given), asking).is_some(), short, "{given}");
        day.lead_time = lead(3, Effect::Block);
        assert_eq!(ask(&day, &text(given), false) == Err(FieldCode::TooSoon), short, "{given}");
        assert_eq!(day.warning(&text(given), asking), None);
    }
    let mut period = of_kind("date-time-range");
    period.lead_time = lead(3, Effect::Block);
    refuses(&period, &range("2026-03-04T23:59:59Z", "2026-03-09T00:00:00Z"), FieldCode::TooSoon);
    period.lead_time = lead(u32::MAX, Effect::Warn);
    let answer = range("2026-03-05T00:00:00Z", "2026-03-09T00:00:00Z");
    assert!(period.warning(&answer, asking).is_some());
}

#[test]
fn number() {
    let plain = of_kind("number");
    stores(&plain, &Answer::Number(-2.5), &Answer::Number(-2.5));
    stores(&plain, &text(" 12.50 "), &Answer::Number(12.5));
    for bad in ["twelve", "1,5", "NaN", "inf", "1e999", "0x10", "12 %"] {
        refuses(&plain, &text(bad), FieldCode::Malformed);
    }
    refuses(&plain, &Answer::Number(f64::NAN), FieldCode::Malformed);
    refuses(&plain, &Answer::Number(f64::INFINITY), FieldCode::Malformed);
    let bounded = question("kind = \"number\"\nmin = 1\nmax = 10.5");
    stores(&bounded, &Answer::Number(1.0), &Answer::Number(1.0));
    stores(&bounded, &Answer::Number(10.5), &Answer::Number(10.5));
    refuses(&bounded, &Answer::Number(0.99), FieldCode::OutOfRange);
    refuses(&bounded, &text("11"), FieldCode::OutOfRange);
}

#[test]
fn phone() {
    let phone = of_kind("phone");
    for good in ["+49 30 1234567", "030/1234567", "(030) 12-34.56", "123456", "+123456789012345"] {
        stores(&phone, &text(&format!(" {good} ")), &text(good));
    }
    let bad = [
        "12345",
        "+1234567890123456",
        "00+49 30 1234567",
        "+49 30 CALL-ME-NOW",
        "+49 30 1234567 ext. 5",
        "+٤٩ ٣٠ ١٢٣٤٥٦",
        "1 2 3 4 5 6                                        7",
        "+",
    ];
    for bad in bad {
        refuses(&phone, &text(bad), FieldCode::Malformed);
    }
}

#[test]
fn cidr_list() {
    let ranges = of_kind("cidr-list");
    let given = [" 203.0.113.0/24 ", "", "10.0.0.1/32", "2001:0DB8:0::/32", "203.0.113.0/24"];
    stores(&ranges, &list(&given), &list(&["203.0.113.0/24", "10.0.0.1/32", "2001:db8::/32"]));
    stores(&ranges, &list(&["::1/128", "0:0:0:0:0:0:0:1/128"]), &list(&["::1/128"]));
    stores(&ranges, &list(&["0.0.0.0/0"]), &list(&["0.0.0.0/0"]));
    let bad = [
        "203.0.113.7",
        "203.0.113.0/33",
        "203.0.113.0/-1",
        "203.0.113.0/",
        "203.0.113.0/24/1",
        "203.0.113/24",
        "203.0.113.0/255.255.255.0",
        "2001:db8::/129",
        "203.0.113.0 / 24",
        "shop.example/24",
        "/24",
    ];
    for bad in bad {
        refuses(&ranges, &list(&["10.0.0.0/8", bad]), FieldCode::Malformed);
    }
}

#[test]
fn environment() {
    let environment = of_kind("environment");
    stores(&environment, &text("Load test"), &text("Load test"));
    for bad in ["Staging", "production", "Production "] {
        refuses(&environment, &text(bad), FieldCode::UnknownOption);
    }
}

#[test]
fn files_and_secrets_are_not_taken_yet() {
    for kind in ["file", "secret"] {
        refuses(&of_kind(kind), &text("anything"), FieldCode::Malformed);
    }
}

#[test]
fn yes_and_no_are_answers() {
    let mut yes_no = of_kind("yes-no");
    yes_no.required = true;
    stores(&yes_no, &Answer::Flag(true), &Answer::Flag(true));
    stores(&yes_no, &Answer::Flag(false), &Answer::Flag(false));
    let mut acknowledgement = of_kind("acknowledgement");
    acknowledgement.required = true;
    stores(&acknowledgement, &Answer::Flag(true), &Answer::Flag(true));
    refuses(&acknowledgement, &Answer::Flag(false), FieldCode::Required);
}

#[test]
fn a_very_long_list_is_refused_quickly() {
    let emails = of_kind("emails");
    let many = Answer::List((0..200_000).map(|n| format!("{n}@b.de")).collect());
    let started = std::time::Instant::now();
    refuses(&emails, &many, FieldCode::TooMany);
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
}

#[test]
fn answers_travel_as_they_are() {
    let table = [
        ("true", Answer::Flag(true)),
        ("12", Answer::Number(12.0)),
        ("\"12\"", text("12")),
        ("[\"a\"]", list(&["a"])),
        ("{\"from\":\"a\",\"to\":\"b\"}", range("a", "b")),
    ];
    for (json, answer) in table {
        assert_eq!(serde_json::from_str::<Answer>(json).unwrap(), answer);
        let back: Answer = serde_json::from_value(serde_json::to_value(&answer).unwrap()).unwrap();
        assert_eq!(back, answer);
    }
    for bad in ["null", "{}", "{\"from\":\"a\"}", "[1]", "[[]]", "{\"to\":1,\"from\":2}"] {
        assert!(serde_json::from_str::<Answer>(bad).is_err(), "{bad}");
    }
}

/// A type with the questions of `toml`, behind a subject.
fn case_type(toml: &str) -> Catalogue {
    let subject = "id = \"subject\"\nkind = \"text\"\nlabel = \"Subject\"\nrequired = true";
    let head = "id = \"it\"\ntitle = \"It\"\ndescription = \"It.\"\nicon = \"bug\"\nqueue = \"Support\"";
    let step = format!("[[types.steps]]\ntitle = \"A\"\n[[types.steps.questions]]\n{subject}");
    toml::from_str(&format!("id = \"one\"\n[[types]]\n{head}\n{step}\n{toml}")).unwrap()
}

fn mistakes(toml: &str) -> Vec<String> {
    case_type(toml).check().into_iter().map(|mistake| mistake.message).collect()
}

#[test]
fn patterns_are_regular_expressions_of_texts() {
    let with = |kind: &str, regex: &str, demand: &str| {
        mistakes(&format!(
            "[[types.steps.questions]]\nid = \"a\"\nlabel = \"A\"\nkind = \"{kind}\"
             pattern = {{ regex = '{regex}', demand = \"{demand}\" }}"
        ))
    };
    let deep = "(".repeat(30) + "a" + &")".repeat(30);
    for good in ["SO-[0-9]{6}", "a|b", "[a-z]{200}", &"a".repeat(200)] {
        assert!(with("text", good, "So.").is_empty(), "{good}");
    }
    for bad in [
        "[a-z",
        "a)|(b",
        "*",
        "(?=a)",
        r"(a)\1",
        "(?x)a # b",
        "",
        "((a{99}){99}){99}",
        &deep,
        &"a".repeat(201),
    ] {
        assert_eq!(with("text", bad, "So.").len(), 1, "{bad}");
    }
    assert_eq!(with("text", "a", " ").len(), 1, "demands nothing");
    for kind in ["long-text", "email", "number"] {
        assert_eq!(with(kind, "a", "So."), ["this kind has no pattern"]);
    }
}

#[test]
fn conditions_compare_only_what_is_stored_as_it_is_typed() {
    let second = |kind: &str, when: &str| {
        mistakes(&format!(
            "[[types.steps.questions]]\nid = \"a\"\nlabel = \"A\"\nkind = \"{kind}\"
             [[types.steps.questions]]\nid = \"b\"\nlabel = \"B\"\nkind = \"text\"\nwhen = {{ {when} }}"
        ))
    };
    assert!(second("yes-no", "question = \"a\", is = \"yes\"").is_empty());
    assert!(second("environment", "question = \"a\", is = \"Production\"").is_empty());
    for kind in ["text", "number", "email", "emails", "date", "cidr-list"] {
        assert!(second(kind, "answered = \"a\"").is_empty(), "{kind}");
        assert_eq!(second(kind, "question = \"a\", is = \"1\"").len(), 1, "{kind}");
    }
    assert_eq!(second("text", "answered = \"b\"").len(), 1, "looks at itself");
    assert_eq!(second("text", "not = { any = [{ answered = \"c\" }] }").len(), 1, "looks at nothing");
}

#[test]
fn conditions_hold_when_they_should() {
    let answers = Answers::from([
        ("one".to_owned(), text("a")),
        ("many".to_owned(), list(&["a", "b"])),
        ("yes".to_owned(), Answer::Flag(true)),
        ("no".to_owned(), Answer::Flag(false)),
        ("blank".to_owned(), text(" ")),
    ]);
    let holds = |toml: &str| {
        let condition: BTreeMap<String, Condition> = toml::from_str(&format!("when = {toml}")).unwrap();
        condition["when"].holds(&answers)
    };
    let (true_, false_) = ("{ question = \"one\", is = \"a\" }", "{ question = \"one\", is = \"b\" }");
    for good in [
        true_,
        "{ question = \"many\", is = \"b\" }",
        "{ question = \"yes\", is = \"yes\" }",
        "{ question = \"no\", is = \"no\" }",
        "{ question = \"one\", one-of = [\"b\", \"a\"] }",
        "{ question = \"many\", one-of = [\"c\", \"b\"] }",
        "{ answered = \"one\" }",
        "{ answered = \"no\" }",
        "{ all = [] }",
        &format!("{{ all = [{true_}, {true_}] }}"),
        &format!("{{ any = [{false_}, {true_}] }}"),
        &format!("{{ not = {false_} }}"),
        &format!("{{ not = {{ all = [{true_}, {{ any = [{false_}, {false_}] }}] }} }}"),
    ] {
        assert!(holds(good), "{good}");
    }
    for bad in [
        false_,
        "{ question = \"many\", is = \"c\" }",
        "{ question = \"yes\", is = \"no\" }",
        "{ question = \"absent\", is = \"a\" }",
        "{ question = \"one\", one-of = [\"b\", \"c\"] }",
        "{ question = \"one\", one-of = [] }",
        "{ answered = \"absent\" }",
        "{ answered = \"blank\" }",
        "{ any = [] }",
        &format!("{{ all = [{true_}, {false_}] }}"),
        &format!("{{ any = [{false_}, {false_}] }}"),
        &format!("{{ not = {true_} }}"),
    ] {
        assert!(!holds(bad), "{bad}");
    }
}

#[test]
fn the_last_step_is_always_asked() {
    let step = |when: &str| {
        format!(
            "[[types.steps]]\ntitle = \"B\"\n{when}
             [[types.steps.questions]]\nid = \"b\"\nlabel = \"B\"\nkind = \"text\""
        )
    };
    assert!(mistakes(&step("")).is_empty());
    assert_eq!(mistakes(&step("when = { answered = \"subject\" }")).len(), 1);
}

#[test]
fn a_hidden_answer_shows_no_notice() {
    let catalogue = case_type(
        "[[types.steps.questions]]\nid = \"a\"\nlabel = \"A\"\nkind = \"yes-no\"
         [[types.steps.questions]]\nid = \"b\"\nlabel = \"B\"\nkind = \"yes-no\"\nwhen = { question = \"a\", is = \"yes\" }
         [[types.notices]]\ntext = \"Mind B.\"\nwhen = { question = \"b\", is = \"yes\" }",
    );
    let case_type: &CaseType = &catalogue.types[0];
    let answers =
        |a: bool| Answers::from([("a".to_owned(), Answer::Flag(a)), ("b".to_owned(), Answer::Flag(true))]);
    assert_eq!(case_type.notices(&answers(true)).count(), 1);
    assert_eq!(case_type.notices(&answers(false)).count(), 0);
}
