//! The second factor: given to an authenticator app, confirmed by a code of it, taken away.

use contract::{
    FieldError, ProblemCode,
    second_factor::{ConfirmPassword, GiveCode, QrCode, RecoveryCodes, SecondFactor, SecondFactorSetup},
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use ui::{
    Announcements, Banner, Button, Control, Dialog, Icon, Look, Moment, Skeleton, Tone,
    field::labelled,
    input::{Line, line},
    markdown::copy_text,
};

use crate::{
    remote::{Fetched, Remote, RemoteError, account},
    shell::Failure,
};

const FIELD: &str = "second-factor-field";
const CODES: &str = "second-factor-codes";
/// The light margin around a QR code, in its modules (ISO/IEC 18004).
const MARGIN: usize = 4;

/// What the dialog asks for, or shows.
#[derive(Clone, PartialEq)]
enum Step {
    /// The password, before anything begins.
    Password,
    /// The app is given the secret, and shows a code.
    Setup(SecondFactorSetup),
    /// Codes that stand in for it, this once.
    Codes(RecoveryCodes),
    /// A code, before it is taken away.
    Removal,
    /// A code, before there are new recovery codes.
    Renewal,
}

impl Step {
    fn title(&self) -> &'static str {
        match self {
            Self::Password | Self::Setup(_) => texts::second_factor::set_up(),
            Self::Codes(_) => texts::second_factor::recovery_codes(),
            Self::Removal => texts::second_factor::take_away(),
            Self::Renewal => texts::second_factor::new_codes(),
        }
    }
}

/// What the section's parts share.
#[derive(Clone, Copy)]
struct Factor {
    remote: Remote,
    kept: Fetched<SecondFactor>,
    voice: Announcements,
    open: RwSignal<bool>,
    step: RwSignal<Step>,
    typed: RwSignal<String>,
    mistake: RwSignal<Option<String>>,
    error: RwSignal<Option<String>>,
    pending: RwSignal<bool>,
}

/// The section.
pub fn section() -> AnyView {
    let here = Factor {
        remote: Remote::here(),
        kept: Fetched::new(None),
        voice: Announcements::here(),
        open: RwSignal::new(false),
        step: RwSignal::new(Step::Password),
        typed: RwSignal::new(String::new()),
        mistake: RwSignal::new(None),
        error: RwSignal::new(None),
        pending: RwSignal::new(false),
    };
    here.ask();
    let shown = move || match (here.kept.value.get(), here.kept.error.get()) {
        (_, Some(error)) => view! { <Failure error=error retry=move |()| here.ask()/> }.into_any(),
        (Some(SecondFactor { since: Some(since), recovery_codes }), None) => on(here, since, recovery_codes),
        (Some(_), None) => off(here),
        (None, None) => view! { <Skeleton lines=2 label=texts::second_factor::loading()/> }.into_any(),
    };
    let title = Signal::derive(move || here.step.with(|step| step.title().to_owned()));
    view! {
        <section class="account-part" aria-labelledby="account-second-factor">
            <h2 id="account-second-factor" tabindex="-1">{texts::second_factor::title()}</h2>
            {ui::dynamic(shown)}
            <Dialog open=here.open id="second-factor" title=title>
                {ui::dynamic(move || match here.step.get() {
                    Step::Password => asking(here, texts::second_factor::explained(), password(here)),
                    Step::Setup(setup) => asking(here, texts::second_factor::scan(), given(here, &setup)),
                    Step::Codes(codes) => shown_once(here, &codes),
                    Step::Removal => asking(here, texts::second_factor::take_away_explained(), code(here)),
                    Step::Renewal => asking(here, texts::second_factor::new_codes_explained(), code(here)),
                })}
            </Dialog>
        </section>
    }
    .into_any()
}

fn off(here: Factor) -> AnyView {
    view! {
        <p class="quiet">{texts::second_factor::explained()}</p>
        <div>
            <Button press=move |_| here.begin(Step::Password)>{texts::second_factor::set_up()}</Button>
        </div>
    }
    .into_any()
}

fn on(here: Factor, since: chrono::DateTime<chrono::Utc>, left: u32) -> AnyView {
    view! {
        <p>
            {texts::second_factor::on_since()} " " <Moment at=since/> ". " {texts::second_factor::codes_left(left.into())}
        </p>
        <div class="dialog-buttons">
            <Button press=move |_| here.begin(Step::Renewal)>{texts::second_factor::new_codes()}</Button>
            <Button press=move |_| here.begin(Step::Removal)>{texts::second_factor::take_away()}</Button>
        </div>
    }
    .into_any()
}

/// A step that asks for something.
fn asking(here: Factor, explained: &'static str, field: AnyView) -> AnyView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        here.go_on();
    };
    view! {
        <form class="preferences" on:submit=submit novalidate=true>
            {ui::shown(move || {
                here.error.get().map(|text| view! { <Banner tone=Tone::Danger live=true>{text}</Banner> })
            })}
            <p>{explained}</p>
            {field}
            <div class="dialog-buttons">
                <Button press=move |_| here.open.set(false)>{texts::record::cancel()}</Button>
                <Button look=Look::Primary submits=true pending=here.pending>
                    {texts::second_factor::go_on()}
                </Button>
            </div>
        </form>
    }
    .into_any()
}

fn password(here: Factor) -> AnyView {
    let kind = Line { kind: "password", mode: "text", autocomplete: "current-password" };
    field(here, texts::account::current_password(), kind)
}

fn code(here: Factor) -> AnyView {
    let kind = Line { kind: "text", mode: "text", autocomplete: "one-time-code" };
    field(here, texts::second_factor::code(), kind)
}

fn field(here: Factor, label: &'static str, kind: Line) -> AnyView {
    let take = Callback::new(move |typed| here.typed.set(typed));
    let control = move |tied: Control| line(tied, kind, here.typed.into(), take);
    labelled(FIELD, label.to_owned(), None, false, here.mistake.into(), control)
}

/// What the app is given, and the code it shows.
fn given(here: Factor, setup: &SecondFactorSetup) -> AnyView {
    let secret = setup.secret.clone();
    let copied = secret.clone();
    view! {
        {picture(&setup.picture)}
        <p class="quiet">{texts::second_factor::or_type()}</p>
        <div class="token-secret">
            <code tabindex="0" aria-label=texts::second_factor::secret()>{secret}</code>
            <Button icon=Icon::Copy press=move |_| copy_text(&copied, here.voice)>{texts::ui::copy()}</Button>
        </div>
        {code(here)}
    }
    .into_any()
}

/// A QR code, dark on light whatever the theme: cameras want it so.
fn picture(code: &QrCode) -> AnyView {
    let size = code.rows.len() + 2 * MARGIN;
    let mut path = String::new();
    for (y, row) in code.rows.iter().enumerate() {
        for (x, _) in row.char_indices().filter(|(_, module)| *module == '1') {
            path.push_str(&format!("M{} {}h1v1h-1z", x + MARGIN, y + MARGIN));
        }
    }
    view! {
        <svg
            class="qr-code"
            viewBox=format!("0 0 {size} {size}")
            role="img"
            aria-label=texts::second_factor::picture()
            shape-rendering="crispEdges"
        >
            <rect width=size height=size fill="#fff"></rect>
            <path d=path fill="#000"></path>
        </svg>
    }
    .into_any()
}

fn shown_once(here: Factor, codes: &RecoveryCodes) -> AnyView {
    let all = codes.codes.join("\n");
    let listed = codes.codes.iter().map(|code| view! { <li><code>{code.clone()}</code></li> }).collect_view();
    view! {
        <div class="preferences">
            <Banner tone=Tone::Warning live=true>
                <p>{texts::second_factor::keep_codes()}</p>
            </Banner>
            <ul class="recovery-codes" id=CODES tabindex="-1" aria-label=texts::second_factor::recovery_codes()>{listed}</ul>
            <div class="dialog-buttons">
                <Button icon=Icon::Copy press=move |_| copy_text(&all, here.voice)>{texts::ui::copy()}</Button>
                <Button look=Look::Primary press=move |_| here.open.set(false)>{texts::second_factor::kept()}</Button>
            </div>
        </div>
    }
    .into_any()
}

impl Factor {
    fn ask(self) {
        self.kept.ask(Box::pin(account::second_factor(self.remote)));
    }

    fn begin(self, step: Step) {
        self.to(step);
        self.open.set(true);
    }

    fn to(self, step: Step) {
        self.typed.set(String::new());
        self.mistake.set(None);
        self.error.set(None);
        let next = if matches!(step, Step::Codes(_)) { CODES } else { FIELD };
        self.step.set(step);
        // Once it is there.
        request_animation_frame(move || ui::focus(next));
    }

    /// Does what the step is for with what was typed.
    fn go_on(self) {
        let (typed, step) = (self.typed.get_untracked(), self.step.get_untracked());
        let mistakes = match step {
            Step::Password => ConfirmPassword { password: typed.clone() }.validate().err(),
            _ => GiveCode { code: typed.clone() }.validate().err(),
        };
        self.error.set(None);
        self.show(mistakes.as_deref().unwrap_or_default());
        if self.mistake.with_untracked(Option::is_some) || self.pending.get_untracked() {
            return;
        }
        self.pending.set(true);
        spawn_local(async move {
            let answer = self.carry_out(&step, typed).await;
            if self.pending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(Some(next)) => self.to(next),
                Ok(None) => {
                    self.open.set(false);
                    self.voice.toast(texts::second_factor::taken_away());
                    ui::focus("account-second-factor");
                }
                Err(error) => self.fail(&error),
            }
            self.ask();
        });
    }

    /// What comes next; nothing once it is taken away.
    async fn carry_out(self, step: &Step, typed: String) -> Result<Option<Step>, RemoteError> {
        let remote = self.remote;
        Ok(match step {
            Step::Password => Some(Step::Setup(account::begin_second_factor(remote, typed).await?)),
            Step::Setup(_) => Some(Step::Codes(account::confirm_second_factor(remote, typed).await?)),
            Step::Renewal => Some(Step::Codes(account::renew_recovery_codes(remote, typed).await?)),
            Step::Removal | Step::Codes(_) => {
                account::remove_second_factor(remote, typed).await?;
                None
            }
        })
    }

    fn fail(self, error: &RemoteError) {
        match error.problem() {
            Some(problem) if problem.code == ProblemCode::InvalidFields => self.show(&problem.errors),
            _ => self.error.set(Some(error.to_string())),
        }
    }

    /// Shows the mistake, and moves the focus there.
    fn show(self, mistakes: &[FieldError]) {
        self.mistake.set(mistakes.first().map(|mistake| mistake.message.clone()));
        if !mistakes.is_empty() {
            ui::focus(FIELD);
        }
    }
}
