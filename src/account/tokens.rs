//! Tokens for programs: made, shown once, revoked.

use contract::{
    FieldError, ProblemCode,
    limits::TOKEN_NAME_MAX,
    token::{Lifetime, MadeToken, NewToken, Scope, Token},
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use ui::{
    Announcements, Banner, Button, ChoiceCard, ChoiceKind, Clock, Control, Dialog, Entry, Icon, Look, Moment,
    Skeleton, Tone,
    field::{grouped, labelled, mistake_at},
    input::{Line, line},
    markdown::copy_text,
};

use crate::{
    remote::{Fetched, Remote, RemoteError, account},
    shell::Failure,
};

const NAME: &str = "token-name";
const SECRET: &str = "token-secret";
const SCOPES: &str = "token-scopes";

/// What the section's parts share.
#[derive(Clone, Copy)]
struct Tokens {
    remote: Remote,
    all: Fetched<Vec<Token>>,
    voice: Announcements,
    making: RwSignal<bool>,
    made: RwSignal<Option<String>>,
    name: RwSignal<String>,
    scopes: RwSignal<Vec<Scope>>,
    lifetime: RwSignal<Lifetime>,
    revoking: RwSignal<bool>,
    about: StoredValue<Option<Token>>,
    mistakes: RwSignal<Vec<FieldError>>,
    error: RwSignal<Option<String>>,
    pending: RwSignal<bool>,
}

/// The section.
pub fn section() -> AnyView {
    let here = Tokens {
        remote: Remote::here(),
        all: Fetched::new(None),
        voice: Announcements::here(),
        making: RwSignal::new(false),
        made: RwSignal::new(None),
        name: RwSignal::new(String::new()),
        scopes: RwSignal::new(Vec::new()),
        lifetime: RwSignal::new(Lifetime::Quarter),
        revoking: RwSignal::new(false),
        about: StoredValue::new(None),
        mistakes: RwSignal::new(Vec::new()),
        error: RwSignal::new(None),
        pending: RwSignal::new(false),
    };
    here.ask();
    let list = move || match (here.all.value.get(), here.all.error.get()) {
        (_, Some(error)) => view! { <Failure error=error retry=move |()| here.ask()/> }.into_any(),
        (Some(all), None) if all.is_empty() => view! { <p>{texts::tokens::none()}</p> }.into_any(),
        (Some(all), None) => {
            let entries = all.into_iter().map(|token| entry(here, token)).collect_view();
            view! { <ul class="account-sessions">{entries}</ul> }.into_any()
        }
        (None, None) => view! { <Skeleton lines=2 label=texts::tokens::loading()/> }.into_any(),
    };
    view! {
        <section class="account-part" aria-labelledby="account-tokens">
            <h2 id="account-tokens" tabindex="-1">{texts::tokens::title()}</h2>
            <p class="quiet">{texts::tokens::explained()}</p>
            {ui::dynamic(list)}
            <div>
                <Button icon=Icon::Plus press=move |_| here.begin()>{texts::tokens::make()}</Button>
            </div>
            <Dialog open=here.making id="make-token" title=texts::tokens::make().to_owned()>
                {ui::dynamic(move || match here.made.get() {
                    Some(secret) => shown_once(here, secret),
                    None => form(here),
                })}
            </Dialog>
            <Dialog open=here.revoking id="revoke-token" title=texts::tokens::revoke().to_owned()>
                {here.about.get_value().map(|token| confirm(here, &token))}
            </Dialog>
        </section>
    }
    .into_any()
}

fn entry(here: Tokens, token: Token) -> AnyView {
    let label = texts::tokens::revoke_of(&token.name);
    let over = token.expires_at <= Clock::start().now();
    let until = if over { texts::tokens::expired() } else { texts::tokens::expires() };
    let may = token.scopes.iter().map(|scope| scope.label()).collect::<Vec<_>>().join(", ");
    let used = match token.used_at {
        Some(at) => view! { {texts::tokens::used()} " " <Moment at=at/> }.into_any(),
        None => texts::tokens::never_used().into_any(),
    };
    let (name, ending) = (token.name.clone(), texts::tokens::ending(&token.ending));
    let (made_at, expires_at) = (token.made_at, token.expires_at);
    let kept = StoredValue::new(token);
    let press = move |_| {
        here.about.set_value(Some(kept.get_value()));
        here.error.set(None);
        here.revoking.set(true);
    };
    view! {
        <li>
            <div>
                <strong dir="auto">{name}</strong>
                <p class="quiet">{may} " · " {ending}</p>
                <p class="quiet">
                    {texts::tokens::made()} " " <Moment at=made_at/> " · " {used} " · " {until} " " <Moment at=expires_at/>
                </p>
            </div>
            <button type="button" class=Look::Plain.class() aria-label=label on:click=press>
                {texts::tokens::revoke()}
            </button>
        </li>
    }
    .into_any()
}

fn form(here: Tokens) -> AnyView {
    let at = |pointer| mistake_at(here.mistakes, pointer);
    let name = move |tied: Control| {
        let take = move |typed: String| here.name.set(typed.chars().take(TOKEN_NAME_MAX).collect());
        let kind = Line { autocomplete: "off", ..Line::of("text") };
        line(tied, kind, here.name.into(), Callback::new(take))
    };
    let scopes = grouped(SCOPES, texts::tokens::may().to_owned(), None, false, at("/scopes"), move |tied| {
        view! { <div class="choices">{Scope::ALL.map(|scope| scope_card(here, &tied, scope)).collect_view()}</div> }.into_any()
    });
    let lasts = labelled(
        "token-lifetime",
        texts::tokens::lasts().to_owned(),
        None,
        false,
        Signal::stored(None),
        move |tied| lifetimes(here, tied),
    );
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        here.make();
    };
    let (label, help) = (texts::tokens::name().to_owned(), Some(texts::tokens::name_help().to_owned()));
    view! {
        <form class="preferences" on:submit=submit novalidate=true>
            {ui::shown(move || {
                here.error.get().map(|text| view! { <Banner tone=Tone::Danger live=true>{text}</Banner> })
            })}
            {labelled(NAME, label, help, false, at("/name"), name)}
            {scopes}
            {lasts}
            <div class="dialog-buttons">
                <Button press=move |_| here.making.set(false)>{texts::record::cancel()}</Button>
                <Button look=Look::Primary submits=true pending=here.pending>{texts::tokens::make()}</Button>
            </div>
        </form>
    }
    .into_any()
}

fn scope_card(here: Tokens, tied: &Control, scope: Scope) -> AnyView {
    let choose = move |chosen: bool| {
        here.scopes.update(|scopes| {
            scopes.retain(|known| *known != scope);
            if chosen {
                scopes.push(scope);
            }
        });
    };
    view! {
        <ChoiceCard
            kind=ChoiceKind::Many
            group=SCOPES.to_owned()
            title=scope.label().to_owned()
            describedby=tied.describedby
            chosen=Signal::derive(move || here.scopes.with(|scopes| scopes.contains(&scope)))
            choose=choose
        />
    }
    .into_any()
}

fn lifetimes(here: Tokens, tied: Control) -> AnyView {
    let entry = |lifetime: Lifetime| {
        Entry::new(lifetime.days().to_string(), texts::tokens::days(lifetime.days() as u64))
    };
    let entries = Lifetime::ALL.map(entry).to_vec();
    let chosen = Signal::derive(move || here.lifetime.get().days().to_string());
    let take = Callback::new(move |days: String| {
        let known = Lifetime::ALL.into_iter().find(|known| known.days().to_string() == days);
        here.lifetime.set(known.unwrap_or(Lifetime::Quarter));
    });
    ui::select(tied, Signal::stored(entries), None, chosen, take)
}

/// The token itself, which nobody can see again.
fn shown_once(here: Tokens, secret: String) -> AnyView {
    let copied = secret.clone();
    view! {
        <div class="preferences">
            <Banner tone=Tone::Warning live=true>
                <p>{texts::tokens::once()}</p>
            </Banner>
            <div class="token-secret">
                <code id=SECRET tabindex="0" aria-label=texts::tokens::the_token()>{secret}</code>
                <Button icon=Icon::Copy press=move |_| copy_text(&copied, here.voice)>{texts::ui::copy()}</Button>
            </div>
            <div class="dialog-buttons">
                <Button look=Look::Primary press=move |_| here.making.set(false)>{texts::tokens::done()}</Button>
            </div>
        </div>
    }
    .into_any()
}

fn confirm(here: Tokens, token: &Token) -> AnyView {
    let (id, name) = (token.id, StoredValue::new(token.name.clone()));
    let revoke = move |_| {
        here.pending.set(true);
        spawn_local(async move {
            let answer = account::revoke_token(here.remote, id).await;
            if here.pending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(()) => {
                    here.revoking.set(false);
                    here.voice.toast(texts::tokens::revoked(name.get_value()));
                    // The button goes with its entry.
                    ui::focus("account-tokens");
                }
                Err(error) => here.error.set(Some(error.to_string())),
            }
            here.ask();
        });
    };
    view! {
        <div class="preferences">
            {ui::shown(move || {
                here.error.get().map(|text| view! { <Banner tone=Tone::Danger live=true>{text}</Banner> })
            })}
            <p>{texts::tokens::revoke_explained(&token.name)}</p>
            <div class="dialog-buttons">
                <Button press=move |_| here.revoking.set(false)>{texts::record::cancel()}</Button>
                <Button look=Look::Danger pending=here.pending press=revoke>{texts::tokens::revoke()}</Button>
            </div>
        </div>
    }
    .into_any()
}

impl Tokens {
    fn ask(self) {
        self.all.ask(Box::pin(account::tokens(self.remote)));
    }

    fn begin(self) {
        self.made.set(None);
        self.error.set(None);
        self.mistakes.set(Vec::new());
        self.making.set(true);
    }

    fn make(self) {
        let new = NewToken {
            name: self.name.get_untracked(),
            scopes: self.scopes.get_untracked(),
            lifetime: self.lifetime.get_untracked(),
        };
        self.error.set(None);
        self.show(new.validate().err().unwrap_or_default());
        if self.pending.get_untracked() || self.mistakes.with_untracked(|mistakes| !mistakes.is_empty()) {
            return;
        }
        self.pending.set(true);
        spawn_local(async move {
            let answer = account::make_token(self.remote, &new).await;
            if self.pending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(MadeToken { secret, .. }) => {
                    self.name.set(String::new());
                    self.scopes.set(Vec::new());
                    self.made.set(Some(secret));
                    // Once it is there.
                    request_animation_frame(|| ui::focus(SECRET));
                    self.ask();
                }
                Err(error) => self.fail(&error),
            }
        });
    }

    fn fail(self, error: &RemoteError) {
        match error.problem() {
            Some(problem) if problem.code == ProblemCode::InvalidFields => self.show(problem.errors.clone()),
            _ => self.error.set(Some(error.to_string())),
        }
    }

    /// Shows mistakes, and moves the focus to the first.
    fn show(self, mistakes: Vec<FieldError>) {
        if let Some(first) = mistakes.first() {
            ui::focus(if first.pointer == "/name" { NAME } else { SCOPES });
        }
        self.mistakes.set(mistakes);
    }
}
