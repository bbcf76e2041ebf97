//! Scenarios turned into cases.

use chrono::{DateTime, Duration, SubsecRound, Utc};
use contract::{
    Action, ActionDetails, Status,
    catalogue::{Answer, Answers, Asking, Catalogue, reserved},
    lifecycle::{self, CaseState, Reopening, Role, Standing},
    people::PersonRef,
};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use uuid::Uuid;

use super::{
    DemoDataError, DemoError,
    cast::{Cast, Company},
    data::{By, DemoData, Scenario},
    wording::{Wording, duration},
};
use crate::{
    cases::{CaseRow, Deed, Filing, act, escalation, file, mark_read},
    notifications::see,
    store::{StoreError, Transaction},
};

/// How far back the first case lies.
const SPAN: Duration = Duration::days(120);

/// A case to be replayed.
pub struct Plan {
    type_id: String,
    organisation: Uuid,
    requester: PersonRef,
    answers: Answers,
    filed: DateTime<Utc>,
    /// Who does what, when, with which text, and what it leads to.
    pub steps: Vec<Step>,
}

/// One step of a plan.
pub struct Step {
    /// Who.
    pub person: PersonRef,
    /// What.
    pub action: Action,
    /// What it leads to.
    pub next: CaseState,
    /// With which text.
    pub text: Option<String>,
    /// With what else.
    pub details: ActionDetails,
    /// When.
    pub at: DateTime<Utc>,
}

/// `count` cases made of the scenarios in turn, oldest first. The same data,
/// people and moment give the same cases.
///
/// # Errors
/// A scenario does not fit its type or the life cycle.
pub fn plans(
    data: &DemoData,
    cast: &Cast,
    catalogue: &Catalogue,
    count: usize,
    now: DateTime<Utc>,
) -> Result<Vec<Plan>, DemoDataError> {
    let mut plans = Vec::with_capacity(count);
    for turn in 0..count {
        let (type_id, scenario) = &data.scenarios[turn % data.scenarios.len()];
        let seed = u64::try_from(turn).unwrap_or_default();
        let made = plan(type_id, scenario, turn / data.scenarios.len(), cast, catalogue, now, seed);
        plans.push(made.map_err(|problem| DemoDataError::Scenario {
            type_id: type_id.clone(),
            subject: scenario.subjects.first().cloned().unwrap_or_default(),
            problem,
        })?);
    }
    plans.sort_by_key(|plan| plan.filed);
    Ok(plans)
}

fn plan(
    type_id: &str,
    scenario: &Scenario,
    round: usize,
    cast: &Cast,
    catalogue: &Catalogue,
    now: DateTime<Utc>,
    seed: u64,
) -> Result<Plan, String> {
    let mut dice = StdRng::seed_from_u64(seed);
    let fits = |company: &&Company| {
        scenario.organisations.is_empty() || scenario.organisations.contains(&company.key)
    };
    let companies: Vec<_> = cast.companies.iter().filter(fits).collect();
    let company = companies.choose(&mut dice).ok_or("no organisation fits")?;
    let requester = company.people.choose(&mut dice).ok_or("the organisation has no people")?;
    let colleague = company.people.iter().find(|person| person.id != requester.id).unwrap_or(requester);
    let agent = cast.support.choose(&mut dice).ok_or("there is no support team")?;
    let environment = company.environments.choose(&mut dice).ok_or("the organisation has no environment")?;

    let waits: Option<Vec<_>> = scenario.thread.iter().map(|happening| duration(&happening.after)).collect();
    let waits = waits.ok_or("an “after” is no duration")?;
    let lasts = waits.iter().sum::<Duration>() + Duration::minutes(5);
    let filed = filed_at(scenario.end, now - lasts, &mut dice);
    let domain = format!("{}.example", company.key);
    let wording = Wording {
        customer: first_name(requester),
        agent: first_name(agent),
        environment,
        organisation: &company.name,
        domain: &domain,
        filed,
    };

    let answers = answers(type_id, scenario, round, catalogue, company, &wording, &mut dice)?;
    let mut steps: Vec<Step> = Vec::new();
    let case_type = catalogue.case_type(type_id).ok_or("the catalogue has no such type")?;
    let mut state = CaseState::filed(escalation(case_type), case_type.survey);
    let mut at = filed;
    for (happening, wait) in scenario.thread.iter().zip(waits) {
        at += wait;
        let person = match happening.by {
            By::Customer => requester,
            By::Colleague => colleague,
            By::Support => agent,
        };
        let role = if happening.by == By::Support { Role::Analyst } else { Role::Customer };
        let standing =
            Standing { role, requester: happening.by == By::Customer, filer: false, watcher: false };
        state = lifecycle::next_state(happening.action, standing, state, Reopening::Always, at)
            .ok_or_else(|| format!("{:?} is not possible in {:?}", happening.action, state.status))?;
        let text = happening.text.as_deref().map(|text| wording.fill(text.trim_end(), &mut dice));
        let (action, details) = (happening.action, ActionDetails::default());
        steps.push(Step { person: person.clone(), action, next: state, text, details, at });
    }
    if state.status != scenario.end {
        return Err(format!("it ends {:?}, not {:?}", state.status, scenario.end));
    }
    let (type_id, requester) = (type_id.to_owned(), requester.clone());
    Ok(Plan { type_id, organisation: company.id, requester, answers, filed, steps })
}

/// Closed cases lie anywhere in the span, open ones in its last days.
fn filed_at(end: Status, latest: DateTime<Utc>, dice: &mut StdRng) -> DateTime<Utc> {
    let back = match end {
        Status::Closed => SPAN,
        Status::Received => Duration::days(2),
        _ => Duration::days(12),
    };
    let minutes = dice.random_range(0..back.num_minutes());
    (latest - Duration::minutes(minutes)).trunc_subsecs(0)
}

fn answers(
    type_id: &str,
    scenario: &Scenario,
    round: usize,
    catalogue: &Catalogue,
    company: &Company,
    wording: &Wording<'_>,
    dice: &mut StdRng,
) -> Result<Answers, String> {
    let case_type = catalogue.case_type(type_id).ok_or("the catalogue has no such type")?;
    let subject = &scenario.subjects[round % scenario.subjects.len()];
    let mut answers: Answers = scenario
        .answers
        .iter()
        .map(|(question, answer)| (question.clone(), wording.fill_answer(answer, dice)))
        .collect();
    answers.insert(reserved::SUBJECT.to_owned(), Answer::Text(wording.fill(subject, dice)));
    let asking = Asking { now: wording.filed, environments: &company.environments, partner: false };
    let submission =
        case_type.validate(&case_type.heard(&answers), asking).map_err(|errors| format!("{errors:?}"))?;
    Ok(submission.answers)
}

fn first_name(person: &PersonRef) -> &str {
    person.name.split(' ').next().unwrap_or(&person.name)
}

/// Files the case and lets everything happen to it. Answers its id.
///
/// # Errors
/// The database refused.
pub async fn replay(
    transaction: &mut Transaction,
    catalogue: &Catalogue,
    plan: &Plan,
) -> Result<String, DemoError> {
    let case_type = catalogue.case_type(&plan.type_id);
    let case_type = case_type.ok_or_else(|| StoreError::Unreadable(format!("the type {}", plan.type_id)))?;
    let filing = Filing {
        organisation: plan.organisation,
        requester: &plan.requester,
        filer: &plan.requester,
        catalogue,
        case_type,
        answers: &plan.answers,
        follows: None,
        uploads: Vec::new(),
        at: plan.filed,
    };
    let id = file(transaction, filing).await?;
    for step in &plan.steps {
        let case = CaseRow::by_id(&**transaction, &id).await?;
        // Whoever answers has read what stands there.
        mark_read(transaction, &id, step.person.id, case.last_position(), step.at).await?;
        see(transaction, &id, step.person.id, case.last_position()).await?;
        let Step { person, action, next, text, details, at } = step;
        let (text, details) = (text.as_deref(), details.clone());
        let deed = Deed {
            person,
            action: *action,
            next: *next,
            text,
            mailed: None,
            uploads: Vec::new(),
            details,
            at: *at,
        };
        act(transaction, &case, deed).await?;
    }
    Ok(id)
}
