//! A catalogue file that changes while the program runs.

use std::{fs, time::Duration};

use contract::{SurveyState, catalogue::Catalogue, field::FieldCode};
use serde_json::json;
use tokio::time::{sleep, timeout};

use crate::harness::{Client, Draft, PASSWORD, Portal, Program, answers, on_both};

on_both!(a_changed_file_is_taken_a_bad_one_is_not);

/// How long a change may take to be seen.
const PATIENCE: Duration = Duration::from_secs(20);

const FILE: &str = r#"id = "own"
[[types]]
id = "request"
title = "Ask for something"
description = "Anything."
icon = "ticket"
queue = "Support"
[[types.steps]]
title = "Your request"
questions = [{ id = "subject", kind = "text", label = "Subject", required = true }]
"#;

async fn catalogue(client: &Client) -> Catalogue {
    client.get("/catalogue").await.expect(200).json()
}

/// The first catalogue that is not of `version`.
async fn next(client: &Client, version: &str) -> Catalogue {
    let changed = async {
        loop {
            let catalogue = catalogue(client).await;
            if catalogue.version != version {
                return catalogue;
            }
            sleep(Duration::from_millis(100)).await;
        }
    };
    timeout(PATIENCE, changed).await.expect("the change is seen in time")
}

async fn a_changed_file_is_taken_a_bad_one_is_not(portal: Portal) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("own.toml");
    let write = |text: &str| fs::write(&file, text).expect("it is written");
    write(FILE);
    let mut flags = portal.place.flags().to_vec();
    flags.extend(["--catalogue".to_owned(), file.display().to_string()]);
    let program = Program::serve(&flags).await;
    let mut client = Client::anonymous(&program.base);
    client.try_sign_in("customer@acme.test", PASSWORD).await.expect(201);
    let request = |subject: &str| Draft {
        type_id: "request".to_owned(),
        organisation: None,
        answers: answers(json!({ "subject": subject })),
    };
    let first = catalogue(&client).await;
    let old = client.file(&request("Before the change")).await;

    assert_eq!(old.survey, SurveyState::Open);

    // One more question, which must be answered, and no survey any more.
    let question = r#"{ id = "floor", kind = "number", label = "Which floor?", required = true },"#;
    let changed = FILE.replace("queue = \"Support\"", "queue = \"Support\"\nsurvey = false");
    write(&changed.replace("questions = [", &format!("questions = [{question} ")));
    let second = next(&client, &first.version).await;
    let mistakes = client.post("/cases", &request("After the change")).await;
    let mistakes = mistakes.problem(contract::ProblemCode::InvalidFields);
    assert_eq!(mistakes.error_at("/answers/floor").map(|error| error.code), Some(FieldCode::Required));
    let new = client.file(&request("After the change").with("floor", 3)).await;
    assert_eq!((new.submission.len(), new.survey), (2, SurveyState::None));
    // A case keeps what it was asked, and which catalogue asked it.
    let versions = "SELECT COUNT(DISTINCT catalogue_version) AS value FROM cases";
    assert_eq!(portal.number(versions).await, 2);
    assert_eq!(client.case("CS-000001").await.submission, old.submission);

    // A bad file changes nothing; once it is good again, it is taken.
    write(&FILE.replace("kind = \"text\"", "kind = \"tetx\""));
    let told = async {
        while !program.log().contains("tetx") {
            sleep(Duration::from_millis(100)).await;
        }
    };
    timeout(PATIENCE, told).await.expect("the mistake is told in time");
    assert_eq!(catalogue(&client).await, second);
    client.file(&request("While it is bad").with("floor", 4)).await;
    write(FILE);
    assert_eq!(next(&client, &second.version).await, first);
}
