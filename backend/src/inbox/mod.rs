//! Mail in: answers to the portal's mails join the case they are about.

mod authenticity;
mod html;
mod incoming;
mod join;
mod maildir;
mod plain;
mod quoting;
mod returned;

pub use incoming::{Expected, Incoming, MailedFile, NotTaken};
pub use maildir::{Inbox, InboxError};
