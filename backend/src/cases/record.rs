//! One case, as stored and as answered.

use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    AskedAnswer, CaseNumber, CaseRecord, CaseSummary, Entry, Escalation, EscalationState, Impact, JiraTicket,
    Priority, Status,
    case::{Outcome, PriorityReview, ReviewStep},
    catalogue::Receipt,
    lifecycle::{CaseState, Standing},
    people::{OrganisationRef, PersonRef},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::{etas, followed, muting, reads, survey, timeline, watchers};
use crate::{
    accounts::Viewer,
    app::App,
    attachments,
    http::ApiError,
    store::{Parameters, Sql, StoreError, from_micros, id},
};

/// Where cases come from unless there is a shorter way to them.
pub const CASES: &str = "cases c";

/// A query for [`CaseRow`]s, of the cases `c` that come from somewhere.
pub fn select(source: &str) -> String {
    format!(
        "SELECT c.*, o.name AS organisation_name, r.name AS requester_name, r.support AS requester_support, \
         f.name AS filer_name, f.support AS filer_support \
         FROM {source} JOIN organisations o ON o.id = c.organisation_id \
         JOIN people r ON r.id = c.requester_id JOIN people f ON f.id = c.filer_id"
    )
}

/// A case as stored, with the names of those it mentions.
#[derive(Clone, Debug, FromQueryResult)]
pub struct CaseRow {
    /// Its id.
    pub id: String,
    pub(super) number: i64,
    pub(super) organisation_id: String,
    pub(super) organisation_name: String,
    pub(super) requester_id: String,
    pub(super) requester_name: String,
    pub(super) requester_support: bool,
    pub(super) filer_id: String,
    pub(super) filer_name: String,
    pub(super) filer_support: bool,
    pub(super) type_id: String,
    pub(super) type_title: String,
    pub(super) queue: String,
    pub(super) receipt: String,
    pub(super) processing_time: Option<String>,
    pub(super) subject: String,
    pub(super) subject_key: String,
    pub(super) status: String,
    pub(super) status_rank: i64,
    pub(super) impact: Option<String>,
    pub(super) priority: String,
    pub(super) priority_rank: i64,
    pub(super) environment: Option<String>,
    pub(super) internal_reference: Option<String>,
    pub(super) desired_date: Option<String>,
    pub(super) additional_contact: Option<String>,
    pub(super) submission: String,
    pub(super) last_position: i64,
    pub(super) created_at: i64,
    pub(super) updated_at: i64,
    pub(super) closed_at: Option<i64>,
    pub(super) turn_at: i64,
    pub(super) version: i64,
    pub(super) escalation: Option<String>,
    pub(super) escalated_at: Option<i64>,
    pub(super) follows_id: Option<String>,
    pub(super) survey: bool,
    pub(super) jira_key: Option<String>,
    pub(super) jira_url: Option<String>,
    pub(super) jira_status: Option<String>,
    pub(super) review: Option<String>,
    pub(super) reviewed_at: Option<i64>,
    pub(super) solution_id: Option<String>,
    pub(super) closed_by_id: Option<String>,
    pub(super) accepted: bool,
    pub(super) surveyed: bool,
    /// The people who follow it, where it was read by itself.
    #[sea_orm(skip)]
    pub(super) followers: Vec<Uuid>,
}

impl CaseRow {
    /// The case of a number, if it exists for the viewer.
    ///
    /// # Errors
    /// 404 where it does not.
    pub async fn find(
        connection: &impl ConnectionTrait,
        viewer: &Viewer,
        number: &str,
        lock: &str,
    ) -> Result<Self, ApiError> {
        let number = number.parse().map_err(|_| ApiError::not_found())?;
        Self::seen(connection, viewer, number, lock).await?.ok_or_else(ApiError::not_found)
    }

    /// The case of a number, where it exists for the viewer.
    ///
    /// # Errors
    /// The database refused.
    pub async fn seen(
        connection: &impl ConnectionTrait,
        viewer: &Viewer,
        number: CaseNumber,
        lock: &str,
    ) -> Result<Option<Self>, StoreError> {
        let mut parameters = Parameters::default();
        let place = parameters.add(number.0);
        let sees = viewer.sees_sql(&mut parameters);
        let sql = format!("{} WHERE c.number = {place} AND {sees}{lock}", select(CASES));
        let row = connection.row::<Self>(&sql, parameters.0).await?;
        match row {
            Some(case) => Ok(Some(case.with_followers(connection).await?)),
            None => Ok(None),
        }
    }

    /// The case of an id.
    ///
    /// # Errors
    /// The database refused, or there is none.
    pub async fn by_id(connection: &impl ConnectionTrait, id: &str) -> Result<Self, StoreError> {
        let row = connection.row::<Self>(&format!("{} WHERE c.id = $1", select(CASES)), [id.into()]).await?;
        let case = row.ok_or_else(|| StoreError::Unreadable(format!("no case {id}")))?;
        case.with_followers(connection).await
    }

    async fn with_followers(self, connection: &impl ConnectionTrait) -> Result<Self, StoreError> {
        let followers = watchers::people(connection, &self.id).await?;
        Ok(Self { followers, ..self })
    }

    /// The number people know it by.
    #[must_use]
    pub const fn number(&self) -> CaseNumber {
        CaseNumber(self.number)
    }

    /// Counts changes.
    #[must_use]
    pub const fn version(&self) -> i64 {
        self.version
    }

    /// The position of the newest entry.
    #[must_use]
    pub const fn last_position(&self) -> i64 {
        self.last_position
    }

    /// Where it stands.
    ///
    /// # Errors
    /// The stored key is none of ours.
    pub fn status(&self) -> Result<Status, StoreError> {
        Status::from_key(&self.status).ok_or_else(|| unreadable("status", &self.status))
    }

    /// What the life cycle looks at.
    ///
    /// # Errors
    /// The stored key is none of ours.
    pub fn state(&self) -> Result<CaseState, StoreError> {
        Ok(CaseState {
            status: self.status()?,
            closed_at: self.closed_at.map(from_micros),
            escalation: self.escalation()?.map(|escalation| escalation.state),
            review_pending: self.review()?.is_some_and(|review| review.step == ReviewStep::Requested),
            survey_open: self.survey && !self.surveyed,
        })
    }

    /// Whose organisation, whose case, and who filed it.
    ///
    /// # Errors
    /// A stored id is none.
    pub fn parties(&self) -> Result<(Uuid, Uuid, Uuid), StoreError> {
        Ok((id(&self.organisation_id)?, id(&self.requester_id)?, id(&self.filer_id)?))
    }

    /// The viewer's standing towards it.
    ///
    /// # Errors
    /// A stored id is none.
    pub fn standing(&self, viewer: &Viewer) -> Result<Standing, StoreError> {
        let (organisation, requester, filer) = self.parties()?;
        let watcher = self.followers.contains(&viewer.person.id);
        Ok(Standing { watcher, ..viewer.standing(organisation, requester, filer) })
    }

    /// The case as lists show it, but for whether it is unread.
    ///
    /// # Errors
    /// Something stored cannot be read.
    pub fn summary(&self) -> Result<CaseSummary, StoreError> {
        let impact = self.impact.as_deref();
        Ok(CaseSummary {
            number: self.number(),
            subject: self.subject.clone(),
            status: self.status()?,
            type_id: self.type_id.clone(),
            type_title: self.type_title.clone(),
            priority: self.rank()?,
            impact: impact
                .map(|key| Impact::from_key(key).ok_or_else(|| unreadable("impact", key)))
                .transpose()?,
            environment: self.environment.clone(),
            organisation: OrganisationRef {
                id: id(&self.organisation_id)?,
                name: self.organisation_name.clone(),
            },
            requester: person(&self.requester_id, &self.requester_name, self.requester_support)?,
            turn_since: from_micros(self.turn_at),
            unread: false,
            created_at: from_micros(self.created_at),
            updated_at: from_micros(self.updated_at),
        })
    }

    /// The case as the viewer reads it, with what they may do now.
    ///
    /// # Errors
    /// Something stored cannot be read.
    pub async fn record(
        &self,
        connection: &impl ConnectionTrait,
        app: &App,
        viewer: &Viewer,
    ) -> Result<CaseRecord, StoreError> {
        let (follows, followed_by) = followed::around(connection, self, viewer).await?;
        let standing = self.standing(viewer)?;
        Ok(CaseRecord {
            summary: self.summary()?,
            version: self.version,
            filer: person(&self.filer_id, &self.filer_name, self.filer_support)?,
            queue: viewer.person.support.then(|| self.queue.clone()),
            receipt: receipt_of(&self.receipt)?,
            processing_time: self.processing_time.clone(),
            internal_reference: self.internal_reference.clone(),
            desired_date: day_of(self.desired_date.as_deref())?,
            additional_contact: self.additional_contact.clone(),
            watchers: watchers::of(connection, &self.id).await?,
            escalation: self.escalation()?,
            priority_review: self.review()?,
            etas: etas::of(connection, &self.id).await?,
            jira: self.jira(),
            solution: self.solution(connection).await?,
            follows,
            followed_by,
            submission: self.asked()?,
            survey: survey::state(connection, self, standing).await?,
            closed_at: self.closed_at.map(from_micros),
            outcome: self.outcome(connection).await?,
            actions: app.allowed_actions(standing, self.state()?),
            attachments: attachments::count(connection, &self.id, viewer.person.support).await?,
            read_to: reads::read_to(connection, &self.id, viewer.person.id).await?,
            muted: muting::is_muted(connection, &self.id, viewer.person.id).await?,
        })
    }
}

impl CaseRow {
    /// Support's rank.
    ///
    /// # Errors
    /// The stored key is none of ours.
    pub fn rank(&self) -> Result<Priority, StoreError> {
        Priority::from_key(&self.priority).ok_or_else(|| unreadable("priority", &self.priority))
    }

    /// The answers it was filed with.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn asked(&self) -> Result<Vec<AskedAnswer>, StoreError> {
        Ok(serde_json::from_str(&self.submission)?)
    }

    /// The development team's ticket.
    #[must_use]
    pub fn jira(&self) -> Option<JiraTicket> {
        let key = self.jira_key.clone()?;
        Some(JiraTicket { key, url: self.jira_url.clone(), status: self.jira_status.clone() })
    }

    fn review(&self) -> Result<Option<PriorityReview>, StoreError> {
        let Some((key, since)) = self.review.as_deref().zip(self.reviewed_at) else { return Ok(None) };
        let step = ReviewStep::from_key(key).ok_or_else(|| unreadable("review", key))?;
        Ok(Some(PriorityReview { step, since: from_micros(since) }))
    }

    async fn solution(&self, connection: &impl ConnectionTrait) -> Result<Option<Entry>, StoreError> {
        match &self.solution_id {
            Some(stored) => timeline::entry_of(connection, &self.id, id(stored)?, false).await,
            None => Ok(None),
        }
    }

    async fn outcome(&self, connection: &impl ConnectionTrait) -> Result<Option<Outcome>, StoreError> {
        let Some(closer) = &self.closed_by_id else { return Ok(None) };
        let sql = "SELECT name, support FROM people WHERE id = $1";
        let row = connection.row::<Closer>(sql, [closer.clone().into()]).await?;
        let Some(Closer { name, support }) = row else { return Ok(None) };
        Ok(Some(Outcome { accepted: self.accepted, by: person(closer, &name, support)? }))
    }

    fn escalation(&self) -> Result<Option<Escalation>, StoreError> {
        let Some((key, since)) = self.escalation.as_deref().zip(self.escalated_at) else { return Ok(None) };
        let state = EscalationState::from_key(key).ok_or_else(|| unreadable("escalation", key))?;
        Ok(Some(Escalation { state, since: from_micros(since) }))
    }
}

#[derive(FromQueryResult)]
struct Closer {
    name: String,
    support: bool,
}

/// A day as it is stored, such as 2026-03-01.
///
/// # Errors
/// It is none.
pub fn day_of(stored: Option<&str>) -> Result<Option<NaiveDate>, StoreError> {
    stored.map(|day| day.parse().map_err(|_| unreadable("day", day))).transpose()
}

/// The key a receipt is stored under.
///
/// # Errors
/// It cannot be written.
pub fn receipt_key(receipt: Receipt) -> Result<String, StoreError> {
    Ok(serde_json::to_value(receipt)?.as_str().unwrap_or_default().to_owned())
}

fn receipt_of(key: &str) -> Result<Receipt, StoreError> {
    Ok(serde_json::from_value(key.into())?)
}

/// A person as others see them.
///
/// # Errors
/// The stored id is none.
pub fn person(stored: &str, name: &str, support: bool) -> Result<PersonRef, StoreError> {
    Ok(PersonRef { id: id(stored)?, name: name.to_owned(), support })
}

fn unreadable(what: &str, value: &str) -> StoreError {
    StoreError::Unreadable(format!("the {what} “{value}”"))
}

/// A moment for the database, where there is one.
pub fn micros(at: Option<DateTime<Utc>>) -> Option<i64> {
    at.map(crate::store::to_micros)
}
