//! Who may do what: every operation of the OpenAPI document as everybody who might ask for it.
//! What is not theirs answers like what is not there, to the letter.

mod places;
mod rows;
mod world;

use casement_backend::http::openapi;
use reqwest::Method;

use self::{
    rows::{COLUMNS, ROWS},
    world::{Asked, Who, World},
};
use crate::harness::{Portal, on_both};

on_both!(everybody_gets_the_expected_answer, every_place_of_an_id_is_looked_at,);

/// The operations of the document, as `GET /cases/{number}`.
fn operations() -> Vec<String> {
    let document = serde_json::to_value(openapi::document()).expect("JSON");
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for method in item.as_object().expect("operations").keys() {
            let method = method.to_uppercase();
            if method.parse::<Method>().is_ok() && method != "PARAMETERS" {
                all.push(format!("{method} {}", path.strip_prefix("/api/v1").expect("below /api/v1")));
            }
        }
    }
    all.sort();
    all
}

async fn everybody_gets_the_expected_answer(portal: Portal) {
    let mut rows: Vec<_> = ROWS.iter().map(|row| row.operation.to_owned()).collect();
    rows.sort();
    assert_eq!(rows, operations(), "every operation has its row, and every row its operation");
    let world = World::new(portal).await;
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for row in ROWS {
        let mut answered = Vec::new();
        for who in Who::ALL {
            let Asked { theirs, absent } = world.ask(who, row).await;
            answered.push(theirs.status.to_string());
            if let Some(absent) = absent {
                assert_eq!(theirs.face(), absent.face(), "{who:?} {}", row.operation);
                compared += 1;
            }
        }
        let answered = answered.join(" ");
        if answered != row.expected {
            wrong.push(format!("{}\n    expected {}\n    answered {answered}", row.operation, row.expected));
        }
    }
    assert!(wrong.is_empty(), "{COLUMNS}\n{}", wrong.join("\n"));
    assert!(compared > 100, "only {compared} were compared");
}

async fn every_place_of_an_id_is_looked_at(portal: Portal) {
    places::look(World::new(portal).await).await;
}
