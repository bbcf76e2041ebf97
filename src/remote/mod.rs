//! Talking to the backend: one request function, one small typed function an
//! operation, the live stream, and what is remembered of the answers.

pub mod account;
pub mod activities;
pub mod attachments;
pub mod cache;
pub mod cases;
pub mod catalogue;
pub mod connection;
pub mod error;
pub mod fetched;
pub mod listeners;
pub mod live;
pub mod members;
pub mod messages;
pub mod notice;
pub mod notifications;
pub mod overview;
pub mod pause;
pub mod people;
pub mod portal;
mod request;
pub mod session;
pub mod stretch;
pub mod typed;
pub mod uploads;
pub mod views;

use leptos::prelude::*;

pub use cache::Cache;
pub use error::RemoteError;
pub use fetched::Fetched;
pub use session::Standing;
pub use stretch::Stretch;

/// The backend, as this page knows it.
#[derive(Clone, Copy)]
pub struct Remote {
    /// Whether the last request reached it.
    pub reachable: RwSignal<bool>,
    /// Who is signed in.
    pub standing: RwSignal<Standing>,
    /// How many notifications the person has not seen, as far as that is known.
    pub unread: RwSignal<u64>,
    /// What it answered before.
    pub cache: StoredValue<Cache, LocalStorage>,
}

impl Remote {
    /// A backend not yet spoken to.
    pub fn new() -> Self {
        Self {
            reachable: RwSignal::new(true),
            standing: RwSignal::new(Standing::Asking),
            unread: RwSignal::new(0),
            cache: StoredValue::new_local(Cache::default()),
        }
    }

    /// The page's backend.
    pub fn here() -> Self {
        expect_context()
    }

    /// Forgets everything of the person who was signed in.
    pub fn forget(self) {
        self.cache.set_value(Cache::default());
        self.unread.set(0);
        self.standing.set(Standing::Out);
    }
}
