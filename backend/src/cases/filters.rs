//! What a query asks of cases, as conditions on the cases `c`.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use contract::{
    Activity, CaseQuery, Status,
    activity::RECENT_DAYS,
    case_filter::{Field, ME, YES},
    lifecycle::Side,
    moment,
};
use uuid::Uuid;

use super::search;
use crate::{
    accounts::Viewer,
    app::App,
    store::{Database, Parameters, to_micros},
};

/// Who asks, when, and of which database.
pub struct Asking<'a> {
    /// Who.
    pub viewer: &'a Viewer,
    /// When.
    pub now: DateTime<Utc>,
    /// Of which database.
    pub database: Database,
}

impl<'a> Asking<'a> {
    /// Someone who asks now.
    pub fn of(app: &App, viewer: &'a Viewer) -> Self {
        Self { viewer, now: app.clock.now(), database: app.store.database() }
    }

    /// The conditions that all hold for the cases a query means.
    pub fn conditions(&self, query: &CaseQuery, parameters: &mut Parameters) -> Vec<String> {
        let mut conditions = vec![self.viewer.sees_sql(parameters)];
        if !query.statuses.is_empty() {
            let keys = parameters.add_all(query.statuses.iter().map(|status| status.key()));
            conditions.push(format!("c.status IN ({keys})"));
        }
        for field in Field::ALL {
            let never = || "FALSE".to_owned();
            let way = |value| self.holds(field, value, parameters).unwrap_or_else(never);
            let ways: Vec<_> = query.values(field).map(way).collect();
            if !ways.is_empty() {
                conditions.push(format!("({})", ways.join(" OR ")));
            }
        }
        let support = self.viewer.person.support;
        conditions.extend(search::condition(&query.search, support, self.database, parameters));
        conditions
    }

    /// That a field has a value; none for a value it cannot have, which no case matches.
    fn holds(&self, field: Field, value: &str, parameters: &mut Parameters) -> Option<String> {
        let mut is = |column: &str| format!("c.{column} = {}", parameters.add(value.to_owned()));
        Some(match field {
            Field::Activity => self.activity(Activity::from_key(value)?, parameters),
            Field::Type => is("type_id"),
            Field::Priority => is("priority"),
            Field::Impact => is("impact"),
            Field::Environment => is("environment"),
            Field::Requester => format!("c.requester_id = {}", self.person(value, parameters)?),
            Field::FiledBy => format!("c.filer_id = {}", self.person(value, parameters)?),
            Field::Watcher => watched_by(&self.person(value, parameters)?),
            Field::Attachments => so(value, &self.has_files()),
            Field::Unread => so(value, &self.unread(parameters)),
            Field::CreatedFrom => format!("c.created_at >= {}", parameters.add(start_of(value, 0)?)),
            Field::CreatedTo => format!("c.created_at < {}", parameters.add(start_of(value, 1)?)),
            Field::UpdatedFrom => format!("c.updated_at >= {}", parameters.add(start_of(value, 0)?)),
            Field::UpdatedTo => format!("c.updated_at < {}", parameters.add(start_of(value, 1)?)),
        })
    }

    fn me(&self, parameters: &mut Parameters) -> String {
        parameters.add(self.viewer.person.id.to_string())
    }

    /// An id may be written in several ways; stored ones are in one.
    fn person(&self, value: &str, parameters: &mut Parameters) -> Option<String> {
        if value == ME {
            return Some(self.me(parameters));
        }
        Some(parameters.add(Uuid::try_parse(value).ok()?.to_string()))
    }

    /// What only support may see is nobody else's file.
    fn has_files(&self) -> String {
        let public = if self.viewer.person.support { "" } else { " AND NOT a.internal" };
        format!("EXISTS (SELECT 1 FROM attachments a WHERE a.case_id = c.id{public})")
    }

    /// That others did something the viewer has not seen, in a case that is theirs, that
    /// they follow or that they once looked at.
    pub fn unread(&self, parameters: &mut Parameters) -> String {
        let me = self.me(parameters);
        let public = if self.viewer.person.support { "" } else { " AND NOT e.internal" };
        format!(
            "(({me} IN (c.requester_id, c.filer_id) \
              OR EXISTS (SELECT 1 FROM watchers w WHERE w.case_id = c.id AND w.person_id = {me}) \
              OR EXISTS (SELECT 1 FROM reads r WHERE r.case_id = c.id AND r.person_id = {me})) \
             AND EXISTS (SELECT 1 FROM entries e WHERE e.case_id = c.id AND e.author_id <> {me}{public} \
              AND e.position > COALESCE((SELECT r.position FROM reads r \
                                         WHERE r.case_id = c.id AND r.person_id = {me}), 0)))"
        )
    }

    fn activity(&self, activity: Activity, parameters: &mut Parameters) -> String {
        let me = self.me(parameters);
        let mine = format!("(c.requester_id = {me} OR c.filer_id = {me})");
        let open = format!("c.status <> '{}'", Status::Closed.key());
        match activity {
            Activity::NeedsMe => format!(
                "(({mine} AND c.status IN ({})) \
                 OR (c.requester_id = {me} AND NOT ({open}) AND c.survey AND NOT c.surveyed))",
                turn(Side::Customer)
            ),
            Activity::WaitingForSupport => format!("({mine} AND c.status IN ({}))", turn(Side::Support)),
            Activity::Watching => format!("({} AND {open})", watched_by(&me)),
            Activity::FiledByMe => format!("(c.filer_id = {me} AND {open})"),
            Activity::FiledForMe => format!("(c.requester_id = {me} AND c.filer_id <> {me} AND {open})"),
            Activity::ClosedRecently => {
                let since = self.now.checked_sub_days(Days::new(RECENT_DAYS)).unwrap_or(self.now);
                format!("({mine} AND c.closed_at >= {})", parameters.add(to_micros(since)))
            }
        }
    }
}

fn watched_by(person: &str) -> String {
    format!("c.id IN (SELECT w.case_id FROM watchers w WHERE w.person_id = {person})")
}

/// The statuses in which it is a side's turn.
fn turn(side: Side) -> String {
    let keys = Status::ALL.into_iter().filter(|status| status.turn() == Some(side));
    keys.map(|status| format!("'{}'", status.key())).collect::<Vec<_>>().join(", ")
}

fn so(value: &str, condition: &str) -> String {
    if value == YES { condition.to_owned() } else { format!("NOT {condition}") }
}

/// When a day begins, or one some days later, in UTC.
fn start_of(day: &str, later: u64) -> Option<i64> {
    let day: NaiveDate = moment::day(day)?.checked_add_days(Days::new(later))?;
    Some(to_micros(day.and_time(NaiveTime::MIN).and_utc()))
}
