//! Opening a form: the draft that the address wants is found, or a fresh one begun,
//! and named in the address, so that a reload and Back lead to it.

use std::time::Duration;

use contract::catalogue::CaseType;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use ui::{Banner, Button, Skeleton, Tone};

use super::{
    beginning::{Unread, draft_for},
    filing::Go,
    in_page,
    wanted::{Wanted, in_address},
};
use crate::{
    local::FormDraft,
    remote::{Remote, session::Account},
    routes::{draft_url, step_url},
    shell::Main,
};

/// A form being opened.
#[derive(Clone, Copy)]
pub struct Opening {
    case_type: StoredValue<CaseType>,
    wanted: Memo<Wanted>,
    /// A draft just found, which may not be kept yet.
    found: StoredValue<Option<FormDraft>>,
    /// The draft that was continued without having been asked for by its id.
    continued: RwSignal<Option<String>>,
    account: StoredValue<Account>,
    remote: Remote,
    go: Go,
}

/// Shows the form of the draft that the address wants.
pub fn opened(case_type: CaseType, form: impl Fn(FormDraft) -> AnyView + Send + 'static) -> AnyView {
    let case_type = StoredValue::new(case_type);
    let opening = Opening {
        case_type,
        wanted: in_address(case_type),
        found: StoredValue::new(None),
        continued: RwSignal::new(None),
        account: StoredValue::new(Account::here()),
        remote: Remote::here(),
        go: StoredValue::new(Box::new(use_navigate())),
    };
    provide_context(opening);
    opening.lead_the_focus();
    ui::dynamic(move || match opening.wanted.get() {
        Wanted::Draft(id) => form(opening.take(id)),
        wanted => on_the_way(opening, wanted),
    })
}

impl Opening {
    /// The page's.
    pub fn here() -> Self {
        expect_context()
    }

    /// From one draft to another is like from one page to another.
    fn lead_the_focus(self) {
        let main = expect_context::<Main>();
        Effect::new(move |before: Option<Wanted>| {
            let now = self.wanted.get();
            if before.is_some_and(|before| matches!(before, Wanted::Draft(_)) && before != now) {
                main.focus();
            }
            now
        });
    }

    fn take(self, id: String) -> FormDraft {
        let found = self.found.try_update_value(Option::take).flatten().filter(|draft| draft.id == id);
        found.unwrap_or_else(|| self.case_type.with_value(|case_type| FormDraft::of(&case_type.id, id)))
    }

    async fn find(self, wanted: Wanted, unread: RwSignal<Option<Unread>>) {
        let (Some(case_type), Some(account)) = (self.case_type.try_get_value(), self.account.try_get_value())
        else {
            return;
        };
        match draft_for(&wanted, &case_type, &account, self.remote).await {
            // Whatever led here stands in the browser's history by then, and is replaced.
            Ok(draft) => set_timeout(move || self.show(&wanted, draft), Duration::ZERO),
            Err(reason) => drop(unread.try_set(Some(reason))),
        }
    }

    fn show(self, wanted: &Wanted, draft: FormDraft) {
        if self.wanted.try_get_untracked().as_ref() != Some(wanted) {
            // The person has gone on.
            return;
        }
        let url = match wanted {
            Wanted::Newest { step } if !draft.is_blank() => {
                self.continued.set(Some(draft.id.clone()));
                if step.is_empty() {
                    draft_url(&draft.type_id, &draft.id)
                } else {
                    step_url(&draft.type_id, &draft.id, step)
                }
            }
            _ => draft_url(&draft.type_id, &draft.id),
        };
        self.found.set_value(Some(draft));
        let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        self.go.with_value(|go| go(&url, options));
    }

    /// Whether it is the draft of an id that was continued so.
    pub fn continued(self, id: &str) -> bool {
        self.continued.with_untracked(|continued| continued.as_deref() == Some(id))
    }

    /// The address of a fresh draft of the same type.
    pub fn fresh_url(self) -> String {
        let fresh = self.case_type.with_value(|case_type| FormDraft::begin(&case_type.id));
        draft_url(&fresh.type_id, &fresh.id)
    }
}

fn on_the_way(opening: Opening, wanted: Wanted) -> AnyView {
    let unread = RwSignal::new(None::<Unread>);
    let find = move || {
        unread.set(None);
        spawn_local(opening.find(wanted.clone(), unread));
    };
    find();
    let find = Callback::new(move |()| find());
    let state = move || match unread.get() {
        Some(reason) => not_read(opening, reason, find),
        None => view! { <Skeleton lines=8 label=texts::assistant::loading_draft()/> }.into_any(),
    };
    opening.case_type.with_value(|case_type| in_page(case_type, ui::dynamic(state)))
}

/// Says why the answers of an earlier case are not here, and leads on without.
fn not_read(opening: Opening, Unread { number, error }: Unread, again: Callback<()>) -> AnyView {
    let passing = error.as_ref().is_some_and(|error| error.is_passing());
    let why = error.map_or_else(|| texts::problems::not_found().to_owned(), |error| error.to_string());
    view! {
        <Banner tone=Tone::Warning live=true>
            <p>
                <span dir="auto">{number}</span>
                ": "
                {why}
            </p>
            {passing.then(|| view! { <Button press=move |_| again.run(())>{texts::shell::try_again()}</Button> })}
            <a class="button" href=opening.fresh_url()>
                {texts::assistant::start_anew()}
            </a>
        </Banner>
    }
    .into_any()
}
