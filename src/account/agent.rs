//! What browsers say of themselves, in words that people know.

/// Browsers by what only they say, in the order in which they must be looked for: most
/// claim to be others, too.
const BROWSERS: [(&str, &str); 6] = [
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
/// Systems, likewise.
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
];

/// Such as “Firefox, Windows”; as it is where it is none we know.
pub fn described(agent: Option<&str>) -> String {
    let Some(agent) = agent else { return texts::account::unknown_browser().to_owned() };
    let find = |known: &[(&str, &'static str)]| {
        known.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name)
    };
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(browser), None) => browser.to_owned(),
        (None, _) => agent.split(['/', ' ']).next().unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::described;

    #[wasm_bindgen_test]
    fn browsers_are_known_by_what_only_they_say() {
        let mozilla = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
        for (agent, name) in [
            (format!("{mozilla} AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"), "Edge, Windows"),
            (format!("{mozilla} AppleWebKit/537.36 Chrome/140.0 Safari/537.36"), "Chrome, Windows"),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0".to_owned(),
                "Firefox, Linux",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1".to_owned(),
                "Safari, iPhone",
            ),
            ("curl/8.5.0".to_owned(), "curl"),
        ] {
            assert_eq!(described(Some(&agent)), name);
        }
    }
}
