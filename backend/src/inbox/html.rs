//! HTML of a mail as Markdown, so that it becomes the same tree as everything that is
//! written: nothing of it is ever given to a browser.

use htmd::{
    HtmlToMarkdown,
    options::{BrStyle, BulletListMarker, Options},
};

use super::incoming::NotTaken;

/// Deepest nesting of elements that is read, more than forty mails quoted in one another
/// have. The parser's time grows with its square, and the walk takes stack for each.
const DEEPEST: usize = 1000;
/// How many lines and elements, times how deep they lie. Lists and quotations set in each
/// line of theirs, so that is what the Markdown may take.
const WIDEST: usize = 10_000_000;
/// The most bytes of HTML that are read.
const LONGEST: usize = 4 * 1024 * 1024;
/// Elements that cannot lie in one another, or hold nothing.
const FLAT: [&[u8]; 16] = [
    b"p", b"br", b"hr", b"img", b"li", b"td", b"th", b"tr", b"dd", b"dt", b"col", b"meta", b"link", b"input",
    b"area", b"base",
];

/// What the text of a page says, in Markdown. Pictures are left out: those that came with
/// the mail are files, and others would tell somebody who reads it.
///
/// # Errors
/// It is too long, or nested too deep.
pub fn as_markdown(html: &str) -> Result<String, NotTaken> {
    let deepest = depth(html.as_bytes());
    let lines = html.bytes().filter(|byte| matches!(byte, b'<' | b'\n')).count();
    if html.len() > LONGEST || deepest > DEEPEST || deepest.saturating_mul(lines) > WIDEST {
        return Err(NotTaken::TooLarge);
    }
    let options = Options {
        br_style: BrStyle::Backslash,
        bullet_list_marker: BulletListMarker::Dash,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        ..Options::default()
    };
    let converter = HtmlToMarkdown::builder()
        .options(options)
        .skip_tags(vec![
            "script", "style", "head", "title", "img", "svg", "object", "iframe", "noscript", "template",
        ])
        .build();
    converter.convert(html).map_err(|_| NotTaken::Broken)
}

/// How deep elements may lie in one another, rather too much than too little.
fn depth(html: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for (at, _) in html.iter().enumerate().filter(|(_, byte)| **byte == b'<') {
        let rest = html.get(at + 1..).unwrap_or_default();
        let closes = rest.first() == Some(&b'/');
        let name = rest.get(usize::from(closes)..).unwrap_or_default();
        let length = name.iter().take(16).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let name = name.get(..length).unwrap_or_default().to_ascii_lowercase();
        if name.is_empty() || FLAT.contains(&name.as_slice()) {
            continue;
        }
        depth = if closes { depth.saturating_sub(1) } else { depth + 1 };
        deepest = deepest.max(depth);
    }
    deepest
}

#[cfg(test)]
mod tests {
    use contract::markdown::{Block, Inline};

    use super::*;
    use crate::markdown::parse;

    #[test]
    fn pages_say_what_they_said_and_nothing_more() {
        let html = "<html><head><title>x</title><style>p{}</style></head><body><p>Hello <b>you</b><script>alert(1)</script>\
            <img src=\"https://spy.test/1.png\"></p><ul><li>one</li></ul><a href=\"javascript:alert(1)\">click</a>\
            <div onclick=\"x()\">&lt;b&gt; __init__</div></body></html>";
        let tree = parse(&as_markdown(html).unwrap());
        let text = |text: &str| Inline::Text { text: text.to_owned() };
        let strong = Inline::Strong { children: vec![text("you")] };
        assert_eq!(tree.first(), Some(&Block::Paragraph { children: vec![text("Hello "), strong] }));
        let json = serde_json::to_string(&tree).unwrap();
        for forbidden in ["alert", "spy.test", "javascript", "onclick", "p{}"] {
            assert!(!json.contains(forbidden), "{forbidden} in {json}");
        }
        let told = contract::markdown::words(&tree);
        assert_eq!(told, "Hello you one click <b> __init__");
    }

    #[test]
    fn what_is_nested_too_deep_is_refused() {
        let refused = |html: &str| assert_eq!(as_markdown(html), Err(NotTaken::TooLarge));
        refused(&"<div>".repeat(100_000));
        refused(&("<ul>".repeat(500) + &"<li>x".repeat(100_000)));
        refused(&"x".repeat(LONGEST + 1));
        let flat = "<div>x</div>".repeat(10_000);
        assert!(as_markdown(&flat).is_ok());
    }
}
