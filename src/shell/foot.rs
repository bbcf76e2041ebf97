//! The page's foot.

use contract::portal::{Contacts, PortalSettings};
use leptos::prelude::*;

use crate::remote::portal::Settings;

/// Contacts and links, where the operator has set any.
pub fn foot(settings: Settings) -> AnyView {
    ui::shown(move || settings.with(|known| known.as_ref().and_then(content)))
}

fn content(settings: &PortalSettings) -> Option<AnyView> {
    let contacts = contacts(&settings.contacts);
    let links: Vec<_> = settings.links.iter().map(|link| (link.title.clone(), link.url.clone())).collect();
    if contacts.is_empty() && links.is_empty() {
        return None;
    }
    let content = view! {
        <footer class="foot">
            {list(texts::branding::contacts(), contacts)} {list(texts::branding::links(), links)}
        </footer>
    };
    Some(content.into_any())
}

/// The contacts there are: what each is called, and where it leads.
fn contacts(contacts: &Contacts) -> Vec<(String, String)> {
    let Contacts { sales, billing, security, community } = contacts;
    [
        (texts::branding::sales(), sales),
        (texts::branding::billing(), billing),
        (texts::branding::security(), security),
        (texts::branding::community(), community),
    ]
    .into_iter()
    .filter_map(|(label, address)| Some((label.to_owned(), href(address.as_ref()?))))
    .collect()
}

fn href(address: &str) -> String {
    if address.starts_with("https://") { address.to_owned() } else { format!("mailto:{address}") }
}

fn list(label: &'static str, entries: Vec<(String, String)>) -> Option<AnyView> {
    let item = |(title, href): (String, String)| {
        view! {
            <li>
                <a href=href dir="auto">{title}</a>
            </li>
        }
        .into_any()
    };
    let content = (!entries.is_empty()).then(|| {
        view! { <ul class="foot-list" aria-label=label>{entries.into_iter().map(item).collect_view()}</ul> }
    });
    content.map(IntoAny::into_any)
}
