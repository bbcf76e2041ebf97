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
