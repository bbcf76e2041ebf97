//! What the portal and the backend agree on.
//!
//! Every rule both sides need lives here and is compiled into both: wire types,
//! the life cycle, the catalogue engine, validation, problem codes. The crate is
//! pure — no I/O, no clock, no DOM — so that the browser and the backend cannot
//! disagree. Times are passed in, UTC; JSON is snake_case.

pub mod account;
pub mod action;
pub mod activity;
pub mod attachment;
pub mod audit;
pub mod bulk;
pub mod case;
pub mod case_filter;
pub mod case_query;
pub mod catalogue;
pub mod colour;
pub mod column;
pub mod escalation;
pub mod export;
pub mod field;
pub mod find;
pub mod happening;
pub mod jira;
pub mod lifecycle;
pub mod limits;
pub mod live;
pub mod markdown;
pub mod member;
pub mod mention;
pub mod moment;
pub mod notice;
pub mod notification;
pub mod number;
pub mod overview;
pub mod page;
pub mod partnership;
pub mod people;
pub mod personal_data;
pub mod portal;
pub mod problem;
pub mod rank;
pub mod reading;
pub mod saved_view;
pub mod search;
pub mod second_factor;
pub mod survey;
pub mod thread;
pub mod token;
pub mod watcher;
pub mod words;

pub use action::{ActionDetails, TakeAction};
pub use activity::Activity;
pub use case::{AskedAnswer, CaseRecord, CaseRef, CaseSummary, NewCase};
pub use case_query::{CaseQuery, Sort};
pub use column::Column;
pub use escalation::{Escalation, EscalationState};
pub use field::FieldError;
pub use jira::JiraTicket;
pub use lifecycle::{Action, Status};
pub use notification::{Notification, UnreadCount};
pub use number::CaseNumber;
pub use page::Page;
pub use problem::{Problem, ProblemCode};
pub use rank::{Impact, Priority};
pub use reading::{TimelinePage, TimelineQuery};
pub use search::Search;
pub use survey::SurveyState;
pub use thread::{Entry, NewMessage};
pub use watcher::Watcher;
