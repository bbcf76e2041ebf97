//! Answers worth showing again while they are asked for anew.
//!
//! Everything shown from here is fetched again behind it, so nothing in it needs
//! to be declared stale; it only has to stay small.

use std::{collections::VecDeque, sync::Arc};

use contract::{
    CaseNumber, CaseQuery, CaseRecord, CaseSummary, Page, case::CaseCounts, catalogue::Catalogue,
};

use super::Stretch;

/// What was answered before.
#[derive(Default)]
pub struct Cache {
    /// The catalogue.
    pub catalogue: Option<Arc<Catalogue>>,
    /// The counts of the last list.
    pub counts: Option<CaseCounts>,
    /// Lists, as far as they were loaded.
    pub lists: Recent<CaseQuery, Page<CaseSummary>>,
    /// Cases.
    pub records: Recent<CaseNumber, CaseRecord>,
    /// The ends of timelines.
    pub timelines: Recent<CaseNumber, Stretch>,
}

/// The most recently used entries.
pub struct Recent<K, V>(VecDeque<(K, V)>);

/// How many of each kind are kept.
const KEPT: usize = 24;

impl<K, V> Default for Recent<K, V> {
    fn default() -> Self {
        Self(VecDeque::new())
    }
}

impl<K: PartialEq, V: Clone> Recent<K, V> {
    /// What is kept under a key.
    pub fn get(&mut self, key: &K) -> Option<V> {
        let at = self.0.iter().position(|(known, _)| known == key)?;
        let entry = self.0.remove(at)?;
        let value = entry.1.clone();
        self.0.push_front(entry);
        Some(value)
    }

    /// Keeps a value; the longest unused makes room.
    pub fn put(&mut self, key: K, value: V) {
        self.0.retain(|(known, _)| *known != key);
        self.0.push_front((key, value));
        self.0.truncate(KEPT);
    }
}

impl Cache {
    /// What any list knows of a case, to show before the case itself is here.
    pub fn summary(&mut self, number: CaseNumber) -> Option<CaseSummary> {
        if let Some(record) = self.records.get(&number) {
            return Some(record.summary);
        }
        let rows = self.lists.0.iter().flat_map(|(_, page)| &page.items);
        rows.into_iter().find(|row| row.number == number).cloned()
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn the_longest_unused_makes_room() {
        let mut recent = Recent::default();
        for key in 0..KEPT {
            recent.put(key, key);
        }
        assert_eq!(recent.get(&0), Some(0));
        recent.put(KEPT, KEPT);
        assert_eq!(recent.get(&0), Some(0));
        assert_eq!(recent.get(&1), None);
    }
}
