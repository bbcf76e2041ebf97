//! The catalogues that are shipped: each can be read and has no mistakes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

mod shipped;

use contract::{
    Impact,
    catalogue::{Audience, Catalogue, Effect, ICONS, Kind, Receipt, reserved},
};
use shipped::{catalogue, shipped, written};

#[test]
fn every_catalogue_is_without_mistakes() {
    for (name, catalogue) in written() {
        let mistakes = catalogue.check();
        assert!(mistakes.is_empty(), "{name}: {mistakes:#?}");
        assert_eq!(format!("{}.toml", catalogue.id), name);
    }
}

#[test]
fn the_catalogues_have_the_types_they_should() {
    let ids = |name| catalogue(name).types.into_iter().map(|case_type| case_type.id).collect::<Vec<_>>();
    let spryker = [
        "problem",
        "question",
        "alumio",
        "change-request",
        "ci",
        "go-live",
        "acp",
        "services",
        "upgrader",
        "high-traffic",
        "emergency",
    ];
    assert_eq!(ids("spryker"), spryker);
    assert_eq!(ids("spryker-v6"), ["request", "problem", "emergency", "hosting-change-request"]);
    assert_eq!(ids("tickets"), ["ticket"]);
    assert_eq!(shipped().len(), 3);
}

#[test]
fn every_icon_is_in_the_sprite() {
    let (sprite, names) = (include_str!("../../index.html"), include_str!("../../ui/src/icon.rs"));
    for icon in ICONS {
        assert!(sprite.contains(&format!("id=\"i-{icon}\"")), "{icon} is not drawn");
        assert!(names.contains(&format!("= \"{icon}\",")), "{icon} cannot be named");
    }
}

#[test]
fn closing_questions_are_always_asked() {
    for (name, catalogue) in shipped() {
        for case_type in catalogue.types.iter().filter(|case_type| case_type.deflection.is_none()) {
            let last = case_type.steps.last().unwrap();
            assert!(last.when.is_none(), "{name}, {}: the last step has a condition", case_type.id);
            assert!(last.questions.iter().any(|question| question.id == reserved::INTERNAL_REFERENCE));
        }
    }
}

#[test]
fn only_customers_may_ask_for_environments_and_monitoring() {
    for (name, id) in [("spryker", "change-request"), ("spryker-v6", "hosting-change-request")] {
        let catalogue = catalogue(name);
        let case_type = catalogue.case_type(id).unwrap();
        let change = case_type.questions().find(|question| question.id == "change").unwrap();
        let customers: Vec<_> = change
            .options
            .iter()
            .filter(|option| option.audience == Audience::Customers)
            .map(|option| option.value.as_str())
            .collect();
        assert_eq!(customers, ["new-environment", "monitoring"]);
    }
}

#[test]
fn queues_and_receipts_are_as_the_domain_says() {
    let catalogue = catalogue("spryker");
    let facts: Vec<_> =
        catalogue.types.iter().map(|t| (t.id.as_str(), t.queue.as_str(), t.receipt)).collect();
    let expected = [
        ("problem", "Support", Receipt::Case),
        ("question", "Community", Receipt::Case),
        ("alumio", "Alumio", Receipt::Case),
        ("change-request", "DevOps", Receipt::ChangeRequest),
        ("ci", "CI", Receipt::Case),
        ("go-live", "Customer Success", Receipt::Case),
        ("acp", "ACP", Receipt::Case),
        ("services", "Services", Receipt::Case),
        ("upgrader", "Upgrader", Receipt::Case),
        ("high-traffic", "DevOps", Receipt::Case),
        ("emergency", "Emergency", Receipt::Emergency),
    ];
    assert_eq!(facts, expected);
}

#[test]
fn an_emergency_is_urgent_acknowledged_and_has_no_desired_date() {
    for name in ["spryker", "spryker-v6"] {
        let catalogue = catalogue(name);
        let emergency = catalogue.case_type("emergency").unwrap();
        assert_eq!(emergency.impact, Some(Impact::P1));
        assert!(emergency.questions().all(|question| question.id != reserved::DESIRED_DATE));
        for kind in [Kind::Acknowledgement, Kind::Phone] {
            assert!(emergency.questions().any(|question| question.kind == kind && question.required));
        }
    }
}

#[test]
fn lead_times_warn() {
    let catalogue = catalogue("spryker");
    for (id, question, days) in [("go-live", "go-live-at", 56), ("high-traffic", "period", 3)] {
        let question = catalogue.case_type(id).unwrap().questions().find(|q| q.id == question).unwrap();
        let lead_time = question.lead_time.as_ref().unwrap();
        assert_eq!((lead_time.days, lead_time.effect), (days, Effect::Warn));
    }
}

#[test]
fn a_question_files_no_case_and_keeps_what_was_typed() {
    let catalogue = catalogue("spryker");
    let asking = catalogue.case_type("question").unwrap();
    let onward = catalogue.case_type(&asking.deflection.as_ref().unwrap().leads_to).unwrap();
    for question in asking.questions() {
        let kept = onward.questions().any(|other| other.id == question.id && other.kind == question.kind);
        assert!(kept, "{} has nowhere to go", question.id);
    }
}

#[test]
fn a_misspelt_key_is_refused() {
    let good = shipped::source("tickets");
    for bad in [
        good.replace("help =", "hint ="),
        good.replace("queue =", "que ="),
        good.replace("kind = \"text\"", "kind = \"line\""),
        format!("{good}\nwhen = {{ question = \"subject\", equals = \"x\" }}\n"),
        format!("{good}\nwhen = {{ question = \"subject\", is = \"x\", also = \"y\" }}\n"),
    ] {
        assert_ne!(bad, good);
        assert!(toml::from_str::<Catalogue>(&bad).is_err(), "taken: {bad}");
    }
}

/// What the check says of the shortest catalogue, changed.
fn told(from: &str, to: &str) -> Vec<String> {
    let good = shipped::source("tickets");
    let changed = good.replacen(from, to, 1);
    assert_ne!(changed, good, "{from}");
    let catalogue: Catalogue = toml::from_str(&changed).unwrap();
    catalogue.check().iter().map(|mistake| format!("{}: {}", mistake.place, mistake.message)).collect()
}

#[test]
fn a_closing_question_is_checked_once_however_many_types_ask_it() {
    let second = "[[types]]\nid = \"second\"\ntitle = \"B\"\ndescription = \"B.\"\nicon = \"bug\"\nqueue = \"B\"
        steps = [{ title = \"B\", questions = [{ id = \"subject\", kind = \"text\", label = \"S\", required = true }] }]
        [[types]]";
    assert_eq!(told("[[types]]", second), [""; 0]);
    let closing = |when: &str| {
        told(
            "[[types]]",
            &format!("[[closing]]\nid = \"more\"\nkind = \"date\"\nlabel = \"M\"\nmin = 1\n{when}\n{second}"),
        )
    };
    assert_eq!(closing(""), ["closing.more.min: this kind has no range"]);
    assert_eq!(closing("when = { answered = \"subject\" }").len(), 1);
    let of_one_type = closing("when = { answered = \"description\" }");
    let expected = "closing.more.when: the condition names “description”, which is not asked before";
    assert_eq!(of_one_type, ["closing.more.min: this kind has no range", expected]);
}

#[test]
fn closing_questions_and_a_types_own_do_not_mix() {
    let expected =
        "types.ticket.steps[0].internal-reference.id: “internal-reference” is also a closing question";
    let own = |more: &str| {
        let question = "{ id = \"internal-reference\", kind = \"text\", label = \"R\" }";
        let subject = "{ id = \"subject\", kind = \"text\", label = \"S\", required = true }";
        let steps = format!("steps = [{{ title = \"A\", questions = [{subject}, {question}] }}]\n[[types]]");
        let head = "id = \"own\"\ntitle = \"A\"\ndescription = \"A.\"\nicon = \"bug\"\nqueue = \"A\"";
        told("[[types]]", &format!("[[types]]\n{head}\n{more}\n{steps}"))
    };
    assert_eq!(own(""), [expected.replace("ticket", "own")]);
    assert_eq!(own("without = [\"internal-reference\"]"), [""; 0]);
    let misspelt = "types.ticket.without[0]: there is no closing question “internal-refrence”";
    assert_eq!(told("queue =", "without = [\"internal-refrence\"]\nqueue ="), [misspelt]);
}
