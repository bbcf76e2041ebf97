//! What a query asks of cases, as conditions on the cases `c`.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use contract::{
    Activity, CaseQuery, Search, Status,
    activity::RECENT_DAYS,
    case_filter::{Field, Filter, ME, YES},
    lifecycle::Side,
    moment,
};
use uuid::Uuid;

use super::{
    record::CASES,
    search::{self, Holders},
};
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

    /// Where the cases `c` that a query means come from. An organisation may have very many
    /// cases and a person has few, which SQLite cannot know: whoever asks for activities is
    /// led from their own cases on. It takes a `CROSS JOIN` in the order in which it stands.
    pub fn source(&self, query: &CaseQuery, parameters: &mut Parameters) -> String {
        if !asks_for_activities(query) {
            return CASES.to_owned();
        }
        let me = self.me(parameters);
        format!(
            "(SELECT m.id FROM cases m WHERE m.requester_id = {me} \
              UNION SELECT m.id FROM cases m WHERE m.filer_id = {me} \
              UNION SELECT w.case_id FROM watchers w WHERE w.person_id = {me}) mine CROSS JOIN {CASES}"
        )
    }

    /// The conditions that all hold for the cases a query means, of those that come from
    /// its [`source`](Self::source).
    pub fn conditions(&self, query: &CaseQuery, parameters: &mut Parameters) -> Vec<String> {
        self.conditions_with(query, &[], parameters)
    }

    /// The same, where it is known which cases hold what the query searches for.
    pub fn conditions_with(
        &self,
        query: &CaseQuery,
        holders: &[Holders],
        parameters: &mut Parameters,
    ) -> Vec<String> {
        let mut conditions = vec![self.viewer.sees_sql(parameters)];
        if !query.statuses.is_empty() {
            let keys = parameters.add_all(query.statuses.iter().map(|status| status.key()));
            conditions.push(format!("c.status IN ({keys})"));
        }
        if asks_for_activities(query) {
            conditions.push("c.id = mine.id".to_owned());
        }
        conditions
            .extend(any_way(&query.filters, |filter| self.holds(filter.field, &filter.value, parameters)));
        let search = Search::read(&query.search);
        if !search.statuses.is_empty() {
            let keys = parameters.add_all(search.statuses.iter().map(|status| status.key()));
            conditions.push(format!("c.status IN ({keys})"));
        }
        conditions
            .extend(any_way(&search.filters, |filter| self.told(filter.field, &filter.value, parameters)));
        let support = self.viewer.person.support;
        conditions.extend(search::conditions(&search, support, self.database, holders, parameters));
        conditions
    }

    /// That a field has a value, or one whose name begins so.
    fn told(&self, field: Field, value: &str, parameters: &mut Parameters) -> Option<String> {
        if !field.is_named() || field.is_of_people() && field.reads(value) {
            return self.holds(field, value, parameters);
        }
        let mut named = |column: &str| begins(column, value, parameters);
        Some(match field {
            Field::Type => format!("({} OR {})", named("c.type_id"), named("c.type_title")),
            Field::Environment => named("c.environment"),
            Field::Watcher => format!(
                "c.id IN (SELECT w.case_id FROM watchers w JOIN people p ON p.id = w.person_id WHERE {})",
                named("p.name")
            ),
            Field::FiledBy => format!("c.filer_id IN (SELECT p.id FROM people p WHERE {})", named("p.name")),
            _ => format!("c.requester_id IN (SELECT p.id FROM people p WHERE {})", named("p.name")),
        })
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
            Field::Attachments => self.has_files(value == YES),
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
    fn has_files(&self, has: bool) -> String {
        let public = if self.viewer.person.support { "" } else { " WHERE NOT a.internal" };
        let not = if has { "" } else { "NOT " };
        format!("c.id {not}IN (SELECT a.case_id FROM attachments a{public})")
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

/// A condition a field: the case is like one of the values asked for. None for a value that
/// the field cannot have, which no case matches.
fn any_way(filters: &[Filter], mut way: impl FnMut(&Filter) -> Option<String>) -> Vec<String> {
    let mut conditions = Vec::new();
    for field in Field::ALL {
        let asked = filters.iter().filter(|filter| filter.field == field);
        let ways: Vec<_> = asked.map(|filter| way(filter).unwrap_or_else(|| "FALSE".to_owned())).collect();
        if !ways.is_empty() {
            conditions.push(format!("({})", ways.join(" OR ")));
        }
    }
    conditions
}

/// That a name, or a word of it, begins so. SQLite knows lower case of ASCII only: a name
/// that begins with another letter is found as it is written.
fn begins(column: &str, value: &str, parameters: &mut Parameters) -> String {
    let plain = value.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let mut ways = Vec::new();
    for (column, value) in [(format!("LOWER({column})"), plain.to_lowercase()), (column.to_owned(), plain)] {
        for pattern in [format!("{value}%"), format!("% {value}%")] {
            ways.push(format!("{column} LIKE {} ESCAPE '\\'", parameters.add(pattern)));
        }
    }
    format!("({})", ways.join(" OR "))
}

fn asks_for_activities(query: &CaseQuery) -> bool {
    query.values(Field::Activity).next().is_some()
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
