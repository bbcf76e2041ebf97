//! Random lives of cases, checked step by step against the one table: some over HTTP,
//! with readers of every role, and ten thousand straight on the store.

use casement_backend::{
    cases::{CaseRow, Deed, Filing, act, file, next_state as store_next},
    store::{Sql, Transaction},
};
use contract::{
    Action, ActionDetails, CaseRecord, JiraTicket, Priority, ProblemCode, Status,
    catalogue::{Answer, Answers},
    lifecycle::{CaseState, DetailRule, Reopening, Role, Standing, TextRule, allowed_actions, next_state},
    people::PersonRef,
};
use sea_orm::FromQueryResult;
use serde_json::json;

use crate::harness::{Answer as Reply, Client, Draft, Portal, now, on_both};

on_both!(
    random_walks_follow_the_table,
    the_first_quarter_of_ten_thousand_walks,
    the_second_quarter_of_ten_thousand_walks,
    the_third_quarter_of_ten_thousand_walks,
    the_last_quarter_of_ten_thousand_walks,
);

/// A small deterministic sequence of pseudo-random numbers (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or_default() % bound
    }

    fn one<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())].clone()
    }

    /// What goes with an action beside its text.
    fn details(&mut self, action: Action) -> ActionDetails {
        let mut details = ActionDetails::default();
        match action.detail_rule() {
            DetailRule::None => {}
            DetailRule::Priority => details.priority = Some(self.one(&Priority::ALL)),
            DetailRule::Eta => {
                details.eta = self
                    .one(&[None, Some("2026-03-09"), Some("2026-04-01")])
                    .map(|day| day.parse().expect("a day"));
            }
            DetailRule::JiraTicket => {
                let ticket =
                    JiraTicket { key: "SHOP-1".to_owned(), url: None, status: Some("Open".to_owned()) };
                details.jira = self.one(&[None, Some(ticket)]);
            }
        }
        details
    }
}

/// What the model knows of a case.
#[derive(Clone, Debug)]
struct Model {
    state: CaseState,
    priority: Priority,
    jira: Option<JiraTicket>,
    etas: usize,
    solution: bool,
    version: i64,
    /// Entries that everyone sees, and notes.
    entries: (usize, usize),
}

impl Model {
    fn filed() -> Self {
        Self {
            state: CaseState::filed(None, true),
            priority: Priority::Medium,
            jira: None,
            etas: 0,
            solution: false,
            version: 1,
            entries: (1, 0),
        }
    }

    /// After an action that the table allows and whose text and details are right.
    fn after(&self, action: Action, next: CaseState, words: bool, details: &ActionDetails) -> Self {
        if action == Action::AddNote {
            return Self { entries: (self.entries.0, self.entries.1 + 1), ..self.clone() };
        }
        let was = self.state;
        let told = [
            words,
            next.status != was.status,
            next.escalation != was.escalation,
            next.review_pending != was.review_pending,
            details.priority.is_some_and(|priority| priority != self.priority),
            matches!(action, Action::SetEta | Action::SetJiraTicket),
        ];
        let opens = was.closed_at.is_some() && next.closed_at.is_none();
        Self {
            state: next,
            priority: details.priority.unwrap_or(self.priority),
            jira: if action == Action::SetJiraTicket { details.jira.clone() } else { self.jira.clone() },
            etas: self.etas + usize::from(action == Action::SetEta),
            solution: match action {
                Action::ProposeSolution => true,
                Action::RejectSolution => false,
                _ => self.solution && !opens,
            },
            version: self.version + 1,
            entries: (self.entries.0 + told.into_iter().filter(|told| *told).count(), self.entries.1),
        }
    }
}

/// What messages and actions can do; the rest has addresses and tests of its own.
fn walked() -> Vec<Action> {
    let posted = [Action::Reply, Action::AddNote];
    Action::ALL.iter().copied().filter(|action| action.is_taken() || posted.contains(action)).collect()
}

fn standing(role: Role, requester: bool) -> Standing {
    Standing { role, requester, filer: requester, watcher: false }
}

async fn take(
    client: &Client,
    number: &str,
    tag: i64,
    action: Action,
    text: Option<&str>,
    details: &ActionDetails,
) -> Reply {
    match action {
        Action::Reply => client.try_reply(number, text.unwrap_or_default()).await,
        Action::AddNote => client.try_note(number, text.unwrap_or_default()).await,
        _ => {
            let body = json!({ "action": action, "message": text, "details": details });
            let request = client.action_request(number, &body);
            client.send(request.header("if-match", format!("\"{tag}\""))).await
        }
    }
}

async fn random_walks_follow_the_table(portal: Portal) {
    let people = [
        (portal.customer().await, standing(Role::Customer, true)),
        (portal.colleague().await, standing(Role::Customer, false)),
        (portal.administrator().await, standing(Role::Administrator, false)),
        (portal.partner().await, standing(Role::Partner, false)),
        (portal.analyst().await, standing(Role::Analyst, false)),
        (portal.analyst().await, standing(Role::Analyst, false)),
    ];
    let everything = walked();
    // An ordinary choice half of the time, anything at all the other half.
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let (mut taken, mut refused) = (0, 0);
    for walk in 0..12 {
        let number =
            people[0].0.file(&Draft::problem(&format!("Walk {walk}"))).await.summary.number.to_string();
        let mut model = Model::filed();
        for step in 0..25 {
            let (client, standing) = &people[dice.below(people.len())];
            let mut allowed = allowed_actions(*standing, model.state, Reopening::Always, now());
            allowed.retain(|action| everything.contains(action));
            let choices = if dice.below(2) == 0 { &allowed } else { &everything };
            let action = dice.one(choices);
            let text = if dice.below(2) == 0 && action.text_rule(standing.role) == TextRule::None {
                None
            } else {
                dice.one(&[None, Some("Some *words*"), Some("Some words"), Some(" \n")])
            };
            let details = dice.details(action);
            let stale = dice.below(8) == 0 && !matches!(action, Action::Reply | Action::AddNote);
            let tag = if stale { model.version + 1 } else { model.version };
            let answer = take(client, &number, tag, action, text, &details).await;
            let what = format!(
                "walk {walk}, step {step}: {standing:?} {action:?} {text:?} {details:?} on {model:?}: {answer:?}"
            );
            model = advance(model, *standing, action, text, &details, stale, &answer, &what);
            if (200..300).contains(&answer.status) {
                taken += 1;
            } else {
                refused += 1;
            }

            let reader = &people[dice.below(people.len())];
            let case: CaseRecord = reader.0.case(&number).await;
            assert_eq!(case.summary.status, model.state.status, "{what}");
            assert_eq!(case.summary.priority, model.priority, "{what}");
            assert_eq!((case.version, case.closed_at), (model.version, model.state.closed_at), "{what}");
            assert_eq!(case.escalation.map(|escalation| escalation.state), model.state.escalation, "{what}");
            assert_eq!((case.jira, case.etas.len()), (model.jira.clone(), model.etas), "{what}");
            assert_eq!(case.solution.is_some(), model.solution, "{what}");
            assert_eq!(
                case.actions,
                allowed_actions(reader.1, model.state, Reopening::Always, now()),
                "{what}"
            );
            let (public, notes) = model.entries;
            let visible = if reader.1.role == Role::Analyst { public + notes } else { public };
            assert_eq!(reader.0.timeline(&number).await.len(), visible, "{what}");
        }
    }
    assert!(taken > 80 && refused > 80, "{taken} taken, {refused} refused: the walks prove little");
}

/// The model after a step; the answer must be what it foretells.
#[expect(clippy::too_many_arguments, reason = "all that a step is")]
fn advance(
    model: Model,
    standing: Standing,
    action: Action,
    text: Option<&str>,
    details: &ActionDetails,
    stale: bool,
    answer: &Reply,
    what: &str,
) -> Model {
    let code = || Some(answer.json::<serde_json::Value>()["code"].clone());
    let refused = |expected: ProblemCode| assert_eq!(code(), Some(json!(expected)), "{what}");
    let words = text.is_some_and(|text| !text.trim().is_empty());
    let text_taken = match action.text_rule(standing.role) {
        TextRule::None => !words,
        TextRule::Optional => true,
        TextRule::Required => words,
    };
    let details_taken = details.priority != Some(model.priority);
    let posted = matches!(action, Action::Reply | Action::AddNote);
    if stale {
        refused(ProblemCode::ChangedMeanwhile);
        return model;
    }
    // A message's text is looked at before the state, an action's after it.
    if posted && !words {
        refused(ProblemCode::InvalidFields);
        return model;
    }
    let Some(next) = next_state(action, standing, model.state, Reopening::Always, now()) else {
        refused(ProblemCode::ActionNotAllowed);
        return model;
    };
    if !text_taken || !details_taken {
        refused(ProblemCode::InvalidFields);
        return model;
    }
    assert_eq!(answer.status, if posted { 201 } else { 200 }, "{what}");
    model.after(action, next, words, details)
}

#[derive(FromQueryResult)]
struct Person {
    id: String,
    name: String,
    support: bool,
}

async fn person(transaction: &Transaction, email: &str) -> PersonRef {
    let sql = "SELECT id, name, support FROM people WHERE email = $1";
    let row = transaction.row::<Person>(sql, [email.into()]).await.expect("a query").expect("a person");
    PersonRef { id: row.id.parse().expect("an id"), name: row.name, support: row.support }
}

#[derive(FromQueryResult)]
struct Count {
    count: i64,
}

async fn entries(transaction: &Transaction, case: &CaseRow) -> usize {
    let sql = "SELECT COUNT(*) AS count FROM entries WHERE case_id = $1";
    let row = transaction.row::<Count>(sql, [case.id.clone().into()]).await.expect("a query");
    usize::try_from(row.expect("a count").count).expect("few")
}

async fn the_first_quarter_of_ten_thousand_walks(portal: Portal) {
    walk_on_the_store(portal, 0x2545_f491_4f6c_dd1d).await;
}

async fn the_second_quarter_of_ten_thousand_walks(portal: Portal) {
    walk_on_the_store(portal, 0x9e37_79b9_7f4a_7c15).await;
}

async fn the_third_quarter_of_ten_thousand_walks(portal: Portal) {
    walk_on_the_store(portal, 0xbf58_476d_1ce4_e5b9).await;
}

async fn the_last_quarter_of_ten_thousand_walks(portal: Portal) {
    walk_on_the_store(portal, 0x94d0_49bb_1331_11eb).await;
}

/// The same deeds as above, without a server between: the table decides, the store
/// keeps, and after each walk what it kept is what the model says.
async fn walk_on_the_store(portal: Portal, seed: u64) {
    const WALKS: usize = 2_500;
    const TOGETHER: usize = 500;
    let store = portal.server.app.store.clone();
    let catalogue = portal.server.app.catalogue.get();
    let case_type = catalogue.case_type("problem").expect("the type");
    let subject = Answer::Text("A walk".to_owned());
    let answers: Answers = [("subject".to_owned(), subject)].into();
    let everything = walked();
    let mut dice = Dice(seed);
    let (mut taken, mut refused, mut ends) = (0_usize, 0_usize, [0_usize; 6]);
    for _ in 0..WALKS / TOGETHER {
        let mut transaction = store.begin().await.expect("a transaction");
        let customer = person(&transaction, "customer@acme.test").await;
        let colleague = person(&transaction, "colleague@acme.test").await;
        let administrator = person(&transaction, "admin@acme.test").await;
        let analyst = person(&transaction, "analyst@support.test").await;
        let cast = [
            (&customer, standing(Role::Customer, true)),
            (&colleague, standing(Role::Customer, false)),
            (&administrator, standing(Role::Administrator, false)),
            (&analyst, standing(Role::Analyst, false)),
            (&analyst, standing(Role::Analyst, false)),
        ];
        for _ in 0..TOGETHER {
            let filing = Filing {
                organisation: portal.people.acme,
                requester: &customer,
                filer: &customer,
                catalogue: &catalogue,
                case_type,
                answers: &answers,
                follows: None,
                uploads: Vec::new(),
                at: now(),
            };
            let id = file(&mut transaction, filing).await.expect("a case");
            let mut model = Model::filed();
            for _ in 0..dice.below(8) {
                let (person, standing) = dice.one(&cast);
                let mut allowed = allowed_actions(standing, model.state, Reopening::Always, now());
                allowed.retain(|action| everything.contains(action));
                let choices = if dice.below(4) > 0 { &allowed } else { &everything };
                let action = dice.one(choices);
                let case = CaseRow::by_id(&*transaction, &id).await.expect("the case");
                let foretold = next_state(action, standing, model.state, Reopening::Always, now());
                let found =
                    store_next(&case, standing, action, Reopening::Always, now()).expect("it is read");
                assert_eq!(found.clone().ok(), foretold, "{standing:?} {action:?} on {model:?}");
                let Ok(next) = found else {
                    refused += 1;
                    continue;
                };
                let text = match action.text_rule(standing.role) {
                    TextRule::None => None,
                    TextRule::Optional => dice.one(&[None, Some("Words")]),
                    TextRule::Required => Some("Words"),
                };
                let details = dice.details(action);
                model = model.after(action, next, text.is_some(), &details);
                let deed = Deed {
                    person,
                    action,
                    next,
                    text,
                    mailed: None,
                    uploads: Vec::new(),
                    details,
                    at: now(),
                };
                act(&mut transaction, &case, deed).await.expect("it is done");
                taken += 1;
            }
            let case = CaseRow::by_id(&*transaction, &id).await.expect("the case");
            assert_eq!(case.state().expect("it is read"), model.state, "{model:?}");
            assert_eq!(case.rank().expect("it is read"), model.priority, "{model:?}");
            assert_eq!((case.version(), case.jira()), (model.version, model.jira.clone()), "{model:?}");
            let written = model.entries.0 + model.entries.1;
            assert_eq!(entries(&transaction, &case).await, written, "{model:?}");
            let end = Status::ALL.iter().position(|status| *status == model.state.status);
            ends[end.expect("a status")] += 1;
        }
        transaction.commit().await.expect("a commit");
    }
    assert!(taken > 2 * WALKS && refused > WALKS / 4, "{taken} taken, {refused} refused");
    assert!(ends.iter().all(|count| *count > WALKS / 50), "not every end was reached: {ends:?}");
    println!("{WALKS} walks: {taken} deeds done, {refused} refused, ends {ends:?}");
}
