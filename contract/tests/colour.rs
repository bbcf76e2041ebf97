//! Contrast, and that every accent has enough of it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use contract::colour::{Accent, Colour, SHAPE, Scheme, Shades, TEXT};
use proptest::prelude::*;

const TOKENS: &str = include_str!("../../style/20-tokens.css");

fn colour(text: &str) -> Colour {
    text.parse().unwrap()
}

fn colours() -> impl Strategy<Value = Colour> {
    "#[0-9a-f]{6}".prop_map(|text| colour(&text))
}

/// A custom property's colours in the light and the dark theme.
fn token(name: &str) -> [Colour; 2] {
    let (_, rest) = TOKENS.split_once(&format!("--{name}: light-dark(")).unwrap();
    let (light, dark) = rest.split_once(')').unwrap().0.split_once(", ").unwrap();
    [light, dark].map(|text| colour(if text == "#fff" { "#ffffff" } else { text }))
}

/// The style sheet's own accent.
fn own_accent() -> Accent {
    let [light, dark] = [0, 1].map(|theme| Shades {
        text: token("accent")[theme],
        fill: token("accent-fill")[theme],
        fill_hover: token("accent-fill-hover")[theme],
        on_fill: token("on-accent")[theme],
        soft: token("accent-soft")[theme],
    });
    Accent { light, dark }
}

#[track_caller]
fn is_legible(accent: &Accent) {
    for (theme, scheme, shades) in [(0, Scheme::Light, accent.light), (1, Scheme::Dark, accent.dark)] {
        assert!(scheme.contrast(shades.text) >= TEXT, "text: {scheme:?} {shades:?}");
        assert!(shades.text.contrast(shades.soft) >= TEXT, "text on soft: {scheme:?} {shades:?}");
        assert!(scheme.contrast(shades.fill) >= SHAPE, "fill: {scheme:?} {shades:?}");
        for fill in [shades.fill, shades.fill_hover] {
            assert!(shades.on_fill.contrast(fill) >= TEXT, "on the fill: {scheme:?} {shades:?}");
        }
        for text in ["text", "text-quiet"] {
            assert!(token(text)[theme].contrast(shades.soft) >= TEXT, "{text} on soft: {shades:?}");
        }
    }
}

/// A colour's parts, and how far the largest is from the least.
fn parts(colour: Colour) -> ([f64; 3], f64) {
    let text = colour.to_string();
    let parts = [1, 3, 5].map(|at| f64::from(u8::from_str_radix(&text[at..at + 2], 16).unwrap()));
    let (least, most) =
        (parts.iter().copied().fold(f64::MAX, f64::min), parts.iter().copied().fold(0.0, f64::max));
    (parts, most - least)
}

/// The angle between the hues of two colours, in degrees.
fn hue_between(one: Colour, other: Colour) -> f64 {
    let hue = |colour| {
        let [red, green, blue] = parts(colour).0;
        (3.0_f64.sqrt() * (green - blue)).atan2(2.0 * red - green - blue).to_degrees()
    };
    let angle = (hue(one) - hue(other)).abs();
    angle.min(360.0 - angle)
}

#[test]
fn the_grounds_are_those_of_the_style_sheet() {
    for (theme, scheme) in [(0, Scheme::Light), (1, Scheme::Dark)] {
        let names = ["ground", "ground-sunk", "ground-raised", "ground-hover"];
        assert_eq!(scheme.grounds(), names.map(|name| token(name)[theme]));
    }
}

#[test]
fn the_own_accent_keeps_to_it() {
    is_legible(&own_accent());
}

#[test]
fn contrast_is_that_of_the_recommendation() {
    // Ratios that the tools of others show: WebAIM, Chromium.
    for (one, other, ratio) in [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
        ("#136a63", "#ffffff", 6.43),
    ] {
        let contrast = colour(one).contrast(colour(other));
        assert!((contrast - ratio).abs() < 0.01, "{one} on {other}: {contrast}");
    }
}

#[test]
fn only_full_colours_are_read() {
    assert_eq!(colour("#A0b1C2").to_string(), "#a0b1c2");
    for text in
        ["", "#", "#fff", "136a63", "#136a6", "#136a633", "#136a6g", "#+36a63", " #136a63", "#ä6a63", "teal"]
    {
        assert!(text.parse::<Colour>().is_err(), "{text}");
    }
}

#[test]
fn a_good_accent_is_taken_as_it_is() {
    let (light, dark) = (colour("#5b21b6"), colour("#c4b5fd"));
    let accent = Accent::checked(light, dark);
    assert_eq!((accent.light.text, accent.light.fill), (light, light));
    assert_eq!((accent.dark.text, accent.dark.fill), (dark, dark));
    let css = accent.css();
    assert!(css.starts_with("--accent:light-dark(#5b21b6,#c4b5fd);--accent-fill:"), "{css}");
    for name in ["accent", "accent-fill", "accent-fill-hover", "on-accent", "accent-soft"] {
        assert!(css.contains(&format!("--{name}:")), "{css}");
        token(name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn every_accent_is_legible(light in colours(), dark in colours()) {
        is_legible(&Accent::checked(light, dark));
    }

    #[test]
    fn greys_are_legible_and_show_the_pointer(part in any::<u8>()) {
        let grey = colour(&format!("#{part:02x}{part:02x}{part:02x}"));
        let accent = Accent::checked(grey, grey);
        is_legible(&accent);
        prop_assert_ne!(accent.light.fill, accent.light.fill_hover);
        prop_assert_ne!(accent.dark.fill, accent.dark.fill_hover);
    }

    #[test]
    fn only_what_is_illegible_is_changed_and_its_hue_stays(given in colours()) {
        let accent = Accent::checked(given, given);
        for (scheme, shades) in [(Scheme::Light, accent.light), (Scheme::Dark, accent.dark)] {
            prop_assert_eq!(shades.text == given, scheme.legibility(given) >= TEXT);
            prop_assert_eq!(shades.fill == given, scheme.contrast(given) >= SHAPE);
            for changed in [shades.text, shades.fill] {
                // Parts are whole numbers: the less colour is in it, the coarser its hue.
                let chroma = parts(changed).1.min(parts(given).1);
                prop_assert!(chroma < 8.0 || hue_between(given, changed) < 90.0 / chroma, "{} {}", given, changed);
            }
        }
    }

    #[test]
    fn a_colour_leads_back(colour in colours()) {
        prop_assert_eq!(colour.to_string().parse(), Ok(colour));
        let json = serde_json::to_string(&colour).unwrap();
        prop_assert_eq!(serde_json::from_str::<Colour>(&json).unwrap(), colour);
    }

    #[test]
    fn anything_is_read_or_refused(text in "#?\\PC{0,8}") {
        let _ = text.parse::<Colour>();
    }
}
