//! Lists kept under a name.

use contract::{
    ProblemCode,
    field::FieldCode,
    limits::VIEWS_MAX,
    saved_view::{NewView, Parameter, SavedView},
};
use serde_json::json;
use uuid::Uuid;

use crate::harness::{Answer, Client, Portal, on_both};

on_both!(
    each_person_has_their_own,
    a_name_is_used_once,
    the_administrator_shares_one,
    only_administrators_share,
    nobody_takes_away_what_is_not_theirs,
    what_no_list_shows_is_refused,
    not_more_than_fit,
);

fn view(name: &str, status: &str, shared: bool) -> NewView {
    let parameters = vec![Parameter { name: "status".to_owned(), value: status.to_owned() }];
    NewView { name: name.to_owned(), parameters, shared }
}

async fn save(client: &Client, name: &str, status: &str, shared: bool) -> SavedView {
    client.put("/views", &view(name, status, shared)).await.ok()
}

/// Name, status, whether it is shared, and whether it may be taken away.
async fn views(client: &Client) -> Vec<(String, String, bool, bool)> {
    let views: Vec<SavedView> = client.get("/views").await.ok();
    let one = |view: SavedView| (view.name, view.parameters[0].value.clone(), view.shared, view.mine);
    views.into_iter().map(one).collect()
}

fn known(name: &str, status: &str, shared: bool, mine: bool) -> (String, String, bool, bool) {
    (name.to_owned(), status.to_owned(), shared, mine)
}

async fn take_away(client: &Client, id: Uuid) -> Answer {
    client.delete(&format!("/views/{id}")).await
}

async fn each_person_has_their_own(portal: Portal) {
    let (customer, colleague) = (portal.customer().await, portal.colleague().await);
    assert_eq!(views(&customer).await, []);
    let saved = save(&customer, " To do ", "waiting_for_customer", false).await;
    assert_eq!((saved.name.as_str(), saved.mine), ("To do", true));
    save(&customer, "Done", "closed", false).await;
    save(&portal.analyst().await, "Mine", "received", false).await;
    let own = [known("Done", "closed", false, true), known("To do", "waiting_for_customer", false, true)];
    assert_eq!(views(&customer).await, own);
    assert_eq!(views(&colleague).await, []);
    assert_eq!(views(&portal.analyst().await).await, [known("Mine", "received", false, true)]);
    take_away(&customer, saved.id).await.expect(204);
    take_away(&customer, saved.id).await.problem(ProblemCode::NotFound);
    assert_eq!(views(&customer).await, own[..1]);
}

async fn a_name_is_used_once(portal: Portal) {
    let (customer, administrator) = (portal.customer().await, portal.administrator().await);
    let first = save(&customer, "Done", "received", false).await;
    assert_eq!(save(&customer, "Done", "closed", false).await.id, first.id);
    assert_eq!(views(&customer).await, [known("Done", "closed", false, true)]);
    // Others, and what is shared, may have it too.
    save(&administrator, "Done", "diagnosis", true).await;
    save(&administrator, "Done", "received", false).await;
    assert_eq!(views(&customer).await.len(), 2);
    assert_eq!(views(&administrator).await.len(), 2);
}

async fn the_administrator_shares_one(portal: Portal) {
    let (customer, administrator) = (portal.customer().await, portal.administrator().await);
    let shared = save(&administrator, "Team", "diagnosis", true).await;
    assert_eq!(views(&administrator).await, [known("Team", "diagnosis", true, true)]);
    for member in [&customer, &portal.colleague().await, &portal.partner().await] {
        assert_eq!(views(member).await, [known("Team", "diagnosis", true, false)]);
    }
    for other in [portal.stranger().await, portal.analyst().await] {
        assert_eq!(views(&other).await, []);
    }
    take_away(&administrator, shared.id).await.expect(204);
    assert_eq!(views(&customer).await, []);
}

async fn only_administrators_share(portal: Portal) {
    for client in [portal.customer().await, portal.partner().await, portal.analyst().await] {
        let problem =
            client.put("/views", &view("Team", "closed", true)).await.problem(ProblemCode::InvalidFields);
        assert_eq!(
            (problem.errors[0].pointer.as_str(), problem.errors[0].code),
            ("/shared", FieldCode::AdministratorsOnly)
        );
        assert_eq!(views(&client).await, []);
    }
}

async fn nobody_takes_away_what_is_not_theirs(portal: Portal) {
    let (customer, administrator) = (portal.customer().await, portal.administrator().await);
    let (own, shared) =
        (save(&customer, "Own", "closed", false).await, save(&administrator, "Team", "closed", true).await);
    take_away(&administrator, own.id).await.problem(ProblemCode::NotFound);
    take_away(&customer, shared.id).await.problem(ProblemCode::NotFound);
    for other in [portal.stranger().await, portal.analyst().await] {
        take_away(&other, own.id).await.problem(ProblemCode::NotFound);
        take_away(&other, shared.id).await.problem(ProblemCode::NotFound);
    }
    customer.delete("/views/4711").await.problem(ProblemCode::NotFound);
    assert_eq!(views(&customer).await.len(), 2);
}

async fn what_no_list_shows_is_refused(portal: Portal) {
    let customer = portal.customer().await;
    for (name, status) in [("", "closed"), ("x", "purple")] {
        customer.put("/views", &view(name, status, false)).await.problem(ProblemCode::InvalidFields);
    }
    let malformed = json!({ "name": "x", "parameters": "status=closed" });
    customer.put("/views", &malformed).await.problem(ProblemCode::MalformedBody);
    assert_eq!(views(&customer).await, []);
}

async fn not_more_than_fit(portal: Portal) {
    let customer = portal.customer().await;
    for turn in 0..VIEWS_MAX {
        save(&customer, &format!("View {turn}"), "closed", false).await;
    }
    customer.put("/views", &view("Another", "closed", false)).await.problem(ProblemCode::InvalidFields);
    // One of those there are may still change.
    save(&customer, "View 1", "received", false).await;
    assert_eq!(views(&customer).await.len(), VIEWS_MAX);
}
