//! Parts that one chooses with.

use leptos::prelude::*;

use super::specimen;
use crate::{
    addresses::{Addresses, addresses},
    chip::FilterChip,
    choice::{ChoiceCard, ChoiceKind},
    combobox::{Offer, combobox},
    entry::Entry,
    field::{grouped, labelled},
    file_drop::{Accepted, file_drop, size},
    select::select,
};

const PEOPLE: &[(&str, &str)] = &[
    ("Ada Lindqvist", "ada@acme.example"),
    ("Bilal Haddad", "bilal@acme.example"),
    ("Chiara Rossi", "chiara@agency.example"),
    ("דנה לוי", "dana@acme.example"),
    ("Emil Novák", "emil@support.example"),
    ("Fatima Zahra", "fatima@acme.example"),
    ("Gustav Berg", "gustav@acme.example"),
    ("Hana Sato", "hana@agency.example"),
];

/// All of them.
pub fn view() -> AnyView {
    view! {
        {specimen("Select", selects(None))}
        {specimen("Select with an error", selects(Some("Choose the environment.")))}
        {specimen("Combobox", people("people", false))}
        {specimen("Combobox, pending", people("people-later", true))}
        {specimen("Addresses", mail("mail"))}
        {specimen("Choice cards, one", cards("one", ChoiceKind::One, None))}
        {specimen("Choice cards, many, with an error", cards("many-of", ChoiceKind::Many, Some("Choose at least one option.")))}
        {specimen("Files", files("files", false))}
        {specimen("Files, disabled", files("files-off", true))}
        {specimen("Filters in force", chips())}
    }
    .into_any()
}

fn selects(error: Option<&'static str>) -> AnyView {
    let value = RwSignal::new(String::new());
    let entries = ["Production", "Staging", "Development"].map(|name| Entry::new(name, name)).to_vec();
    let id = if error.is_some() { "select-wrong" } else { "select" };
    let error = Signal::stored(error.map(str::to_owned));
    labelled(id, "Environment".to_owned(), None, false, error, move |tied| {
        let take = Callback::new(move |chosen| value.set(chosen));
        select(tied, Signal::stored(entries), Some(texts::ui::choose()), value.into(), take)
    })
}

fn people(id: &'static str, pending: bool) -> AnyView {
    let typed = RwSignal::new(String::new());
    let chosen = RwSignal::new(String::new());
    let entries = Signal::derive(move || {
        let typed = typed.get().to_lowercase();
        let fits = |person: &&(&str, &str)| person.0.to_lowercase().contains(&typed) && !pending;
        let entry = |(name, mail): &(&str, &str)| Entry {
            note: Some((*mail).to_owned()),
            ..Entry::new(*mail, *name)
        };
        PEOPLE.iter().filter(fits).map(entry).collect::<Vec<_>>()
    });
    let take = Callback::new(move |entry: Entry| chosen.set(entry.value));
    let field = labelled(id, "Person".to_owned(), None, true, Signal::stored(None), move |tied| {
        combobox(
            tied,
            Offer { typed, entries, pending: Signal::stored(pending), open: RwSignal::new(false), take },
        )
    });
    view! {
        {field}
        <p class="quiet">"Taken: " <code>{chosen}</code></p>
    }
    .into_any()
}

fn mail(id: &'static str) -> AnyView {
    let typed = RwSignal::new(String::new());
    let people = Signal::derive(move || {
        let typed = typed.get().to_lowercase();
        let fits = |person: &&(&str, &str)| person.0.to_lowercase().contains(&typed);
        let entry = |(name, mail): &(&str, &str)| Entry {
            note: Some((*mail).to_owned()),
            ..Entry::new(*mail, *name)
        };
        PEOPLE.iter().filter(fits).map(entry).collect::<Vec<_>>()
    });
    let chosen = RwSignal::new(vec!["ada@acme.example".to_owned(), "night.shift@acme.example".to_owned()]);
    let field =
        Addresses { chosen, typed, people, pending: Signal::stored(false), open: RwSignal::new(false) };
    labelled(id, "Who should follow it?".to_owned(), None, true, Signal::stored(None), move |tied| {
        addresses(tied, field)
    })
}

fn cards(id: &'static str, kind: ChoiceKind, error: Option<&'static str>) -> AnyView {
    let chosen = RwSignal::new(vec![0_usize]);
    let error = Signal::stored(error.map(str::to_owned));
    let titles = [
        ("A question", Some("Something is unclear.")),
        ("A problem", Some("Something does not work as it should.")),
        ("An emergency", None),
        ("A service", Some("Not part of your contract.")),
    ];
    grouped(id, "What is it about?".to_owned(), None, false, error, move |tied| {
        let cards = titles.into_iter().enumerate().map(|(index, (title, help))| {
            let choose = move |yes: bool| {
                chosen.update(|chosen| {
                    chosen.retain(|known| *known != index && kind == ChoiceKind::Many);
                    chosen.extend(yes.then_some(index));
                });
            };
            view! {
                <ChoiceCard
                    kind=kind
                    group=id.to_owned()
                    title=title.to_owned()
                    help=help.map(str::to_owned)
                    disabled=index == 3
                    describedby=tied.describedby
                    chosen=Signal::derive(move || chosen.with(|chosen| chosen.contains(&index)))
                    choose=choose
                />
            }
        });
        view! { <div class="choices">{cards.collect_view()}</div> }.into_any()
    })
}

fn files(id: &'static str, disabled: bool) -> AnyView {
    let taken = RwSignal::new(Vec::new());
    let take = Callback::new(move |files: Vec<web_sys::File>| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a file's size is a whole number"
        )]
        let named = |file: &web_sys::File| format!("{} ({})", file.name(), size(file.size() as u64));
        taken.update(|taken| taken.extend(files.iter().map(named)));
    });
    let accepted = Accepted {
        types: "image/*,.pdf,.log,.txt".to_owned(),
        kinds: "Images, PDF and logs".to_owned(),
        most: 25 * 1_024 * 1_024,
    };
    let field = labelled(id, "Attachments".to_owned(), None, true, Signal::stored(None), move |tied| {
        file_drop(tied, accepted, Signal::stored(disabled), take)
    });
    view! {
        {field}
        <ul>{move || taken.get().into_iter().map(|name| view! { <li dir="auto">{name}</li> }).collect_view()}</ul>
    }
    .into_any()
}

fn chips() -> AnyView {
    let names = RwSignal::new(vec!["Waiting for customer", "Ada Lindqvist", "דנה לוי"]);
    let chips = move || {
        let chip = |name: &'static str| {
            let remove = move |()| names.update(|names| names.retain(|known| *known != name));
            view! { <FilterChip name=name remove=remove/> }
        };
        names.get().into_iter().map(chip).collect_view()
    };
    view! { <div class="specimen-line">{chips}</div> }.into_any()
}
