//! Mail out: written together with what it tells of, sent afterwards until it has arrived.

mod account;
mod delivery;
mod demo;
mod digest;
mod kind;
mod letter;
mod postman;
mod queue;

pub use account::{AccountMail, Recipient};
pub use delivery::{Delivery, DeliveryError};
pub use demo::demo_routes;
pub use kind::{Kind, Subject};
pub use letter::{Automatic, Letter, LetterError, Sender};
pub use postman::Postman;
pub use queue::{Correspondent, correspondents, forget_before, queue, remind, unguessable};
