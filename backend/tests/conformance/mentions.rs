//! Who is on a case, and is mentioned there.

use contract::{
    Action, Entry, ProblemCode,
    markdown::{Block, Inline},
    people::OnCase,
    thread::Content,
};
use serde_json::json;

use crate::harness::{Client, Draft, Portal, on_both};

on_both!(
    whoever_is_on_the_case_can_be_mentioned,
    customers_do_not_learn_who_only_wrote_notes,
    people_who_left_are_not_offered,
    names_become_mentions_when_they_are_stored,
);

/// Who is on a case, in the eyes of somebody.
async fn people(client: &Client, number: &str) -> Vec<String> {
    let people: Vec<OnCase> = client.get(&format!("/cases/{number}/people")).await.ok();
    people
        .into_iter()
        .map(|known| known.person.name + if known.only_in_notes { " (notes)" } else { "" })
        .collect()
}

/// Who is mentioned in a message.
fn mentioned(entry: &Entry) -> Vec<String> {
    let Content::Message { body, .. } = &entry.content else { panic!("no message: {entry:?}") };
    let [Block::Paragraph { children }] = &body[..] else { panic!("no single paragraph: {body:?}") };
    let names = children.iter().filter_map(|inline| match inline {
        Inline::Mention { person } => Some(person.name.clone()),
        _ => None,
    });
    names.collect()
}

async fn whoever_is_on_the_case_can_be_mentioned(portal: Portal) {
    let (customer, administrator) = (portal.customer().await, portal.administrator().await);
    let requester = customer.session().await.person.id;
    let draft =
        Draft::problem("With several people").with("watchers", json!(["partner@agency.test", "a@b.example"]));
    let mut body = serde_json::to_value(&draft).expect("JSON");
    body["requester"] = json!(requester);
    administrator.post("/cases", &body).await.expect(201);
    let all = ["Jana Vogel", "Mireille Castan", "Tobias Lindqvist"];
    assert_eq!(people(&customer, "CS-000001").await, all);
    // Who writes or does something there is on it.
    portal.colleague().await.reply("CS-000001", "Me, too").await;
    portal.analyst().await.act("CS-000001", Action::PickUp, None).await;
    let all = ["Emre Aydın", "Jana Vogel", "Mireille Castan", "Ruth Okafor", "Tobias Lindqvist"];
    for client in [&customer, &administrator, &portal.partner().await, &portal.analyst().await] {
        assert_eq!(people(client, "CS-000001").await, all);
    }
    portal.stranger().await.get("/cases/CS-000001/people").await.problem(ProblemCode::NotFound);
    portal.anonymous().get("/cases/CS-000001/people").await.problem(ProblemCode::SignInRequired);
}

async fn customers_do_not_learn_who_only_wrote_notes(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    let second = portal.sign_in("second@support.test").await;
    customer.file(&Draft::problem("Support talks")).await;
    second.try_note("CS-000001", "Let me think").await.expect(201);
    assert_eq!(people(&customer, "CS-000001").await, ["Jana Vogel"]);
    assert_eq!(people(&analyst, "CS-000001").await, ["Ivo Marek (notes)", "Jana Vogel"]);
    // In a note he can be mentioned, in a reply only his name is written.
    let note: Entry = analyst.try_note("CS-000001", "@Ivo Marek, and?").await.expect(201).json();
    assert_eq!(mentioned(&note), ["Ivo Marek"]);
    let reply = analyst.reply("CS-000001", "@Ivo Marek knows, @Jana Vogel").await;
    assert_eq!(mentioned(&reply), ["Jana Vogel"]);
    let guess = customer.reply("CS-000001", "Is @Ivo Marek there?").await;
    assert!(mentioned(&guess).is_empty());
    second.reply("CS-000001", "Here I am").await;
    assert_eq!(people(&customer, "CS-000001").await, ["Ivo Marek", "Jana Vogel", "Ruth Okafor"]);
}

async fn people_who_left_are_not_offered(portal: Portal) {
    let customer = portal.customer().await;
    customer.file(&Draft::problem("Who is still here")).await;
    portal.colleague().await.reply("CS-000001", "Me, too").await;
    portal.sql("UPDATE people SET active = FALSE WHERE email = 'colleague@acme.test'", []).await;
    assert_eq!(people(&customer, "CS-000001").await, ["Jana Vogel"]);
    assert!(mentioned(&customer.reply("CS-000001", "Where is @Emre Aydın?").await).is_empty());
}

async fn names_become_mentions_when_they_are_stored(portal: Portal) {
    let (customer, analyst) = (portal.customer().await, portal.analyst().await);
    customer.file(&Draft::problem("Spoken to")).await;
    for (text, names) in [
        ("@Jana Vogel, look", vec!["Jana Vogel"]),
        ("Look, @Jana Vogel!", vec!["Jana Vogel"]),
        ("@jana vogel", vec![]),
        ("`@Jana Vogel`", vec![]),
        ("mail@Jana Vogel", vec![]),
        ("@Sabine Brüggemann", vec![]),
        ("\\@Jana Vogel", vec!["Jana Vogel"]),
    ] {
        let entry = analyst.reply("CS-000001", text).await;
        assert_eq!(mentioned(&entry), names, "{text}");
        assert_eq!(customer.timeline("CS-000001").await.last(), Some(&entry));
    }
    // With an action, too.
    analyst.act("CS-000001", Action::ProposeSolution, Some("@Jana Vogel: update it")).await;
    let timeline = customer.timeline("CS-000001").await;
    let solution = timeline.iter().rfind(|entry| matches!(entry.content, Content::Message { .. }));
    assert_eq!(solution.map(mentioned), Some(vec!["Jana Vogel".to_owned()]));
}
