//! Mails with links: by which people set a password, or accept an invitation.

use chrono::TimeDelta;
use lettre::{
    Message,
    message::{Mailbox, MultiPart},
};
use sea_orm::FromQueryResult;
use texts::Language;

use super::{
    letter::{Automatic, LetterError, Sender, document},
    postman::{LEASE, Postman, pause},
};
use crate::{
    export::{element, escaped, link, wrapped},
    store::{Sql, StoreError, to_micros},
};

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Password,
    Invitation,
}

impl Purpose {
    const ALL: [Self; 2] = [Self::Password, Self::Invitation];

    /// The table `l` of such links.
    const fn table(self) -> &'static str {
        match self {
            Self::Password => "account_links",
            Self::Invitation => "invitations",
        }
    }

    /// What a mail says, and what else a link must be joined with.
    const fn columns(self) -> (&'static str, &'static str) {
        match self {
            Self::Password => (
                "p.email, p.name, '' AS organisation, '' AS inviter",
                "JOIN people p ON p.id = l.person_id AND p.active",
            ),
            Self::Invitation => (
                "l.email, '' AS name, o.name AS organisation, b.name AS inviter",
                "JOIN organisations o ON o.id = l.organisation_id JOIN people b ON b.id = l.invited_by",
            ),
        }
    }
}

#[derive(FromQueryResult)]
struct Taken {
    token_hash: String,
    token: String,
    language: String,
    attempts: i64,
    email: String,
    name: String,
    organisation: String,
    inviter: String,
}

impl Postman {
    /// Mails the links whose time has come; how many those were.
    pub(super) async fn mail_links(&self) -> Result<usize, StoreError> {
        let mut mailed = 0;
        for purpose in Purpose::ALL {
            let taken = self.take_links(purpose).await?;
            for row in &taken {
                self.mail_link(purpose, row).await?;
            }
            mailed += taken.len();
        }
        Ok(mailed)
    }

    async fn mail_link(&self, purpose: Purpose, row: &Taken) -> Result<(), StoreError> {
        let sent = match row.write(purpose, &self.sender) {
            Ok(mail) => self.delivery.deliver(row.id(), mail).await.map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        let (change, pause) = match sent {
            Ok(()) => ("token = NULL, due_at = $1", TimeDelta::zero()),
            Err(error) => {
                tracing::info!(error, "a link will be mailed again");
                ("due_at = $1", pause(row.attempts))
            }
        };
        let sql = format!("UPDATE {} SET {change} WHERE token_hash = $2", purpose.table());
        let transaction = self.store.begin().await?;
        let values = [to_micros(self.clock.now() + pause).into(), row.token_hash.clone().into()];
        transaction.run(&sql, values).await?;
        transaction.commit().await
    }

    async fn take_links(&self, purpose: Purpose) -> Result<Vec<Taken>, StoreError> {
        let transaction = self.store.begin().await?;
        let now = self.clock.now();
        let lock = transaction.database().skip_locked("l");
        let (table, (columns, joins)) = (purpose.table(), purpose.columns());
        let sql = format!(
            "SELECT l.token_hash, l.token, l.language, l.attempts, {columns} FROM {table} l {joins} \
             WHERE l.token IS NOT NULL AND l.due_at <= $1 AND l.expires_at > $1 \
             ORDER BY l.due_at, l.token_hash LIMIT 20{lock}"
        );
        let taken = transaction.rows::<Taken>(&sql, [to_micros(now).into()]).await?;
        for row in &taken {
            let sql =
                format!("UPDATE {table} SET attempts = attempts + 1, due_at = $1 WHERE token_hash = $2");
            transaction.run(&sql, [to_micros(now + LEASE).into(), row.token_hash.clone().into()]).await?;
        }
        transaction.commit().await?;
        Ok(taken)
    }
}

impl Taken {
    /// Of the link, so that it stays the same however often it is tried.
    fn id(&self) -> uuid::Uuid {
        let bits = self.token_hash.get(..32).and_then(|half| u128::from_str_radix(half, 16).ok());
        uuid::Uuid::from_u128(bits.unwrap_or_default())
    }

    /// Its subject, what it says before the link, and what behind it, in the language spoken.
    fn said(&self, purpose: Purpose) -> (String, [String; 2], &'static str) {
        match purpose {
            Purpose::Password => (
                texts::mail::set_password().to_owned(),
                [texts::mail::hello(&self.name), texts::mail::password_asked().to_owned()],
                texts::mail::password_not_asked(),
            ),
            Purpose::Invitation => (
                texts::mail::join(&self.organisation),
                [
                    texts::mail::hello_there().to_owned(),
                    texts::mail::invited(&self.inviter, &self.organisation),
                ],
                texts::mail::not_expected(),
            ),
        }
    }

    fn write(&self, purpose: Purpose, sender: &Sender) -> Result<Message, LetterError> {
        let parameter = match purpose {
            Purpose::Password => "link",
            Purpose::Invitation => "invitation",
        };
        let url = format!("{}/sign-in?{parameter}={}", sender.portal, self.token);
        let language = Language::preferred(&self.language);
        let (subject, text, html) = texts::speaking(language, || {
            let (subject, before, after) = self.said(purpose);
            let text = format!("{}\n\n{url}\n\n{after}\n", before.join("\n\n"));
            let body = [
                before.each_ref().map(|said| element("p", said)).concat(),
                wrapped("p", &link(&url, &escaped(&subject))),
                element("p", after),
            ];
            let html = document(&subject, &body.concat());
            (subject, text, html)
        });
        let name = Some(self.name.clone()).filter(|name| !name.is_empty());
        let message = Message::builder()
            .from(sender.from.clone())
            .to(Mailbox::new(name, sender.address(&self.email)?))
            .subject(subject)
            .message_id(Some(format!("<{}@{}>", self.id(), sender.domain())))
            .header(Automatic::Generated)
            .multipart(MultiPart::alternative_plain_html(text, html))?;
        Ok(message)
    }
}
