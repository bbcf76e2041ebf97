//! A mail as it is sent.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use contract::{CaseNumber, EscalationState, Status, survey, thread::Content};
use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart,
        header::{Header, HeaderName, HeaderValue},
    },
};
use texts::Language;
use uuid::Uuid;

use super::kind::{Kind, Subject};
use crate::export::{blocks, element, escaped, link, wrapped};

/// Who sends mails, and where their links lead.
#[derive(Clone, Debug)]
pub struct Sender {
    /// The name and address they come from.
    pub from: Mailbox,
    /// Where people reach the portal, without a slash at its end.
    pub portal: String,
    /// Whether answers to mails join the case.
    pub reads_replies: bool,
}

impl Sender {
    /// The domain of `Message-ID`s.
    pub fn domain(&self) -> &str {
        self.from.email.domain()
    }

    /// A recipient's address.
    ///
    /// # Errors
    /// It is none.
    pub fn address(&self, address: &str) -> Result<Address, LetterError> {
        address.parse().map_err(|error| LetterError::Address(address.to_owned(), error))
    }
}

/// A mail cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum LetterError {
    /// The recipient's address is none.
    #[error("{0} is no address: {1}")]
    Address(String, lettre::address::AddressError),
    /// There is nothing to tell.
    #[error("there is nothing to tell")]
    Nothing,
    /// Something is missing.
    #[error(transparent)]
    Message(#[from] lettre::error::Error),
}

/// What a mail is made of.
pub struct Letter {
    /// Its id, which stays the same however often it is tried.
    pub id: Uuid,
    /// Which case.
    pub number: CaseNumber,
    /// What the case is about.
    pub subject: String,
    /// Whose case it is.
    pub customer: String,
    /// The case's status when it happened.
    pub status: Status,
    /// What it tells of.
    pub kind: Kind,
    /// The entry that tells of it in the case.
    pub entry_id: Uuid,
    /// What happened.
    pub content: Content,
    /// Who did it.
    pub author: String,
    /// What a reply is matched by.
    pub tracking_id: String,
    /// To which address.
    pub address: String,
    /// The recipient's name, of a person with an account.
    pub name: Option<String>,
    /// The tag of the language it is read in.
    pub language: String,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// What its recipient's link to stop following is matched by, where they follow the case.
    pub token: Option<String>,
}

/// Sizes and a font; mail programs that know nothing of styles do without.
const STYLE: &str = ":root{color-scheme:light dark}body{font-family:system-ui,sans-serif;line-height:1.5}\
    h1{font-size:1.125em}blockquote{margin-inline:0;padding-inline-start:1em;border-inline-start:3px solid #8888}";

/// A mail's HTML around what it says, in the language spoken; without colours of its own, so
/// that it is light or dark as the mail program is.
pub(super) fn document(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"color-scheme\" content=\"light dark\">{}<style>{STYLE}</style></head>\
         <body><main>{body}</main></body></html>",
        escaped(&texts::spoken().tag),
        element("title", title),
    )
}

/// That no person wrote it and nobody's absence need answer it (RFC 3834, 5).
#[derive(Clone, Copy, Debug)]
pub enum Automatic {
    /// It tells of something.
    Generated,
    /// It answers a mail.
    Reply,
}

impl Header for Automatic {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self::Generated)
    }

    fn display(&self) -> HeaderValue {
        let value = match self {
            Self::Generated => "auto-generated",
            Self::Reply => "auto-replied",
        };
        HeaderValue::new(Self::name(), value.to_owned())
    }
}

/// Where a mail program lets its reader unsubscribe (RFC 2369, 3.2).
#[derive(Clone)]
struct ListUnsubscribe(String);

impl Header for ListUnsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(value: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(value.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}

/// That it does so by itself (RFC 8058, 3.1).
#[derive(Clone)]
struct OneClick;

impl Header for OneClick {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".to_owned())
    }
}

impl Letter {
    /// Speaks the recipient's language while something runs.
    pub fn spoken<T>(&self, run: impl FnOnce(&Self) -> T) -> T {
        texts::speaking(Language::preferred(&self.language), || run(self))
    }

    /// Its subject.
    #[must_use]
    pub fn line(&self) -> String {
        let subject = Subject {
            kind: self.kind,
            number: self.number,
            customer: &self.customer,
            status: self.status,
            content: &self.content,
            tracking_id: &self.tracking_id,
        };
        subject.line()
    }

    /// The mail, in its recipient's language. Mails of a case are one conversation to a mail
    /// program: all answer the same message, which nobody was ever sent.
    ///
    /// # Errors
    /// The recipient's address is none.
    pub fn write(&self, sender: &Sender) -> Result<Message, LetterError> {
        let thread = format!("<case.{}@{}>", self.tracking_id, sender.domain());
        let (text, html) = self.spoken(|letter| (letter.text(sender), letter.html(sender)));
        let mut builder = Message::builder();
        if let Some(way_out) = self.way_out(sender) {
            builder = builder.header(ListUnsubscribe(format!("<{way_out}>"))).header(OneClick);
        }
        let message = builder
            .from(sender.from.clone())
            .to(Mailbox::new(self.name.clone(), sender.address(&self.address)?))
            .subject(self.line())
            .date(SystemTime::from(self.at))
            .message_id(Some(format!("<{}@{}>", self.id, sender.domain())))
            .in_reply_to(thread.clone())
            .references(thread)
            .header(Automatic::Generated)
            .multipart(MultiPart::alternative_plain_html(text, html))?;
        Ok(message)
    }

    /// Where in the portal the entry is shown.
    pub(super) fn url(&self, sender: &Sender) -> String {
        format!("{}{}", sender.portal, self.path())
    }

    /// The same without the portal's address.
    pub(super) fn path(&self) -> String {
        match (self.kind, self.status) {
            (Kind::Reminder, Status::Closed) => format!("/cases/{}#{}", self.number, survey::ANCHOR),
            _ => format!("/cases/{}#entry-{}", self.number, self.entry_id),
        }
    }

    /// Where a watcher stops following the case.
    fn way_out(&self, sender: &Sender) -> Option<String> {
        self.token.as_ref().map(|token| format!("{}/api/v1/following/{token}", sender.portal))
    }

    /// What happened, in a few words.
    pub(super) fn headline(&self) -> String {
        match &self.content {
            _ if self.kind == Kind::Reminder => texts::mail::entry_reminder(self.status.label()),
            Content::StatusChanged { .. } => texts::mail::entry_moved(self.status.label()),
            Content::EtaChanged { to: Some(day) } => texts::mail::entry_eta(day),
            Content::EtaChanged { to: None } => texts::mail::entry_eta_gone().to_owned(),
            Content::EscalationChanged { to } => texts::mail::entry_escalation(to.label()),
            Content::Filed => texts::mail::entry_received().to_owned(),
            Content::RequesterChanged { to } => texts::mail::entry_handed_over(&to.name),
            Content::Attached { .. } => texts::mail::entry_attached(&self.author),
            _ => texts::mail::entry_wrote(&self.author),
        }
    }

    fn hello(&self) -> String {
        self.name.as_deref().map_or_else(|| texts::mail::hello_there().to_owned(), texts::mail::hello)
    }

    /// What happened, in a sentence.
    fn told(&self) -> String {
        if self.kind == Kind::Reminder {
            return self.reminder().to_owned();
        }
        match &self.content {
            Content::StatusChanged { .. } => texts::mail::moved(self.status.label()),
            Content::EtaChanged { to: Some(day) } => texts::mail::eta_set(day),
            Content::EtaChanged { to: None } => texts::mail::eta_gone().to_owned(),
            Content::EscalationChanged { to: EscalationState::Started } | Content::Filed => {
                texts::mail::received().to_owned()
            }
            Content::EscalationChanged { to } => texts::mail::escalation_moved(to.label()),
            Content::RequesterChanged { to } => texts::mail::handed_over(&to.name),
            Content::Attached { .. } => texts::mail::attached(&self.author),
            _ => texts::mail::wrote(&self.author),
        }
    }

    /// What the case waits for.
    fn reminder(&self) -> &'static str {
        match self.status {
            Status::Closed => texts::mail::reminder_survey(),
            Status::SolutionProposed => texts::mail::reminder_solution(),
            _ => texts::mail::reminder_waiting(),
        }
    }

    fn facts(&self) -> [(&'static str, String); 4] {
        [
            (texts::mail::case(), self.number.to_string()),
            (texts::mail::subject(), self.subject.clone()),
            (texts::mail::customer(), self.customer.clone()),
            (texts::mail::status(), self.status.label().to_owned()),
        ]
    }

    fn files(&self) -> impl Iterator<Item = &str> {
        self.content.attachments().iter().map(|file| file.name.as_str())
    }

    /// What it says, in the language spoken.
    pub(super) fn text(&self, sender: &Sender) -> String {
        let mut parts = vec![self.hello(), self.told()];
        if let Content::Message { source, .. } = &self.content {
            parts.push(source.clone());
        }
        let files: Vec<_> = self.files().map(|name| format!("- {name}")).collect();
        if !files.is_empty() {
            parts.push(files.join("\n"));
        }
        let facts = self.facts().map(|(name, value)| format!("{name}: {value}"));
        parts.push(facts.join("\n"));
        parts.push(format!("{}:\n{}", texts::mail::open_case(), self.url(sender)));
        if sender.reads_replies {
            parts.push(texts::mail::reply().to_owned());
        }
        parts.push(format!("-- \n{}", texts::mail::why()));
        if let Some(way_out) = self.way_out(sender) {
            parts.push(format!("{}:\n{way_out}", texts::mail::stop_following()));
        }
        parts.join("\n\n") + "\n"
    }

    /// The same as HTML.
    pub(super) fn html(&self, sender: &Sender) -> String {
        let mut body =
            vec![element("h1", &self.subject), element("p", &self.hello()), element("p", &self.told())];
        if let Content::Message { body: written, .. } = &self.content {
            body.push(wrapped("blockquote", &blocks(written)));
        }
        let files: String = self.files().map(|name| element("li", name)).collect();
        if !files.is_empty() {
            body.push(wrapped("ul", &files));
        }
        let fact = |(name, value): (&'static str, String)| {
            let cells = format!(
                "<th scope=\"row\" align=\"left\">{}</th><td>{}</td>",
                escaped(name),
                escaped(&value)
            );
            wrapped("tr", &cells)
        };
        let facts: String = self.facts().into_iter().map(fact).collect();
        body.push(format!("<table role=\"presentation\" cellpadding=\"4\">{facts}</table>"));
        body.push(wrapped("p", &link(&self.url(sender), &escaped(texts::mail::open_case()))));
        if sender.reads_replies {
            body.push(element("p", texts::mail::reply()));
        }
        body.push(wrapped("p", &element("small", texts::mail::why())));
        if let Some(way_out) = self.way_out(sender) {
            let way_out = link(&way_out, &escaped(texts::mail::stop_following()));
            body.push(wrapped("p", &wrapped("small", &way_out)));
        }
        document(&self.line(), &body.concat())
    }
}
