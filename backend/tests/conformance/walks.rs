//! Random lives of cases, checked step by step against the one table.

use contract::{
    Action, CaseRecord, ProblemCode, Status,
    lifecycle::{CaseState, Reopening, Role, Standing, TextRule, allowed_actions, next_status},
};
use serde_json::json;

use crate::harness::{Answer, Client, Draft, Portal, now, on_both};

on_both!(random_walks_follow_the_table);

/// A small deterministic sequence of pseudo-random numbers (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or_default() % bound
    }

    fn one<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

/// What the model knows of a case.
#[derive(Clone, Copy, Debug)]
struct Model {
    state: CaseState,
    version: i64,
    /// Entries that everyone sees, and notes.
    entries: (usize, usize),
}

async fn take(client: &Client, number: &str, tag: i64, action: Action, text: Option<&str>) -> Answer {
    match action {
        Action::Reply => client.try_reply(number, text.unwrap_or_default()).await,
        Action::AddNote => client.try_note(number, text.unwrap_or_default()).await,
        _ => client.act_on(number, &format!("\"{tag}\""), action, text).await,
    }
}

async fn random_walks_follow_the_table(portal: Portal) {
    let standing = |role, requester| Standing { role, requester, filer: requester };
    let people = [
        (portal.customer().await, standing(Role::Customer, true)),
        (portal.colleague().await, standing(Role::Customer, false)),
        (portal.administrator().await, standing(Role::Administrator, false)),
        (portal.partner().await, standing(Role::Partner, false)),
        (portal.analyst().await, standing(Role::Analyst, false)),
        (portal.analyst().await, standing(Role::Analyst, false)),
    ];
    // An ordinary choice half of the time, anything at all the other half.
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let (mut taken, mut refused) = (0, 0);
    for walk in 0..12 {
        let number =
            people[0].0.file(&Draft::problem(&format!("Walk {walk}"))).await.summary.number.to_string();
        let state = CaseState { status: Status::Received, closed_at: None };
        let mut model = Model { state, version: 1, entries: (1, 0) };
        for step in 0..25 {
            let (client, standing) = &people[dice.below(people.len())];
            let allowed = allowed_actions(*standing, model.state, Reopening::Always, now());
            let choices = if dice.below(2) == 0 { allowed.as_slice() } else { &Action::ALL };
            let action = dice.one(choices);
            let text = if dice.below(2) == 0 && action.text_rule(standing.role) == TextRule::None {
                None
            } else {
                dice.one(&[None, Some("Some *words*"), Some("Some words"), Some(" \n")])
            };
            let stale = dice.below(8) == 0 && !matches!(action, Action::Reply | Action::AddNote);
            let tag = if stale { model.version + 1 } else { model.version };
            let answer = take(client, &number, tag, action, text).await;
            let what = format!(
                "walk {walk}, step {step}: {standing:?} {action:?} {text:?} on {model:?}: {answer:?}"
            );
            model = advance(model, *standing, action, text, stale, &answer, &what);
            if (200..300).contains(&answer.status) {
                taken += 1;
            } else {
                refused += 1;
            }

            let reader = &people[dice.below(people.len())];
            let case: CaseRecord = reader.0.case(&number).await;
            assert_eq!(case.summary.status, model.state.status, "{what}");
            assert_eq!((case.version, case.closed_at), (model.version, model.state.closed_at), "{what}");
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
fn advance(
    model: Model,
    standing: Standing,
    action: Action,
    text: Option<&str>,
    stale: bool,
    answer: &Answer,
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
    let Some(next) = next_status(action, standing, model.state, Reopening::Always, now()) else {
        refused(ProblemCode::ActionNotAllowed);
        return model;
    };
    if !text_taken {
        refused(ProblemCode::InvalidFields);
        return model;
    }
    assert_eq!(answer.status, if posted { 201 } else { 200 }, "{what}");
    if action == Action::AddNote {
        return Model { entries: (model.entries.0, model.entries.1 + 1), ..model };
    }
    let entries = usize::from(words) + usize::from(next != model.state.status);
    let closed_at = if next.is_open() { None } else { model.state.closed_at.or(Some(now())) };
    Model {
        state: CaseState { status: next, closed_at },
        version: model.version + 1,
        entries: (model.entries.0 + entries, model.entries.1),
    }
}
