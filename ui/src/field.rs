//! A field: label, help and error tied to their control.

use contract::FieldError;
use leptos::prelude::*;

use crate::icon::{Glyph, Icon};

/// What a control needs to be tied to its field.
#[derive(Clone)]
pub struct Control {
    /// The control's id.
    pub id: String,
    /// The ids of what describes it.
    pub describedby: Signal<Option<String>>,
    /// Whether it holds a mistake.
    pub invalid: Signal<Option<&'static str>>,
    /// Whether it must be filled in.
    pub required: Option<&'static str>,
}

impl Control {
    fn new(id: &str, has_help: bool, optional: bool, error: Signal<Option<String>>) -> Self {
        let (help, mistake) = (format!("{id}-help"), format!("{id}-error"));
        let describedby = Signal::derive(move || match (has_help, error.with(Option::is_some)) {
            (false, false) => None,
            (true, false) => Some(help.clone()),
            (false, true) => Some(mistake.clone()),
            (true, true) => Some(format!("{mistake} {help}")),
        });
        let invalid = Signal::derive(move || error.with(Option::is_some).then_some("true"));
        Self { id: id.to_owned(), describedby, invalid, required: (!optional).then_some("true") }
    }
}

/// What is wrong at a JSON pointer, among the mistakes of a form.
#[must_use]
pub fn mistake_at(mistakes: RwSignal<Vec<FieldError>>, pointer: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || {
        mistakes.with(|all| all.iter().find(|one| one.pointer == pointer).map(|one| one.message.clone()))
    })
}

fn help_text(id: &str, help: Option<String>) -> Option<AnyView> {
    help.map(|help| view! { <p class="field-help" id=format!("{id}-help") dir="auto">{help}</p> }.into_any())
}

fn error_text(id: &str, error: Signal<Option<String>>) -> AnyView {
    let id = format!("{id}-error");
    let shown = move || {
        error.get().map(|text| {
            view! {
                <p class="field-error" id=id.clone()>
                    <Glyph icon=Icon::Warning/>
                    <span>{text}</span>
                </p>
            }
        })
    };
    crate::erased::dynamic(shown)
}

/// A label, its control, help and error.
pub fn labelled(
    id: &str,
    label: String,
    help: Option<String>,
    optional: bool,
    error: Signal<Option<String>>,
    control: impl FnOnce(Control) -> AnyView,
) -> AnyView {
    let tied = Control::new(id, help.is_some(), optional, error);
    view! {
        <div class="field">
            <label for=id.to_owned()><span dir="auto">{label}</span> {optional.then(optional_mark)}</label>
            {help_text(id, help)}
            {error_text(id, error)}
            {control(tied)}
        </div>
    }
    .into_any()
}

/// A group of controls under one legend, such as radio cards. The first control
/// should take the group's id, so that an error summary can lead to it.
pub fn grouped(
    id: &str,
    legend: String,
    help: Option<String>,
    optional: bool,
    error: Signal<Option<String>>,
    controls: impl FnOnce(Control) -> AnyView,
) -> AnyView {
    let tied = Control::new(id, help.is_some(), optional, error);
    let describedby = tied.describedby;
    view! {
        <fieldset
            class="field"
            id=id.to_owned()
            tabindex="-1"
            aria-describedby=describedby
        >
            <legend><span dir="auto">{legend}</span> {optional.then(optional_mark)}</legend>
            {help_text(id, help)}
            {error_text(id, error)}
            {controls(tied)}
        </fieldset>
    }
    .into_any()
}

fn optional_mark() -> AnyView {
    view! { <span class="field-optional">{format!(" ({})", texts::ui::optional())}</span> }.into_any()
}
