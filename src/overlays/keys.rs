//! The keys, in a list.

use leptos::prelude::*;
use ui::Keys;

use crate::local::settings;

/// Keys and what they do.
type Line = (&'static str, fn() -> &'static str);

const EVERYWHERE: [Line; 4] = [
    ("Mod+K", texts::keys::palette),
    ("Mod+Enter", texts::keys::send),
    ("Mod+Shift+P", texts::keys::preview),
    ("Escape", texts::keys::close),
];

const SINGLE: [Line; 5] = [
    ("c", texts::keys::create),
    ("/", texts::keys::search),
    ("j", texts::keys::next),
    ("k", texts::keys::previous),
    ("?", texts::keys::list),
];

/// All keys that work now.
pub fn keys() -> AnyView {
    let single = settings::single_keys();
    view! {
        <dl class="keys">{EVERYWHERE.map(line).collect_view()} {single.then(|| SINGLE.map(line).collect_view())}</dl>
        <p class="quiet">
            {if single { texts::keys::can_be_switched_off() } else { texts::keys::are_switched_off() }}
        </p>
    }
    .into_any()
}

fn line((press, what): Line) -> AnyView {
    view! {
        <div>
            <dt><Keys press=press/></dt>
            <dd>{what()}</dd>
        </div>
    }
    .into_any()
}
