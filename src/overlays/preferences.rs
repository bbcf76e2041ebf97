//! Language, appearance and keys.

use contract::people::Preferences;
use leptos::{prelude::*, task::spawn_local};
use ui::{Banner, Button, ChoiceCard, ChoiceKind, Look, Tone};

use crate::{
    language,
    local::settings::{self, Theme},
    remote::{Remote, session::set_preferences},
};

/// The form; each change but the language shows at once.
#[component]
pub fn PreferencesForm(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let theme = RwSignal::new(Theme::chosen());
    let single_keys = RwSignal::new(settings::single_keys());
    view! {
        <div class="preferences">
            <LanguageChoice/>
            <fieldset class="field">
                <legend>{texts::preferences::appearance()}</legend>
                <div class="segments">{Theme::ALL.map(|option| appearance(theme, option)).collect_view()}</div>
            </fieldset>
            <ChoiceCard
                kind=ChoiceKind::Many
                group="single-keys".to_owned()
                title=texts::preferences::single_keys().to_owned()
                help=Some(texts::preferences::single_keys_help().to_owned())
                chosen=single_keys
                choose=move |on: bool| {
                    settings::set_single_keys(on);
                    single_keys.set(on);
                }
            />
            <div class="dialog-buttons">
                <Button look=Look::Primary press=move |_| open.set(false)>
                    {texts::preferences::done()}
                </Button>
            </div>
        </div>
    }
    .into_any()
}

fn appearance(theme: RwSignal<Theme>, option: Theme) -> AnyView {
    let title = match option {
        Theme::System => texts::preferences::as_the_system(),
        Theme::Light => texts::preferences::light(),
        Theme::Dark => texts::preferences::dark(),
    };
    let choose = move |_| {
        option.choose();
        theme.set(option);
    };
    view! {
        <label class="segment">
            <input
                type="radio"
                name="theme"
                prop:checked=Signal::derive(move || theme.get() == option)
                on:change=choose
            />
            <span>{title}</span>
        </label>
    }
    .into_any()
}

/// The languages by their own names. The choice is the account's: it holds in every browser.
#[component]
fn LanguageChoice() -> impl IntoView {
    let remote = Remote::here();
    let failed = RwSignal::new(None::<String>);
    let choose = move |event| {
        let tag = event_target_value(&event);
        failed.set(None);
        spawn_local(async move {
            match set_preferences(remote, &Preferences { language: Some(tag.clone()) }).await {
                Ok(()) => language::choose(&tag),
                Err(error) => drop(failed.try_set(Some(error.to_string()))),
            }
        });
    };
    let options = texts::LANGUAGES.iter().map(|(tag, name)| {
        view! {
            <option value=*tag lang=*tag selected=language::is_spoken(tag)>
                {*name}
            </option>
        }
    });
    view! {
        <div class="field">
            <label for="language">{texts::language::choose()}</label>
            <select class="input" id="language" on:change=choose>
                {options.collect_view()}
            </select>
            {ui::shown(move || {
                failed.get().map(|why| view! { <Banner tone=Tone::Danger live=true><p>{why}</p></Banner> })
            })}
        </div>
    }
    .into_any()
}
