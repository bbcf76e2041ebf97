//! Correcting the answers a case was filed with.

use std::pin::Pin;

use contract::{CaseRecord, ProblemCode, case::NewAnswers, catalogue::Answers};
use leptos::{prelude::*, task::spawn_local};
use ui::Announcements;

use super::{filing::Filing, submit::refused};
use crate::{
    local::{Delivery, delivery::deliver, form_draft::Corrected},
    remote::{Remote, RemoteError, cases},
    routes::Route,
};

/// Sends checked answers in place of those the case has, then shows the case.
pub fn correct(filing: Filing, case: Corrected, answers: Answers) {
    filing.kept.save();
    let (remote, voice) = (Remote::here(), Announcements::here());
    let delivery = ArcRwSignal::new(Delivery::Sending);
    filing.delivery.set(delivery.clone());
    spawn_local(async move {
        let Some(pause) = filing.pause.try_get_value() else { return };
        let answers = NewAnswers { answers };
        let attempt = || -> Pin<Box<dyn Future<Output = Result<CaseRecord, RemoteError>>>> {
            let answers = answers.clone();
            Box::pin(async move { cases::correct(remote, case.number, case.version, &answers).await })
        };
        match deliver(remote, delivery, &pause, attempt).await {
            Some(Ok(_)) => {
                filing.kept.finish();
                voice.toast(texts::assistant::answers_corrected());
                filing.leave_to(&Route::Case(case.number).to_string());
            }
            Some(Err(error)) if error.code() == Some(ProblemCode::ChangedMeanwhile) => {
                again_on_the_present(filing, remote, case).await;
            }
            Some(Err(error)) => refused(filing, remote, &error).await,
            None => {}
        }
    });
}

/// Told that the case has changed, the person may send the answers all the same: they
/// are those of the whole form.
async fn again_on_the_present(filing: Filing, remote: Remote, case: Corrected) {
    if let Ok(record) = cases::record(remote, case.number).await {
        let present = Corrected { version: record.version, ..case };
        filing.draft.try_update(|draft| draft.corrects = Some(present));
    }
}
