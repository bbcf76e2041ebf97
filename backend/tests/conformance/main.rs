//! What `docs/contract.md` promises, on SQLite and on PostgreSQL.
//!
//! Every test has a database of its own and speaks real HTTP to a server in this
//! process. PostgreSQL is started once; it must be installed.

#[cfg(test)]
mod harness;

#[cfg(test)]
mod account;
#[cfg(test)]
mod accounts;
#[cfg(test)]
mod actions;
#[cfg(test)]
mod attachments;
#[cfg(test)]
mod attachments_s3;
#[cfg(test)]
mod branding;
#[cfg(test)]
mod bulk;
#[cfg(test)]
mod catalogue_changes;
#[cfg(test)]
mod catalogue_schema;
#[cfg(test)]
mod catalogues;
#[cfg(test)]
mod command_line;
#[cfg(test)]
mod concurrency;
#[cfg(test)]
mod corrections;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod cross_site;
#[cfg(test)]
mod default_deny;
#[cfg(test)]
mod editing;
#[cfg(test)]
mod export;
#[cfg(test)]
mod filing;
#[cfg(test)]
mod find;
#[cfg(test)]
mod following;
#[cfg(test)]
mod idempotency;
#[cfg(test)]
mod intake;
#[cfg(test)]
mod languages;
#[cfg(test)]
mod life;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod live;
#[cfg(test)]
mod mail_in;
#[cfg(test)]
mod mails;
#[cfg(test)]
mod markdown;
#[cfg(test)]
mod matrix;
#[cfg(test)]
mod mentions;
#[cfg(test)]
mod messages;
#[cfg(test)]
mod narrowing;
#[cfg(test)]
mod notes;
#[cfg(test)]
mod notice;
#[cfg(test)]
mod notifications;
#[cfg(test)]
mod openapi;
#[cfg(test)]
mod outages;
#[cfg(test)]
mod overview;
#[cfg(test)]
mod partners;
#[cfg(test)]
mod people;
#[cfg(test)]
mod plans;
#[cfg(test)]
mod preview;
#[cfg(test)]
mod privacy;
#[cfg(test)]
mod problems;
#[cfg(test)]
mod reads;
#[cfg(test)]
mod reminders;
#[cfg(test)]
mod saved_views;
#[cfg(test)]
mod search;
#[cfg(test)]
mod second_factor;
#[cfg(test)]
mod throttle;
#[cfg(test)]
mod timeline;
#[cfg(test)]
mod tokens;
#[cfg(test)]
mod told;
#[cfg(test)]
mod upload_cuts;
#[cfg(test)]
mod uploads;
#[cfg(test)]
mod visibility;
#[cfg(test)]
mod walks;
