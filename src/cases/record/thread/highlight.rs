//! Marking what was found where it stands, with the browser's own highlights: they mark
//! ranges and leave the elements as they are. Where the browser has none, nothing is
//! marked, and the message itself is still shown.

use contract::find::Needle;
use js_sys::{Array, Function, Reflect};
use leptos::prelude::*;
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Node, Range};

/// Everything found. A name of the style sheet.
const FOUND: &str = "found";
/// What is found in the message shown. A name of the style sheet.
const SHOWN: &str = "found-shown";
/// Whatever a text does not go beyond.
const BLOCKS: &str = "p, li, td, th, h3, h4, h5, h6, pre";
/// The kinds of nodes looked at: elements and texts (`NodeFilter.SHOW_…`).
const KINDS: u32 = 0x1 | 0x4;

/// Marks a text wherever it stands in the conversation; where there is nothing to find,
/// nothing is marked.
pub fn mark(needle: &Needle, shown: Option<Uuid>) {
    let (all, now) = (Array::new(), Array::new());
    if let Some(thread) = document().query_selector(".thread").ok().flatten().filter(|_| !needle.is_empty()) {
        let id = shown.map(|id| format!("entry-{id}"));
        for range in places(&thread, needle) {
            let inside = range.start_container().ok().and_then(|node| node.parent_element());
            let message = inside.and_then(|element| element.closest("[id^=entry-]").ok().flatten());
            let is_shown = message.is_some_and(|message| Some(message.id()) == id);
            if is_shown {
                now.push(&range)
            } else {
                all.push(&range)
            };
        }
    }
    set(FOUND, &all);
    set(SHOWN, &now);
}

/// Where in an element a text stands first.
pub fn first(element: &Element, needle: &Needle) -> Option<Range> {
    places(element, needle).into_iter().next()
}

/// Gives a name of the style sheet to ranges.
fn set(name: &str, ranges: &Array) -> Option<()> {
    let get = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok();
    let highlights = get(&get(&window(), "CSS")?, "highlights")?;
    let make = get(&window(), "Highlight")?.dyn_into::<Function>().ok()?;
    let highlight = Reflect::construct(&make, ranges).ok()?;
    let set = get(&highlights, "set")?.dyn_into::<Function>().ok()?;
    set.call2(&highlights, &name.into(), &highlight).ok().map(drop)
}

/// The text of one block, with the nodes that it consists of and where they begin in it.
#[derive(Default)]
struct Line {
    text: String,
    nodes: Vec<(Node, usize)>,
    block: Option<Element>,
}

fn places(root: &Element, needle: &Needle) -> Vec<Range> {
    let (mut found, mut line) = (Vec::new(), Line::default());
    let Ok(walker) = document().create_tree_walker_with_what_to_show(root, KINDS) else { return found };
    while let Ok(Some(node)) = walker.next_node() {
        if let Some(element) = node.dyn_ref::<Element>() {
            if element.local_name() == "br" {
                line.text.push('\n');
            }
            continue;
        }
        let Some(parent) = node.parent_element() else { continue };
        let said = parent.closest(".prose").ok().flatten().is_some();
        if !said || parent.closest("figcaption").ok().flatten().is_some() {
            continue;
        }
        let block = parent.closest(BLOCKS).ok().flatten();
        if block != line.block {
            found.extend(line.places(needle));
            line = Line { block, ..Line::default() };
        }
        line.nodes.push((node.clone(), line.text.len()));
        line.text.push_str(&node.node_value().unwrap_or_default());
    }
    found.extend(line.places(needle));
    found
}

impl Line {
    fn places(&self, needle: &Needle) -> Vec<Range> {
        let range = |place: std::ops::Range<usize>| {
            let range = document().create_range().ok()?;
            let (start, end) = (self.place(place.start, false)?, self.place(place.end, true)?);
            range.set_start(start.0, start.1).ok()?;
            range.set_end(end.0, end.1).ok()?;
            Some(range)
        };
        needle.places(&self.text).into_iter().filter_map(range).collect()
    }

    /// The node and the offset in it, in UTF-16 units, of a byte of the text; the end of
    /// something lies in the node before rather than at the beginning of the next.
    fn place(&self, byte: usize, end: bool) -> Option<(&Node, u32)> {
        let behind = self.nodes.partition_point(|(_, start)| *start < byte || (!end && *start == byte));
        let (node, start) = self.nodes.get(behind.checked_sub(1)?)?;
        let units = self.text.get(*start..byte)?.encode_utf16().count();
        Some((node, u32::try_from(units).ok()?))
    }
}
