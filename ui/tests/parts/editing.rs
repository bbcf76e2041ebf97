//! What keys and buttons do to a text.

use contract::people::PersonRef;
use ui::editor::{
    change::{Change, Passage, to_bytes, to_units},
    lines::{LineMark, enter, mark_lines},
    marks::{bold, code, code_block, italic, link, paste_link},
    words::{append, begin_mention, mention, mention_at, named, quotation},
};
use uuid::Uuid;
use wasm_bindgen_test::wasm_bindgen_test;

/// A text in which `[` and `]` mark what is selected, or `|` the caret.
fn read(marked: &str) -> (String, usize, usize) {
    let from = marked.find(['⟦', '|']).unwrap();
    let rest = marked.replace('⟦', "");
    let to = rest.find(['⟧', '|']).unwrap();
    (rest.replace(['⟧', '|'], ""), from, to)
}

fn written(text: &str, change: &Change) -> String {
    let (mut after, select) = (change.apply(text), change.select.clone());
    if select.is_empty() {
        after.insert(select.start, '|');
    } else {
        after.insert(select.end, '⟧');
        after.insert(select.start, '⟦');
    }
    after
}

fn done(marked: &str, tool: impl Fn(Passage<'_>) -> Change) -> String {
    let (text, from, to) = read(marked);
    written(&text, &tool(Passage { text: &text, from, to }))
}

#[wasm_bindgen_test]
fn marks_go_around_what_is_selected_and_away_again() {
    for (before, after) in [
        ("a ⟦word⟧ b", "a **⟦word⟧** b"),
        ("a **⟦word⟧** b", "a ⟦word⟧ b"),
        ("a ⟦**word**⟧ b", "a ⟦word⟧ b"),
        ("a ⟦word ⟧b", "a **⟦word⟧** b"),
        ("|", "**|**"),
        ("**|**", "|"),
        ("⟦שלום 👍⟧", "**⟦שלום 👍⟧**"),
    ] {
        assert_eq!(done(before, bold), after, "{before}");
    }
    for (before, after) in [
        ("a ⟦word⟧ b", "a _⟦word⟧_ b"),
        ("a _⟦word⟧_ b", "a ⟦word⟧ b"),
        ("re⟦mark⟧able", "re*⟦mark⟧*able"),
        ("**⟦word⟧**", "**_⟦word⟧_**"),
        ("***⟦word⟧***", "**⟦word⟧**"),
    ] {
        assert_eq!(done(before, italic), after, "{before}");
    }
    for (before, after) in [
        ("run ⟦ls⟧ now", "run `⟦ls⟧` now"),
        ("run `⟦ls⟧` now", "run ⟦ls⟧ now"),
        ("⟦a`b⟧", "``⟦a`b⟧``"),
        ("⟦`⟧", "`` ⟦`⟧ ``"),
        ("⟦one\ntwo⟧", "```\n⟦one\ntwo⟧\n```"),
    ] {
        assert_eq!(done(before, code), after, "{before}");
    }
    assert_eq!(done("x\no⟦n⟧e\ny", code_block), "x\n```\n⟦one⟧\n```\ny");
    assert_eq!(done("⟦```\na\n```⟧", code_block), "````\n⟦```\na\n```⟧\n````");
    assert_eq!(done("|", code_block), "```\n|\n```");
}

#[wasm_bindgen_test]
fn links_are_made_of_words_and_of_addresses() {
    for (before, after) in [
        ("see ⟦the docs⟧.", "see [the docs](|)."),
        ("see ⟦https://x.example/a⟧", "see [|](https://x.example/a)"),
        ("|", "[|]()"),
        ("⟦https://x.example/(a)⟧", "[|](<https://x.example/(a)>)"),
    ] {
        assert_eq!(done(before, link), after, "{before}");
    }
    let paste = |marked: &str, pasted: &str| {
        let (text, from, to) = read(marked);
        paste_link(Passage { text: &text, from, to }, pasted).map(|change| written(&text, &change))
    };
    assert_eq!(
        paste("see ⟦docs⟧.", " https://x.example/a\n").as_deref(),
        Some("see [docs](https://x.example/a)|.")
    );
    assert_eq!(paste("⟦docs⟧", "mailto:a@b.example").as_deref(), Some("[docs](mailto:a@b.example)|"));
    for (marked, pasted) in [
        ("|", "https://x.example"),
        ("⟦docs⟧", "not an address"),
        ("⟦docs⟧", "javascript:alert(1)"),
        ("⟦docs⟧", "data:text/html,x"),
        ("⟦https://x.example⟧", "https://y.example"),
        ("⟦one\ntwo⟧", "https://x.example"),
    ] {
        assert_eq!(paste(marked, pasted), None, "{marked} {pasted}");
    }
}

#[wasm_bindgen_test]
fn lines_become_points_and_quotations() {
    let bullet = |passage: Passage<'_>| mark_lines(passage, LineMark::Bullet);
    let number = |passage: Passage<'_>| mark_lines(passage, LineMark::Number);
    let quote = |passage: Passage<'_>| mark_lines(passage, LineMark::Quote);
    assert_eq!(done("a|b", bullet), "- a|b");
    assert_eq!(done("- a|b", bullet), "a|b");
    assert_eq!(done("|", bullet), "- |");
    assert_eq!(done("x\n⟦one\n\ntwo\n⟧y", bullet), "x\n⟦- one\n\n- two⟧\ny");
    assert_eq!(done("⟦- one\n- two⟧", number), "⟦1. one\n2. two⟧");
    assert_eq!(done("⟦1. one\n2. two⟧", number), "⟦one\ntwo⟧");
    assert_eq!(done("⟦1. one\ntwo⟧", bullet), "⟦- one\n- two⟧");
    assert_eq!(done("⟦one\ntwo⟧", quote), "⟦> one\n> two⟧");
    assert_eq!(done("⟦> one\n> two⟧", quote), "⟦one\ntwo⟧");
}

#[wasm_bindgen_test]
fn enter_goes_on_with_a_list_and_ends_it() {
    let press = |marked: &str| {
        let (text, caret, _) = read(marked);
        enter(&text, caret).map(|change| written(&text, &change))
    };
    for (before, after) in [
        ("- one|", "- one\n- |"),
        ("- o|ne", "- o\n- |ne"),
        ("  * one|", "  * one\n  * |"),
        ("9. nine|", "9. nine\n10. |"),
        ("1) one|", "1) one\n2) |"),
        ("> said|", "> said\n> |"),
        ("> - said|", "> - said\n> - |"),
        ("- one\n- |", "- one\n|"),
        ("> |", "|"),
    ] {
        assert_eq!(press(before).as_deref(), Some(after), "{before}");
    }
    for plain in ["one|", "|- one", "-one|", "```\n- one|\n```", "1234567890. x|", "|", "**bold**|", "-|"] {
        assert_eq!(press(plain), None, "{plain}");
    }
    assert!(press("```\ncode\n```\n- one|").is_some());
}

#[wasm_bindgen_test]
fn names_are_found_while_they_are_typed() {
    let at = |marked: &str| {
        let (text, caret, _) = read(marked);
        mention_at(&text, caret)
    };
    assert_eq!(at("@|"), Some(0));
    assert_eq!(at("Hi @Jana Vo|"), Some(3));
    assert_eq!(at("(@J|"), Some(1));
    for none in ["a@b|", "@ J|", "`@J|", "@J\n|", "|@", "no sign|"] {
        assert_eq!(at(none), None, "{none}");
    }
    let people = ["Jana Vogel", "Ruth Okafor", "Zoë Ångström"].map(|name| PersonRef {
        id: Uuid::nil(),
        name: name.to_owned(),
        support: false,
    });
    let names = |typed: &str| named(&people, typed).into_iter().map(|p| p.name).collect::<Vec<_>>();
    assert_eq!(names(""), ["Jana Vogel", "Ruth Okafor", "Zoë Ångström"]);
    assert_eq!(names("jana v"), ["Jana Vogel"]);
    assert_eq!(names("OKA"), ["Ruth Okafor"]);
    assert_eq!(names("ång"), ["Zoë Ångström"]);
    for none in ["Jana Vogel", "Jana Vogel ", "gel", "x"] {
        assert!(names(none).is_empty(), "{none}");
    }
    assert_eq!(written("Hi @ja now", &mention("Hi @ja now", 3, 6, "Jana Vogel")), "Hi @Jana Vogel| now");
    assert_eq!(written("@ja", &mention("@ja", 0, 3, "Jana Vogel")), "@Jana Vogel |");
    assert_eq!(written("Hi", &begin_mention("Hi", 2)), "Hi @|");
}

#[wasm_bindgen_test]
fn what_was_said_is_quoted_below_what_is_written() {
    let words = quotation("Jana wrote:", "one\n\ntwo\n");
    assert_eq!(words, "Jana wrote:\n\n> one\n>\n> two\n\n");
    assert_eq!(append("", "x").apply(""), "x");
    assert_eq!(append("so far\n\n", "x").apply("so far\n\n"), "so far\n\nx");
}

/// Numbers that look as if drawn, the same at each run (Knuth's MMIX generator).
struct Drawn(u64);

impl Drawn {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn text(&mut self) -> String {
        const PIECES: [&str; 20] = [
            "a",
            "b ",
            "\n",
            "*",
            "**",
            "_",
            "`",
            "```\n",
            "- ",
            "1. ",
            "> ",
            "@",
            "[",
            "](",
            "é",
            "👍",
            "שלום",
            "  ",
            "~~~\n",
            "https://x.example",
        ];
        (0..self.below(14)).map(|_| PIECES[self.below(PIECES.len())]).collect()
    }

    fn border(&mut self, text: &str) -> usize {
        let borders: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        borders[self.below(borders.len())]
    }
}

/// The letters of a text without what Markdown marks with.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic() || !c.is_ascii()).collect()
}

#[wasm_bindgen_test]
fn whatever_is_selected_no_letter_is_lost() {
    let mut drawn = Drawn(7);
    type Tool = fn(Passage<'_>) -> Change;
    let tools: [(&str, Tool); 8] = [
        ("bold", bold),
        ("italic", italic),
        ("code", code),
        ("code block", code_block),
        ("link", link),
        ("bullet", |passage| mark_lines(passage, LineMark::Bullet)),
        ("number", |passage| mark_lines(passage, LineMark::Number)),
        ("quote", |passage| mark_lines(passage, LineMark::Quote)),
    ];
    for _ in 0..20_000 {
        let text = drawn.text();
        let (one, other) = (drawn.border(&text), drawn.border(&text));
        let passage = Passage { text: &text, from: one.min(other), to: one.max(other) };
        for (name, tool) in tools {
            let change = tool(passage);
            let after = change.apply(&text);
            assert_eq!(letters(&after), letters(&text), "{name} of {text:?}");
            assert!(
                after.get(change.select.clone()).is_some(),
                "{name} of {text:?} selects {:?}",
                change.select
            );
        }
        if let Some(change) = enter(&text, passage.from) {
            assert_eq!(letters(&change.apply(&text)), letters(&text), "Enter in {text:?}");
        }
        let at = drawn.border(&text);
        assert_eq!(to_bytes(&text, to_units(&text, at)), at);
    }
}
