//! The icons a case type can have.

/// Names of icons of the portal's sprite, for [`icon`](super::CaseType::icon).
pub const ICONS: [&str; 12] = [
    "bug",
    "question",
    "link",
    "server",
    "pipeline",
    "rocket",
    "plug",
    "briefcase",
    "upgrade",
    "traffic",
    "alarm",
    "ticket",
];
