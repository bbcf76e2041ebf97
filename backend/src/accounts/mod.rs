//! Who people are, and how they get in.

mod colleagues;
mod directory;
mod links;
mod own;
mod password;
mod privacy;
mod routes;
mod second_factor;
mod sessions;
mod throttle;
mod tokens;
mod viewer;

pub use colleagues::{colleague, member_by_email};
pub use directory::{
    NewPerson, add_environment, add_membership, add_organisation, add_person, by_address, chosen_language,
    environments, memberships, open_account,
};
pub use password::{PasswordError, Passwords};
pub use privacy::{forget, is_forgotten};
pub use routes::{closed_routes, open_routes};
pub use second_factor::remove as remove_second_factor;
pub use sessions::{SessionRow, end_all as end_sessions, hash, lasts as session_lasts, token};
pub use throttle::{Peer, Throttle, origin};
pub use viewer::{Place, Viewer, require_session};
