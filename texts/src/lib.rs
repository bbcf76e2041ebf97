//! Every sentence the product says, in every language it speaks.
//!
//! `locales/{language}/{module}.toml` holds the texts; the build turns each into a
//! function, so that a missing text, or one with other parameters in another
//! language, does not compile. A thread speaks one language at a time: [`speak`]
//! sets it, [`speaking`] for as long as something runs.
//!
//! English is part of the program. In the browser other languages are fetched
//! ([`Language::from_file`]), so that nobody downloads one they do not read; with the
//! feature `at-once` so is most of English, once more than the first page is shown.

use std::cell::Cell;
use std::fmt::{Display, Write as _};
use std::sync::OnceLock;

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// Parts one text from the next.
const NEXT_TEXT: char = '\u{1e}';
/// Parts the forms of a plural, and a form's category from its words.
const NEXT_FORM: char = '\u{1d}';

/// A language with all its texts.
#[derive(Debug)]
pub struct Language {
    /// Its BCP 47 tag.
    pub tag: String,
    /// Whether it has all texts; else some are still to be fetched.
    pub whole: bool,
    texts: Vec<String>,
}

/// A file does not hold the texts of this build.
#[derive(Debug, thiserror::Error)]
pub enum NotALanguage {
    /// It is not JSON, or not of the shape asked for.
    #[error("the file cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// It belongs to another version of the program.
    #[error("the file holds the texts of another version")]
    OtherVersion,
}

#[derive(serde::Deserialize)]
struct File {
    tag: String,
    of: String,
    texts: Vec<String>,
}

impl Language {
    /// English.
    #[must_use]
    pub fn english() -> &'static Self {
        static KNOWN: OnceLock<Language> = OnceLock::new();
        KNOWN.get_or_init(|| Self {
            tag: "en".to_owned(),
            whole: cfg!(not(all(feature = "at-once", target_arch = "wasm32"))),
            texts: ENGLISH.split(NEXT_TEXT).map(str::to_owned).collect(),
        })
    }

    /// Reads a language's file, one of `FILES`.
    ///
    /// # Errors
    /// The content is no such file, or one of another version of the program.
    pub fn from_file(content: &str) -> Result<Self, NotALanguage> {
        let File { tag, of, texts } = serde_json::from_str(content)?;
        if of != FINGERPRINT || texts.len() != Self::english().texts.len() {
            return Err(NotALanguage::OtherVersion);
        }
        Ok(Self { tag, whole: true, texts })
    }

    /// The language that a list of preferences such as `de-CH,de;q=0.9,en;q=0.8`
    /// (RFC 9110, 12.5.4) names first, of those there are; English if it names none.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn preferred(preferences: &str) -> &'static Self {
        static KNOWN: OnceLock<Vec<Language>> = OnceLock::new();
        let known = KNOWN
            .get_or_init(|| FILES.iter().filter_map(|(_, content)| Self::from_file(content).ok()).collect());
        let mut wanted: Vec<_> = preferences.split(',').filter_map(preference).collect();
        wanted.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        let first = wanted
            .into_iter()
            .find_map(|(tag, _)| known.iter().find(|language| language.tag.eq_ignore_ascii_case(&tag)));
        first.unwrap_or_else(Self::english)
    }
}

/// A language's primary tag and how much it is wanted; none if it is not.
#[cfg(not(target_arch = "wasm32"))]
fn preference(entry: &str) -> Option<(String, f32)> {
    let (tag, weight) = entry.split_once(';').unwrap_or((entry, "q=1"));
    let weight = weight.trim().strip_prefix("q=")?.parse().ok().filter(|weight| *weight > 0.0)?;
    Some((tag.trim().split('-').next()?.to_owned(), weight))
}

thread_local! {
    static SPOKEN: Cell<Option<&'static Language>> = const { Cell::new(None) };
}

/// The language this thread speaks.
#[must_use]
pub fn spoken() -> &'static Language {
    SPOKEN.get().unwrap_or_else(Language::english)
}

/// From now on this thread speaks another language.
pub fn speak(language: &'static Language) {
    SPOKEN.set(Some(language));
}

/// Speaks a language while something runs.
pub fn speaking<T>(language: &'static Language, run: impl FnOnce() -> T) -> T {
    let before = SPOKEN.replace(Some(language));
    let answer = run();
    SPOKEN.set(before);
    answer
}

fn text(index: usize) -> &'static str {
    let spoken = spoken();
    let text = spoken.texts.get(index).map_or("", String::as_str);
    if text.is_empty() && !spoken.whole {
        not_here_yet(index);
    }
    text
}

/// Something is shown whose texts were not waited for.
#[cfg(target_arch = "wasm32")]
fn not_here_yet(index: usize) {
    #[wasm_bindgen::prelude::wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = console)]
        fn error(message: &str, index: usize);
    }
    error("a text is not here yet:", index);
}

/// Outside browsers every language is whole.
#[cfg(not(target_arch = "wasm32"))]
const fn not_here_yet(_index: usize) {}

fn filled(index: usize, values: &[(&str, &dyn Display)]) -> String {
    fill(text(index), values)
}

fn fill(text: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut said = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        said.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            // Writing to a string cannot fail.
            let _ = write!(said, "{value}");
        }
        rest = after;
    }
    said.push_str(rest);
    said
}

fn plural(index: usize, count: u64, values: &[(&str, &dyn Display)]) -> String {
    let forms: Vec<_> = text(index).split(NEXT_FORM).collect();
    let form = |category: &str| {
        forms.chunks(2).find(|form| form.first() == Some(&category)).and_then(|form| form.get(1))
    };
    let words = form(&category(count)).or_else(|| form("other"));
    words.map_or_else(String::new, |words| fill(words, values))
}

/// The plural category of a number in the language spoken.
#[cfg(target_arch = "wasm32")]
fn category(count: u64) -> String {
    let locales = js_sys::Array::of1(&spoken().tag.as_str().into());
    let rules = js_sys::Intl::PluralRules::new(&locales, &js_sys::Object::new());
    #[expect(clippy::cast_precision_loss, reason = "no count is that large")]
    let category = rules.select(count as f64);
    category.into()
}

/// The plural category of a number, in languages that count like English.
#[cfg(not(target_arch = "wasm32"))]
fn category(count: u64) -> String {
    if count == 1 { "one" } else { "other" }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_is_read_back() {
        for ((tag, content), (known, name)) in FILES.iter().zip(LANGUAGES) {
            let language = Language::from_file(content).unwrap();
            assert_eq!((language.tag.as_str(), tag), (*known, known));
            let language: &'static Language = Box::leak(Box::new(language));
            assert_eq!(&speaking(language, language::name), name);
        }
        assert_eq!(language::name(), "English");
    }

    #[test]
    fn the_browser_fetches_all_but_english() {
        let list = include_str!("../../public/boot.js").split_once("LANGUAGES = [").unwrap().1;
        let fetched: Vec<_> =
            list.split_once(']').unwrap().0.split(',').map(|tag| tag.trim_matches(['\'', ' '])).collect();
        let known = LANGUAGES.iter().map(|(tag, _)| *tag).filter(|tag| *tag != "en");
        assert_eq!(fetched, known.collect::<Vec<_>>());
    }

    #[test]
    fn a_file_of_another_version_is_refused() {
        let (_, content) = FILES[0];
        let other = content.replace(FINGERPRINT, "0000000000000000");
        assert!(matches!(Language::from_file(&other), Err(NotALanguage::OtherVersion)));
        assert!(matches!(Language::from_file("{}"), Err(NotALanguage::Unreadable(_))));
    }

    #[test]
    fn values_stand_where_they_are_named() {
        assert_eq!(fill("{b} of {a}{b}", &[("a", &1), ("b", &"x")]), "x of 1x");
        assert_eq!(fill("no {thing", &[]), "no ");
        assert_eq!(fill("a {b} c", &[("b", &"{b}")]), "a {b} c");
    }

    #[test]
    fn the_language_wanted_most_is_spoken() {
        for (preferences, tag) in [
            ("", "en"),
            ("de", "de"),
            ("de-AT", "de"),
            ("fr, de;q=0.5, en;q=0.4", "de"),
            ("en;q=0.4, DE;q=0.5", "de"),
            ("de;q=0, fr", "en"),
            ("*, ;;;q=x", "en"),
        ] {
            assert_eq!(Language::preferred(preferences).tag, tag, "{preferences}");
        }
    }
}
