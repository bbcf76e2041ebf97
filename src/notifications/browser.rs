//! Notifications of the browser's own, while a page of the portal is open and nobody looks
//! at it.

use contract::{CaseNumber, Notification, thread::Content};
use js_sys::Reflect;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Notification as Shown, NotificationOptions, NotificationPermission};

use crate::{
    local::settings,
    remote::{Remote, notifications},
    routes::Route,
};

/// Whether the browser has them.
pub fn is_able() -> bool {
    Reflect::has(&window(), &"Notification".into()).unwrap_or_default()
}

/// Whether the person chose them in this browser, and it still lets us.
pub fn is_on() -> bool {
    settings::browser_notifications() && is_able() && Shown::permission() == NotificationPermission::Granted
}

/// Asks the person for leave; whether they gave it.
pub async fn switch_on() -> bool {
    let Ok(asked) = Shown::request_permission() else { return false };
    // The answer is the permission, which is read below.
    let _answer = JsFuture::from(asked).await;
    let granted = Shown::permission() == NotificationPermission::Granted;
    settings::set_browser_notifications(granted);
    granted
}

/// Shows none from now on.
pub fn switch_off() {
    settings::set_browser_notifications(false);
}

/// Shows what the person was told of a case last, unless they look at the portal.
pub fn tell(remote: Remote, number: CaseNumber) {
    if !is_on() || document().has_focus().unwrap_or(true) {
        return;
    }
    spawn_local(async move {
        let Ok(page) = notifications::list(remote, None).await else { return };
        if let Some(newest) = page.items.into_iter().find(|told| told.number == number && !told.read) {
            show(&newest);
        }
    });
}

fn show(told: &Notification) {
    let options = NotificationOptions::new();
    options.set_body(&sentence(told));
    // Of several pages each shows it; the browser shows one for all of the same tag.
    options.set_tag(&told.id.to_string());
    let title = format!("{} {}", told.number, told.subject);
    let Ok(shown) = Shown::new_with_options(&title, &options) else { return };
    let address = format!("{}#entry-{}", Route::Case(told.number), told.entry.id);
    let opened = Closure::once_into_js(move || {
        // Both fail only where the page is on its way out.
        let _focused = window().focus();
        let _gone = window().location().set_href(&address);
    });
    shown.set_onclick(opened.dyn_ref());
}

fn sentence(told: &Notification) -> String {
    let name = &told.entry.author.name;
    match &told.entry.content {
        Content::Message { source, .. } => format!("{name}: {source}"),
        content => {
            let words = content.happened(&told.entry.author, |day| day.to_string());
            words.map_or_else(|| name.clone(), |what| format!("{name} {}", what.words))
        }
    }
}
