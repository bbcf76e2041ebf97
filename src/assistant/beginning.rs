//! What a form begins with.

use contract::{
    CaseNumber, CaseRecord,
    catalogue::{Asking, Carried, CaseType},
    people::{Membership, MembershipRole},
};
use uuid::Uuid;

use super::wanted::Wanted;
use crate::{
    local::{FormDraft, form_draft::Corrected, form_drafts},
    remote::{Remote, RemoteError, cases, session::Account},
};

/// Why the answers of an earlier case are not here.
#[derive(Clone)]
pub struct Unread {
    /// The case's number, as the address has it.
    pub number: String,
    /// What went wrong; nothing where that is no number.
    pub error: Option<RemoteError>,
}

/// The draft that an address wants.
pub async fn draft_for(
    wanted: &Wanted,
    case_type: &CaseType,
    account: &Account,
    remote: Remote,
) -> Result<FormDraft, Unread> {
    let fresh = FormDraft::begin(&case_type.id);
    match wanted {
        Wanted::Draft(id) => Ok(FormDraft { id: id.clone(), ..fresh }),
        Wanted::Newest { .. } => Ok(form_drafts::newest(account.id(), &case_type.id).await.unwrap_or(fresh)),
        Wanted::Filled(filled) => {
            let pairs = filled.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            let answers = asking(account, None, |asking| case_type.prefilled(pairs, asking));
            Ok(kept(FormDraft { answers, ..fresh }, account).await)
        }
        Wanted::Earlier(number, carried) => {
            let record = read(number, remote).await;
            let record = record.map_err(|error| Unread { number: number.clone(), error })?;
            Ok(kept(after(&record, *carried, case_type, account, fresh), account).await)
        }
    }
}

/// What an address began stays, whatever becomes of the page.
async fn kept(draft: FormDraft, account: &Account) -> FormDraft {
    form_drafts::keep(&draft, account.id()).await;
    draft
}

async fn read(number: &str, remote: Remote) -> Result<CaseRecord, Option<RemoteError>> {
    let number: CaseNumber = number.parse().map_err(|_| None)?;
    cases::record(remote, number).await.map_err(Some)
}

/// The draft of a case that comes after another, or of its own answers.
fn after(
    earlier: &CaseRecord,
    carried: Carried,
    case_type: &CaseType,
    account: &Account,
    fresh: FormDraft,
) -> FormDraft {
    let (organisation, number) = (earlier.summary.organisation.id, earlier.summary.number);
    let answers = asking(account, Some(organisation), |asking| {
        case_type.carried_over(&earlier.submission, carried, asking)
    });
    FormDraft {
        answers,
        organisation: Some(organisation),
        follows: (carried == Carried::FollowUp).then_some(number),
        corrects: (carried == Carried::Correction).then_some(Corrected { number, version: earlier.version }),
        ..fresh
    }
}

/// Asks the contract something about answers, as somebody of the organisation, or of
/// all of the person's where it is not known yet.
fn asking<T>(account: &Account, organisation: Option<Uuid>, ask: impl FnOnce(Asking<'_>) -> T) -> T {
    let mine = |membership: &&Membership| organisation.is_none_or(|id| membership.organisation.id == id);
    let memberships: Vec<_> = account.0.memberships.iter().filter(mine).collect();
    let environments: Vec<_> = memberships.iter().flat_map(|of| of.environments.clone()).collect();
    let partner = memberships.iter().all(|membership| membership.role == MembershipRole::Partner);
    ask(Asking { now: chrono::Utc::now(), environments: &environments, partner })
}
