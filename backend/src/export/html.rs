//! Writing HTML that can only say what it is given: every text is escaped, and every
//! tag is one of ours.

/// A text within an element or a quoted attribute.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// An element with a text.
pub fn element(tag: &'static str, text: &str) -> String {
    wrapped(tag, &escaped(text))
}

/// An element around HTML of ours.
pub fn wrapped(tag: &'static str, html: &str) -> String {
    format!("<{tag}>{html}</{tag}>")
}

/// Words of people or of a catalogue: in whatever direction they are written.
pub fn said(text: &str) -> String {
    format!("<span dir=\"auto\">{}</span>", escaped(text))
}

/// A link to somewhere else, or to a file beside the document.
pub fn link(address: &str, html: &str) -> String {
    format!("<a href=\"{}\" rel=\"noreferrer\">{html}</a>", escaped(address))
}
