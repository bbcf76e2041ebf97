//! Mails with the links by which people set a password.

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
    store::{Database, Sql, StoreError, to_micros},
};

#[derive(FromQueryResult)]
struct Taken {
    token_hash: String,
    token: String,
    language: String,
    attempts: i64,
    email: String,
    name: String,
}

impl Postman {
    /// Mails the links whose time has come; how many those were.
    pub(super) async fn mail_links(&self) -> Result<usize, StoreError> {
        let taken = self.take_links().await?;
        for row in &taken {
            let sent = match row.write(&self.sender) {
                Ok(mail) => self.delivery.deliver(row.id(), mail).await.map_err(|error| error.to_string()),
                Err(error) => Err(error.to_string()),
            };
            let (sql, value) = match sent {
                Ok(()) => (
                    "UPDATE account_links SET token = NULL, due_at = $1 WHERE token_hash = $2",
                    TimeDelta::zero(),
                ),
                Err(error) => {
                    tracing::info!(error, "a link for a password will be mailed again");
                    ("UPDATE account_links SET due_at = $1 WHERE token_hash = $2", pause(row.attempts))
                }
            };
            let transaction = self.store.begin().await?;
            let values = [to_micros(self.clock.now() + value).into(), row.token_hash.clone().into()];
            transaction.run(sql, values).await?;
            transaction.commit().await?;
        }
        Ok(taken.len())
    }

    async fn take_links(&self) -> Result<Vec<Taken>, StoreError> {
        let transaction = self.store.begin().await?;
        let now = self.clock.now();
        let lock = match transaction.database() {
            Database::Sqlite => "",
            Database::Postgres => " FOR UPDATE OF l SKIP LOCKED",
        };
        let sql = format!(
            "SELECT l.token_hash, l.token, l.language, l.attempts, p.email, p.name FROM account_links l \
             JOIN people p ON p.id = l.person_id WHERE l.token IS NOT NULL AND l.due_at <= $1 AND l.expires_at > $1 \
             AND p.active ORDER BY l.due_at, l.token_hash LIMIT 20{lock}"
        );
        let taken = transaction.rows::<Taken>(&sql, [to_micros(now).into()]).await?;
        for row in &taken {
            let sql = "UPDATE account_links SET attempts = attempts + 1, due_at = $1 WHERE token_hash = $2";
            transaction.run(sql, [to_micros(now + LEASE).into(), row.token_hash.clone().into()]).await?;
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

    fn write(&self, sender: &Sender) -> Result<Message, LetterError> {
        let url = format!("{}/sign-in?link={}", sender.portal, self.token);
        let language = Language::preferred(&self.language);
        let (subject, text, html) = texts::speaking(language, || {
            let subject = texts::mail::set_password();
            let said = [texts::mail::hello(&self.name), texts::mail::password_asked().to_owned()];
            let not_you = texts::mail::password_not_asked();
            let text = format!("{}\n\n{}\n\n{url}\n\n{not_you}\n", said[0], said[1]);
            let body = [
                element("p", &said[0]),
                element("p", &said[1]),
                wrapped("p", &link(&url, &escaped(subject))),
                element("p", not_you),
            ];
            (subject.to_owned(), text, document(subject, &body.concat()))
        });
        let message = Message::builder()
            .from(sender.from.clone())
            .to(Mailbox::new(Some(self.name.clone()), sender.address(&self.email)?))
            .subject(subject)
            .message_id(Some(format!("<{}@{}>", self.id(), sender.domain())))
            .header(Automatic::Generated)
            .multipart(MultiPart::alternative_plain_html(text, html))?;
        Ok(message)
    }
}
