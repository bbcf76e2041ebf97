//! Pages of a case's timeline, from anywhere and in both directions.

use contract::{
    TimelinePage,
    reading::{Anchor, TimelineQuery},
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::{
    reads,
    timeline::{self, Row},
};
use crate::store::{Sql, StoreError};

/// Which entries of a timeline are shown at all.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    /// Notes, too: to support only.
    pub internal: bool,
    /// Messages only.
    pub only_messages: bool,
}

impl Shown {
    /// Conditions more on the entries `e`.
    pub const fn sql(self) -> &'static str {
        match (self.internal, self.only_messages) {
            (true, false) => "",
            (false, false) => " AND NOT e.internal",
            (true, true) => " AND e.message",
            (false, true) => " AND NOT e.internal AND e.message",
        }
    }
}

/// A case's timeline, as somebody sees it.
pub struct Reader<'a, C> {
    /// The database.
    pub connection: &'a C,
    /// Whose timeline.
    pub case_id: &'a str,
    /// What of it.
    pub shown: Shown,
    /// Who reads.
    pub person: Uuid,
}

/// Behind every position there is.
const END: i64 = i64::MAX;

/// Entries that follow one another.
struct Strip {
    rows: Vec<Row>,
    /// Whether they went to the end when they were read: what is written while the
    /// others are counted belongs to the next page.
    ends: bool,
}

#[derive(FromQueryResult)]
struct Count {
    count: i64,
}

#[derive(FromQueryResult)]
struct Position {
    position: i64,
}

impl<C: ConnectionTrait> Reader<'_, C> {
    /// The page that a query asks for; none where it asks for an entry that does not
    /// exist for the reader.
    ///
    /// # Errors
    /// The database refused.
    pub async fn page(&self, query: TimelineQuery) -> Result<Option<TimelinePage>, StoreError> {
        let unread = reads::first_unread(self.connection, self.case_id, self.shown, self.person).await?;
        let limit = query.limit;
        let rows = match (query.anchor, unread) {
            (Anchor::First, _) => self.from(i64::MIN, limit).await?,
            (Anchor::Last, _) | (Anchor::Unread, None) => self.before(END, limit).await?,
            (Anchor::After(position), _) => self.from(position.saturating_add(1), limit).await?,
            (Anchor::Before(position), _) => self.before(position, limit).await?,
            (Anchor::Unread, Some(first)) => self.around(first, limit, limit / 4).await?,
            (Anchor::Entry(id), _) => match self.place_of(id).await? {
                Some(position) => self.around(position, limit, limit / 2).await?,
                None => return Ok(None),
            },
            (Anchor::Skip(count), _) => match self.behind(count).await? {
                Some(position) => self.from(position, limit).await?,
                None => self.before(END, limit).await?,
            },
        };
        Ok(Some(self.counted(rows, query.anchor, unread).await?))
    }

    async fn counted(
        &self,
        Strip { rows, ends }: Strip,
        anchor: Anchor,
        unread: Option<i64>,
    ) -> Result<TimelinePage, StoreError> {
        let edges = rows.first().zip(rows.last()).map(|(first, last)| (first.position, last.position));
        let (earlier, later) = match (edges, anchor) {
            (Some((first, _)), _) if ends => (self.count("<", first).await?, 0),
            (Some((first, last)), _) => (self.count("<", first).await?, self.count(">", last).await?),
            (None, Anchor::Before(position)) => (0, self.count(">=", position).await?),
            (None, _) => (self.count("<=", END).await?, 0),
        };
        let end = |reached: bool, position: i64| (!reached).then(|| position.to_string());
        Ok(TimelinePage {
            items: rows.iter().map(timeline::entry).collect::<Result<_, _>>()?,
            next: edges.and_then(|(_, last)| end(later == 0, last)),
            previous: edges.and_then(|(first, _)| end(earlier == 0, first)),
            earlier,
            later,
            unread,
        })
    }

    /// Entries from a position on.
    async fn from(&self, position: i64, limit: u32) -> Result<Strip, StoreError> {
        let sql = format!(
            "{} WHERE e.case_id = $1 AND e.position >= $2{} ORDER BY e.position LIMIT $3",
            timeline::select(""),
            self.shown.sql()
        );
        let rows = self.connection.rows::<Row>(&sql, self.values(position, limit)).await?;
        Ok(Strip { ends: rows.len() < limit as usize, rows })
    }

    /// Entries before a position, the nearest.
    async fn before(&self, position: i64, limit: u32) -> Result<Strip, StoreError> {
        let sql = format!(
            "{} WHERE e.case_id = $1 AND e.position < $2{} ORDER BY e.position DESC LIMIT $3",
            timeline::select(""),
            self.shown.sql()
        );
        let mut rows = self.connection.rows::<Row>(&sql, self.values(position, limit)).await?;
        rows.reverse();
        Ok(Strip { rows, ends: position == END })
    }

    /// A full page with a position in it, as far as there are entries; up to `lead`
    /// of them, or more where none follow, stand before it.
    async fn around(&self, position: i64, limit: u32, lead: u32) -> Result<Strip, StoreError> {
        let behind = self.from(position, limit).await?;
        let missing = limit.saturating_sub(u32::try_from(behind.rows.len()).unwrap_or(limit));
        let mut rows = self.before(position, lead.max(missing)).await?.rows;
        let rest = (limit as usize).saturating_sub(rows.len());
        let ends = behind.ends && behind.rows.len() <= rest;
        rows.extend(behind.rows.into_iter().take(rest));
        Ok(Strip { rows, ends })
    }

    /// Where an entry stands, be it one of those shown or not: a link to an event
    /// leads to its place among the messages.
    async fn place_of(&self, id: Uuid) -> Result<Option<i64>, StoreError> {
        let all = Shown { only_messages: false, ..self.shown };
        let sql = format!("SELECT e.position FROM entries e WHERE e.case_id = $1 AND e.id = $2{}", all.sql());
        let values = [self.case_id.into(), id.to_string().into()];
        Ok(self.connection.row::<Position>(&sql, values).await?.map(|row| row.position))
    }

    /// Where the entry behind so many stands.
    async fn behind(&self, count: u32) -> Result<Option<i64>, StoreError> {
        let sql = format!(
            "SELECT e.position FROM entries e WHERE e.case_id = $1{} ORDER BY e.position LIMIT 1 OFFSET $2",
            self.shown.sql()
        );
        let values = [self.case_id.into(), i64::from(count).into()];
        Ok(self.connection.row::<Position>(&sql, values).await?.map(|row| row.position))
    }

    async fn count(&self, than: &str, position: i64) -> Result<u32, StoreError> {
        let sql = format!(
            "SELECT COUNT(*) AS count FROM entries e WHERE e.case_id = $1 AND e.position {than} $2{}",
            self.shown.sql()
        );
        let row = self.connection.row::<Count>(&sql, [self.case_id.into(), position.into()]).await?;
        Ok(row.and_then(|row| u32::try_from(row.count).ok()).unwrap_or_default())
    }

    fn values(&self, position: i64, limit: u32) -> [Value; 3] {
        [self.case_id.into(), position.into(), i64::from(limit).into()]
    }
}
