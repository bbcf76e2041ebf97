//! Many mails as one, for those who asked for one an hour or a day.

use std::time::SystemTime;

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use contract::notification::MailPace;
use lettre::{
    Message,
    message::{Mailbox, MultiPart},
};

use super::letter::{Automatic, Letter, LetterError, Sender, document};
use crate::export::{element, escaped, link, wrapped};

/// The hour of the day, UTC, at which a day's mails are sent.
const HOUR: i64 = 6;

/// When what happens at a moment is mailed; nothing where that is at once.
#[must_use]
pub fn due(pace: MailPace, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    // Durations of hours never overflow a date of our time.
    let floor = |at: DateTime<Utc>, step: TimeDelta| at.duration_trunc(step).unwrap_or(at);
    match pace {
        MailPace::AtOnce => None,
        MailPace::Hourly => Some(floor(at, TimeDelta::hours(1)) + TimeDelta::hours(1)),
        MailPace::Daily => {
            let shift = TimeDelta::hours(HOUR);
            Some(floor(at - shift, TimeDelta::days(1)) + TimeDelta::days(1) + shift)
        }
    }
}

/// The mails that one address gets as one.
pub struct Digest<'a> {
    /// The mails, those of a case next to each other.
    pub letters: &'a [Letter],
}

impl Digest<'_> {
    /// The subject, in English as all of them are.
    #[must_use]
    pub fn line(&self) -> String {
        format!("Case Digest - Updates: {} - Cases: {}", self.letters.len(), self.cases().count())
    }

    /// The mail, in its recipient's language. It stays the same however often it is tried.
    ///
    /// # Errors
    /// The recipient's address is none, or there is nothing to tell.
    pub fn write(&self, sender: &Sender) -> Result<Message, LetterError> {
        let first = self.letters.first().ok_or(LetterError::Nothing)?;
        // Of the mail written first: one that was written late makes another digest.
        let id = self.letters.iter().map(|letter| letter.id).min().unwrap_or(first.id);
        let (text, html) = first.spoken(|first| (self.text(first, sender), self.html(first, sender)));
        let message = Message::builder()
            .from(sender.from.clone())
            .to(Mailbox::new(first.name.clone(), sender.address(&first.address)?))
            .subject(self.line())
            .date(SystemTime::from(first.at))
            .message_id(Some(format!("<digest.{id}@{}>", sender.domain())))
            .header(Automatic::Generated)
            .multipart(MultiPart::alternative_plain_html(text, html))?;
        Ok(message)
    }

    fn cases(&self) -> impl Iterator<Item = &[Letter]> {
        self.letters.chunk_by(|one, next| one.number == next.number)
    }

    fn opening(first: &Letter) -> String {
        first.name.as_deref().map_or_else(|| texts::mail::digest_here().to_owned(), texts::mail::digest)
    }

    fn text(&self, first: &Letter, sender: &Sender) -> String {
        let mut parts = vec![Self::opening(first)];
        for case in self.cases() {
            let head = case.first().map(|letter| format!("{} {}", letter.number, letter.subject));
            let lines =
                case.iter().map(|letter| format!("- {}\n  {}", letter.headline(), letter.url(sender)));
            parts.push(head.into_iter().chain(lines).collect::<Vec<_>>().join("\n"));
        }
        parts.push(format!("-- \n{}:\n{}/notifications", texts::mail::choose(), sender.portal));
        parts.join("\n\n") + "\n"
    }

    fn html(&self, first: &Letter, sender: &Sender) -> String {
        let mut body = vec![element("p", &Self::opening(first))];
        for case in self.cases() {
            let head = case.first().map(|letter| format!("{} {}", letter.number, letter.subject));
            body.push(element("h2", &head.unwrap_or_default()));
            let line =
                |letter: &Letter| wrapped("li", &link(&letter.url(sender), &escaped(&letter.headline())));
            body.push(wrapped("ul", &case.iter().map(line).collect::<String>()));
        }
        let choose = link(&format!("{}/notifications", sender.portal), &escaped(texts::mail::choose()));
        body.push(wrapped("p", &wrapped("small", &choose)));
        document(&self.line(), &body.concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_due_at_the_end_of_their_time() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        assert_eq!(due(MailPace::AtOnce, at("2026-03-02T09:00:00Z")), None);
        for (pace, moment, then) in [
            (MailPace::Hourly, "2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z"),
            (MailPace::Hourly, "2026-03-02T09:59:59Z", "2026-03-02T10:00:00Z"),
            (MailPace::Daily, "2026-03-02T05:59:59Z", "2026-03-02T06:00:00Z"),
            (MailPace::Daily, "2026-03-02T06:00:00Z", "2026-03-03T06:00:00Z"),
            (MailPace::Daily, "2026-12-31T23:00:00Z", "2027-01-01T06:00:00Z"),
        ] {
            assert_eq!(due(pace, at(moment)), Some(at(then)), "{pace:?} at {moment}");
        }
    }
}
