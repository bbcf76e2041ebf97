//! Many cases, to measure with.

use chrono::{DateTime, Duration, Utc};
use contract::{Action, ActionDetails, catalogue::Catalogue};

use crate::{
    cases::{CaseRow, Deed, act},
    demo::{Cast, DemoData, DemoError, PASSWORD, Plan, plans, replay},
    mail::forget_before,
    store::Store,
};

/// Cases written in one transaction.
const BATCH: usize = 500;

/// Adds `cases` cases with some `messages` messages in all to an empty database,
/// made of the demo scenarios; tells of its progress.
///
/// # Errors
/// The database refused, for instance because it has the demo's people already.
pub async fn fill(
    store: &Store,
    catalogue: &Catalogue,
    cases: usize,
    messages: usize,
    now: DateTime<Utc>,
    mut progress: impl FnMut(usize),
) -> Result<(), DemoError> {
    let data = DemoData::read()?;
    let transaction = store.begin().await?;
    let cast = Cast::add(&transaction, &data, PASSWORD, now).await?;
    transaction.commit().await?;
    let plans = plans(&data, &cast, catalogue, cases, now)?;
    let written: usize =
        plans.iter().map(|plan| plan.steps.iter().filter(|step| step.text.is_some()).count()).sum();
    let extra = messages.saturating_sub(written);
    let mut done = 0;
    for batch in plans.chunks(BATCH) {
        let mut transaction = store.begin().await?;
        for plan in batch {
            let id = replay(&mut transaction, catalogue, plan).await?;
            // Spread evenly: so many by now, less so many before.
            let more = extra * (done + 1) / plans.len() - extra * done / plans.len();
            for turn in 0..more {
                let case = CaseRow::by_id(&*transaction, &id).await?;
                let (person, text, at) = chatter(plan, &cast, turn);
                let (action, details) = (Action::Reply, ActionDetails::default());
                let deed = Deed {
                    person,
                    action,
                    next: case.state()?,
                    text: Some(text),
                    mailed: None,
                    uploads: Vec::new(),
                    details,
                    at,
                };
                act(&mut transaction, &case, deed).await?;
            }
            done += 1;
        }
        forget_before(&transaction, now + Duration::days(1)).await?;
        transaction.commit().await?;
        progress(done);
    }
    Ok(())
}

/// One more message of a plan's own texts.
fn chatter<'a>(
    plan: &'a Plan,
    cast: &'a Cast,
    turn: usize,
) -> (&'a contract::people::PersonRef, &'a str, DateTime<Utc>) {
    let texts: Vec<_> = plan.steps.iter().filter_map(|step| step.text.as_deref()).collect();
    let text = texts.get(turn % texts.len().max(1)).copied().unwrap_or("Any news?");
    let after = Duration::seconds(i64::try_from(turn).unwrap_or_default());
    let at = plan.steps.last().map_or_else(Utc::now, |step| step.at) + after;
    (&cast.support[turn % cast.support.len()], text, at)
}
