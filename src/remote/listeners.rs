//! Who wants to be told.

use std::rc::Rc;

use leptos::prelude::*;

type Listener<T> = Rc<dyn Fn(&T)>;

/// Calls everyone who listens. Unlike a signal it loses nothing when two things
/// happen at once.
pub struct Listeners<T: 'static> {
    entries: StoredValue<Vec<(u64, Listener<T>)>, LocalStorage>,
    next: StoredValue<u64>,
}

impl<T> Clone for Listeners<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Listeners<T> {}

impl<T: 'static> Listeners<T> {
    /// Nobody yet.
    pub fn new() -> Self {
        Self { entries: StoredValue::new_local(Vec::new()), next: StoredValue::new(0) }
    }

    /// Listens until the present owner goes.
    pub fn listen(self, listener: impl Fn(&T) + 'static) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.entries.update_value(|entries| entries.push((id, Rc::new(listener))));
        on_cleanup(move || {
            self.entries.try_update_value(|entries| entries.retain(|(known, _)| *known != id));
        });
    }

    /// Tells everyone.
    pub fn tell(self, what: &T) {
        let listeners = self.entries.try_get_value().unwrap_or_default();
        for (_, listener) in listeners {
            listener(what);
        }
    }
}
