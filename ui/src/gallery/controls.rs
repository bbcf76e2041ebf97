//! Buttons, and fields with what is typed into them.

use leptos::prelude::*;

use super::{line_of, specimen};
use crate::{
    button::{Button, Look},
    date_time,
    field::labelled,
    icon::Icon,
    input::{Line, area_of, line},
};

/// Buttons by look and state.
pub fn buttons() -> AnyView {
    let looks = [
        (Look::Primary, "Create a case"),
        (Look::Plain, "Edit"),
        (Look::Danger, "Delete"),
        (Look::Quiet, "Cancel"),
    ];
    let each = |pending: bool, icon: Option<Icon>| {
        let buttons = looks.map(|(look, words)| match icon {
            Some(icon) => view! { <Button look=look icon=icon pending=pending>{words}</Button> }.into_any(),
            None => view! { <Button look=look pending=pending>{words}</Button> }.into_any(),
        });
        line_of(buttons.into())
    };
    let link = view! { <a class=Look::Plain.class() href="#buttons" rel="external">"A link that looks like one"</a> };
    view! {
        {specimen("Looks", each(false, None))}
        {specimen("With an icon", each(false, Some(Icon::Plus)))}
        {specimen("Pending", each(true, None))}
        {specimen("Link", line_of(vec![link.into_any()]))}
    }
    .into_any()
}

/// Fields by state.
pub fn fields() -> AnyView {
    view! {
        {specimen("Plain", text("plain", "Subject", None, false, None))}
        {specimen("Help, optional", text("helped", "Reference", Some("Your own number for this, if you have one."), true, None))}
        {specimen("Error", text("wrong", "E-mail", None, false, Some("Enter an e-mail address such as name@company.example.")))}
        {specimen("Right to left", text("rtl", "כתובת האתר", Some("הכתובת המלאה, כולל https"), false, None))}
        {specimen("Disabled", disabled())}
        {specimen("Many lines", many_lines())}
        {specimen("Day and moment", days())}
    }
    .into_any()
}

fn none() -> Signal<Option<String>> {
    Signal::stored(None)
}

fn text(id: &str, label: &str, help: Option<&str>, optional: bool, error: Option<&str>) -> AnyView {
    let value = RwSignal::new(String::new());
    let error = Signal::stored(error.map(str::to_owned));
    labelled(id, label.to_owned(), help.map(str::to_owned), optional, error, move |tied| {
        line(tied, Line::of("text"), value.into(), Callback::new(move |typed| value.set(typed)))
    })
}

fn disabled() -> AnyView {
    labelled("disabled", "Organisation".to_owned(), None, false, none(), |tied| {
        view! { <input class="input" id=tied.id disabled=true value="Acme Retail Group"/> }.into_any()
    })
}

fn many_lines() -> AnyView {
    let value = RwSignal::new(String::new());
    labelled("many", "What happened?".to_owned(), None, false, none(), move |tied| area_of(tied, "3", value))
}

fn days() -> AnyView {
    let taken = RwSignal::new(String::new());
    let take = Callback::new(move |at| taken.set(at));
    let day = labelled("day", "Go-live".to_owned(), None, false, none(), move |tied| {
        date_time::day(tied, String::new(), take)
    });
    let moment = labelled("moment", "Since when?".to_owned(), None, false, none(), move |tied| {
        date_time::moment(tied, "2026-03-01T09:30:00Z", take)
    });
    view! {
        {day}
        {moment}
        <p class="quiet">"Taken: " <code>{taken}</code></p>
    }
    .into_any()
}
