//! What the reply box asks the backend while one writes: how the text will look, and who
//! can be mentioned.

use contract::{Action, CaseNumber, NewMessage, markdown::Block, people::OnCase};
use leptos::prelude::*;
use ui::editor::{People, Preview};
use uuid::Uuid;

use crate::remote::{Fetched, Remote, messages, people};

/// How a text of the case will look.
pub fn preview(number: CaseNumber, purpose: Signal<Action>) -> Preview {
    let (remote, look) = (Remote::here(), Fetched::<Vec<Block>>::new(None));
    let ask = Callback::new(move |body: String| {
        // Nothing of another text is shown meanwhile.
        look.value.set(None);
        look.error.set(None);
        let message = NewMessage {
            body,
            internal: purpose.get_untracked() == Action::AddNote,
            attachments: Vec::new(),
        };
        look.ask(Box::pin(async move { messages::preview(remote, number, &message).await }));
    });
    Preview {
        ask,
        body: look.value.into(),
        pending: look.pending.into(),
        error: Signal::derive(move || {
            look.error.with(|error| {
                let error = error.as_ref()?;
                let field = error.problem().and_then(|problem| problem.errors.first());
                Some(field.map_or_else(|| error.to_string(), |field| field.message.clone()))
            })
        }),
    }
}

/// The people on the case, but for whoever writes. Those whom customers do not know of are
/// for notes.
pub fn people(number: CaseNumber, me: Uuid, purpose: Signal<Action>) -> People {
    let (remote, found) = (Remote::here(), Fetched::<Vec<OnCase>>::new(None));
    let known = ui::memo(move || {
        let note = purpose.get() == Action::AddNote;
        let all = found.value.get().unwrap_or_default().into_iter();
        all.filter(|known| known.person.id != me && (note || !known.only_in_notes))
            .map(|known| known.person)
            .collect()
    });
    People {
        known: known.into(),
        pending: found.pending.into(),
        wanted: Callback::new(move |()| found.ask(Box::pin(people::on_case(remote, number)))),
    }
}
