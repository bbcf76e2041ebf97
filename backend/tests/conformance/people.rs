//! An organisation's people: invited, promoted, deactivated and handed over from.

use chrono::TimeDelta;
use contract::{
    Action, CaseNumber, Page, ProblemCode,
    audit::{Act, AuditEntry},
    field::FieldCode,
    member::{HandedOver, Invitation, InvitedTo, Member, MemberChange, Members},
    people::{MembershipRole, Session},
    thread::Content,
};
use serde_json::json;

use crate::harness::{Answer, Client, Draft, PASSWORD, Portal, PostOffice, on_both, postman};

on_both!(
    members_are_listed_to_administrators,
    an_invitation_lets_somebody_in_once,
    an_invitation_grows_old_and_is_sent_again,
    a_withdrawn_invitation_lets_nobody_in,
    whoever_has_an_account_only_accepts,
    nobody_is_invited_who_belongs_already,
    there_are_no_more_people_than_seats,
    one_administrator_stays,
    an_administrator_is_made_and_unmade,
    the_deactivated_are_out_at_once,
    whoever_belongs_elsewhere_stays_there,
    open_cases_are_handed_over,
    cases_are_handed_to_colleagues_only,
    an_organisation_sets_who_sees_its_cases,
    some_watch_every_new_case,
    administrators_read_what_was_done,
    the_audit_log_cannot_be_changed,
    those_who_lead_support_read_all_of_it,
);

fn at(portal: &Portal, rest: &str) -> String {
    format!("/organisations/{}{rest}", portal.people.acme)
}

async fn members(client: &Client, portal: &Portal) -> Members {
    client.get(&at(portal, "/members")).await.ok()
}

async fn member(client: &Client, portal: &Portal, email: &str) -> Member {
    let found = members(client, portal).await.members.into_iter().find(|member| member.email == email);
    found.expect("a member")
}

async fn change(client: &Client, portal: &Portal, email: &str, change: MemberChange) -> Answer {
    let person = member(&portal.administrator().await, portal, email).await.person.id;
    client.patch(&at(portal, &format!("/members/{person}")), &json!({ "change": change })).await
}

async fn invite(client: &Client, portal: &Portal, emails: &[&str], role: &str) -> Answer {
    client.post(&at(portal, "/invitations"), &json!({ "emails": emails, "role": role })).await
}

/// Invites, and reads the token from the mail.
async fn invited(portal: &Portal, email: &str) -> String {
    invite(&portal.administrator().await, portal, &[email], "user").await.expect(201);
    mailed(portal).await
}

async fn mailed(portal: &Portal) -> String {
    let (office, url) = PostOffice::open().await;
    postman(portal, &url, TimeDelta::zero()).round().await.expect("a round");
    let mails = office.take();
    let [mail] = mails.as_slice() else { panic!("one mail: {mails:?}") };
    mail.token("invitation")
}

fn path(token: &str) -> String {
    format!("/invitations/{token}")
}

fn joining() -> serde_json::Value {
    json!({ "name": "Ada Byron", "password": PASSWORD })
}

async fn audit(portal: &Portal) -> Vec<AuditEntry> {
    let page: Page<AuditEntry> = portal.administrator().await.get(&at(portal, "/audit")).await.ok();
    page.items
}

async fn acts(portal: &Portal) -> Vec<Act> {
    audit(portal).await.into_iter().map(|entry| entry.act).collect()
}

async fn members_are_listed_to_administrators(portal: Portal) {
    portal.customer().await.file(&Draft::problem("My own case")).await;
    let administrator = portal.administrator().await;
    let Members { members: known, invitations, seats, .. } = members(&administrator, &portal).await;
    let told: Vec<_> =
        known.iter().map(|one| (one.person.name.as_str(), one.role, one.active, one.open_cases)).collect();
    assert_eq!(
        told,
        [
            ("Emre Aydın", MembershipRole::User, true, 0),
            ("Jana Vogel", MembershipRole::User, true, 1),
            ("Mireille Castan", MembershipRole::Partner, true, 0),
            ("Tobias Lindqvist", MembershipRole::Administrator, true, 0),
        ]
    );
    assert_eq!(known.iter().map(|one| one.seen.is_some()).collect::<Vec<_>>(), [false, true, false, true]);
    assert_eq!((invitations.len(), seats.used, seats.allowed), (0, 3, None));
    for rest in ["/members", "/policy", "/audit"] {
        let path = at(&portal, rest);
        for member in [portal.customer().await, portal.partner().await] {
            member.get(&path).await.problem(ProblemCode::Forbidden);
        }
        for stranger in [portal.stranger().await, portal.analyst().await] {
            stranger.get(&path).await.problem(ProblemCode::NotFound);
        }
        portal.anonymous().get(&path).await.problem(ProblemCode::SignInRequired);
    }
}

async fn an_invitation_lets_somebody_in_once(portal: Portal) {
    let token = invited(&portal, "Ada@Acme.test").await;
    let stored = "SELECT COUNT(*) AS value FROM account_mails";
    assert_eq!(portal.number(stored).await, 0, "only a hash stays");
    let mut ada = portal.anonymous();
    let to: InvitedTo = ada.get(&path(&token)).await.ok();
    let expected = InvitedTo {
        organisation: "Acme".to_owned(),
        by: "Tobias Lindqvist".to_owned(),
        role: MembershipRole::User,
        email: "ada@acme.test".to_owned(),
        account: false,
    };
    assert_eq!(to, expected);
    let wrong = ada.post(&path(&token), &json!({ "name": " ", "password": "short" })).await;
    assert_eq!(wrong.problem(ProblemCode::InvalidFields).errors.len(), 2);
    let other = portal.anonymous();
    let (path_of, body) = (path(&token), joining());
    let (first, second) = tokio::join!(ada.post(&path_of, &body), other.post(&path_of, &body));
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 404]);
    ada.get(&path(&token)).await.problem(ProblemCode::NotFound);
    let session: Session = ada.try_sign_in("ada@acme.test", PASSWORD).await.expect(201).json();
    assert_eq!(session.memberships[0].role, MembershipRole::User);
    ada.file(&Draft::problem("My first case")).await;
    let administrator = portal.administrator().await;
    assert_eq!(member(&administrator, &portal, "ada@acme.test").await.open_cases, 1);
    assert!(members(&administrator, &portal).await.invitations.is_empty());
    assert_eq!(acts(&portal).await, [Act::Joined, Act::Invited]);
}

async fn an_invitation_grows_old_and_is_sent_again(portal: Portal) {
    let token = invited(&portal, "ada@acme.test").await;
    let later = portal.later(TimeDelta::days(8)).await;
    let anybody = Client::anonymous(&later.base);
    anybody.get(&path(&token)).await.problem(ProblemCode::NotFound);
    anybody.post(&path(&token), &joining()).await.problem(ProblemCode::NotFound);
    let administrator = portal.administrator().await;
    let [invitation] = members(&administrator, &portal).await.invitations.try_into().expect("one");
    let Invitation { id, .. } = invitation;
    let again = at(&portal, &format!("/invitations/{id}"));
    portal.customer().await.post(&again, &json!({})).await.problem(ProblemCode::Forbidden);
    portal.stranger().await.post(&again, &json!({})).await.problem(ProblemCode::NotFound);
    administrator.post(&again, &json!({})).await.expect(204);
    let second = mailed(&portal).await;
    portal.anonymous().get(&path(&token)).await.problem(ProblemCode::NotFound);
    portal.anonymous().get(&path(&second)).await.expect(200);
    // Inviting anew does the same, and the invitation stays one.
    let third = invited(&portal, "ada@acme.test").await;
    portal.anonymous().get(&path(&second)).await.problem(ProblemCode::NotFound);
    portal.anonymous().post(&path(&third), &joining()).await.expect(204);
    assert!(members(&administrator, &portal).await.invitations.is_empty());
}

async fn a_withdrawn_invitation_lets_nobody_in(portal: Portal) {
    let token = invited(&portal, "ada@acme.test").await;
    let administrator = portal.administrator().await;
    let id = members(&administrator, &portal).await.invitations[0].id;
    let path_of = at(&portal, &format!("/invitations/{id}"));
    portal.customer().await.delete(&path_of).await.problem(ProblemCode::Forbidden);
    portal.stranger().await.delete(&path_of).await.problem(ProblemCode::NotFound);
    // Nor is it found in another organisation.
    let elsewhere = format!("/organisations/{}/invitations/{id}", portal.people.nordwerk);
    administrator.delete(&elsewhere).await.problem(ProblemCode::NotFound);
    administrator.delete(&path_of).await.expect(204);
    administrator.delete(&path_of).await.problem(ProblemCode::NotFound);
    portal.anonymous().post(&path(&token), &joining()).await.problem(ProblemCode::NotFound);
    assert_eq!(acts(&portal).await, [Act::InvitationWithdrawn, Act::Invited]);
}

async fn whoever_has_an_account_only_accepts(portal: Portal) {
    let token = invited(&portal, "user@nordwerk.test").await;
    let to: InvitedTo = portal.anonymous().get(&path(&token)).await.ok();
    assert!(to.account);
    portal.anonymous().post(&path(&token), &json!({})).await.expect(204);
    // With the same password as before, and what came with the request is not kept.
    let session = portal.stranger().await.session().await;
    assert_eq!(session.person.name, "Sabine Brüggemann");
    let names: Vec<_> = session.memberships.iter().map(|one| one.organisation.name.as_str()).collect();
    assert_eq!(names, ["Acme", "Nordwerk"]);
}

async fn nobody_is_invited_who_belongs_already(portal: Portal) {
    let administrator = portal.administrator().await;
    change(&administrator, &portal, "colleague@acme.test", MemberChange::Deactivate).await.expect(200);
    let emails = [
        "new@acme.test",
        "NEW@acme.test",
        "customer@acme.test",
        "colleague@acme.test",
        "analyst@support.test",
    ];
    let problem = invite(&administrator, &portal, &emails, "user").await.problem(ProblemCode::InvalidFields);
    let places: Vec<_> = problem.errors.iter().map(|error| (error.pointer.as_str(), error.code)).collect();
    assert_eq!(places, ["/emails/2", "/emails/3", "/emails/4"].map(|place| (place, FieldCode::Conflict)));
    assert!(members(&administrator, &portal).await.invitations.is_empty(), "all of them or nobody");
    for (emails, pointer) in [(vec![], "/emails"), (vec!["a@acme.test", "no address"], "/emails/1")] {
        let problem =
            invite(&administrator, &portal, &emails, "user").await.problem(ProblemCode::InvalidFields);
        assert!(problem.error_at(pointer).is_some(), "{problem:?}");
    }
    invite(&portal.customer().await, &portal, &["a@acme.test"], "user").await.problem(ProblemCode::Forbidden);
    invite(&portal.stranger().await, &portal, &["a@acme.test"], "user").await.problem(ProblemCode::NotFound);
}

async fn there_are_no_more_people_than_seats(portal: Portal) {
    let organisation = portal.people.acme.to_string();
    portal.sql("UPDATE organisations SET seats = 5 WHERE id = $1", [organisation.into()]).await;
    let administrator = portal.administrator().await;
    let full = |answer: Answer, pointer: &str| {
        let problem = answer.problem(ProblemCode::InvalidFields);
        assert_eq!(problem.error_at(pointer).map(|error| error.code), Some(FieldCode::Conflict));
    };
    full(invite(&administrator, &portal, &["a@a.test", "b@a.test", "c@a.test"], "user").await, "/emails");
    invite(&administrator, &portal, &["a@a.test", "b@a.test"], "user").await.expect(201);
    // Who is invited already takes no second seat, and a partner takes none.
    invite(&administrator, &portal, &["a@a.test", "b@a.test"], "administrator").await.expect(201);
    invite(&administrator, &portal, &["p@agency.test"], "partner").await.expect(201);
    full(invite(&administrator, &portal, &["c@a.test"], "user").await, "/emails");
    assert_eq!(members(&administrator, &portal).await.seats.used, 5);
    change(&administrator, &portal, "customer@acme.test", MemberChange::Deactivate).await.expect(200);
    invite(&administrator, &portal, &["c@a.test"], "user").await.expect(201);
    full(change(&administrator, &portal, "customer@acme.test", MemberChange::Reactivate).await, "/change");
}

async fn one_administrator_stays(portal: Portal) {
    let administrator = portal.administrator().await;
    for gone in [MemberChange::Demote, MemberChange::Deactivate] {
        let problem = change(&administrator, &portal, "admin@acme.test", gone).await;
        let problem = problem.problem(ProblemCode::InvalidFields);
        assert_eq!(problem.error_at("/change").map(|error| error.code), Some(FieldCode::Conflict));
    }
    change(&administrator, &portal, "customer@acme.test", MemberChange::Promote).await.expect(200);
    let customer = portal.customer().await;
    change(&customer, &portal, "admin@acme.test", MemberChange::Demote).await.expect(200);
    administrator.get(&at(&portal, "/members")).await.problem(ProblemCode::Forbidden);
}

async fn an_administrator_is_made_and_unmade(portal: Portal) {
    let (administrator, customer) = (portal.administrator().await, portal.customer().await);
    for client in [&customer, &portal.partner().await] {
        let refused = change(client, &portal, "colleague@acme.test", MemberChange::Promote).await;
        refused.problem(ProblemCode::Forbidden);
    }
    let stranger = portal.stranger().await;
    let refused = change(&stranger, &portal, "colleague@acme.test", MemberChange::Promote).await;
    refused.problem(ProblemCode::NotFound);
    let nobody = at(&portal, &format!("/members/{}", stranger.session().await.person.id));
    administrator.patch(&nobody, &json!({ "change": "promote" })).await.problem(ProblemCode::NotFound);
    let promoted: Member =
        change(&administrator, &portal, "customer@acme.test", MemberChange::Promote).await.ok();
    assert_eq!(promoted.role, MembershipRole::Administrator);
    customer.get(&at(&portal, "/members")).await.expect(200);
    for wrong in [MemberChange::Promote, MemberChange::Reactivate] {
        let again = change(&administrator, &portal, "customer@acme.test", wrong).await;
        again.problem(ProblemCode::InvalidFields);
    }
    let partner = change(&administrator, &portal, "partner@agency.test", MemberChange::Promote).await;
    partner.problem(ProblemCode::InvalidFields);
    change(&administrator, &portal, "customer@acme.test", MemberChange::Demote).await.expect(200);
    customer.get(&at(&portal, "/members")).await.problem(ProblemCode::Forbidden);
    assert_eq!(acts(&portal).await, [Act::Demoted, Act::Promoted]);
}

async fn the_deactivated_are_out_at_once(portal: Portal) {
    let (administrator, customer) = (portal.administrator().await, portal.customer().await);
    let case = customer.file(&Draft::problem("My own case")).await.summary.number.to_string();
    let mut stream = customer.listen(None).await;
    stream.next().await;
    change(&administrator, &portal, "customer@acme.test", MemberChange::Deactivate).await.expect(200);
    stream.end().await;
    customer.get("/session").await.problem(ProblemCode::SignInRequired);
    customer.try_reply(&case, "Am I still here?").await.problem(ProblemCode::SignInRequired);
    let mut again = portal.anonymous();
    again.try_sign_in("customer@acme.test", PASSWORD).await.problem(ProblemCode::WrongCredentials);
    // The case stays, and whose it was.
    assert_eq!(administrator.case(&case).await.summary.requester.name, "Jana Vogel");
    let left = member(&administrator, &portal, "customer@acme.test").await;
    assert!(!left.active && left.open_cases == 1);
    // Nobody finds them to file for, or to watch.
    let found = administrator.get(&at(&portal, "/people?q=jana")).await.expect(200);
    assert_eq!(found.body, "[]");
    let back: Member =
        change(&administrator, &portal, "customer@acme.test", MemberChange::Reactivate).await.ok();
    assert_eq!((back.active, back.role), (true, MembershipRole::User));
    again.try_sign_in("customer@acme.test", PASSWORD).await.expect(201);
    again.reply(&case, "I am back").await;
}

async fn whoever_belongs_elsewhere_stays_there(portal: Portal) {
    let (administrator, partner) = (portal.administrator().await, portal.partner().await);
    let case = portal.customer().await.file(&Draft::problem("Acme’s")).await.summary.number.to_string();
    partner.get(&format!("/cases/{case}")).await.expect(200);
    change(&administrator, &portal, "partner@agency.test", MemberChange::Deactivate).await.expect(200);
    partner.get(&format!("/cases/{case}")).await.problem(ProblemCode::NotFound);
    assert!(partner.cases("").await.items.is_empty());
    let names: Vec<_> =
        partner.session().await.memberships.into_iter().map(|one| one.organisation.name).collect();
    assert_eq!(names, ["Nordwerk"]);
    partner.file(&Draft::problem("Nordwerk’s")).await;
    let refused = partner.post("/cases", &Draft::problem("Acme’s").of(portal.people.acme)).await;
    assert!(refused.problem(ProblemCode::InvalidFields).error_at("/organisation").is_some());
}

async fn open_cases_are_handed_over(portal: Portal) {
    let (administrator, customer) = (portal.administrator().await, portal.customer().await);
    let colleague = portal.colleague().await;
    let mut numbers = Vec::new();
    for subject in ["Case one", "Case two", "Case three"] {
        numbers.push(customer.file(&Draft::problem(subject)).await.summary.number.to_string());
    }
    customer.act(&numbers[2], Action::Close, None).await;
    let (from, to) = (customer.session().await.person.id, colleague.session().await.person.id);
    change(&administrator, &portal, "customer@acme.test", MemberChange::Deactivate).await.expect(200);
    let handover = at(&portal, &format!("/members/{from}/handover"));
    let done: HandedOver = administrator.post(&handover, &json!({ "to": to })).await.ok();
    assert_eq!(done.cases, 2);
    for number in &numbers[..2] {
        let case = colleague.case(number).await;
        assert_eq!((case.summary.requester.id, case.filer.id), (to, from));
        let last = colleague.timeline(number).await.pop().expect("an entry");
        assert!(matches!(&last.content, Content::RequesterChanged { to: person } if person.id == to));
        assert_eq!(last.author.name, "Tobias Lindqvist");
    }
    assert_eq!(colleague.case(&numbers[2]).await.summary.requester.id, from);
    let told = colleague.get("/notifications/unread").await.expect(200);
    assert_eq!(told.json::<serde_json::Value>()["unread"], 2);
    let again: HandedOver = administrator.post(&handover, &json!({ "to": to })).await.ok();
    assert_eq!(again.cases, 0);
    let entries = audit(&portal).await;
    assert_eq!((entries[0].act, entries[0].count), (Act::HandedOver, Some(2)));
    assert_eq!(entries[0].other.as_ref().map(|person| person.id), Some(to));
    assert_eq!(entries.len(), 2);
}

async fn cases_are_handed_to_colleagues_only(portal: Portal) {
    let administrator = portal.administrator().await;
    let customer = portal.customer().await.session().await.person.id;
    portal.customer().await.file(&Draft::problem("My own case")).await;
    let handover = at(&portal, &format!("/members/{customer}/handover"));
    for other in
        [portal.partner().await, portal.stranger().await, portal.analyst().await, portal.customer().await]
    {
        let to = other.session().await.person.id;
        let problem = administrator.post(&handover, &json!({ "to": to })).await;
        assert!(problem.problem(ProblemCode::InvalidFields).error_at("/to").is_some());
        let refused = other.post(&handover, &json!({ "to": to })).await;
        assert!([403, 404].contains(&refused.status), "{refused:?}");
    }
    let stranger = portal.stranger().await.session().await.person.id;
    let theirs = at(&portal, &format!("/members/{stranger}/handover"));
    administrator.post(&theirs, &json!({ "to": customer })).await.problem(ProblemCode::NotFound);
}

async fn an_organisation_sets_who_sees_its_cases(portal: Portal) {
    let (administrator, colleague) = (portal.administrator().await, portal.colleague().await);
    let case = portal.customer().await.file(&Draft::problem("My own case")).await.summary.number.to_string();
    let policy = at(&portal, "/policy");
    colleague.get(&format!("/cases/{case}")).await.expect(200);
    let own = json!({ "visibility": "own", "default_watchers": [] });
    colleague.put(&policy, &own).await.problem(ProblemCode::Forbidden);
    portal.stranger().await.put(&policy, &own).await.problem(ProblemCode::NotFound);
    administrator.put(&policy, &own).await.expect(200);
    colleague.get(&format!("/cases/{case}")).await.problem(ProblemCode::NotFound);
    administrator.get(&format!("/cases/{case}")).await.expect(200);
    // The same once more is no change that somebody would look for.
    administrator.put(&policy, &own).await.expect(200);
    assert_eq!(acts(&portal).await, [Act::VisibilityChanged]);
}

async fn some_watch_every_new_case(portal: Portal) {
    let (administrator, customer) = (portal.administrator().await, portal.customer().await);
    let policy = |watchers: &[&str]| json!({ "visibility": "organisation", "default_watchers": watchers });
    let problem = administrator.put(&at(&portal, "/policy"), &policy(&["ops@acme.test", "nobody"])).await;
    assert!(problem.problem(ProblemCode::InvalidFields).error_at("/default_watchers/1").is_some());
    let set = policy(&["Ops@Acme.test", "colleague@acme.test", "ops@acme.test"]);
    administrator.put(&at(&portal, "/policy"), &set).await.expect(200);
    let draft = Draft::problem("Watched").with("watchers", json!(["ops@acme.test", "else@acme.test"]));
    let number = customer.file(&draft).await.summary.number.to_string();
    let mut watchers: Vec<_> =
        customer.case(&number).await.watchers.iter().map(|watcher| watcher.label().to_owned()).collect();
    watchers.sort();
    assert_eq!(watchers, ["Emre Aydın", "else@acme.test", "ops@acme.test"]);
    assert_eq!(acts(&portal).await, [Act::DefaultWatchersChanged]);
}

async fn administrators_read_what_was_done(portal: Portal) {
    let administrator = portal.administrator().await;
    let customer = portal.customer().await.session().await.person.id;
    let mut draft = serde_json::to_value(Draft::problem("For Jana")).expect("JSON");
    draft["requester"] = json!(customer);
    let filed = administrator.post("/cases", &draft).await.expect(201);
    invite(&administrator, &portal, &["a@acme.test"], "user").await.expect(201);
    let entries = audit(&portal).await;
    let [invited, on_behalf] = entries.as_slice() else { panic!("two entries: {entries:?}") };
    assert_eq!((invited.act, invited.text.as_deref()), (Act::Invited, Some("a@acme.test")));
    assert_eq!(invited.actor.as_ref().map(|actor| actor.name.as_str()), Some("Tobias Lindqvist"));
    assert_eq!(invited.from.as_deref(), Some("127.0.0.1"));
    let number: CaseNumber = filed.json::<contract::CaseRecord>().summary.number;
    assert_eq!((on_behalf.act, on_behalf.case), (Act::FiledOnBehalf, Some(number)));
    assert_eq!(on_behalf.person.as_ref().map(|person| person.id), Some(customer));
    // A page at a time, without gap or repetition.
    let first: Page<AuditEntry> = administrator.get(&at(&portal, "/audit?limit=1")).await.ok();
    let next = first.next.expect("another page");
    let second: Page<AuditEntry> =
        administrator.get(&at(&portal, &format!("/audit?limit=1&cursor={next}"))).await.ok();
    assert_eq!([first.items, second.items].concat(), entries);
    assert_eq!(second.next, None);
    administrator.get(&at(&portal, "/audit?limit=0")).await.problem(ProblemCode::MalformedRequest);
}

async fn the_audit_log_cannot_be_changed(portal: Portal) {
    invite(&portal.administrator().await, &portal, &["a@acme.test"], "user").await.expect(201);
    let store = &portal.app().store;
    for change in [
        "DELETE FROM audit",
        "UPDATE audit SET act = 'joined'",
        "UPDATE audit SET at = at - 1",
        "UPDATE audit SET actor_id = NULL",
        "UPDATE audit SET text = 'b@acme.test'",
        "UPDATE audit SET origin = '192.0.2.1'",
    ] {
        let transaction = store.begin().await.expect("a transaction");
        let refused = casement_backend::store::Sql::run(&*transaction, change, []).await;
        let error = refused.expect_err(change).to_string();
        assert!(error.contains("the audit log is kept"), "{change}: {error}");
    }
    // What it says of people can be forgotten.
    let invited = "act = 'invited'";
    portal.sql(&format!("UPDATE audit SET text = NULL, origin = NULL WHERE {invited}"), []).await;
    assert_eq!((audit(&portal).await[0].text.as_deref(), audit(&portal).await.len()), (None, 1));
}

async fn those_who_lead_support_read_all_of_it(portal: Portal) {
    let lead = portal.sign_in("second@support.test").await;
    for path in ["/audit", "/audit/export"] {
        for client in [&lead, &portal.administrator().await, &portal.customer().await] {
            client.get(path).await.problem(ProblemCode::Forbidden);
        }
    }
    portal.sql("UPDATE people SET lead = TRUE WHERE email = 'second@support.test'", []).await;
    invite(&portal.administrator().await, &portal, &["=cmd@acme.test"], "user").await.expect(201);
    let all: Page<AuditEntry> = lead.get("/audit").await.ok();
    assert_eq!(all.items[0].act, Act::Invited);
    assert!(all.items.iter().filter(|entry| entry.act == Act::SignedIn).count() >= 3, "{all:?}");
    let file = lead.get("/audit/export").await.expect(200);
    assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
    let body = file.body.trim_start_matches('\u{feff}').to_owned();
    let mut reader = csv::Reader::from_reader(body.as_bytes());
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), all.items.len());
    assert_eq!((&rows[0][1], &rows[0][2], &rows[0][7]), ("invited", "Acme", "'=cmd@acme.test"));
}
