//! Looking after an organisation's people: its administrators invite, promote, demote and
//! deactivate them, hand their cases over, let partners work for it, and set its policy.

mod handover;
mod invitations;
mod joining;
mod members;
mod partnerships;
mod policy;

pub use policy::default_watchers;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::app::App;

/// An invitation is accepted by whoever has its link.
pub fn open_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(joining::read_invitation, joining::join))
}

/// People are for people signed in.
pub fn closed_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(members::list_members))
        .routes(routes!(members::change_member))
        .routes(routes!(handover::hand_over))
        .routes(routes!(invitations::invite))
        .routes(routes!(invitations::send_again, invitations::withdraw))
        .routes(routes!(partnerships::list_asked, partnerships::ask))
        .routes(routes!(partnerships::take_back))
        .routes(routes!(partnerships::leave))
        .routes(routes!(partnerships::decide))
        .routes(routes!(policy::read_policy, policy::set_policy))
}
