//! A case being filed: answers, mistakes, and where in the form one is.

use std::{collections::BTreeMap, sync::Arc};

use chrono::Utc;
use contract::{
    CaseRecord, FieldError,
    catalogue::{Answer, Answers, Asking, CaseType, Catalogue, Question, Warning},
    people::{Membership, MembershipRole},
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    behalf::POINTER,
    files,
    place::{Place, place_in_address, places},
    submit::{submit_when_files_are_here, wake_on_return},
};
use crate::{
    attaching::Tray,
    local::{Delivery, Draft, FormDraft},
    remote::{Remote, pause::Pause, session::Account},
    routes::step_url,
};

/// Goes to an address.
pub type Go = StoredValue<Box<dyn Fn(&str, NavigateOptions) + Send + Sync>>;

/// A case being filed.
#[derive(Clone, Copy)]
pub struct Filing {
    /// Its type.
    pub case_type: StoredValue<CaseType>,
    /// The catalogue it is from.
    pub catalogue: StoredValue<Arc<Catalogue>>,
    /// What was filled in.
    pub draft: RwSignal<FormDraft>,
    /// Whether what was kept of it is here.
    pub ready: RwSignal<bool>,
    /// What is wrong, by question.
    pub errors: RwSignal<BTreeMap<String, String>>,
    /// Whether the person was told that something is wrong.
    pub told: RwSignal<bool>,
    /// The pages of the form.
    pub places: Memo<Vec<Place>>,
    /// The page shown.
    pub place: Memo<Place>,
    /// How filing it stands.
    pub delivery: RwSignal<ArcRwSignal<Delivery>>,
    /// Whether the form is another one than it was begun with.
    pub renewed: RwSignal<bool>,
    /// The case, once filed.
    pub received: RwSignal<Option<CaseRecord>>,
    /// Ends waiting before the next attempt.
    pub pause: StoredValue<Pause>,
    /// The person's organisations.
    pub memberships: StoredValue<Vec<Membership>>,
    /// The files that go along.
    pub tray: Tray,
    /// Whether it is to be filed as soon as the files are at the backend.
    pub waiting: RwSignal<bool>,
    /// Where the draft is kept.
    pub kept: Draft,
    go: Go,
}

impl Filing {
    /// Begins with a draft, and with what was left unsent of it.
    pub fn begin(catalogue: Arc<Catalogue>, case_type: CaseType, begun: FormDraft) -> Self {
        let account = Account::here();
        let memberships = account.0.memberships.clone();
        let only = match memberships.as_slice() {
            [only] => Some(only.organisation.id),
            _ => None,
        };
        let (key, files) = (begun.key(account.id()), begun.files_place(account.id()));
        let case_type = StoredValue::new(case_type);
        let draft = RwSignal::new(FormDraft { organisation: only.or(begun.organisation), ..begun });
        let places = places(case_type, draft, only.is_none());
        let text = Signal::derive(move || draft.with(FormDraft::to_text));
        let kept = Draft::keep(key, text, move |kept| {
            if let Some(restored) = FormDraft::from_text(&kept) {
                draft.set(FormDraft { organisation: only.or(restored.organisation), ..restored });
            }
        });
        let filing = Self {
            case_type,
            catalogue: StoredValue::new(catalogue),
            draft,
            ready: kept.ready,
            errors: RwSignal::new(BTreeMap::new()),
            told: RwSignal::new(false),
            places,
            place: place_in_address(places),
            delivery: RwSignal::new(ArcRwSignal::new(Delivery::Idle)),
            renewed: RwSignal::new(false),
            received: RwSignal::new(None),
            pause: StoredValue::new(Pause::default()),
            memberships: StoredValue::new(memberships),
            tray: Tray::open(files),
            waiting: RwSignal::new(false),
            kept,
            go: StoredValue::new(Box::new(use_navigate())),
        };
        wake_on_return(filing, Remote::here());
        submit_when_files_are_here(filing);
        ui::watch(move || {
            if filing.ready.get() {
                untrack(|| filing.begin_at_the_beginning());
            }
        });
        filing
    }

    /// The page's form.
    pub fn here() -> Self {
        expect_context()
    }

    /// An address may name a page of a draft that was filed or discarded since; what
    /// begins there anew begins with the first.
    fn begin_at_the_beginning(self) {
        let first = self.places.with(|places| places.first().cloned());
        if let Some(first) =
            first.filter(|first| self.draft.with(FormDraft::is_blank) && self.place.get() != *first)
        {
            self.show(&first, NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    }

    /// The address of a page of the form.
    pub fn url(self, place: &Place) -> String {
        let word = self.places.with_untracked(|places| place.word(places));
        self.draft.with_untracked(|draft| step_url(&draft.type_id, &draft.id, &word))
    }

    /// Goes to a page of the form.
    pub fn go(self, place: &Place) {
        self.show(place, NavigateOptions::default());
    }

    fn show(self, place: &Place, options: NavigateOptions) {
        let url = self.url(place);
        self.go.with_value(|go| go(&url, options));
    }

    /// Leaves the form for another page, which Back does not lead back from: what it
    /// was for is done.
    pub fn leave_to(self, url: &str) {
        let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
        self.go.try_with_value(|go| go(url, options));
    }

    /// Goes to the page after or before the one shown.
    pub fn turn(self, forward: bool) {
        let next = self.places.with_untracked(|places| {
            let at = self.place.with_untracked(|place| places.iter().position(|known| known == place))?;
            places.get(if forward { at + 1 } else { at.checked_sub(1)? }).cloned()
        });
        if let Some(next) = next {
            self.go(&next);
        }
    }

    /// The questions asked on a step.
    pub fn questions(self, title: &str) -> Vec<Question> {
        let draft = self.draft.read();
        self.case_type.with_value(|case_type| {
            let asked = case_type.asked(&draft.answers);
            let mine = asked.into_iter().find(|(step, _)| step.title == title);
            mine.map(|(_, questions)| questions.into_iter().cloned().collect()).unwrap_or_default()
        })
    }

    /// The answer to a question, not tracked: controls keep their own text.
    pub fn answer(self, question: &str) -> Option<Answer> {
        self.draft.with_untracked(|draft| draft.answers.get(question).cloned())
    }

    /// Takes an answer in. A mistake that was shown goes once it is mended.
    pub fn set(self, question: &Question, answer: Answer) {
        let mistake = self.asking(|asking| question.validate(Some(&answer), asking).err());
        self.draft.update(|draft| draft.answer(&question.id, answer));
        if self.errors.with_untracked(|errors| errors.contains_key(&question.id)) {
            self.errors.update(|errors| match mistake {
                Some(mistake) => drop(errors.insert(question.id.clone(), mistake.message)),
                None => drop(errors.remove(&question.id)),
            });
        }
    }

    /// The membership filed under.
    pub fn membership(self) -> Option<Membership> {
        let organisation = self.draft.with_untracked(|draft| draft.organisation)?;
        self.memberships.with_value(|all| all.iter().find(|m| m.organisation.id == organisation).cloned())
    }

    /// Asks the contract something about answers, as this person, now.
    pub fn asking<T>(self, ask: impl FnOnce(Asking<'_>) -> T) -> T {
        let membership = self.membership();
        let partner = membership.as_ref().is_some_and(|m| m.role == MembershipRole::Partner);
        let environments = membership.map(|m| m.environments).unwrap_or_default();
        ask(Asking { now: Utc::now(), environments: &environments, partner })
    }

    /// What should be read about an answer before going on.
    pub fn warning(self, question: &Question) -> Option<Warning> {
        let answer = self.draft.with(|draft| draft.answers.get(&question.id).cloned())?;
        self.asking(|asking| {
            let clean = question.validate(Some(&answer), asking).ok().flatten()?;
            question.warning(&clean, asking)
        })
    }

    /// Checks the questions of a step and notes what is wrong.
    pub fn check(self, questions: &[Question]) -> bool {
        let mistakes: Vec<_> = questions.iter().filter_map(|question| self.mistake(question)).collect();
        self.errors.update(|errors| {
            for question in questions {
                errors.remove(&question.id);
            }
            errors.extend(mistakes.iter().cloned());
        });
        self.told.set(!mistakes.is_empty());
        mistakes.is_empty()
    }

    fn mistake(self, question: &Question) -> Option<(String, String)> {
        let answer = self.answer(&question.id);
        let checked = self.asking(|asking| question.validate(answer.as_ref(), asking));
        if let Err(error) = checked {
            return Some((question.id.clone(), error.message));
        }
        let warning = untrack(|| self.warning(question))?;
        let read = self.draft.with_untracked(|draft| draft.read.contains(&warning.text));
        (!read).then(|| (question.id.clone(), texts::assistant::read_warning().to_owned()))
    }

    /// Notes mistakes in the whole form and goes to the first.
    pub fn go_to_mistakes(self, mistakes: &[FieldError]) -> bool {
        // The person may have gone on while the backend was asked.
        let Some(steps) = self.places.try_get_untracked() else { return false };
        let by_question = mistakes.iter().map(|mistake| {
            let id = mistake.pointer.strip_prefix("/answers/").unwrap_or(&mistake.pointer);
            (id.to_owned(), mistake.message.clone())
        });
        let by_question: BTreeMap<_, _> = by_question.collect();
        if by_question.contains_key(POINTER) {
            self.errors.set(by_question);
            self.told.set(true);
            self.go_to_first();
            return true;
        }
        if let Some(mistake) = mistakes.iter().find(|mistake| mistake.pointer.starts_with(files::POINTER)) {
            self.go_to_files(&mistake.message);
            return true;
        }
        let first = steps.into_iter().find(|place| match place {
            Place::Step(title) => untrack(|| self.questions(title))
                .iter()
                .any(|question| by_question.contains_key(&question.id)),
            Place::Organisation => mistakes.iter().any(|mistake| mistake.pointer == "/organisation"),
            Place::Review => false,
        });
        let Some(first) = first else { return false };
        self.errors.set(by_question);
        self.told.set(true);
        self.go(&first);
        true
    }

    /// Goes to the first page of the form.
    pub fn go_to_first(self) {
        if let Some(first) = self.places.with_untracked(|places| places.first().cloned()) {
            self.go(&first);
        }
    }

    /// Goes to the last page with questions, where the files are.
    pub fn go_to_last(self) {
        if let Some(last) = self.places.with_untracked(|places| places.iter().rev().nth(1).cloned()) {
            self.go(&last);
        }
    }

    /// The answers as they stand.
    pub fn answers(self) -> Answers {
        self.draft.with_untracked(|draft| draft.answers.clone())
    }
}
