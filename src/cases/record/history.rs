//! What a message said before it was edited.

use contract::thread::Revision;
use leptos::prelude::*;
use ui::{Dialog, Markdown, Moment, Skeleton};
use uuid::Uuid;

use super::open_case::OpenCase;
use crate::{
    remote::{Fetched, Remote, messages},
    shell::Failure,
};

/// The message whose texts are shown; a context of the page.
#[derive(Clone, Copy)]
pub struct History {
    of: RwSignal<Option<Uuid>>,
    open: RwSignal<bool>,
}

impl History {
    /// Gives the page one.
    pub fn provide() {
        provide_context(Self { of: RwSignal::new(None), open: RwSignal::new(false) });
    }

    /// Shows the texts of a message.
    pub fn show(self, id: Uuid) {
        self.of.set(Some(id));
        self.open.set(true);
    }
}

/// The mark of a message that was edited; leads to what it said before.
pub fn edited_mark(id: Uuid) -> AnyView {
    let history = expect_context::<History>();
    view! {
        <button type="button" class="edited" aria-haspopup="dialog" on:click=move |_| history.show(id)>
            {texts::record::edited()}
        </button>
    }
    .into_any()
}

/// The dialog of the page.
#[component]
pub fn HistoryDialog() -> impl IntoView {
    let history = expect_context::<History>();
    view! {
        <Dialog open=history.open id="history" title=texts::record::history()>
            {texts_of(history)}
        </Dialog>
    }
    .into_any()
}

fn texts_of(history: History) -> AnyView {
    let (remote, number) = (Remote::here(), expect_context::<OpenCase>().number);
    let texts = Fetched::<Vec<Revision>>::new(None);
    let ask = move || {
        if let Some(id) = history.of.get_untracked() {
            texts.error.set(None);
            texts.ask(Box::pin(messages::history(remote, number, id)));
        }
    };
    ask();
    view! {
        {ui::dynamic(move || match (texts.value.get(), texts.error.get()) {
            (Some(known), _) => list(known),
            (None, Some(error)) => view! { <Failure error=error retry=move |()| ask()/> }.into_any(),
            (None, None) => view! { <Skeleton lines=3 label=texts::record::history()/> }.into_any(),
        })}
        <div class="dialog-buttons">
            <ui::Button press=move |_| history.open.set(false)>{texts::ui::close()}</ui::Button>
        </div>
    }
    .into_any()
}

fn list(known: Vec<Revision>) -> AnyView {
    let last = known.len().saturating_sub(1);
    let item = move |(index, text): (usize, Revision)| {
        let when = match index {
            _ if index == last => texts::record::present_text(),
            0 => texts::record::first_text(),
            _ => texts::record::changed_text(),
        };
        view! {
            <li>
                <p class="quiet">{when} " · " <Moment at=text.at/></p>
                <Markdown body=text.body/>
            </li>
        }
    };
    view! { <ol class="history">{known.into_iter().enumerate().map(item).collect_view()}</ol> }.into_any()
}
