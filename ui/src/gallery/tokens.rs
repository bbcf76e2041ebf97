//! Sizes, colours and spaces, from `style/20-tokens.css`.

use leptos::prelude::*;

use super::specimen;
use crate::icon::{Glyph, Icon};

const SIZES: &[(&str, &str)] = &[
    ("--title", "A page's title"),
    ("--large", "A section's title"),
    ("--read", "What is read at length: messages and answers"),
    ("--normal", "Everything else: controls, rows, labels"),
    ("--small", "What stands aside: help, times, notes"),
];
const GROUNDS: &[&str] = &[
    "--ground",
    "--ground-sunk",
    "--ground-raised",
    "--ground-hover",
    "--line",
    "--line-strong",
    "--text",
    "--text-quiet",
    "--accent",
    "--accent-soft",
    "--focus",
    "--scrim",
];
/// What is written on what.
const PAIRS: &[(&str, &str)] = &[
    ("--on-accent", "--accent-fill"),
    ("--on-accent", "--accent-fill-hover"),
    ("--on-danger", "--danger-fill"),
    ("--accent", "--accent-soft"),
    ("--danger", "--danger-soft"),
    ("--gray", "--gray-soft"),
    ("--slate", "--slate-soft"),
    ("--blue", "--blue-soft"),
    ("--amber", "--amber-soft"),
    ("--violet", "--violet-soft"),
    ("--green", "--green-soft"),
    ("--text", "--ground-sunk"),
    ("--text-quiet", "--ground-sunk"),
    ("--text-quiet", "--ground-hover"),
];
const SPACES: &[&str] = &["--s1", "--s2", "--s3", "--s4", "--s5", "--s6", "--s7"];

fn token(name: &str) -> String {
    format!("var({name})")
}

/// The sizes of text.
pub fn type_scale() -> AnyView {
    let lines = SIZES.iter().map(|(name, words)| {
        view! {
            <p style:font-size=token(name)>{*words} " " <code class="quiet">{*name}</code></p>
        }
    });
    view! {
        {specimen("Sizes", lines.collect_view().into_any())}
        {specimen("Code", view! { <p><code>"CS-000123 console cache:empty-all"</code></p> }.into_any())}
    }
    .into_any()
}

/// Swatches with their names.
pub fn colours() -> AnyView {
    let grounds = GROUNDS.iter().map(|name| {
        view! {
            <li>
                <span class="swatch" style:background=token(name)></span>
                <code>{*name}</code>
            </li>
        }
    });
    let pairs = PAIRS.iter().map(|(text, ground)| {
        view! {
            <li>
                <span class="swatch swatch-on" style:background=token(ground) style:color=token(text)>"Words"</span>
                <code>{*text}</code>
                <code>{*ground}</code>
            </li>
        }
    });
    view! {
        {specimen("Grounds, lines and text", view! { <ul class="swatches">{grounds.collect_view()}</ul> }.into_any())}
        {specimen("Text on its ground", view! { <ul class="swatches">{pairs.collect_view()}</ul> }.into_any())}
    }
    .into_any()
}

/// Spaces as bars.
pub fn spaces() -> AnyView {
    let bars = SPACES.iter().map(|name| {
        view! {
            <div class="specimen-line">
                <code>{*name}</code>
                <span class="space-bar" style:inline-size=token(name)></span>
            </div>
        }
    });
    specimen("Steps", bars.collect_view().into_any())
}

/// The sprite.
pub fn icons() -> AnyView {
    let icons = Icon::ALL.iter().map(|icon| {
        view! {
            <li>
                <Glyph icon=*icon/>
                <code>{icon.name()}</code>
            </li>
        }
    });
    specimen(
        "The sprite, in index.html",
        view! { <ul class="icon-list">{icons.collect_view()}</ul> }.into_any(),
    )
}
