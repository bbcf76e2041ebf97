//! What every test stands on: a database of its own, a server, and people.

mod answer;
mod client;
mod draft;
mod events;
mod people;
mod portal;
mod post;
mod postgres;
mod program;
mod samples;
mod uploading;

pub use answer::Answer;
pub use client::{Client, fresh_key};
pub use draft::{Draft, answers};
pub use events::Events;
pub use people::{PASSWORD, People, quick_hash};
pub use portal::{Place, Portal, Server, now, run};
pub use post::{Locked, PostOffice, Received, Reception, postman};
pub use postgres::cut_connections;
pub use program::{Program, backend};
pub use samples::Sample;

/// Declares tests that run on both databases: each name is a function of this
/// module that takes a [`Portal`].
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        $(mod $name {
            #[test]
            fn sqlite() {
                crate::harness::run(casement_backend::store::Database::Sqlite, super::$name);
            }

            #[test]
            fn postgres() {
                crate::harness::run(casement_backend::store::Database::Postgres, super::$name);
            }
        })+
    };
}
pub(crate) use on_both;
