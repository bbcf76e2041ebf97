//! Filing a case.

use chrono::{DateTime, Utc};
use contract::{
    AskedAnswer, CaseNumber, EscalationState, Impact, Priority, Status,
    catalogue::{Answer, Answers, CaseType, Catalogue, Kind, Receipt, reserved},
    people::PersonRef,
    thread::Content,
};
use uuid::Uuid;

use super::{reads, record::receipt_key, search, timeline, watchers};
use crate::{
    attachments::{Upload, attach, findable},
    live::Signal,
    mail::queue,
    markdown,
    notifications::tell,
    people::default_watchers,
    store::{Sql, StoreError, Transaction, to_micros},
};

/// A case to file; everything in it was checked.
pub struct Filing<'a> {
    /// Whose case it is to be.
    pub organisation: Uuid,
    /// Who needs it solved.
    pub requester: &'a PersonRef,
    /// Who files it.
    pub filer: &'a PersonRef,
    /// Where the type comes from.
    pub catalogue: &'a Catalogue,
    /// The type.
    pub case_type: &'a CaseType,
    /// The cleaned answers.
    pub answers: &'a Answers,
    /// The id of the closed case it takes up.
    pub follows: Option<&'a str>,
    /// The files that go along with it.
    pub uploads: Vec<Upload>,
    /// When it is filed.
    pub at: DateTime<Utc>,
}

/// Files a case: the record, its first entries, its watchers, its words, and a signal.
/// Whoever files it knows what stands there by then.
/// An emergency is escalated at once.
///
/// # Errors
/// The database refused.
pub async fn file(transaction: &mut Transaction, filing: Filing<'_>) -> Result<String, StoreError> {
    let id = Uuid::now_v7().to_string();
    let number = CaseNumber(transaction.count("case", 1).await?);
    let submission = submission(filing.case_type, filing.answers);
    insert(transaction, &id, number, &filing, &submission).await?;
    // The first of its texts, which corrected answers replace.
    search::add(transaction, &id, None, false, &search::filed_text(number, &submission, None)).await?;
    for (position, content) in (1..).zip(happened(&filing)?) {
        let entry =
            timeline::add(transaction, &id, position, filing.filer, false, &content, filing.at).await?;
        if !content.attachments().is_empty() {
            attach(transaction, &id, entry.id, filing.filer, false, &filing.uploads, filing.at).await?;
            let (entry, words) = (entry.id.to_string(), findable("", content.attachments()));
            search::add(transaction, &id, Some(&entry), false, &words).await?;
        }
        reads::mark(transaction, &id, filing.filer.id, position, filing.at).await?;
    }
    if let Some(Answer::List(addresses)) = filing.answers.get(reserved::WATCHERS) {
        watchers::add(transaction, &id, filing.organisation, addresses, filing.at).await?;
    }
    let always = default_watchers(&**transaction, filing.organisation).await?;
    watchers::add(transaction, &id, filing.organisation, &always, filing.at).await?;
    queue(transaction, &id, 0).await?;
    let signal = Signal::CaseChanged {
        number,
        version: 1,
        organisation: filing.organisation,
        requester: filing.requester.id,
        filer: filing.filer.id,
        watchers: watchers::people(&**transaction, &id).await?,
        told: tell(transaction, &id, 0).await?,
        internal: false,
    };
    transaction.announce(&signal, filing.at)?;
    Ok(id)
}

async fn insert(
    transaction: &Transaction,
    id: &str,
    number: CaseNumber,
    filing: &Filing<'_>,
    submission: &[AskedAnswer],
) -> Result<(), StoreError> {
    let case_type = filing.case_type;
    let text = |question: &str| filing.answers.get(question).and_then(Answer::text).map(str::to_owned);
    let subject = text(reserved::SUBJECT).unwrap_or_else(|| case_type.title.clone());
    let impact = case_type.impact.or_else(|| text(reserved::IMPACT).as_deref().and_then(Impact::from_key));
    let priority = impact.map_or(Priority::Medium, Impact::initial_priority);
    let (escalation, at) = (escalation(case_type), to_micros(filing.at));
    let sql = "INSERT INTO cases (id, number, organisation_id, requester_id, filer_id, type_id, type_title, \
        catalogue_id, catalogue_version, queue, receipt, processing_time, subject, subject_key, status, impact, \
        priority, environment, internal_reference, desired_date, additional_contact, submission, follows_id, survey, \
        escalation, escalated_at, last_position, created_at, updated_at, turn_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, \
        $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $28, $28, 1)";
    let values = [
        id.into(),
        number.0.into(),
        filing.organisation.to_string().into(),
        filing.requester.id.to_string().into(),
        filing.filer.id.to_string().into(),
        case_type.id.clone().into(),
        case_type.title.clone().into(),
        filing.catalogue.id.clone().into(),
        filing.catalogue.version.clone().into(),
        case_type.queue.clone().into(),
        receipt_key(case_type.receipt)?.into(),
        case_type.processing_time.clone().into(),
        subject.clone().into(),
        subject.to_lowercase().into(),
        Status::Received.key().into(),
        impact.map(Impact::key).map(str::to_owned).into(),
        priority.key().into(),
        text(reserved::ENVIRONMENT).into(),
        text(reserved::INTERNAL_REFERENCE).into(),
        text(reserved::DESIRED_DATE).into(),
        text(reserved::ADDITIONAL_CONTACT).into(),
        serde_json::to_string(submission)?.into(),
        filing.follows.map(str::to_owned).into(),
        case_type.survey.into(),
        escalation.map(EscalationState::key).map(str::to_owned).into(),
        escalation.map(|_| at).into(),
        i64::try_from(happened(filing)?.len()).unwrap_or_default().into(),
        at.into(),
    ];
    transaction.run(sql, values).await?;
    Ok(())
}

/// What happens to a case by being filed, in its order.
fn happened(filing: &Filing<'_>) -> Result<Vec<Content>, StoreError> {
    let attachments = filing.uploads.iter().map(Upload::file).collect::<Result<Vec<_>, _>>()?;
    let attached = (!attachments.is_empty()).then_some(Content::Attached { attachments });
    let escalated = escalation(filing.case_type).map(|to| Content::EscalationChanged { to });
    Ok([Content::Filed].into_iter().chain(attached).chain(escalated).collect())
}

/// The escalation that filing such a case starts.
pub fn escalation(case_type: &CaseType) -> Option<EscalationState> {
    (case_type.receipt == Receipt::Emergency).then_some(EscalationState::Started)
}

/// The answers with their questions as they were asked, in the order asked.
pub fn submission(case_type: &CaseType, answers: &Answers) -> Vec<AskedAnswer> {
    let asked = case_type.asked(answers).into_iter().flat_map(|(_, questions)| questions);
    asked
        .filter_map(|question| {
            let answer = answers.get(&question.id)?;
            let body = match (question.kind, answer) {
                (Kind::LongText, Answer::Text(text)) => markdown::parse(text),
                _ => Vec::new(),
            };
            Some(AskedAnswer {
                question: question.id.clone(),
                label: question.label.clone(),
                kind: question.kind,
                answer: answer.clone(),
                words: question.words(answer),
                body,
            })
        })
        .collect()
}
