//! The schema of catalogue files: what it lets pass is what the program reads.

use std::{fs, path::Path};

use casement_backend::catalogue::{self, schema};
use jsonschema::Validator;
use serde_json::Value;

use crate::catalogues::WITH_MISTAKES;

const TICKETS: &str = include_str!("../../../catalogues/tickets.toml");

fn validator() -> Validator {
    let schema = schema::schema().expect("JSON");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    jsonschema::meta::validate(&schema).expect("a schema");
    jsonschema::draft202012::new(&schema).expect("a schema whose references lead somewhere")
}

fn mistakes(validator: &Validator, text: &str) -> Vec<String> {
    let catalogue: Value = toml::from_str(text).expect("TOML");
    let told = |error: jsonschema::ValidationError<'_>| format!("{}: {error}", error.instance_path());
    validator.iter_errors(&catalogue).map(told).collect()
}

#[test]
fn the_committed_schema_is_the_present_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/catalogue.schema.json");
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == schema::as_text().expect("JSON"),
        "out of date: cargo run -p casement-backend -- catalogue schema > docs/catalogue.schema.json"
    );
}

#[test]
fn shipped_ones_have_the_form() {
    let validator = validator();
    for (name, text) in catalogue::BUILT_IN {
        assert_eq!(mistakes(&validator, text), [""; 0], "{name}");
        assert!(text.starts_with("#:schema ../docs/catalogue.schema.json\n"), "{name}");
    }
}

#[test]
fn one_with_mistakes_has_not() {
    let readable = WITH_MISTAKES
        .replace("required = yes", "required = \"yes\"")
        .replace("title = \"Ask a question\"\n", "");
    let found = mistakes(&validator(), &readable);
    for place in ["/notices/0/tone", "/types/0/icon", "/types/0/steps/0/questions/0/kind"] {
        assert!(found.iter().any(|told| told.starts_with(&format!("{place}:"))), "{place}: {found:#?}");
    }
    assert!(found.len() > 10, "{found:#?}");
}

/// Whether the program finds a mistake of form decides, not what else it finds.
#[test]
fn schema_and_types_agree() {
    let validator = validator();
    for (line, good) in [
        ("when = { question = \"a\", is = \"b\" }", true),
        ("when = { question = \"a\", one-of = [\"b\"] }", true),
        ("when = { answered = \"a\" }", true),
        ("when = { not = { any = [{ all = [{ answered = \"a\" }] }] } }", true),
        ("when = { question = \"a\", one_of = [\"b\"] }", false),
        ("when = { question = \"a\" }", false),
        ("when = { question = \"a\", is = \"b\", answered = \"c\" }", false),
        ("when = { all = { answered = \"a\" } }", false),
        ("when = { not = { any = [{ all = [{ answers = \"a\" }] }] } }", false),
        ("when = {}", false),
        ("pattern = { regex = \"a\", demand = \"An a.\" }", true),
        ("pattern = { regex = \"a\" }", false),
        ("pattern = \"a\"", false),
        ("lead_time = { days = 3, effect = \"block\", text = \"Too soon.\" }", true),
        ("lead_time = { days = 3, effect = \"stop\", text = \"Too soon.\" }", false),
        ("lead_time = { days = 2.5, effect = \"warn\", text = \"Too soon.\" }", false),
        ("min = 1", true),
        ("min = 1.5", true),
        ("min = \"1\"", false),
        ("max_length = 10", true),
        ("max_length = -10", false),
        ("format = \"hostname\"", true),
        ("format = \"host\"", false),
        ("future = 1", false),
        ("colour = \"red\"", false),
    ] {
        let text = TICKETS.replacen("min_length = 3", line, 1);
        assert_ne!(text, TICKETS);
        assert_eq!(mistakes(&validator, &text).is_empty(), good, "schema: {line}");
        let read = toml::from_str::<contract::catalogue::Catalogue>(&text);
        assert_eq!(read.is_ok(), good, "types: {line}: {read:?}");
    }
}
