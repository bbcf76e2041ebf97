//! Telling who is on a case that their mail did not join it.

use contract::CaseNumber;
use lettre::{Message, message::Mailbox};
use texts::Language;
use uuid::Uuid;

use super::incoming::NotTaken;
use crate::mail::{Automatic, Correspondent, Delivery, DeliveryError, LetterError, Sender};

/// The answer was not sent.
#[derive(Debug, thiserror::Error)]
pub enum ReturnError {
    /// It cannot be written.
    #[error(transparent)]
    Letter(#[from] LetterError),
    /// It was not taken.
    #[error(transparent)]
    Delivery(#[from] DeliveryError),
}

/// Sends the answer. It says that a machine wrote it, so that no machine answers it.
///
/// # Errors
/// It was not sent.
pub async fn send(
    sender: &Sender,
    delivery: &Delivery,
    why: NotTaken,
    number: CaseNumber,
    to: &Correspondent,
) -> Result<(), ReturnError> {
    let id = Uuid::now_v7();
    delivery.deliver(id, write(sender, id, why, number, to)?).await?;
    Ok(())
}

fn write(
    sender: &Sender,
    id: Uuid,
    why: NotTaken,
    number: CaseNumber,
    to: &Correspondent,
) -> Result<Message, LetterError> {
    let (subject, text) = texts::speaking(Language::preferred(&to.language), || {
        let reason = match why {
            NotTaken::Closed => texts::mail::returned_closed(),
            _ => texts::mail::returned_empty(),
        };
        let hello =
            to.name.as_deref().map_or_else(|| texts::mail::hello_there().to_owned(), texts::mail::hello);
        let link = format!("{}/cases/{number}", sender.portal);
        (texts::mail::returned(number), format!("{hello}\n\n{reason}\n\n{link}\n"))
    });
    let message = Message::builder()
        .from(sender.from.clone())
        .to(Mailbox::new(to.name.clone(), sender.address(&to.address)?))
        .subject(subject)
        .message_id(Some(format!("<{id}@{}>", sender.domain())))
        .header(Automatic::Reply)
        .body(text)?;
    Ok(message)
}
