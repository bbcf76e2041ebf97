//! What the browser keeps, so that no text is ever lost: drafts, and what waits
//! to be sent.

pub mod delivery;
pub mod drafts;
pub mod files;
pub mod form_draft;
pub mod form_drafts;
mod indexed;
pub mod outbox;
pub mod settings;
pub mod store;

pub use delivery::Delivery;
pub use drafts::Draft;
pub use form_draft::FormDraft;
pub use outbox::{Outbox, Outgoing};
