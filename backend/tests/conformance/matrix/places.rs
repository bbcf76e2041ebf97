//! Ids beside the path: in queries and in bodies, what is not theirs is like what is not there.

use std::collections::BTreeSet;

use casement_backend::http::openapi;
use contract::Action;
use reqwest::{Method, header};
use serde_json::{Value, json};
use uuid::Uuid;

use super::world::{Who, World};
use crate::harness::{Client, Draft, fresh_key};

/// Parameters of queries that take ids among other things. Those of lists that are opaque
/// hold none: a place in an order, within what one sees.
const NAMES: [&str; 5] = ["filed_by", "number", "organisation", "requester", "watcher"];

/// The places of the document, as `POST /cases body /follows`.
fn places() -> BTreeSet<String> {
    let document = serde_json::to_value(openapi::document()).expect("JSON");
    let mut places = BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        let path = path.strip_prefix("/api/v1").expect("below /api/v1");
        for (method, operation) in item.as_object().expect("operations") {
            let operation_name = format!("{} {path}", method.to_uppercase());
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let name = parameter["name"].as_str().expect("a name");
                let takes = NAMES.contains(&name) || !ids(&document, &parameter["schema"], "").is_empty();
                if parameter["in"] == "query" && takes {
                    places.insert(format!("{operation_name} query {name}"));
                }
            }
            let contents = operation["requestBody"]["content"].as_object();
            for (_, content) in contents.into_iter().flatten() {
                for place in ids(&document, &content["schema"], "") {
                    places.insert(format!("{operation_name} body {place}"));
                }
            }
        }
    }
    places
}

/// Where in a schema ids stand.
fn ids(document: &Value, schema: &Value, at: &str) -> Vec<String> {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().expect("a name");
        if name == "CaseNumber" {
            return vec![at.to_owned()];
        }
        return ids(document, &document["components"]["schemas"][name], at);
    }
    if schema["format"] == "uuid" {
        return vec![at.to_owned()];
    }
    let either = ["oneOf", "anyOf", "allOf"].into_iter().filter_map(|key| schema[key].as_array()).flatten();
    let mut found: Vec<_> = either.flat_map(|one| ids(document, one, at)).collect();
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        found.extend(ids(document, property, &format!("{at}/{name}")));
    }
    if schema["items"].is_object() {
        found.extend(ids(document, &schema["items"], &format!("{at}/*")));
    }
    found
}

/// A place, who asks there, and a request with `{id}` where the id stands: once an id of
/// Acme's, once none.
struct Place {
    place: &'static str,
    who: Who,
    path: String,
    body: Value,
    theirs: String,
}

impl Place {
    fn of(
        place: &'static str,
        who: Who,
        path: impl Into<String>,
        body: Value,
        theirs: &impl ToString,
    ) -> Self {
        Self { place, who, path: path.into(), body, theirs: theirs.to_string() }
    }

    fn absent(&self) -> String {
        match self.theirs.strip_prefix("CS-") {
            Some(_) => "CS-004711".to_owned(),
            None => Uuid::now_v7().to_string(),
        }
    }

    /// What is answered, with the id itself made the same.
    async fn ask(&self, client: &Client, id: &str) -> (u16, String) {
        let method =
            self.place.split(' ').next().and_then(|word| word.parse::<Method>().ok()).expect("a method");
        let request = client.request(method.clone(), &self.path.replace("{id}", id));
        let request = request.header("idempotency-key", fresh_key()).header(header::IF_MATCH, "\"1\"");
        let request = match method {
            Method::GET => request,
            _ => {
                let body = self.body.to_string().replace("{id}", id);
                request.header("content-type", "application/json").body(body)
            }
        };
        let (status, _, body) = client.send(request).await.face();
        (status, body.replace(id, "{id}"))
    }
}

/// Compares them all.
pub async fn look(world: World) {
    let all = made(&world).await;
    let known: BTreeSet<_> = all.iter().map(|place| place.place.to_owned()).collect();
    assert_eq!(known, places(), "every place an id can stand is looked at");
    for place in all {
        let client = world.client(place.who).await;
        let theirs = place.ask(&client, &place.theirs).await;
        let absent = place.ask(&client, &place.absent()).await;
        assert_eq!(theirs, absent, "{}", place.place);
        assert_ne!(theirs.0, 400, "{}: {}", place.place, theirs.1);
    }
}

async fn made(world: &World) -> Vec<Place> {
    use Who::{OtherAdministrator, Stranger};
    let (acme, nordwerk) = (world.portal.people.acme, world.portal.people.nordwerk);
    let jana = world.client(Who::Customer).await;
    let stranger = world.client(Stranger).await;
    let me = jana.session().await.person.id;
    let closed = jana.file(&Draft::problem("A closed case")).await.summary.number;
    jana.act(&closed.to_string(), Action::Close, None).await;
    let case = jana.file(&Draft::problem("A case of Acme’s")).await.summary.number;
    world.client(Who::Colleague).await.reply(&case.to_string(), "Something to be told of").await;
    let told = jana.get("/notifications").await.ok::<Value>()["items"][0]["id"].clone();
    let told = told.as_str().expect("a notification").to_owned();
    let done = jana.get("/audit").await;
    assert_eq!(done.status, 403);
    let own = stranger.file(&Draft::problem("A case of Nordwerk’s")).await.summary.number;
    let upload = jana.begin("t.txt", 4).await;
    jana.append(upload, 0, b"text").await.expect(204);
    let draft = |part: Value| {
        let mut draft = serde_json::to_value(Draft::problem("A case of Nordwerk’s")).expect("JSON");
        draft.as_object_mut().expect("an object").extend(part.as_object().expect("an object").clone());
        draft
    };
    let message = json!({ "body": "With a file", "attachments": ["{id}"] });
    let close = json!({ "action": "close", "message": "With a file", "attachments": ["{id}"] });
    let of_case = |rest: &str| format!("/cases/{own}/{rest}");
    let nothing = Value::Null;
    vec![
        Place::of("GET /cases query requester", Stranger, "/cases?requester={id}", nothing.clone(), &me),
        Place::of("GET /cases query filed_by", Stranger, "/cases?filed_by={id}", nothing.clone(), &me),
        Place::of("GET /cases query watcher", Stranger, "/cases?watcher={id}", nothing.clone(), &me),
        Place::of(
            "GET /cases/snippets query number",
            Stranger,
            "/cases/snippets?q=case&number={id}",
            nothing.clone(),
            &case,
        ),
        Place::of(
            "GET /overview query organisation",
            OtherAdministrator,
            "/overview?organisation={id}",
            nothing.clone(),
            &acme,
        ),
        Place::of(
            "GET /notifications query cursor",
            Stranger,
            "/notifications?cursor={id}",
            nothing.clone(),
            &told.clone(),
        ),
        Place::of("GET /audit query cursor", Stranger, "/audit?cursor={id}", nothing.clone(), &me),
        Place::of(
            "GET /organisations/{id}/audit query cursor",
            OtherAdministrator,
            format!("/organisations/{nordwerk}/audit?cursor={{id}}"),
            nothing,
            &me,
        ),
        Place::of(
            "POST /cases body /organisation",
            Stranger,
            "/cases",
            draft(json!({ "organisation": "{id}" })),
            &acme,
        ),
        Place::of(
            "POST /cases body /requester",
            OtherAdministrator,
            "/cases",
            draft(json!({ "requester": "{id}" })),
            &me,
        ),
        Place::of(
            "POST /cases body /follows",
            Stranger,
            "/cases",
            draft(json!({ "follows": "{id}" })),
            &closed,
        ),
        Place::of(
            "POST /cases body /attachments/*",
            Stranger,
            "/cases",
            draft(json!({ "attachments": ["{id}"] })),
            &upload,
        ),
        Place::of(
            "POST /cases/bulk body /numbers/*",
            Stranger,
            "/cases/bulk",
            json!({ "numbers": ["{id}"], "do": "close" }),
            &case,
        ),
        Place::of(
            "POST /cases/{number}/messages body /attachments/*",
            Stranger,
            of_case("messages"),
            message.clone(),
            &upload,
        ),
        Place::of(
            "POST /cases/{number}/preview body /attachments/*",
            Stranger,
            of_case("preview"),
            message,
            &upload,
        ),
        Place::of(
            "POST /cases/{number}/actions body /attachments/*",
            Stranger,
            of_case("actions"),
            close,
            &upload,
        ),
        Place::of(
            "PUT /notifications/marks/{mark} body /ids/*",
            Stranger,
            format!("/notifications/marks/{}", Uuid::now_v7()),
            json!({ "ids": ["{id}"] }),
            &told,
        ),
        Place::of(
            "POST /organisations/{id}/members/{person}/handover body /to",
            OtherAdministrator,
            format!("/organisations/{nordwerk}/members/{}/handover", stranger.session().await.person.id),
            json!({ "to": "{id}" }),
            &me,
        ),
    ]
}
