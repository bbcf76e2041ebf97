//! Filing the case: once, however often it is tried.

use std::pin::Pin;

use contract::{CaseRecord, FieldError, NewCase, ProblemCode, catalogue::Submission};
use leptos::{prelude::*, task::spawn_local};

use super::{correction::correct, filing::Filing};
use crate::{
    local::{Delivery, delivery::deliver, form_draft::SentCase},
    remote::{Remote, RemoteError, cases, connection::on_return},
};

/// Checks the whole form and files it. Does nothing while it is being filed.
pub fn submit(filing: Filing) {
    if filing.delivery.get_untracked().with_untracked(Delivery::is_under_way) {
        return;
    }
    if !filing.check_requester() {
        filing.go_to_first();
        return;
    }
    let submission = match checked(filing) {
        Ok(submission) => submission,
        Err(mistakes) => {
            filing.go_to_mistakes(&mistakes);
            return;
        }
    };
    if let Some(case) = filing.draft.with_untracked(|draft| draft.corrects) {
        correct(filing, case, submission.answers);
        return;
    }
    if untrack(|| filing.tray.is_stuck()) {
        filing.go_to_files(texts::files::stuck());
        return;
    }
    if untrack(|| filing.tray.is_busy()) {
        filing.waiting.set(true);
        return;
    }
    let case = NewCase {
        type_id: filing.case_type.with_value(|t| t.id.clone()),
        organisation: filing.draft.with_untracked(|draft| draft.organisation),
        requester: untrack(|| filing.requester()).map(|requester| requester.id),
        follows: filing.draft.with_untracked(|draft| draft.follows),
        answers: submission.answers,
        attachments: filing.tray.arrived().into_iter().map(|file| file.id).collect(),
    };
    let sent = filing.draft.with_untracked(|draft| draft.attempt_for(case));
    filing.draft.update(|draft| draft.attempt = Some(sent.clone()));
    // Kept before it leaves, so that a reload in the middle sends the same key.
    filing.kept.save();
    let remote = Remote::here();
    let delivery = ArcRwSignal::new(Delivery::Sending);
    filing.delivery.set(delivery.clone());
    spawn_local(file(filing, remote, delivery, sent));
}

/// What would be sent, or what is wrong with it.
fn checked(filing: Filing) -> Result<Submission, Vec<FieldError>> {
    filing.case_type.with_value(|case_type| {
        let answers = case_type.heard(&filing.answers());
        filing.asking(|asking| case_type.validate(&answers, asking))
    })
}

async fn file(filing: Filing, remote: Remote, delivery: ArcRwSignal<Delivery>, sent: SentCase) {
    let Some(pause) = filing.pause.try_get_value() else { return };
    let attempt = || -> Pin<Box<dyn Future<Output = Result<CaseRecord, RemoteError>>>> {
        let SentCase { key, case } = sent.clone();
        Box::pin(async move { cases::file(remote, &case, &key).await })
    };
    match deliver(remote, delivery, &pause, attempt).await {
        Some(Ok(record)) => {
            filing.kept.finish();
            filing.tray.hand_over();
            filing.received.try_set(Some(record));
        }
        Some(Err(error)) => refused(filing, remote, &error).await,
        None => {}
    }
}

/// Leads to what the backend found wrong.
pub async fn refused(filing: Filing, remote: Remote, error: &RemoteError) {
    let Some(problem) = error.problem() else { return };
    // The questions may be others by now than those on the page.
    if problem.code == ProblemCode::InvalidFields && filing.renew(remote).await {
        filing.delivery.try_set(ArcRwSignal::new(Delivery::Idle));
        if let Err(mistakes) = checked(filing) {
            filing.go_to_mistakes(&mistakes);
        }
    } else {
        filing.go_to_mistakes(&problem.errors);
    }
}

/// Stops trying. An attempt that is on its way may still arrive; sending the
/// unchanged form again then finds the same case.
pub fn call_off(filing: Filing) {
    filing.waiting.try_set(false);
    let waiting = filing.delivery.try_get_untracked();
    if let Some(delivery) = waiting.filter(|delivery| delivery.get_untracked() != Delivery::Sending) {
        delivery.set(Delivery::Idle);
        filing.pause.try_with_value(|pause| pause.wake());
    }
}

/// Files it once its files are at the backend, if it waits for them.
pub fn submit_when_files_are_here(filing: Filing) {
    ui::watch(move || {
        if filing.waiting.get() && !filing.tray.is_busy() {
            filing.waiting.set(false);
            untrack(|| submit(filing));
        }
    });
}

/// Tries again as soon as that can work.
pub fn wake_on_return(filing: Filing, remote: Remote) {
    on_return(remote, move || {
        filing.pause.try_with_value(|pause| pause.wake());
    });
}
