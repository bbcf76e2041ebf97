//! The buttons above a text, and the keys that do the same.

use leptos::{ev::KeyboardEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{
    area::{Held, perform},
    change::{Change, Passage},
    lines::{LineMark, mark_lines},
    marks::{bold, code, code_block, italic, link},
    words::begin_mention,
};
use crate::keys::is_mac;

/// What a button does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// Strong text.
    Bold,
    /// Emphasised text.
    Italic,
    /// Code.
    Code,
    /// A block of code.
    CodeBlock,
    /// A link.
    Link,
    /// A list.
    List,
    /// A numbered list.
    Numbers,
    /// A quotation.
    Quote,
    /// Somebody to speak to.
    Mention,
}

impl Tool {
    const ALL: [Self; 9] = [
        Self::Bold,
        Self::Italic,
        Self::Code,
        Self::CodeBlock,
        Self::Link,
        Self::List,
        Self::Numbers,
        Self::Quote,
        Self::Mention,
    ];

    fn label(self) -> &'static str {
        match self {
            Self::Bold => texts::editor::bold(),
            Self::Italic => texts::editor::italic(),
            Self::Code => texts::editor::code(),
            Self::CodeBlock => texts::editor::code_block(),
            Self::Link => texts::editor::link(),
            Self::List => texts::editor::list(),
            Self::Numbers => texts::editor::numbered_list(),
            Self::Quote => texts::editor::quote(),
            Self::Mention => texts::editor::mention(),
        }
    }

    /// The key pressed with Ctrl or ⌘, and whether Shift is as well. Ctrl+K is the palette's.
    const fn key(self) -> Option<(&'static str, bool)> {
        match self {
            Self::Bold => Some(("B", false)),
            Self::Italic => Some(("I", false)),
            Self::Code => Some(("E", false)),
            Self::Link => Some(("U", true)),
            Self::Numbers => Some(("7", true)),
            Self::List => Some(("8", true)),
            Self::Quote => Some(("9", true)),
            Self::CodeBlock | Self::Mention => None,
        }
    }

    /// The button's picture. Not in the page's sprite: only pages with an editor need it.
    const fn path(self) -> &'static str {
        match self {
            Self::Bold => "M4.5 3h4a2.5 2.5 0 0 1 0 5h-4zM4.5 8h4.7a2.5 2.5 0 0 1 0 5H4.5z",
            Self::Italic => "M7 3h4.5M4.5 13H9M9.6 3 6.4 13",
            Self::Code => "M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5",
            Self::CodeBlock => "M2.5 2.5h11v11h-11zM6.7 6l-2 2 2 2M9.3 6l2 2-2 2",
            Self::Link => {
                "M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.3-2.3a2.6 2.6 0 0 0-3.7-3.7l-.8.8M9.2 6.8a2.6 2.6 0 0 0-3.7 0\
                 L3.2 9.1a2.6 2.6 0 0 0 3.7 3.7l.8-.8"
            }
            Self::List => "M6 4h7.5M6 8h7.5M6 12h7.5M2.8 4h.01M2.8 8h.01M2.8 12h.01",
            Self::Numbers => {
                "M7 4h6.5M7 8h6.5M7 12h6.5M2.2 3.2l1.2-.7v3.3M2.2 10.6c.2-1 2-1 2 .2 0 .8-2 1.4-2 2.4h2.2"
            }
            Self::Quote => "M6.5 4.2A3.6 3.6 0 0 0 3 8v3.3h3.2V8H3M13 4.2A3.6 3.6 0 0 0 9.5 8v3.3h3.2V8H9.5",
            Self::Mention => {
                "M10.6 8a2.6 2.6 0 1 1-5.2 0 2.6 2.6 0 0 1 5.2 0v.9a1.6 1.6 0 0 0 3.2 0V8a5.8 5.8 0 1 0-2.4 4.7"
            }
        }
    }

    fn change(self, passage: Passage<'_>) -> Change {
        match self {
            Self::Bold => bold(passage),
            Self::Italic => italic(passage),
            Self::Code => code(passage),
            Self::CodeBlock => code_block(passage),
            Self::Link => link(passage),
            Self::List => mark_lines(passage, LineMark::Bullet),
            Self::Numbers => mark_lines(passage, LineMark::Number),
            Self::Quote => mark_lines(passage, LineMark::Quote),
            Self::Mention => begin_mention(passage.text, passage.to),
        }
    }

    /// The tool whose keys are pressed.
    pub fn pressed(event: &KeyboardEvent) -> Option<Self> {
        if !(event.ctrl_key() || event.meta_key()) || event.alt_key() {
            return None;
        }
        let (key, code) = (event.key(), event.code());
        Self::ALL.into_iter().find(|tool| {
            tool.key().is_some_and(|(known, shift)| {
                // With Shift a digit's key has another letter.
                let same = key.eq_ignore_ascii_case(known) || code.strip_prefix("Digit") == Some(known);
                same && shift == event.shift_key()
            })
        })
    }

    /// Uses it on what is selected.
    pub fn act(self, area: &web_sys::HtmlTextAreaElement) {
        let held = Held::by(area);
        perform(area, &self.change(held.passage()));
    }
}

/// The buttons: one stop for Tab, arrow keys move between them.
pub fn toolbar(area: NodeRef<leptos::html::Textarea>, area_id: &str, mentions: bool) -> AnyView {
    let at = RwSignal::new(0_usize);
    let tools: Vec<Tool> = Tool::ALL.into_iter().filter(|tool| mentions || *tool != Tool::Mention).collect();
    let count = tools.len();
    let frame = NodeRef::<leptos::html::Div>::new();
    let steer = move |event: KeyboardEvent| {
        let Some(next) = step(&event, at.get_untracked(), count) else { return };
        event.prevent_default();
        at.set(next);
        focus_button(frame, next);
    };
    let buttons =
        tools.into_iter().enumerate().map(|(index, tool)| button(area, tool, index, at)).collect_view();
    view! {
        <div
            class="toolbar"
            role="toolbar"
            aria-label=texts::editor::formatting()
            aria-controls=area_id.to_owned()
            node_ref=frame
            on:keydown=steer
        >
            {buttons}
        </div>
    }
    .into_any()
}

fn button(area: NodeRef<leptos::html::Textarea>, tool: Tool, index: usize, at: RwSignal<usize>) -> AnyView {
    let press = move |_| {
        at.set(index);
        if let Some(area) = area.get_untracked() {
            tool.act(&area);
        }
    };
    let shortcut = tool
        .key()
        .map(|(key, shift)| if shift { format!("Control+Shift+{key}") } else { format!("Control+{key}") });
    let title = tool
        .key()
        .map_or_else(|| tool.label().to_owned(), |key| texts::editor::with_keys(keys(key), tool.label()));
    view! {
        <button
            type="button"
            class="tool"
            aria-label=tool.label()
            aria-keyshortcuts=shortcut
            title=title
            tabindex=Signal::derive(move || if at.get() == index { "0" } else { "-1" })
            // The pointer does not take the focus from the text, nor what is selected there.
            on:mousedown=|event| event.prevent_default()
            on:click=press
        >
            <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
                <path d=tool.path()></path>
            </svg>
        </button>
    }
    .into_any()
}

fn keys((key, shift): (&str, bool)) -> String {
    match (is_mac(), shift) {
        (true, false) => format!("⌘{key}"),
        (true, true) => format!("⇧⌘{key}"),
        (false, false) => format!("{}+{key}", texts::ui::key_control()),
        (false, true) => format!("{}+{}+{key}", texts::ui::key_control(), texts::ui::key_shift()),
    }
}

/// Where a key leads among so many.
pub fn step(event: &KeyboardEvent, at: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    let root = document().document_element();
    let reversed = root.is_some_and(|root| root.get_attribute("dir").as_deref() == Some("rtl"));
    let forward = match event.key().as_str() {
        "Home" => return Some(0),
        "End" => return Some(last),
        "ArrowRight" => !reversed,
        "ArrowLeft" => reversed,
        _ => return None,
    };
    Some(match forward {
        true if at == last => 0,
        true => at + 1,
        false if at == 0 => last,
        false => at - 1,
    })
}

fn focus_button(frame: NodeRef<leptos::html::Div>, index: usize) {
    let buttons = frame.get_untracked().and_then(|frame| frame.query_selector_all("button").ok());
    let button = buttons.and_then(|all| all.get(u32::try_from(index).ok()?)?.dyn_into::<HtmlElement>().ok());
    if let Some(button) = button {
        // A button that is gone takes no focus, and needs none.
        let _focused = button.focus();
    }
}
