//! Casement's reference backend: the contract of `docs/contract.md` over SQLite or
//! PostgreSQL.

pub mod accounts;
pub mod app;
pub mod attachments;
mod audit;
pub mod branding;
pub mod cases;
pub mod catalogue;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
mod export;
pub mod fill;
mod housekeeping;
pub mod http;
pub mod inbox;
pub mod live;
pub mod mail;
pub mod markdown;
mod notice;
mod notifications;
mod people;
mod plain_page;
mod portal;
pub mod reminders;
mod saved_views;
mod site;
pub mod store;
