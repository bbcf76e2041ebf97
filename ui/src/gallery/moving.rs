//! Parts that open, lead and switch.

use leptos::prelude::*;

use super::{line_of, specimen};
use crate::{
    announce::Announcements,
    avatar::avatar,
    button::{Button, Look},
    details::Details,
    dialog::Dialog,
    icon::{Glyph, Icon},
    menu::{Menu, MenuItem},
    popover::{Hint, Popover},
    row::ListRow,
    stepper::{Step, Stepper},
    tabs::{Tab, Tabs},
};

/// All of them.
pub fn view() -> AnyView {
    view! {
        {specimen("Menu", menu())}
        {specimen("Dialog", dialog())}
        {specimen("Popover and hint", popovers())}
        {specimen("Tabs", tabs())}
        {specimen("Stepper", stepper())}
        {specimen("Details", details())}
        {specimen("Rows", rows())}
    }
    .into_any()
}

fn menu() -> AnyView {
    let announcements = Announcements::here();
    let face = view! { "Actions" <Glyph icon=Icon::Chevron/> }.into_any();
    line_of(vec![
        view! {
            <Menu class=Look::Plain.class() face=face>
                <MenuItem press=move |()| announcements.toast("Case closed")>"Close case"</MenuItem>
                <MenuItem press=move |()| announcements.toast("Support will look at it sooner")>"Ask for urgency"</MenuItem>
            </Menu>
        }
        .into_any(),
    ])
}

fn dialog() -> AnyView {
    let open = RwSignal::new(false);
    line_of(vec![
        view! {
            <Button press=move |_| open.set(true)>"Close the case…"</Button>
            <Dialog open=open title="Close the case?" id="gallery-dialog">
                <p>"Support stops working on it. A reply opens it again."</p>
                <div class="dialog-buttons">
                    <Button press=move |_| open.set(false)>"Cancel"</Button>
                    <Button look=Look::Primary press=move |_| open.set(false)>"Close case"</Button>
                </div>
            </Dialog>
        }
        .into_any(),
    ])
}

fn popovers() -> AnyView {
    let face = || view! { <Glyph icon=Icon::Info/> "About this case" }.into_any();
    line_of(vec![
        view! {
            <Popover id="gallery-popover" face=face()>
                <p>"Filed by Ada Lindqvist, for Acme Retail Group."</p>
            </Popover>
        }
        .into_any(),
        view! {
            <span>"Priority" <Hint id="gallery-hint" about="What priority means">
                <p>"Support ranks a case by its impact and by how many people it stops."</p>
            </Hint></span>
        }
        .into_any(),
    ])
}

fn tabs() -> AnyView {
    let selected = RwSignal::new("conversation".to_owned());
    let tabs = vec![
        Tab::new("conversation", "Conversation").counted(Signal::stored(Some(12))),
        Tab::new("answers", "Answers"),
        Tab::new("files", "Files").counted(Signal::stored(Some(120))),
        Tab::new("history", "History").counted(Signal::stored(Some(0))),
    ];
    let panel = Callback::new(|key: String| view! { <p>"The panel of " <code>{key}</code></p> }.into_any());
    view! {
        <Tabs
            id="gallery-tabs"
            label="The case"
            tabs=tabs
            selected=selected.into()
            select=Callback::new(move |key| selected.set(key))
            panel=panel
        />
    }
    .into_any()
}

fn stepper() -> AnyView {
    let steps = ["Subject", "Where", "What happened", "Review"];
    let steps = steps.into_iter().enumerate().map(|(index, title)| Step {
        title: title.to_owned(),
        href: (index < 2).then(|| "#moving".to_owned()),
    });
    view! { <Stepper steps=Signal::stored(steps.collect::<Vec<_>>()) at=Signal::stored(2)/> }.into_any()
}

fn details() -> AnyView {
    view! {
        <div>
            <Details summary="What support sees">
                <p>"Your answers, your name, and the organisation you file the case for."</p>
            </Details>
            <Details summary="Technical details" open=true>
                <p>"Request " <code>"0192f3a1"</code></p>
            </Details>
        </div>
    }
    .into_any()
}

fn rows() -> AnyView {
    let people = [("Ada Lindqvist", "Administrator"), ("דנה לוי", "Member"), ("Bilal Haddad", "Member")];
    let rows = people.map(|(name, role)| {
        view! {
            <ListRow href="#moving" title=name note=Some(role.to_owned()) lead=Some(avatar(name, false))>
                <span class="quiet">"3 cases"</span>
                <Button look=Look::Quiet>"Remove"<span class="unseen">" " {name}</span></Button>
            </ListRow>
        }
    });
    view! { <ul class="rows">{rows.collect_view()}</ul> }.into_any()
}
