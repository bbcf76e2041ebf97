//! Who sees which case.

use contract::{Action, ProblemCode};

use crate::harness::{Client, Draft, Portal, on_both};

on_both!(
    colleagues_see_each_others_cases,
    with_own_visibility_users_see_their_own,
    partners_see_where_they_work,
    leaving_an_organisation_hides_its_cases,
    everyone_may_do_what_is_theirs,
);

async fn sees(client: &Client, number: &str) -> bool {
    let answer = client.get(&format!("/cases/{number}")).await;
    let (listed, found, counted) =
        (client.cases("").await, client.find(number).await, client.counts("").await.total);
    let sees = answer.status == 200;
    if !sees {
        answer.problem(ProblemCode::NotFound);
        client.get(&format!("/cases/{number}/timeline")).await.problem(ProblemCode::NotFound);
        client.try_reply(number, "May I?").await.problem(ProblemCode::NotFound);
        client.act_on(number, "\"1\"", Action::Close, None).await.problem(ProblemCode::NotFound);
    }
    // Reading, listing, finding and counting never disagree.
    assert_eq!(listed.items.iter().any(|case| case.number.to_string() == number), sees);
    assert_eq!(found == [number], sees);
    assert_eq!(counted, listed.items.len() as u64);
    assert_eq!(client.counts(number).await.by_status.values().sum::<u64>(), u64::from(sees));
    sees
}

async fn colleagues_see_each_others_cases(portal: Portal) {
    let number =
        portal.customer().await.file(&Draft::problem("For all of us")).await.summary.number.to_string();
    assert!(sees(&portal.customer().await, &number).await);
    assert!(sees(&portal.colleague().await, &number).await);
    assert!(sees(&portal.administrator().await, &number).await);
    assert!(sees(&portal.partner().await, &number).await);
    assert!(sees(&portal.analyst().await, &number).await);
    assert!(!sees(&portal.stranger().await, &number).await);
    assert!(!sees(&portal.sign_in("nobody@nowhere.test").await, &number).await);
}

async fn with_own_visibility_users_see_their_own(portal: Portal) {
    let number = portal.customer().await.file(&Draft::problem("Mine alone")).await.summary.number.to_string();
    let agencys = portal.partner().await.file(&Draft::problem("The agency's").of(portal.people.acme)).await;
    let agencys = agencys.summary.number.to_string();
    portal.sql("UPDATE organisations SET visibility = 'own' WHERE name = 'Acme'", []).await;
    for (client, mine, theirs) in [
        (portal.customer().await, true, false),
        (portal.colleague().await, false, false),
        (portal.administrator().await, true, true),
        (portal.partner().await, false, true),
        (portal.analyst().await, true, true),
        (portal.stranger().await, false, false),
    ] {
        assert_eq!(sees(&client, &number).await, mine, "{}", client.session().await.email);
        assert_eq!(sees(&client, &agencys).await, theirs, "{}", client.session().await.email);
    }
    // Filed on behalf of someone: both the requester and the filer see it.
    let filer = portal.colleague().await.session().await.person.id;
    let sql = "UPDATE cases SET filer_id = $1 WHERE number = 1";
    portal.sql(sql, [filer.to_string().into()]).await;
    assert!(sees(&portal.colleague().await, &number).await);
    assert!(sees(&portal.customer().await, &number).await);
}

async fn partners_see_where_they_work(portal: Portal) {
    let acmes =
        portal.customer().await.file(&Draft::problem("Acme's problem")).await.summary.number.to_string();
    let nordwerks =
        portal.stranger().await.file(&Draft::problem("Nordwerk's problem")).await.summary.number.to_string();
    let partner = portal.partner().await;
    assert_eq!(partner.cases("sort=created").await.items.len(), 2);
    assert!(partner.get(&format!("/cases/{acmes}")).await.status == 200);
    assert!(partner.get(&format!("/cases/{nordwerks}")).await.status == 200);
    assert!(!sees(&portal.customer().await, &nordwerks).await);
    // Other people's cases there can be answered, not closed.
    assert_eq!(partner.case(&acmes).await.actions, [Action::Reply, Action::Watch, Action::AddWatchers]);
}

async fn leaving_an_organisation_hides_its_cases(portal: Portal) {
    let partner = portal.partner().await;
    let number = partner.file(&Draft::problem("Before we left").of(portal.people.acme)).await.summary.number;
    let leave = "DELETE FROM memberships WHERE role = 'partner' AND organisation_id = $1";
    portal.sql(leave, [portal.people.acme.to_string().into()]).await;
    // Even one's own: the case is the organisation's.
    assert!(!sees(&partner, &number.to_string()).await);
}

/// The one table says it; here it is asked through the API for everyone.
async fn everyone_may_do_what_is_theirs(portal: Portal) {
    let number =
        portal.customer().await.file(&Draft::problem("Who may what")).await.summary.number.to_string();
    portal.analyst().await.act(&number, Action::ProposeSolution, Some("Try turning it off.")).await;
    let managing = [
        Action::Reply,
        Action::ReplyAndClose,
        Action::AcceptSolution,
        Action::RejectSolution,
        Action::Close,
        Action::RequestPriorityReview,
        Action::Escalate,
        Action::AddWatchers,
        Action::RemoveWatchers,
        Action::EditReference,
    ];
    let colleagues = [Action::Reply, Action::Watch, Action::AddWatchers];
    let analysts = [
        Action::Reply,
        Action::AddNote,
        Action::RequestInformation,
        Action::ProposeSolution,
        Action::Close,
        Action::SetPriority,
        Action::SetEta,
        Action::SetJiraTicket,
        Action::AddWatchers,
        Action::RemoveWatchers,
    ];
    let mut administrators = managing.to_vec();
    administrators.insert(7, Action::Watch);
    for (client, actions) in [
        (portal.customer().await, managing.as_slice()),
        (portal.administrator().await, &administrators),
        (portal.colleague().await, &colleagues),
        (portal.partner().await, &colleagues),
        (portal.analyst().await, &analysts),
    ] {
        let who = client.session().await.email;
        let case = client.case(&number).await;
        assert_eq!(case.actions, actions, "{who}");
        for action in Action::ALL.iter().filter(|action| !actions.contains(action)) {
            let problem = client.try_act(&number, *action, None).await.problem(ProblemCode::ActionNotAllowed);
            assert_eq!(problem.allowed.as_deref(), Some(actions), "{who} {action:?}");
        }
    }
    assert_eq!(portal.customer().await.case(&number).await.version, 2);
}
