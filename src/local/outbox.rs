//! What was sent and is not yet answered. Each thing has one idempotency key for
//! as long as it lives, so that however often it is tried it happens once.

use std::{mem::replace, sync::Arc};

use contract::{Action, ActionDetails, CaseNumber, NewMessage, ProblemCode, TakeAction};
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    delivery::{Delivery, deliver},
    store,
};
use crate::{
    part::fetched_part,
    remote::{
        Remote, RemoteError, cases, connection::on_return, listeners::Listeners, messages, pause::Pause,
    },
};

/// Something to be done to a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outgoing {
    /// Its idempotency key.
    pub key: String,
    /// Which case.
    pub number: CaseNumber,
    /// What to do.
    pub action: Action,
    /// The text that goes with it.
    pub text: String,
    /// What else goes with it.
    #[serde(default)]
    pub details: ActionDetails,
    /// The case's version as its sender saw it.
    pub version: i64,
}

impl Outgoing {
    /// Something new to be done.
    pub fn new(number: CaseNumber, version: i64, action: Action, text: String) -> Self {
        let (key, details) = (Uuid::new_v4().to_string(), ActionDetails::default());
        Self { key, number, action, text, details, version }
    }

    /// With something that goes with it beside the text.
    pub fn with(self, details: ActionDetails) -> Self {
        Self { details, ..self }
    }
}

/// One thing in the outbox.
#[derive(Clone)]
pub struct Item {
    /// What it is.
    pub outgoing: Arc<Outgoing>,
    /// How it stands.
    pub delivery: ArcRwSignal<Delivery>,
    pause: Pause,
}

/// Everything on its way.
#[derive(Clone, Copy)]
pub struct Outbox {
    /// The items, oldest first.
    pub items: RwSignal<Vec<Item>>,
    answered: Listeners<CaseNumber>,
    returned: Listeners<Item>,
    remote: Remote,
    person: Uuid,
    /// Whether what was left in it is on its way again.
    resumed: StoredValue<bool>,
}

fetched_part! { outbox: fn resume(outbox: Outbox) -> () { spawn_local(outbox.send_left()) } }

impl Outbox {
    /// The page's outbox.
    pub fn here() -> Self {
        expect_context()
    }

    /// A person's outbox; what they left in it is sent.
    pub fn open(remote: Remote, person: Uuid) -> Self {
        let outbox = Self {
            items: RwSignal::new(Vec::new()),
            answered: Listeners::new(),
            returned: Listeners::new(),
            remote,
            person,
            resumed: StoredValue::new(false),
        };
        outbox.look_for_left();
        on_return(remote, move || {
            outbox.items.with_untracked(|items| items.iter().for_each(|item| item.pause.wake()));
            outbox.look_for_left();
        });
        outbox
    }

    /// Most people left nothing: only for those who did is the code fetched that sends it.
    fn look_for_left(self) {
        spawn_local(async move {
            if store::any(&self.key("")).await
                && self.resumed.try_update_value(|done| !replace(done, true)) == Some(true)
                && resume(self).await.is_err()
            {
                // Tried again when the backend is back.
                self.resumed.try_set_value(false);
            }
        });
    }

    async fn send_left(self) {
        for key in store::keys(&self.key("")).await {
            let text = store::get(&key).await.unwrap_or_default();
            if let Ok(outgoing) = serde_json::from_str::<Outgoing>(&text)
                && self
                    .items
                    .with_untracked(|items| items.iter().all(|item| item.outgoing.key != outgoing.key))
            {
                self.start(outgoing);
            }
        }
    }

    /// Calls back when the backend has answered for a case, be it that it took
    /// something or that the case had changed, until the present owner goes.
    pub fn listen(self, listener: impl Fn(&CaseNumber) + 'static) {
        self.answered.listen(listener);
    }

    /// Calls back when a text is to be edited again, until the present owner goes.
    pub fn listen_returned(self, listener: impl Fn(&Item) + 'static) {
        self.returned.listen(listener);
    }

    /// Whether anything for a case is under way.
    pub fn busy(self, number: CaseNumber) -> Signal<bool> {
        Signal::derive(move || {
            self.items.with(|items| {
                let mut mine = items.iter().filter(|item| item.outgoing.number == number);
                mine.any(|item| item.delivery.with(Delivery::is_under_way))
            })
        })
    }

    /// Sends something, and keeps it until it is answered.
    pub fn send(self, outgoing: Outgoing) {
        if let Ok(text) = serde_json::to_string(&outgoing) {
            store::put_now(&self.key(&outgoing.key), Some(&text));
        }
        self.start(outgoing);
    }

    /// Tries a waiting item at once.
    pub fn retry(self, item: &Item) {
        item.pause.wake();
    }

    /// Takes an item out that is waiting or was refused.
    pub fn take_out(self, item: &Item) {
        item.delivery.set(Delivery::Idle);
        item.pause.wake();
        self.remove(&item.outgoing.key);
    }

    /// Takes an item out and gives its text back to be edited.
    pub fn edit(self, item: &Item) {
        self.take_out(item);
        self.returned.tell(item);
    }

    fn key(self, key: &str) -> String {
        format!("outbox/{}/{key}", self.person)
    }

    fn remove(self, key: &str) {
        store::put_now(&self.key(key), None);
        self.items.try_update(|items| items.retain(|item| item.outgoing.key != key));
    }

    fn start(self, outgoing: Outgoing) {
        let item = Item {
            outgoing: Arc::new(outgoing),
            delivery: ArcRwSignal::new(Delivery::Sending),
            pause: Pause::default(),
        };
        if self.items.try_update(|items| items.push(item.clone())).is_some() {
            spawn_local(self.run(item));
        }
    }

    async fn run(self, item: Item) {
        let outgoing = item.outgoing.clone();
        let attempt = || -> std::pin::Pin<Box<dyn Future<Output = _>>> {
            Box::pin(perform(self.remote, outgoing.clone()))
        };
        match deliver(self.remote, item.delivery.clone(), &item.pause, attempt).await {
            Some(Ok(())) => {
                self.answered.tell(&outgoing.number);
                self.remove(&outgoing.key);
            }
            // The text stays kept until its sender takes it out.
            Some(Err(_)) => self.answered.tell(&outgoing.number),
            None => {}
        }
    }
}

async fn perform(remote: Remote, outgoing: Arc<Outgoing>) -> Result<(), RemoteError> {
    let Outgoing { key, number, action, text, details, version } = outgoing.as_ref();
    match action {
        Action::Reply | Action::AddNote => {
            let message = NewMessage { body: text.clone(), internal: *action == Action::AddNote };
            messages::send(remote, *number, &message, key).await
        }
        _ => {
            let message = (!text.trim().is_empty()).then(|| text.clone());
            let action = TakeAction { action: *action, message, details: details.clone() };
            cases::act(remote, *number, *version, &action, key).await
        }
    }
}

/// Why an item was refused, for its sender.
pub fn refusal(error: &RemoteError) -> String {
    let Some(problem) = error.problem() else { return error.to_string() };
    match (problem.code, problem.current_status()) {
        (ProblemCode::ChangedMeanwhile, Some(status)) => texts::record::changed_meanwhile(status.label()),
        _ => problem.errors.first().map_or_else(|| error.to_string(), |field| field.message.clone()),
    }
}
