//! A mail as it came in: who sent it, which case it is about, and what it says.

use std::collections::BTreeSet;

use axum::body::Bytes;
use contract::attachment::{FILES_MAX, clean_name};
use mail_parser::{
    Address, HeaderName, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType,
};
use sha2::{Digest, Sha256};

use super::{
    authenticity, html, plain,
    quoting::{self, Parted},
};
use crate::mail::Sender;

/// The most bytes of a mail that is read: what mail servers take, with the third that
/// Base64 adds.
pub const LARGEST: u64 = 40 * 1024 * 1024;
/// The most lines of a mail that is read. A part or a header takes a line at least, and
/// each is held in memory; a mail of [`LARGEST`] bytes in Base64 has fewer.
const LINES_MAX: usize = 600_000;
/// How often a mail may name what lies in it as a mail of its own, each of which may lie in
/// another: they are let go of by recursion.
const NESTED_MAX: usize = 2_000;
/// The words that name it in a `Content-Type` (RFC 2046, 5.1.5 and 5.2.1; RFC 6532, 3.7).
const NESTING: [&[u8]; 3] = [b"rfc822", b"global", b"digest"];
/// The stack of the thread that reads a mail.
const STACK: usize = 64 * 1024 * 1024;
/// Hexadecimal digits of a tracking id.
const TRACKING_DIGITS: usize = 32;

/// Why a mail does not join a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// It has too many bytes or lines.
    #[error("it is too large")]
    TooLarge,
    /// It is no mail that can be read.
    #[error("it cannot be read")]
    Broken,
    /// A machine sent it: somebody's absence, a bounce, a mailing list.
    #[error("a machine sent it")]
    Automatic,
    /// It names no sender, or several.
    #[error("it does not have one sender")]
    Sender,
    /// The mail server could not tell that its sender sent it.
    #[error("nothing shows that its sender sent it")]
    Unproven,
    /// It is about no case, or not by somebody on it. Which of both nobody is told.
    #[error("it is about no case of its sender's")]
    Stranger,
    /// It came before.
    #[error("it came before")]
    Again,
    /// Its sender wrote too much in too short a time, as machines do that answer each other.
    #[error("its sender wrote too often")]
    Loop,
    /// It says nothing.
    #[error("it says nothing")]
    Empty,
    /// Nobody can write in the case any more.
    #[error("the case is closed")]
    Closed,
}

/// What is known of mails beforehand.
#[derive(Clone, Debug)]
pub struct Expected {
    /// The address that mails of the portal come from, in lower case.
    pub own: String,
    /// The name under which the mail server says who mails are really from.
    pub authserv_id: Option<String>,
}

impl Expected {
    /// For answers to what a sender sends.
    pub fn by(sender: &Sender, authserv_id: Option<String>) -> Self {
        Self { own: sender.from.email.to_string().to_lowercase(), authserv_id }
    }
}

/// A file that came with a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailedFile {
    /// Its name, safe to show.
    pub name: String,
    /// Its content.
    pub bytes: Bytes,
}

/// A mail that a person may have sent about a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// Who sent it, in lower case.
    pub sender: String,
    /// What may be tracking ids, in the order they stand there.
    pub tracking_ids: Vec<String>,
    /// What tells it from other mails, on whatever ways it came.
    pub digest: String,
    /// What was written, Markdown.
    pub written: String,
    /// What was quoted, Markdown.
    pub quoted: String,
    /// The files.
    pub files: Vec<MailedFile>,
}

impl MailedFile {
    /// A text as a file.
    pub fn text(name: &str, text: &str) -> Self {
        Self { name: name.to_owned(), bytes: Bytes::copy_from_slice(text.as_bytes()) }
    }
}

impl Incoming {
    /// Reads a mail (RFC 5322, RFC 2045 and whatever is sent as such). That takes a thread of
    /// its own, with a stack for what is nested; a mail that makes it panic cannot be read.
    ///
    /// # Errors
    /// It is no mail that a person may have sent about a case.
    pub fn read(raw: Vec<u8>, expected: Expected) -> Result<Self, NotTaken> {
        let lines = raw.iter().filter(|byte| **byte == b'\n').count();
        if raw.len() as u64 > LARGEST || lines > LINES_MAX || nested(&raw) > NESTED_MAX {
            return Err(NotTaken::TooLarge);
        }
        let thread = std::thread::Builder::new().stack_size(STACK);
        let reading = thread.spawn(move || Self::parse(&raw, &expected)).map_err(|_| NotTaken::Broken)?;
        reading.join().unwrap_or(Err(NotTaken::Broken))
    }

    fn parse(raw: &[u8], expected: &Expected) -> Result<Self, NotTaken> {
        let mail = MessageParser::default().parse(raw).ok_or(NotTaken::Broken)?;
        let sender = sender(&mail)?;
        if sender == expected.own || is_automatic(&mail, &sender) {
            return Err(NotTaken::Automatic);
        }
        if let Some(server) = &expected.authserv_id {
            let named =
                |(name, value)| str::eq_ignore_ascii_case(name, "Authentication-Results").then_some(value);
            let results = mail.headers_raw().filter_map(named);
            if !authenticity::proves(results, server, &sender) {
                return Err(NotTaken::Unproven);
            }
        }
        let tracking_ids = tracking_ids(&mail);
        if tracking_ids.is_empty() {
            return Err(NotTaken::Stranger);
        }
        let Parted { written, quoted } = text(&mail)?;
        let files = files(&mail);
        Ok(Self { digest: digest(&mail, raw, &sender), sender, tracking_ids, written, quoted, files })
    }
}

/// How many mails may lie in one.
fn nested(raw: &[u8]) -> usize {
    let names = |window: &&[u8]| NESTING.iter().any(|word| window.eq_ignore_ascii_case(word));
    raw.windows(6).filter(names).count()
}

/// The one address in the one `From` line (RFC 5322, 3.6.2).
fn sender(mail: &Message<'_>) -> Result<String, NotTaken> {
    let lines: Vec<_> = mail.headers().iter().filter(|header| header.name == HeaderName::From).collect();
    let [line] = lines.as_slice() else { return Err(NotTaken::Sender) };
    let HeaderValue::Address(Address::List(addresses)) = &line.value else { return Err(NotTaken::Sender) };
    let [address] = addresses.as_slice() else { return Err(NotTaken::Sender) };
    let address = address.address().unwrap_or_default().trim().to_lowercase();
    if contract::field::is_email(&address) { Ok(address) } else { Err(NotTaken::Sender) }
}

/// Whether a machine sent it (RFC 3834, 2; RFC 3464; and what is found in the wild).
fn is_automatic(mail: &Message<'_>, sender: &str) -> bool {
    let said = |name: &'static str| mail.header_raw(name).map(|value| value.trim().to_lowercase());
    let precedence = said("Precedence");
    let mailbox = sender.split('@').next().unwrap_or_default();
    said("Auto-Submitted").is_some_and(|value| !value.starts_with("no"))
        || precedence.is_some_and(|value| ["bulk", "junk", "list", "auto_reply"].contains(&value.as_str()))
        || ["X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress", "List-Id", "X-Failed-Recipients"]
            .into_iter()
            .any(|name| said(name).is_some())
        || said("Return-Path").is_some_and(|value| value == "<>")
        || ["mailer-daemon", "postmaster", "no-reply", "noreply"].contains(&mailbox)
        || mail
            .content_type()
            .is_some_and(|kind| kind.ctype() == "multipart" && kind.subtype() == Some("report"))
}

/// What looks like a tracking id: in the subject, or in the conversation it belongs to.
fn tracking_ids(mail: &Message<'_>) -> Vec<String> {
    let headers = ["In-Reply-To", "References"].into_iter().filter_map(|name| mail.header_raw(name));
    let lines = mail.subject().into_iter().chain(headers);
    let words = lines.flat_map(|line| line.split(|letter: char| !letter.is_ascii_alphanumeric()));
    let mut seen = BTreeSet::new();
    words
        .filter(|word| word.len() == TRACKING_DIGITS && word.bytes().all(|digit| digit.is_ascii_hexdigit()))
        .map(str::to_ascii_lowercase)
        .filter(|word| seen.insert(word.clone()))
        .take(FILES_MAX)
        .collect()
}

fn digest(mail: &Message<'_>, raw: &[u8], sender: &str) -> String {
    let id = mail.message_id().map(|id| format!("{sender} {id}"));
    format!("{:x}", Sha256::digest(id.as_deref().map_or(raw, str::as_bytes)))
}

/// The plain text where there is one, else the page.
fn text(mail: &Message<'_>) -> Result<Parted, NotTaken> {
    let plain: Vec<_> = mail.text_bodies().filter(|part| matches!(part.body, PartType::Text(_))).collect();
    let says = |part: &&MessagePart<'_>| part.text_contents().is_some_and(|text| !text.trim().is_empty());
    if plain.iter().any(says) {
        let text: Vec<_> = plain.into_iter().map(plain_text).collect();
        let Parted { written, quoted } = quoting::part(&text.join("\n\n"));
        return Ok(Parted { written: plain::as_markdown(&written), quoted: plain::as_markdown(&quoted) });
    }
    let pages = mail.html_bodies().filter_map(|part| match &part.body {
        PartType::Html(page) => Some(html::as_markdown(page)),
        _ => None,
    });
    Ok(quoting::part(&pages.collect::<Result<Vec<_>, _>>()?.join("\n\n")))
}

fn plain_text(part: &MessagePart<'_>) -> String {
    let text = part.text_contents().unwrap_or_default().replace(['\r', '\0'], "");
    let is = |name: &str, value: &str| {
        let said = part.content_type().and_then(|kind| kind.attribute(name));
        said.is_some_and(|said| said.eq_ignore_ascii_case(value))
    };
    if is("format", "flowed") { plain::unflowed(&text, is("delsp", "yes")) } else { text }
}

/// The files of a mail; signatures of mail programs are none.
fn files(mail: &Message<'_>) -> Vec<MailedFile> {
    let read = |part: &MessagePart<'_>| {
        let kind = part.content_type();
        let subtype = kind.and_then(|kind| kind.subtype()).unwrap_or_default();
        if ["pkcs7-signature", "x-pkcs7-signature", "pgp-signature", "pgp-encrypted"].contains(&subtype) {
            return None;
        }
        // What came as another mail is a file of a kind that no case takes, and named so.
        let attached = match &part.body {
            PartType::Message(_) => "mail.eml".to_owned(),
            _ => format!("{}.{subtype}", kind.map_or("file", |kind| kind.ctype())),
        };
        let name = clean_name(part.attachment_name().unwrap_or(&attached));
        Some(MailedFile { name, bytes: Bytes::copy_from_slice(part.contents()) })
    };
    // One more than can come tells that there were too many.
    mail.attachments().filter_map(read).take(FILES_MAX + 1).collect()
}
