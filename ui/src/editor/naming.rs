//! People to speak to, offered while their name is typed: a listbox at the caret. The
//! focus stays in the text, which names the active option.

use contract::people::PersonRef;
use leptos::{ev::KeyboardEvent, prelude::*};
use web_sys::HtmlTextAreaElement;

use super::{
    area::{Held, perform},
    caret,
    words::{mention, mention_at, named},
};
use crate::{avatar::avatar, erased};

/// Who can be mentioned.
#[derive(Clone, Copy)]
pub struct People {
    /// Those known so far.
    pub known: Signal<Vec<PersonRef>>,
    /// Whether they are on their way.
    pub pending: Signal<bool>,
    /// Called when somebody is about to be named.
    pub wanted: Callback<()>,
}

/// What stands at the caret while a name is typed.
#[derive(Clone, PartialEq)]
struct Typed {
    at: usize,
    name: String,
    place: (f64, f64),
}

/// The list of a text area.
#[derive(Clone, Copy)]
pub struct Naming {
    people: Option<People>,
    typed: RwSignal<Option<Typed>>,
    found: Memo<Vec<PersonRef>>,
    active: RwSignal<usize>,
    id: StoredValue<String>,
}

impl Naming {
    /// The list of the area with an id.
    pub fn of(id: &str, people: Option<People>) -> Self {
        let typed = RwSignal::new(None::<Typed>);
        let found = erased::memo(move || match (people, typed.get()) {
            (Some(people), Some(typed)) => people.known.with(|known| named(known, &typed.name)),
            _ => Vec::new(),
        });
        Self { people, typed, found, active: RwSignal::new(0), id: StoredValue::new(id.to_owned()) }
    }

    /// Whether people can be mentioned at all.
    pub fn is_offered(self) -> bool {
        self.people.is_some()
    }

    /// Looks whether a name is being typed now.
    pub fn look(self, area: &HtmlTextAreaElement) {
        let Some(people) = self.people else { return };
        let held = Held::by(area);
        let found = held.caret().and_then(|caret| {
            let at = mention_at(held.text(), caret)?;
            let place = caret::place(area, &held.text()[..at]);
            Some(Typed { at, name: held.text()[at + 1..caret].to_owned(), place })
        });
        if found.is_some() && self.typed.with_untracked(Option::is_none) {
            people.wanted.run(());
        }
        self.active.set(0);
        self.typed.set(found);
    }

    /// Hides the list.
    pub fn close(self) {
        if self.typed.with_untracked(Option::is_some) {
            self.typed.set(None);
        }
    }

    fn is_open(self) -> bool {
        !self.found.with(Vec::is_empty)
    }

    /// Does what a key means for the list; whether it is for it.
    pub fn steer(self, area: &HtmlTextAreaElement, event: &KeyboardEvent) -> bool {
        let Some(last) = self.found.with_untracked(Vec::len).checked_sub(1) else { return false };
        let at = self.active.get_untracked().min(last);
        match event.key().as_str() {
            "ArrowDown" => self.active.set(if at == last { 0 } else { at + 1 }),
            "ArrowUp" => self.active.set(if at == 0 { last } else { at - 1 }),
            "Enter" if !(event.ctrl_key() || event.meta_key() || event.shift_key()) => self.choose(area, at),
            "Escape" => {
                // The dialog around it stays open.
                event.stop_propagation();
                self.close();
            }
            _ => return false,
        }
        event.prevent_default();
        true
    }

    fn choose(self, area: &HtmlTextAreaElement, index: usize) {
        let person = self.found.with_untracked(|found| found.get(index).cloned());
        let Some((typed, person)) = self.typed.get_untracked().zip(person) else { return };
        let held = Held::by(area);
        self.close();
        if let Some(caret) = held.caret().filter(|caret| *caret > typed.at) {
            perform(area, &mention(held.text(), typed.at, caret, &person.name));
        }
        self.close();
    }

    fn part(self, part: &str) -> String {
        self.id.with_value(|id| format!("{id}-{part}"))
    }

    /// The list's id, while it is there.
    pub fn list(self) -> Signal<Option<String>> {
        Signal::derive(move || self.is_open().then(|| self.part("people")))
    }

    /// The active option's id, while there is one.
    pub fn active(self) -> Signal<Option<String>> {
        Signal::derive(move || self.is_open().then(|| self.part(&format!("person-{}", self.active.get()))))
    }

    /// The list, and what screen readers are told of it.
    pub fn view(self, area: NodeRef<leptos::html::Textarea>) -> AnyView {
        view! {
            {erased::shown(move || self.is_open().then(|| self.options(area)))}
            <span class="unseen" role="status">{erased::dynamic(move || self.said())}</span>
        }
        .into_any()
    }

    fn options(self, area: NodeRef<leptos::html::Textarea>) -> AnyView {
        let place = self.typed.with(|typed| typed.as_ref().map(|typed| typed.place)).unwrap_or_default();
        let option = move |(index, person): (usize, PersonRef)| {
            let active = Signal::derive(move || if self.active.get() == index { "true" } else { "false" });
            let choose = move |_| {
                if let Some(area) = area.get_untracked() {
                    self.choose(&area, index);
                }
            };
            view! {
                <li role="option" id=self.part(&format!("person-{index}")) aria-selected=active on:click=choose>
                    {avatar(&person.name, person.support)}
                    <span dir="auto">{person.name.clone()}</span>
                    {person.support.then(|| view! { <span class="combobox-more">{texts::record::support()}</span> })}
                </li>
            }
        };
        view! {
            // The pointer does not take the focus from the text.
            <ul
                class="combobox-list editor-people"
                role="listbox"
                id=self.part("people")
                aria-label=texts::editor::people()
                style:top=format!("{}px", place.0)
                style:left=format!("clamp(0px, {}px, 100% - 18rem)", place.1)
                on:mousedown=|event| event.prevent_default()
            >
                {self.found.get().into_iter().enumerate().map(option).collect_view()}
            </ul>
        }
        .into_any()
    }

    fn said(self) -> String {
        let pending = self.people.is_some_and(|people| people.pending.get());
        match (self.typed.with(Option::is_some), self.found.with(Vec::len)) {
            (false, _) => String::new(),
            (true, 0) if pending => texts::ui::searching().to_owned(),
            (true, 0) => String::new(),
            (true, count) => texts::ui::options_found(u64::try_from(count).unwrap_or_default()),
        }
    }
}
