//! What somebody searches for: words, exact words in quotation marks, and what cases are
//! to be like, as in `status:waiting "exact words" from:me`.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::{
    CaseNumber, Status,
    case_filter::{Field, Filter, NO, YES},
    words::{cut, places as places_of_words},
};

/// Most words and exact words of a search that count.
const TERMS_MAX: usize = 12;
/// About how long the excerpt of a text is, in characters.
const EXCERPT: usize = 160;
/// How much of it, in characters, stands before what was found.
const BEFORE: usize = 50;

/// A search as it is understood. Whatever it cannot be understood as is words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Beginnings of words, in lower case.
    pub words: Vec<String>,
    /// Words that stand side by side, in lower case.
    pub phrases: Vec<Vec<String>>,
    /// Only these statuses; empty means all.
    pub statuses: Vec<Status>,
    /// What else the cases must be like. A person, a type and an environment may be
    /// told by the beginning of a name, in place of a value as lists take it.
    pub filters: Vec<Filter>,
    /// Whether something was typed that holds no word, such as a lone sign.
    wordless: bool,
}

/// Where a search found something in a case, besides its subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Snippet {
    /// The case.
    pub number: CaseNumber,
    /// What stands around it, on one line.
    pub text: String,
}

impl Search {
    /// Understands what somebody typed.
    #[must_use]
    pub fn read(typed: &str) -> Self {
        let mut search = Self::default();
        let mut rest = typed.trim_start();
        while let Some(first) = rest.chars().next() {
            let taken = if is_quote(first) { search.take_phrase(rest) } else { search.take_token(rest) };
            rest = taken.trim_start();
        }
        search
    }

    /// Whether it asks for words or exact words.
    #[must_use]
    pub const fn has_words(&self) -> bool {
        !self.words.is_empty() || !self.phrases.is_empty()
    }

    /// Whether nothing can be found: all that was typed are signs.
    #[must_use]
    pub const fn finds_nothing(&self) -> bool {
        self.wordless && !self.has_words() && self.statuses.is_empty() && self.filters.is_empty()
    }

    fn take_phrase<'t>(&mut self, text: &'t str) -> &'t str {
        let (quoted, rest) = quoted(text);
        let phrase: Vec<_> = cut(quoted).collect();
        self.wordless |= phrase.is_empty() && !quoted.is_empty();
        if !phrase.is_empty() && self.has_room() {
            self.phrases.push(phrase);
        }
        rest
    }

    fn take_token<'t>(&mut self, text: &'t str) -> &'t str {
        let end = text.find(|c: char| c.is_whitespace() || is_quote(c)).unwrap_or(text.len());
        let (token, rest) = text.split_at(end);
        if let Some((name, value)) = token.split_once(':') {
            let (value, rest) = match value.is_empty() && rest.starts_with(is_quote) {
                true => quoted(rest),
                false => (value, rest),
            };
            if self.qualify(&name.to_lowercase(), value.trim()) {
                return rest;
            }
        }
        // Every case has the letters of a number; its digits tell.
        let is_number = token.to_uppercase().parse::<CaseNumber>().is_ok();
        let token = token.get(3..).filter(|_| is_number).unwrap_or(token);
        self.wordless |= cut(token).next().is_none();
        for word in cut(token) {
            if self.has_room() && !self.words.contains(&word) {
                self.words.push(word);
            }
        }
        rest
    }

    const fn has_room(&self) -> bool {
        self.words.len() + self.phrases.len() < TERMS_MAX
    }

    /// Takes a name and its value in, if they say what cases are to be like. A name
    /// without a value is still being typed.
    fn qualify(&mut self, name: &str, value: &str) -> bool {
        let lower = value.to_lowercase();
        let field = match name {
            "status" => return value.is_empty() || self.narrow_to_status(&lower),
            "is" => return self.narrow_to_state(&lower),
            "has" => return self.narrow_to_files(&lower),
            "from" => Field::Requester,
            "by" => Field::FiledBy,
            _ => match Field::from_key(name) {
                None | Some(Field::Activity) => return false,
                Some(field) => field,
            },
        };
        let value = if field.is_named() { value.to_owned() } else { lower };
        let reads = field.is_named() || field.reads(&value);
        if reads && !value.is_empty() {
            self.narrow(field, &value);
        }
        reads || value.is_empty()
    }

    fn narrow(&mut self, field: Field, value: &str) {
        let filter = Filter { field, value: value.to_owned() };
        if !self.filters.contains(&filter) {
            self.filters.push(filter);
        }
    }

    fn narrow_to_status(&mut self, value: &str) -> bool {
        let key = value.replace([' ', '-'], "_");
        let meant = |status: &Status| match key.as_str() {
            "open" => status.is_open(),
            key => status.key().starts_with(key),
        };
        let before = self.statuses.len();
        for status in Status::ALL.into_iter().filter(meant) {
            if !self.statuses.contains(&status) {
                self.statuses.push(status);
            }
        }
        self.statuses.len() > before
    }

    fn narrow_to_state(&mut self, value: &str) -> bool {
        match value {
            "" => {}
            "open" | "closed" => return self.narrow_to_status(value),
            "unread" => self.narrow(Field::Unread, YES),
            "read" => self.narrow(Field::Unread, NO),
            _ => return false,
        }
        true
    }

    fn narrow_to_files(&mut self, value: &str) -> bool {
        match value {
            "" => {}
            "files" | "attachments" => self.narrow(Field::Attachments, YES),
            _ => return false,
        }
        true
    }

    /// How many of the words and exact words a text holds, which is cut into words.
    #[must_use]
    pub fn held_by(&self, words: &[&str]) -> usize {
        let begun = |word: &&String| words.iter().any(|known| known.starts_with(word.as_str()));
        let stands =
            |phrase: &&Vec<String>| words.windows(phrase.len()).any(|window| window == phrase.as_slice());
        self.words.iter().filter(begun).count() + self.phrases.iter().filter(stands).count()
    }

    /// Where a text holds words or exact words of the search, in bytes, in their order.
    #[must_use]
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let known = places_of_words(text);
        let mut hit = vec![false; known.len()];
        for (at, (word, _)) in known.iter().enumerate() {
            if self.words.iter().any(|begun| word.starts_with(begun.as_str())) {
                hit[at] = true;
            }
            for phrase in &self.phrases {
                let window = known.get(at..at + phrase.len());
                if window.is_some_and(|window| window.iter().map(|(word, _)| word).eq(phrase)) {
                    hit[at..at + phrase.len()].fill(true);
                }
            }
        }
        known.into_iter().zip(hit).filter(|(_, hit)| *hit).map(|((_, place), _)| place).collect()
    }

    /// What stands around the first place of a text, on one line; nothing where there is none.
    #[must_use]
    pub fn excerpt(&self, text: &str) -> Option<String> {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let first = self.places(&line).into_iter().next()?;
        let from = line[..first.start].char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
        // A word that is cut says nothing.
        let from = if from == 0 {
            0
        } else {
            line[from..first.start].find(' ').map_or(first.start, |at| from + at + 1)
        };
        let rest = &line[from..];
        let to = rest.char_indices().nth(EXCERPT).map_or(rest.len(), |(at, _)| at);
        let (start, end) = (if from > 0 { "…" } else { "" }, if to < rest.len() { "…" } else { "" });
        Some(format!("{start}{}{end}", &rest[..to]))
    }
}

const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// What stands in the quotation marks that a text begins with, and what stands behind
/// them; a mark that is still missing is thought at the end.
fn quoted(text: &str) -> (&str, &str) {
    let mut rest = text.chars();
    rest.next();
    let inner = rest.as_str();
    let Some((at, mark)) = inner.char_indices().find(|(_, c)| is_quote(*c)) else { return (inner, "") };
    (&inner[..at], &inner[at + mark.len_utf8()..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case_filter::ME;

    fn filters(typed: &str) -> Vec<(Field, String)> {
        Search::read(typed).filters.into_iter().map(|filter| (filter.field, filter.value)).collect()
    }

    #[test]
    fn understands_words_exact_words_and_what_cases_are_like() {
        let search = Search::read("status:waiting \"Exact  Words\" from:me slow-import");
        assert_eq!(search.words, ["slow", "import"]);
        assert_eq!(search.phrases, [["exact", "words"]]);
        assert_eq!(search.statuses, [Status::WaitingForCustomer, Status::WaitingForSupport]);
        assert_eq!(
            filters("from:me from:me by:\"Priya Raman\" has:files is:unread priority:HIGH"),
            [
                (Field::Requester, ME.to_owned()),
                (Field::FiledBy, "Priya Raman".to_owned()),
                (Field::Attachments, YES.to_owned()),
                (Field::Unread, YES.to_owned()),
                (Field::Priority, "high".to_owned()),
            ]
        );
        assert_eq!(Search::read("is:closed status:received").statuses, [Status::Closed, Status::Received]);
    }

    #[test]
    fn a_number_is_its_digits() {
        assert_eq!(Search::read("CS-000123 cs-000124").words, ["000123", "000124"]);
        assert_eq!(Search::read("CS-123 ÄS-000123").words, ["cs", "123", "äs", "000123"]);
    }

    #[test]
    fn what_it_does_not_understand_is_words() {
        let search = Search::read("https://example.test status:4711 priority:purple activity:watching");
        assert_eq!(
            search.words,
            ["https", "example", "test", "status", "4711", "priority", "purple", "activity", "watching"]
        );
        assert!(search.statuses.is_empty() && search.filters.is_empty());
    }

    #[test]
    fn what_is_still_being_typed_asks_for_nothing_yet() {
        for typed in ["status:", "from:", "is:", "has:", "priority:", "\"", "from:\""] {
            let search = Search::read(typed);
            assert!(
                search.words.is_empty() && search.phrases.is_empty() && search.filters.is_empty(),
                "{typed}"
            );
        }
        assert_eq!(Search::read("\"not yet closed").phrases, [["not", "yet", "closed"]]);
        for (typed, nothing) in
            [("", false), ("  ", false), (" ! ", true), ("\"!\"", true), ("! a", false), ("\"", false)]
        {
            assert_eq!(Search::read(typed).finds_nothing(), nothing, "{typed:?}");
        }
    }

    #[test]
    fn shows_where_it_found_something() {
        let search = Search::read("import \"price lists\"");
        let text = "Price lists: the IMPORTER of “price  lists” stops.";
        let found: Vec<_> = search.places(text).into_iter().map(|place| &text[place]).collect();
        assert_eq!(found, ["Price", "lists", "IMPORTER", "price", "lists"]);
        assert_eq!(search.held_by(&["importer", "price", "of", "lists"]), 1);
        let long = format!("{} the import\nof it {}", "before ".repeat(40), "after ".repeat(60));
        let excerpt = search.excerpt(&long).unwrap();
        assert!(excerpt.starts_with("…before") && excerpt.ends_with('…'), "{excerpt}");
        assert!(excerpt.contains("the import of it"), "{excerpt}");
        assert!(excerpt.chars().count() <= EXCERPT + 2, "{excerpt}");
        assert_eq!(search.excerpt("nothing of it"), None);
        assert_eq!(search.excerpt("import"), Some("import".to_owned()));
    }

    proptest::proptest! {
        #[test]
        fn takes_anything(typed in "\\PC*", text in "\\PC*") {
            let search = Search::read(&typed);
            for place in search.places(&text) {
                proptest::prop_assert!(text.get(place).is_some_and(|word| !word.is_empty()));
            }
            let excerpt = search.excerpt(&text).unwrap_or_default();
            proptest::prop_assert!(excerpt.chars().count() <= EXCERPT + 2);
        }
    }
}
