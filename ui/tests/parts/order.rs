//! Lists whose entries change places.

use leptos::prelude::*;
use ui::in_order;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::support::{settled, show};

/// A small deterministic sequence of pseudo-random numbers (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    /// Some of the numbers up to twelve, in some order.
    fn entries(&mut self) -> Vec<u64> {
        let mut all: Vec<u64> = (0..12).filter(|_| self.below(3) > 0).collect();
        for at in (1..all.len()).rev() {
            let other = usize::try_from(self.below(at as u64 + 1)).unwrap();
            // Now and then only a few change places.
            if self.below(2) == 0 {
                all.swap(at, other);
            }
        }
        all
    }
}

fn listed(place: &Element) -> Vec<u64> {
    let found = place.query_selector_all("li").unwrap();
    let number = |index| found.get(index).unwrap().text_content().unwrap().parse().unwrap();
    (0..found.length()).map(number).collect()
}

#[wasm_bindgen_test]
async fn entries_stand_in_their_order_whatever_changes() {
    let shown = RwSignal::new(Vec::<u64>::new());
    let place = show(move || {
        let keyed = Memo::new(move |before: Option<&Vec<(u64, u32)>>| {
            shown.with(|now| in_order(before.map_or(&[], Vec::as_slice), now))
        });
        view! {
            <ol>
                <For each=move || keyed.get() key=|entry| *entry let(entry)>
                    <li>{entry.0}</li>
                </For>
            </ol>
        }
    });
    let mut chance = Chance(0x2545_f491_4f6c_dd1d);
    // Leptos alone leaves the 2 in front.
    let first = [vec![1, 2, 3], vec![8, 9, 3, 2, 1]];
    for entries in first.into_iter().chain((0..500).map(|_| chance.entries())) {
        shown.set(entries.clone());
        settled().await;
        assert_eq!(listed(&place), entries);
    }
}

#[wasm_bindgen_test]
fn entries_that_pass_no_other_stay_the_same_elements() {
    let before = [(1, 4), (2, 4), (3, 4)];
    assert_eq!(in_order(&before, &[1, 2, 3]), before);
    assert_eq!(in_order(&before, &[9, 1, 3]), [(9, 4), (1, 4), (3, 4)], "one came and one went");
    assert_eq!(in_order(&before, &[3, 1, 2]), [(3, 5), (1, 5), (2, 5)], "one moved up");
    assert_eq!(in_order(&[], &[2, 1]), [(2, 0), (1, 0)]);
    assert!(in_order::<u64>(&before, &[]).is_empty());
}
