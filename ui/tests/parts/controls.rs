//! How parts are worked, with the keyboard first.

use leptos::prelude::*;
use ui::{
    Accepted, Announcements, Announcer, Badge, Entry, FilterChip, Keys, Offer, Progress, Tab, Tabs, combobox,
    field::labelled, file_drop, file_drop::size, select,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{DataTransfer, Element, File, HtmlElement, HtmlInputElement};

use super::support::{count, find, press, settled, show, type_into, words};

struct Chooser {
    place: Element,
    input: Element,
    pending: RwSignal<bool>,
    taken: RwSignal<String>,
}

/// A combobox of fruit, narrowed by what is typed.
fn fruit(id: &'static str) -> Chooser {
    let (typed, taken, pending) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(false));
    let entries = Signal::derive(move || {
        let fits = |name: &&str| typed.with(|typed| name.to_lowercase().contains(&typed.to_lowercase()));
        ["Apple", "Banana", "Cherry"].into_iter().filter(fits).map(|name| Entry::new(name, name)).collect()
    });
    let take = Callback::new(move |entry: Entry| taken.set(entry.value));
    let place = show(move || {
        labelled(id, "Fruit".to_owned(), None, false, Signal::stored(None), move |tied| {
            combobox(
                tied,
                Offer { typed, entries, pending: pending.into(), open: RwSignal::new(false), take },
            )
        })
    });
    let input = find(&place, "input");
    Chooser { place, input, pending, taken }
}

impl Chooser {
    fn active(&self) -> Option<String> {
        let id = self.input.get_attribute("aria-activedescendant")?;
        let option = find(&self.place, &format!("#{id}"));
        assert_eq!(option.get_attribute("aria-selected").unwrap(), "true");
        option.text_content()
    }

    fn said(&self) -> String {
        words(&find(&self.place, "[role=status]"))
    }
}

#[wasm_bindgen_test]
async fn a_combobox_is_worked_with_the_keyboard() {
    let fruit = fruit("fruit");
    assert_eq!(fruit.input.get_attribute("aria-expanded").unwrap(), "false");
    assert_eq!(fruit.active(), None);
    for (key, active) in [
        ("ArrowDown", "Apple"),
        ("ArrowDown", "Banana"),
        ("End", "Cherry"),
        ("ArrowDown", "Apple"),
        ("ArrowUp", "Cherry"),
        ("Home", "Apple"),
        ("ArrowUp", "Cherry"),
    ] {
        assert!(!press(&fruit.input, key), "{key} moves the caret as well");
        settled().await;
        assert_eq!(fruit.active().as_deref(), Some(active), "after {key}");
    }
    assert_eq!(fruit.input.get_attribute("aria-expanded").unwrap(), "true");
    press(&fruit.input, "Enter");
    settled().await;
    assert_eq!(fruit.taken.get_untracked(), "Cherry");
    assert_eq!(fruit.input.unchecked_ref::<HtmlInputElement>().value(), "Cherry");
    assert_eq!(fruit.input.get_attribute("aria-expanded").unwrap(), "false");
    assert!(press(&fruit.input, "Enter"), "closed, Enter is the form's");
}

#[wasm_bindgen_test]
async fn a_combobox_says_how_much_there_is() {
    let fruit = fruit("more-fruit");
    assert_eq!(fruit.said(), "");
    type_into(&fruit.input, "an");
    settled().await;
    assert_eq!(fruit.said(), "1 option");
    type_into(&fruit.input, "");
    settled().await;
    assert_eq!(fruit.said(), "3 options");
    type_into(&fruit.input, "x");
    settled().await;
    assert_eq!(fruit.said(), "Nothing found");
    assert_eq!(words(&find(&fruit.place, ".combobox-note")), "Nothing found");
    fruit.pending.set(true);
    settled().await;
    assert_eq!(fruit.said(), "Searching…");
    press(&fruit.input, "Escape");
    settled().await;
    assert_eq!(fruit.said(), "");
    assert_eq!(fruit.input.unchecked_ref::<HtmlInputElement>().value(), "x");
    press(&fruit.input, "Escape");
    settled().await;
    assert_eq!(fruit.input.unchecked_ref::<HtmlInputElement>().value(), "");
}

#[wasm_bindgen_test]
async fn an_option_can_be_clicked_and_content_takes_its_own_direction() {
    let fruit = fruit("clicked-fruit");
    fruit.input.unchecked_ref::<HtmlElement>().click();
    settled().await;
    let option = find(&fruit.place, "[role=option]:nth-child(2)");
    assert_eq!(find(&option, "span").get_attribute("dir").unwrap(), "auto");
    option.unchecked_ref::<HtmlElement>().click();
    settled().await;
    assert_eq!(fruit.taken.get_untracked(), "Banana");
    assert_eq!(count(&fruit.place, "[role=option]"), 0);
}

#[wasm_bindgen_test]
async fn a_select_shows_what_is_chosen_when_its_entries_come_later() {
    let entries = RwSignal::new(Vec::new());
    let value = RwSignal::new("b".to_owned());
    let place = show(move || {
        labelled("later", "Letter".to_owned(), None, false, Signal::stored(None), move |tied| {
            let take = Callback::new(move |chosen| value.set(chosen));
            select(tied, entries.into(), Some("Choose…"), value.into(), take)
        })
    });
    entries.set(vec![Entry::new("a", "A"), Entry::new("b", "B")]);
    settled().await;
    let chosen = find(&place, "option:checked");
    assert_eq!(words(&chosen), "B");
}

#[wasm_bindgen_test]
async fn tabs_are_selected_with_the_arrow_keys() {
    let selected = RwSignal::new("two".to_owned());
    let place = show(move || {
        let tabs = ["one", "two", "three"].map(|key| Tab::new(key, key)).to_vec();
        let panel = Callback::new(|key: String| view! { <p>{key}</p> }.into_any());
        let select = Callback::new(move |key| selected.set(key));
        view! { <Tabs id="t" label="Numbers" tabs=tabs selected=selected.into() select=select panel=panel/> }
    });
    let list = find(&place, "[role=tablist]");
    let panel = find(&place, "[role=tabpanel]");
    for (key, selected) in [
        ("ArrowRight", "three"),
        ("ArrowRight", "one"),
        ("ArrowLeft", "three"),
        ("Home", "one"),
        ("End", "three"),
    ] {
        press(&list, key);
        settled().await;
        let tab = find(&place, "[aria-selected=true]");
        assert_eq!(words(&tab), selected, "after {key}");
        assert_eq!(document().active_element().unwrap(), tab);
        assert_eq!(words(&panel), selected);
        assert_eq!(panel.get_attribute("aria-labelledby").unwrap(), tab.id());
        assert_eq!(tab.get_attribute("aria-controls").unwrap(), panel.id());
        assert_eq!(count(&place, "[role=tab][tabindex='0']"), 1);
    }
    selected.set("two".to_owned());
    settled().await;
    assert_eq!(words(&find(&place, "[aria-selected=true]")), "two");
}

#[wasm_bindgen_test]
async fn a_badge_is_words_and_hides_at_zero() {
    let number = RwSignal::new(100_u64);
    let place = show(move || view! { <Badge count=number said=|count| format!("{count} unread")/> });
    assert_eq!(words(&find(&place, "[aria-hidden]")), "99+");
    assert_eq!(words(&find(&place, ".unseen")), "100 unread");
    number.set(99);
    settled().await;
    assert_eq!(words(&find(&place, "[aria-hidden]")), "99");
    number.set(0);
    settled().await;
    assert_eq!(count(&place, ".badge"), 0);
}

#[wasm_bindgen_test]
async fn a_toast_can_be_undone_or_closed_and_gives_the_focus_back() {
    let voice = StoredValue::new(None::<Announcements>);
    let undone = RwSignal::new(0);
    let place = show(move || {
        let announcements = Announcements::new();
        voice.set_value(Some(announcements));
        provide_context(announcements);
        view! {
            <button id="before">"Before"</button>
            <Announcer/>
        }
    });
    let before: HtmlElement = find(&place, "#before").unchecked_into();
    let voice = voice.get_value().unwrap();
    let offer = || voice.toast_with("Case closed", "Undo", move || undone.update(|n| *n += 1));

    offer();
    settled().await;
    assert_eq!(words(&find(&place, "[role=status]")), "Case closed");
    let undo: HtmlElement = find(&place, ".toast-action").unchecked_into();
    assert_eq!(words(&undo), "Undo");
    before.focus().unwrap();
    undo.focus().unwrap();
    undo.click();
    settled().await;
    assert_eq!((undone.get_untracked(), count(&place, ".toast")), (1, 0));
    assert_eq!(document().active_element().unwrap(), *before.unchecked_ref::<Element>());

    offer();
    settled().await;
    find(&place, ".toast-close").unchecked_into::<HtmlElement>().focus().unwrap();
    press(&find(&place, ".toast-close"), "Escape");
    settled().await;
    assert_eq!((undone.get_untracked(), count(&place, ".toast")), (1, 0));
    assert_eq!(document().active_element().unwrap(), *before.unchecked_ref::<Element>());

    voice.toast("Copied");
    settled().await;
    assert_eq!(words(&find(&place, ".toast[aria-hidden]")), "Copied");
    assert_eq!(count(&place, ".toast button"), 0);
}

#[wasm_bindgen_test]
async fn files_are_handed_over() {
    let names = RwSignal::new(Vec::new());
    let place = show(move || {
        let accepted = Accepted { types: String::new(), kinds: "Logs".to_owned(), most: 25 * 1_024 * 1_024 };
        let take = Callback::new(move |files: Vec<File>| names.set(files.iter().map(File::name).collect()));
        labelled("files", "Files".to_owned(), None, false, Signal::stored(None), move |tied| {
            file_drop(tied, accepted, Signal::stored(false), take)
        })
    });
    let input: HtmlInputElement = find(&place, "input").unchecked_into();
    let note = input.get_attribute("aria-describedby").unwrap();
    assert_eq!(words(&find(&place, &format!("#{note}"))), "Logs, at most 25 MB each");
    let dropped = DataTransfer::new().unwrap();
    for name in ["a.log", "b.log"] {
        let file = File::new_with_str_sequence(&js_sys::Array::of1(&"x".into()), name).unwrap();
        dropped.items().add_with_file(&file).unwrap();
    }
    input.set_files(dropped.files().as_ref());
    input.dispatch_event(&web_sys::Event::new("change").unwrap()).unwrap();
    settled().await;
    assert_eq!(names.get_untracked(), ["a.log", "b.log"]);
    assert_eq!(input.value(), "");
    assert_eq!(size(1), "1 KB");
    assert_eq!(size(1_048_577), "2 MB");
}

#[wasm_bindgen_test]
async fn a_filter_names_what_it_takes_away() {
    let gone = RwSignal::new(false);
    let place = show(move || view! { <FilterChip name="Ada" remove=move |()| gone.set(true)/> });
    let chip = find(&place, "button");
    assert_eq!(chip.get_attribute("aria-label").unwrap(), "Remove filter Ada");
    chip.unchecked_ref::<HtmlElement>().click();
    assert!(gone.get_untracked());
}

#[wasm_bindgen_test]
async fn progress_is_a_value_in_words() {
    let done = RwSignal::new(None);
    let place = show(move || view! { <Progress id="p" label="a.har" done=done/> });
    let bar = find(&place, "progress");
    assert_eq!(bar.get_attribute("value"), None);
    done.set(Some(42));
    settled().await;
    assert_eq!(bar.get_attribute("value").unwrap(), "42");
    assert_eq!(bar.get_attribute("aria-valuetext").unwrap(), "42%");
}

#[wasm_bindgen_test]
fn keys_are_written_as_on_the_keyboard() {
    let place = show(|| view! { <Keys press="Mod+k g"/> });
    let first = words(&find(&place, "kbd"));
    assert_eq!(first, if ui::keys::is_mac() { "⌘" } else { "Ctrl" });
    assert_eq!(count(&place, "kbd"), 3);
}
