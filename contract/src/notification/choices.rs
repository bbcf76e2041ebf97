//! What somebody chose to be told of, and where.

use serde::{Deserialize, Serialize};

use crate::thread::Content;

/// What can be told of, in so far as it can be chosen. Whatever else happens to a case is
/// told of in the portal only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Somebody wrote, or sent files.
    Messages,
    /// A case was filed, or its status changed.
    Status,
    /// Support said when it expects to be done.
    Eta,
    /// An emergency was declared, or an escalation moved.
    Emergency,
}

impl Topic {
    /// All topics, as they are offered.
    pub const ALL: [Self; 4] = [Self::Messages, Self::Status, Self::Eta, Self::Emergency];

    /// What an entry is about.
    #[must_use]
    pub const fn of(content: &Content) -> Option<Self> {
        match content {
            Content::Message { .. } | Content::Attached { .. } => Some(Self::Messages),
            Content::Filed | Content::StatusChanged { .. } | Content::RequesterChanged { .. } => {
                Some(Self::Status)
            }
            Content::EtaChanged { .. } => Some(Self::Eta),
            Content::EscalationChanged { .. } => Some(Self::Emergency),
            _ => None,
        }
    }

    /// What it is called where it is chosen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Messages => texts::notifications::messages(),
            Self::Status => texts::notifications::status(),
            Self::Eta => texts::notifications::eta(),
            Self::Emergency => texts::notifications::emergency(),
        }
    }
}

/// Where somebody is told of a topic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// In the portal and by mail.
    #[default]
    Both,
    /// In the portal.
    Portal,
    /// By mail.
    Mail,
    /// Nowhere.
    None,
}

impl Channel {
    /// All channels, as they are offered.
    pub const ALL: [Self; 4] = [Self::Both, Self::Portal, Self::Mail, Self::None];

    /// Whether the portal tells.
    #[must_use]
    pub const fn portal(self) -> bool {
        matches!(self, Self::Both | Self::Portal)
    }

    /// Whether a mail tells.
    #[must_use]
    pub const fn mail(self) -> bool {
        matches!(self, Self::Both | Self::Mail)
    }

    /// What it is called where it is chosen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Both => texts::notifications::both(),
            Self::Portal => texts::notifications::portal(),
            Self::Mail => texts::notifications::mail(),
            Self::None => texts::notifications::nowhere(),
        }
    }
}

/// When mails are sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MailPace {
    /// Each at once.
    #[default]
    AtOnce,
    /// All of an hour as one, at its end.
    Hourly,
    /// All of a day as one, at 06:00 UTC.
    Daily,
}

impl MailPace {
    /// All paces, as they are offered.
    pub const ALL: [Self; 3] = [Self::AtOnce, Self::Hourly, Self::Daily];

    /// What it is called where it is chosen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::AtOnce => texts::notifications::at_once(),
            Self::Hourly => texts::notifications::hourly(),
            Self::Daily => texts::notifications::daily(),
        }
    }
}

/// What somebody chose; unchosen, everything is told everywhere at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NotificationChoices {
    /// Of what somebody wrote.
    #[serde(default)]
    pub messages: Channel,
    /// Of new cases and statuses.
    #[serde(default)]
    pub status: Channel,
    /// Of expected days.
    #[serde(default)]
    pub eta: Channel,
    /// Of emergencies and escalations.
    #[serde(default)]
    pub emergency: Channel,
    /// When mails are sent; those of emergencies always at once.
    #[serde(default)]
    pub pace: MailPace,
}

impl NotificationChoices {
    /// Where a topic is told of.
    #[must_use]
    pub const fn channel(self, topic: Topic) -> Channel {
        match topic {
            Topic::Messages => self.messages,
            Topic::Status => self.status,
            Topic::Eta => self.eta,
            Topic::Emergency => self.emergency,
        }
    }

    /// The same with another channel for a topic.
    #[must_use]
    pub const fn with(mut self, topic: Topic, channel: Channel) -> Self {
        match topic {
            Topic::Messages => self.messages = channel,
            Topic::Status => self.status = channel,
            Topic::Eta => self.eta = channel,
            Topic::Emergency => self.emergency = channel,
        }
        self
    }

    /// Whether the portal tells of an entry.
    #[must_use]
    pub fn portal(self, content: &Content) -> bool {
        Topic::of(content).is_none_or(|topic| self.channel(topic).portal())
    }
}
