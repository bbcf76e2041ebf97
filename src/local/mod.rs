//! What the browser keeps, so that no text is ever lost: drafts, and what waits
//! to be sent.

pub mod delivery;
pub mod drafts;
pub mod outbox;
pub mod settings;
mod store;

pub use delivery::Delivery;
pub use drafts::Draft;
pub use outbox::{Outbox, Outgoing};
