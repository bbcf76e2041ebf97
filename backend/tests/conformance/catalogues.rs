//! Catalogue files: what is told of mistakes in them.

use std::{fs, path::Path};

use casement_backend::catalogue;

use crate::command_line::run;

/// Mistakes of nearly every sort.
pub const WITH_MISTAKES: &str = include_str!("mistakes/catalogue.toml");

/// What is told of a catalogue, without the file's name.
fn told(text: &str) -> String {
    match catalogue::read("it", text) {
        Ok(_) => String::new(),
        Err(error) => {
            error.to_string().lines().map(|line| line.trim_start_matches("it:").to_owned() + "\n").collect()
        }
    }
}

#[tokio::test]
async fn shipped_ones_have_no_mistakes() {
    for name in ["spryker", "spryker-v6", "tickets"] {
        let (success, told) = run(&["catalogue", "check", name]).await;
        assert!(success && told.contains("no mistakes"), "{told}");
    }
}

#[test]
fn every_mistake_is_told_with_its_line() {
    let expected = include_str!("mistakes/catalogue.txt");
    assert_eq!(told(WITH_MISTAKES), expected);
    assert!(expected.lines().count() > 42);
}

#[tokio::test]
async fn check_and_serve_name_the_same_mistakes() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("catalogue.toml").display().to_string();
    let data = folder.path().join("data").display().to_string();
    fs::write(&file, WITH_MISTAKES).expect("it is written");
    let (success, checked) = run(&["catalogue", "check", &file]).await;
    assert!(!success && checked.starts_with(&format!("{file}:3: id: ")), "{checked}");
    let (success, served) = run(&["serve", "--data", &data, "--port", "0", "--catalogue", &file]).await;
    assert!(!success);
    assert_eq!(served, checked);
    assert!(!Path::new(&data).exists(), "it was started half-way");
    let (success, told) = run(&["catalogue", "check", "/absent.toml"]).await;
    assert!(!success && told.contains("/absent.toml"), "{told}");
}

#[test]
fn what_cannot_be_read_hides_only_itself() {
    let good = include_str!("mistakes/good.toml");
    for (from, to, expected) in [
        (r#"id = "tickets""#, "id =", "6: there is nothing after the =; write a value, a text in quotes"),
        (
            r#"id = "tickets""#,
            r#"id "tickets""#,
            r#"6: key with no value, expected `=`; write key = "value""#,
        ),
        (
            r#"kind = "long-text""#,
            "kind = long-text",
            r#"38: “long-text” is not in quotes; write "long-text", or true, false or a number without quotes"#,
        ),
        (
            r#"icon = "ticket""#,
            r#"icon = "ticket"#,
            r#"23: invalid basic string, expected `"`; write the text in "quotes", on one line"#,
        ),
        ("[[types]]", "[[types]", "19: unclosed array table, expected `]`; close the bracket"),
        (
            "min_length = 3",
            r#"options = [{ value = "a""#,
            "36: a bracket that is opened is not closed; close each [ with ] and each { with }",
        ),
        (
            "max_length = 100",
            "max_length = 5_000_000_000",
            "17: closing.internal-reference.max_length: this is the number 5000000000, not a whole number from 0 to 4294967295; write digits only, without quotes",
        ),
        (
            r#"id = "subject""#,
            "",
            "29: types.ticket.steps[0].questions[0]: “id” is missing; add it: stable id, unique within the type: letters, digits and hyphens",
        ),
        (
            r#"kind = "text""#,
            r#"kind = "line""#,
            "14: closing.internal-reference.kind: “line” is not known here; use one of text, long-text, choice, choices, email, emails, url, date, date-time, date-time-range, number, phone, cidr-list, environment, file, secret, yes-no, acknowledgement",
        ),
        (
            r#"tone = "warning""#,
            "when = { answered = 5 }",
            r#"9: notices[0].when.answered: this is the number 5, not a text; write it in "quotes""#,
        ),
        (
            "min_length = 3",
            r#"min_length = 3
when = { all = [{ any = [] }, { answered = "x", is = "y" }] }"#,
            "35: types.ticket.steps[0].subject.when.all[1]: answered and is do not go together; write one of: question and is; question and one-of; answered; all; any; not",
        ),
    ] {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good, "{from}");
        assert_eq!(told(&bad), format!("{expected}\n1 mistake.\n"), "{to}");
    }
}

#[test]
fn an_open_bracket_hides_what_stands_below() {
    let open = WITH_MISTAKES.replacen("    { value = \"shop\", titel = \"The shop again\" },\n]\n", "", 1);
    let expected = r#"42: “yes” is not in quotes; write "yes", or true, false or a number without quotes
46: a bracket that is opened is not closed; close each [ with ] and each { with }
2 mistakes.
"#;
    assert_eq!(told(&open), expected);
}

#[test]
fn any_part_of_a_file_is_taken_or_told() {
    let lines: Vec<_> = WITH_MISTAKES.lines().collect();
    for gap in 0..lines.len() {
        let text = [&lines[..gap], &lines[gap + 1..]].concat().join("\n");
        assert!(told(&text).contains("mistake"), "without line {}", gap + 1);
        let cut = lines[..gap].join("\n") + lines[gap].get(..lines[gap].len() / 2).unwrap_or_default();
        assert!(told(&cut).contains("mistake"), "up to line {}", gap + 1);
    }
}
