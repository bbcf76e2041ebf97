//! What an operator sets: a TOML file, then `CASEMENT_…` variables, then flags.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use contract::{
    colour::Colour,
    lifecycle::Reopening,
    portal::{Contacts, Link},
};
use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use lettre::address::AddressError;
use serde::{Deserialize, Serialize};

use crate::{
    attachments::{Storage, StorageError},
    mail::{Delivery, DeliveryError, Sender},
    store::{Store, StoreError},
};

/// A bucket that speaks S3.
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// Its region.
    pub region: String,
    /// Where it is; at Amazon if absent.
    pub endpoint: Option<String>,
    /// The key to it.
    pub access_key: Option<String>,
    /// The key's secret.
    pub secret_key: Option<String>,
}

/// All settings, with their defaults. The keys are the field names; as variables
/// they are upper case behind `CASEMENT_`, as in `CASEMENT_PORT`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The address to listen on.
    pub host: IpAddr,
    /// The port to listen on.
    pub port: u16,
    /// The folder for the SQLite database; made if need be.
    pub data: PathBuf,
    /// `postgres://…`; SQLite in `data` if absent.
    pub database_url: Option<String>,
    /// The folder for attachments; `attachments` in `data` if absent.
    pub files: Option<PathBuf>,
    /// The bucket for attachments, in place of the folder.
    pub s3_bucket: Option<String>,
    /// The bucket's region.
    pub s3_region: String,
    /// Where the bucket is, if not at Amazon, such as `https://minio.example:9000`.
    pub s3_endpoint: Option<String>,
    /// The key to the bucket; with its secret, or from the machine if absent.
    pub s3_access_key: Option<String>,
    /// Its secret.
    pub s3_secret_key: Option<String>,
    /// Where people reach the portal; https here makes cookies secure.
    pub public_url: Option<String>,
    /// The folder of the built portal; if absent, only the API is served.
    pub site: Option<PathBuf>,
    /// The mail server, such as `smtp://user:password@mail.example:587?tls=required` or
    /// `smtps://…`; if absent, mails are files in `mail_folder`.
    pub smtp_url: Option<String>,
    /// A certificate in PEM of an authority that vouches for the mail server, believed beside
    /// those that everybody believes.
    pub smtp_ca: Option<PathBuf>,
    /// The folder for mails where there is no server; `mail` in `data` if absent.
    pub mail_folder: Option<PathBuf>,
    /// Whom mails come from, such as `Support <support@vendor.example>`.
    pub mail_from: String,
    /// The Maildir to which answers to mails are delivered; if absent, none are read.
    pub mail_in: Option<PathBuf>,
    /// The name under which the mail server that delivers there says who mails are really
    /// from (`Authentication-Results`); if absent, senders are believed.
    pub mail_authserv_id: Option<String>,
    /// A built-in catalogue's name (`spryker`, `spryker-v6`, `tickets`) or a file.
    pub catalogue: String,
    /// The name in the top bar.
    pub product_name: String,
    /// The logo beside it, an SVG or PNG file; a window if absent.
    pub logo: Option<PathBuf>,
    /// The colour of links and buttons; the portal's own if absent.
    pub accent: Option<Colour>,
    /// The same in the dark theme; made of `accent` if absent.
    pub accent_dark: Option<Colour>,
    /// Whom to turn to beside support, in the page's foot.
    pub contacts: Contacts,
    /// Links in the page's foot.
    pub links: Vec<Link>,
    /// Whether a reply opens a closed case again: `always`, `never`, or
    /// `{ within_days = 30 }`.
    pub reopening: Reopening,
    /// After how many days a case that waits for its customer is brought to mind by mail, once;
    /// never if 0.
    pub remind_waiting_after_days: u32,
    /// Whether a proposed solution that nobody answers is brought to mind after 5 days and
    /// closes its case after 10.
    pub close_unanswered_solutions: bool,
    /// What to log, such as `info` or `casement_backend=debug,tower_http=debug`.
    pub log: String,
    /// How many passwords may be compared at once; each takes 19 MiB.
    pub passwords_at_once: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 8080,
            data: PathBuf::from("data"),
            database_url: None,
            files: None,
            s3_bucket: None,
            s3_region: "us-east-1".to_owned(),
            s3_endpoint: None,
            s3_access_key: None,
            s3_secret_key: None,
            public_url: None,
            site: None,
            smtp_url: None,
            smtp_ca: None,
            mail_folder: None,
            mail_from: "Support <support@localhost>".to_owned(),
            mail_in: None,
            mail_authserv_id: None,
            catalogue: "spryker".to_owned(),
            product_name: "Casement".to_owned(),
            logo: None,
            accent: None,
            accent_dark: None,
            contacts: Contacts::default(),
            links: Vec::new(),
            reopening: Reopening::Always,
            remind_waiting_after_days: 5,
            close_unanswered_solutions: false,
            log: "warn,casement_backend=info".to_owned(),
            passwords_at_once: 4,
        }
    }
}

/// The settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A key is unknown or its value wrong; the sentence names it.
    #[error("the configuration is wrong: {0}")]
    Value(Box<figment::Error>),
    /// A named file is not there.
    #[error("there is no configuration file {0}")]
    NoFile(PathBuf),
    /// The data folder cannot be made.
    #[error("cannot make the folder {folder}: {source}")]
    Data {
        /// The folder.
        folder: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The database cannot be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The files cannot be reached.
    #[error(transparent)]
    Files(#[from] StorageError),
    /// Mails have no sender.
    #[error("mail_from takes an address such as `Support <support@vendor.example>`: {0}")]
    Sender(#[from] AddressError),
    /// Mails have nowhere to go.
    #[error(transparent)]
    Mail(#[from] DeliveryError),
}

impl Config {
    /// Reads the settings.
    ///
    /// # Errors
    /// The file is not there, a key is unknown, or a value is wrong.
    pub fn read(file: Option<&Path>) -> Result<Self, ConfigError> {
        if let Some(missing) = file.filter(|file| !file.is_file()) {
            return Err(ConfigError::NoFile(missing.to_owned()));
        }
        let mut figment = Figment::from(Serialized::defaults(Self::default()));
        if let Some(file) = file {
            figment = figment.merge(Toml::file_exact(file));
        }
        let config = figment.merge(Env::prefixed("CASEMENT_")).extract();
        config.map_err(|error| ConfigError::Value(Box::new(error)))
    }

    /// Whether people reach the portal over https.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }

    /// Opens the database and brings its schema up to date.
    ///
    /// # Errors
    /// The database cannot be opened.
    pub async fn open_store(&self) -> Result<Store, ConfigError> {
        if let Some(address) = &self.database_url {
            return Ok(Store::postgres(address).await?);
        }
        std::fs::create_dir_all(&self.data)
            .map_err(|source| ConfigError::Data { folder: self.data.clone(), source })?;
        Ok(Store::sqlite(&self.data.join("casement.db")).await?)
    }

    /// The way mails take.
    ///
    /// # Errors
    /// The server's address cannot be read.
    pub fn open_mail(&self) -> Result<Delivery, ConfigError> {
        match &self.smtp_url {
            Some(url) => {
                let authority = self.smtp_ca.as_ref().map(std::fs::read).transpose();
                Ok(Delivery::smtp(url, authority.map_err(DeliveryError::AuthorityFile)?.as_deref())?)
            }
            None => Ok(Delivery::Folder(self.mail_folder.clone().unwrap_or_else(|| self.data.join("mail")))),
        }
    }

    /// Whom mails come from; their links lead to `public_url`, or to where the program listens.
    ///
    /// # Errors
    /// `mail_from` is no address.
    pub fn sender(&self, listening: SocketAddr) -> Result<Sender, ConfigError> {
        let portal = self.public_url.clone().unwrap_or_else(|| format!("http://{listening}"));
        Ok(Sender {
            from: self.mail_from.parse()?,
            portal: portal.trim_end_matches('/').to_owned(),
            reads_replies: self.mail_in.is_some(),
        })
    }

    /// Opens the store of files.
    ///
    /// # Errors
    /// The folder cannot be made, or the bucket's settings do not fit together.
    pub fn open_files(&self) -> Result<Storage, ConfigError> {
        if let Some(name) = &self.s3_bucket {
            return Ok(Storage::bucket(&Bucket {
                name: name.clone(),
                region: self.s3_region.clone(),
                endpoint: self.s3_endpoint.clone(),
                access_key: self.s3_access_key.clone(),
                secret_key: self.s3_secret_key.clone(),
            })?);
        }
        let folder = self.files.clone().unwrap_or_else(|| self.data.join("attachments"));
        std::fs::create_dir_all(&folder)
            .map_err(|source| ConfigError::Data { folder: folder.clone(), source })?;
        Ok(Storage::folder(&folder)?)
    }
}
