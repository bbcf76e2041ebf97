//! Checking a submission.

use std::{collections::BTreeSet, net::IpAddr, ops::RangeInclusive};

use chrono::{DateTime, Datelike, Duration, NaiveDate, SecondsFormat, Utc};

use super::{Answer, Answers, CaseType, Effect, Format, Kind, LeadTime, Question, reserved};
use crate::{
    FieldError,
    field::{FieldCode, clean_line, clean_text, is_email, is_hostname, is_web_address},
    limits::{LIST_MAX, MESSAGE_MAX, SUBJECT_MAX, TEXT_MAX},
};

/// Who is asked, and when.
#[derive(Clone, Copy, Debug)]
pub struct Asking<'a> {
    /// The present moment.
    pub now: DateTime<Utc>,
    /// The environments of the organisation filed for.
    pub environments: &'a [String],
    /// Whether the person files as a partner.
    pub partner: bool,
}

/// Something to read before going on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The question it is about.
    pub question: String,
    /// What to read.
    pub text: String,
}

/// A submission without mistakes.
#[derive(Clone, Debug, PartialEq)]
pub struct Submission {
    /// The answers to the questions asked, cleaned: trimmed, numbers as numbers,
    /// moments in UTC, nothing empty.
    pub answers: Answers,
    /// What the person should have read.
    pub warnings: Vec<Warning>,
}

impl CaseType {
    /// Checks a whole submission. Cleaned answers pass again unchanged.
    ///
    /// # Errors
    /// One error a field, at `/answers/{question}`, in the order asked; answers that
    /// say something to questions that are not asked come last ([`CaseType::heard`]
    /// leaves those out).
    pub fn validate(&self, answers: &Answers, asking: Asking<'_>) -> Result<Submission, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut submission = Submission { answers: Answers::new(), warnings: Vec::new() };
        let mut asked = BTreeSet::new();
        for question in self.asked(answers).into_iter().flat_map(|(_, questions)| questions) {
            asked.insert(question.id.as_str());
            match question.validate(answers.get(&question.id), asking) {
                Err(error) => errors.push(error),
                Ok(None) => {}
                Ok(Some(answer)) => {
                    submission.warnings.extend(question.warning(&answer, asking));
                    submission.answers.insert(question.id.clone(), answer);
                }
            }
        }
        let unasked = answers.iter().filter(|(id, _)| !asked.contains(id.as_str()));
        errors.extend(unasked.filter_map(|(id, answer)| self.unasked(id, answer)));
        if errors.is_empty() { Ok(submission) } else { Err(errors) }
    }

    /// What is wrong with an answer to a question that is not asked. A question that
    /// is not asked of these answers may be answered with nothing.
    fn unasked(&self, id: &str, answer: &Answer) -> Option<FieldError> {
        let message = match self.questions().any(|question| question.id == id) {
            true if answer.is_empty() => return None,
            true => texts::mistakes::not_asked(),
            false => texts::mistakes::no_such_question(),
        };
        Some(FieldError::new(pointer(id), FieldCode::NotAsked, message))
    }
}

impl Question {
    /// The answer as stored, `None` where nothing was said and nothing had to be.
    ///
    /// # Errors
    /// The mistake, at `/answers/{question}`.
    pub fn validate(
        &self,
        answer: Option<&Answer>,
        asking: Asking<'_>,
    ) -> Result<Option<Answer>, FieldError> {
        let given = answer.filter(|answer| !answer.is_empty());
        let confirmed = self.kind != Kind::Acknowledgement || given == Some(&Answer::Flag(true));
        match given {
            None if self.required => Err(self.error(FieldCode::Required, self.missing())),
            Some(_) if self.required && !confirmed => Err(self.error(FieldCode::Required, self.missing())),
            None => Ok(None),
            Some(answer) => {
                let answer =
                    self.clean(answer, asking).map_err(|(code, message)| self.error(code, message))?;
                self.check_time(&answer, asking).map_err(|(code, message)| self.error(code, message))?;
                Ok(Some(answer))
            }
        }
    }

    /// What to read about an answer that falls short of a warning lead time.
    #[must_use]
    pub fn warning(&self, answer: &Answer, asking: Asking<'_>) -> Option<Warning> {
        let lead_time = self.short_of_lead_time(answer, asking)?;
        (lead_time.effect == Effect::Warn)
            .then(|| Warning { question: self.id.clone(), text: lead_time.text.clone() })
    }

    /// The most characters a text answer may have.
    #[must_use]
    pub fn longest(&self) -> usize {
        let bound = match self.kind {
            Kind::LongText => MESSAGE_MAX,
            _ if self.id == reserved::SUBJECT => SUBJECT_MAX,
            _ => TEXT_MAX.max(self.max_length.unwrap_or_default()),
        };
        self.max_length.map_or(bound, |own| own.min(bound))
    }

    fn error(&self, code: FieldCode, message: impl Into<String>) -> FieldError {
        FieldError::new(pointer(&self.id), code, message)
    }

    fn missing(&self) -> &'static str {
        match self.kind {
            Kind::Choice | Kind::YesNo => texts::mistakes::choose_one(),
            Kind::Choices => texts::mistakes::choose_at_least_one(),
            Kind::Environment => texts::mistakes::choose_environment(),
            Kind::Email => texts::mistakes::enter_email(),
            Kind::Emails => texts::mistakes::enter_emails(),
            Kind::Url => texts::mistakes::enter_url(),
            Kind::Date => texts::mistakes::enter_date(),
            Kind::DateTime => texts::mistakes::enter_date_and_time(),
            Kind::DateTimeRange => texts::mistakes::enter_range(),
            Kind::Number => texts::mistakes::enter_number(),
            Kind::Phone => texts::mistakes::enter_phone(),
            Kind::CidrList => texts::mistakes::enter_network(),
            Kind::File => texts::mistakes::attach_file(),
            Kind::Acknowledgement => texts::mistakes::confirm(),
            Kind::Text | Kind::LongText | Kind::Secret => texts::mistakes::fill_in(),
        }
    }

    /// The answer as stored, whether or not it was due.
    pub(super) fn clean(&self, answer: &Answer, asking: Asking<'_>) -> Result<Answer, Fault> {
        match (self.kind, answer) {
            (Kind::Text | Kind::LongText, Answer::Text(text)) => self.clean_words(text),
            (Kind::Choice, Answer::Text(value)) => {
                self.check_option(value, asking)?;
                Ok(answer.clone())
            }
            (Kind::Choices, Answer::List(values)) => {
                values.iter().try_for_each(|value| self.check_option(value, asking))?;
                distinct(values.iter().cloned().map(Ok))
            }
            (Kind::Environment, Answer::Text(name)) => {
                let known = asking.environments.contains(name);
                known.then(|| answer.clone()).ok_or((FieldCode::UnknownOption, choose()))
            }
            (Kind::Email, Answer::Text(text)) => clean_email(text).map(Answer::Text),
            (Kind::Emails, Answer::List(entries)) => clean_list(entries, clean_email),
            (Kind::Url, Answer::Text(text)) => clean_url(text).map(Answer::Text),
            (Kind::Date, Answer::Text(text)) => {
                let day = text.trim().parse::<NaiveDate>().ok().filter(|day| YEARS.contains(&day.year()));
                let day = day.ok_or_else(|| malformed(texts::mistakes::date_such_as()))?;
                Ok(Answer::Text(day.to_string()))
            }
            (Kind::DateTime, Answer::Text(text)) => moment(text).map(|at| Answer::Text(stamp(at))),
            (Kind::DateTimeRange, Answer::Range { from, to }) => clean_range(from, to),
            (Kind::Number, Answer::Number(number)) => self.check_number(*number),
            (Kind::Number, Answer::Text(text)) => {
                let number =
                    text.trim().parse().map_err(|_| malformed(texts::mistakes::number_in_digits()))?;
                self.check_number(number)
            }
            (Kind::Phone, Answer::Text(text)) => clean_phone(text).map(Answer::Text),
            (Kind::CidrList, Answer::List(entries)) => clean_list(entries, clean_cidr),
            (Kind::YesNo | Kind::Acknowledgement, Answer::Flag(_)) => Ok(answer.clone()),
            (Kind::File | Kind::Secret, _) => Err(malformed(texts::mistakes::no_files_yet())),
            _ => Err(malformed(texts::mistakes::other_kind())),
        }
    }

    fn clean_words(&self, text: &str) -> Result<Answer, Fault> {
        let text = match self.kind {
            Kind::LongText => clean_text(text.trim_end()),
            _ => clean_line(text),
        };
        let length = text.chars().count();
        if length > self.longest() {
            let message = texts::mistakes::shorten_to(length, self.longest());
            return Err((FieldCode::TooLong, message));
        }
        if let Some(least) = self.min_length.filter(|least| length < *least) {
            return Err((FieldCode::TooShort, texts::mistakes::write_at_least(least, length)));
        }
        if let Some(format) = self.format.filter(|format| !format.matches(&text)) {
            return Err(malformed(format.demand()));
        }
        match self.pattern.as_ref().filter(|pattern| !pattern.matches(&text)) {
            Some(pattern) => Err(malformed(&pattern.demand)),
            None => Ok(Answer::Text(text)),
        }
    }

    fn check_option(&self, value: &str, asking: Asking<'_>) -> Result<(), Fault> {
        let option = self.option(value).ok_or((FieldCode::UnknownOption, choose()))?;
        if !option.audience.admits(asking.partner) {
            let message = texts::mistakes::customers_only();
            return Err((FieldCode::CustomersOnly, message.to_owned()));
        }
        Ok(())
    }

    fn check_number(&self, number: f64) -> Result<Answer, Fault> {
        let least = self.min.unwrap_or(f64::MIN);
        let most = self.max.unwrap_or(f64::MAX);
        if !number.is_finite() {
            return Err(malformed(texts::mistakes::number_in_digits()));
        }
        if (least..=most).contains(&number) {
            return Ok(Answer::Number(number));
        }
        let message = match (self.min, self.max) {
            (Some(min), Some(max)) => texts::mistakes::number_between(min, max),
            (Some(min), None) => texts::mistakes::number_at_least(min),
            _ => texts::mistakes::number_at_most(most),
        };
        Err((FieldCode::OutOfRange, message))
    }

    fn check_time(&self, answer: &Answer, asking: Asking<'_>) -> Result<(), Fault> {
        let Some(start) = start_of(self.kind, answer) else { return Ok(()) };
        // A day is over at its end, so today is still ahead.
        let over = if self.kind == Kind::Date { start + Duration::days(1) } else { start };
        if self.future && over <= asking.now {
            return Err((FieldCode::NotInFuture, texts::mistakes::in_the_future().to_owned()));
        }
        match self.short_of_lead_time(answer, asking) {
            Some(lead_time) if lead_time.effect == Effect::Block => {
                Err((FieldCode::TooSoon, lead_time.text.clone()))
            }
            _ => Ok(()),
        }
    }

    fn short_of_lead_time(&self, answer: &Answer, asking: Asking<'_>) -> Option<&LeadTime> {
        let start = start_of(self.kind, answer)?;
        let lead_time = self.lead_time.as_ref()?;
        let ahead = Duration::days(i64::from(lead_time.days));
        let soonest = asking.now.date_naive().checked_add_signed(ahead);
        soonest.is_none_or(|soonest| start.date_naive() < soonest).then_some(lead_time)
    }
}

impl Format {
    /// Whether a text has the form.
    #[must_use]
    pub fn matches(self, text: &str) -> bool {
        match self {
            Self::LettersAndDigits => text.chars().all(|c| c.is_ascii_alphanumeric()),
            Self::Hostname => is_hostname(text),
            Self::IpAddress => text.parse::<IpAddr>().is_ok(),
            Self::SshPublicKey => is_ssh_public_key(text),
        }
    }

    fn demand(self) -> &'static str {
        match self {
            Self::LettersAndDigits => texts::mistakes::letters_and_digits(),
            Self::Hostname => texts::mistakes::hostname_such_as(),
            Self::IpAddress => texts::mistakes::ip_such_as(),
            Self::SshPublicKey => texts::mistakes::ssh_key_such_as(),
        }
    }
}

pub(super) type Fault = (FieldCode, String);

fn pointer(question: &str) -> String {
    // RFC 6901: `~` and `/` are escaped; ids of a checked catalogue have neither.
    format!("/answers/{}", question.replace('~', "~0").replace('/', "~1"))
}

fn malformed(message: &str) -> Fault {
    (FieldCode::Malformed, message.to_owned())
}

fn choose() -> String {
    texts::mistakes::option_offered().to_owned()
}

/// The entries, each once, or the first that is wrong.
fn distinct(entries: impl Iterator<Item = Result<String, Fault>>) -> Result<Answer, Fault> {
    let mut distinct: Vec<String> = Vec::new();
    for entry in entries {
        let entry = entry?;
        if !distinct.contains(&entry) {
            // Stopping here keeps the work bounded, whatever was sent.
            if distinct.len() == LIST_MAX {
                return Err((FieldCode::TooMany, texts::mistakes::enter_at_most(LIST_MAX)));
            }
            distinct.push(entry);
        }
    }
    Ok(Answer::List(distinct))
}

/// Entries are compared once they are cleaned, so that two spellings count as one.
fn clean_list(entries: &[String], clean: fn(&str) -> Result<String, Fault>) -> Result<Answer, Fault> {
    let entries = entries.iter().map(|entry| entry.trim()).filter(|entry| !entry.is_empty());
    distinct(
        entries.map(|entry| {
            clean(entry).map_err(|(code, message)| (code, texts::mistakes::entry(entry, message)))
        }),
    )
}

fn clean_email(text: &str) -> Result<String, Fault> {
    let text = text.trim();
    is_email(text).then(|| text.to_owned()).ok_or_else(|| malformed(texts::mistakes::email_such_as()))
}

fn clean_url(text: &str) -> Result<String, Fault> {
    let text = text.trim();
    if text.chars().count() > TEXT_MAX * 4 {
        return Err((FieldCode::TooLong, texts::mistakes::url_at_most(TEXT_MAX * 4)));
    }
    is_web_address(text).then(|| text.to_owned()).ok_or_else(|| malformed(texts::mistakes::url_such_as()))
}

fn clean_phone(text: &str) -> Result<String, Fault> {
    let text = text.trim();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain = text
        .chars()
        .enumerate()
        .all(|(i, c)| c.is_ascii_digit() || " -/().".contains(c) || (i == 0 && c == '+'));
    (plain && (6..=15).contains(&digits) && text.len() <= 40)
        .then(|| text.to_owned())
        .ok_or_else(|| malformed(texts::mistakes::phone_such_as()))
}

fn clean_cidr(text: &str) -> Result<String, Fault> {
    let fault = || malformed(texts::mistakes::network_such_as());
    let (address, prefix) = text.split_once('/').ok_or_else(fault)?;
    let address: IpAddr = address.parse().map_err(|_| fault())?;
    let bits: u8 = prefix.parse().map_err(|_| fault())?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    if bits > most { Err(fault()) } else { Ok(format!("{address}/{bits}")) }
}

fn is_ssh_public_key(text: &str) -> bool {
    let mut parts = text.split(' ');
    let (Some(kind), Some(key)) = (parts.next(), parts.next()) else { return false };
    let known = kind.starts_with("ssh-") || kind.starts_with("ecdsa-sha2-") || kind.starts_with("sk-");
    known && key.starts_with("AAAA") && key.chars().all(|c| c.is_ascii_alphanumeric() || "+/=".contains(c))
}

/// Years a date may lie in: what RFC 3339 can write, less what is surely a slip.
const YEARS: RangeInclusive<i32> = 1900..=9999;

/// A moment to the second, as it is stored.
fn moment(text: &str) -> Result<DateTime<Utc>, Fault> {
    DateTime::parse_from_rfc3339(text.trim())
        .ok()
        .and_then(|at| DateTime::from_timestamp(at.timestamp(), 0))
        .filter(|at| YEARS.contains(&at.year()))
        .ok_or_else(|| malformed(texts::mistakes::enter_date_and_time()))
}

fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn clean_range(from: &str, to: &str) -> Result<Answer, Fault> {
    let incomplete = |_| malformed(texts::mistakes::enter_range());
    let (from, to) = (moment(from).map_err(incomplete)?, moment(to).map_err(incomplete)?);
    if to <= from {
        return Err((FieldCode::EndsBeforeStart, texts::mistakes::end_after_start().to_owned()));
    }
    Ok(Answer::Range { from: stamp(from), to: stamp(to) })
}

fn start_of(kind: Kind, answer: &Answer) -> Option<DateTime<Utc>> {
    match (kind, answer) {
        (Kind::Date, Answer::Text(day)) => {
            Some(day.parse::<NaiveDate>().ok()?.and_hms_opt(0, 0, 0)?.and_utc())
        }
        (Kind::DateTime, Answer::Text(at)) => moment(at).ok(),
        (Kind::DateTimeRange, Answer::Range { from, .. }) => moment(from).ok(),
        _ => None,
    }
}
