//! One's own account: who one is here, the password, and where one is signed in.

mod agent;
mod partnerships;
mod password;
mod privacy;
mod second_factor;
mod sessions;
mod tokens;

use leptos::prelude::*;

use crate::{remote::session::Account, shell::Page};

/// The page.
pub fn page() -> AnyView {
    let Account(session) = Account::here();
    let places = session.memberships.iter().map(|membership| membership.organisation.name.clone());
    let place = if session.person.support {
        texts::shell::support_team().to_owned()
    } else {
        places.collect::<Vec<_>>().join(", ")
    };
    let fact = |name: &'static str, value: String| {
        view! {
            <dt>{name}</dt>
            <dd dir="auto">{value}</dd>
        }
    };
    view! {
        <Page title=Signal::stored(texts::account::title().to_owned())>
            <h1>{texts::account::title()}</h1>
            <section class="account-part" aria-labelledby="account-who">
                <h2 id="account-who">{texts::account::who()}</h2>
                <dl class="account-facts">
                    {fact(texts::account::name(), session.person.name.clone())}
                    {fact(texts::session::email(), session.email.clone())}
                    {(!place.is_empty()).then(|| fact(texts::account::organisation(), place))}
                </dl>
            </section>
            {partnerships::section(&session)}
            {password::section(session.email.clone())}
            {second_factor::section()}
            {sessions::section()}
            {tokens::section()}
            {privacy::section()}
        </Page>
    }
    .into_any()
}
