//! The customer's own reference, and changing it.

use contract::{Action, case::CaseChange};
use leptos::prelude::*;
use ui::{
    Button, Dialog, Glyph, Icon, Look,
    field::labelled,
    input::{Line, line},
};

use super::{facts::fact, open_case::OpenCase, saving::Saving, with_record};
use crate::remote::cases;

/// The reference among the facts.
#[component]
pub fn ReferenceFact() -> impl IntoView {
    let open = expect_context::<OpenCase>();
    let editing = RwSignal::new(false);
    let known = with_record(open, |record| {
        (record.internal_reference.clone(), record.actions.contains(&Action::EditReference))
    });
    let shown = move || {
        let (reference, may_edit) = known.get()?;
        if reference.is_none() && !may_edit {
            return None;
        }
        let edit = may_edit.then(|| {
            view! {
                <button
                    type="button"
                    class="icon-button"
                    aria-label=texts::record::edit_reference()
                    on:click=move |_| editing.set(true)
                >
                    <Glyph icon=Icon::Edit/>
                </button>
            }
        });
        let words = match reference {
            Some(reference) => view! { <span dir="auto">{reference}</span> }.into_any(),
            None => view! { <span class="quiet">{texts::record::no_reference()}</span> }.into_any(),
        };
        Some(fact(texts::record::your_reference(), view! { {words} " " {edit} }))
    };
    view! {
        {ui::shown(shown)}
        <Dialog open=editing id="edit-reference" title=texts::record::edit_reference()>
            {form(open, editing)}
        </Dialog>
    }
    .into_any()
}

fn form(open: OpenCase, editing: RwSignal<bool>) -> AnyView {
    let saving = Saving::of(open);
    let begins = open.record.value.with_untracked(|r| r.as_ref().and_then(|r| r.internal_reference.clone()));
    let text = RwSignal::new(begins.unwrap_or_default());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let version = open.record.value.with_untracked(|r| r.as_ref().map(|r| r.version));
        let change = CaseChange { internal_reference: Some(text.get_untracked()) };
        match (change.validate(), version) {
            (Ok(change), Some(version)) => saving.ask(
                move |remote| {
                    Box::pin(
                        async move { cases::change(remote, open.number, version, &change).await.map(Some) },
                    )
                },
                move || editing.set(false),
            ),
            (Err(mistakes), _) => {
                saving.error.set(mistakes.into_iter().next().map(|mistake| mistake.message));
                ui::focus("reference");
            }
            (Ok(_), None) => {}
        }
    };
    let take = Callback::new(move |typed| text.set(typed));
    view! {
        <form on:submit=submit novalidate=true>
            {labelled(
                "reference",
                texts::record::your_reference().to_owned(),
                Some(texts::record::reference_help().to_owned()),
                true,
                saving.error.into(),
                move |tied| line(tied, Line::of("text"), text.into(), take),
            )}
            <div class="dialog-buttons">
                <Button press=move |_| editing.set(false)>{texts::record::cancel()}</Button>
                <Button look=Look::Primary submits=true pending=saving.pending>
                    {texts::record::save()}
                </Button>
            </div>
        </form>
    }
    .into_any()
}
