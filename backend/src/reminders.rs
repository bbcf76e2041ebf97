//! What time does to cases: whoever a case waits for is reminded, and where the policy says
//! so, a solution that nobody answers closes it.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    Action, ActionDetails, Status,
    lifecycle::{Role, Standing},
    people::{PersonRef, Preferences},
};
use sea_orm::FromQueryResult;
use texts::Language;

use crate::{
    app::App,
    cases::{CaseRow, Deed, act, next_state, person},
    mail::remind,
    store::{Sql, StoreError, from_micros, to_micros},
};

/// How often to look.
const EVERY: Duration = Duration::from_secs(10 * 60);
/// After how long a proposed solution is brought to mind (domain notes, "Policies").
const SOLUTION_REMINDER: TimeDelta = TimeDelta::days(5);
/// After how long a case is closed whose solution nobody answered (domain notes, "Policies").
const SOLUTION_CLOSES: TimeDelta = TimeDelta::days(10);
/// How long after closing the survey is brought to mind.
const SURVEY_REMINDER: TimeDelta = TimeDelta::days(1);
/// How long after closing it no longer is, so that a portal that begins to remind does not
/// ask about what nobody knows any more.
const SURVEY_FORGOTTEN: TimeDelta = TimeDelta::days(14);
/// Cases looked at in one transaction.
const BATCH: usize = 100;

/// What is done about cases that wait.
#[derive(Clone, Copy, Debug)]
pub struct Reminders {
    /// After how many days a case that waits for its customer is brought to mind; never if 0.
    pub waiting_days: u32,
    /// Whether a solution that nobody answers is brought to mind and then closes its case.
    pub close_unanswered: bool,
}

/// A case, and the entry since which it stands as it does.
#[derive(FromQueryResult)]
struct Waiting {
    case_id: String,
    entry_id: String,
    since: i64,
}

/// Looks now and then, for as long as the program runs.
pub async fn keep(app: App) {
    loop {
        if let Err(error) = round(&app).await {
            tracing::warn!(%error, "reminders will be tried again");
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Does whatever is due; what was done before is not done again.
///
/// # Errors
/// The database refused.
pub async fn round(app: &App) -> Result<(), StoreError> {
    let (policy, now) = (app.settings.reminders, app.clock.now());
    if policy.waiting_days > 0 {
        let before = now - TimeDelta::days(i64::from(policy.waiting_days));
        remind_all(app, standing(app, Status::WaitingForCustomer).await?, before).await?;
    }
    if policy.close_unanswered {
        let waiting = standing(app, Status::SolutionProposed).await?;
        let (close, rest): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|case| from_micros(case.since) <= now - SOLUTION_CLOSES);
        remind_all(app, rest, now - SOLUTION_REMINDER).await?;
        for case in close {
            close_unanswered(app, &case.case_id).await?;
        }
    }
    remind_all(app, unsurveyed(app).await?, now - SURVEY_REMINDER).await
}

/// The entry with which a case came to stand as it does.
const SINCE: &str = "JOIN entries e ON e.id = (SELECT x.id FROM entries x WHERE x.case_id = c.id AND NOT x.internal \
    AND x.content LIKE '{\"status_changed\":%' ORDER BY x.position DESC LIMIT 1)";

/// The cases of a status that were not brought to mind since they have it.
async fn standing(app: &App, status: Status) -> Result<Vec<Waiting>, StoreError> {
    // The key stands in the query, so that the index of such cases serves it.
    let sql = format!(
        "SELECT c.id AS case_id, e.id AS entry_id, e.created_at AS since FROM cases c {SINCE} \
         WHERE c.status = '{}' ORDER BY e.created_at, c.id",
        status.key()
    );
    app.store.reader().rows(&sql, []).await
}

/// The closed cases whose requester was never asked by mail how it went, nor said so.
async fn unsurveyed(app: &App) -> Result<Vec<Waiting>, StoreError> {
    let sql = format!(
        "SELECT c.id AS case_id, e.id AS entry_id, c.closed_at AS since FROM cases c {SINCE} \
         WHERE c.survey AND NOT c.surveyed AND c.status = 'closed' AND c.closed_at > $1 AND NOT EXISTS (\
           SELECT 1 FROM mails m WHERE m.case_id = c.id AND m.kind = 'reminder' AND m.status = 'closed') \
         ORDER BY c.closed_at, c.id"
    );
    let from = to_micros(app.clock.now() - SURVEY_FORGOTTEN);
    app.store.reader().rows(&sql, [from.into()]).await
}

async fn remind_all(app: &App, cases: Vec<Waiting>, before: DateTime<Utc>) -> Result<(), StoreError> {
    let due: Vec<_> = cases.into_iter().filter(|case| from_micros(case.since) <= before).collect();
    for batch in due.chunks(BATCH) {
        let transaction = app.store.begin().await?;
        for case in batch {
            remind(&transaction, &case.case_id, &case.entry_id, app.clock.now()).await?;
        }
        transaction.commit().await?;
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Proposal {
    id: String,
    name: String,
    support: bool,
    preferences: String,
}

/// Closes a case in the name of who proposed the solution, and says why.
async fn close_unanswered(app: &App, case_id: &str) -> Result<(), StoreError> {
    let mut transaction = app.store.begin().await?;
    let lock = transaction.database().lock();
    let sql = format!(
        "SELECT a.id, a.name, a.support, r.preferences FROM cases c JOIN entries e ON e.id = c.solution_id \
         JOIN people a ON a.id = e.author_id JOIN people r ON r.id = c.requester_id WHERE c.id = $1{lock}"
    );
    let Some(proposal) = transaction.row::<Proposal>(&sql, [case_id.into()]).await? else { return Ok(()) };
    let case = CaseRow::by_id(&*transaction, case_id).await?;
    let (author, now): (PersonRef, _) =
        (person(&proposal.id, &proposal.name, proposal.support)?, app.clock.now());
    let standing = Standing { role: Role::Analyst, requester: false, filer: false, watcher: false };
    let answered = case.status()? != Status::SolutionProposed;
    let next = next_state(&case, standing, Action::Close, app.settings.reopening, now)?;
    let Ok(next) = next else { return Ok(()) };
    if answered {
        return Ok(());
    }
    let preferences: Preferences = serde_json::from_str(&proposal.preferences)?;
    let language = Language::preferred(preferences.language.as_deref().unwrap_or_default());
    let days = u64::try_from(SOLUTION_CLOSES.num_days()).unwrap_or_default();
    let text = texts::speaking(language, || texts::mail::closed_unanswered(days));
    let deed = Deed {
        person: &author,
        action: Action::Close,
        next,
        text: Some(&text),
        mailed: None,
        uploads: Vec::new(),
        details: ActionDetails::default(),
        at: now,
    };
    act(&mut transaction, &case, deed).await?;
    transaction.commit().await
}
