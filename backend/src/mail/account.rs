//! Mails about accounts: written together with what they tell of, and gone once sent, so
//! that the links in them are nowhere but with their readers.

use chrono::{DateTime, TimeDelta, Utc};
use lettre::{
    Message,
    message::{Mailbox, MultiPart},
};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use texts::Language;
use uuid::Uuid;

use super::{
    letter::{Automatic, LetterError, Sender, document},
    postman::{LEASE, Postman, pause},
};
use crate::{
    export::{element, escaped, link, wrapped},
    store::{Sql, StoreError, Transaction, id, to_micros},
};

/// For how long something is worth telling that says no end itself.
const LASTS: TimeDelta = TimeDelta::days(2);

/// What a mail tells of somebody's account.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AccountMail {
    /// How they set another password.
    SetPassword {
        /// What its link has.
        token: String,
    },
    /// How they join an organisation.
    Invitation {
        /// What its link has.
        token: String,
        /// The organisation's name.
        organisation: String,
        /// The name of who invites.
        inviter: String,
    },
    /// That a partner wants to work for an organisation of theirs.
    PartnershipAsked {
        /// The partner's name.
        partner: String,
        /// The organisation's.
        organisation: String,
    },
    /// That they may work for an organisation.
    PartnershipApproved {
        /// Its name.
        organisation: String,
    },
    /// That they may not.
    PartnershipDeclined {
        /// Its name.
        organisation: String,
    },
}

/// Whom it goes to.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// The address.
    pub email: String,
    /// What they are called, where that is known.
    pub name: Option<String>,
    /// The tag of the language they read.
    pub language: String,
}

impl AccountMail {
    /// Writes it to somebody, to be sent until `until`. It can be taken back by what it is
    /// `about`.
    ///
    /// # Errors
    /// The database refused.
    pub async fn write(
        &self,
        transaction: &Transaction,
        about: &str,
        to: Recipient,
        until: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO account_mails (id, about, email, name, language, content, expires_at, due_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let values = [
            Uuid::now_v7().to_string().into(),
            about.into(),
            to.email.into(),
            to.name.into(),
            to.language.into(),
            serde_json::to_string(self)?.into(),
            to_micros(until.unwrap_or(now + LASTS)).into(),
            to_micros(now).into(),
        ];
        transaction.run(sql, values).await?;
        Ok(())
    }

    /// Takes back what was not sent yet.
    ///
    /// # Errors
    /// The database refused.
    pub async fn take_back(transaction: &Transaction, about: &str) -> Result<(), StoreError> {
        transaction.run("DELETE FROM account_mails WHERE about = $1", [about.into()]).await?;
        Ok(())
    }

    /// Its subject, what it says before its link, the link's path, and what stands behind it,
    /// in the language spoken.
    fn said(&self) -> (String, String, String, Option<&'static str>) {
        match self {
            Self::SetPassword { token } => (
                texts::mail::set_password().to_owned(),
                texts::mail::password_asked().to_owned(),
                format!("/sign-in?link={token}"),
                Some(texts::mail::password_not_asked()),
            ),
            Self::Invitation { token, organisation, inviter } => (
                texts::mail::join(organisation),
                texts::mail::invited(inviter, organisation),
                format!("/sign-in?invitation={token}"),
                Some(texts::mail::not_expected()),
            ),
            Self::PartnershipAsked { partner, organisation } => (
                texts::mail::partner_asks(partner),
                texts::mail::partner_asked(organisation, partner),
                "/people".to_owned(),
                None,
            ),
            Self::PartnershipApproved { organisation } => (
                texts::mail::works_for(organisation),
                texts::mail::partner_approved(organisation),
                "/".to_owned(),
                None,
            ),
            Self::PartnershipDeclined { organisation } => (
                texts::mail::works_not_for(organisation),
                texts::mail::partner_declined(organisation),
                "/account".to_owned(),
                None,
            ),
        }
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    email: String,
    name: Option<String>,
    language: String,
    content: String,
    attempts: i64,
}

impl Postman {
    /// Mails about accounts whose time has come; how many those were.
    pub(super) async fn mail_accounts(&self) -> Result<usize, StoreError> {
        let taken = self.take_account_mails().await?;
        for row in &taken {
            let sent = match row.message(&self.sender) {
                Ok(mail) => {
                    self.delivery.deliver(id(&row.id)?, mail).await.map_err(|error| error.to_string())
                }
                Err(error) => Err(error.to_string()),
            };
            let transaction = self.store.begin().await?;
            let mail = row.id.clone().into();
            match sent {
                Ok(()) => transaction.run("DELETE FROM account_mails WHERE id = $1", [mail]).await?,
                Err(error) => {
                    tracing::info!(error, "a mail about an account will be tried again");
                    let due = to_micros(self.clock.now() + pause(row.attempts)).into();
                    transaction.run("UPDATE account_mails SET due_at = $2 WHERE id = $1", [mail, due]).await?
                }
            };
            transaction.commit().await?;
        }
        Ok(taken.len())
    }

    async fn take_account_mails(&self) -> Result<Vec<Row>, StoreError> {
        let transaction = self.store.begin().await?;
        let now = to_micros(self.clock.now());
        transaction.run("DELETE FROM account_mails WHERE expires_at <= $1", [now.into()]).await?;
        let lock = transaction.database().skip_locked("a");
        let sql = format!(
            "SELECT a.id, a.email, a.name, a.language, a.content, a.attempts FROM account_mails a \
             WHERE a.due_at <= $1 ORDER BY a.due_at, a.id LIMIT 20{lock}"
        );
        let taken = transaction.rows::<Row>(&sql, [now.into()]).await?;
        for row in &taken {
            let sql = "UPDATE account_mails SET attempts = attempts + 1, due_at = $1 WHERE id = $2";
            let leased = to_micros(self.clock.now() + LEASE);
            transaction.run(sql, [leased.into(), row.id.clone().into()]).await?;
        }
        transaction.commit().await?;
        Ok(taken)
    }
}

impl Row {
    fn message(&self, sender: &Sender) -> Result<Message, LetterError> {
        let content: AccountMail = serde_json::from_str(&self.content).map_err(|_| LetterError::Nothing)?;
        let (subject, text, html) = texts::speaking(Language::preferred(&self.language), || {
            let (subject, said, path, after) = content.said();
            let url = format!("{}{path}", sender.portal);
            let hello = self
                .name
                .as_deref()
                .map_or_else(|| texts::mail::hello_there().to_owned(), texts::mail::hello);
            let text: Vec<_> = [hello.as_str(), &said, &url].into_iter().chain(after).collect();
            let body = [
                element("p", &hello),
                element("p", &said),
                wrapped("p", &link(&url, &escaped(&subject))),
                after.map(|after| element("p", after)).unwrap_or_default(),
            ];
            let html = document(&subject, &body.concat());
            (subject, format!("{}\n", text.join("\n\n")), html)
        });
        let message = Message::builder()
            .from(sender.from.clone())
            .to(Mailbox::new(self.name.clone(), sender.address(&self.email)?))
            .subject(subject)
            .message_id(Some(format!("<{}@{}>", self.id, sender.domain())))
            .header(Automatic::Generated)
            .multipart(MultiPart::alternative_plain_html(text, html))?;
        Ok(message)
    }
}
