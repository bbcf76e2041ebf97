//! The dialog that asks for what goes with an action, and for a yes. What is written
//! in it is kept like any draft.

use contract::{
    Action, ActionDetails, CaseRecord, FieldError, TakeAction,
    lifecycle::{DetailRule, Role, TextRule},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{Button, Dialog, Editor, Markdown, editor, field::labelled};

use super::{
    Asked, asking,
    details::detail_fields,
    written::{Written, keep_returned, key},
};
use crate::{
    cases::composer::WRITTEN,
    local::{Draft, Outbox, Outgoing},
    remote::session::Account,
    routes::DO,
};

/// The dialog for actions.
#[component]
pub fn ActionDialog() -> impl IntoView {
    let case = Asked::here();
    let asked = case.action;
    let open = RwSignal::new(false);
    let action = ui::memo(move || asked.get());
    ui::watch(move || open.set(action.get().is_some()));
    ui::watch(move || {
        if !open.get() && asked.with_untracked(Option::is_some) {
            asked.set(None);
        }
    });
    take_back(case);
    let title =
        Signal::derive(move || action.get().map(|action| question(action).to_owned()).unwrap_or_default());
    view! {
        <Dialog open=open id="act" title=title>
            {ui::shown(move || action.get().map(|action| form(action, open)))}
        </Dialog>
    }
    .into_any()
}

fn question(action: Action) -> &'static str {
    if action == Action::Close { texts::record::close_this_case() } else { asking(action).title }
}

/// Asks what the case's address says: once, when the case is here, and only what the
/// person may do.
pub fn ask_as_the_address_says() {
    let case = Asked::here();
    let wanted = use_query_map().with_untracked(|query| query.get(DO));
    let Some(wanted) = wanted.and_then(|key| Action::from_key(&key)) else { return };
    let done = StoredValue::new(false);
    ui::watch(move || {
        let allowed = case.record.value.with(|r| r.as_ref().map(|r| r.actions.contains(&wanted)));
        if let Some(allowed) = allowed
            && !done.get_value()
        {
            done.set_value(true);
            if allowed && wanted.is_taken() {
                case.ask(wanted);
            }
        }
    });
}

/// What was sent and is to be edited again stands in its dialog again. What the reply box
/// sends goes back there.
fn take_back(case: Asked) {
    let me = Account::here().id();
    Outbox::here().listen_returned(move |item| {
        let Outgoing { number, action, .. } = item.outgoing.as_ref();
        if *number == case.number && has_dialog(*action) {
            keep_returned(me, &item.outgoing);
            case.ask(*action);
        }
    });
}

/// Whether an action is asked for here and not in the reply box.
pub fn has_dialog(action: Action) -> bool {
    action.is_taken()
        && !WRITTEN.contains(&action)
        && !matches!(action, Action::ReplyAndClose | Action::PickUp)
}

/// What a form for an action holds.
#[derive(Clone, Copy)]
struct Form {
    action: Action,
    role: Role,
    text: RwSignal<String>,
    details: RwSignal<ActionDetails>,
    errors: RwSignal<Vec<FieldError>>,
    open: RwSignal<bool>,
    draft: Draft,
}

fn form(action: Action, open: RwSignal<bool>) -> AnyView {
    let case = Asked::here();
    let account = Account::here();
    let text = RwSignal::new(String::new());
    let known = case.record.value.get_untracked();
    let begun = begins(action, known.as_ref());
    let details = RwSignal::new(begun.clone());
    let kept = ui::memo(move || Written { text: text.get(), details: details.get() }.to_kept(action, &begun));
    let restore = move |kept| {
        let written = Written::from_kept(action, kept);
        text.set(written.text);
        if !written.details.is_empty() {
            details.set(written.details);
        }
    };
    let form = Form {
        action,
        // Only support must say why it closes.
        role: if account.is_support() { Role::Analyst } else { Role::Customer },
        text,
        details,
        errors: RwSignal::new(Vec::new()),
        open,
        draft: Draft::keep(key(account.id(), case.number, action), kept.into(), restore),
    };
    let outbox = Outbox::here();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.submit(case, outbox);
    };
    let words = asking(action);
    view! {
        <form on:submit=submit novalidate=true>
            {words.help.map(|help| view! { <p>{help}</p> })}
            {proposed(action, known.as_ref())}
            // What was kept stands in the fields from the start.
            {ui::shown(move || form.draft.ready.get().then(|| detail_fields(action, form.details, form.errors)))}
            {text_field(form)}
            <div class="dialog-buttons">
                <Button press=move |_| open.set(false)>{texts::record::cancel()}</Button>
                <Button look=words.look submits=true>
                    {words.confirm}
                </Button>
            </div>
        </form>
    }
    .into_any()
}

impl Form {
    fn submit(self, case: Asked, outbox: Outbox) {
        let Some((version, priority)) =
            case.record.value.with_untracked(|r| r.as_ref().map(|r| (r.version, r.summary.priority)))
        else {
            return;
        };
        let taken = TakeAction {
            action: self.action,
            message: Some(self.text.get_untracked()),
            details: self.details.get_untracked(),
            attachments: Vec::new(),
        };
        match taken.validate(self.role, priority) {
            Ok(TakeAction { action, message, details, .. }) => {
                let outgoing = Outgoing::new(case.number, version, action, message.unwrap_or_default());
                outbox.send(outgoing.with(details));
                self.draft.finish();
                self.open.set(false);
            }
            Err(mistakes) => {
                let first = mistakes.first().map(|mistake| mistake.pointer.clone());
                self.errors.set(mistakes);
                focus(first.as_deref());
            }
        }
    }
}

/// The control of a field that has a mistake.
fn focus(pointer: Option<&str>) {
    let id = pointer.map_or("act-text", |pointer| match pointer {
        "/details/priority" => "act-priority",
        "/details/eta" => "act-eta",
        "/details/jira/key" => "act-jira-key",
        "/details/jira/url" => "act-jira-url",
        "/details/jira/status" => "act-jira-status",
        _ => "act-text",
    });
    ui::focus(id);
}

/// What stands there already, for whoever changes it.
fn begins(action: Action, record: Option<&CaseRecord>) -> ActionDetails {
    let mut details = ActionDetails::default();
    if let Some(record) = record {
        match action.detail_rule() {
            DetailRule::Eta => details.eta = record.eta(),
            DetailRule::JiraTicket => details.jira.clone_from(&record.jira),
            DetailRule::None | DetailRule::Priority => {}
        }
    }
    details
}

/// The solution that is answered, so that nobody has to look for it.
fn proposed(action: Action, record: Option<&CaseRecord>) -> Option<AnyView> {
    if !matches!(action, Action::AcceptSolution | Action::RejectSolution) {
        return None;
    }
    let body = record?.solution_body()?.to_vec();
    let quoted = view! {
        <div class="proposed" tabindex="0" role="group" aria-label=texts::record::proposed_solution()>
            <Markdown body=body/>
        </div>
    };
    Some(quoted.into_any())
}

fn text_field(form: Form) -> Option<AnyView> {
    let rule = form.action.text_rule(form.role);
    if rule == TextRule::None {
        return None;
    }
    let error = Signal::derive(move || {
        form.errors.with(|errors| {
            errors.iter().find(|error| error.pointer == "/message").map(|error| error.message.clone())
        })
    });
    let label = match (form.action, form.role) {
        (Action::Close, Role::Analyst) => texts::record::closing_note(),
        (action, _) => asking(action).text,
    };
    let optional = rule == TextRule::Optional;
    Some(labelled("act-text", label.to_owned(), None, optional, error, move |tied| {
        editor(tied, "4", Editor::of(form.text))
    }))
}
