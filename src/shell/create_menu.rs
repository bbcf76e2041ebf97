//! The case types, as a menu beside "Create a case".

use contract::catalogue::Catalogue;
use leptos::{html, prelude::*};
use ui::{Glyph, Icon, Menu, MenuLink, Skeleton};

use super::{Failure, fetched, fetched::Build};
use crate::{
    part::fetched_part,
    remote::{Remote, catalogue, session::Account},
    routes::Route,
};

fetched_part! { assistant: fn types_part() -> Build { Box::new(types) } }

/// The button; what it opens is fetched with the assistant.
pub fn create_menu() -> AnyView {
    let face = view! {
        <Glyph icon=Icon::Chevron/>
        <span class="unseen">{texts::shell::kinds_of_case()}</span>
    };
    view! {
        <Menu class="button button-primary" face=face.into_any()>
            {fetched(|| Box::pin(types_part()), || ().into_any())}
        </Menu>
    }
    .into_any()
}

/// A link to each type that the person can file.
fn types() -> AnyView {
    let remote = Remote::here();
    // The bar stands outside of what is for people signed in.
    let session = remote.standing.with_untracked(|standing| standing.session().cloned());
    let partner = session.is_some_and(|session| Account(session).is_only_partner());
    let known = catalogue::fetch(remote);
    let retry = move |()| known.ask(Box::pin(catalogue::catalogue(remote)));
    ui::dynamic(move || match (known.value.get(), known.error.get()) {
        (Some(catalogue), _) => links(&catalogue, partner),
        (None, Some(error)) => view! { <Failure error=error retry=retry/> }.into_any(),
        (None, None) => view! { <Skeleton lines=8 label=texts::home::loading_kinds_of_case()/> }.into_any(),
    })
}

fn links(catalogue: &Catalogue, partner: bool) -> AnyView {
    // The menu opened before its items were here: the first one takes the focus now.
    let first = NodeRef::<html::A>::new();
    ui::watch(move || {
        if let Some(first) = first.get() {
            let _focused = first.focus();
        }
    });
    let types = catalogue.types.iter().filter(|t| t.audience.admits(partner));
    let links = types.enumerate().map(|(index, case_type)| {
        let href = Route::Assistant(case_type.id.clone()).to_string();
        let (icon, title) = (Icon::named(&case_type.icon), case_type.title.clone());
        let node = if index == 0 { first } else { NodeRef::new() };
        view! {
            <MenuLink href=href node=node>
                <Glyph icon=icon/>
                <span dir="auto">{title}</span>
            </MenuLink>
        }
    });
    links.collect_view().into_any()
}
