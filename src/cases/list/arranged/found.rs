//! What a search found in the rows, besides their subjects.

use std::collections::{BTreeMap, BTreeSet};

use contract::{CaseNumber, Search, limits::PAGE_MAX};
use leptos::{prelude::*, task::spawn_local};

use super::super::listing::Listing;
use crate::remote::{Remote, cases};

/// Follows the rows and asks for each once a search.
#[derive(Clone, Copy)]
pub struct Found {
    /// The texts by the case they stand in.
    pub snippets: RwSignal<BTreeMap<CaseNumber, String>>,
    asked: StoredValue<(String, BTreeSet<CaseNumber>)>,
    remote: Remote,
}

impl Found {
    /// Of a list's rows, for as long as the present owner is there.
    pub fn follow(listing: Listing) -> Self {
        let found = Self {
            snippets: RwSignal::new(BTreeMap::new()),
            asked: StoredValue::new((String::new(), BTreeSet::new())),
            remote: Remote::here(),
        };
        ui::watch(move || {
            let numbers = listing.rows.with(|rows| rows.iter().map(|row| row.number).collect::<Vec<_>>());
            // Until they are here, the rows are those of another search.
            if !listing.pending.get() {
                found.ask(&listing.query.with_untracked(|query| query.search.clone()), &numbers);
            }
        });
        found
    }

    fn ask(self, search: &str, numbers: &[CaseNumber]) {
        if self.asked.with_value(|(known, _)| known != search) {
            self.asked.set_value((search.to_owned(), BTreeSet::new()));
            self.snippets.set(BTreeMap::new());
        }
        if !Search::read(search).has_words() {
            return;
        }
        let mut wanted = numbers.to_vec();
        self.asked.update_value(|(_, asked)| wanted.retain(|number| asked.insert(*number)));
        for some in wanted.chunks(PAGE_MAX as usize) {
            let (some, search) = (some.to_vec(), search.to_owned());
            spawn_local(async move {
                // Without them the rows are found all the same.
                let Ok(answer) = cases::snippets(self.remote, &search, &some).await else { return };
                if self.asked.try_with_value(|(now, _)| *now == search) == Some(true) {
                    let texts = answer.into_iter().map(|snippet| (snippet.number, snippet.text));
                    self.snippets.try_update(|known| known.extend(texts));
                }
            });
        }
    }
}
