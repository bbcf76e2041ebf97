//! The live stream: what changed, told to those who may know, in one order.

mod hub;
mod routes;
mod signal;

pub use hub::{Hub, Sent};
pub use routes::closed_routes;
pub use signal::Signal;
