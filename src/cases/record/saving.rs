//! A change that is asked for and answered at once.

use std::{future::Future, pin::Pin};

use contract::{CaseRecord, ProblemCode};
use leptos::{prelude::*, task::spawn_local};

use super::open_case::OpenCase;
use crate::{
    local::outbox::refusal,
    remote::{Remote, RemoteError},
};

type Asking = Pin<Box<dyn Future<Output = Result<Option<CaseRecord>, RemoteError>>>>;

/// How a change stands.
#[derive(Clone, Copy)]
pub struct Saving {
    /// Whether it is under way.
    pub pending: RwSignal<bool>,
    /// Why it was refused.
    pub error: RwSignal<Option<String>>,
    case: OpenCase,
}

impl Saving {
    /// Nothing yet.
    pub fn of(case: OpenCase) -> Self {
        Self { pending: RwSignal::new(false), error: RwSignal::new(None), case }
    }

    /// Asks for a change, and does something once it is made.
    pub fn ask(self, asking: impl FnOnce(Remote) -> Asking, done: impl FnOnce() + 'static) {
        if self.pending.get_untracked() {
            return;
        }
        self.pending.set(true);
        self.error.set(None);
        let asking = asking(Remote::here());
        spawn_local(async move {
            let answer = asking.await;
            if self.pending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(record) => {
                    if let Some(record) = record {
                        self.case.record.value.set(Some(record));
                    }
                    self.case.refresh();
                    done();
                }
                Err(error) => {
                    if error.code() == Some(ProblemCode::ChangedMeanwhile) {
                        self.case.refresh();
                    }
                    self.error.set(Some(refusal(&error)));
                }
            }
        });
    }
}
