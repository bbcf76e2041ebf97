//! Reading a case's timeline: from where, how much at a time, how far one has read,
//! and what a text is found in.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    limits::{PAGE_DEFAULT, PAGE_MAX},
    thread::Entry,
};

/// Where a page of the timeline lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anchor {
    /// At the beginning.
    #[default]
    First,
    /// At the end.
    Last,
    /// At the first entry of others that the reader has not read, with some before it;
    /// at the end where there is none, or where the reader was never here.
    Unread,
    /// Around an entry.
    Entry(Uuid),
    /// Behind so many entries.
    Skip(u32),
    /// Behind a position.
    After(i64),
    /// Before a position.
    Before(i64),
}

/// Which page of a timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimelineQuery {
    /// Where it lies.
    pub anchor: Anchor,
    /// Whether events are left out.
    pub only_messages: bool,
    /// Most entries, from 1 to [`PAGE_MAX`].
    pub limit: u32,
}

impl Default for TimelineQuery {
    fn default() -> Self {
        Self { anchor: Anchor::default(), only_messages: false, limit: PAGE_DEFAULT }
    }
}

/// A parameter of the query that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimelineQueryError {
    /// Not a place.
    #[error("at takes first, last, unread or the id of an entry — not “{0}”")]
    At(String),
    /// Not a position.
    #[error("{0} takes a cursor as the timeline gave it")]
    Cursor(&'static str),
    /// Not a count.
    #[error("skip takes a number of entries")]
    Skip,
    /// Two places.
    #[error("use one of at, skip, cursor, after and before")]
    Anchors,
    /// Not a filter.
    #[error("only takes messages — not “{0}”")]
    Only(String),
    /// Not a size.
    #[error("limit takes a number from 1 to {PAGE_MAX}")]
    Limit,
    /// No such parameter.
    #[error("there is no parameter “{0}”")]
    Unknown(String),
}

impl TimelineQuery {
    /// Reads the query's parameters. `cursor`, the name that all lists have for it, is
    /// the same as `after`.
    ///
    /// # Errors
    /// A value cannot be read, there is no such parameter, or two say where.
    pub fn read<'a>(
        parameters: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, TimelineQueryError> {
        let (mut query, mut anchor) = (Self::default(), None);
        for (name, value) in parameters {
            let said = match name {
                "at" => Some(at(value).ok_or_else(|| TimelineQueryError::At(value.to_owned()))?),
                "cursor" => Some(Anchor::After(position("cursor", value)?)),
                "after" => Some(Anchor::After(position("after", value)?)),
                "before" => Some(Anchor::Before(position("before", value)?)),
                "skip" => Some(Anchor::Skip(value.parse().map_err(|_| TimelineQueryError::Skip)?)),
                "only" if value == "messages" => {
                    query.only_messages = true;
                    None
                }
                "only" => return Err(TimelineQueryError::Only(value.to_owned())),
                "limit" => {
                    let limit = value.parse().ok().filter(|limit| (1..=PAGE_MAX).contains(limit));
                    query.limit = limit.ok_or(TimelineQueryError::Limit)?;
                    None
                }
                _ => return Err(TimelineQueryError::Unknown(name.to_owned())),
            };
            if said.is_some() && anchor.is_some() {
                return Err(TimelineQueryError::Anchors);
            }
            anchor = anchor.or(said);
        }
        query.anchor = anchor.unwrap_or_default();
        Ok(query)
    }

    /// The parameters, which need no escaping, in a fixed order.
    #[must_use]
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let anchor = match self.anchor {
            Anchor::First => ("at", "first".to_owned()),
            Anchor::Last => ("at", "last".to_owned()),
            Anchor::Unread => ("at", "unread".to_owned()),
            Anchor::Entry(id) => ("at", id.to_string()),
            Anchor::Skip(count) => ("skip", count.to_string()),
            Anchor::After(position) => ("after", position.to_string()),
            Anchor::Before(position) => ("before", position.to_string()),
        };
        let mut parameters = vec![anchor, ("limit", self.limit.to_string())];
        if self.only_messages {
            parameters.push(("only", "messages".to_owned()));
        }
        parameters
    }
}

fn at(value: &str) -> Option<Anchor> {
    match value {
        "first" => Some(Anchor::First),
        "last" => Some(Anchor::Last),
        "unread" => Some(Anchor::Unread),
        id => id.parse().ok().map(Anchor::Entry),
    }
}

fn position(name: &'static str, value: &str) -> Result<i64, TimelineQueryError> {
    value.parse().map_err(|_| TimelineQueryError::Cursor(name))
}

/// One page of a timeline, oldest first. What its reader may not see is not counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimelinePage {
    /// The entries.
    pub items: Vec<Entry>,
    /// For `after`: leads to the following page; absent at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// For `before`: leads to the page before; absent at the beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<String>,
    /// How many entries there are before these.
    pub earlier: u32,
    /// How many there are behind these.
    pub later: u32,
    /// The position of the first entry of others that the reader has not read, be it on
    /// this page or not; absent without one, and for whoever was never here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unread: Option<i64>,
}

/// How far somebody has read a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReadMark {
    /// The position of the last entry read.
    pub position: i64,
}

/// The messages that hold a text, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Found {
    /// The messages, at most [`FOUND_MAX`](crate::limits::FOUND_MAX).
    pub hits: Vec<Hit>,
    /// Whether there are more.
    pub more: bool,
}

/// A message that holds a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hit {
    /// The message.
    pub id: Uuid,
    /// Its position.
    pub position: i64,
}
