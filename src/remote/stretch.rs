//! A stretch of a timeline: entries that follow one another without a gap.

use std::sync::Arc;

use contract::{Entry, TimelinePage, thread::Content};

/// An entry, and how often it was replaced by a newer form of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The entry.
    pub entry: Arc<Entry>,
    /// Grows whenever the entry changes.
    pub revision: u32,
}

impl Item {
    /// The entry's place in the timeline.
    pub fn position(&self) -> i64 {
        self.entry.position
    }

    /// Whether somebody said it.
    pub fn is_message(&self) -> bool {
        matches!(self.entry.content, Content::Message { .. })
    }
}

/// Entries of a timeline, and how many there are around them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stretch {
    /// The entries, oldest first.
    pub items: Vec<Item>,
    /// How many come before these.
    pub earlier: usize,
    /// How many come behind these.
    pub later: usize,
}

impl Stretch {
    /// The entries of a page.
    pub fn of(page: TimelinePage) -> Self {
        let mut stretch = Self::default();
        stretch.join(page);
        stretch
    }

    /// Takes a page in that overlaps or adjoins; entries that changed meanwhile are
    /// replaced. Answers the entries behind those that were here.
    pub fn join(&mut self, page: TimelinePage) -> Vec<Arc<Entry>> {
        let (earlier, later) = (page.earlier as usize, page.later as usize);
        let total = earlier + page.items.len() + later;
        let (oldest, newest) =
            (self.items.first().map(Item::position), self.items.last().map(Item::position));
        let starts = page.items.first().map(|entry| entry.position);
        if oldest.is_none() || starts.is_some_and(|starts| Some(starts) < oldest) {
            self.earlier = earlier;
        }
        let mut fresh = Vec::new();
        for entry in page.items {
            let entry = Arc::new(entry);
            if newest.is_none_or(|newest| entry.position > newest) {
                fresh.push(entry.clone());
            }
            match self.find(entry.position) {
                Ok(at) => self.replace(at, entry),
                Err(at) => self.items.insert(at, Item { entry, revision: 0 }),
            }
        }
        self.later = total.saturating_sub(self.earlier + self.items.len());
        fresh
    }

    /// Takes the present form of an entry in, where it is one of these.
    pub fn renew(&mut self, entry: Entry) {
        if let Ok(at) = self.find(entry.position) {
            self.replace(at, Arc::new(entry));
        }
    }

    fn replace(&mut self, at: usize, entry: Arc<Entry>) {
        if let Some(item) = self.items.get_mut(at).filter(|item| item.entry != entry) {
            *item = Item { entry, revision: item.revision + 1 };
        }
    }

    /// Where the entry of a position is, or would be.
    pub fn find(&self, position: i64) -> Result<usize, usize> {
        self.items.binary_search_by_key(&position, Item::position)
    }

    /// Only its last entries.
    pub fn tail(&self, most: usize) -> Self {
        let cut = self.items.len().saturating_sub(most);
        Self { items: self.items[cut..].to_vec(), earlier: self.earlier + cut, later: self.later }
    }
}

#[cfg(test)]
mod tests {
    use contract::people::PersonRef;
    use uuid::Uuid;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    /// The page of some positions of a timeline of 1 to `total`.
    fn page(positions: std::ops::RangeInclusive<i64>, total: u32, name: &str) -> TimelinePage {
        let author = PersonRef { id: Uuid::nil(), name: name.to_owned(), support: false };
        let entry = |position: i64| Entry {
            id: Uuid::from_u128(u128::try_from(position).unwrap_or_default()),
            position,
            at: chrono::DateTime::default(),
            author: author.clone(),
            content: Content::Filed,
        };
        let (start, end) = (*positions.start(), *positions.end());
        TimelinePage {
            items: positions.map(entry).collect(),
            next: None,
            previous: None,
            earlier: u32::try_from(start - 1).unwrap_or_default(),
            later: total - u32::try_from(end).unwrap_or_default(),
            unread: None,
        }
    }

    fn shape(stretch: &Stretch) -> (usize, Vec<i64>, usize) {
        (stretch.earlier, stretch.items.iter().map(Item::position).collect(), stretch.later)
    }

    #[wasm_bindgen_test]
    fn it_grows_in_both_directions() {
        let mut stretch = Stretch::of(page(4..=5, 8, "A"));
        assert_eq!(shape(&stretch), (3, vec![4, 5], 3));
        assert!(stretch.join(page(2..=3, 8, "A")).is_empty());
        assert_eq!(shape(&stretch), (1, vec![2, 3, 4, 5], 3));
        let fresh = stretch.join(page(4..=7, 9, "A"));
        assert_eq!(fresh.iter().map(|entry| entry.position).collect::<Vec<_>>(), [6, 7]);
        assert_eq!(shape(&stretch), (1, vec![2, 3, 4, 5, 6, 7], 2));
        assert_eq!(shape(&stretch.tail(2)), (5, vec![6, 7], 2));
    }

    #[wasm_bindgen_test]
    fn what_changed_is_replaced_and_nothing_else() {
        let mut stretch = Stretch::of(page(1..=3, 3, "A"));
        stretch.join(page(2..=2, 3, "A"));
        assert!(stretch.items.iter().all(|item| item.revision == 0));
        stretch.join(page(2..=2, 3, "B"));
        let names: Vec<_> = stretch.items.iter().map(|item| item.entry.author.name.as_str()).collect();
        assert_eq!((names, stretch.items[1].revision), (vec!["A", "B", "A"], 1));
    }
}
