//! Partners: they ask, are approved or declined, and the end of it is the end at once.

use chrono::TimeDelta;
use contract::{
    Page, ProblemCode,
    audit::{Act, AuditEntry},
    field::FieldCode,
    limits::PARTNERSHIPS_ASKED_MAX,
    live::LiveEvent,
    member::Members,
    partnership::AskedPartnership,
    people::MembershipRole,
};
use serde_json::json;

use crate::harness::{Client, Draft, Portal, PostOffice, on_both, postman};

on_both!(
    a_partner_asks_and_is_approved,
    a_partner_asks_and_is_declined,
    whether_there_is_an_organisation_is_not_told,
    what_was_asked_is_taken_back,
    nobody_asks_without_end,
    a_partner_leaves,
    the_end_is_the_end_at_once,
    only_administrators_decide_about_their_own,
);

async fn ask(client: &Client, organisation: &str) -> Vec<AskedPartnership> {
    let wish = json!({ "organisation": organisation, "note": "We host it." });
    client.put("/account/partnerships", &wish).await.ok()
}

async fn members(client: &Client, portal: &Portal) -> Members {
    client.get(&format!("/organisations/{}/members", portal.people.acme)).await.ok()
}

/// Who works for nobody yet and asks to work for Acme; the path to answer that.
async fn asked(portal: &Portal) -> (Client, String) {
    let nils = portal.sign_in("nobody@nowhere.test").await;
    ask(&nils, "acme").await;
    let [request] = members(&portal.administrator().await, portal).await.requests.try_into().expect("one");
    assert_eq!((request.person.name.as_str(), request.note.as_str()), ("Nils Holm", "We host it."));
    (nils, format!("/organisations/{}/partnerships/{}", portal.people.acme, request.id))
}

/// To whom mails went, and their subjects.
async fn mailed(portal: &Portal) -> Vec<(String, String)> {
    let (office, url) = PostOffice::open().await;
    postman(portal, &url, TimeDelta::zero()).round().await.expect("a round");
    office.take().into_iter().map(|mail| (mail.to.join(","), mail.header("Subject"))).collect()
}

async fn acts(portal: &Portal) -> Vec<Act> {
    let path = format!("/organisations/{}/audit", portal.people.acme);
    let page: Page<AuditEntry> = portal.administrator().await.get(&path).await.ok();
    page.items.into_iter().map(|entry| entry.act).collect()
}

async fn a_partner_asks_and_is_approved(portal: Portal) {
    let (nils, path) = asked(&portal).await;
    let administrator = portal.administrator().await;
    let told = ("admin@acme.test".to_owned(), "Nils Holm asks to work for you".to_owned());
    assert_eq!(mailed(&portal).await, [told]);
    let mut stream = nils.listen(None).await;
    stream.next().await;
    administrator.post(&path, &json!({ "approve": true })).await.expect(204);
    // Their pages learn of it, and they see and file from now on.
    assert_eq!(stream.next().await.event, LiveEvent::Reload);
    let session = nils.session().await;
    assert_eq!(session.memberships[0].role, MembershipRole::Partner);
    nils.file(&Draft::problem("A partner’s case")).await;
    assert!(ask_list(&nils).await.is_empty());
    administrator.post(&path, &json!({ "approve": true })).await.problem(ProblemCode::NotFound);
    assert_eq!(acts(&portal).await, [Act::PartnershipApproved, Act::PartnershipAsked]);
    let told = ("nobody@nowhere.test".to_owned(), "You work for Acme".to_owned());
    assert!(mailed(&portal).await.contains(&told));
}

async fn ask_list(client: &Client) -> Vec<AskedPartnership> {
    client.get("/account/partnerships").await.ok()
}

async fn a_partner_asks_and_is_declined(portal: Portal) {
    let (nils, path) = asked(&portal).await;
    mailed(&portal).await;
    portal.administrator().await.post(&path, &json!({ "approve": false })).await.expect(204);
    assert!(nils.session().await.memberships.is_empty());
    assert!(ask_list(&nils).await.is_empty());
    let told = ("nobody@nowhere.test".to_owned(), "You do not work for Acme".to_owned());
    assert_eq!(mailed(&portal).await, [told]);
    assert_eq!(acts(&portal).await, [Act::PartnershipDeclined, Act::PartnershipAsked]);
}

async fn whether_there_is_an_organisation_is_not_told(portal: Portal) {
    let nils = portal.sign_in("nobody@nowhere.test").await;
    let real = nils.put("/account/partnerships", &json!({ "organisation": "ACME" })).await.expect(200);
    let real: Vec<AskedPartnership> = real.json();
    let both = ask(&nils, "No such company").await;
    assert_eq!(both.len(), 2);
    assert_eq!(both[0], real[0]);
    assert_eq!(both[1].organisation, "No such company");
    // Only what is there was told of.
    assert_eq!(mailed(&portal).await.len(), 1);
    let empty = nils.put("/account/partnerships", &json!({ "organisation": " " })).await;
    assert!(empty.problem(ProblemCode::InvalidFields).error_at("/organisation").is_some());
    // Who belongs there knows that it is there.
    let customer =
        portal.customer().await.put("/account/partnerships", &json!({ "organisation": "Acme" })).await;
    let error = customer.problem(ProblemCode::InvalidFields);
    assert_eq!(error.error_at("/organisation").map(|error| error.code), Some(FieldCode::Conflict));
    let analyst =
        portal.analyst().await.put("/account/partnerships", &json!({ "organisation": "Acme" })).await;
    analyst.problem(ProblemCode::Forbidden);
}

async fn what_was_asked_is_taken_back(portal: Portal) {
    let (nils, path) = asked(&portal).await;
    // Asking again is no second request.
    assert_eq!(ask(&nils, "Acme").await.len(), 1);
    let id = ask_list(&nils).await[0].id;
    portal
        .customer()
        .await
        .delete(&format!("/account/partnerships/{id}"))
        .await
        .problem(ProblemCode::NotFound);
    nils.delete(&format!("/account/partnerships/{id}")).await.expect(204);
    nils.delete(&format!("/account/partnerships/{id}")).await.problem(ProblemCode::NotFound);
    let administrator = portal.administrator().await;
    administrator.post(&path, &json!({ "approve": true })).await.problem(ProblemCode::NotFound);
    assert!(members(&administrator, &portal).await.requests.is_empty());
}

async fn nobody_asks_without_end(portal: Portal) {
    let nils = portal.sign_in("nobody@nowhere.test").await;
    for number in 0..PARTNERSHIPS_ASKED_MAX {
        ask(&nils, &format!("Company {number}")).await;
    }
    let one_more = nils.put("/account/partnerships", &json!({ "organisation": "One more" })).await;
    let error = one_more.problem(ProblemCode::InvalidFields);
    assert_eq!(error.error_at("/organisation").map(|error| error.code), Some(FieldCode::Conflict));
    assert_eq!(ask(&nils, "company 0").await.len(), PARTNERSHIPS_ASKED_MAX);
}

async fn a_partner_leaves(portal: Portal) {
    let (acme, nordwerk) = (portal.people.acme, portal.people.nordwerk);
    let partner = portal.partner().await;
    let path = |organisation| format!("/account/memberships/{organisation}");
    portal.customer().await.delete(&path(acme)).await.problem(ProblemCode::Forbidden);
    portal.customer().await.delete(&path(nordwerk)).await.problem(ProblemCode::NotFound);
    partner.delete(&path(acme)).await.expect(204);
    partner.delete(&path(acme)).await.problem(ProblemCode::NotFound);
    assert_eq!(partner.session().await.memberships.len(), 1);
    // With nobody left to work for, they still sign in, and ask again.
    partner.delete(&path(nordwerk)).await.expect(204);
    assert!(portal.partner().await.session().await.memberships.is_empty());
    assert_eq!(ask(&partner, "Acme").await.len(), 1);
    assert_eq!(acts(&portal).await, [Act::PartnershipAsked, Act::PartnershipLeft]);
}

async fn the_end_is_the_end_at_once(portal: Portal) {
    let administrator = portal.administrator().await;
    let partner = portal.partner().await;
    let case = partner.file(&Draft::problem("A partner’s case").of(portal.people.acme)).await;
    let number = case.summary.number.to_string();
    let mut stream = partner.listen(None).await;
    stream.next().await;
    let id = partner.session().await.person.id;
    let path = format!("/organisations/{}/members/{id}", portal.people.acme);
    administrator.patch(&path, &json!({ "change": "deactivate" })).await.expect(200);
    assert_eq!(stream.next().await.event, LiveEvent::Reload);
    // Even what they filed themselves is not there any more, and nothing of it is told.
    partner.get(&format!("/cases/{number}")).await.problem(ProblemCode::NotFound);
    partner.try_reply(&number, "Hello?").await.problem(ProblemCode::NotFound);
    assert!(partner.find("partner").await.is_empty());
    portal.customer().await.reply(&number, "They are gone").await;
    let elsewhere = partner.file(&Draft::problem("Nordwerk’s case")).await;
    assert_eq!(stream.next().await.number(), elsewhere.summary.number.to_string());
}

async fn only_administrators_decide_about_their_own(portal: Portal) {
    let (_, path) = asked(&portal).await;
    let approve = json!({ "approve": true });
    for member in [portal.customer().await, portal.partner().await] {
        member.post(&path, &approve).await.problem(ProblemCode::Forbidden);
    }
    for stranger in [portal.stranger().await, portal.analyst().await] {
        stranger.post(&path, &approve).await.problem(ProblemCode::NotFound);
    }
    let id = path.rsplit('/').next().expect("an id");
    let elsewhere = format!("/organisations/{}/partnerships/{id}", portal.people.nordwerk);
    portal
        .sql(
            "UPDATE memberships SET role = 'administrator' WHERE person_id = (SELECT id FROM people \
                WHERE email = 'user@nordwerk.test')",
            [],
        )
        .await;
    portal.stranger().await.post(&elsewhere, &approve).await.problem(ProblemCode::NotFound);
    assert_eq!(members(&portal.administrator().await, &portal).await.requests.len(), 1);
}
