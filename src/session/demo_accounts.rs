//! The accounts of the demo data, one click each.

use contract::{people::Credentials, portal::DemoAccount};
use leptos::prelude::*;
use ui::avatar;

use super::form::Attempt;
use crate::remote::portal::Settings;

/// Offers the demo accounts, on demo data only.
#[component]
pub fn DemoAccounts(
    /// The attempt that a click makes.
    attempt: Attempt,
) -> impl IntoView {
    let settings = expect_context::<Settings>();
    let accounts = move || {
        settings.with(|s| s.as_ref().map(|s| s.demo_accounts.clone())).filter(|accounts| !accounts.is_empty())
    };
    ui::shown(move || {
        accounts().map(|accounts| {
            view! {
                <section class="demo" aria-labelledby="demo-title">
                    <h2 id="demo-title">{texts::session::demo()}</h2>
                    <ul>{accounts.into_iter().map(|a| demo_account(a, attempt)).collect_view()}</ul>
                </section>
            }
        })
    })
}

fn demo_account(account: DemoAccount, attempt: Attempt) -> AnyView {
    let DemoAccount { email, password, name, role } = account;
    let credentials = StoredValue::new((email, password));
    let sign_in = move |_| {
        let (email, password) = credentials.get_value();
        attempt.start(Credentials { email, password, code: None });
    };
    view! {
        <li>
            <button type="button" class="demo-account" on:click=sign_in>
                {avatar(&name, false)}
                <span class="demo-name" dir="auto">
                    <span class="unseen">{texts::session::sign_in_as()}</span>
                    {name}
                </span>
                " "
                <span class="demo-role" dir="auto">{role}</span>
            </button>
        </li>
    }
    .into_any()
}
