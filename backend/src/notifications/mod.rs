//! What people are told of in the portal.

mod choices;
mod routes;
mod tell;

pub use choices::choices_of;
pub use routes::closed_routes;
pub use tell::{see, tell};
