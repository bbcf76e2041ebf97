//! The words of a text, and those that tell what it is about.

use std::ops::Range;

/// Shortest word that tells something, in characters.
const SHORTEST: usize = 4;
/// Longest word looked at, in characters; longer ones are cut.
const LONGEST: usize = 60;
/// Most words that count.
const MOST: usize = 8;

/// Words that are long enough and tell nothing all the same.
const IDLE: [&str; 35] = [
    "about", "after", "also", "been", "before", "cannot", "could", "does", "every", "from", "have", "into",
    "more", "only", "since", "some", "still", "than", "that", "their", "them", "then", "there", "they",
    "this", "were", "what", "when", "where", "which", "while", "will", "with", "would", "your",
];

/// The words of a text: runs of letters and digits, in lower case; very long ones, such as
/// encoded data, are cut.
pub fn cut(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(lowered)
}

fn lowered(word: &str) -> String {
    word.to_lowercase().chars().filter(|c| c.is_alphanumeric()).take(LONGEST).collect()
}

/// The words of a text, with where each stands in it, in bytes.
#[must_use]
pub fn places(text: &str) -> Vec<(String, Range<usize>)> {
    let mut at = 0;
    let mut words = Vec::new();
    for piece in text.split(|c: char| !c.is_alphanumeric()) {
        // What parts two pieces is one character.
        let start = at;
        at += piece.len() + text[start + piece.len()..].chars().next().map_or(0, char::len_utf8);
        if !piece.is_empty() {
            words.push((lowered(piece), start..start + piece.len()));
        }
    }
    words
}

/// The telling words of a text, in lower case, each once, in their order.
#[must_use]
pub fn telling(text: &str) -> Vec<String> {
    let mut telling: Vec<String> = Vec::new();
    for word in cut(text) {
        let tells = word.chars().count() >= SHORTEST && !IDLE.contains(&word.as_str());
        if tells && !telling.contains(&word) {
            telling.push(word);
        }
        if telling.len() == MOST {
            break;
        }
    }
    telling
}

/// How many of the telling words begin a word of a text, which is in lower case.
#[must_use]
pub fn shared(telling: &[String], text: &str) -> usize {
    let begins = |word: &&String| {
        text.split(|c: char| !c.is_alphanumeric()).any(|known| known.starts_with(word.as_str()))
    };
    telling.iter().filter(begins).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_words() {
        let text = "Übergröße: foo.bar 'x' CS-000123 \u{202e}שלום 👍";
        let words: Vec<_> = cut(text).collect();
        assert_eq!(words, ["übergröße", "foo", "bar", "x", "cs", "000123", "שלום"]);
        assert_eq!(cut(&"a".repeat(500)).next().map(|word| word.len()), Some(60));
        let placed: Vec<_> = places(text).into_iter().map(|(word, place)| (word, &text[place])).collect();
        assert_eq!(placed.iter().map(|(word, _)| word).collect::<Vec<_>>(), words.iter().collect::<Vec<_>>());
        assert_eq!((placed[0].1, placed[6].1), ("Übergröße", "שלום"));
    }

    #[test]
    fn tells_what_it_is_about() {
        assert_eq!(telling("When the Checkout fails, the checkout FAILS!"), ["checkout", "fails"]);
        assert_eq!(telling("Größe in px: über 4711"), ["größe", "über", "4711"]);
        assert_eq!(telling("a an in the of"), Vec::<String>::new());
        assert_eq!(telling(&"word1 ".repeat(50)), ["word1"]);
        assert_eq!(telling("aaaa bbbb cccc dddd eeee ffff gggg hhhh iiii").len(), 8);
    }

    #[test]
    fn shares_the_beginnings_of_words() {
        let words = telling("slow import of prices");
        assert_eq!(shared(&words, "imports of prices are slow"), 3);
        assert_eq!(shared(&words, "reimport, underpriced"), 0);
    }
}
