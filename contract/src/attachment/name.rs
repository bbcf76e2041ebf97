//! What a file is called: safe to show, to store, and to save as.

use super::FileKind;

/// The most characters that a name has.
const LONGEST: usize = 150;
/// What a file is called whose own name has nothing left.
const NAMELESS: &str = "file";

/// A file's name without what deceives or harms: folders, control characters, marks
/// that are not seen or turn the direction of text, and what systems do not take in a
/// name. Applied again it changes nothing; it leaves the last extension as it is.
#[must_use]
pub fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let visible: String = last.chars().filter_map(seen).collect();
    let words = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    let tidy = words.trim_matches(|letter: char| letter == '.' || letter == ' ');
    // ".png" is a file of that kind without a name.
    let tidy = if words.starts_with('.') && FileKind::from_name(&words).is_some() && !tidy.contains('.') {
        format!("{NAMELESS}.{tidy}")
    } else {
        tidy.to_owned()
    };
    harmless(&shortened(if tidy.is_empty() { NAMELESS } else { &tidy }))
}

/// A text from a file as it may be shown: without control characters and marks that are
/// not seen or turn the direction of text.
#[must_use]
pub fn visible(text: &str) -> String {
    text.chars().filter(|letter| !is_hidden(*letter)).collect()
}

/// A character as a name may have it; none for what is left out.
fn seen(letter: char) -> Option<char> {
    match letter {
        '\t' | '\n' | '\r' => Some(' '),
        letter if is_hidden(letter) => None,
        // What Windows does not take (Microsoft, "Naming Files, Paths, and Namespaces").
        '<' | '>' | ':' | '"' | '|' | '?' | '*' => Some('_'),
        letter => Some(letter),
    }
}

/// Controls, and formats: marks without width, and those that turn the direction of text
/// (UAX 9, UTS 39).
fn is_hidden(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}'
    ) || letter.is_control()
}

/// At most [`LONGEST`] characters, the extension kept.
fn shortened(name: &str) -> String {
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    let extension = name.rsplit_once('.').map(|(_, extension)| extension).unwrap_or_default();
    let extension = if extension.chars().count() > 16 { "" } else { extension };
    let room = LONGEST - extension.chars().count() - 1;
    let begin: String = name.chars().take(room).collect();
    let begin = begin.trim_end_matches(['.', ' ']);
    if extension.is_empty() { begin.to_owned() } else { format!("{begin}.{extension}") }
}

/// Names of devices are no names of files (Microsoft, as above).
fn harmless(name: &str) -> String {
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    let upper = stem.to_ascii_uppercase();
    let numbered = ["COM", "LPT"].iter().any(|device| {
        upper.strip_prefix(device).is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']))
    });
    if numbered || matches!(upper.as_str(), "CON" | "PRN" | "AUX" | "NUL") {
        return format!("_{name}");
    }
    name.to_owned()
}
