//! "Did you mean …?"

/// How alike two words must be, from 0 to 1: a letter or two apart.
const ALIKE: f64 = 0.8;

/// The known word that is most like the one written.
pub(super) fn suggestion<'a>(written: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |word: &str| word.to_lowercase().replace('_', "-");
    known
        .filter(|word| strsim::jaro_winkler(&plain(written), &plain(word)) > ALIKE)
        .min_by_key(|word| strsim::damerau_levenshtein(&plain(written), &plain(word)))
}

/// What to do about a word that is not known.
pub(super) fn told(meant: Option<&str>, known: &[&str]) -> String {
    match meant {
        Some(word) => format!("did you mean “{word}”?"),
        None => format!("use one of {}", known.join(", ")),
    }
}
