//! The live stream: one connection a browser, shared between its tabs.
//!
//! The tab that holds a Web Lock has the connection and passes on what it hears
//! over a broadcast channel; when it goes, the browser gives the lock to another,
//! which resumes from the last event heard. While no tab hears anything, all of
//! them fetch again every few seconds.

use std::time::Duration;

use contract::live::LiveEvent;
use js_sys::{Function, Promise, Reflect};
use leptos::{prelude::*, task::spawn_local};
use uuid::Uuid;
use wasm_bindgen::{
    JsCast, JsValue,
    closure::{Closure, WasmClosure},
};
use web_sys::{BroadcastChannel, EventSource, MessageEvent};

use super::{
    Remote, connection,
    listeners::Listeners,
    pause::{Pause, backoff},
};

/// How often pages fetch again while the stream is down.
const POLL: Duration = Duration::from_secs(15);

type Kept<T> = StoredValue<T, LocalStorage>;

/// What happens on the backend, as it happens.
#[derive(Clone, Copy)]
pub struct Live {
    remote: Remote,
    listeners: Listeners<LiveEvent>,
    channel: Kept<Option<BroadcastChannel>>,
    source: Kept<Option<EventSource>>,
    release: Kept<Option<Function>>,
    last_id: StoredValue<String>,
    hearing: StoredValue<bool>,
    failures: StoredValue<u32>,
    pause: StoredValue<Pause>,
}

impl Live {
    /// The page's stream.
    pub fn here() -> Self {
        expect_context()
    }

    /// Listens for a person, until the present owner goes.
    pub fn start(remote: Remote, person: Uuid) -> Self {
        let live = Self {
            remote,
            listeners: Listeners::new(),
            channel: StoredValue::new_local(None),
            source: StoredValue::new_local(None),
            release: StoredValue::new_local(None),
            last_id: StoredValue::new(String::new()),
            hearing: StoredValue::new(false),
            failures: StoredValue::new(0),
            pause: StoredValue::new(Pause::default()),
        };
        let name = format!("casement-live-{person}");
        live.join(&name);
        live.lead(&name);
        let poll = set_interval_with_handle(move || live.poll(), POLL);
        on_cleanup(move || {
            live.stop();
            if let Ok(poll) = poll {
                poll.clear();
            }
        });
        live
    }

    /// Calls back on each event, until the present owner goes.
    pub fn listen(self, listener: impl Fn(&LiveEvent) + 'static) {
        self.listeners.listen(listener);
    }

    /// Has everything on the page fetched again.
    pub fn reload(self) {
        self.listeners.tell(&LiveEvent::Reload);
    }

    fn poll(self) {
        // Each tab asks for itself: one that merely follows may have a leader
        // that the browser has frozen.
        if self.hearing.try_get_value() == Some(false) {
            self.reload();
        }
        self.hearing.try_set_value(self.leads_and_hears());
        self.tell_others("ask", "");
    }

    fn leads_and_hears(self) -> bool {
        self.source.try_with_value(|source| source.as_ref().map(EventSource::ready_state)).flatten()
            == Some(EventSource::OPEN)
    }

    /// Joins the other tabs' channel.
    fn join(self, name: &str) {
        let Ok(channel) = BroadcastChannel::new(name) else { return };
        let hear = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let Some(text) = event.data().as_string() else { return };
            let mut parts = text.splitn(3, '\n');
            match (parts.next(), parts.next(), parts.next()) {
                (Some("event"), Some(id), Some(data)) => self.hear(id, data),
                (Some("alive"), ..) => self.hearing.set_value(true),
                (Some("ask"), ..) if self.leads_and_hears() => self.tell_others("alive", ""),
                _ => {}
            }
        });
        channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        keep_alive(hear);
        self.channel.set_value(Some(channel));
        self.tell_others("ask", "");
    }

    fn tell_others(self, kind: &str, rest: &str) {
        self.channel.try_with_value(|channel| {
            if let Some(channel) = channel {
                // Fails only on a closed channel, which nobody hears.
                let _posted = channel.post_message(&format!("{kind}\n{rest}").into());
            }
        });
    }

    /// Waits for its turn to hold the connection. Without Web Locks every tab has its own.
    fn lead(self, name: &str) {
        let promise = Promise::new(&mut |resolve, _| self.release.set_value(Some(resolve)));
        let granted = Closure::once_into_js(move |_lock: JsValue| -> JsValue {
            if self.channel.try_with_value(Option::is_some) == Some(true) {
                self.open();
                promise.into()
            } else {
                JsValue::UNDEFINED
            }
        });
        let locks = Reflect::get(&window().navigator(), &"locks".into()).unwrap_or_default();
        let request =
            Reflect::get(&locks, &"request".into()).ok().and_then(|f| f.dyn_into::<Function>().ok());
        match request {
            // The promise rejects only when the page goes.
            Some(request) => drop(request.call2(&locks, &name.into(), &granted)),
            None => self.open(),
        }
    }

    fn open(self) {
        let mut url = String::from("/api/v1/events");
        let after = self.last_id.get_value();
        if !after.is_empty() {
            url.push_str("?after=");
            url.push_str(&String::from(js_sys::encode_uri_component(&after)));
        }
        let Ok(source) = EventSource::new(&url) else { return };
        let opened = Closure::<dyn Fn()>::new(move || {
            self.failures.set_value(0);
            self.hearing.set_value(true);
            self.tell_others("alive", "");
        });
        let message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let Some(data) = event.data().as_string() else { return };
            let id = event.last_event_id();
            self.tell_others("event", &format!("{id}\n{data}"));
            self.hear(&id, &data);
        });
        let failed = Closure::<dyn Fn()>::new(move || self.failed());
        source.set_onopen(Some(opened.as_ref().unchecked_ref()));
        source.set_onmessage(Some(message.as_ref().unchecked_ref()));
        source.set_onerror(Some(failed.as_ref().unchecked_ref()));
        keep_alive(opened);
        keep_alive(message);
        keep_alive(failed);
        self.source.set_value(Some(source));
    }

    fn hear(self, id: &str, data: &str) {
        self.hearing.set_value(true);
        if !id.is_empty() {
            self.last_id.set_value(id.to_owned());
        }
        match serde_json::from_str(data) {
            // What changed between a page's first request and the stream's
            // beginning is in neither: ask again.
            Ok(LiveEvent::Hello) => self.listeners.tell(&LiveEvent::Reload),
            Ok(event) => {
                // One may belong elsewhere than before.
                if event == LiveEvent::Reload {
                    spawn_local(connection::check(self.remote));
                }
                self.listeners.tell(&event);
            }
            // An event of a later version of the contract.
            Err(_) => {}
        }
    }

    /// The browser tries again by itself unless the answer was no stream at all.
    fn failed(self) {
        self.hearing.set_value(false);
        let closed = self
            .source
            .try_with_value(|source| source.as_ref().map(EventSource::ready_state))
            .flatten()
            .is_some_and(|state| state == EventSource::CLOSED);
        if !closed {
            // The browser tries again by itself; whether the backend is gone is to be known at once.
            if self.remote.reachable.try_get_untracked() == Some(true) {
                spawn_local(connection::check(self.remote));
            }
            return;
        }
        let attempt = self.failures.get_value();
        self.failures.set_value(attempt + 1);
        spawn_local(async move {
            connection::check(self.remote).await;
            let Some(pause) = self.pause.try_get_value() else { return };
            pause.wait(Some(backoff(attempt))).await;
            if self.source.try_with_value(Option::is_some) == Some(true) {
                self.open();
            }
        });
    }

    fn stop(self) {
        if let Some(source) = self.source.try_update_value(Option::take).flatten() {
            source.close();
        }
        if let Some(channel) = self.channel.try_update_value(Option::take).flatten() {
            channel.close();
        }
        if let Some(release) = self.release.try_update_value(Option::take).flatten() {
            let _released = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// Leaves a callback to the object it was given to: it lives as long as that does.
fn keep_alive<T: ?Sized + WasmClosure>(callback: Closure<T>) {
    drop(callback.into_js_value());
}
