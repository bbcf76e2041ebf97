//! What the live stream says.

use serde::{Deserialize, Serialize};

use crate::CaseNumber;

/// One event of `GET /api/v1/events`. Events tell what to fetch again; they carry
/// no content, so that nothing can leak past a permission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LiveEvent {
    /// The stream began here; its id is where to resume from.
    Hello,
    /// A case was filed or changed.
    CaseChanged {
        /// Which case.
        number: CaseNumber,
        /// Its version after the change, as in its `ETag`.
        version: i64,
        /// Whether the listener was told of it: they have one notification more.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        told: bool,
    },
    /// The listener has read a case further, here or elsewhere; told to nobody else.
    CaseRead {
        /// Which case.
        number: CaseNumber,
    },
    /// The listener said what they have seen of what they were told of, or took it back;
    /// told to nobody else.
    NotificationsChanged,
    /// Support posted a notice or took one back.
    NoticeChanged,
    /// Too much was missed to list: fetch everything on screen again.
    Reload,
}
