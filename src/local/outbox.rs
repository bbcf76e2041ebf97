//! What was sent and is not yet answered. Each thing has one idempotency key for
//! as long as it lives, so that however often it is tried it happens once. What is sent
//! to one case leaves in the order in which it was sent.

use std::{
    mem::replace,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use contract::{
    Action, ActionDetails, CaseNumber, NewMessage, ProblemCode, TakeAction, attachment::AttachedFile,
};
use leptos::{ev, prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    delivery::{Delivery, deliver},
    store,
};
use crate::{
    language,
    part::fetched_part,
    remote::{
        Remote, RemoteError, cases, connection::on_return, listeners::Listeners, messages, pause::Pause,
    },
};

/// How long a text stays here before it leaves, for whoever thinks again.
pub const HOLD: Duration = Duration::from_secs(4);

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
    /// The files that go with it, which the backend has.
    #[serde(default)]
    pub attachments: Vec<AttachedFile>,
    /// The case's version as its sender saw it.
    pub version: i64,
    /// When it was sent, in milliseconds since 1970.
    #[serde(default)]
    pub at: f64,
}

impl Outgoing {
    /// Something new to be done.
    pub fn new(number: CaseNumber, version: i64, action: Action, text: String) -> Self {
        Self {
            key: Uuid::new_v4().to_string(),
            number,
            action,
            text,
            details: ActionDetails::default(),
            attachments: Vec::new(),
            version,
            at: js_sys::Date::now(),
        }
    }

    /// With something that goes with it beside the text.
    pub fn with(self, details: ActionDetails) -> Self {
        Self { details, ..self }
    }

    /// With files that the backend has.
    pub fn attaching(self, attachments: Vec<AttachedFile>) -> Self {
        Self { attachments, ..self }
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
    /// How many changes of the same sender arrived since it was sent: they are what its
    /// version is behind by, and no surprise.
    behind: Arc<AtomicI64>,
    /// Whether an earlier page, or another one, put it into the outbox.
    found: bool,
}

impl Item {
    fn new(outgoing: Outgoing, delivery: Delivery, found: bool) -> Self {
        Self {
            outgoing: Arc::new(outgoing),
            delivery: ArcRwSignal::new(delivery),
            pause: Pause::default(),
            behind: Arc::default(),
            found,
        }
    }

    fn is_held(&self) -> bool {
        self.delivery.with_untracked(|delivery| *delivery == Delivery::Held)
    }

    /// Whether its sender may still take it back. What another page holds is that page's.
    pub fn can_be_undone(&self) -> bool {
        !self.found && self.delivery.with(|delivery| *delivery == Delivery::Held)
    }

    /// Lets it leave, where it is held.
    fn release(&self) {
        if self.is_held() {
            self.delivery.set(Delivery::Sending);
            self.pause.wake();
        }
    }
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
        outbox.release_on_leaving();
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
                && (language::rest().await.is_err() || resume(self).await.is_err())
            {
                // Tried again when the backend is back.
                self.resumed.try_set_value(false);
            }
        });
    }

    async fn send_left(self) {
        let mut left = Vec::new();
        for key in store::keys(&self.key("")).await {
            let text = store::get(&key).await.unwrap_or_default();
            left.extend(serde_json::from_str::<Outgoing>(&text));
        }
        left.sort_by(|one, other| one.at.total_cmp(&other.at));
        for outgoing in left {
            let known = |items: &Vec<Item>| items.iter().any(|item| item.outgoing.key == outgoing.key);
            if !self.items.with_untracked(known) {
                let held = js_sys::Date::now() - outgoing.at < HOLD.as_secs_f64() * 1000.0;
                let delivery = if held { Delivery::Held } else { Delivery::Sending };
                self.start(Item::new(outgoing, delivery, true));
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
        self.send_as(outgoing, Delivery::Sending);
    }

    /// Sends something after [`HOLD`], or as soon as it is released.
    pub fn send_soon(self, outgoing: Outgoing) {
        self.send_as(outgoing, Delivery::Held);
    }

    fn send_as(self, outgoing: Outgoing, delivery: Delivery) {
        if let Ok(text) = serde_json::to_string(&outgoing) {
            store::put_now(&self.key(&outgoing.key), Some(&text));
        }
        self.release(outgoing.number);
        self.start(Item::new(outgoing, delivery, false));
    }

    /// Lets what is held for a case leave; whether anything was.
    pub fn release(self, number: CaseNumber) -> bool {
        let items = self.items.try_get_untracked().unwrap_or_default();
        let held = items.iter().filter(|item| item.outgoing.number == number && item.is_held());
        held.map(Item::release).count() > 0
    }

    /// A page that is out of sight may not come back: what is held leaves.
    fn release_on_leaving(self) {
        let release = move || {
            self.items.try_get_untracked().unwrap_or_default().iter().for_each(Item::release);
        };
        let hidden = window_event_listener(ev::visibilitychange, move |_| {
            if document().hidden() {
                release();
            }
        });
        let leaving = window_event_listener(ev::pagehide, move |_| release());
        on_cleanup(move || {
            hidden.remove();
            leaving.remove();
        });
    }

    /// Tries a waiting item at once.
    pub fn retry(self, item: &Item) {
        item.pause.wake();
    }

    /// Takes an item out that is held, is waiting or was refused.
    pub fn take_out(self, item: &Item) {
        item.delivery.set(Delivery::Idle);
        item.pause.wake();
        self.remove(&item.outgoing.key);
        self.wake_next(item.outgoing.number);
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

    fn start(self, item: Item) {
        if self.items.try_update(|items| items.push(item.clone())).is_some() {
            spawn_local(self.run(item));
        }
    }

    async fn run(self, item: Item) {
        if !self.leaves(&item).await {
            return;
        }
        let attempt = || -> std::pin::Pin<Box<dyn Future<Output = _>>> {
            let version = item.outgoing.version + item.behind.load(Ordering::Relaxed);
            Box::pin(perform(self.remote, item.outgoing.clone(), version))
        };
        match deliver(self.remote, item.delivery.clone(), &item.pause, attempt).await {
            Some(Ok(())) => {
                self.note_change(&item);
                self.answered.tell(&item.outgoing.number);
                self.remove(&item.outgoing.key);
            }
            // The text stays kept until its sender takes it out.
            Some(Err(_)) => self.answered.tell(&item.outgoing.number),
            None => {}
        }
        self.wake_next(item.outgoing.number);
    }

    /// Waits until an item may leave: it is held no longer, and what was sent to the case
    /// before it has left. False if it is not to leave any more.
    async fn leaves(self, item: &Item) -> bool {
        if item.is_held() {
            let held = item.clone();
            set_timeout(move || held.release(), HOLD);
        }
        loop {
            match self.one_ahead(item) {
                _ if item.is_held() => item.pause.wait(None).await,
                Some(standing) => {
                    item.delivery.set(standing);
                    item.pause.wait(Some(1)).await;
                }
                None => break,
            }
            if item.delivery.get_untracked() == Delivery::Idle {
                return false;
            }
        }
        let key = self.key(&item.outgoing.key);
        // The page that put it there may have taken it back meanwhile.
        if item.found && store::get(&key).await.is_none() {
            self.items.try_update(|items| items.retain(|known| known.outgoing.key != item.outgoing.key));
            self.wake_next(item.outgoing.number);
            return false;
        }
        true
    }

    /// How the one stands that an item has to wait for.
    fn one_ahead(self, item: &Item) -> Option<Delivery> {
        let ahead = |items: &Vec<Item>| {
            let earlier = items.iter().take_while(|other| other.outgoing.key != item.outgoing.key);
            let mut same = earlier.filter(|other| other.outgoing.number == item.outgoing.number);
            same.find_map(|other| match other.delivery.get_untracked() {
                Delivery::Held => Some(Delivery::Sending),
                standing => Some(standing).filter(Delivery::is_under_way),
            })
        };
        self.items.try_with_untracked(ahead).flatten()
    }

    /// Those behind it were sent on what the case was before.
    fn note_change(self, done: &Item) {
        if done.outgoing.action == Action::AddNote {
            return;
        }
        let items = self.items.try_get_untracked().unwrap_or_default();
        let later = items.iter().skip_while(|item| item.outgoing.key != done.outgoing.key).skip(1);
        for item in later.filter(|item| item.outgoing.number == done.outgoing.number) {
            item.behind.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Whoever waited for another to leave looks again.
    fn wake_next(self, number: CaseNumber) {
        let items = self.items.try_get_untracked().unwrap_or_default();
        items.iter().filter(|item| item.outgoing.number == number).for_each(|item| item.pause.wake());
    }
}

async fn perform(remote: Remote, outgoing: Arc<Outgoing>, version: i64) -> Result<(), RemoteError> {
    let Outgoing { key, number, action, text, details, .. } = outgoing.as_ref();
    let attachments = outgoing.attachments.iter().map(|file| file.id).collect();
    match action {
        Action::Reply | Action::AddNote => {
            let internal = *action == Action::AddNote;
            let message = NewMessage { body: text.clone(), internal, attachments };
            messages::send(remote, *number, &message, key).await
        }
        _ => {
            let message = (!text.trim().is_empty()).then(|| text.clone());
            let action = TakeAction { action: *action, message, details: details.clone(), attachments };
            cases::act(remote, *number, version, &action, key).await
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
