//! Taking what somebody wrote into the reply box.

use leptos::prelude::*;
use ui::editor::words::quotation;
use web_sys::Node;

use crate::remote::listeners::Listeners;

/// Words for the reply box.
pub struct Quoted {
    /// What to put there.
    pub words: String,
    /// Whether they come from a note, which customers must not read.
    pub note: bool,
}

/// Leads from the messages to the reply box; a context of the page.
#[derive(Clone, Copy)]
pub struct Quoting(Listeners<Quoted>);

impl Quoting {
    /// Gives the page one.
    pub fn provide() {
        provide_context(Self(Listeners::new()));
    }

    /// The page's.
    pub fn here() -> Self {
        expect_context()
    }

    /// Calls back with what is to be put into the box, until the present owner goes.
    pub fn listen(self, listener: impl Fn(&Quoted) + 'static) {
        self.0.listen(listener);
    }

    /// Quotes what somebody said.
    pub fn quote(self, name: &str, said: &str, note: bool) {
        self.0.tell(&Quoted { words: quotation(&texts::record::wrote(name), said), note });
    }

    /// Puts a text there as it is.
    pub fn write(self, words: String, note: bool) {
        self.0.tell(&Quoted { words, note });
    }
}

/// What is selected in the text of a message, if nothing beyond it is.
pub fn selected_in(message: &str) -> Option<String> {
    let selection = window().get_selection().ok()??;
    let text = document().get_element_by_id(message)?.query_selector(".prose").ok()??;
    let within = |node: Option<Node>| node.is_some_and(|node| text.contains(Some(&node)));
    let all = within(selection.anchor_node()) && within(selection.focus_node());
    let words = all.then(|| String::from(selection.to_string()))?;
    (!words.trim().is_empty()).then_some(words)
}
