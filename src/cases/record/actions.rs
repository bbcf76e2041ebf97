//! What else can be done to the case.

use contract::{
    Action,
    lifecycle::{Role, TextRule},
    thread::valid_text,
};
use leptos::prelude::*;
use ui::{Button, Dialog, Editor, Glyph, Icon, Look, Menu, MenuItem, editor, field::labelled};

use super::{file_again::FileAgain, open_case::OpenCase, with_record};
use crate::{
    local::{Draft, Outbox, Outgoing},
    remote::session::Account,
};

/// The buttons in the head of the page.
#[component]
pub fn ActionBar() -> impl IntoView {
    let open = expect_context::<OpenCase>();
    let outbox = Outbox::here();
    let actions = with_record(open, |record| record.actions.clone());
    let can = move |action: Action| actions.with(|a| a.as_ref().is_some_and(|a| a.contains(&action)));
    let closing = RwSignal::new(false);
    let busy = outbox.busy(open.number);
    let take = move |action: Action, text: String| {
        if let Some(version) = open.record.value.with_untracked(|r| r.as_ref().map(|r| r.version)) {
            outbox.send(Outgoing::new(open.number, version, action, text));
        }
    };
    // Only support must say why it closes.
    let support = Account::here().is_support();
    let role = if support { Role::Analyst } else { Role::Customer };
    let must_say = Action::Close.text_rule(role) == TextRule::Required;
    let face = || view! { {texts::record::actions()} <Glyph icon=Icon::Chevron/> }.into_any();
    view! {
        <div class="case-actions">
            {ui::shown(move || {
                can(Action::PickUp).then(|| {
                    let pick_up = move |_| take(Action::PickUp, String::new());
                    view! {
                        <Button look=Look::Primary pending=busy press=pick_up>
                            {texts::record::pick_up()}
                        </Button>
                    }
                })
            })}
            {ui::shown(move || {
                (!support || can(Action::Close)).then(|| {
                    view! {
                        <Menu class="button" face=face()>
                            {(!support).then(|| view! { <FileAgain/> })}
                            {can(Action::Close).then(|| view! {
                                <MenuItem press=move |()| closing.set(true)>
                                    {texts::record::close_case()}
                                </MenuItem>
                            })}
                        </Menu>
                    }
                })
            })}
            <TextDialog
                open=closing
                id="close"
                title=texts::record::close_this_case()
                label=if must_say { texts::record::closing_note() } else { texts::record::note() }
                required=must_say
                confirm=texts::record::close_case()
                look=Look::Danger
                done=move |text| take(Action::Close, text)
            />
        </div>
    }
    .into_any()
}

/// A dialog that asks for a text and a yes. What is written is kept like any draft.
#[component]
pub fn TextDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Its id on the page.
    id: &'static str,
    /// Its heading.
    title: &'static str,
    /// The text's label.
    label: &'static str,
    /// Whether there must be a text.
    required: bool,
    /// The button that says yes.
    confirm: &'static str,
    /// How that button looks.
    look: Look,
    /// What yes does.
    #[prop(into)]
    done: Callback<String>,
) -> impl IntoView {
    let case = expect_context::<OpenCase>();
    let text = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let key = format!("draft/{}/{}/{id}", Account::here().id(), case.number);
    let draft = Draft::keep(key, text.into(), move |kept| text.set(kept));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let written = text.get_untracked();
        let checked =
            if written.trim().is_empty() && !required { Ok(String::new()) } else { valid_text(&written, "") };
        match checked {
            Ok(written) => {
                done.run(written);
                draft.wipe();
                text.set(String::new());
                error.set(None);
                open.set(false);
            }
            Err(mistake) => error.set(Some(mistake.message)),
        }
    };
    let field_id = format!("{id}-text");
    let form = move || {
        let field = labelled(&field_id, label.to_owned(), None, !required, error.into(), move |tied| {
            editor(tied, "4", Editor::of(text))
        });
        view! {
            <form on:submit=submit novalidate=true>
                {field}
                <div class="dialog-buttons">
                    <Button press=move |_| open.set(false)>{texts::record::cancel()}</Button>
                    <Button look=look submits=true>
                        {confirm}
                    </Button>
                </div>
            </form>
        }
        .into_any()
    };
    view! {
        <Dialog open=open id=id title=title>
            {form()}
        </Dialog>
    }
    .into_any()
}
