//! The words of a text that tell what it is about.

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

/// The telling words of a text, in lower case, each once, in their order.
#[must_use]
pub fn telling(text: &str) -> Vec<String> {
    let mut telling: Vec<String> = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        let lower = word.to_lowercase();
        let word: String = lower.chars().filter(|c| c.is_alphanumeric()).take(LONGEST).collect();
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
    use super::{shared, telling};

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
