//! What transactions announce.

use contract::{CaseNumber, live::LiveEvent};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::accounts::Viewer;

/// Something that happened, with what is needed to tell who may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signal {
    /// A case was filed or changed.
    CaseChanged {
        /// Which case.
        number: CaseNumber,
        /// Its version after the change.
        version: i64,
        /// Whose organisation's.
        organisation: Uuid,
        /// Whose case.
        requester: Uuid,
        /// Who filed it.
        filer: Uuid,
        /// The people who follow it.
        #[serde(default)]
        watchers: Vec<Uuid>,
        /// The people who were told of it.
        #[serde(default)]
        told: Vec<Uuid>,
        /// Whether only support may know.
        internal: bool,
    },
    /// Somebody has read a case further than before.
    CaseRead {
        /// Which case.
        number: CaseNumber,
        /// Who.
        reader: Uuid,
    },
    /// Somebody said what they have seen of what they were told of.
    NotificationsChanged {
        /// Who.
        person: Uuid,
    },
    /// Support posted a notice or took one back.
    NoticeChanged {},
    /// A session ended: its streams end with it.
    SessionEnded {
        /// Which session.
        token_hash: String,
    },
}

impl Signal {
    /// The event for a viewer; `None` where it is not theirs to know.
    #[must_use]
    pub fn event_for(&self, viewer: &Viewer) -> Option<LiveEvent> {
        match self {
            Self::CaseChanged {
                number,
                version,
                organisation,
                requester,
                filer,
                watchers,
                told,
                internal,
            } => {
                let own = [requester, filer].into_iter().chain(watchers).any(|id| *id == viewer.person.id);
                let visible = viewer.sees(*organisation, own) && (viewer.person.support || !internal);
                let told = told.contains(&viewer.person.id);
                visible.then_some(LiveEvent::CaseChanged { number: *number, version: *version, told })
            }
            Self::CaseRead { number, reader } => {
                (*reader == viewer.person.id).then_some(LiveEvent::CaseRead { number: *number })
            }
            Self::NotificationsChanged { person } => {
                (*person == viewer.person.id).then_some(LiveEvent::NotificationsChanged)
            }
            Self::NoticeChanged {} => Some(LiveEvent::NoticeChanged),
            Self::SessionEnded { .. } => None,
        }
    }

    /// Whether it ends the viewer's session.
    #[must_use]
    pub fn ends_session_of(&self, viewer: &Viewer) -> bool {
        matches!(self, Self::SessionEnded { token_hash } if *token_hash == viewer.token_hash)
    }
}
