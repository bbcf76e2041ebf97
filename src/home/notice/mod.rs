//! What support tells everybody, at the top of the start page, and for support the way to
//! post it.

mod form;

use contract::{
    live::LiveEvent,
    notice::{NewNotice, Notice, NoticeBoard, NoticeTone},
};
use leptos::{prelude::*, task::spawn_local};
use ui::{Announcements, Banner, Button, Clock, Dialog, Look, Moment, Tone};

use crate::remote::{Fetched, Remote, live::Live, notice, session::Account};

/// What the notice's parts share.
#[derive(Clone, Copy)]
struct Here {
    board: Fetched<NoticeBoard>,
    remote: Remote,
    announcements: Announcements,
    /// Whether support writes one.
    writing: RwSignal<bool>,
    /// Whether it is being taken back.
    taking: RwSignal<bool>,
}

/// The notice, if one stands. Whoever cannot be told now is told when the backend is back.
pub fn notice() -> AnyView {
    let here = Here {
        board: Fetched::new(None),
        remote: Remote::here(),
        announcements: Announcements::here(),
        writing: RwSignal::new(false),
        taking: RwSignal::new(false),
    };
    here.ask();
    Live::here().listen(move |event| {
        if matches!(event, LiveEvent::NoticeChanged | LiveEvent::Reload) {
            here.ask();
        }
    });
    let clock = Clock::start();
    let stands = ui::memo(move || {
        let notice = here.board.value.with(|board| board.as_ref().and_then(|board| board.notice.clone()));
        notice.filter(|notice| notice.until.is_none_or(|until| until > clock.now()))
    });
    let support = Account::here().is_support();
    view! {
        <div class="notice" role="status">
            {ui::shown(move || stands.get().map(banner))}
        </div>
        {support.then(|| ways(here, stands))}
    }
    .into_any()
}

fn banner(notice: Notice) -> AnyView {
    let tone = match notice.tone {
        NoticeTone::Info => Tone::Info,
        NoticeTone::Outage => Tone::Danger,
    };
    let until = notice.until.map(|until| {
        view! { <span>{texts::notice::until()} " " {ui::time::exact(until)}</span> }
    });
    view! {
        <Banner tone=tone>
            <p class="notice-text" dir="auto">{notice.text}</p>
            <p class="notice-facts">
                <span>{texts::notice::from_support()}</span>
                <Moment at=notice.since/>
                {until}
            </p>
        </Banner>
    }
    .into_any()
}

/// What support can do about it.
fn ways(here: Here, stands: Memo<Option<Notice>>) -> AnyView {
    let posted = ui::memo(move || stands.with(Option::is_some));
    let label = move || if posted.get() { texts::notice::change() } else { texts::notice::post() };
    view! {
        <div class="notice-ways">
            <Button press=move |_| here.writing.set(true)>{label}</Button>
            {ui::shown(move || {
                posted.get().then(|| {
                    view! {
                        <Button look=Look::Quiet pending=here.taking press=move |_| here.take_back(stands)>
                            {texts::notice::take_back()}
                        </Button>
                    }
                })
            })}
        </div>
        <Dialog open=here.writing title=texts::notice::post() id="post-notice">
            {form::form(here)}
        </Dialog>
    }
    .into_any()
}

impl Here {
    fn ask(self) {
        self.board.ask(Box::pin(notice::read(self.remote)));
    }

    fn version(self) -> i64 {
        self.board.value.with_untracked(|board| board.as_ref().map_or(0, |board| board.version))
    }

    /// Takes it back, and offers to post it again.
    fn take_back(self, stands: Memo<Option<Notice>>) {
        let Some(notice) = stands.get_untracked() else { return };
        let again = NewNotice { tone: notice.tone, text: notice.text, until: notice.until };
        self.taking.set(true);
        spawn_local(async move {
            let answer = notice::take_back(self.remote, self.version()).await;
            self.taking.try_set(false);
            match answer {
                Ok(board) => {
                    let version = board.version;
                    self.board.value.try_set(Some(board));
                    self.offer_again(version, again);
                }
                Err(error) => self.announcements.toast(error.to_string()),
            }
            ui::focus("main");
        });
    }

    fn offer_again(self, version: i64, again: NewNotice) {
        self.announcements.toast_with(texts::notice::taken_back(), texts::drafts::undo(), move || {
            let again = again.clone();
            spawn_local(async move {
                match notice::post(self.remote, version, &again).await {
                    Ok(board) => drop(self.board.value.try_set(Some(board))),
                    Err(error) => self.announcements.toast(error.to_string()),
                }
            });
        });
    }
}
