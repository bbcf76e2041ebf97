//! Plain text of a mail as Markdown that reads the same.

/// Characters that Markdown would take for its own within a line.
const SPECIAL: &str = "\\`*_[]<~&|";

/// A text whose lines were broken for the way as its sender wrote them (RFC 3676, 4.1):
/// where a line ends with a blank, the next one of the same depth belongs to it.
#[must_use]
pub fn unflowed(text: &str, delete_space: bool) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut flows: Option<usize> = None;
    for line in text.lines() {
        let depth = line.len() - line.trim_start_matches('>').len();
        let content = line.get(depth..).unwrap_or_default();
        let content = content.strip_prefix(' ').unwrap_or(content);
        let signature = content.trim_end() == "--";
        let goes_on = content.ends_with(' ') && !signature;
        let kept =
            if goes_on && delete_space { content.strip_suffix(' ').unwrap_or(content) } else { content };
        match lines.last_mut().filter(|_| flows == Some(depth) && !signature) {
            Some(last) => last.push_str(kept),
            None if depth > 0 => lines.push(format!("{} {kept}", ">".repeat(depth))),
            None => lines.push(kept.to_owned()),
        }
        flows = goes_on.then_some(depth);
    }
    lines.join("\n")
}

/// Markdown of a plain text. Lists and quotations are left what they are, lines that are
/// set in after an empty one are code; all else says what it says.
#[must_use]
pub fn as_markdown(text: &str) -> String {
    // Behind an empty line, or behind code.
    let mut opens = true;
    let line = |line: &str| {
        let empty = line.trim().is_empty();
        opens = empty || (opens && (line.starts_with("    ") || line.starts_with('\t')));
        if opens { line.to_owned() } else { escaped_line(line.trim_start()) }
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

fn escaped_line(line: &str) -> String {
    let content = line.trim_start_matches(['>', ' ']);
    let (marks, content) = line.split_at(line.len() - content.len());
    let bullet = if content.starts_with("* ") { "* " } else { "" };
    let content = content.get(bullet.len()..).unwrap_or_default();
    let ruled =
        |mark: char| !content.is_empty() && content.chars().all(|letter| letter == mark || letter == ' ');
    let heads = content.starts_with('#') || ruled('-') || ruled('=') || ruled('+');
    let words: Vec<_> = content.split(' ').map(escaped_word).collect();
    format!("{marks}{bullet}{}{}", if heads { "\\" } else { "" }, words.join(" "))
}

/// A word that says what it says; the address of a page is a link.
fn escaped_word(word: &str) -> String {
    let escaped = |text: &str| -> String {
        let escaped = |letter: char| SPECIAL.contains(letter).then_some('\\').into_iter().chain([letter]);
        text.chars().flat_map(escaped).collect()
    };
    let address = word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')']);
    let leads = address.starts_with("https://") || address.starts_with("http://");
    match word.split_at_checked(address.len()) {
        Some((address, rest)) if leads && !address.contains(['<', '>']) => {
            format!("<{address}>{}", escaped(rest))
        }
        _ => escaped(word),
    }
}

#[cfg(test)]
mod tests {
    use contract::markdown::words;
    use proptest::prelude::*;

    use super::*;
    use crate::markdown::parse;

    #[test]
    fn broken_lines_are_joined_at_their_depth() {
        assert_eq!(unflowed("one \ntwo\nthree", false), "one two\nthree");
        assert_eq!(unflowed("one \ntwo", true), "onetwo");
        assert_eq!(unflowed("> one \n> two\nthree", false), "> one two\nthree");
        assert_eq!(unflowed("> one \nthree", false), "> one \nthree");
        assert_eq!(unflowed("one\n-- \nAda", false), "one\n-- \nAda");
        assert_eq!(unflowed(" > no quotation", false), "> no quotation");
    }

    #[test]
    fn text_says_what_it_says() {
        for text in [
            "__init__ and *p, a[0] <b> &amp; ~x~",
            "# no heading",
            "a\n---",
            "1 | 2\n--|--\n3 | 4",
            "C:\\dir\\_x",
        ] {
            let tree = parse(&as_markdown(text));
            assert_eq!(words(&tree), text.split_whitespace().collect::<Vec<_>>().join(" "), "{tree:?}");
            assert_eq!(tree.len(), 1, "one paragraph: {tree:?}");
        }
    }

    #[test]
    fn addresses_lead_somewhere() {
        let link = |href: &str| {
            let children = vec![contract::markdown::Inline::Text { text: href.to_owned() }];
            contract::markdown::Inline::Link { href: href.to_owned(), children }
        };
        let tree = parse(&as_markdown("See https://x.test/a_b?c=*1*&d, please."));
        let contract::markdown::Block::Paragraph { children } = &tree[0] else { panic!("{tree:?}") };
        assert_eq!(children.get(1), Some(&link("https://x.test/a_b?c=*1*&d")));
    }

    #[test]
    fn what_is_set_in_is_code() {
        let tree = parse(&as_markdown("See:\n\n    at f(__x__)\n    at g\n\nThanks"));
        let code = contract::markdown::Block::Code { language: None, text: "at f(__x__)\nat g\n".to_owned() };
        assert_eq!(tree.get(1), Some(&code));
    }

    proptest! {
        #[test]
        fn no_word_is_lost(text in "[a-z#*_\\[\\]<>&;`~|=. \n\\\\-]{0,60}") {
            let told = words(&parse(&as_markdown(&text)));
            let letters = |text: &str| text.chars().filter(char::is_ascii_lowercase).collect::<String>();
            prop_assert_eq!(letters(&told), letters(&text));
        }
    }
}
